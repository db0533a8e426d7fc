"""Formats references and citations in a style and the language of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from atlas.bibliography.citing.locators import has_locator_word, read_locator
from atlas.bibliography.citing.syntax import Cite, Locator
from atlas.bibliography.formatting.affixes import lead_words, prose, suffix_words
from atlas.bibliography.formatting.name_lists import name_list, with_initial
from atlas.bibliography.formatting.number_ranges import clusters, dash, ranges
from atlas.bibliography.formatting.reference_formatter import ReferenceFormatter, head_role, people_of
from atlas.bibliography.formatting.sorted_titles import sorted_title
from atlas.bibliography.formatting.styles import Style, StyleSheet, load_style
from atlas.bibliography.formatting.template_pruning import TemplatePruner
from atlas.bibliography.formatting.typesetting import show_year
from atlas.bibliography.parsing.person_names import PersonName, is_han
from atlas.bibliography.parsing.works import Work
from atlas.core.html import Html, escaped
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.scripts import HAN, KANA
from atlas.i18n.collation import Collator, SortKey
from atlas.i18n.locales import Language, subtag_of

__all__ = ["Citer", "Style", "load_style"]

_SEVERAL = re.compile(r"[–—,，、&-]| (?:and|et) |ff|sqq")
_NUMBER_WITH_DASH = re.compile(r"[A-Z]-\d[\w.]*")
_SHORT_TITLE = 50


class Citer:
    """A formatter of the works of an atlas, in one style and for the pages of one language.

    Each work is formatted once. Suffixes (2004a, n.d.-b) distinguish works of one name and year.

    Args:
        works: all works that may be cited, by key.
        style: the citation style.
        language: the BCP 47 tag of the pages.
        collator: sorts the names.
        shapes: the templates of the style, as earlier works needed them.
        memo: what earlier formatters in the same style and language found of each work.
    """

    def __init__(
        self,
        works: Mapping[str, Work],
        style: Style,
        language: str,
        collator: Collator | None = None,
        shapes: TemplatePruner | None = None,
        memo: Memo = NO_MEMO,
    ) -> None:
        self.collator = collator or Collator()
        self.works = works
        self.style = style
        self.language = language
        self._language = subtag_of(language)
        self._page = style.sheet(self._language, "en")
        self._shapes = shapes or TemplatePruner()
        self._memo = memo
        self._references: dict[str, Html] = {}
        self._names: dict[str, str] = {}
        self._years: dict[str, str] = {}
        self._keys: dict[str, tuple[SortKey, ...]] = {}
        self._order = Language(self._language, language, language)
        self._suffixes: dict[str, str] | None = None
        self._numbers: dict[str, int] | None = None

    def reference(self, key: str) -> Html:
        """Return the reference of a work, as HTML."""
        html = self._references.get(key)
        if html is None:
            html = self._references[key] = Html(self._reference(key).html())
        return html

    def label(
        self, items: Sequence[Cite], numbers: Mapping[str, int] | None = None
    ) -> tuple[tuple[str | None, str], ...]:
        """Format a citation as pieces of HTML.

        Args:
            items: the works that it cites.
            numbers: in a numeric style, the numbers of the works on the page; by default those of `sort`.

        Returns:
            The pieces, each with the key of the work that it links to, or None.
        """
        self._all_suffixes()
        if self.style.labels == "numeric":
            return self._numeric(items, numbers if numbers is not None else self._all_numbers())
        if items and items[0].mode == "author-in-text":
            return self._in_text(items)
        form = self._page.label
        if form.locator_outside and len(items) == 1 and _is_on_page(items[0]):
            return self._with_raised_locator(items[0])
        return ((None, form.opening), *self._listed(self._sorted(items)), (None, form.closing))

    def sort(self, keys: Iterable[str]) -> list[str]:
        """Sort keys in the order of the style: by name, year and title, also in a numeric style."""
        ordered = sorted(dict.fromkeys(keys), key=self._sort_key)
        for begin, end in _runs([self._sort_key(key) for key in ordered]):
            ordered[begin:end] = sorted(ordered[begin:end], key=self._title_key)
        return ordered

    def listed_under(self, key: str) -> tuple[str, bool]:
        """Return the text that a work is listed under, and whether that is the name of a person."""
        work = self.works[key]
        names = self._sorted_by(work)
        name = names[0] if names else None
        return (self._compared_name(name), name.is_person) if name else (self._without_names(work), False)

    def shown(self, key: str) -> object:
        """Return all that references, citations and lists show of a work or are sorted by; None if it is not known."""
        if key not in self.works:
            return None
        self._all_suffixes()
        order = self._sort_key(key), self._title_key(key)
        return self.reference(key), self._name(key), self._year(key), order

    # References

    def _reference(self, key: str) -> ReferenceFormatter:
        work = self.works[key]
        return self._made(work, self._sheet(work), self._suffix(key))

    def _made(self, work: Work, sheet: StyleSheet, suffix: str = "") -> ReferenceFormatter:
        return ReferenceFormatter(work, sheet, self.style, self._language, self._shapes.shape(work, sheet), suffix)

    def _suffix(self, key: str) -> str:
        return "" if self.style.labels == "numeric" else self._all_suffixes().get(key, "")

    def _sheet(self, work: Work) -> StyleSheet:
        """Return the sheet of the work's language, else of the page's; not Chinese for a title without Han."""
        language = subtag_of(work.language)
        is_chinese = is_han(work.fields.get("title", ""))
        if not self.style.by_script and (self._language != "zh" or is_chinese):
            return self.style.sheet(language, self._language, "en")
        return self.style.sheet(language, "zh" if is_chinese else "en")

    # Labels

    def _listed(self, items: Sequence[Cite]) -> list[tuple[str | None, str]]:
        """Return the works of a citation, without its brackets; a name is not repeated directly."""
        form = self._page.label
        pieces: list[tuple[str | None, str]] = []
        before: Cite | None = None
        for item in items:
            same = before is not None and self._is_same_author(before, item)
            if item.goes_on:
                pieces += [(None, lead_words(item.prefix))] if item.prefix else [(None, " ")]
            elif before is not None:
                pieces.append((None, form.before_locator if same else form.between))
            if item.prefix and not item.goes_on:
                pieces.append((None, f"{prose(item.prefix)} "))
            hidden = same or item.mode == "suppress-author"
            text = self._year(item.key) if hidden else self._name_year(item.key)
            pieces.append((item.key, text + self._located(item)))
            if item.suffix:
                pieces.append((None, self._after(item)))
            before = item
        return pieces

    def _sorted(self, items: Sequence[Cite]) -> Sequence[Cite]:
        """Sort works in the order of the style, or leave them as written if a prefix depends on the order."""
        if not self._page.label.is_sorted or any(item.prefix for item in items):
            return items
        order = {key: number for number, key in enumerate(self.sort(item.key for item in items))}
        return sorted(items, key=lambda item: order[item.key])

    def _with_raised_locator(self, item: Cite) -> tuple[tuple[str | None, str], ...]:
        """Format `(Crane, 1972)` with the page in superscript after it, as in GB/T 7714."""
        form = self._page.label
        located = f"<sup>{self.locator(item.locator)}</sup>" if item.locator else ""
        return ((None, form.opening), *self._listed([replace(item, locator=None)]), (None, f"{form.closing}{located}"))

    def _is_same_author(self, before: Cite, item: Cite) -> bool:
        plain = not (before.suffix or before.locator or item.prefix) and item.mode == before.mode == "normal"
        return plain and self._name(before.key) == self._name(item.key)

    def _in_text(self, items: Sequence[Cite]) -> tuple[tuple[str | None, str], ...]:
        """Format `Smith (2004, 3)`: the first author in the sentence, the rest in brackets."""
        form = self._page.label
        first, others = items[0], items[1:]
        gap = "" if form.opening == "（" else " "
        opening = f"{self._name(first.key)}{gap}{form.opening}{self._year(first.key)}{self._located(first)}"
        pieces: list[tuple[str | None, str]] = [(first.key, opening)]
        if first.suffix:
            words = first.suffix if first.locator or not first.suffix[0].isalnum() else f", {first.suffix}"
            pieces.append((None, self._after(replace(first, suffix=words))))
        if others:
            pieces += [*([] if others[0].goes_on else [(None, form.between)]), *self._listed(others)]
            return (*pieces, (None, form.closing))
        if first.suffix:
            return (*pieces, (None, form.closing))
        return ((first.key, opening + form.closing),)

    def _numeric(self, items: Sequence[Cite], numbers: Mapping[str, int]) -> tuple[tuple[str | None, str], ...]:
        """Format `[1]`, `[1-3,5]`, `[2]12–15`, in superscript if the style says so.

        Numbers without words of their own share a pair of brackets, and consecutive numbers, even two, are a range:
        [255-256] (GB/T 7714—2015, 10.1.2 and its example).
        """
        form = self._page.label
        in_words = any(item.prefix or item.suffix for item in items)
        ordered = sorted(items, key=lambda item: numbers.get(item.key, 0)) if form.is_sorted and not in_words else items
        pieces: list[tuple[str | None, str]] = []
        for group in clusters(ordered):
            if pieces and in_words and not group[0].goes_on:
                pieces.append((None, form.between))
            pieces += self._cluster(group, numbers)
        return tuple(pieces)

    def _cluster(self, items: Sequence[Cite], numbers: Mapping[str, int]) -> list[tuple[str | None, str]]:
        """Format works whose numbers share a pair of brackets."""
        form = self._page.label
        begin, end = ("<sup>", "</sup>") if form.raised else ("", "")
        first, last = items[0], items[-1]
        name = self._name(first.key) if first.mode == "author-in-text" else ""
        lead = lead_words(first.prefix) if first.goes_on else f"{prose(first.prefix)} "
        pieces: list[tuple[str | None, str]] = [(None, lead)] if first.prefix else []
        if len(items) == 1:
            number = f"{form.opening}{numbers.get(first.key, 0)}{form.closing}"
            pieces.append((first.key, f"{name}{begin}{number}{self._located(first)}{end}"))
        else:
            keys = {numbers.get(item.key, 0): item.key for item in items}
            pieces.append((None, begin + form.opening))
            for count, (low, high) in enumerate(ranges(sorted(keys))):
                pieces += [(None, ",")] if count else []
                pieces.append((keys[low], str(low)))
                if high > low:
                    pieces += [dash(low, high, keys), (keys[high], str(high))]
            pieces.append((None, form.closing + end))
        if last.suffix:
            pieces.append((None, self._after(last)))
        return pieces

    def _located(self, item: Cite) -> str:
        if item.locator is None:
            return ""
        form = self._page.label
        text = self.locator(item.locator)
        if form.raised:
            return text
        if form.locator_outside and _is_on_page(item):
            return f": {text}"
        return f"{form.before_locator}{text}"

    def _after(self, item: Cite) -> str:
        """Format the words after a work; a further locator in them is formatted like the first: vol. 2, p. 3."""
        further, rest = read_locator(item.suffix)
        if item.locator is None or further is None or not has_locator_word(item.suffix):
            return suffix_words(item.suffix)
        return (
            self._page.label.before_locator
            + self.locator(further, in_words=True)
            + (suffix_words(rest) if rest else "")
        )

    def locator(self, locator: Locator, *, in_words: bool = False) -> Html:
        """Format a locator in the words of the page; with `in_words` even if the style writes only a number."""
        one = _NUMBER_WITH_DASH.fullmatch(locator.value)
        value = locator.value if one else re.sub(r"\s?(?:--?-?|–|—|‑|－)\s?", self._page.dash, locator.value)
        locators = self._page.locators if in_words else self._page.label_locators
        pattern = locators.get(locator.kind, ("{n}", "{n}"))[not one and bool(_SEVERAL.search(value))]
        return escaped(pattern.replace("{n}", value))

    def _name_year(self, key: str) -> str:
        return f"{self._name(key)}{self._page.label.before_year}{self._year(key)}"

    def _year(self, key: str) -> str:
        """Return the year in a citation, in the language of the page, or of the work if the style says so."""
        if key not in self._years:
            work = self.works[key]
            sheet = self._sheet(work) if self._page.label.own_dates else self._page
            self._years[key] = self._made(work, sheet, self._suffix(key)).part("year")
        return self._years[key]

    def _name(self, key: str) -> str:
        """Return the name in a citation: authors or editors, else the body, else the short title."""
        if key not in self._names:
            self._names[key] = self._named(self.works[key])
        return self._names[key]

    def _heads(self, work: Work) -> tuple[PersonName, ...]:
        """Return the people at the head of the reference to a work."""
        return people_of(work, head_role(work, self._page), self._page)

    def _named(self, work: Work, initials: str = "") -> str:
        """Compute the name in a citation, with `initials` or `full` given names before the first surname if asked."""
        reference = self._made(work, self._sheet(work))
        names = work.people.get("shortauthor") or self._heads(work) or reference.body_names()
        if names:
            if initials:
                names = (with_initial(names[0], in_full=initials == "full"), *names[1:])
            form = reference.label_sheet(names).label.names
            return name_list(names, form, reference.foreign, "alone" if reference.own_forms == "alone" else "none")
        return reference.body() or reference.anonymous() or self._short_title(reference)

    def _short_title(self, reference: ReferenceFormatter) -> str:
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
        heads: list[SortKey] = [self._name_key(name) for name in self._sorted_by(work)]
        if not heads:
            heads = [self._key(self._without_names(work))]
        year = work.text("sortyear") or work.date or "9999"
        return (self._script_key(work), *heads, _NOTHING, (False, (year,), (), year))

    def _sorted_by(self, work: Work) -> list[PersonName]:
        """Return the names that a work is sorted by, three at most."""
        names = work.people.get("sortname") or self._heads(work)
        return [name for name in names[:3] if not name.others]

    def _without_names(self, work: Work) -> str:
        """Return what a work without names is sorted by: its body, the word for "anonymous", or its title."""
        reference = self._made(work, self._sheet(work))
        body = next((name.literal for name in reference.body_names()), "") or reference.anonymous()
        return body or sorted_title(work)

    def _script_key(self, work: Work) -> SortKey:
        """Return the group of a work in a list by scripts: Chinese, Japanese, Western, Russian, others (GB/T 7714)."""
        if not self.style.by_script or self.style.labels == "numeric":
            return _NOTHING
        names = self._heads(work)
        text = (names[0].own or names[0].text) if names else work.title
        if is_han(text):
            text += work.title  # kana in the title make a work Japanese
        found = next((rank for rank, script in enumerate(_SCRIPTS) if script.search(text)), len(_SCRIPTS))
        return False, (str(found),), (), ""

    def _title_key(self, key: str) -> tuple[SortKey, str]:
        """Return the sort key between works of one name and year."""
        work = self.works[key]
        return self._key(sorted_title(work)), key

    def _name_key(self, name: PersonName) -> SortKey:
        return self.collator.sort_key(self._compared_name(name), self._order, is_person=name.is_person)

    def _compared_name(self, name: PersonName) -> str:
        han = name.own if self._language == "zh" and name.own else ""
        return han or name.literal or f"{name.family} {name.given}"

    def _key(self, text: str) -> SortKey:
        return self.collator.sort_key(text, self._order)

    def _all_numbers(self) -> Mapping[str, int]:
        if self._numbers is None:
            self._numbers = {key: number for number, key in enumerate(self.sort(self.works), 1)}
        return self._numbers

    def _all_suffixes(self) -> Mapping[str, str]:
        """Return the suffixes of works of one name and year: a, b… in the order of the list.

        First authors with the same surname get initials, even if the years differ (APA 8.20, CMOS 13.116).
        """
        if self._suffixes is None:
            for keys in self._of_one_surname():
                self._names |= self._distinguished(keys)
            self._suffixes = {}
            for keys in self._alike():
                self._suffixes |= {key: _letters(number) for number, key in enumerate(self.sort(keys))}
        return self._suffixes

    def _distinguished(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the names in citations of works by namesakes: with initials, or in full if those are equal."""
        firsts = {key: self.works[key].people["author"][0] for key in keys}
        same: dict[str, set[str]] = {}
        for name in firsts.values():
            same.setdefault(with_initial(name).family, set()).add(name.given)
        return {
            key: self._named(self.works[key], "initials" if len(same[with_initial(name).family]) == 1 else "full")
            for key, name in firsts.items()
        }

    def _of_one_surname(self) -> Iterator[list[str]]:
        """Yield the works whose first authors are different persons with the same surname."""
        if self.style.by_script:
            return
        keys: dict[str, list[str]] = {}
        for key, work in self.works.items():
            if "author" in work.people and work.people["author"][0].family and "shortauthor" not in work.people:
                keys.setdefault(self._start(work)[0], []).append(key)
        for own in keys.values():
            if len({_person(self.works[key].people["author"][0]) for key in own}) > 1:
                yield own

    def _alike(self) -> list[list[str]]:
        """Return the groups of works with the same citation; only those with one first name are compared in full."""
        rough: dict[tuple[str, str], list[str]] = {}
        for key, work in self.works.items():
            rough.setdefault(self._start(work), []).append(key)
        groups: dict[tuple[str, str], list[str]] = {}
        for (_, year), keys in rough.items():
            for key in keys if len(keys) > 1 else ():
                groups.setdefault((self._name(key), year), []).append(key)
        return [keys for keys in groups.values() if len(keys) > 1]

    def _start(self, work: Work) -> tuple[str, str]:
        """Return the first name of a citation of a work, and the year without a suffix."""
        return self._memo.get(work.key, (work,), lambda: (self._first_name(work), self._plain_year(work)))

    def _plain_year(self, work: Work) -> str:
        return show_year(work.date, self._page) if work.date else work.text("pubstate")

    def _first_name(self, work: Work) -> str:
        """Return the start of a citation of a work, without punctuation; equal citations have equal starts."""
        names = work.people.get("shortauthor") or self._heads(work)
        if not names:
            return (work.text("organization") or work.text("institution")).replace("'", "’")
        first = names[0]
        if first.own and (self._language == "zh" or self._page.own_forms == "alone"):
            return first.own
        text = first.literal or (first.family + first.given if is_han(first.family) else first.family)
        return text.replace("'", "’")


