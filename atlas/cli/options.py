"""Converts the options of the command line to the options of a build."""

from __future__ import annotations

from atlas.build.options import BuildOptions, ReadOptions
from atlas.cli.command import Invocation


def how(call: Invocation) -> BuildOptions:
    """Return the options of a build from a command line."""
    options = call.options
    return BuildOptions(
        ReadOptions(options.base_url, call.today, options.drafts, getattr(options, "offline", False)),
        call.shown,
        call.settings,
        getattr(options, "force", False),
        getattr(options, "verify", False),
        getattr(options, "precompress", False),
        not getattr(options, "no_search", False),
    )
