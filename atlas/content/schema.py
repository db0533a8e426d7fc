"""What may stand in each kind of file: every key, its shape and its meaning."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from atlas.content.shapes import ALIAS, ID, KEY, PATH, TAG, URL, Date, Flag, Known, Line, Markdown, OneOf, Placed
from atlas.content.signing import PersonName
from atlas.content.tables import Key, ListOf, MapOf, Table

_RECORD_IDS: Final = ListOf(Placed(ID))
_FACT_IDS: Final = ListOf(Placed(ID))

SOURCE: Final = Table(
    "source",
    (
        Key("work", Placed(KEY), "the key of the work in bibliography.bib", required=True),
        Key("locator", Line("a locator such as pp. 3–5"), "where in the work: `p. 3`, `§ 4`, `ch. 2`, `页 12`"),
    ),
    short="work",
)
NAME: Final = Table(
    "name",
    (
        Key("lang", TAG, "the language of the name, any language tag", required=True),
        Key("text", Line("a name"), "the name as it is attested; names are never translated", required=True),
        Key(
            "kind",
            OneOf(("official", "short", "former", "abbreviation")),
            "what sort of name it is; `official` when not given",
        ),
        Key("romanised", Line("a romanisation"), "the name in Latin letters, such as pinyin"),
        Key("sort_key", Line("a sort key"), "what it is sorted by, where its letters mislead"),
        Key("start", Date(), "since when it has been the name"),
        Key("end", Date(), "until when it was the name"),
        Key("ours", Flag(), "`true` when the atlas made this form because none is attested"),
        Key("sources", ListOf(SOURCE), "the works that attest it"),
    ),
)
FACT: Final = Table(
    "fact",
    (
        Key(
            "id", Placed(ID), "its name in this record, for ever: addresses and translations hang on it", required=True
        ),
        Key("dimension", Known("dimension"), "the question that it answers", required=True),
        Key("text", Markdown(), "one statement", required=True),
        Key("sources", ListOf(SOURCE, least=1), "the works it rests on, each with its locator if known", required=True),
        Key(
            "differs", _FACT_IDS, "facts of this record that say otherwise, from other sources; one of the two names it"
        ),
    ),
)
ANSWER: Final = Table(
    "answer",
    (
        Key("answer", Known("answer"), "which sort of answer it is", required=True),
        Key("facts", ListOf(Placed(ID), least=1), "the facts of this record that give it", required=True),
    ),
)
RELATION: Final = Table(
    "relation",
    (
        Key("id", Placed(ID), "its name in this record, for ever", required=True),
        Key("type", Known("relation-type"), "what sort of relation it is", required=True),
        Key("to", Placed(ID), "the other record", required=True),
        Key("start", Date(), "since when"),
        Key("end", Date(), "until when"),
        Key("note", Markdown(), "what a source says of it"),
        Key("sources", ListOf(SOURCE), "the works that state it"),
    ),
)
CHANGE: Final = Table(
    "change",
    (
        Key("date", Date(day=True), "the day of the change", required=True),
        Key("text", Markdown(), "what changed, and why", required=True),
    ),
)
QUOTATION: Final = Table(
    "quotation",
    (
        Key(
            "text", Line("the author's own words"), "the words as printed, with [sic] where they are odd", required=True
        ),
        Key("lang", TAG, "the language of the words", required=True),
        Key("work", Placed(KEY), "the key of the work", required=True),
        Key("locator", Line("a locator such as § 4"), "where in the work", required=True),
    ),
)
REVIEWED: Final = Table(
    "review",
    (
        Key("by", Line("a name"), "the name of the editor", required=True),
        Key("date", Date(day=True), "the day of the review", required=True),
    ),
)
_TEXT_NAME: Final = Line("the name of a text, such as summary or facts/ID")
_DIGEST: Final = Line("a digest of eight hexadecimal digits", "[0-9a-f]{8}", "bad-digest")

_COMMON: Final = (
    Key("lang", Known("language"), "the language in which the record is written", required=True),
    Key("date", Date(day=True), "the day of first publication", required=True),
    Key("updated", Date(day=True), "the day of the last change; it needs a line in `changes`"),
    Key("changes", ListOf(CHANGE), "what changed since the first publication"),
    Key("draft", Flag(), "`true` while it is not to be published: only `serve` and `--drafts` show it"),
    Key("nocite", ListOf(Placed(KEY)), "works to list among the references that nothing on the page cites"),
    Key("aliases", ListOf(Placed(ALIAS)), "old addresses of its page, which lead to it in every language"),
    Key("authors", ListOf(PersonName()), "who signs it; without it the atlas itself does"),
)
_NAMES: Final = Key(
    "names", ListOf(NAME, least=1), "its names; the first that fits the reader's language is shown", True
)
_TITLE: Final = Key("title", Markdown(), "its title", required=True)
_SUMMARY: Final = Key("summary", Markdown(), "a sentence or two that say plainly what it is", required=True)
_SIDES: Final = Key("sides", ListOf(Known("side"), least=1), "the sides it belongs to; a joint body has several", True)
_DATES: Final = (
    Key("start", Date(), "when it began"),
    Key("end", Date(), "when it ended"),
    Key("places", ListOf(Known("place")), "where it is or happened; the first is the seat"),
)
_SUBJECTS: Final = Key("fields", MapOf(Known("field"), _FACT_IDS), "its fields, each with the facts it rests on")
_STATEMENTS: Final = (
    Key("facts", ListOf(FACT), "statements, each with its dimension and sources"),
    Key("relations", ListOf(RELATION), "its relations to other records; inverses are made"),
)
_WEBSITE: Final = Key("website", URL, "its own address")
_ARCHIVED: Final = Key(
    "archived", URL, "where a copy of its website is kept: shown beside it, and offered by `check --external`"
)


def _kind(family: str) -> Key:
    return Key("kind", Known(f"kind:{family}"), f"what kind of {family} it is", required=True)


Form = Literal["yaml", "md"]


class Family(Struct, frozen=True):
    """A family of records: its id, its folder in content/ and in addresses, the form of its files, and its keys."""

    id: str
    folder: str
    form: Form
    table: Table


def _family(name: str, folder: str, form: Form, *keys: Key) -> Family:
    return Family(name, folder, form, Table(name, (*_COMMON, *keys)))


FAMILIES: Final = (
    _family(
        "actor",
        "actors",
        "yaml",
        _NAMES,
        _SIDES,
        _kind("actor"),
        *_DATES,
        _WEBSITE,
        _ARCHIVED,
        _SUMMARY,
        *_STATEMENTS,
        _SUBJECTS,
        Key(
            "unanswered",
            MapOf(Known("dimension"), Placed(OneOf(("not-researched", "not-found")))),
            "dimensions without a fact, and why: `not-researched`, or `not-found` where a search found nothing",
        ),
        Key(
            "answers",
            MapOf(Known("question"), ANSWER),
            "its answers to the questions of the scale; the others are not known",
        ),
    ),
    _family("instrument", "instruments", "yaml", _NAMES, _SIDES, _kind("instrument"), *_DATES, _WEBSITE, _ARCHIVED,
            _SUMMARY, *_STATEMENTS, _SUBJECTS),
    _family("person", "persons", "yaml", _NAMES, _SIDES, *_DATES, _SUMMARY, *_STATEMENTS),
    _family(
        "case",
        "cases",
        "md",
        _TITLE,
        _SIDES,
        _kind("case"),
        *_DATES,
        Key("actors", _RECORD_IDS, "the actors, instruments and persons that took part"),
        _SUMMARY,
        _SUBJECTS,
        Key("contributions", MapOf(Known("contribution"), _FACT_IDS), "what it contributed to, and by which facts"),
    ),
    _family(
        "concept",
        "concepts",
        "md",
        _NAMES,
        Key("sides", ListOf(Known("side")), "the sides where the term is at home"),
        _SUMMARY,
    ),
    _family(
        "claim",
        "claims",
        "md",
        _TITLE,
        Key("quotation", QUOTATION, "the author's own words", required=True),
        _SUMMARY,
        Key("supports", _RECORD_IDS, "records whose facts support it"),
        Key("complicates", _RECORD_IDS, "records whose facts complicate it"),
    ),
    _family(
        "comparison",
        "comparisons",
        "md",
        _TITLE,
        Key("records", ListOf(Placed(ID), least=2), "the records compared", required=True),
        _SUMMARY,
    ),
    _family(
        "page",
        "pages",
        "md",
        _TITLE,
        Key("path", PATH, "its address in the atlas; without it, its id"),
        Key("summary", Markdown(), "a sentence or two that say plainly what it is"),
    ),
)  # fmt: skip

BY_FOLDER: Final = {family.folder: family for family in FAMILIES}
BY_FAMILY: Final = {family.id: family for family in FAMILIES}


def translation_table(family: Family) -> Table:
    """The keys of the file that translates a record of this family: texts only, by id."""
    texts = MapOf(ID, Markdown())
    keys = [
        Key(
            "of",
            MapOf(_TEXT_NAME, Placed(_DIGEST)),
            "the digest of each text that it translates; `translations --accept`",
        ),
        Key("reviewed", REVIEWED, "who has reviewed it as a native editor"),
        Key("summary", Markdown(), "the summary"),
        Key("changes", MapOf(Date(day=True), Markdown()), "the changes, by date"),
    ]
    if family.form == "yaml":
        keys += [Key("facts", texts, "the facts, by id"), Key("relations", texts, "the notes of relations, by id")]
    elif any(key.name == "title" for key in family.table.keys):
        keys += [Key("title", Markdown(), "the title", required=True)]
    return Table(f"translation of a {family.id}", tuple(keys))
