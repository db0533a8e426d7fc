"""The families of records: everything that the engine knows of each. No other module names one.

By convention a family ID has the template `ID.html`, a model for authors in `schema/ID.json`, and the interface words
`ID` (one record), and if it has an index also `FOLDER` (the title of its lists), `ID-count` (how many), and where its
records list others `related-FOLDER`. A picture `static/og/FOLDER.png` represents its pages where they are shared.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from atlas.core.problems import Span
from atlas.core.rules import Rule
from atlas.schema.dataset_schema import DATASET
from atlas.schema.field_types import ID, PATH, Date, DeclaredId, Line, Markdown, OneOf, WithSpan
from atlas.schema.object_types import Field, ListOf, MapOf, ObjectType, RecordIds
from atlas.schema.record_schema import (
    ANSWER,
    ARCHIVED,
    COMMON,
    DATES,
    EXTRA,
    FACT_IDS,
    LEAD,
    NAMES,
    ORCID,
    QUOTATION,
    QUOTES,
    REVIEWED,
    ROR,
    SIDES,
    STATEMENTS,
    SUBJECTS,
    SUMMARY,
    TITLE,
    WEBSITE,
    WIKIDATA,
)

SchemaOrgType = Literal["", "Organization", "Person", "DefinedTerm", "ScholarlyArticle", "Dataset"]
Dimensions = Literal["compared", "stated", "none"]
_RECORD_ID: Final = WithSpan(ID)


class Family(Struct, frozen=True, kw_only=True):
    """A family of records, with all its properties.

    Attributes:
        id: its id, also the name of its template and interface word.
        folder: its folder in `content/` and in addresses.
        form: the format of its files.
        keys: the keys of its records in addition to the common ones.
        dimensions: "compared" if its records should answer the dimensions of the site: one without an answer is a
            gap, and the atlas compares these records, counts them by side, and draws even those without a relation.
            "stated" if its records may have facts under the dimensions, "none" if not.
        schema_org: the schema.org type of its records. A page is itself a "ScholarlyArticle"; otherwise it is about a
            thing of this type. "" for a plain page.
        has_index: whether its records are entries of the atlas, with lists, numbers, data and files of their own.
            Records of other families are pages about the atlas.
        has_life: whether the timeline shows their start and end.
        argues: whether its texts argue, so that each paragraph needs a source.
        has_feed: whether a feed announces new records.
        has_table: whether the data have a table for them.
    """

    id: str
    folder: str
    form: Literal["yaml", "md"]
    keys: tuple[Field, ...]
    dimensions: Dimensions = "none"
    schema_org: SchemaOrgType = ""
    has_index: bool = True
    has_life: bool = False
    argues: bool = False
    has_feed: bool = False
    has_table: bool = False

    @property
    def table(self) -> ObjectType:
        """The keys that its files may have."""
        return ObjectType(self.id, (*COMMON, *self.keys, *((EXTRA,) if self.has_index else ())))

    @property
    def is_compared(self) -> bool:
        """Whether its records should answer the dimensions, and are compared."""
        return self.dimensions == "compared"

    @property
    def is_person(self) -> bool:
        """Whether its names are those of persons, which are sorted by family name."""
        return self.schema_org == "Person"

    @property
    def lists(self) -> tuple[Field, ...]:
        """The keys under which its records list other records."""
        return tuple(key for key in self.keys if isinstance(key.shape, RecordIds))

    @property
    def details(self) -> tuple[Field, ...]:
        """The keys whose values are texts or addresses, shown with an interface word of their own."""
        return tuple(key for key in self.keys if key.word)

    @property
    def plural_word(self) -> str:
        """The interface word for its records in the plural; pages have no list and so only one word."""
        return self.folder if self.has_index else self.id

    @property
    def related_word(self) -> str:
        """The interface word above its records on the page of a record that they list."""
        return f"related-{self.folder}"

    def has(self, key: str) -> bool:
        """Return whether its records may have a key."""
        return any(each.name == key for each in self.table.keys)

    def path(self, id: str) -> str:
        """Return the path of a record that gives no address of its own."""
        return f"/{self.folder}/{id}/" if self.has_index else f"/{id}/"

    def words(self) -> tuple[str, ...]:
        """Return the interface words that it needs."""
        lists = (self.folder, f"{self.id}-count") if self.has_index else ()
        related = (self.related_word,) if self.lists else ()
        return (self.id, *lists, *related, *(key.word for key in self.details))


def _kind(family: str) -> Field:
    return Field("kind", DeclaredId(f"kind:{family}"), f"what kind of {family} it is", required=True)


FAMILIES: Final = (
    Family(
        id="actor",
        folder="actors",
        form="yaml",
        dimensions="compared",
        schema_org="Organization",
        has_life=True,
        has_table=True,
        keys=(
            NAMES,
            SIDES,
            _kind("actor"),
            *DATES,
            WEBSITE,
            ARCHIVED,
            ROR,
            WIKIDATA,
            SUMMARY,
            LEAD,
            *STATEMENTS,
            SUBJECTS,
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
    ),
    Family(
        id="instrument",
        folder="instruments",
        form="yaml",
        dimensions="stated",
        keys=(
            NAMES,
            SIDES,
            _kind("instrument"),
            *DATES,
            WEBSITE,
            ARCHIVED,
            ROR,
            WIKIDATA,
            SUMMARY,
            LEAD,
            *STATEMENTS,
            SUBJECTS,
        ),
    ),
    Family(
        id="person",
        folder="persons",
        form="yaml",
        dimensions="stated",
        schema_org="Person",
        keys=(NAMES, SIDES, *DATES, ORCID, WIKIDATA, SUMMARY, LEAD, *STATEMENTS),
    ),
    Family(
        id="case",
        folder="cases",
        form="md",
        dimensions="stated",
        schema_org="ScholarlyArticle",
        has_life=True,
        argues=True,
        has_feed=True,
        has_table=True,
        keys=(
            TITLE,
            SIDES,
            _kind("case"),
            *DATES,
            WIKIDATA,
            Field(
                "actors",
                RecordIds(_RECORD_ID, families=("actor", "instrument", "person")),
                "the actors, instruments and persons that took part",
                column=True,
            ),
            SUMMARY,
            SUBJECTS,
            Field(
                "contributions",
                MapOf(DeclaredId("contribution"), FACT_IDS),
                "what it contributed to, by which facts",
                column=True,
            ),
            QUOTES,
            Field(
                "profile",
                MapOf(DeclaredId("question:profile"), FACT_IDS),
                "what it says about its actors: questions of the profile, by which facts",
            ),
        ),
    ),
    Family(
        id="concept",
        folder="concepts",
        form="md",
        dimensions="stated",
        schema_org="DefinedTerm",
        argues=True,
        keys=(
            NAMES,
            Field("sides", ListOf(DeclaredId("side")), "the sides where the term is at home"),
            WIKIDATA,
            SUMMARY,
            QUOTES,
        ),
    ),
    Family(
        id="claim",
        folder="claims",
        form="md",
        schema_org="ScholarlyArticle",
        argues=True,
        keys=(
            TITLE,
            Field("quotation", QUOTATION, "the author's own words", required=True),
            SUMMARY,
            Field("supports", RecordIds(_RECORD_ID), "records whose facts support it"),
            Field("complicates", RecordIds(_RECORD_ID), "records whose facts complicate it"),
            QUOTES,
        ),
    ),
    Family(
        id="comparison",
        folder="comparisons",
        form="md",
        schema_org="ScholarlyArticle",
        argues=True,
        keys=(
            TITLE,
            Field("records", RecordIds(_RECORD_ID, least=2), "the records compared", required=True),
            SUMMARY,
            QUOTES,
        ),
    ),
    Family(
        id="dataset",
        folder="datasets",
        form="yaml",
        schema_org="Dataset",
        keys=(
            TITLE,
            SUMMARY,
            LEAD,
            Field("table", DATASET, "its columns and rows", required=True),
        ),
    ),
    Family(
        id="page",
        folder="pages",
        form="md",
        has_index=False,
        keys=(
            TITLE,
            Field("path", PATH, "its address in the atlas; without it, its id"),
            Field("summary", Markdown(), "a sentence or two that say plainly what it is"),
        ),
    ),
)

BY_FOLDER: Final = {family.folder: family for family in FAMILIES}
BY_FAMILY: Final = {family.id: family for family in FAMILIES}
INDEXED: Final = tuple(family for family in FAMILIES if family.has_index)
"""The families whose records are entries of the atlas."""
IMPORTED: Final = tuple(family for family in INDEXED if not family.has("table"))
"""The families that a row of a table can become: all with an index, but those whose records hold a table themselves."""
COMPARED: Final = next(family for family in FAMILIES if family.is_compared)
"""The family whose records the atlas compares; there is one."""
KINDED: Final = tuple(family for family in FAMILIES if family.has("kind"))
"""The families whose kinds site.yaml declares."""
FAMILY_WORDS: Final = {word: Span("atlas/schema/families.py") for family in FAMILIES for word in family.words()}
"""The interface words of the families, with the place that needs them."""

_TEXT_NAME: Final = Line("the name of a text, such as summary or facts/ID")
_DIGEST: Final = Line("a digest of eight hexadecimal digits", "[0-9a-f]{8}", Rule.BAD_DIGEST)


def translation_table(family: Family) -> ObjectType:
    """Return the keys of a file that translates a record of this family: only texts, by id."""
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
    if family.has("lead"):
        keys.append(Field("lead", Markdown(), "the lead"))
    if family.has("facts"):
        keys += [Field("facts", texts, "the facts, by id"), Field("relations", texts, "the notes of relations, by id")]
    if family.has("title"):
        keys += [Field("title", Markdown(), "the title", required=True)]
    return ObjectType(f"{family.id} translation", tuple(keys))
