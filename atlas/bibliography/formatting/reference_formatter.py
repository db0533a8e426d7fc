"""Formats one work in one style with the templates of the style."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from msgspec import Struct, field

from atlas.bibliography.formatting.name_lists import Foreign, is_latin, name_list, tagged
from atlas.bibliography.formatting.reference_parts import PARTS
from atlas.bibliography.formatting.reference_templates import Template, TemplateSlot
from atlas.bibliography.formatting.styles import Style, StyleSheet
from atlas.bibliography.formatting.template_pruning import PrunedTemplate
from atlas.bibliography.formatting.title_case import is_english, sentence_case, title_case
from atlas.bibliography.formatting.typesetting import capital, fill, is_several, is_upright, joined, to_html
from atlas.bibliography.parsing.latex import plain
from atlas.bibliography.parsing.person_names import PersonName, is_han, with_prefix
from atlas.bibliography.parsing.works import Work
from atlas.core.private_use import ITALIC, PROTECTED
from atlas.i18n.locales import subtag_of

_NUMBER = re.compile(r"[\d–.,/-]+[a-zA-Z]?|[IVXLC]+|[ivxlc]+|[A-Z]")
_COUNTED = frozenset({"volume", "issue", "number"})
TITLES: Final = frozenset({"title", "booktitle", "maintitle", "journal", "series", "issuetitle"})
_ENGLISH_CASE: Final = frozenset({"title", "booktitle", "maintitle", "issuetitle"})
_SUBTITLES: Final = {
    "title": "subtitle",
    "booktitle": "booksubtitle",
    "maintitle": "mainsubtitle",
    "journal": "journalsubtitle",
}
_BODIES = ("organization", "institution")
_LAWS = frozenset({"legislation", "treaty", "jurisdiction"})


def head_role(work: Work, sheet: StyleSheet) -> str:
    """Return the role of the people at the head of a reference, or ""."""
    roles = sheet.heads[:1] if work.is_part else sheet.heads
    if sheet.owners and work.type == "patent":
        roles = ("holder", *roles)
    return next((role for role in roles if role in work.people), "")


def people_of(work: Work, role: str, sheet: StyleSheet) -> tuple[PersonName, ...]:
    """Return the names of a role, with particles before the family name if the style keeps them there."""
    names = work.people.get(role, ())
    return tuple(with_prefix(name) for name in names) if sheet.keeps_prefix else names


class ReferenceFormatter(Struct):
    """The formatter of one work.

    Attributes:
        work: the work.
        sheet: the style in the language of the reference.
        style: the style.
        page: the language of the page, without script or region.
        shape: the templates, without the slots that the work cannot fill.
        suffix: the letter that distinguishes it from other works of its year.
        known: the parts that have been computed, by name.
    """

    work: Work
    sheet: StyleSheet
    style: Style
    page: str
    shape: PrunedTemplate
    suffix: str = ""
    known: dict[str, str] = field(default_factory=dict)

    def html(self) -> str:
        """Return the whole reference."""
        has_names = bool(self.part("names"))
        sentences: list[str] = []
        for template in self.shape.templates:
            if not has_names and "title-at-head" in self.known and self._leads_to_title(template):
                continue
            sentence = self._filled(template).lstrip(" ,;:")
            if sentence:
                sentences.append(sentence)
        return joined(sentences, self.sheet, american=self._title_sheet(self.work.fields.get("title", "")).american)

    def part(self, name: str) -> str:
        """Return a part of the reference as HTML, or "" if the work has none."""
        value = self.known.get(name)
        if value is None:
            value = self.known[name] = self._made(name)
        return value

    def text(self, name: str) -> str:
        """Return a field of the work as HTML, with its language if it is in another script than the page."""
        value = self.work.fields.get(name, "")
        if not value:
            return ""
        html = to_html(value, self.sheet)
        return html if value.isascii() or is_latin(value) else tagged(html, self.foreign_language)

    @property
    def head_role(self) -> str:
        """The role of the people at the head, or ""."""
        return head_role(self.work, self.sheet)

    # Templates

    def _filled(self, template: Template) -> str:
        """Fill a template; the result is "" if one of its own slots has no value."""
        out: list[str] = []
        for node in template:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, TemplateSlot):
                value = self._slot_value(node)
                if not value:
                    return ""
                out.append(value)
            else:
                out.append(self._filled(node.template))
        return "".join(out)

    def _slot_value(self, slot: TemplateSlot) -> str:
        """Return the value of a slot in its form and pattern."""
        value = "" if slot.names else self.sheet.words.get(slot.pattern, "")
        for name in slot.names:
            value = self._formed(name, slot.form)
            if value:
                break
        if value and slot.pattern and slot.names:
            value = self._patterned(slot.pattern, value)
        if slot.headline and self.sheet.case != "none":
            value = title_case(value)
        return capital(value) if value and slot.capital else value

    def _formed(self, name: str, form: str) -> str:
        if name in TITLES:
            return self.titled(name, form)
        value = self.part(name)
        italic = value and form == "italic" and self.sheet.pairs["titles"][0] == "<i>"
        return f"<i>{value}</i>" if italic else value

    def _patterned(self, pattern: str, value: str) -> str:
        """Put a value in a word of the language, in the plural if it is a range or a list."""
        forms = self.sheet.locators.get(pattern)
        if pattern in _COUNTED and not _NUMBER.fullmatch(value):
            return value
        if pattern == "version" and not _NUMBER.fullmatch(value) and not self._takes_version(value):
            return value
        if forms is None:
            return fill(self.sheet.words[pattern], value, self.sheet)
        return forms[is_several(value, is_near=pattern in _COUNTED)].replace("{n}", value)

    def _takes_version(self, value: str) -> bool:
        """Return whether the word for a version is used before one that is not a number: version V1, but not 第V1版."""
        word = self.sheet.words["version"]
        return word.endswith("{n}") and word.removesuffix("{n}").strip().lower() not in value.lower()

    def _made(self, name: str) -> str:
        templates = self.shape.parts.get(name)
        if templates is not None:
            return next((text.removeprefix("; ") for template in templates if (text := self._filled(template))), "")
        maker = PARTS.get(name)
        return maker(self) if maker else self.text(name)

    def _leads_to_title(self, template: Template) -> bool:
        """Return whether a template contains the title, directly or through a part of the style."""
        for node in template:
            if isinstance(node, TemplateSlot):
                if "title" in node.names:
                    return True
                inner = (text for name in node.names for text in self.shape.parts.get(name, ()))
                if any(self._leads_to_title(text) for text in inner):
                    return True
        return False

    # Titles

    def titled(self, name: str, form: str) -> str:
        """Return a title of the work in a form; a [description] has none."""
        key = f"{name} {form}"
        value = self.known.get(key)
        if value is None:
            value = self.known[key] = self.set_title(self._title_text(name), form, name)
        return value

    def _title_text(self, name: str) -> str:
        fields = self.work.fields
        text = fields.get("journaltitle" if name == "journal" else name, "")
        if name == "journal":
            text = text or fields.get("shortjournal", "")
        subtitle = fields.get(_SUBTITLES.get(name, ""), "")
        whole = self._with_subtitle(text, subtitle) if text and subtitle else text
        addition = fields.get("booktitleaddon", "") if name == "booktitle" else ""
        return f"{whole}. {addition}" if whole and addition else whole

    def _with_subtitle(self, title: str, subtitle: str) -> str:
        """Join a title and its subtitle; there is no colon after a question or exclamation mark."""
        sign = self.sheet.words["subtitle"]
        if title.rstrip(PROTECTED.end + ITALIC.end)[-1] in "?!？！":
            sign = sign.replace(":", "").replace("：", "").replace("\u00a0", " ").replace("  ", " ")
        return f"{title}{sign}{subtitle}"

    def set_title(self, text: str, form: str, name: str = "title") -> str:
        """Format a title with its case, marks and language, after its romanised form if the reader needs one.

        Args:
            text: the title.
            form: `italic`, `quoted` or "".
            name: the field of the title.
        """
        if not text:
            return ""
        romanised = "" if name != "title" or self.style.by_script else self.work.fields.get("romanisedtitle", "")
        if romanised and self.foreign_language and text != romanised:
            own = tagged(to_html(text, self.sheet), self.foreign_language)
            return f"{self._set(romanised, form, name, romanised=True)} {own}"
        return self._set(text, form, name)

    def _set(self, text: str, form: str, name: str, *, romanised: bool = False) -> str:
        language = self.foreign_language
        if text.startswith("[") and text.endswith("]"):
            form = ""
            if language.startswith("zh") and not is_han(text):
                language = ""
        elif not romanised and name in _ENGLISH_CASE and self._is_english(text):
            text = self._in_case(text, name)
        elif name == "series" and self.sheet.case == "title" and self._is_english(text):
            text = title_case(text)
        sheet = self._title_sheet(text)
        begin, end = sheet.pairs["titles" if form == "italic" else "quotes"] if form else ("", "")
        if begin == "<i>" and is_upright(text):
            begin = end = ""
        html = to_html(text, sheet, form)
        if romanised:
            language = f"{subtag_of(language)}-Latn"
        if begin == "<i>" and language:
            return f'<i lang="{language}">{html}</i>'
        return tagged(f"{begin}{html}{end}", language)

    def _in_case(self, text: str, name: str) -> str:
        """Return an English title in the case of the style; acts, cases and names of periodicals have their own."""
        kind = self.work.type
        if name == "title" and kind == "periodical":
            return text
        if self.sheet.case == "title" and kind != "patent":
            return title_case(text)
        return text if self.sheet.laws_as_written and kind in _LAWS else sentence_case(text)

    def _title_sheet(self, text: str) -> StyleSheet:
        """Return the sheet whose marks a title uses: for a romanised title of a Chinese work that of the page."""
        if self.sheet.language != "zh" or self.page == "zh" or is_han(text):
            return self.sheet
        return self.style.sheet(self.page, "en")

    def _is_english(self, text: str) -> bool:
        """Return whether a title is English: by the language of the work, else by words that only English has."""
        if self.sheet.case == "none":
            return False
        language = self.work.language
        if language:
            return subtag_of(language) == "en"
        return is_english(text, unless_other=self.sheet.case == "sentence")

    @property
    def foreign_language(self) -> str:
        """The language of the work if it is not that of the page, else ""."""
        language = self.work.language
        return escape(language) if language and subtag_of(language) != self.page else ""

    # Names

    @property
    def foreign(self) -> Foreign:
        """The languages of names: for Han names Japanese or Korean in such a work, else Chinese; else the work's."""
        language = subtag_of(self.work.language)
        han = language if language in ("ja", "ko") else "zh"
        return Foreign("" if self.page == han else han, self.foreign_language)

    @property
    def own_forms(self) -> str:
        """What to show of a name that has a form in its own script: that form alone on a Chinese page."""
        return "alone" if self.page == "zh" else self.sheet.own_forms

    def names_of(self, role: str) -> str:
        """Return the names of a role inside a reference."""
        names = people_of(self.work, role, self.sheet)
        return self._listed(names, at_head=False) if names else ""

    def container_names(self, role: str) -> str:
        """Return the editors or authors of the book that contains the work."""
        names = people_of(self.work, role, self.sheet)
        if not names:
            return ""
        return name_list(names, self.name_sheet(names).container_names, self.foreign, self.own_forms)

    def role_word(self, role: str, one: str = "", several: str = "") -> str:
        """Return `ed.` or `eds.`, in the language of the names.

        Args:
            role: the role.
            one: a word to use for one person instead of that of the role.
            several: a word to use for several.
        """
        names = self.work.people.get(role, ())
        return (
            self.name_sheet(names).words[(one or role) if len(names) == 1 else (several or f"{role}s")] if names else ""
        )

    def _listed(self, names: tuple[PersonName, ...], *, at_head: bool) -> str:
        sheet = self.name_sheet(names)
        form = sheet.names if at_head else sheet.inner_names
        return name_list(names, form, self.foreign, self.own_forms)

    def name_sheet(self, names: tuple[PersonName, ...]) -> StyleSheet:
        """Return the sheet for the punctuation between names, by their script: Han names are listed as in Chinese."""
        first = names[0]
        if is_han(first.literal or first.family) or (first.own and self.own_forms == "alone"):
            return self.style.sheet("zh", self.sheet.language)
        if self.sheet.language != "zh" or (self.page == "zh" and not self.style.by_script):
            return self.sheet
        return self.style.sheet("en" if self.page == "zh" else self.page, "en")

    def label_sheet(self, names: tuple[PersonName, ...]) -> StyleSheet:
        """Return the sheet that joins names in a citation: that of the page, or on a Chinese page that of the work."""
        sheet = self.name_sheet(names)
        if sheet.language == "zh" or self.page == "zh":
            return sheet
        return self.style.sheet(self.page, sheet.language)

    def head_names(self) -> str:
        """Return the names at the head: authors, else editors or the director with their role, else the body."""
        role = self.head_role
        names = people_of(self.work, role, self.sheet)
        if not names:
            return self.body() or self.anonymous()
        text = self._listed(names, at_head=True)
        if role in ("author", "composer", "holder"):
            return text
        return text + self.name_sheet(names).names.role.replace("{role}", self.role_word(role))

    def anonymous(self) -> str:
        """Return the word at the head of a work without author, if the style has one: 佚名, Anon."""
        return self.sheet.words["anonymous"] if self.sheet.anonymous else ""

    def body_names(self) -> tuple[PersonName, ...]:
        """Return the organisation or institution as a name, if the work gives one."""
        fields = self.work.fields
        bodies = _BODIES[:1] if self.work.type == "archival" else _BODIES
        return next(((PersonName(literal=plain(fields[name])),) for name in bodies if name in fields), ())

    def body(self) -> str:
        """Return the body responsible for a work without author; for a newspaper article the newspaper."""
        names = self.body_names()
        if names:
            return self._listed(names, at_head=True)
        if self.sheet.anonymous:
            return ""
        if self.work.type in ("newspaper", "magazine") and "journaltitle" in self.work.fields:
            return self.titled("journal", "italic")
        return ""

    def head(self) -> str:
        """Return the start of the reference: names, or else the title in the form of this type."""
        names = self.part("names")
        if names:
            return names
        self.known["title-at-head"] = "yes"
        return next((self._filled(template) for template in self.shape.templates if self._leads_to_title(template)), "")

    def is_head(self, text: str) -> bool:
        """Return whether a body is already at the head."""
        names = people_of(self.work, self.head_role, self.sheet) or self.body_names()
        return any(name.literal == text for name in names)
