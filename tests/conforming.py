"""How many of a standard's own examples each style sets as the standard prints them.

    python tests/conforming.py         the figure of each style
    python tests/conforming.py -v      and each reference that differs
    python tests/conforming.py --docs  writes the figures into docs/conformance.md

A table has a line `clause @type{…}` for each example, the reference that the standard prints on the
next, and where another system of the style differs, its name, a colon and the reference. A line
`differs: …` says why ours is another. Italics are not compared, in Chinese spaces and the width of signs neither.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from atlas.bibliography.formatting.citer import Citer, load_style
from atlas.bibliography.formatting.styles import Style
from atlas.bibliography.parsing.works import Work, read_works
from atlas.core.sources import ENGINE_STYLES

HERE = Path(__file__).parent / "conformance"

DOCS = Path(__file__).parent.parent / "docs" / "conformance.md"


class Suite(NamedTuple):
    """The examples of one table in one system of a style: by what name the figure goes, and what it shall reach."""

    name: str
    table: str
    style: str
    language: str
    target: int
    system: str = ""


SUITES = (
    Suite("GB/T 7714—2015, numeric", "gb-t-7714-2015", "gb-t-7714-2015-numeric", "zh-Hans", 95),
    Suite("GB/T 7714—2015, author-date", "gb-t-7714-2015", "gb-t-7714-2015-author-date", "zh-Hans", 95, "author-date"),
    Suite("GB/T 7714—2025, numeric", "gb-t-7714-2025", "gb-t-7714-2025-numeric", "zh-Hans", 90),
    Suite("GB/T 7714—2025, author-date", "gb-t-7714-2025", "gb-t-7714-2025-author-date", "zh-Hans", 90, "author-date"),
    Suite("APA, 7th edition", "apa", "apa", "en", 90),
    Suite("Chicago author-date, 18th edition", "chicago", "chicago-author-date", "en", 85),
    Suite("ISO 690, in French", "iso-690", "iso-690", "fr", 90),
)


class Example(NamedTuple):
    """An example of a standard: the clause, the entry, the reference printed, and why ours differs, if it does."""

    clause: str
    work: Work
    expected: str
    reason: str = ""


class Outcome(NamedTuple):
    """An example and the reference that is made of it."""

    example: Example
    ours: str
    is_chinese: bool

    @property
    def is_equal(self) -> bool:
        """Whether the two are the same; in Chinese but for spaces and the width of signs, which the prints vary."""
        return _bare(self.example.expected, self.is_chinese) == _bare(self.ours, self.is_chinese)


def examples(suite: Suite) -> Iterator[Example]:
    """The examples of a suite."""
    lines = [line for line in (HERE / f"{suite.table}.txt").read_text("utf-8").splitlines() if line]
    rows: list[list[str]] = []
    for line in lines:
        if _ENTRY.match(line):
            rows.append([line])
        elif not line.startswith("#"):
            rows[-1].append(line)
    for entry, printed, *others in rows:
        clause, _, bibtex = entry.partition(" @")
        notes = dict(line.split(": ", 1) for line in others)
        work = read_works(f"@{bibtex}", "example.bib")[0][0]
        expected = notes.get(suite.system) or (with_year_first(printed, work) if suite.system else printed)
        yield Example(clause, work, expected, notes.get("differs", ""))


def with_year_first(printed: str, work: Work) -> str:
    """A reference of the numeric system with its year behind the author, as the author-date system has it.

    GB/T 7714—2015, 10.2.1; a work without author is by 佚名 or Anon (8.1.4). A day stays where it is.
    """
    title = re.sub(r"\W+", r"\\W+", re.split("[:：]", work.title)[0][:8])
    begin = next(found.end() for found in re.finditer(rf"(?:^|\. )(?={title})", printed))
    head, rest = printed[:begin].removesuffix(". "), printed[begin:]
    head += "." if head.endswith("et al") else ""
    if not head:
        head = "佚名" if _HAN.search(work.title) else "Anon"
    year = work.fields.get("yearaswritten") or work.raw.get("year", work.date)
    year = year if "year" in work.raw else year[:4]
    comma = "，" if re.search("[：，]", rest) else ", "
    found = list(re.finditer(rf"[,，] ?{re.escape(year)}(?![-\w])", rest))
    if found:
        rest = rest[: found[-1].start()] + rest[found[-1].end() :]
    return f"{head}{comma}{year}. {rest}".replace("..", ".")


_ENTRY = re.compile(r"\S+ @\w+\{")
_HAN = re.compile("[\u4e00-\u9fff]")
_SIGNS = str.maketrans("，：；（）［］．", ",:;()[].")


def _bare(text: str, is_chinese: bool) -> str:
    """A reference as it is compared."""
    text = text.replace("'", "’")
    return re.sub(r"\s+", "", text.translate(_SIGNS)) if is_chinese else re.sub(r"\s+", " ", text)


def style(name: str) -> Style:
    """A style of the engine."""
    return load_style(
        (ENGINE_STYLES / f"{name}.yaml").read_text("utf-8"), (ENGINE_STYLES / "words.yaml").read_text("utf-8")
    )


def outcomes(suite: Suite) -> list[Outcome]:
    """The examples of a suite with what the engine makes of them."""
    own = style(suite.style)
    found: list[Outcome] = []
    for example in examples(suite):
        key = example.work.key
        html = Citer({key: example.work}, own, suite.language).reference(key)
        found.append(Outcome(example, unescape(re.sub(r"<[^>]*>", "", html)), suite.language.startswith("zh")))
    return found


def figures() -> dict[str, tuple[int, int]]:
    """For each suite how many examples are equal, and how many there are."""
    return {
        suite.name: (sum(one.is_equal for one in found), len(found)) for suite in SUITES for found in (outcomes(suite),)
    }


def table() -> str:
    """The figures as docs/conformance.md has them."""
    rows = ["| style | equal | examples | share | target |", "| --- | ---: | ---: | ---: | ---: |"]
    for suite, (name, (equal, all_)) in zip(SUITES, figures().items(), strict=True):
        rows.append(f"| {name} | {equal} | {all_} | {100 * equal / all_:.0f} % | {suite.target} % |")
    return "\n".join(rows)


def main(arguments: list[str]) -> None:
    """Print the figures, and with -v what differs; with --docs write them."""
    if "--docs" in arguments:
        text = DOCS.read_text("utf-8")
        DOCS.write_text(re.sub(r"\| style \|.*\|(?=\n\n)", lambda _: table(), text, flags=re.DOTALL), "utf-8")
        return
    for suite in SUITES:
        found = outcomes(suite)
        print(f"{sum(one.is_equal for one in found)} of {len(found)}  {suite.name}")
        for one in found if "-v" in arguments else ():
            if not one.is_equal:
                print(f"  {one.example.clause} {one.example.reason}\n  - {one.example.expected}\n  + {one.ours}")


if __name__ == "__main__":
    main(sys.argv[1:])
