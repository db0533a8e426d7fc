"""Formats the parts of a reference as HTML: quotation marks, full stops, capitals, page ranges, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from urllib.parse import quote

from atlas.bibliography.formatting.styles import StyleSheet
from atlas.core.private_use import ITALIC, LATEX_MARKS, LOWERED, PROTECTED, QUOTED, RAISED
from atlas.i18n.edtf import EdtfDate, EdtfPoint, parse_edtf
from atlas.i18n.locales import locale_of

_STRAIGHT_QUOTES = re.compile(r'"([^"]*)"')
_SIGNS = re.compile(r"[^\w ,./()\[\]-]")
_MARKS = re.compile(f"[{LATEX_MARKS}]")
_MARKUP = {
    ord(PROTECTED.begin): None,
    ord(PROTECTED.end): None,
    ord(ITALIC.begin): "<i>",
    ord(ITALIC.end): "</i>",
    ord(RAISED.begin): "<sup>",
    ord(RAISED.end): "</sup>",
    ord(LOWERED.begin): "<sub>",
    ord(LOWERED.end): "</sub>",
}
_INITIAL = re.compile(r"^((?:<[^>]*>|[“«《(\[\s])*)(\w)")
_WHOLE_IN_BRACKETS = re.compile(r"\(\w+ [^()]*[.?!]\)")
_IDENTIFIER = re.compile(r"[^\W\d]+/[\w./-]*\d")
_CLOSING = re.compile(r"(?:</\w+>|[”’»》\s\u00a0]+)*$")
_DASH = re.compile(r"(?<=\d)\s*[-–—‑]{1,3}\s*(?=\d)")
_SAME = re.compile(r"(?<![\w.])(\w+)–\1(?![\w.–])")
_VOWEL = re.compile(r"(?:<[^>]*>)*[aeiouyàâéèêëîïôœûæ]", re.IGNORECASE)
_RANGE = re.compile(r"\b(\d+)–(\d+)\b")
_SEVERAL = re.compile(r"[,，、&]| (?:and|et) |\bff?\b|\bsqq?\b")
_FROM_TO = re.compile(r"(\w+)\s?[-–—]\s?(\w+)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_UPRIGHT = re.compile("[\u0590-\u10ff\u1780-\u17ff\u2e80-\u9fff\ua000-\uabff\uac00-\ud7af\uf900-\ufaff\ufb1d-\ufdff]")
_DAYS = re.compile(r"(?P<first>(?P<year>\d{4})-\d\d-\d\d)/(?P<last>(?P<last_year>\d{4})-\d\d-\d\d)")
_PLAIN_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


def to_html(text: str, sheet: StyleSheet, form: str = "") -> str:
    """Convert decoded text to HTML with the spaces and quotation marks of the language.

    Args:
        text: the text.
        sheet: the style in its language.
        form: `italic` or `quoted` for text within the marks of a title, so that its own marks are the inner ones.
    """
    if not _SIGNS.search(text):
        return text
    if "'" in text:
        text = text.replace("'", "’")
    if '"' in text:
        text = _STRAIGHT_QUOTES.sub(rf"{QUOTED.begin}\1{QUOTED.end}", text)
    for sign, own in sheet.spaces.items():
        text = text.replace(sign, own)
    html = escape(text, quote=False)
    inner = sheet.pairs["inner-quotes"]
    outer = sheet.pairs["titles" if form == "italic" else "quotes"]
    if form and outer[0] in html and outer[0] != "<i>":
        html = html.replace(outer[0], inner[0]).replace(outer[1], inner[1])
    if _MARKS.search(html):
        begin, end = inner if form == "quoted" else sheet.pairs["quotes"]
        if sheet.american:  # a comma is put inside quotation marks
            html = html.replace(f"{QUOTED.end},", f",{QUOTED.end}")
        html = html.replace(QUOTED.begin, begin).replace(QUOTED.end, end).translate(_MARKUP)
    return html


def capital(html: str) -> str:
    """Return HTML with a capital first letter, without leading punctuation; an identifier (abs/1901.00001) is kept."""
    html = html.lstrip(" ,;")
    if _IDENTIFIER.match(html):
        return html
    return _INITIAL.sub(lambda found: found[1] + found[2].upper(), html, count=1)


def joined(sentences: Sequence[str], sheet: StyleSheet, *, american: bool = False) -> str:
    """Join sentences with the separator of the style, and add its end.

    Args:
        sentences: the sentences.
        sheet: the style in its language.
        american: whether a full stop is put inside quotation marks.
    """
    if not sentences:
        return ""
    out = [_closed(sentence, sheet.separator, sheet, american=american) for sentence in sentences[:-1]]
    last = sentences[-1]
    out.append(last.removesuffix("¦") if _is_open(last, sheet) else _closed(last, sheet.end, sheet, american=american))
    return "".join(out)


def _is_open(sentence: str, sheet: StyleSheet) -> bool:
    """Return whether no full stop follows: after an address in some styles, or if the template says so."""
    return sentence.endswith("¦") or (not sheet.stop_after_link and sentence.endswith("</a>"))


def _closed(sentence: str, sign: str, sheet: StyleSheet, *, american: bool) -> str:
    """Return a sentence with its final sign, unless it has one; in American English inside quotation marks."""
    if sentence[-1:].isalnum():
        return sentence + sign
    stop = sign.rstrip()
    if sign and _is_open(sentence, sheet):
        return f"{sentence} "
    found = _CLOSING.search(sentence)
    closing = found[0] if found else ""
    core = sentence[: len(sentence) - len(closing)]
    is_closed = core[-1:] in ".?!…。？！" or _WHOLE_IN_BRACKETS.fullmatch(core)
    if is_closed and stop == ".":
        return sentence + sign[len(stop) :]
    if american and "”" in closing and stop in (".", ","):
        inner = closing.find("’") if "‘" in sentence else -1
        position = len(core) + (inner if inner >= 0 else closing.index("”"))
        return sentence[:position] + stop + sentence[position:] + sign[len(stop) :]
    return sentence + sign


def fill(pattern: str, value: str, sheet: StyleSheet) -> str:
    """Put a value in a pattern; in French `de` before a vowel becomes `d’`."""
    if sheet.language == "fr" and pattern.endswith(" de {n}") and _VOWEL.match(value):
        pattern = pattern.replace(" de {n}", " d’{n}")
    return pattern.replace("{n}", value)


def is_several(text: str, *, is_near: bool = False) -> bool:
    """Return whether a number is a range or a list, so that its word is plural: 3–5, not 9,367,592.

    Args:
        text: the number.
        is_near: whether two numbers far apart are one number with a dash, as for reports: 18-2424.
    """
    text = _THOUSANDS.sub("1", text)
    if _SEVERAL.search(text):
        return True
    found = _FROM_TO.fullmatch(text)
    if found is None or not found[1].isdecimal() or not found[2].isdecimal():
        return found is not None and not (found[1].isdecimal() or found[2].isdecimal())
    return not is_near or int(found[1]) < int(found[2]) < int(found[1]) + 100


def is_upright(text: str) -> bool:
    """Return whether a text is in a script that has no italics: Han, kana, Hangul, Arabic, Hebrew, Thai…"""
    return not text.isascii() and bool(_UPRIGHT.search(text))


def page_range(text: str, sheet: StyleSheet) -> str:
    """Format pages with the dash of the style; Chicago shortens the second number."""
    text = _SAME.sub(r"\1", _DASH.sub("–", text))
    if sheet.pages == "chicago":
        text = _RANGE.sub(_shortened, text)
    return text.replace("–", sheet.dash)


def _shortened(found: re.Match[str]) -> str:
    """Shorten a range by Chicago, "Inclusive numbers": 3–10, 71–72, 100–104, 101–8, 808–33, 1087–89, 1496–500."""
    first, last = found[1], found[2]
    if len(first) != len(last) or len(first) < 3 or first.endswith("00"):
        return f"{first}–{last}"
    same = next((number for number, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    kept = 1 if first[-2] == "0" else 2
    return f"{first}–{last[min(same, len(last) - kept) :]}"


def show_year(date: str, sheet: StyleSheet) -> str:
    """Format the year or years of an EDTF date, with its uncertainty: 2004, ca. 1886, 1880s, 2003–2005."""
    if not date or _PLAIN_DATE.fullmatch(date):
        return date[:4]
    return _years(parse_edtf(date), sheet)


def _years(moment: EdtfDate, sheet: StyleSheet) -> str:
    if not moment.is_interval:
        return _point(moment.points[0], sheet)
    first, last = (_point(end, sheet) if isinstance(end, EdtfPoint) else "" for end in (moment.start, moment.end))
    last = last or sheet.words["until-now"]
    return first if first == last else f"{first}{sheet.words['interval']}{last}"


def _point(point: EdtfPoint, sheet: StyleSheet) -> str:
    words = sheet.words
    text = str(point.year) if point.year > 0 else words["before-era"].replace("{year}", str(1 - point.year))
    if point.masked:
        text = words["decade" if point.masked == 1 else "century"].replace("{year}", text)
    if point.approximate:
        text = words["about"].replace("{date}", text)
    return words["uncertain"].replace("{date}", text) if point.uncertain else text


def show_date(date: str, sheet: StyleSheet, pattern: str) -> str:
    """Format a date by a pattern of the words.

    Args:
        date: the date in EDTF.
        sheet: the style in its language.
        pattern: `day` in full, `iso`, or `monthday` without its year ("" for a year alone).
    """
    found = _PLAIN_DATE.fullmatch(date)
    if found is None:
        days = _DAYS.fullmatch(date)
        if days and days["year"] == days["last_year"]:
            return _days(days, sheet, pattern)
        return show_year(date, sheet) if pattern == "day" else ""
    if pattern == "iso":
        return date
    year, month, day = found["year"], found["month"], found["day"]
    if not month:
        return "" if pattern == "monthday" else year
    name = sheet.seasons[int(month) - 21] if int(month) > 12 else _month(sheet.language, int(month))
    text = sheet.words[f"date-{pattern}" if day else "date-month"]
    if pattern == "monthday" and not day:
        text = text.replace("{year}年", "").replace("{year}", "")
    number = "1er" if day == "01" and sheet.language == "fr" else day and str(int(day))
    return text.replace("{year}", year).replace("{month}", name).replace("{day}", number or "").strip()


def _days(days: re.Match[str], sheet: StyleSheet, pattern: str) -> str:
    """Format a range of days in one year: July 12–15, March 30–April 2; 12–15 juillet; 7月12–15日."""
    if pattern == "iso":
        return f"{days['first']}/{days['last']}"
    first, last = (show_date(days[name], sheet, "monthday") for name in ("first", "last"))
    begin, end = (str(int(days[name][-2:])) for name in ("first", "last"))
    if days["first"][:7] == days["last"][:7]:
        text = re.sub(rf"(?<!\d){begin}(?:er)?(?!\d|月)", f"{begin}{sheet.dash}{end}", first, count=1)
    else:
        text = f"{first}{sheet.dash}{last}"
    if pattern == "monthday":
        return text
    whole = sheet.words["date-day"]
    year = days["year"]
    if whole.startswith("{year}"):
        return f"{year}年{text}" if "年" in whole else f"{year} {text}"
    return f"{text}, {year}" if whole.endswith(", {year}") else f"{text} {year}"


@lru_cache(maxsize=128)
def _month(language: str, month: int) -> str:
    """Return the name of a month in CLDR; in Chinese its number, which the pattern uses."""
    return str(month) if language == "zh" else str(locale_of(language).months["format"]["wide"][month])


def encoded(url: str) -> str:
    """Return an address with spaces and invalid characters percent-encoded; in a DOI also # ? and %."""
    signs = _NOT_IN_DOIS if url.startswith("https://doi.org/") else _NOT_IN_ADDRESSES
    return signs.sub(lambda found: quote(found[0]), url)


_NOT_IN_ADDRESSES = re.compile(r'[\s<>"\\^`{|}]')
_NOT_IN_DOIS = re.compile(r'[\s<>"\\^`{|}#?%]')
