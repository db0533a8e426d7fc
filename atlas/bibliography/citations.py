"""Works → references and citations in a style and the language of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from msgspec.structs import replace

from atlas.bibliography.citing import Cite, Locator
from atlas.bibliography.naming import name_list, with_initial
from atlas.bibliography.people import Name, is_han
from atlas.bibliography.referring import Reference
from atlas.bibliography.refshapes import Shapes
from atlas.bibliography.styles import Sheet, Style, load_style
from atlas.bibliography.typeset import show_year
from atlas.bibliography.works import Work
from atlas.tongues.languages import Language, subtag_of
from atlas.tongues.sorting import SortKey, sort_key

__all__ = ["Citer", "Style", "load_style"]

_SEVERAL = re.compile(r"[–—,，、&-]| (?:and|et) |ff|sqq")
_EMPHASIS = re.compile(r"(\*|_)(?=\S)(.+?)(?<=\S)\1")
_SHORT_TITLE = 50


class Citer:
    """Formats the works of an atlas in one style for the pages of one language.

    works: all that may be cited, by key; suffixes (2004a, n.d.-b) tell them from each other. language:
    the pages' BCP 47 tag. Each work is formatted once.
    """

    def __init__(self, works: Mapping[str, Work], style: Style, language: str) -> None:
        self.works = works
        self.style = style
        self.language = language
        self._language = subtag_of(language)
        self._page = style.sheet(self._language, "en")
        self._shapes = Shapes()
        self._references: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._keys: dict[str, tuple[SortKey, ...]] = {}
        self._order = Language(self._language, language, language)
        self._suffixes: dict[str, str] | None = None
        self._numbers: dict[str, int] | None = None

    def reference(self, key: str) -> str:
        """The reference of a work, as HTML."""
        html = self._references.get(key)
        if html is None:
            html = self._references[key] = self._reference(key).html()
        return html

    def label(
        self, items: Sequence[Cite], numbers: Mapping[str, int] | None = None
    ) -> tuple[tuple[str | None, str], ...]:
        """A citation in pieces of HTML, each with the key of the work that it leads to, or None.

        numbers: in a numeric style the numbers of the works on the page; without it those of `sort`.
        """
        self._all_suffixes()
        if self.style.labels == "numeric":
            return self._numeric(items, numbers if numbers is not None else self._all_numbers())
        if items and items[0].mode == "author-in-text":
            return self._in_text(items)
        form = self._page.label
        if form.locator_outside and len(items) == 1:
            return self._with_raised_locator(items[0])
        return ((None, form.opening), *self._listed(self._sorted(items)), (None, form.closing))

    def sort(self, keys: Iterable[str]) -> list[str]:
        """Keys in the order of the style: by name, year and title; in a numeric style the same, for a list of all."""
        ordered = sorted(dict.fromkeys(keys), key=self._sort_key)
        for begin, end in _runs([self._sort_key(key) for key in ordered]):
            ordered[begin:end] = sorted(ordered[begin:end], key=self._title_key)
        return ordered

    # References

    def _reference(self, key: str) -> Reference:
        work = self.works[key]
        return self._made(work, self._sheet(work), self._suffix(key))

    def _made(self, work: Work, sheet: Sheet, suffix: str = "") -> Reference:
        return Reference(work, sheet, self.style, self._language, self._shapes.shape(work, sheet), suffix)

    def _suffix(self, key: str) -> str:
        return "" if self.style.labels == "numeric" else self._all_suffixes().get(key, "")

    def _sheet(self, work: Work) -> Sheet:
        return self.style.sheet(subtag_of(work.language), self._language, "en")

    # Labels

    def _listed(self, items: Sequence[Cite]) -> list[tuple[str | None, str]]:
        """The works of a citation, without its brackets; a name is not said twice in a row."""
        form = self._page.label
        pieces: list[tuple[str | None, str]] = []
        before: Cite | None = None
        for item in items:
            same = before is not None and self._is_same_author(before, item)
            if before is not None:
                pieces.append((None, form.before_locator if same else form.between))
            if item.prefix:
                pieces.append((None, f"{_prose(item.prefix)} "))
            hidden = same or item.mode == "suppress-author"
            text = self._year(item.key) if hidden else self._name_year(item.key)
            pieces.append((item.key, text + self._located(item)))
            if item.suffix:
                pieces.append((None, _suffix(item.suffix)))
            before = item
        return pieces

    def _sorted(self, items: Sequence[Cite]) -> Sequence[Cite]:
        """In the order of the style; as written where a prefix makes the order the author's."""
        if not self._page.label.is_sorted or any(item.prefix for item in items):
            return items
        order = {key: number for number, key in enumerate(self.sort(item.key for item in items))}
        return sorted(items, key=lambda item: order[item.key])

    def _with_raised_locator(self, item: Cite) -> tuple[tuple[str | None, str], ...]:
        """`(Crane, 1972)`, then the page above the line, as GB/T 7714 sets it."""
        form = self._page.label
        located = f"<sup>{self.locator(item.locator)}</sup>" if item.locator else ""
        return ((None, form.opening), *self._listed([replace(item, locator=None)]), (None, f"{form.closing}{located}"))

    def _is_same_author(self, before: Cite, item: Cite) -> bool:
        plain = not (before.suffix or before.locator or item.prefix) and item.mode == before.mode == "normal"
        return plain and self._name(before.key) == self._name(item.key)

    def _in_text(self, items: Sequence[Cite]) -> tuple[tuple[str | None, str], ...]:
        """`Smith (2004, 3)`: the first author in the sentence, the rest in brackets."""
        form = self._page.label
        first, others = items[0], items[1:]
        gap = "" if form.opening == "（" else " "
        opening = f"{self._name(first.key)}{gap}{form.opening}{self._year(first.key)}{self._located(first)}"
        pieces: list[tuple[str | None, str]] = [(first.key, opening)]
        if first.suffix:
            pieces.append((None, _suffix(first.suffix)))
        if others:
            pieces += [(None, form.between), *self._listed(others)]
            return (*pieces, (None, form.closing))
        if first.suffix:
            return (*pieces, (None, form.closing))
        return ((first.key, opening + form.closing),)

    def _numeric(self, items: Sequence[Cite], numbers: Mapping[str, int]) -> tuple[tuple[str | None, str], ...]:
        """`[1]`, `[2]12–15`: raised where the style says so."""
        form = self._page.label
        begin, end = ("<sup>", "</sup>") if form.raised else ("", "")
        pieces: list[tuple[str | None, str]] = []
        for item in sorted(items, key=lambda item: numbers.get(item.key, 0)) if form.is_sorted else items:
            if item.prefix:
                pieces.append((None, f"{_prose(item.prefix)} "))
            name = f"{self._name(item.key)}" if item.mode == "author-in-text" else ""
            number = f"{form.opening}{numbers.get(item.key, 0)}{form.closing}"
            pieces.append((item.key, f"{name}{begin}{number}{self._located(item)}{end}"))
            if item.suffix:
                pieces.append((None, _suffix(item.suffix)))
        return tuple(pieces)

    def _located(self, item: Cite) -> str:
        if item.locator is None:
            return ""
        form = self._page.label
        text = self.locator(item.locator)
        if form.raised:
            return text
        return f": {text}" if form.locator_outside else f"{form.before_locator}{text}"

    def locator(self, locator: Locator) -> str:
        """A locator in the words of the page."""
        value = re.sub(r"\s?(?:--?-?|–|—|‑|－)\s?", self._page.dash, locator.value)
        forms = self._page.label_locators.get(locator.kind, ("{n}", "{n}"))
        pattern = forms[bool(_SEVERAL.search(value))]
        return escape(pattern.replace("{n}", value), quote=False)

    def _name_year(self, key: str) -> str:
        return f"{self._name(key)}{self._page.label.before_year}{self._year(key)}"

    def _year(self, key: str) -> str:
        """The year in a citation: in the words of the text around it, or of the work where the style says so."""
        work = self.works[key]
        sheet = self._sheet(work) if self._page.label.own_dates else self._page
        return self._made(work, sheet, self._suffix(key)).part("year")

    def _name(self, key: str) -> str:
        """Whom a citation names: authors or editors, else the body, else the short title."""
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._named(self.works[key])
        return name

    def _named(self, work: Work, *, with_initials: bool = False) -> str:
        reference = self._made(work, self._sheet(work))
        names = work.people.get("shortauthor") or work.authors or reference.body_names()
        if names:
            if with_initials:
                names = (with_initial(names[0]), *names[1:])
            form = reference.label_sheet(names).label.names
            return name_list(names, form, reference.foreign_han, "alone" if reference.own_forms == "alone" else "none")
        return reference.body() or self._short_title(reference)

    def _short_title(self, reference: Reference) -> str:
        work = reference.work
        text = work.fields.get("shorttitle") or work.fields.get("title", "")
        limit = _SHORT_TITLE // 3 if is_han(text) else _SHORT_TITLE
        if "shorttitle" not in work.fields and len(text) > limit:
            text = _cut(text, limit)
        form = reference.sheet.title_forms.get(work.type, reference.sheet.title_forms["misc"])
        return reference.set_title(text, form)

    # Order

    def _sort_key(self, key: str) -> tuple[SortKey, ...]:
        made = self._keys.get(key)
        if made is None:
            made = self._keys[key] = self._made_sort_key(self.works[key])
        return made

    def _made_sort_key(self, work: Work) -> tuple[SortKey, ...]:
        own = work.people.get("sortname")
        names = own or work.authors
        heads: list[SortKey] = [self._name_key(name) for name in names[:3] if not name.others]
        if not heads:
            body = work.text("organization") or work.text("institution")
            heads = [self._key(body or work.text("sorttitle") or work.title.strip("[]“”\"'«»《》 "))]
        year = work.text("sortyear") or work.date or "9999"
        return (*heads, _NOTHING, (False, (year,), (), year))

    def _title_key(self, key: str) -> tuple[SortKey, str]:
        """What decides between works of one name and year."""
        work = self.works[key]
        return self._key(work.text("sorttitle") or work.title), key

    def _name_key(self, name: Name) -> SortKey:
        han = name.own if self._language == "zh" and name.own else ""
        text = han or name.literal or f"{name.family} {name.given}"
        return sort_key(text, self._order, is_person=name.is_person)

    def _key(self, text: str) -> SortKey:
        return sort_key(text, self._order)

    def _all_numbers(self) -> Mapping[str, int]:
        if self._numbers is None:
            self._numbers = {key: number for number, key in enumerate(self.sort(self.works), 1)}
        return self._numbers

    def _all_suffixes(self) -> Mapping[str, str]:
        """What tells works of one name and year from each other: a, b… in the order of the list.

        Where their first authors are different persons, initials of given names tell them first.
        """
        if self._suffixes is None:
            for keys in self._alike():
                if len({self.works[key].authors[:1] for key in keys}) > 1:
                    self._names |= {key: self._named(self.works[key], with_initials=True) for key in keys}
            self._suffixes = {}
            for keys in self._alike():
                self._suffixes |= {key: _letters(number) for number, key in enumerate(self.sort(keys))}
        return self._suffixes

    def _alike(self) -> list[list[str]]:
        """The works that one citation would name. Only those with one first name are looked at closely."""
        rough: dict[tuple[str, str], list[str]] = {}
        for key, work in self.works.items():
            year = show_year(work.date, self._page) if work.date else work.text("pubstate")
            rough.setdefault((self._first_name(work), year), []).append(key)
        groups: dict[tuple[str, str], list[str]] = {}
        for (_, year), keys in rough.items():
            for key in keys if len(keys) > 1 else ():
                groups.setdefault((self._name(key), year), []).append(key)
        return [keys for keys in groups.values() if len(keys) > 1]

    def _first_name(self, work: Work) -> str:
        """What a citation of a work begins with, without its marks; the same where citations are the same."""
        names = work.people.get("shortauthor") or work.authors
        if not names:
            return (work.text("organization") or work.text("institution")).replace("'", "’")
        first = names[0]
        if first.own and (self._language == "zh" or self._page.own_forms == "alone"):
            return first.own
        text = first.literal or (first.family + first.given if is_han(first.family) else first.family)
        return text.replace("'", "’")


def _runs(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Where several equal keys in a row begin and end."""
    begin = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] != keys[begin]:
            if end - begin > 1:
                yield begin, end
            begin = end


_NOTHING: SortKey = (False, (), (), "")


def _letters(number: int) -> str:
    """Number 0 is a, 25 is z, 26 is aa."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _cut(text: str, limit: int) -> str:
    """A title cut at its first colon, else after a word."""
    main = re.split(r"[:：.!?。？！]\s*", text, maxsplit=1)[0]
    if len(main) <= limit:
        return main
    return f"{main[:limit].rsplit(' ', 1)[0].rstrip(' ,;')}…"


def _prose(markdown: str) -> str:
    """A prefix or suffix: text with emphasis."""
    return _EMPHASIS.sub(r"<em>\2</em>", escape(markdown, quote=False))


def _suffix(markdown: str) -> str:
    return _prose(markdown) if markdown[0] in ",.;:，。；：" else f" {_prose(markdown)}"
