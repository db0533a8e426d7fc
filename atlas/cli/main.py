"""The command line: finds the command, reads its options and runs it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from atlas.cli.command import Command, Invocation, UsageError, check_output, day_of
from atlas.cli.console import print_report
from atlas.core.failures import report_failure
from atlas.core.program import PROGRAM

COMMANDS = (
    "book",
    "build",
    "check",
    "clean",
    "completion",
    "explain",
    "import",
    "init",
    "new",
    "release",
    "rename",
    "schema",
    "serve",
    "translations",
)
"""The names of the commands; each is a module of this package with a value `COMMAND`."""
_MODULES = {"import": "imports"}
"""The modules of commands whose names are words of Python."""
DEFAULT = "build"
"""The command that runs if none is named."""
EXAMPLES = """\
examples:
  {0}                         build this folder into site/
  {0} check --fix             fix what can be fixed and report the rest
  {0} explain actors/ifri     why the last build rendered that page, and what the next will do
  {0} build --root ../other -o /tmp/other --base-url https://example.org/other/

Every mistake is one line: file:line:column rule: what is wrong · what to do. docs/reference.md lists every rule.
exit codes: 0 done · 1 mistakes in the files (with --strict also warnings) · 2 the command line is wrong ·
130 stopped with Ctrl-C
If the engine itself fails, the exit code is 1 and .cache/failure.txt is the report for its maintainers.
"""


def main(arguments: Sequence[str] | None = None, home: Path | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after the name of the program; by default those of the process.
        home: the atlas to use if the current folder holds no `content/` and `--root` is not given.

    Returns:
        The exit code: 0, 1 or 2.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        name, rest = split(words)
        if not name and any(word in ("-h", "--help") for word in words):
            overview().print_help()
            return 0
        if not name and "--version" in words:
            print(f"atlas {import_module('atlas.cli.version').version()}")
            return 0
        command = load(name or DEFAULT)
        parser = parser_of(command)
        options = parser.parse_args(rest)
        try:
            return _run(command, _invocation(command, options, home))
        except UsageError as error:
            parser.error(str(error))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2


def _run(command: Command, invocation: Invocation) -> int:
    """Run one command. If the engine fails, print one line and write a report for the maintainers."""
    try:
        return command.run(invocation)
    except (UsageError, BrokenPipeError):
        raise
    except Exception as error:
        problem = report_failure(error, invocation.root)
        row = (str(problem), problem.as_json())
        print_report([row], "the engine failed", invocation.options, written=0, kept=0)
        return 1


def load(name: str) -> Command:
    """Return the command of a name; its module is imported only when the command is used."""
    command: Command = import_module(f"atlas.cli.{_MODULES.get(name, name)}").COMMAND
    return command


def split(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command of a command line, "" for none, and all other words: options may come before the command.

    Raises:
        SystemExit: the first word that is not an option is not a command.
    """
    skip = False
    for number, word in enumerate(words):
        if skip:
            skip = False
        elif word in _with_value():
            skip = True
        elif word in COMMANDS:
            return word, [*words[:number], *words[number + 1 :]]
        elif not word.startswith("-") and not (number and words[number - 1].startswith("-")):
            overview().error(f"there is no command {word!r}: choose from {', '.join(COMMANDS)}")
    return "", list(words)


def _with_value() -> frozenset[str]:
    """Return the options of a build with a value, because the value may be the name of a command: `-o check`."""
    return frozenset(name for option in load(DEFAULT).options if option.has_value for name in option.names)


def parser_of(command: Command) -> argparse.ArgumentParser:
    """Return the argparse parser of one command."""
    parser = argparse.ArgumentParser(
        prog=f"{PROGRAM} {command.name}",
        description=command.summary[0].upper() + command.summary[1:] + ".",
        allow_abbrev=False,
    )
    for option in command.options:
        option.add_to(parser)
    return parser


def overview() -> argparse.ArgumentParser:
    """Return the parser for the help of the whole program: its commands, and the options of a build."""
    commands = "\n".join(f"  {name:<14}{load(name).summary}" for name in COMMANDS)
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [COMMAND] [OPTIONS]",
        description="Build a comparative atlas from plain files: content/ and bibliography.bib become site/.\n\n"
        f"commands (`{PROGRAM} COMMAND --help` lists the options of each):\n{commands}\n\n"
        f"Without a command the options are those of `{DEFAULT}`:",
        epilog=EXAMPLES.format(PROGRAM),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for option in load(DEFAULT).options:
        option.add_to(parser)
    return parser


def _invocation(command: Command, options: argparse.Namespace, home: Path | None) -> Invocation:
    """Return the run that the options ask for.

    Raises:
        UsageError: a folder or value is wrong.
    """
    if not command.reads_atlas:
        return Invocation(Path(), Path("site"), _epoch(), options)
    root = Path(options.root) if options.root else _current(home)
    if not root.is_dir():
        raise UsageError(f"--root: there is no folder {options.root}")
    if not options.root and not (root / "content").is_dir():
        raise UsageError("there is no content/ in this folder: name the folder that holds it with --root, or run init")
    out = Path(options.output) if getattr(options, "output", "") else root / "site"
    check_output(root, out)
    return Invocation(root, out, _epoch(), options)


def _current(home: Path | None) -> Path:
    """Return the default atlas: the current folder if it holds `content/`, else `home`."""
    here = Path()
    if (here / "content").is_dir() or home is None:
        return here
    return home


def _epoch() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        day_of(epoch)
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH is a number of seconds since 1970") from None
    return epoch
