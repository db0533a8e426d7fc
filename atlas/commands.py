"""The command line: what each command does, and how it answers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.answers import Progress, Told, answer, number
from atlas.unchanged import recorded

if TYPE_CHECKING:  # what a build with nothing to do can do without is imported when it is needed
    from atlas.problems import Problem
    from atlas.rebuilding import How

COMMANDS = {
    "build": "render the atlas into the output folder (what happens without a command)",
    "explain": "say why a page would be rendered or kept if a build began now, and why it was last rendered",
    "serve": "show the atlas in a browser as its files are now, drafts too, and what is wrong with them",
    "check": "find every mistake and write nothing; with --fix, mend what can be mended: missing ids, typography",
    "new": "write a new record with blanks to fill in: new actor ID, new case ID …",
    "translations": "list what is missing, behind or not reviewed; with --accept ID, say that translations keep up",
    "clean": "remove from the output folder the files that a build made, and nothing else",
    "schema": "write schema/*.json, with which editors complete and check YAML",
}
EXAMPLES = """\
examples:
  {0}                         build this folder into site/
  {0} check --fix             mend what can be mended, and tell the rest
  {0} explain actors/ifri     why the last build rendered that page, and what the next will do
  {0} build --root ../other -o /tmp/other --base-url https://example.org/other/

