"""The options of a command line as the stages of a build take them."""

from __future__ import annotations

from atlas.building import Options
from atlas.cli.command import Invocation
from atlas.rebuilding import How


def how(call: Invocation) -> How:
    """How to build, as a command line says it."""
    options = call.options
    return How(
        Options(options.base_url, call.today, options.drafts),
        call.shown,
        call.settings,
        options.force,
        options.verify,
        getattr(options, "precompress", False),
        not getattr(options, "no_search", False),
    )
