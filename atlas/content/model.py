"""The data model of an atlas: frozen values that have been read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct, field

from atlas.bibliography.citing.syntax import Locator
from atlas.bibliography.parsing.person_names import PersonName as Signer
from atlas.content.book_model import DeclaredBook
from atlas.content.events import Event
from atlas.content.looks_model import Looks, MenuGroup, MenuLink, OwnField
from atlas.core.problems import NOWHERE, Span
from atlas.i18n.edtf import EdtfDate
from atlas.i18n.locales import Language
from atlas.markdown.prose import Prose
from atlas.schema.field_types import Located

Label = Mapping[str, str]
"""A text for each language, by language id."""


class Version(NamedTuple):
    """A text in one language."""

    language: str
    prose: Prose


class Text(Struct, frozen=True):
    """One text in the languages that it exists in.

    Attributes:
        original: the language in which it was first written.
        versions: the text by language.
    """

    original: str
    versions: Mapping[str, Prose]

    def version(self, language: str) -> Version:
        """Return the text in a language, or else in its original language.

        Every language fallback of the atlas is decided here.
        """
        prose = self.versions.get(language)
        return Version(language, prose) if prose else Version(self.original, self.versions[self.original])


class Reference(Struct, frozen=True):
    """A reference to a work that supports a statement.

    Attributes:
        work: the key of the work.
        locator: the place in the work.
        span: its place in the file.
        suffix: the text after the locator (`, note 2`).
        quote: the words of the work that carry the statement, or "".
        language: the language tag of these words, or "" for that of the work.
    """

    work: str
    locator: Locator | None
    span: Span
    suffix: str = ""
    quote: str = ""
    language: str = ""


class Name(Struct, frozen=True):
    """A name of a record, as its sources give it.

    Attributes:
        language: a language tag.
        text: the name.
        kind: what sort of name it is.
        romanised: its form in Latin letters.
        sort_key: the text to sort it by, where the author gives one.
        start: when it came into use.
        end: when it went out of use.
        ours: whether the atlas made this form.
        sources: the works that attest it.
    """

    language: str
    text: str
    kind: Literal["official", "short", "former", "abbreviation"]
    romanised: str = ""
    sort_key: str = ""
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    ours: bool = False
    sources: tuple[Reference, ...] = ()


class Link(Struct, frozen=True):
    """The id of a record or fact, or a path of the atlas, with its place in the file."""

    target: str
    span: Span


class Fact(Struct, frozen=True):
    """One statement, with its dimension and sources.

    Attributes:
        id: its id, unique in the record.
        dimension: the id of the dimension that it answers.
        text: the statement.
        sources: the works that support it.
        span: its place in the file.
        in_body: whether it is a paragraph of the body.
        differs: the facts of the record that disagree with it, as written here.
        answers: the questions of the profile that it answers.
    """

    id: str
    dimension: str
    text: Text
    sources: tuple[Reference, ...]
    span: Span
    in_body: bool = False
    differs: tuple[Link, ...] = ()
    answers: tuple[str, ...] = ()


class Answer(Struct, frozen=True):
    """An answer to a question of the scale: its sort, and the facts that support it."""

    sort: str
    facts: tuple[Link, ...]


class Relation(Struct, frozen=True):
    """A relation, as written in the record that it starts from."""

    id: str
    type: str
    target: str
    span: Span
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    note: Text | None = None
    sources: tuple[Reference, ...] = ()


class Change(Struct, frozen=True):
    """A change of a record on one day."""

    date: EdtfDate
    text: Text


class Quotation(Struct, frozen=True):
    """A quotation in an author's own words."""

    text: str
    language: str
    source: Reference


class DatasetColumn(Struct, frozen=True):
    """A column of a dataset; `type` is a word of `atlas.schema.dataset_schema.COLUMN_TYPES`."""

    id: str
    label: Label
    type: str


class DatasetCell(Struct, frozen=True):
    """A value in a row of a dataset.

    Attributes:
        texts: the value by language; the key "" if it is the same in all.
        sources: the works that give it.
        span: its place in the file.
    """

    texts: Label
    sources: tuple[Reference, ...]
    span: Span

    def text(self, language: str) -> str:
        """Return the value in a language, else in the first language that has it."""
        return self.texts.get(language) or next(iter(self.texts.values()), "")


