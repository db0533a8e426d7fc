"""The texts of the atlas held to the established terms of its own glossary."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from site_copies import REPOSITORY

from atlas.content.model import Record
from atlas.content.records import read_records
from atlas.content.site_config import read_site
from atlas.core.sources import read_input
from atlas.lint.translation_status import parts

LANGUAGES = ("en", "fr", "zh")
_MARKUP = re.compile(r"\[@[^\]]*\]|\{[^}]*\}|\([^)]*\)|（[^）]*）|[\[\]]|\[\[[^\]|]*\|?")
_LINK = re.compile(r"\[\[(?P<id>[^\]|]*)\|?(?P<label>[^\]]*)\]\]|\{[^}]*\}|\[@[^\]]*\]")
_ROW = re.compile(r"(?m)^\|(.*)\|\s*$")


class Term(NamedTuple):
    """A row of the glossary: the forms in each language, none where the glossary has a dash."""

    forms: dict[str, tuple[str, ...]]


@cache
def records() -> dict[str, Record]:
    """The records of the atlas."""
    files, _ = read_input(REPOSITORY)
    sources = {source.path: source for source in files.sources}
    _, declared, _ = read_site(sources)
    return dict(read_records(sources, declared)[0].records)


def terms() -> list[Term]:
    """The rows of the first table of the glossary."""
    section = parts(records()["glossary"], "en")["body/established"].words
    rows = [row.split(" | ")[:3] for row in _ROW.findall(section)][2:]
    return [Term({language: forms(cell) for language, cell in zip(LANGUAGES, row, strict=True)}) for row in rows]


def forms(cell: str) -> tuple[str, ...]:
    """The forms in a cell, without sources and marks."""
    plain = [_MARKUP.sub("", form).strip() for form in re.split(r"[;；]", re.sub(r"\[@[^\]]*\]", "", cell))]
    return tuple(form for form in plain if form and form != "—")


def stands_in(form: str, text: str) -> bool:
    """Whether a form stands in a text, in the singular or the plural, whatever its capitals."""
    if not form.isascii() and not re.search(r"[a-zà-ÿ]", form):
        return form in text
    words = [re.escape(word[: max(4, len(word) - 2)]) + r"\w*" for word in re.split(r"[\s-]+", form)]
    return bool(re.search(r"\b" + r"[\s’-]+(?:\w{1,3}[\s’]+)?".join(words), text, re.IGNORECASE))


def shown(text: str, language: str) -> str:
    """A text with links as words: a bare [[soft-power]] shows the names of the record."""

    def words(found: re.Match[str]) -> str:
        record = records().get(found["id"] or "")
        names = [name.text for name in record.names if name.language == language] if record else []
        return found["label"] or " ".join(names[:1])

    return _LINK.sub(words, text)


def is_used(form: str, text: str) -> bool:
    """Whether a text uses a form as it is written, not in a name (capitals) and not in somebody's words."""
    own = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return bool(re.search(rf"(?<![a-zà-ÿ-]){re.escape(form)}", own))


def test_the_glossary_has_the_terms_that_the_atlas_is_about() -> None:
    known = {form for term in terms() for own in term.forms.values() for form in own}
    wanted = {
        "民间外交",
        "人文交流",
        "友好城市",
        "diplomatie entre les peuples",
        "diplomatie d’influence",
        "coopération décentralisée",
    }
    assert wanted <= known


def test_where_a_text_has_a_term_its_other_versions_have_the_established_one() -> None:
    missing = []
    for record in records().values():
        if record.id in ("glossary", "commission"):  # they quote words of all languages
            continue
        versions = {language: parts(record, language) for language in LANGUAGES}
        for name in versions[record.original]:
            texts = {language: shown(own[name].words, language) for language, own in versions.items() if name in own}
            missing += [(record.id, name, *lack) for term in terms() for lack in lacks(term, texts, record.original)]
    assert missing == []


def lacks(term: Term, texts: dict[str, str], original: str) -> list[tuple[str, str]]:
    """The languages in which a term of the original has none of its established forms: (form, language)."""
    said = [form for form in term.forms[original] if is_used(form, texts[original])]
    return [
        (said[0], language)
        for language, text in texts.items()
        if said and term.forms[language] and not any(stands_in(form, text) for form in term.forms[language])
    ]
