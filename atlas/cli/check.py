"""`check`: find every problem and write nothing; with `--fix`, fix what can be fixed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from atlas.audit.review import AuditOptions, review
from atlas.authoring.fixes import add_missing_ids, fix_typography
from atlas.build.pipeline import is_in
from atlas.cli.command import READING, Command, Invocation, Option, UsageError
from atlas.cli.console import ProgressDisplay, number, print_report, rows_of
from atlas.cli.options import how
from atlas.cli.reports import by_severity, counts, lacking
from atlas.content.editions import path_of
from atlas.content.site_config import SITE_PATH
from atlas.core.output import write_text
from atlas.core.problems import Problem
from atlas.core.sources import read_input

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def run(call: Invocation) -> int:
    """Check the atlas."""
    options = call.options
    against, edition = _earlier(call.root, options.against)
    wanted = _named(call.root, options.file)
    progress = ProgressDisplay(options)
    fixed = fix(call.root, wanted) if options.fix else 0
    wants = AuditOptions(options.min_evidence, options.strict, options.external, against, edition, wanted)
    report = review(call.root, call.out, how(call), wants, progress.show)
    if wanted:
        report = replace(report, problems=tuple(one for one in report.problems if _concerns(one, wanted)))
    progress.end()
    what = f"{number(report.pages, 'page')} checked" if report.pages else "checked"
    what += f", {number(fixed, 'file')} fixed" if options.fix else ""
    if options.json:
        facts = dict(zip(("quoted", "unquoted"), report.quoted, strict=True))
        more = {"pages": report.pages, "counts": counts(report.problems), "facts": facts}
        return print_report(rows_of(report.problems), what, options, written=fixed, kept=0, **more)
    mistakes = [problem for problem in by_severity(report.problems) if problem.severity != "note"]
    code = print_report(rows_of(mistakes), what, options, written=fixed, kept=0)
    if not options.quiet and (report.pages or len(mistakes) < len(report.problems)):
        print("\n".join(lacking(report.problems, listed=options.notes)))
        print(f"facts with words of their sources: {report.quoted[0]}, without: {report.quoted[1]}")
    return code


def _earlier(root: Path, name: str) -> tuple[Path | None, str]:
    """Return the earlier build that --against names, or the version of an edition, or `all` for all editions.

    Raises:
        UsageError: there is neither.
    """
    if not name or Path(name).exists():
        return (Path(name) if name else None), ""
    if name != "all" and not (root / path_of(name)).is_file():
        raise UsageError(f"--against: there is no earlier build or edition {name}")
    return None, name


def _named(root: Path, files: Sequence[str]) -> frozenset[str]:
    """Return the paths, relative to the root, of the files that a command line names.

    Raises:
        UsageError: there is no such file in the atlas.
    """
    found = set()
    for name in files:
        paths = [path.resolve() for path in (root / name, Path(name)) if path.exists()]
        own = [path.relative_to(root.resolve()) for path in paths if path.is_relative_to(root.resolve())]
        if not own:
            raise UsageError(f"there is no file {name} in this atlas")
        found.add(own[0].as_posix())
    return frozenset(found)


def _concerns(problem: Problem, files: Collection[str]) -> bool:
    """Return whether a problem is in one of the files or folders, or keeps all files from being checked."""
    path = problem.span.path
    return is_in(path, files) or (problem.severity == "error" and path == SITE_PATH)


def fix(root: Path, wanted: Collection[str] = ()) -> int:
    """Write missing ids into the files and fix their typography.

    Args:
        root: the folder of the atlas.
        wanted: the paths of the files and folders to fix; all if empty.

    Returns:
        How many files were changed.
    """
    changed: set[str] = set()
    for fixes in (lambda sources: add_missing_ids(sources, _random_id), fix_typography):
        files, _ = read_input(root)
        texts = fixes({source.path: source for source in files.sources})
        for path, text in texts.items():
            if not wanted or is_in(path, wanted):
                write_text(root / path, text)
                changed.add(path)
    return len(changed)


def _random_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


COMMAND = Command(
    "check",
    "find every mistake and write nothing; with --fix, fix missing ids and typography",
    (
        *READING,
        Option("file", metavar="FILE", nargs="*", help="report only what is in these files or folders"),
        Option("--fix", action="store_true", help="write missing ids into the files and fix typography"),
        Option(
            "--min-evidence",
            metavar="N",
            type=int,
            default=0,
            help="note facts that cite fewer works than N (default: 2); with --strict they are errors",
        ),
        Option(
            "--against",
            metavar="OLD",
            default="",
            help="report addresses and ids that would disappear; OLD is the folder of an earlier build, an edition such"
            " as 1.0, or all (for every edition)",
        ),
        Option("--notes", action="store_true", help="list the first notes of each kind below their count"),
        Option("--external", action="store_true", help="check each external link once (uses the network)"),
    ),
    run,
)
