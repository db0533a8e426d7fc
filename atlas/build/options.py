"""How to build: what the command line and the environment say."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and of how much; 0 of 0 where that is not known."""


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


class ReadOptions(Struct, frozen=True):
    """How to read. base_url and today replace what content/site.yaml says; drafts: whether drafts are shown."""

    base_url: str = ""
    today: str = ""
    drafts: bool = False


class BuildOptions(Struct, frozen=True):
    """How to build. shown: how messages call the output folder; settings: what the command line and environment say.

    force: render and write every page; verify: trust no file timestamp; precompress: write compressed copies of text
    files; search: make the search index again where pages changed, else leave it as it is.
    """

    read_options: ReadOptions
    shown: str = "site"
    settings: tuple[str, ...] = ()
    force: bool = False
    verify: bool = False
    precompress: bool = False
    search: bool = True
