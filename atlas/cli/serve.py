"""`serve`: preview the atlas in a browser."""

from __future__ import annotations

import json

from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import clock
from atlas.preview.server import PreviewOptions, serve


def run(call: Invocation) -> int:
    """Serve until Ctrl-C."""
    options = call.options

    def show(line: str) -> None:
        if options.json:
            print(json.dumps({"message": line}, ensure_ascii=False), flush=True)
        elif not options.quiet:
            print(line, flush=True)

    return serve(PreviewOptions(call.root, options.port, options.open, call.today, show, clock))


COMMAND = Command(
    "serve",
    "preview the atlas in a browser as its files are now, drafts included, with its mistakes",
    (
        *COMMON,
        Option("-p", "--port", metavar="PORT", type=int, default=8000, help="the first port to try (default: 8000)"),
        Option("--open", action="store_true", help="open a browser"),
    ),
    run,
)
