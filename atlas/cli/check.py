"""`check`: find every problem and write nothing; with `--fix`, fix what can be fixed."""

from __future__ import annotations

import secrets
from pathlib import Path

from atlas.audit.review import AuditOptions, review
from atlas.authoring.fixes import add_missing_ids, fix_typography
from atlas.cli.command import READING, Command, Invocation, Option, UsageError
from atlas.cli.console import ProgressDisplay, number, print_report, rows_of
from atlas.cli.options import how
from atlas.cli.reports import by_severity, counts, lacking
from atlas.core.output import write_text
from atlas.core.sources import read_input

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def run(call: Invocation) -> int:
    """Check the atlas."""
    options = call.options
    if options.against and not Path(options.against).exists():
        raise UsageError(f"--against: there is no earlier build {options.against}")
    progress = ProgressDisplay(options)
    fixed = fix(call.root) if options.fix else 0
    against = Path(options.against) if options.against else None
    wants = AuditOptions(options.min_evidence, options.strict, options.external, against)
    report = review(call.root, call.out, how(call), wants, progress.show)
    progress.end()
    what = f"{number(report.pages, 'page')} checked" if report.pages else "checked"
    what += f", {number(fixed, 'file')} fixed" if options.fix else ""
    if options.json:
        more = {"pages": report.pages, "counts": counts(report.problems)}
        return print_report(rows_of(report.problems), what, options, written=fixed, kept=0, **more)
    mistakes = [problem for problem in by_severity(report.problems) if problem.severity != "note"]
    code = print_report(rows_of(mistakes), what, options, written=fixed, kept=0)
    if not options.quiet and (report.pages or len(mistakes) < len(report.problems)):
        print("\n".join(lacking(report.problems)))
    return code


def fix(root: Path) -> int:
    """Write missing ids into the files and fix their typography.

    Returns:
        How many files were changed.
    """
    changed: set[str] = set()
    for fixes in (lambda sources: add_missing_ids(sources, _random_id), fix_typography):
        files, _ = read_input(root)
        texts = fixes({source.path: source for source in files.sources})
        for path, text in texts.items():
            write_text(root / path, text)
        changed |= texts.keys()
    return len(changed)


def _random_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


COMMAND = Command(
    "check",
    "find every mistake and write nothing; with --fix, fix missing ids and typography",
    (
        *READING,
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
            help="report addresses of OLD, an earlier build, that would disappear",
        ),
        Option("--external", action="store_true", help="check each external link once (uses the network)"),
    ),
    run,
)
