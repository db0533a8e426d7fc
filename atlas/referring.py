"""One work in one style: its parts, from which a template makes a reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Final

from atlas.casing import sentence_case, title_case
from atlas.languages import locale_of, subtag_of
from atlas.latex import ITALIC, LOWERED, PROTECTED, QUOTED, RAISED, plain
from atlas.moments import Moment, Point, read_moment
from atlas.naming import name_list
from atlas.people import Name, is_han
from atlas.styles import Sheet, Slot, Style, Template
from atlas.works import Work

_PLAIN_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_RANGE = re.compile(r"(?<=\d)\s*(?:-{1,3}|[–—‑])\s*(?=\d)")
_FULL_RANGE = re.compile(r"\b(\d+)–(\d+)\b")
_STRAIGHT_QUOTES = re.compile(r'"([^"]*)"')
_MARKS = re.compile("[\ue000-\ue009]")
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
_TAIL = re.compile(r"(?:</\w+>|[”’»》)\]\s\u00a0]+)*$")
_TITLES: Final = frozenset({"title", "booktitle", "maintitle", "journal", "series"})
_SUBTITLES = {
    "title": "subtitle",
    "booktitle": "booksubtitle",
    "maintitle": "mainsubtitle",
    "journal": "journalsubtitle",
}
_BODIES = ("organization", "institution")


@dataclass(slots=True)
class Reference:
    """Writes one work by a sheet. suffix: what tells it from others of its year; page: the reader's language tag."""

    work: Work
    sheet: Sheet
    style: Style
    page: str
    suffix: str = ""
    known: dict[str, str] = field(default_factory=dict)

    def html(self) -> str:
        """The whole reference."""
        templates = self.sheet.types.get(self.work.type) or self.sheet.types["misc"]
        has_head = bool(self.part("names"))
        sentences: list[str] = []
        for template in templates:
            if not has_head and _is_title(template) and "title-at-head" in self.known:
                continue
            sentence = self.fill(template)
            if sentence:
                sentences.append(sentence.lstrip(" ,;:"))
        return self.joined(sentences)

    def joined(self, sentences: list[str]) -> str:
        """The sentences with the style's separator, which gives way to a sentence's own full stop."""
        out: list[str] = []
        last = len(sentences) - 1
        for number, sentence in enumerate(sentences):
            out.append(self.closed(sentence, self.sheet.end if number == last else self.sheet.separator))
        return "".join(out).rstrip(" ")

    def closed(self, sentence: str, sign: str) -> str:
        stop = sign.rstrip()
        found = _TAIL.search(sentence)
        tail = found[0] if found else ""
        core = sentence[: len(sentence) - len(tail)]
        if core[-1:] in ".?!…。？！" and stop == ".":
            return sentence + sign[len(stop) :]
        if self.sheet.american and "”" in tail and stop in (".", ","):
            position = len(core) + tail.index("”")
            return sentence[:position] + stop + sentence[position:] + sign[len(stop) :]
        return sentence + sign

    def fill(self, template: Template) -> str:
        """A template with its values; "" when one of its own slots has none."""
        out: list[str] = []
        for node in template:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, Slot):
                value = self.slot(node)
                if not value:
                    return ""
                out.append(value)
            else:
                out.append(self.fill(node.template))
        return "".join(out)

    def slot(self, slot: Slot) -> str:
        if not slot.names:
            value = self.sheet.words.get(slot.pattern, "")
            return _capital(value) if slot.capital else value
        value = ""
        for name in slot.names:
            value = self.titled(name, slot.form) if name in _TITLES else self.part(name)
            if value:
                break
        if value and slot.pattern:
            value = self.patterned(slot.pattern, value)
        return _capital(value) if value and slot.capital else value

    def patterned(self, pattern: str, value: str) -> str:
        """A value in a word of the language, in the plural where it is a range or a list."""
        forms = self.sheet.locators.get(pattern)
        if forms:
            return forms[bool(re.search(r"[–,、&-]| (?:and|et) ", value))].replace("{n}", value)
        return self.sheet.words[pattern].replace("{n}", value)

    def part(self, name: str) -> str:
        """A part of the reference as HTML, "" when the work has none."""
        value = self.known.get(name)
        if value is None:
            value = self.known[name] = self.made(name)
        return value

    def made(self, name: str) -> str:
        templates = self.sheet.parts.get(name)
        if templates is not None:
            return next((text for template in templates if (text := self.fill(template))), "")
        maker = _PARTS.get(name)
        if maker is not None:
            return maker(self)
        return self.text(name)

    def text(self, name: str) -> str:
        """A field as HTML."""
        value = self.work.fields.get(name, "")
        return _html(value, self.sheet, "") if value else ""

    # Titles

    def titled(self, name: str, form: str) -> str:
        """A title, set as the form says; a [description] never is."""
        key = f"{name} {form}"
        value = self.known.get(key)
        if value is None:
            value = self.known[key] = self.set_title(self.title_text(name), form)
        return value

    def title_text(self, name: str) -> str:
        fields = self.work.fields
        text = fields.get("journaltitle" if name == "journal" else name, "")
        if name == "journal":
            text = text or fields.get("shortjournal", "")
        subtitle = fields.get(_SUBTITLES.get(name, ""), "")
        if text and subtitle:
            text = f"{text}{self.sheet.words['subtitle']}{subtitle}"
        if name == "title" and text and (addition := fields.get("maintitleaddon", "")):
            text = f"{text}. {addition}"
        return text

    def set_title(self, text: str, form: str) -> str:
        if not text:
            return ""
        if text.startswith("[") and text.endswith("]"):
            form = ""
        elif self.is_english:
            text = self.cased(text, form)
        language = self.foreign_language
        begin, end = ("", "") if not form else self.sheet.pairs["titles" if form == "italic" else "quotes"]
        html = _html(text, self.sheet, form)
        if not language:
            return f"{begin}{html}{end}"
        if begin == "<i>":
            return f'<i lang="{language}">{html}</i>'
        return f'<span lang="{language}">{begin}{html}{end}</span>'

    def cased(self, text: str, form: str) -> str:
        if self.sheet.case == "title":
            return title_case(text)
        return sentence_case(text) if self.sheet.case == "sentence" and form != "journal" else text

    @property
    def is_english(self) -> bool:
        return self.sheet.case != "none" and (not self.work.language or subtag_of(self.work.language) == "en")

    @property
    def foreign_language(self) -> str:
        """The language of the work where it is not the page's, else ""."""
        language = self.work.language
        if not language or subtag_of(language) == subtag_of(self.page):
            return ""
        return escape(language)

    # Names

    def names_of(self, role: str, *, at_head: bool = False) -> str:
        names = self.work.people.get(role, ())
        return self.listed(names, at_head=at_head) if names else ""

    def listed(self, names: tuple[Name, ...], *, at_head: bool) -> str:
        sheet = self.name_sheet(names)
        form = sheet.names if at_head else sheet.inner_names
        return name_list(names, form, self.foreign_han, self.own_forms)

    def name_sheet(self, names: tuple[Name, ...]) -> Sheet:
        """The signs between names follow their script: Han names are listed as Chinese lists them."""
        first = names[0]
        if is_han(first.literal or first.family) or (first.own and self.own_forms == "alone"):
            return self.style.sheet("zh", self.sheet.language)
        if self.sheet.language != "zh":
            return self.sheet
        return self.sheet if subtag_of(self.page) == "zh" else self.style.sheet(subtag_of(self.page), "en")

    @property
    def foreign_han(self) -> str:
        return "" if subtag_of(self.page) == "zh" else "zh"

    @property
    def own_forms(self) -> str:
        return "alone" if subtag_of(self.page) == "zh" else self.sheet.own_forms

    def head_names(self) -> str:
        """Who stands at the head: authors, else editors or the director with their role, else the body."""
        people = self.work.people
        if "author" in people:
            return self.names_of("author", at_head=True)
        for role in ("editor", "director"):
            names = people.get(role)
            if names:
                sheet = self.name_sheet(names)
                word = sheet.words[role if len(names) == 1 else f"{role}s"]
                return self.names_of(role, at_head=True) + sheet.names.role.replace("{role}", word)
        return self.body()

    def body(self) -> str:
        """The body that answers for a work without author; of a newspaper's article the newspaper."""
        fields = self.work.fields
        for name in _BODIES:
            if name in fields:
                return self.listed((Name(literal=plain(fields[name])),), at_head=True)
        if self.work.type in ("newspaper", "magazine") and "journaltitle" in fields:
            return self.titled("journal", "italic")
        return ""

    def head(self) -> str:
        names = self.part("names")
        if names:
            return names
        templates = self.sheet.types.get(self.work.type) or self.sheet.types["misc"]
        self.known["title-at-head"] = "yes"
        return next((self.fill(template) for template in templates if _is_title(template)), "")

    def is_head(self, text: str) -> bool:
        """Whether a body stands at the head already."""
        names = self.work.people.get("author", ())
        return any(name.literal == text for name in names) or (not names and self.headed_by(text))

    def headed_by(self, text: str) -> bool:
        if "editor" in self.work.people or "director" in self.work.people:
            return False
        return next((plain(self.work.fields[name]) for name in _BODIES if name in self.work.fields), "") == text

    def publisher(self) -> str:
        for name in ("publisher", "institution", "organization"):
            value = plain(self.work.fields.get(name, ""))
            if value and (name == "publisher" or not self.is_head(value)):
                return self.text(name)
        return ""

    def site(self) -> str:
        for name in ("organization", "institution", "publisher", "journaltitle", "howpublished"):
            value = plain(self.work.fields.get(name, ""))
            if value:
                return "" if self.is_head(value) else self.text(name)
        return ""

    def editors(self) -> str:
        people = self.work.people
        return self.names_of("editor") if "author" in people else ""

    def directors(self) -> str:
        people = self.work.people
        return self.names_of("director") if "author" in people or "editor" in people else ""

    # Dates

    def year(self) -> str:
        return self.year_of(self.work.date) + self.suffix_after(self.work.date)

    def suffix_after(self, date: str) -> str:
        return f"-{self.suffix}" if self.suffix and not date else self.suffix

    def year_of(self, date: str) -> str:
        words = self.sheet.words
        if not date:
            return words["forthcoming" if "pubstate" in self.work.fields else "no-date"]
        return date[:4] if _PLAIN_DATE.fullmatch(date) else _year(read_moment(date), self.sheet)

    def full_date(self, date: str, pattern: str) -> str:
        """A date by a pattern: `day` in full, `monthday` without its year; "" for less than a month in the latter."""
        if not date:
            return ""
        found = _PLAIN_DATE.fullmatch(date)
        if found is None:
            return "" if pattern != "day" else _year(read_moment(date), self.sheet)
        year, month, day = found["year"], found["month"], found["day"]
        if pattern == "iso":
            return date
        if not month:
            return "" if pattern == "monthday" else year
        if int(month) > 12:
            name = self.sheet.seasons[int(month) - 21]
        else:
            name = _month_name(self.sheet.language, int(month))
        text = self.sheet.words[f"date-{pattern}" if day else "date-month"]
        if pattern == "monthday" and not day:
            text = text.replace("{year}年", "").replace("{year}", "")
        shown = _day(int(day), self.sheet) if day else ""
        return text.replace("{year}", year).replace("{month}", name).replace("{day}", shown).strip()

    # Other parts

    def pages(self) -> str:
        text = self.text("pages") or self.text("eid")
        if not text:
            return ""
        text = _RANGE.sub("–", text)
        if self.sheet.pages == "chicago":
            text = _FULL_RANGE.sub(_shortened, text)
        return text.replace("–", self.sheet.dash)

    def edition(self) -> str:
        text = plain(self.work.fields.get("edition", ""))
        if not text.isdecimal():
            return self.text("edition")
        words = self.sheet.words
        ending = next(
            (words[key] for key in (f"ordinal-{text[-2:]}", f"ordinal-{text[-1:]}") if key in words),
            words["ordinal-other"],
        )
        if int(text) > 1 and self.sheet.language == "fr":
            ending = words["ordinal-other"]
        return words["edition"].replace("{n}", text + ending)

    def kind(self) -> str:
        """What the work is, in words: its `type`, else what its entry type says."""
        given = self.kind_given()
        if given:
            return given
        kind = self.work.type
        return self.sheet.words.get(f"kind-{kind}", "")

    def kind_given(self) -> str:
        value = self.work.fields.get("type", "") or (self.work.entry_type if self.work.entry_type in _TYPED else "")
        key = {"mastersthesis": "mathesis"}.get(value, value)
        return self.sheet.words.get(f"kind-{key}") or _html(value, self.sheet, "")

    def addon(self) -> str:
        """A translated or further title, in brackets; not shown where page and title need no gloss in another script."""
        value = self.work.fields.get("titleaddon", "")
        if not value:
            return ""
        gloss = not is_han(value) and is_han(self.work.fields.get("title", ""))
        if gloss and subtag_of(self.page) == subtag_of(self.work.language or self.page):
            return ""
        return f" [{_html(value.strip('[]'), self.sheet, '')}]"

    def link(self) -> str:
        url = self.work.url
        if not url:
            return ""
        return f'<a href="{escape(url)}">{escape(url, quote=False)}</a>'

    def doi(self) -> str:
        doi = self.work.fields.get("doi", "")
        return f'<a href="https://doi.org/{escape(doi)}">{escape(doi, quote=False)}</a>' if doi else ""

    def mark(self) -> str:
        """The type mark of GB/T 7714, with the carrier of what is online."""
        mark = self.sheet.marks.get(self.work.type, self.sheet.marks.get("misc", ""))
        online = self.work.url and "/" not in mark
        return f"{mark}/OL" if mark and online else mark


