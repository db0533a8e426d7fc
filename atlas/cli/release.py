"""`release`: make an edition of the atlas that can be cited: check it, describe it, and pack sources and site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from atlas.build.options import BuildOptions, ReadOptions
from atlas.cli.command import COMMON, OUTPUT, VERBOSE, Command, Invocation, Option, UsageError
from atlas.cli.console import ProgressDisplay, number, print_report, rows_of
from atlas.core.output import write_files
from atlas.releases.release import Wanted, make_release


def run(call: Invocation) -> int:
    """Make a release, or report all that prevents it and write nothing."""
    options = call.options
    day = options.date or call.today or date.today().isoformat()
    wanted = Wanted(options.version, _day(day), _texts(options.text), options.incomplete)
    progress = ProgressDisplay(options)
    made = make_release(call.root, call.out, BuildOptions(ReadOptions(), call.shown), wanted, progress.show)
    progress.end()
    if made.wrong:
        raise UsageError(made.wrong)
    try:
        write_files({call.root / path: data for path, data in made.files.items()})
    except OSError as error:
        raise UsageError(f"the release cannot be written: {error.strerror}: {error.filename}") from error
    options.strict = True
    what = f"release {wanted.version} of {wanted.date}: {number(len(made.files), 'file')} written"
    what = what if made.files else "no release, nothing was written"
    more = {"archive": made.archive, "digest": made.digest}
    code = print_report(rows_of(made.problems), what, options, written=len(made.files), kept=0, **more)
    if made.files and not (options.json or options.quiet):
        print(f"{made.text}\n{made.digest}  {made.archive}")
    return code


def _day(text: str) -> str:
    """Return the day that --date names.

    Raises:
        UsageError: it is not a day.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date: {text!r} is not a day such as 2027-02-03") from None
    return found.isoformat()


def _texts(texts: Iterable[str]) -> dict[str, str]:
    """Return what is new by language; "" where a text names none."""
    found = {}
    for each in texts:
        named = _LANGUAGE.match(each)
        found[named[1] if named else ""] = " ".join(each[named.end() if named else 0 :].split())
    return found


_LANGUAGE: Final = re.compile(r"([A-Za-z][\w-]*)=")

COMMAND = Command(
    "release",
    "make an edition that can be cited: check, metadata, list of addresses, archive",
    (
        *COMMON,
        OUTPUT,
        VERBOSE,
        Option("version", metavar="VERSION", help="its version, such as 1.0"),
        Option("--date", metavar="DATE", default="", help="its day, such as 2027-02-03 (default: today)"),
        Option(
            "--text",
            metavar="[LANG=]TEXT",
            action="append",
            default=[],
            help="what is new in it, in a language, which an atlas in one language need not name; may be given several"
            " times (default: how many records are new, changed and gone)",
        ),
        Option("--incomplete", action="store_true", help="release although translations are missing, and say so"),
    ),
    run,
)