Every mistake is one line: file:line:column rule: what is wrong · what to do. docs/reference.md tells each rule.
exit codes: 0 done · 1 mistakes in the files (with --strict also warnings) · 2 the command was not understood
"""
_NEW = ("actor", "instrument", "person", "case", "concept", "claim", "comparison", "page")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def main(arguments: Sequence[str] | None = None, home: Path | None = None) -> int:
    """Run one command; the exit code. home: the folder to build where --root names none (default: the current one)."""
    command_line = parser("python build.py" if home else "atlas")
    try:
        return _run(command_line.parse_args(arguments), command_line, home)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2


def parser(program: str = "python build.py") -> argparse.ArgumentParser:
    """The command line as argparse knows it. program: what one types to run it."""
    whole = argparse.ArgumentParser(
        prog=program,
        description="Build a comparative atlas from plain files: content/ and bibliography.bib become site/.",
        epilog=EXAMPLES.format(program),
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
        if name == "serve":
            command.add_argument("-p", "--port", metavar="PORT", type=int, default=8000, help="serve: the first to try")
            command.add_argument("--open", action="store_true", help="serve: open a browser")
        if name == "new":
            command.add_argument("family", metavar="FAMILY", choices=_NEW, help=f"one of {', '.join(_NEW)}")
            command.add_argument("id", metavar="ID", help="its id: lower-case letters, digits and hyphens")
        if name == "explain":
            command.add_argument("page", metavar="PAGE", help="explain: the path or address of a page")
    return whole


def _add_options(parser: argparse.ArgumentParser, *, suppress: bool) -> None:
    """The options, which may stand before the command or after it: those after it must not reset those before."""

    def add(*names: str, default: object, **how: object) -> None:
        parser.add_argument(*names, default=argparse.SUPPRESS if suppress else default, **how)  # type: ignore[arg-type]

    add(
        "--root",
        metavar="DIR",
        default="",
        help="the folder that holds content/ (default: this folder; build.py: its own)",
    )
    add("-o", "--output", metavar="OUT", default="", help="the folder to write (default: DIR/site)")
    add("-u", "--base-url", metavar="URL", default="", help="where it is published, in place of base_url in site.yaml")
    add("--force", action="store_true", default=False, help="forget the last build, and write every file again")
    add("--verify", action="store_true", default=False, help="read every byte of sources and output; believe no stat")
    add(
        "--precompress",
        action="store_true",
        default=False,
        help="build: write beside each text file what a host may send in its place: .gz, and .br where brotli is there",
    )
    add("--no-search", action="store_true", default=False, help="leave the index of the search as it is, to be quicker")
    add("--strict", action="store_true", default=False, help="let warnings fail, with exit code 1")
    add("--fix", action="store_true", default=False, help="check: write missing ids into the files and mend typography")
    add(
        "--min-evidence",
        metavar="N",
        type=int,
        default=0,
        help="check: note facts that rest on fewer works than N (default: 2); with --strict they are errors",
    )
    add("--against", metavar="OLD", default="", help="check: tell what of OLD, a former build, would disappear")
    add("--external", action="store_true", default=False, help="check: ask each outside link once (uses the network)")
    add("--drafts", action="store_true", default=False, help="show records that say `draft: true` too")
    add("--accept", metavar="ID", nargs="+", default=[], help="translations: those of these records keep up")
    add("--json", action="store_true", default=False, help="print the problems and counts as JSON and nothing else")
    add("-q", "--quiet", action="store_true", default=False, help="print problems only, and no summary")
    add("-v", "--verbose", action="store_true", default=False, help="print each stage, with the seconds so far")


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser, home: Path | None) -> int:
    root = Path(options.root) if options.root else home or Path()
    if not options.root and not (root / "content").is_dir():
        parser.error("there is no content/ in this folder: name the folder that holds it with --root")
    if not root.is_dir():
        parser.error(f"--root: there is no folder {options.root}")
    out = Path(options.output) if options.output else root / "site"
    _check_output(root, out, parser)
    if options.base_url and not options.base_url.startswith(("https://", "http://")):
        parser.error("--base-url begins with https:// or http://")
    if options.against and not Path(options.against).exists():
        parser.error(f"--against: there is no former build {options.against}")
    commands = {
        "check": _check, "clean": _clean, "explain": _explain, "new": _new, "schema": _schema, "serve": _serve,
        "translations": _translations,
    }  # fmt: skip
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not _is_day(epoch):
        parser.error("SOURCE_DATE_EPOCH is a number of seconds since 1970")
    return commands.get(options.command, _build)(root, out, epoch, options)


def _is_day(epoch: str) -> bool:
    from atlas.building import day_of

    try:
        day_of(epoch)
    except (ValueError, OverflowError, OSError):
        return False
    return True


def _settings(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> tuple[str, ...]:
    """All that the command line and the environment say of a build."""
    return (
        _shown(out, root),
        options.base_url,
        epoch,
        "precompress" * options.precompress,
        "drafts" * options.drafts,
        "no-search" * options.no_search,
    )


def _how(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> How:
    from atlas.building import Options, day_of
    from atlas.rebuilding import How

    reading = Options(options.base_url, day_of(epoch), options.drafts)
    settings = _settings(root, out, epoch, options)
    return How(
        reading, settings[0], settings, options.force, options.verify, options.precompress, not options.no_search
    )


def _check_output(root: Path, out: Path, parser: argparse.ArgumentParser) -> None:
    """Refuse folders whose files would be taken for pages, or pages for content."""
    home, target = root.resolve(), out.resolve()
    if home.is_relative_to(target):
        parser.error(f"--output: {out} holds the atlas itself; name a folder of its own")
    if any(target.is_relative_to(home / name) for name in ("content", "templates", "atlas", "tests", ".git")):
        parser.error(f"--output: {out} holds sources; name a folder of its own")
    if target.exists() and not target.is_dir():
        parser.error(f"--output: {out} is a file")


def _build(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    progress = Progress(options)
    state = None
    if not (options.force or options.verify):
        state = recorded(str(root), str(out), _settings(root, out, epoch, options))
    if state:
        told, failed = state["told"], state["failed"]
        counts = {"pages": state["pages"], "written": 0, "kept": state["files"], "removed": 0}
    else:
        from atlas.rebuilding import build

        report = build(root, out, _how(root, out, epoch, options), progress.show)
        told, failed = _told(report.problems), report.failed
        counts = {"pages": report.pages, "written": report.written, "kept": report.kept, "removed": report.removed}
    progress.end()
    files = f"{counts['written']} written, {counts['kept']} kept, {counts['removed']} removed"
    what = "nothing was written" if failed else f"{number(counts['pages'], 'page')}: {files}"
    return answer(told, what, options, **counts, seconds=progress.seconds)


def _serve(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.building import day_of
    from atlas.preview import Preview, serve

    def said(line: str) -> None:
        if not options.quiet:
            print(line, flush=True)

    return serve(Preview(root, options.port, options.open, day_of(epoch), said))


def _told(problems: Iterable[Problem]) -> Told:
    return ((str(problem), problem.as_json()) for problem in problems)


def _check(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.reporting import by_severity, counts, lacking
    from atlas.reviewing import Wants, review

    progress = Progress(options)
    mended = _fix(root) if options.fix else 0
    against = Path(options.against) if options.against else None
    wants = Wants(options.min_evidence, options.strict, options.external, against)
    report = review(root, out, _how(root, out, epoch, options), wants, progress.show)
    progress.end()
    what = f"{number(report.pages, 'page')} checked" if report.pages else "checked"
    what += f", {number(mended, 'file')} mended" if options.fix else ""
    if options.json:
        more = {"pages": report.pages, "counts": counts(report.problems)}
        return answer(_told(report.problems), what, options, written=mended, kept=0, **more)
    mistakes = [problem for problem in by_severity(report.problems) if problem.severity != "note"]
    code = answer(_told(mistakes), what, options, written=mended, kept=0)
    if not options.quiet and (report.pages or len(mistakes) < len(report.problems)):
        print("\n".join(lacking(report.problems)))
    return code


def _explain(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.problems import NOWHERE, Problem
    from atlas.rebuilding import explain

    found, problems = explain(root, out, _how(root, out, epoch, options), options.page)
    if found is None and not any(problem.severity == "error" for problem in problems):
        hint = "write its path, such as actors/ID/ or fr/cases/ID/"
        problems = (*problems, Problem(NOWHERE, "unknown-page", f'there is no page "{options.page}"', hint))
    if found and not options.json:
        print(found)
    what, row = ("explained", found.as_json()) if found else ("no page is explained", None)
    return answer(_told(problems), what, options, written=0, kept=0, explained=row)


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
    import secrets

    return "".join(secrets.choice(_LETTERS) for _ in range(5))


def _clean(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.output import clean_site

    result = clean_site(out, _shown(out, root))
    return answer(_told(result.problems), f"{number(result.removed, 'file')} removed", options, written=0, kept=0)


def _new(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.building import day_of
    from atlas.scaffolds import next_steps, start

    path, problems = start(root, options.family, options.id, day_of(epoch))
    if path and not (options.json or options.quiet):
        print(next_steps(path, options.family))
    what = "1 record begun" if path else "nothing was written"
    return answer(_told(problems), what, options, written=int(bool(path)), kept=0, path=path)


def _schema(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.jsonschema import schemas
    from atlas.output import write_text
    from atlas.sources import read_input

    files, problems = read_input(root)
    written, found = schemas({source.path: source for source in files.sources})
    for name, text in written.items():
        write_text(root / "schema" / name, text)
    what = f"{number(len(written), 'schema')} written to schema/"
    return answer(_told((*problems, *found)), what, options, written=len(written), kept=0)


def _translations(root: Path, out: Path, epoch: str, options: argparse.Namespace) -> int:
    from atlas.translations import accept, table

    if options.accept:
        changed, problems = accept(root, options.accept)
        return answer(_told(problems), f"{number(changed, 'file')} written", options, written=changed, kept=0)
    lines, problems = table(root)
    if not options.json:
        print("\n".join(lines))
    return answer(
        _told(problems), f"{number(max(len(lines) - 2, 0), 'translation')} not complete", options, written=0, kept=0
    )


def _shown(out: Path, root: Path) -> str:
    """How messages call the output folder: relative to the atlas where it is inside."""
    target = out.resolve()
    return target.relative_to(root.resolve()).as_posix() if target.is_relative_to(root.resolve()) else out.as_posix()
