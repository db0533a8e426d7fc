"""`init`: create a new atlas in a folder."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from atlas.authoring.new_atlas import NewAtlas, engine_is_known, language_of, occupied, write_atlas
from atlas.cli.command import JSON, QUIET, Command, Invocation, Option, UsageError
from atlas.cli.console import number, print_report
from atlas.core.program import command
from atlas.i18n.locales import is_known

_TITLE = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]+)*)=(.+)", re.DOTALL)


def run(call: Invocation) -> int:
    """Write a new atlas."""
    options = call.options
    root = Path(options.folder)
    if root.exists() and not root.is_dir():
        raise UsageError(f"FOLDER: {root} is a file")
    if why := occupied(root):
        raise UsageError(f"FOLDER: {why}; name a new folder")
    new = NewAtlas(
        _title(options.title or [_asked("Title of the atlas", "--title")]),
        tuple(
            map(language_of, _languages(options.languages or _asked("Languages, the first is the default", "", "en")))
        ),
        _names(options.sides or _asked("The sides that it compares, with commas between", "--sides")),
        call.today or date.today().isoformat(),
        options.engine,
    )
    try:
        written = write_atlas(root, new)
    except OSError as error:
        raise UsageError(f"FOLDER: {root} cannot be written: {error.strerror}") from error
    if not (options.json or options.quiet):
        print(_next_steps(root, engine_is_known(new)))
    return print_report(
        [], f"{number(len(written), 'file')} written to {root}", options, written=len(written), kept=0, files=written
    )


def _asked(question: str, option: str, default: str = "") -> str:
    """Ask on the terminal.

    Raises:
        UsageError: nobody can be asked, and there is no default; or the input ends without an answer.
    """
    if not sys.stdin.isatty():
        if default:
            return default
        raise UsageError(f"{option} is needed where there is no terminal to ask on")
    answer = ""
    while not answer:
        print(f"{question}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
        try:
            answer = input().strip() or default
        except EOFError:
            print(file=sys.stderr)
            raise UsageError(f"the question “{question}” has no answer; answer it, or give the options") from None
    return answer


def _title(rows: list[str]) -> dict[str, str]:
    """Return the title by language: `TEXT` for all languages, or `fr=TEXT` for one."""
    found = [(match[1].lower(), match[2]) if (match := _TITLE.fullmatch(row)) else ("", row) for row in rows]
    return {id: text.strip() for id, text in found}


def _languages(text: str) -> list[str]:
    tags = [tag for tag in re.split(r"[\s,]+", text) if tag]
    for tag in tags:
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", tag) or not is_known(tag):
            raise UsageError(f"--languages: there is no language {tag!r}; write tags such as en,fr,zh or pt-BR")
    if len({tag.lower() for tag in tags}) < len(tags) or not tags:
        raise UsageError("--languages: name each language once")
    return tags


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in re.split(r"[,，、;；]", text) if name.strip())
    if len(names) < 2:
        raise UsageError("--sides: name two sides or more, with commas between")
    return names


def _next_steps(root: Path, known: bool) -> str:
    pin = (
        ""
        if known
        else ("\n  4. in requirements.txt, write where CI installs the engine from (or run init with --engine)")
    )
    return (
        f"A new atlas is in {root}. Next:\n"
        f"  1. {command(f'serve --root {root}')}, and open the address that it prints\n"
        f"  2. write your records over the examples; README.md shows how\n"
        f"  3. {command(f'check --root {root}')}{pin}"
    )


COMMAND = Command(
    "init",
    "create a new atlas: site.yaml, an example of each kind of record, workflows and settings",
    (
        JSON,
        QUIET,
        Option("folder", metavar="FOLDER", nargs="?", default=".", help="the folder to write (default: this one)"),
        Option(
            "--title",
            metavar="TEXT",
            action="append",
            default=[],
            help="the title; given again as LANG=TEXT, the title in a language",
        ),
        Option(
            "--languages", metavar="TAGS", default="", help="the languages, such as en,fr,zh; the first is the default"
        ),
        Option("--sides", metavar="NAMES", default="", help="the sides that are compared, with commas between"),
        Option(
            "--engine",
            metavar="WHERE",
            default="",
            help="where CI installs the engine from, git+https://…@COMMIT or a wheel (default: as installed here)",
        ),
    ),
    run,
    reads_atlas=False,
)
