"""What may stand in each kind of file: every key, its shape and its meaning."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from atlas.core.rules import Rule
from atlas.schema.field_types import (
    ALIAS,
    ID,
    KEY,
    PATH,
    TAG,
    URL,
    Date,
    DeclaredId,
    Flag,
    Line,
    Markdown,
    OneOf,
    WithSpan,
)
from atlas.schema.identifiers import IDENTIFIERS
from atlas.schema.object_types import Field, ListOf, MapOf, ObjectType
from atlas.schema.signatures import AuthorName

_RECORD_IDS: Final = ListOf(WithSpan(ID))
_FACT_IDS: Final = ListOf(WithSpan(ID))

SOURCE: Final = ObjectType(
    "source",
    (
        Field("work", WithSpan(KEY), "the key of the work in bibliography.bib", required=True),
        Field("locator", Line("a locator such as pp. 3–5"), "where in the work: `p. 3`, `§ 4`, `ch. 2`, `页 12`"),
    ),
    short="work",
)
NAME: Final = ObjectType(
    "name",
    (
        Field("lang", TAG, "the language of the name, any language tag", required=True),
        Field("text", Line("a name"), "the name as it is attested; names are never translated", required=True),
        Field(
            "kind",
            OneOf(("official", "short", "former", "abbreviation")),
            "what sort of name it is; `official` when not given",
        ),
        Field("romanised", Line("a romanisation"), "the name in Latin letters, such as pinyin"),
        Field("sort_key", Line("a sort key"), "what it is sorted by, where its letters mislead"),
        Field("start", Date(), "since when it has been the name"),
        Field("end", Date(), "until when it was the name"),
        Field("ours", Flag(), "`true` when the atlas made this form because none is attested"),
        Field("sources", ListOf(SOURCE), "the works that attest it"),
    ),
)
FACT: Final = ObjectType(
    "fact",
    (
        Field(
            "id",
            WithSpan(ID),
            "its name in this record, for ever: addresses and translations hang on it",
            required=True,
        ),
        Field("dimension", DeclaredId("dimension"), "the question that it answers", required=True),
        Field("text", Markdown(), "one statement", required=True),
        Field(
            "sources", ListOf(SOURCE, least=1), "the works it rests on, each with its locator if known", required=True
        ),
        Field(
            "differs", _FACT_IDS, "facts of this record that say otherwise, from other sources; one of the two names it"
        ),
    ),
)
ANSWER: Final = ObjectType(
    "answer",
    (
        Field("answer", DeclaredId("answer"), "which sort of answer it is", required=True),
        Field("facts", ListOf(WithSpan(ID), least=1), "the facts of this record that give it", required=True),
    ),
)
RELATION: Final = ObjectType(
    "relation",
    (
        Field("id", WithSpan(ID), "its name in this record, for ever", required=True),
        Field("type", DeclaredId("relation-type"), "what sort of relation it is", required=True),
        Field("to", WithSpan(ID), "the other record", required=True),
        Field("start", Date(), "since when"),
        Field("end", Date(), "until when"),
        Field("note", Markdown(), "what a source says of it"),
        Field("sources", ListOf(SOURCE), "the works that state it"),
    ),
)
CHANGE: Final = ObjectType(
    "change",
    (
        Field("date", Date(day=True), "the day of the change", required=True),
        Field("text", Markdown(), "what changed, and why", required=True),
    ),
)
QUOTATION: Final = ObjectType(
    "quotation",
    (
        Field(
            "text", Line("the author's own words"), "the words as printed, with [sic] where they are odd", required=True
        ),
        Field("lang", TAG, "the language of the words", required=True),
        Field("work", WithSpan(KEY), "the key of the work", required=True),
        Field("locator", Line("a locator such as § 4"), "where in the work", required=True),
    ),
)
REVIEWED: Final = ObjectType(
    "review",
    (
        Field("by", Line("a name"), "the name of the editor", required=True),
        Field("date", Date(day=True), "the day of the review", required=True),
    ),
)
_TEXT_NAME: Final = Line("the name of a text, such as summary or facts/ID")
_DIGEST: Final = Line("a digest of eight hexadecimal digits", "[0-9a-f]{8}", Rule.BAD_DIGEST)

_COMMON: Final = (
    Field("lang", DeclaredId("language"), "the language in which the record is written", required=True),
    Field("date", Date(day=True), "the day of first publication", required=True),
    Field("updated", Date(day=True), "the day of the last change; it needs a line in `changes`"),
    Field("changes", ListOf(CHANGE), "what changed since the first publication"),
    Field("draft", Flag(), "`true` while it is not to be published: only `serve` and `--drafts` show it"),
    Field("nocite", ListOf(WithSpan(KEY)), "works to list among the references that nothing on the page cites"),
    Field("aliases", ListOf(WithSpan(ALIAS)), "old addresses of its page, which lead to it in every language"),
    Field("authors", ListOf(AuthorName()), "who signs it; without it the atlas itself does"),
)
_NAMES: Final = Field(
    "names", ListOf(NAME, least=1), "its names; the first that fits the reader's language is shown", True
)
_TITLE: Final = Field("title", Markdown(), "its title", required=True)
_SUMMARY: Final = Field("summary", Markdown(), "a sentence or two that say plainly what it is", required=True)
_SIDES: Final = Field(
    "sides", ListOf(DeclaredId("side"), least=1), "the sides it belongs to; a joint body has several", True
)
_DATES: Final = (
    Field("start", Date(), "when it began"),
    Field("end", Date(), "when it ended"),
    Field("places", ListOf(DeclaredId("place")), "where it is or happened; the first is the seat"),
)
_SUBJECTS: Final = Field("fields", MapOf(DeclaredId("field"), _FACT_IDS), "its fields, each with the facts it rests on")
_STATEMENTS: Final = (
    Field("facts", ListOf(FACT), "statements, each with its dimension and sources"),
    Field("relations", ListOf(RELATION), "its relations to other records; inverses are made"),
)
_WEBSITE: Final = Field("website", URL, "its own address")
_ORCID: Final = Field("orcid", IDENTIFIERS["orcid"], "who it is in ORCID: shown as a link, and in the JSON-LD")
_ROR: Final = Field("ror", IDENTIFIERS["ror"], "which body it is in the Research Organization Registry")
_WIKIDATA: Final = Field("wikidata", IDENTIFIERS["wikidata"], "what it is in Wikidata")
_ARCHIVED: Final = Field(
    "archived", URL, "where a copy of its website is kept: shown beside it, and offered by `check --external`"
)


def _kind(family: str) -> Field:
    return Field("kind", DeclaredId(f"kind:{family}"), f"what kind of {family} it is", required=True)


Form = Literal["yaml", "md"]


class Family(Struct, frozen=True):
    """A family of records: its id, its folder in content/ and in addresses, the form of its files, and its keys."""

    id: str
    folder: str
    form: Form
    table: ObjectType


def _family(name: str, folder: str, form: Form, *keys: Field) -> Family:
    return Family(name, folder, form, ObjectType(name, (*_COMMON, *keys)))


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
        _ROR,
        _WIKIDATA,
        _SUMMARY,
        *_STATEMENTS,
        _SUBJECTS,
        Field(
            "unanswered",
            MapOf(DeclaredId("dimension"), WithSpan(OneOf(("not-researched", "not-found")))),
            "dimensions without a fact, and why: `not-researched`, or `not-found` where a search found nothing",
        ),
        Field(
            "answers",
            MapOf(DeclaredId("question"), ANSWER),
            "its answers to the questions of the scale; the others are not known",
        ),
    ),
    _family("instrument", "instruments", "yaml", _NAMES, _SIDES, _kind("instrument"), *_DATES, _WEBSITE, _ARCHIVED,
            _ROR, _WIKIDATA, _SUMMARY, *_STATEMENTS, _SUBJECTS),
    _family("person", "persons", "yaml", _NAMES, _SIDES, *_DATES, _ORCID, _WIKIDATA, _SUMMARY, *_STATEMENTS),
    _family(
        "case",
        "cases",
        "md",
        _TITLE,
        _SIDES,
        _kind("case"),
        *_DATES,
        _WIKIDATA,
        Field("actors", _RECORD_IDS, "the actors, instruments and persons that took part"),
        _SUMMARY,
        _SUBJECTS,
        Field("contributions", MapOf(DeclaredId("contribution"), _FACT_IDS), "what it contributed to, by which facts"),
    ),
    _family(
        "concept",
        "concepts",
        "md",
        _NAMES,
        Field("sides", ListOf(DeclaredId("side")), "the sides where the term is at home"),
        _WIKIDATA,
        _SUMMARY,
    ),
    _family(
        "claim",
        "claims",
        "md",
        _TITLE,
        Field("quotation", QUOTATION, "the author's own words", required=True),
        _SUMMARY,
        Field("supports", _RECORD_IDS, "records whose facts support it"),
        Field("complicates", _RECORD_IDS, "records whose facts complicate it"),
    ),
    _family(
        "comparison",
        "comparisons",
        "md",
        _TITLE,
        Field("records", ListOf(WithSpan(ID), least=2), "the records compared", required=True),
        _SUMMARY,
    ),
    _family(
        "page",
        "pages",
        "md",
        _TITLE,
        Field("path", PATH, "its address in the atlas; without it, its id"),
        Field("summary", Markdown(), "a sentence or two that say plainly what it is"),
    ),
)  # fmt: skip

BY_FOLDER: Final = {family.folder: family for family in FAMILIES}
BY_FAMILY: Final = {family.id: family for family in FAMILIES}


def translation_table(family: Family) -> ObjectType:
    """The keys of the file that translates a record of this family: texts only, by id."""
    texts = MapOf(ID, Markdown())
    keys = [
        Field(
            "of",
            MapOf(_TEXT_NAME, WithSpan(_DIGEST)),
            "the digest of each text that it translates; `translations --accept`",
        ),
        Field("reviewed", REVIEWED, "who has reviewed it as a native editor"),
        Field("summary", Markdown(), "the summary"),
        Field("changes", MapOf(Date(day=True), Markdown()), "the changes, by date"),
    ]
    if family.form == "yaml":
        keys += [Field("facts", texts, "the facts, by id"), Field("relations", texts, "the notes of relations, by id")]
    elif any(key.name == "title" for key in family.table.keys):
        keys += [Field("title", Markdown(), "the title", required=True)]
    return ObjectType(f"translation of a {family.id}", tuple(keys))
