"""`translations`: show progress and what is missing or behind; accept, export and import translations."""

from __future__ import annotations

from pathlib import Path

from atlas.authoring.translation_export import export
from atlas.authoring.translation_import import take_back
from atlas.authoring.translations import accept, overview
from atlas.cli.command import COMMON, Command, Invocation, Option, UsageError
from atlas.cli.console import number, print_report, rows_of
from atlas.core.output import write_text


def run(call: Invocation) -> int:
    """Show the status of translations, or accept, export or import some."""
    options = call.options
    if sum(map(bool, (options.accept, options.export, options.taken))) > 1:
        raise UsageError("--accept, --export and --import are three things: give one of them")
    if options.accept:
        changed, problems = accept(call.root, options.accept)
        return print_report(rows_of(problems), f"{number(changed, 'file')} written", options, written=changed, kept=0)
    if options.export:
        return _export(call)
    if options.taken:
        return _import(call)
    stand = overview(call.root, unsigned=options.all)
    if not options.json:
        print("\n".join([*stand.progress, *([""] if stand.rows else []), *stand.rows]))
    what = f"{number(stand.records, 'translation')} {'not complete or not reviewed' if options.all else 'not complete'}"
    return print_report(rows_of(stand.problems), what, options, written=0, kept=0, **stand.data)


def _export(call: Invocation) -> int:
    options = call.options
    path = Path(options.file or f"{options.export}.po")
    made = export(call.root, options.export, everything=options.all)
    if made.text:
        _write(path, made.text)
    what = f"{number(made.units, 'unit')} written to {path}" if made.text else "nothing was written"
    return print_report(rows_of(made.problems), what, options, written=int(bool(made.text)), kept=0, units=made.units)


def _write(path: Path, text: str) -> None:
    try:
        write_text(path, text)
    except OSError as error:
        raise UsageError(f"--output: {path} cannot be written: {error.strerror}") from error


def _import(call: Invocation) -> int:
    options = call.options
    came = take_back(call.root, Path(options.taken))
    counts = {"units": came.units, "fuzzy": came.fuzzy, "empty": came.empty}
    what = f"{number(came.units, 'unit')} taken, {came.fuzzy} fuzzy and {came.empty} empty left out, "
    what += f"{number(came.files, 'file')} written"
    return print_report(rows_of(came.problems), what, options, written=came.files, kept=0, **counts)


COMMAND = Command(
    "translations",
    "show progress by language and kind, and what is missing or behind; accept, export and import translations",
    (
        *COMMON,
        Option(
            "--accept", metavar="ID", nargs="+", default=[], help="mark the translations of these records as up to date"
        ),
        Option("--export", metavar="LANG", default="", help="write what LANG lacks, and what is behind, as a PO file"),
        Option(
            "--all",
            action="store_true",
            help="with --export, write every text; else list also what lacks only the signature of an editor",
        ),
        Option("-o", "--output", dest="file", metavar="FILE", default="", help="the PO file (default: LANG.po here)"),
        Option(
            "--import",
            dest="taken",
            metavar="FILE",
            default="",
            help="take a PO file back: check it, and write the translations if it has no mistake",
        ),
    ),
    run,
)