def _is_on_page(item: Cite) -> bool:
    """Return whether a citation names a page or no place: standards put only pages after the bracket."""
    return item.locator is None or item.locator.kind == "page"


def _person(name: PersonName) -> tuple[str, str]:
    """Return what two spellings of one person share: surname and initials of the given names."""
    return name.family, with_initial(name).family


_SCRIPTS = (
    re.compile(f"^(?!.*[{KANA}]).*[{HAN}]"),
    re.compile(f"[{KANA}]"),
    re.compile("^[^A-Za-z\u00c0-\u024f\u0370-\u1cff]*[A-Za-z\u00c0-\u024f]"),
    re.compile("[\u0400-\u04ff]"),
)


def _runs(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Yield where several equal keys in a row begin and end."""
    begin = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] != keys[begin]:
            if end - begin > 1:
                yield begin, end
            begin = end


_NOTHING: SortKey = (False, (), (), "")
_CLOSING = dict(zip("[({“«‹《〈「『（【", "])}”»›》〉」』）】", strict=True))


def _letters(number: int) -> str:
    """Convert a number to letters: 0 is a, 25 is z, 26 is aa."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _cut(text: str, limit: int) -> str:
    """Shorten a title at its first colon, else after a word; what it opened, as the bracket of a description, ends."""
    main = re.split(r"\s*[:：.!?。？！]\s*", text, maxsplit=1)[0]
    if len(main) > limit:
        main = f"{main[:limit].rsplit(' ', 1)[0].rstrip(' ,;')}…"
    opened: list[str] = []
    for char in main:
        if char in _CLOSING:
            opened.append(_CLOSING[char])
        elif opened and char == opened[-1]:
            opened.pop()
    return main + "".join(reversed(opened))
