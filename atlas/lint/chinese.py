"""Chinese typography: full-width punctuation, titles, spaces, lines, simplified characters.

After GB/T 15834-2011, Punctuation: ，。；：？！（） beside Han characters, quotation marks “ ” and
inside them ‘ ’, the ellipsis ……, the dash ——, titles in 《》 and inside them 〈〉.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atlas.core.private_use import EDGE, HOLE
from atlas.core.rules import Rule
from atlas.core.scripts import HAN
from atlas.core.traditional import SIMPLIFIED
from atlas.lint.quotation_marks import (
    Flaw,
    QuotationMarks,
    check_apostrophes,
    check_quotation_marks,
    sparing_quotations,
    without_foreign_quotations,
)
from atlas.markdown.masks import mask, without_emphasis

CHINESE = QuotationMarks(("“", "”"), ("‘", "’"), single=("“", "”"), own=("“”", "‘’", "《》", "〈〉"), foreign=("«»",))
_FULL = "，。；：？！、（）《》〈〉「」『』【】"
_BLANK = "[ \t\u00a0\u202f\u2009\u3000]"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_HAN_BEFORE = rf"(?<=[{HAN}”’》〉）】])(?:{_BLANK}?{HOLE})*"
_HAN_AFTER = rf"(?={_BLANK}*{HOLE}*[{HAN}“‘《〈（【])"
_SIGN = re.compile(
    rf"{_HAN_BEFORE}(?P<after>[ ]*[,;:?!](?:[ ]+(?=\S))?)"
    rf"|(?<=[^\s{EDGE}])(?P<before>[,;:?!](?:[ ]+(?=\S))?){_HAN_AFTER}"
)
_STOP = re.compile(rf"{_HAN_BEFORE}(?P<stop>\.)(?=\s|$|[{HOLE}{EDGE}{HAN}])")
_BRACKETS = re.compile(r"\(([^()\n]*)\)")
_ANY_HAN = re.compile(f"[{HAN}]")
_SPACE = re.compile(
    rf"(?<=[{HAN}”’]){_BLANK}+(?=[{HAN}“‘])"
    rf"|(?<=[^\s{EDGE}]){_BLANK}+(?=[{_FULL}])"
    rf"|(?<=[{_FULL}]){_BLANK}+(?=[^\s{HOLE}{EDGE}])"
)
_ELLIPSIS = re.compile(
    rf"{_HAN_BEFORE}(?P<dots>\.{{3,}}|。{{2,}}|(?<!…)…(?!…))|(?P<first>\.{{3,}}|(?<!…)…(?!…))(?=[{HAN}])"
)
_DASH = re.compile(rf"{_HAN_BEFORE}(?P<dash>[ ]*-{{2,}}[ ]*)(?=[{HAN}“《])")
_CORNERS = {"「": "“", "」": "”", "『": "‘", "』": "’"}
_ANGLES = re.compile(rf"<{{1,2}}([^<>\n]*[{HAN}][^<>\n]*)>{{1,2}}|«([^«»\n]*[{HAN}][^«»\n]*)»")
_NESTED = re.compile(r"《[^《》\n]*(《)[^《》\n]*(》)[^《》\n]*》")
_ITALIC = re.compile(
    rf"(?<!\*)\*(?![*\s])(?P<stars>[^*\n]*[{HAN}][^*\n]*)(?<!\s)\*(?!\*)"
    rf"|(?<![\w_])_(?![_\s])(?P<lines>[^_\n]*[{HAN}][^_\n]*)(?<!\s)_(?![\w_])"
)
_RUN = re.compile(f"[{HAN}]+")


def check_chinese(text: str) -> Iterator[Flaw]:
    """Yield the flaws of a Markdown text in simplified Chinese."""
    with_emphasis = mask(text)
    masked = without_emphasis(with_emphasis)
    angles = tuple(_titles(masked))
    for flaw in angles:
        cover = f"{flaw.replacement}{HOLE * (flaw.length - 1)}"
        masked = masked[: flaw.offset] + cover + masked[flaw.offset + flaw.length :]
    prose = without_foreign_quotations(masked, CHINESE)
    yield from angles
    yield from check_quotation_marks(masked, CHINESE)
    yield from _corners(prose)
    found = [*check_apostrophes(prose), *_punctuation(prose), *_spaces(prose), *_signs(prose), *_characters(prose)]
    yield from sparing_quotations(found, masked, CHINESE)
    yield from _italics(with_emphasis)


def _punctuation(prose: str) -> Iterator[Flaw]:
    for found in _SIGN.finditer(prose):
        group = "after" if found["after"] else "before"
        sign = found[group].strip()
        yield _wide(found.start(group), found[group], _WIDE[sign])
    for found in _STOP.finditer(prose):
        yield _wide(found.start("stop"), ".", "。")
    for found in _BRACKETS.finditer(prose):
        before, after = prose[: found.start()].rstrip(" " + HOLE)[-1:], prose[found.end() :].lstrip(" " + HOLE)[:1]
        if any(_ANY_HAN.search(part) for part in (found[1], before, after)):
            yield _wide(found.start(), "(", "（")
            yield _wide(found.end() - 1, ")", "）")


def _wide(offset: int, written: str, sign: str) -> Flaw:
    return Flaw(offset, len(written), Rule.FULL_WIDTH, f"beside Chinese characters: write {sign}", sign)


def _spaces(prose: str) -> Iterator[Flaw]:
    for found in _SPACE.finditer(prose):
        yield Flaw(found.start(), len(found[0]), Rule.HAN_SPACE, "a space between Chinese characters", "")


def _signs(prose: str) -> Iterator[Flaw]:
    for found in _ELLIPSIS.finditer(prose):
        group = "dots" if found["dots"] else "first"
        yield Flaw(found.start(group), len(found[group]), Rule.ELLIPSIS, "the Chinese ellipsis is ……", "……")
    for found in _DASH.finditer(prose):
        yield Flaw(found.start("dash"), len(found["dash"]), Rule.DASH, "the Chinese dash is ——", "——")


def _corners(prose: str) -> Iterator[Flaw]:
    for offset, sign in enumerate(prose):
        if sign in _CORNERS:
            right = _CORNERS[sign]
            yield Flaw(offset, 1, Rule.QUOTATION_MARKS, f"in simplified Chinese write {right}", right)


def _titles(masked: str) -> Iterator[Flaw]:
    """Yield titles in brackets other than 《》, and titles within titles."""
    for found in _ANGLES.finditer(masked):
        words = found[1] or found[2]
        start = masked.index(words, found.start())
        for offset, end, sign in ((found.start(), start, "《"), (start + len(words), found.end(), "》")):
            yield Flaw(offset, end - offset, Rule.BOOK_TITLE, "put the title in 《》", sign)
    for found in _NESTED.finditer(masked):
        for number, sign in ((1, "〈"), (2, "〉")):
            yield Flaw(found.start(number), 1, Rule.BOOK_TITLE, "put a title within a title in 〈〉", sign)


def _italics(with_emphasis: str) -> Iterator[Flaw]:
    for found in _ITALIC.finditer(with_emphasis):
        message = "Chinese has no italics: put titles in 《》 and emphasis in **two stars**"
        yield Flaw(found.start(), len(found[0]), Rule.BOOK_TITLE, message)


def _characters(prose: str) -> Iterator[Flaw]:
    for found in _RUN.finditer(prose):
        wrong = [offset for offset, sign in enumerate(found[0], found.start()) if sign in SIMPLIFIED]
        if wrong:
            signs = "".join(dict.fromkeys(prose[offset] for offset in wrong))
            right = "".join(SIMPLIFIED[sign] for sign in signs)
            message = f"traditional characters {signs}, in simplified script {right}"
            yield Flaw(wrong[0], wrong[-1] - wrong[0] + 1, Rule.TRADITIONAL_CHARACTERS, message)
