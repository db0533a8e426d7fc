"""French typography: spaces, ordinals, the first of the month, the ellipsis.

After the Lexique des règles typographiques en usage à l'Imprimerie nationale (2002): a fine no-break
space (U+202F) before ; ! ?, a no-break space (U+00A0) before : and % and inside « »; 1er, 1re, 2e,
and 1er before a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.core.private_use import EDGE, HOLE
from atlas.core.rules import Rule
from atlas.lint.quotation_marks import (
    Flaw,
    QuotationMarks,
    check_apostrophes,
    check_quotation_marks,
    sparing_quotations,
    without_foreign_quotations,
)
from atlas.markdown.masks import mask, without_emphasis

FRENCH = QuotationMarks(("«\u00a0", "\u00a0»"), ("“", "”"), single=("«\u00a0", "\u00a0»"), own=("«»",), foreign=("“”",))

_FINE, _FULL = "\u202f", "\u00a0"
_GAP = "[ \t\u00a0\u202f\u2009]*"
_SIGN = re.compile(rf"(?<=[^\s{EDGE}])(?P<gap>{_GAP})(?P<sign>[;!?]|:(?=[\s{HOLE}]|$))")
_CLOSE = "([«?!…"
"""A sign directly after one of these has no space before it: (?), ?!, …!"""
_PERCENT = re.compile(rf"(?<=\d)(?P<gap>{_GAP})(?=%)")
_OPENING = re.compile(rf"(?<=«)(?P<gap>{_GAP})(?=[^\s;:!?»])")
_CLOSING = re.compile(rf"(?<=[^\s«])(?P<gap>{_GAP})(?=»)")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_ORDINALS = (
    (re.compile(r"\b(1|I)(?:ère|ere|ière|iere)(s?)\b"), r"\1re\2"),
    (re.compile(r"\b(1|I)(?:ier|èr)(s?)\b"), r"\1er\2"),
    (re.compile(r"\b(\d+|[IVXLC]+)(?:i?[èe]me|è)(s?)\b"), r"\1e\2"),
)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_FIRST = re.compile(rf"(?<![\w.,])1(?=[ {_FINE}{_FULL}](?:{_MONTHS})\b)")


def check_french(text: str) -> Iterator[Flaw]:
    """Yield the flaws of a Markdown text in French."""
    masked = without_emphasis(mask(text))
    yield from check_quotation_marks(masked, FRENCH)
    prose = without_foreign_quotations(masked, FRENCH)
    found = [*check_apostrophes(prose), *_spaces(prose), *_words(prose)]
    yield from sparing_quotations(found, masked, FRENCH)


def _spaces(prose: str) -> Iterator[Flaw]:
    for found in _SIGN.finditer(prose):
        sign, before = found["sign"], prose[found.start() - 1]
        if not found["gap"] and before in _CLOSE:
            continue
        yield from _space(found, _FULL if sign == ":" else _FINE, f"before {sign}")
    for found in _PERCENT.finditer(prose):
        yield from _space(found, _FULL, "before %", also=_FINE)
    for found in _OPENING.finditer(prose):
        yield from _space(found, _FULL, "after «")
    for found in _CLOSING.finditer(prose):
        yield from _space(found, _FULL, "before »")


def _words(prose: str) -> Iterator[Flaw]:
    for found in _ELLIPSIS.finditer(prose):
        yield Flaw(found.start(), 3, Rule.ELLIPSIS, "three points: write the sign …", "…")
    for pattern, form in _ORDINALS:
        for found in pattern.finditer(prose):
            right = found.expand(form)
            yield Flaw(found.start(), len(found[0]), Rule.ORDINAL, f"{found[0]}: write {right}", right)
    for found in _FIRST.finditer(prose):
        yield Flaw(found.start(), 1, Rule.FIRST_OF_MONTH, "the first of a month: write 1er", "1er")


def _space(found: re.Match[str], wanted: str, where: str, also: str = "") -> Iterator[Flaw]:
    gap = found["gap"]
    if gap not in (wanted, also or wanted):
        name = "fine no-break space (U+202F)" if wanted == _FINE else "no-break space (U+00A0)"
        yield Flaw(found.start("gap"), len(gap), Rule.FRENCH_SPACE, f"a {name} belongs {where}", wanted)
