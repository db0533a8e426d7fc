"""Defines a command: name, options and function; and the options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct


class UsageError(Exception):
    """An invalid command line. Its message is printed with the usage, and the exit code is 2."""


class Option:
    """One option or argument of a command, for `argparse`.

    Args:
        names: the forms of the option, such as `-o` and `--output`, or the name of an argument.
        how: further arguments of `ArgumentParser.add_argument`.
    """

    def __init__(self, *names: str, **how: Any) -> None:
        self.names, self.how = names, how

    @property
    def is_argument(self) -> bool:
        """Return whether it is a positional argument."""
        return not self.names[0].startswith("-")

    @property
    def has_value(self) -> bool:
        """Return whether it is an option with one value."""
        return not self.is_argument and not {"action", "nargs"} & self.how.keys()

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Add the option to a parser."""
        parser.add_argument(*self.names, **self.how)


class Invocation(Struct, frozen=True):
    """One run of a command.

    Attributes:
        root: the folder that holds content/.
        out: the output folder.
        epoch: the value of SOURCE_DATE_EPOCH, or "".
        options: the parsed options.
    """

    root: Path
    out: Path
    epoch: str
    options: argparse.Namespace

    @property
    def today(self) -> str:
        """Return the day of SOURCE_DATE_EPOCH, or ""."""
        return day_of(self.epoch)

    @property
    def shown(self) -> str:
        """Return the name of the output folder in messages: relative to the atlas if it is inside."""
        target, home = self.out.resolve(), self.root.resolve()
        return target.relative_to(home).as_posix() if target.is_relative_to(home) else self.out.as_posix()

    @property
    def settings(self) -> tuple[str, ...]:
        """Return the settings that a build depends on: the same settings and inputs give the same build."""
        options = self.options
        return (
            self.shown,
            options.base_url,
            self.epoch,
            "precompress" * getattr(options, "precompress", False),
            "drafts" * options.drafts,
            "offline" * getattr(options, "offline", False),
            "no-search" * getattr(options, "no_search", False),
        )


class Command(Struct, frozen=True):
    """A command.

    Attributes:
        name: its name.
        summary: its summary for `--help`.
        options: its options.
        run: runs it and returns the exit code; may raise UsageError.
        reads_atlas: whether it needs a folder that holds `content/`.
    """

    name: str
    summary: str
    options: tuple[Option, ...]
    run: Callable[[Invocation], int]
    reads_atlas: bool = True


def day_of(epoch: str) -> str:
    """Return the day of a SOURCE_DATE_EPOCH (reproducible-builds.org), or "" for "".

    Raises:
        ValueError: it is not a number.
        OverflowError: it is out of range for a date.
        OSError: it is out of range for a date.
    """
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%d") if epoch else ""


def check_output(root: Path, out: Path, option: str = "--output", allowed: str = "") -> None:
    """Check that the output folder does not hold sources, and is not inside a folder of sources.

    Args:
        root: the folder of the atlas.
        out: the folder.
        option: the option that names it.
        allowed: a folder of sources in which it may be.

    Raises:
        UsageError: it is unsuitable.
    """
    home, target = root.resolve(), out.resolve()
    if home.is_relative_to(target):
        raise UsageError(f"{option}: {out} holds the atlas itself; name a folder of its own")
    permitted = bool(allowed) and target.is_relative_to(home / allowed)
    if not permitted and any(
        target.is_relative_to(home / name) for name in ("content", "templates", "atlas", "tests", ".git")
    ):
        raise UsageError(f"{option}: {out} holds sources; name a folder of its own")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{option}: {out} is a file")


def _address(text: str) -> str:
    """Check the URL of an option for argparse."""
    if text and not text.startswith(("https://", "http://")):  # argparse also converts the default, ""
        raise argparse.ArgumentTypeError("it must begin with https:// or http://")
    return text


ROOT = Option(
    "--root",
    metavar="DIR",
    default="",
    help="the folder that holds content/ (default: the current folder if it does, else that of build.py)",
)
OUTPUT = Option("-o", "--output", metavar="OUT", default="", help="the folder to write (default: DIR/site)")
JSON = Option("--json", action="store_true", help="print only problems and counts, as JSON")
QUIET = Option("-q", "--quiet", action="store_true", help="print problems only, and no summary")
VERBOSE = Option(
    "-v",
    "--verbose",
    action="store_true",
    help="print each stage with the seconds so far, what the pages of each template took, and every slow page",
)
STRICT = Option("--strict", action="store_true", help="exit code 1 also for warnings; a warning does not stop a build")
DRAFTS = Option("--drafts", action="store_true", help="include records that say `draft: true`")
BASE_URL = Option(
    "-u",
    "--base-url",
    metavar="URL",
    type=_address,
    default="",
    help="where it will be published, in place of base_url in site.yaml",
)
FORCE = Option("--force", action="store_true", help="ignore the last build, and make every page again")
VERIFY = Option(
    "--verify", action="store_true", help="read every byte of sources and output; do not trust file timestamps"
)

COMMON = (ROOT, JSON, QUIET)
"""The options of every command."""
READING = (*COMMON, OUTPUT, BASE_URL, DRAFTS, FORCE, VERIFY, STRICT, VERBOSE)
"""The options of commands that read the atlas as a build does."""
