"""Defines the options of a build, from the command line and the environment."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

Progress = Callable[[str, int, int], None]
"""Called with a stage, the number of steps done, and their total; 0 of 0 if unknown."""


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


class ReadOptions(Struct, frozen=True):
    """The options for reading an atlas.

    Attributes:
        base_url: replaces the value of content/site.yaml.
        today: replaces the value of content/site.yaml.
        drafts: whether to include drafts.
        offline: whether the pages are to work from a disk.
        varied: whether pages may show smaller copies of pictures, which only a build makes.
    """

    base_url: str = ""
    today: str = ""
    drafts: bool = False
    offline: bool = False
    varied: bool = True


class BuildOptions(Struct, frozen=True):
    """The options of a build.

    Attributes:
        read_options: how to read.
        shown: the name of the output folder in messages.
        settings: the settings of the command line and the environment that the result depends on.
        force: whether to render and write every page.
        verify: whether to ignore the timestamps of files.
        precompress: whether to write compressed copies of text files.
        search: whether to update the search index where pages changed.
    """

    read_options: ReadOptions
    shown: str = "site"
    settings: tuple[str, ...] = ()
    force: bool = False
    verify: bool = False
    precompress: bool = False
    search: bool = True
