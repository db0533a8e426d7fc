"""What `check` prints, as rows."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from atlas.cli.main import main


def check(root: Path, *options: str) -> tuple[int, list[tuple[str, str, str]]]:
    """The exit code of `check`, and the rule, message and remedy of what it reports, except what is missing."""
    printed = StringIO()
    with redirect_stdout(printed):
        code = main(["check", "--root", str(root), "--json", *options])
    rows: list[dict[str, Any]] = json.loads(printed.getvalue())["problems"]
    return code, [(row["rule"], row["message"], row["hint"]) for row in rows if row["severity"] != "note"]