_TYPED = frozenset({"phdthesis", "mastersthesis", "techreport"})


def _field(*names: str) -> Callable[[Reference], str]:
    def first(reference: Reference) -> str:
        return next((text for name in names if (text := reference.text(name))), "")

    return first


_PARTS: Final[Mapping[str, Callable[[Reference], str]]] = {
    "names": Reference.head_names,
    "head": Reference.head,
    "editors": Reference.editors,
    "directors": Reference.directors,
    "translators": lambda self: self.names_of("translator"),
    "year": Reference.year,
    "bare-year": lambda self: self.year_of(self.work.date),
    "date": lambda self: self.full_date(self.work.date, "day"),
    "iso-date": lambda self: self.full_date(self.work.date, "iso"),
    "monthday": lambda self: self.full_date(self.work.date, "monthday"),
    "accessed": lambda self: self.full_date(self.work.dates.get("urldate", ""), "day"),
    "iso-accessed": lambda self: self.full_date(self.work.dates.get("urldate", ""), "iso"),
    "accessed-undated": lambda self: "" if self.work.date else self.part("accessed"),
    "original-year": lambda self: self.year_of(date) if (date := self.work.dates.get("origdate", "")) else "",
    "pages": Reference.pages,
    "issue": _field("number", "issue"),
    "edition": Reference.edition,
    "publisher": Reference.publisher,
    "place": _field("location", "venue"),
    "site": Reference.site,
    "event": _field("eventtitle", "howpublished"),
    "shelf": _field("shelfmark", "library", "archive", "howpublished"),
    "kind": Reference.kind,
    "kind-given": Reference.kind_given,
    "addon": Reference.addon,
    "link": Reference.link,
    "doi": Reference.doi,
    "mark": Reference.mark,
}


