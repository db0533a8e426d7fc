"""Locators after a citation key: `p. 3`, `chap. II`, `第12页`.

The words are those of English, French and Chinese; the kinds are the locator terms of CSL 1.0.2.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Locator(NamedTuple):
    """A place in a work.

    Attributes:
        kind: `page`, `chapter`, `section`… (the locator terms of CSL 1.0.2).
        value: its number, as written.
    """

    kind: str
    value: str


def read_locator(text: str) -> tuple[Locator | None, str]:
    """Read a locator at the beginning of a text.

    A number without a word is a page. Words are understood in English, French and Chinese.

    Returns:
        The locator or None, and the text after it: `p. 3, my italics` → (page 3, `, my italics`).
    """
    begin = _SPACE_OR_COMMA.match(text)
    body = text[begin.end() :] if begin else text
    for read in (_in_braces, _numbered_in_chinese, _worded, _bare_number):
        found = read(body)
        if found:
            return found[0], found[1].strip()
    return None, text.strip()


def has_locator_word(text: str) -> bool:
    """Return whether a locator begins with a word, so that `[3]` and `[12]` are not locators."""
    stripped = text.strip(" ,，")
    return bool(_kind(stripped)[0] or _CHINESE.match(stripped))


_SPACE_OR_COMMA = re.compile(r"\s*[,，]?\s*")

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
_NUMBER = rf"(?:[(\[]?(?:[A-Z]-\d[\w.]*?|[A-Za-z]{{0,2}}\.?\d[\w.:/°*]*?|{_ROMAN})[)\]]?)"
_HAN_NUMBER = r"[〇零一二三四五六七八九十百千]+"
_UNIT = rf"(?:{_NUMBER}|{_HAN_NUMBER})(?:\s?(?:ff?|sqq?)\b\.?)?"
_RANGE = r"\s?(?:--?-?|–|—|‑|~|～|－|至)\s?"
_AND = r"(?:\s?[,，、]\s?(?:and\s|et\s|&\s)?|\s(?:and|et|&)\s|\s?和\s?)"
_ENDS = r"(?=[.:](?!\w)|$|[^\w.:])"
_VALUE = re.compile(rf"{_UNIT}(?:{_RANGE}{_UNIT}|{_AND}{_UNIT}{_ENDS})*{_ENDS}")
_MARKED = re.compile(r"(?P<mark>\*{1,2}|_{1,2})(?P<value>[^*_]+)(?P=mark)")
_HEADWORD = re.compile(r"[^,，;；]+")
_CHINESE = re.compile(
    rf"第\s*(?P<value>(?:\d[\w–—~～、,，\-]*?|{_HAN_NUMBER})(?:{_RANGE}(?:\d+|{_HAN_NUMBER}))?)\s*{_HAN_WORD.pattern}"
)


def _in_braces(text: str) -> tuple[Locator | None, str] | None:
    """Read `{pp. iv, (xv)–(xvii)}`, which the author marks as the locator; `{}` means that there is none."""
    end = _closing(text) if text.startswith("{") else 0
    if not end:
        return None
    content, rest = re.sub(r"\\([^\w\s])", r"\1", text[1:end]), text[end + 1 :]
    if not content.strip():
        return None, rest
    kind, after = _kind(content.strip())
    return (Locator(kind, after) if kind else Locator("page", content.strip())), rest


def _closing(text: str) -> int:
    """Return the offset at which the brace at the start of a text closes, or 0."""
    depth = 0
    for found in re.finditer(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return 0


def _numbered_in_chinese(text: str) -> tuple[Locator, str] | None:
    """Read `第12页`, `第三章`."""
    found = _CHINESE.match(text)
    return (Locator(_KINDS[found["word"]], found["value"].strip()), text[found.end() :]) if found else None


def _worded(text: str) -> tuple[Locator, str] | None:
    """Read `pp. 3–5`, `chap. II`, `页 12`."""
    kind, after = _kind(text)
    return _with_value(kind, after) if kind else None


def _bare_number(text: str) -> tuple[Locator, str] | None:
    """Read `33–35` as a page, if the text begins with a digit."""
    return _with_value("page", text) if text[:1].isdecimal() else None


def _with_value(kind: str, text: str) -> tuple[Locator, str] | None:
    marked = _MARKED.match(text)
    if marked and (found := _VALUE.fullmatch(marked["value"])):  # p. **32**: the emphasised part is the number
        return Locator(kind, found[0].strip()), text[marked.end() :]
    found = (_HEADWORD if kind == "sub-verbo" else _VALUE).match(text)
    return (Locator(kind, found[0].strip()), text[found.end() :]) if found else None


def _kind(text: str) -> tuple[str, str]:
    """Return the kind of a locator word at the beginning of a text, and the rest; ("", text) if there is none."""
    han = _HAN_WORD.match(text)
    if han:
        return _KINDS[han["word"]], text[han.end() :]
    found = _LATIN_WORD.match(text)
    if not found:
        return "", text
    kind = _KINDS.get(found["word"].replace(" ", "").casefold(), "")
    closed = found["dot"] or found["gap"] or found["word"][-1] in "§¶°º"
    return (kind, text[found.end() :]) if kind and closed else ("", text)
