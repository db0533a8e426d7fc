"""Citations as authors write them in prose: pandoc's grammar, without any Markdown.

`[see @key, pp. 3–5; @other, 页 12]`, `[-@key]`, `@key` and `@key [p. 3]` are citations. Whatever
does not fit the grammar is text: the functions return None and the caller leaves it alone.
The grammar is that of pandoc's User's Guide, "Citation syntax"; beyond it the full-width
`；` and `，` of Chinese typing count as `;` and `,`, and Han characters may touch the `@`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Mode = Literal["normal", "author-in-text", "suppress-author"]
"""`[@key]`, `@key` and `[-@key]`."""


class Locator(NamedTuple):
    """A place in a work: its kind (`page`, `chapter`, `section`…, the terms of CSL 1.0.2) and its number as written."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Cite:
    """One work cited at one place.

    prefix and suffix: Markdown as written, without spaces around it; a suffix keeps the comma that
    it begins with. offset: where the key begins in the text that was read.
    """

    key: str
    prefix: str = ""
    locator: Locator | None = None
    suffix: str = ""
    mode: Mode = "normal"
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a text: the works it names, and where it begins and ends (`text[start:end]`)."""

    cites: tuple[Cite, ...]
    start: int
    end: int


def parse_citation(text: str, offset: int) -> Citation | None:
    """The citation that begins at `offset` (at a `[`, an `@` or the `-` of `-@`), or None when it is text."""
    if text.startswith("[", offset):
        return _bracketed(text, offset)
    return _in_text(text, offset)


def read_locator(text: str) -> tuple[Locator | None, str]:
    """A locator at the beginning of `text`, and what stands after it: `p. 3, my italics` → (page 3, `, my italics`).

    A number without a word is a page. Words are understood in English, French and Chinese.
    """
    begin = _SPACE_OR_COMMA.match(text)
    body = text[begin.end() :] if begin else text
    for read in (_in_braces, _numbered_in_chinese, _worded, _bare_number):
        found = read(body)
        if found:
            return found[0], found[1].strip()
    return None, text.strip()


def locator_without_key(text: str, offset: int) -> int | None:
    """Where a locator stands without a key in the brackets that open at `offset`, or None.

    True of `[p. 3]`, `[@, p. 3]` and the second part of `[@key, p. 3; p. 7]`; not of `@key [p. 3]`, which is one citation.
    """
    inside = _inside(text, offset)
    if inside is None or _parts_to_cites(text, inside) is not None:
        return None
    if _CITED_BEFORE.search(text, 0, offset):
        return None
    for begin, end in _parts(text, inside):
        part = _NO_KEY.sub("", text[begin:end])
        locator, rest = read_locator(part)
        if locator and not rest and (_has_word(part) or part != text[begin:end]):
            return begin + len(text[begin:end]) - len(text[begin:end].lstrip())
    return None


# Keys: letters, digits and _ with single punctuation marks between them, or anything in braces.
_KEY = r"(?:\{(?P<braced>[^{}\s]+)\}|(?P<plain>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*))"
_AT = re.compile(r"(?P<minus>-)?@" + _KEY)
_BEFORE_AT = re.compile(r"[\w./+@%=&#-]")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACE_OR_COMMA = re.compile(r"\s*[,，]?\s*")
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_NO_KEY = re.compile(r"^\s*-?@(?=\W|$)")
_CITED_BEFORE = re.compile(r"@[^\s\[\]]+\s?\Z")


def _bracketed(text: str, offset: int) -> Citation | None:
    inside = _inside(text, offset)
    if inside is None or _is_link(text, inside[1] + 1):
        return None
    cites = _parts_to_cites(text, inside)
    return Citation(cites, offset, inside[1] + 1) if cites else None


def _in_text(text: str, offset: int) -> Citation | None:
    found = _key_at(text, offset, len(text))
    if found is None:
        return None
    first = _cite(found, "", "", "suppress-author" if found["minus"] else "author-in-text")
    gap = _GAP.match(text, found.end())
    opening = gap.end() if gap else found.end()
    return _with_brackets(text, first, offset, opening) or Citation((first,), offset, found.end())


def _with_brackets(text: str, first: Cite, start: int, opening: int) -> Citation | None:
    """`@key [p. 3; see @other]`: the locator of the first work, and perhaps other works."""
    inside = _inside(text, opening)
    if inside is None or text[opening + 1] in "[^" or _is_link(text, inside[1] + 1):
        return None
    others = _parts_to_cites(text, inside)
    if others:
        return Citation((first, *others), start, inside[1] + 1)
    parts = _parts(text, inside)
    rest = [_part_to_cite(text, part) for part in parts[1:]]
    if None in rest:
        return None
    locator, suffix = read_locator(text[slice(*parts[0])])
    own = Cite(first.key, "", locator, suffix, first.mode, first.offset)
    return Citation((own, *(cite for cite in rest if cite)), start, inside[1] + 1)


def _inside(text: str, offset: int) -> tuple[int, int] | None:
    """Where the content of the brackets that open at `offset` begins and ends; None when they do not close in the paragraph."""
    if not text.startswith("[", offset):
        return None
    depth = 0
    for found in _MARKS.finditer(text, offset):
        mark = found[0]
        if mark == "[":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif mark == "]":
            depth -= 1
            if depth == 0:
                return (offset + 1, found.start()) if found.start() > offset + 1 else None
        elif mark[0] == "\n":
            return None
    return None


_DEEPEST = 20  # brackets in brackets: more is no citation, and must not cost the square of its length
_MARKS = re.compile(r"\\.|`[^`\n]*`|[\[\]]|\n[ \t]*\n|[;；]|[{}]")


def _is_link(text: str, after: int) -> bool:
    """Whether what follows the brackets makes them a link, a reference or a span (pandoc: `normalCite`)."""
    if text.startswith(("(", "{", "[^"), after):
        return not text.startswith("[^", after)
    return text.startswith("[", after) and not text.startswith(("[@", "[-@", "[["), after)


def _parts(text: str, inside: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The parts between semicolons, none of them in code, brackets or braces."""
    begin, end = inside
    parts: list[tuple[int, int]] = []
    depth = 0
    for found in _MARKS.finditer(text, begin, end):
        mark = found[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark in (";", "；") and depth == 0:
            parts.append((begin, found.start()))
            begin = found.end()
    return (*parts, (begin, end))


def _parts_to_cites(text: str, inside: tuple[int, int]) -> tuple[Cite, ...] | None:
    cites = [_part_to_cite(text, part) for part in _parts(text, inside)]
    return None if None in cites else tuple(cite for cite in cites if cite)


def _part_to_cite(text: str, part: tuple[int, int]) -> Cite | None:
    begin, end = part
    at = text.find("@", begin, end)
    while at != -1:
        start = at - 1 if at > begin and text[at - 1] == "-" else at
        found = _key_at(text, start, end) or _key_at(text, at, end)
        if found:
            mode: Mode = "suppress-author" if found["minus"] else "normal"
            return _cite(found, text[begin : found.start()].strip(), text[found.end() : end], mode)
        at = text.find("@", at + 1, end)
    return None


def _key_at(text: str, offset: int, end: int) -> re.Match[str] | None:
    """A key with its `@`, unless a letter or an address stands before it."""
    found = _AT.match(text, offset, end)
    if found is None or offset == 0:
        return found
    before = text[offset - 1]
    return None if _BEFORE_AT.match(before) and not _HAN.match(before) else found


def _cite(found: re.Match[str], prefix: str, after: str, mode: Mode) -> Cite:
    group = "braced" if found["braced"] else "plain"
    locator, suffix = read_locator(after)
    return Cite(found[group], prefix, locator, suffix, mode, found.start(group))


# Locators. Longest words first, so that "pp." is not read as "p".
_WORDS: dict[str, str] = {
    "page": "p pp page pages pg pgs 页 页码",
    "chapter": "ch chs chap chaps chapter chapters chapitre chapitres 章",
    "section": "§ §§ sec secs sect section sections 节",
    "paragraph": "¶ ¶¶ para paras par paragraph paragraphs paragraphe paragraphes al alinéa alinéas 段",
    "article": "art arts article articles 条",
    "volume": "vol vols volume volumes t tome tomes 卷 册",
    "issue": "no nos n° nº issue issues number numbers numéro numéros 期 号",
    "part": "pt pts part parts partie parties 部分 编 篇",
    "book": "bk bks book books livre livres",
    "column": "col cols column columns colonne colonnes 栏 列",
    "figure": "fig figs figure figures 图",
    "table": "tbl tab table tables tabl tableau tableaux 表",
    "appendix": "app apps appendix appendices annex annexe annexes 附录 附件",
    "folio": "fol fols folio folios f° fo ffos 叶",
    "line": "l ll line lines ligne lignes 行",
    "note": "n nn note notes 注 注释",
    "opus": "op opus",
    "verse": "v vv verse verses vers verset versets",
    "sub-verbo": "s.v s.vv sub-verbo",
    "timestamp": "min timestamp 时间",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_LATIN_WORD = re.compile(r"(?P<word>s\.\s?vv?|[^\W\d_]+°|n[°º]|[^\W\d_]+|§§?|¶¶?)(?P<dot>\.?)(?P<gap>\s*)")
_HAN_WORD = re.compile(r"(?P<word>页码?|章|节|段|条|卷|册|期|号|部分|编|篇|栏|列|图|表|附[录件]|叶|行|注释?)\s*")

_ROMAN = r"[ivxlcdmIVXLCDM]+(?![^\W\d_])"
_NUMBER = rf"(?:[(\[]?(?:[A-Za-z]{{0,2}}\.?\d[\w.:/°*]*?|{_ROMAN})[)\]]?)"
_HAN_NUMBER = r"[〇零一二三四五六七八九十百千]+"
_UNIT = rf"(?:{_NUMBER}|{_HAN_NUMBER})(?:\s?(?:ff?|sqq?)\b\.?)?"
_RANGE = r"\s?(?:--?-?|–|—|‑|~|～|－|至)\s?"
_AND = r"(?:\s?[,，、]\s?(?:and\s|et\s|&\s)?|\s(?:and|et|&)\s|\s?和\s?)"
_ENDS = r"(?=[\s,，;；。.)\]:：*_]|$|[^\w])"
_VALUE = re.compile(rf"{_UNIT}(?:{_RANGE}{_UNIT}|{_AND}{_UNIT}{_ENDS})*{_ENDS}")
_HEADWORD = re.compile(r"[^,，;；]+")
_CHINESE = re.compile(
    rf"第\s*(?P<value>(?:\d[\w–—~～、,，\-]*?|{_HAN_NUMBER})(?:{_RANGE}(?:\d+|{_HAN_NUMBER}))?)\s*{_HAN_WORD.pattern}"
)


def _in_braces(text: str) -> tuple[Locator | None, str] | None:
    """`{pp. iv, (xv)–(xvii)}`: what the author marks as the locator; `{}` says that there is none."""
    if not text.startswith("{") or "}" not in text:
        return None
    content, rest = text[1:].split("}", 1)
    if not content.strip():
        return None, rest
    kind, after = _kind(content.strip())
    return (Locator(kind, after) if kind else Locator("page", content.strip())), rest


def _numbered_in_chinese(text: str) -> tuple[Locator, str] | None:
    """`第12页`, `第三章`."""
    found = _CHINESE.match(text)
    return (Locator(_KINDS[found["word"]], found["value"].strip()), text[found.end() :]) if found else None


def _worded(text: str) -> tuple[Locator, str] | None:
    """`pp. 3–5`, `chap. II`, `页 12`."""
    kind, after = _kind(text)
    return _with_value(kind, after) if kind else None


def _bare_number(text: str) -> tuple[Locator, str] | None:
    """`33–35`: a page, when it begins with a digit."""
    return _with_value("page", text) if text[:1].isdecimal() else None


def _with_value(kind: str, text: str) -> tuple[Locator, str] | None:
    found = (_HEADWORD if kind == "sub-verbo" else _VALUE).match(text)
    return (Locator(kind, found[0].strip()), text[found.end() :]) if found else None


def _kind(text: str) -> tuple[str, str]:
    """The kind of a locator word at the beginning of `text`, and what follows it; ("", text) when there is none."""
    han = _HAN_WORD.match(text)
    if han:
        return _KINDS[han["word"]], text[han.end() :]
    found = _LATIN_WORD.match(text)
    if not found:
        return "", text
    kind = _KINDS.get(found["word"].replace(" ", "").casefold(), "")
    closed = found["dot"] or found["gap"] or found["word"][-1] in "§¶°º"
    return (kind, text[found.end() :]) if kind and closed else ("", text)


def _has_word(text: str) -> bool:
    """Whether a locator is introduced by a word, so that `[3]` and `[12]` are no locators."""
    stripped = text.strip(" ,，")
    return bool(_kind(stripped)[0] or _CHINESE.match(stripped))