def _is_title(template: Template) -> bool:
    return any(isinstance(node, Slot) and "title" in node.names for node in template)


def _capital(html: str) -> str:
    return _INITIAL.sub(lambda found: found[1] + found[2].upper(), html, count=1)


def _html(text: str, sheet: Sheet, form: str) -> str:
    """Decoded text as HTML, with the language's quotation marks; inside a quoted title those within."""
    if "'" in text:
        text = text.replace("'", "’")
    if '"' in text:
        text = _STRAIGHT_QUOTES.sub(rf"{QUOTED.begin}\1{QUOTED.end}", text)
    html = escape(text, quote=False)
    outer = sheet.pairs["quotes"]
    inner = sheet.pairs["inner-quotes"]
    if form and (outer[0] in html or "“" in html) and (form == "quoted" or outer == sheet.pairs["titles"]):
        html = html.replace(outer[0], inner[0]).replace(outer[1], inner[1])
    if _MARKS.search(html):
        pair = inner if form == "quoted" else outer
        html = html.replace(QUOTED.begin, pair[0]).replace(QUOTED.end, pair[1]).translate(_MARKUP)
    return html


def _year(moment: Moment, sheet: Sheet) -> str:
    """The year or years of a date, with its doubts."""
    if not moment.is_interval:
        return _point(moment.points[0], sheet)
    first, last = (_point(end, sheet) if isinstance(end, Point) else "" for end in (moment.start, moment.end))
    return first if first == last else f"{first}{sheet.words['interval']}{last}"