class DatasetRow(Struct, frozen=True):
    """A row of a dataset: its values by column, several where sources disagree, and the works for the whole row."""

    id: str
    span: Span
    cells: Mapping[str, tuple[DatasetCell, ...]]
    sources: tuple[Reference, ...]

    def references(self) -> tuple[Reference, ...]:
        """Return the works of the row and of its cells."""
        return (*(one for cells in self.cells.values() for cell in cells for one in cell.sources), *self.sources)


class Dataset(Struct, frozen=True, dict=True):
    """The table of a dataset."""

    columns: tuple[DatasetColumn, ...]
    rows: tuple[DatasetRow, ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each row among the rows, by its id."""
        return {row.id: place for place, row in enumerate(self.rows)}

    def cells(self, type: str) -> tuple[DatasetCell, ...]:
        """Return all cells of the columns of a type."""
        ids = [column.id for column in self.columns if column.type == type]
        return tuple(cell for row in self.rows for id in ids for cell in row.cells.get(id, ()))


class Signature(Struct, frozen=True):
    """The signature of a native editor who has reviewed a translation, with its date."""

    name: str
    date: EdtfDate


class Translation(Struct, frozen=True):
    """One file that translates a record.

    Attributes:
        path: its path.
        digests: the digests of the original texts that it translates, by name of the text.
        reviewed: the signature of its reviewer.
    """

    path: str
    digests: Mapping[str, Located]
    reviewed: Signature | None


class Record(Struct, frozen=True):
    """One record: a file of content with its translations.

    Its family is one of `atlas.schema.families.FAMILIES`; the keys of a file are described in docs/reference.md.
    """

    id: str
    family: str
    path: str
    original: str
    date: EdtfDate
    sides: tuple[str, ...] = ()
    kind: str = ""
    names: tuple[Name, ...] = ()
    title: Text | None = None
    summary: Text | None = None
    lead: Text | None = None
    body: Text | None = None
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    places: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    contributions: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    profile: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    unanswered: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    quotation: Quotation | None = None
    dataset: Dataset | None = None
    address: str = ""
    updated: EdtfDate | None = None
    dated: Span = NOWHERE
    changes: tuple[Change, ...] = ()
    authors: tuple[Signer, ...] = ()
    nocite: tuple[Link, ...] = ()
    draft: bool = False
    aliases: tuple[Link, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)
    detail_spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """The file as a whole."""
        return Span(self.path, 1, 1)

    @property
    def website(self) -> str:
        """The address of its own website, or ""."""
        return self.details.get("website", "")

    @property
    def archived(self) -> str:
        """The address of an archived copy of its website, or ""."""
        return self.details.get("archived", "")

    @property
    def last_updated(self) -> EdtfDate:
        """The day of its last change, or of its first publication."""
        return self.updated or self.date

    def shown_in(self, language: str) -> str:
        """Return the language in which readers of a language see it: that of its body, else summary, else title."""
        main = self.body or self.summary or self.title
        return main.version(language).language if main else language

    def texts(self) -> Mapping[str, Text]:
        """Return every text that can be translated, by its name: title, summary, lead, facts/ID, relations/ID, body…"""
        own = {"title": self.title, "summary": self.summary, "lead": self.lead, "body": self.body}
        texts = {name: text for name, text in own.items() if text}
        texts |= {f"facts/{fact.id}": fact.text for fact in self.facts if not fact.in_body}
        texts |= {f"relations/{relation.id}": relation.note for relation in self.relations if relation.note}
        return texts | {f"changes/{change.date}": change.text for change in self.changes}


class Side(Struct, frozen=True):
    """A side, and whether it is compared."""

    id: str
    label: Label
    compared: bool


class Dimension(Struct, frozen=True):
    """A dimension: a question that actors answer.

    Attributes:
        contrast: the statement that says how the sides differ, `RECORD#STATEMENT`.
    """

    id: str
    label: Label
    question: Label
    contrast: Link | None = None


class Kind(Struct, frozen=True):
    """A kind of actor, instrument or case, and the dimensions that do not apply to it."""

    id: str
    label: Label
    not_applicable: frozenset[str] = frozenset()


class RelationType(Struct, frozen=True):
    """A type of relation.

    Attributes:
        id: its id.
        label: its label seen from the record that states it.
        inverse: its label seen from the other end.
        symmetric: whether it reads the same from both ends.
        tie: whether it counts in the network.
        pairs: whether its ends are compared.
        arc: whether the map draws it as an arc.
        membership: whether it connects a member to a network, which the map shows.
        list: the title of the list of its relations; empty for one made from its label.
    """

    id: str
    label: Label
    inverse: Label
    symmetric: bool
    tie: bool
    pairs: bool = False
    arc: bool = False
    membership: bool = False
    list: Label = field(default_factory=dict)


class Scale(Struct, frozen=True):
    """Questions that order the actors by their answers.

    Attributes:
        label: its label.
        questions: the questions by id.
        answers: the sorts of answer by id.
        counted: the sorts of answer that count.
    """

    label: Label
    questions: Mapping[str, Label]
    answers: Mapping[str, Label]
    counted: frozenset[str]


class Licence(Struct, frozen=True):
    """The licence of the texts: its name, and the address of its text."""

    label: Label
    url: str
    span: Span = NOWHERE


class Release(Struct, frozen=True):
    """A named version of the whole atlas, and what is new in it.

    Attributes:
        digest: the digest of the list of its addresses; "" if it has none.
        addresses: the number of its addresses; 0 if it has no list.
        new: the addresses of records that the edition before did not have.
        changed: the addresses of records that have changed since the edition before.
        gone: the addresses of records that only the edition before has.
    """

    date: EdtfDate
    version: str
    text: Label
    digest: str = ""
    span: Span = NOWHERE
    addresses: int = 0
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Place(Struct, frozen=True):
    """A place: its names, and its latitude and longitude in degrees (WGS 84)."""

    id: str
    label: Label
    coordinates: tuple[float, float]


class RegisteredSigner(Struct, frozen=True):
    """A person or body that signs, with its identifiers by the key of their register."""

    name: Signer
    identifiers: Mapping[str, str]
    span: Span


class Site(Struct, frozen=True):
    """The settings of content/site.yaml.

    The keys are described in docs/reference.md. `consulted` is how works were consulted where their entries do not
    say, or "". `share_images` and `image_variants` are the places of these keys where they are true. `navigation` has
    every page of the menu, those of its `menu_groups` too. `offline` is whether the pages are to work from a disk.
    `books` are the books of content/books/ by id.
    """

    title: Label
    description: Label
    author: Label
    base_url: str
    as_of: EdtfDate
    languages: Mapping[str, Language]
    sides: Mapping[str, Side]
    dimensions: Mapping[str, Dimension]
    fields: Mapping[str, Label]
    contributions: Mapping[str, Label]
    kinds: Mapping[str, Mapping[str, Kind]]
    relation_types: Mapping[str, RelationType]
    navigation: tuple[MenuLink, ...]
    menu_groups: tuple[MenuGroup, ...] = ()
    styles: Mapping[str, Link] = field(default_factory=dict)
    licence: Licence | None = None
    views: frozenset[str] = frozenset()
    scale: Scale | None = None
    profile: Mapping[str, Label] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    consulted: str = ""
    voices: Mapping[str, Label] = field(default_factory=dict)
    aliases: Mapping[str, Link] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    events: tuple[Event, ...] = ()
    edit_url: str = ""
    report_url: str = ""
    contact: str = ""
    signers: tuple[RegisteredSigner, ...] = ()
    looks: Looks = Looks()
    extra: Mapping[str, OwnField] = field(default_factory=dict)
    service_worker: bool | None = None
    share_images: Span | None = None
    image_variants: Span | None = None
    offline: bool = False
    books: Mapping[str, DeclaredBook] = field(default_factory=dict)

    def identifiers_of(self, name: str) -> Mapping[str, str]:
        """Return the identifiers of the signer of this name in public registers."""
        return next((signer.identifiers for signer in self.signers if signer.name.text == name), {})

    @property
    def default_language(self) -> Language:
        """The first language, whose pages are at the root."""
        return next(iter(self.languages.values()))
