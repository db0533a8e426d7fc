"""The keys of records that several families share, each with its type and meaning."""

from __future__ import annotations

from typing import Final

from atlas.schema.field_types import (
    ALIAS,
    ID,
    KEY,
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
from atlas.schema.own_fields import OwnFields
from atlas.schema.signatures import AuthorName

FACT_IDS: Final = ListOf(WithSpan(ID))

_PLACE: Final = (
    Field("work", WithSpan(KEY), "the key of the work in bibliography.bib", required=True),
    Field("locator", Line("a locator such as pp. 3–5"), "where in the work: `p. 3`, `§ 4`, `ch. 2`, `页 12`"),
)
_QUOTE: Final = Line("the words of a work")
_QUOTE_MEANING: Final = (
    "the words of the work that carry the statement, as printed and as they were seen: at most 40, `[…]` for words left"
    " out, `[a name]` for what is added"
)
_QUOTE_LANGUAGE: Final = Field("lang", TAG, "the language of `quote`; when not given, that of the work")
SOURCE: Final = ObjectType("source", _PLACE, short="work")
QUOTED_SOURCE: Final = ObjectType(
    "source of a fact", (*_PLACE, Field("quote", _QUOTE, _QUOTE_MEANING), _QUOTE_LANGUAGE), short="work"
)
EVIDENCE: Final = ObjectType(
    "quote",
    (
        Field("fact", WithSpan(ID), "the id of the paragraph that cites the work", required=True),
        *_PLACE,
        Field("quote", _QUOTE, _QUOTE_MEANING, required=True),
        _QUOTE_LANGUAGE,
    ),
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
            "sources",
            ListOf(QUOTED_SOURCE, least=1),
            "the works it rests on, each with its locator if known, and with its own words where they were seen",
            required=True,
        ),
        Field(
            "answers",
            ListOf(DeclaredId("question:profile")),
            "the questions of the profile (`site.yaml`) that it answers",
        ),
        Field(
            "differs", FACT_IDS, "facts of this record that say otherwise, from other sources; one of the two names it"
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

COMMON: Final = (
    Field("lang", DeclaredId("language"), "the language in which the record is written", required=True),
    Field("date", Date(day=True), "the day of first publication", required=True),
    Field("updated", Date(day=True), "the day of the last change; it needs a line in `changes`"),
    Field("changes", ListOf(CHANGE), "what changed since the first publication"),
    Field("draft", Flag(), "`true` while it is not to be published: only `serve` and `--drafts` show it"),
    Field("nocite", ListOf(WithSpan(KEY)), "works to list among the references that nothing on the page cites"),
    Field("aliases", ListOf(WithSpan(ALIAS)), "old addresses of its page, which lead to it in every language"),
    Field("authors", ListOf(AuthorName()), "who signs it; without it the atlas itself does"),
)
EXTRA: Final = Field("extra", OwnFields(), "own fields, as `extra` of `site.yaml` declares them")
NAMES: Final = Field(
    "names", ListOf(NAME, least=1), "its names; the first that fits the reader's language is shown", True
)
TITLE: Final = Field("title", Markdown(), "its title", required=True)
SUMMARY: Final = Field("summary", Markdown(), "a sentence or two that say plainly what it is", required=True)
LEAD: Final = Field(
    "lead",
    Markdown(),
    "two or three sentences above its facts: who, when, what changed and why it matters, with citations",
)
SIDES: Final = Field(
    "sides", ListOf(DeclaredId("side"), least=1), "the sides it belongs to; a joint body has several", True
)
DATES: Final = (
    Field("start", Date(), "when it began"),
    Field("end", Date(), "when it ended"),
    Field("places", ListOf(DeclaredId("place")), "where it is or happened; the first is the seat"),
)
SUBJECTS: Final = Field("fields", MapOf(DeclaredId("field"), FACT_IDS), "its fields, each with the facts it rests on")
QUOTES: Final = Field("evidence", ListOf(EVIDENCE), "the own words of works that its paragraphs cite")
STATEMENTS: Final = (
    Field("facts", ListOf(FACT), "statements, each with its dimension and sources"),
    Field("relations", ListOf(RELATION), "its relations to other records; inverses are made"),
)
WEBSITE: Final = Field("website", URL, "its own address", column=True, word="website")
ORCID: Final = Field("orcid", IDENTIFIERS["orcid"], "who it is in ORCID: shown as a link, and in the JSON-LD")
ROR: Final = Field("ror", IDENTIFIERS["ror"], "which body it is in the Research Organization Registry")
WIKIDATA: Final = Field("wikidata", IDENTIFIERS["wikidata"], "what it is in Wikidata")
ARCHIVED: Final = Field(
    "archived",
    URL,
    "an archived copy of its website: shown beside the link, and suggested by `check --external`",
    column=True,
    word="archived-copy",
)