def _point(point: Point, sheet: Sheet) -> str:
    words = sheet.words
    text = str(point.year) if point.year > 0 else words["before-era"].replace("{year}", str(1 - point.year))
    if point.masked:
        text = words["decade" if point.masked == 1 else "century"].replace("{year}", text)
    if point.approximate:
        text = words["about"].replace("{date}", text)
    return words["uncertain"].replace("{date}", text) if point.uncertain else text


@lru_cache(maxsize=128)
def _month_name(language: str, month: int) -> str:
    """The name of a month as CLDR has it; in Chinese its number, which the pattern takes."""
    if language == "zh":
        return str(month)
    return str(locale_of(language).months["format"]["wide"][month])


def _day(day: int, sheet: Sheet) -> str:
    return "1er" if day == 1 and sheet.language == "fr" else str(day)


def _shortened(found: re.Match[str]) -> str:
    """A range of pages with the second number cut (Chicago 9.63): 71–72, 100–104, 107–8, 321–25, 1087–89, 1496–500."""
    first, last = found[1], found[2]
    if len(first) != len(last) or len(first) < 3 or first.endswith("00"):
        return f"{first}–{last}"
    same = next((number for number, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    if first[-2] == "0":
        return f"{first}–{last[min(same, len(last) - 1) :]}"
    return f"{first}–{last[min(same, len(last) - 2) :]}"
