"""The command line: what each command does, and how it answers."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from atlas.problems import Problem, has_errors

COMMANDS = {
    "build": "render the atlas into the output folder (what happens without a command)",
    "check": "find every mistake and write nothing; with --fix, mend what can be mended: missing ids, typography",
    "translations": "list what is missing, behind or not reviewed; with --accept ID, say that translations keep up",
    "clean": "remove from the output folder the files that a build made, and nothing else",
    "schema": "write schema/*.json, with which editors complete and check YAML",
}
EXAMPLES = """\
examples:
  python build.py                         build this folder into site/
  python build.py check --fix             mend what can be mended, and tell the rest
  python build.py build --root ../other -o /tmp/other --base-url https://example.org/other/

Every mistake is one line: file:line:column rule: what is wrong · what to do. docs/reference.md tells each rule.
exit codes: 0 done · 1 mistakes in the files (with --strict also warnings) · 2 the command was not understood
"""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    command_line = parser()
    try:
        return _run(command_line.parse_args(arguments), command_line)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2


def parser() -> argparse.ArgumentParser:
    """The command line as argparse knows it."""
    whole = argparse.ArgumentParser(
        prog="build.py",
        description="Build a comparative atlas from plain files: content/ and bibliography.bib become site/.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_options(whole, suppress=False)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(
            name, help=meaning, description=meaning[0].upper() + meaning[1:] + ".", allow_abbrev=False
        )
        _add_options(command, suppress=True)
    return whole


def _add_options(parser: argparse.ArgumentParser, *, suppress: bool) -> None:
    """The options, which may stand before the command or after it: those after it must not reset those before."""

    def add(*names: str, default: object, **how: object) -> None:
        parser.add_argument(*names, default=argparse.SUPPRESS if suppress else default, **how)  # type: ignore[arg-type]

    add("--root", metavar="DIR", default="", help="the folder that holds content/ (default: this program's own folder)")
    add("-o", "--output", metavar="OUT", default="", help="the folder to write (default: DIR/site)")
    add(
        "-u",
        "--base-url",
        metavar="URL",
        default="",
        help="where it will be published, in place of base_url in site.yaml",
    )
    add("--force", action="store_true", default=False, help="write every file again, also what has not changed")
    add("--strict", action="store_true", default=False, help="let warnings fail, with exit code 1")
    add("--fix", action="store_true", default=False, help="check: write missing ids into the files and mend typography")
    add("--accept", metavar="ID", nargs="+", default=[], help="translations: those of these records keep up")
    add("--json", action="store_true", default=False, help="print the problems and counts as JSON and nothing else")
    add("-q", "--quiet", action="store_true", default=False, help="print problems only, and no summary")


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    # Imported here, so that --help and mistakes in the command answer at once.
    from atlas.building import Options, today_from

    root = Path(options.root) if options.root else Path(__file__).resolve().parent.parent
    if not root.is_dir():
        parser.error(f"--root: there is no folder {options.root}")
    out = Path(options.output) if options.output else root / "site"
    _check_output(root, out, parser)
    if options.base_url and not options.base_url.startswith(("https://", "http://")):
        parser.error("--base-url begins with https:// or http://")
    try:
        today = today_from(os.environ)
    except (ValueError, OverflowError, OSError):
        parser.error("SOURCE_DATE_EPOCH is a number of seconds since 1970")
    how = Options(options.base_url, today, options.force)
    commands = {"check": _check, "clean": _clean, "schema": _schema, "translations": _translations}
    command = commands.get(options.command, _build)
    return command(root, out, how, options)


def _check_output(root: Path, out: Path, parser: argparse.ArgumentParser) -> None:
    """Refuse folders whose files would be taken for pages, or pages for content."""
    home, target = root.resolve(), out.resolve()
    if home.is_relative_to(target):
        parser.error(f"--output: {out} holds the atlas itself; name a folder of its own")
    if any(target.is_relative_to(home / name) for name in ("content", "templates", "atlas", "tests", ".git")):
        parser.error(f"--output: {out} holds sources; name a folder of its own")
    if target.exists() and not target.is_dir():
        parser.error(f"--output: {out} is a file")


def _build(root: Path, out: Path, how, options: argparse.Namespace) -> int:  # type: ignore[no-untyped-def]
    from atlas.building import build

    progress = _Progress(options)
    report = build(root, out, _shown(out, root), how, progress.show)
    progress.end()
    files = f"{report.written} written, {report.kept} kept, {report.removed} removed"
    what = (
        "nothing was written"
        if has_errors(report.problems) and not report.written
        else f"{_number(report.pages, 'page')}: {files}"
    )
    return _tell(report.problems, report.written, report.kept, what, options)


def _check(root: Path, out: Path, how, options: argparse.Namespace) -> int:  # type: ignore[no-untyped-def]
    from atlas.building import make

    progress = _Progress(options)
    mended = _fix(root) if options.fix else 0
    _, problems, pages = make(root, how, progress.show)
    progress.end()
    what = f"{_number(pages, 'page')} checked" if pages else "checked"
    return _tell(problems, mended, 0, f"{what}, {_number(mended, 'file')} mended" if options.fix else what, options)


def _fix(root: Path) -> int:
    """Write missing ids into the files and mend their typography; how many files were changed."""
    from atlas.fixing import given_ids, proofed
    from atlas.output import write_text
    from atlas.sources import read_input

    changed: set[str] = set()
    for mend in (lambda sources: given_ids(sources, _draw), proofed):
        files, _ = read_input(root)
        texts = mend({source.path: source for source in files.sources})
        for path, text in texts.items():
            write_text(root / path, text)
        changed |= texts.keys()
    return len(changed)


def _draw() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


def _clean(root: Path, out: Path, how: object, options: argparse.Namespace) -> int:
    from atlas.output import clean_site

    result = clean_site(out, _shown(out, root))
    return _tell(tuple(result.problems), 0, 0, f"{_number(result.removed, 'file')} removed", options)


def _schema(root: Path, out: Path, how: object, options: argparse.Namespace) -> int:
    from atlas.jsonschema import schemas
    from atlas.output import write_text
    from atlas.sources import read_input

    files, problems = read_input(root)
    written, found = schemas({source.path: source for source in files.sources})
    for name, text in written.items():
        write_text(root / "schema" / name, text)
    return _tell((*problems, *found), len(written), 0, f"{_number(len(written), 'schema')} written to schema/", options)


def _translations(root: Path, out: Path, how: object, options: argparse.Namespace) -> int:
    from atlas.translations import accept, table

    if options.accept:
        changed, problems = accept(root, options.accept)
        return _tell(problems, changed, 0, f"{_number(changed, 'file')} written", options)
    lines, problems = table(root)
    if not options.json:
        print("\n".join(lines))
    return _tell(problems, 0, 0, f"{_number(max(len(lines) - 2, 0), 'translation')} not complete", options)


class _Progress:
    """The stage that is under way, on a terminal only."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.on = sys.stderr.isatty() and not (options.quiet or options.json)

    def show(self, stage: str) -> None:
        """Show a stage in place of the one before."""
        if self.on:
            print(f"\r\x1b[K{stage} …", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line clean."""
        if self.on:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _shown(out: Path, root: Path) -> str:
    """How messages call the output folder: relative to the atlas where it is inside."""
    target = out.resolve()
    return target.relative_to(root.resolve()).as_posix() if target.is_relative_to(root.resolve()) else out.as_posix()


def _tell(problems: Sequence[Problem], written: int, kept: int, what: str, options: argparse.Namespace) -> int:
    """Print the problems and the summary; the exit code."""
    if options.json:
        rows = [problem.as_json() for problem in problems]
        print(json.dumps({"problems": rows, "written": written, "kept": kept}, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        if not options.quiet:
            print(f"{what} · {_counted(problems)}")
    failed = has_errors(problems) or (options.strict and any(problem.severity == "warning" for problem in problems))
    return 1 if failed else 0


def _counted(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
