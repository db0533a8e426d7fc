"""The data model of an atlas: frozen values that have been read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from msgspec import Struct, field

from atlas.bibliography.citing.syntax import Locator
from atlas.bibliography.parsing.person_names import PersonName as Signer
from atlas.core.problems import NOWHERE, Span
from atlas.i18n.edtf import EdtfDate
from atlas.i18n.locales import Language
from atlas.markdown.prose import Prose
from atlas.schema.field_types import Located

Label = Mapping[str, str]
"""Words by language id."""


class Version(NamedTuple):
    """A text as it stands in one language."""

    language: str
    prose: Prose


class Text(Struct, frozen=True):
    """One text in the languages that it has. original: the language in which it was written first."""

    original: str
    versions: Mapping[str, Prose]

    def version(self, language: str) -> Version:
        """The text in a language, or else in the language in which it was written first.

        Every fallback of the atlas is decided here.
        """
        prose = self.versions.get(language)
        return Version(language, prose) if prose else Version(self.original, self.versions[self.original])


class Reference(Struct, frozen=True):
    """A work that a statement rests on: its key, where in the work, and what stands after that (`, note 2`)."""

    work: str
    locator: Locator | None
    span: Span
    suffix: str = ""


class Name(Struct, frozen=True):
    """A name as it is attested. language: a language tag; ours: the atlas made this form."""

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
    """The id of a record or fact, or a path of the atlas, written somewhere."""

    target: str
    span: Span


class Fact(Struct, frozen=True):
    """One statement with its dimension and sources.

    in_body: it stands in the text of its record; differs: facts of the record that say otherwise, as written here.
    """

    id: str
    dimension: str
    text: Text
    sources: tuple[Reference, ...]
    span: Span
    in_body: bool = False
    differs: tuple[Link, ...] = ()


class Answer(Struct, frozen=True):
    """An answer to a question of the scale: its sort, and the facts that give it."""

    sort: str
    facts: tuple[Link, ...]


class Relation(Struct, frozen=True):
    """A relation as it is written in the record that it starts from."""

    id: str
    type: str
    target: str
    span: Span
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    note: Text | None = None
    sources: tuple[Reference, ...] = ()


class Change(Struct, frozen=True):
    """What changed on a day."""

    date: EdtfDate
    text: Text


class Quotation(Struct, frozen=True):
    """An author's own words."""

    text: str
    language: str
    source: Reference


class Signature(Struct, frozen=True):
    """Who has reviewed a translation as a native editor, and when."""

    name: str
    date: EdtfDate


class Translation(Struct, frozen=True):
    """One file that translates a record: the digests of the texts it translates, by text, and who has reviewed it."""

    path: str
    digests: Mapping[str, Located]
    reviewed: Signature | None


class Record(Struct, frozen=True):
    """One file of content with its translations. family: one of `atlas.schema.families.FAMILIES`."""

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
    body: Text | None = None
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    places: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    contributions: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    unanswered: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    quotation: Quotation | None = None
    address: str = ""
    updated: EdtfDate | None = None
    dated: Span = NOWHERE
    changes: tuple[Change, ...] = ()
    authors: tuple[Signer, ...] = ()
    nocite: tuple[Link, ...] = ()
    draft: bool = False
    aliases: tuple[Link, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """The file as a whole."""
        return Span(self.path, 1, 1)

    @property
    def website(self) -> str:
        """Its own address, or ""."""
        return self.details.get("website", "")

    @property
    def archived(self) -> str:
        """Where a copy of its website is kept, or ""."""
        return self.details.get("archived", "")

    @property
    def last_updated(self) -> EdtfDate:
        """The day of its last change, or of its first publication."""
        return self.updated or self.date

    def shown_in(self, language: str) -> str:
        """The language in which readers of a language get its words: that of its body, else summary, else title."""
        main = self.body or self.summary or self.title
        return main.version(language).language if main else language

    def texts(self) -> Mapping[str, Text]:
        """Every text that translators translate, by its name in the record: summary, facts/ID, relations/ID, body…"""
        own = {"title": self.title, "summary": self.summary, "body": self.body}
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
    """A question that actors answer."""

    id: str
    label: Label
    question: Label


class Kind(Struct, frozen=True):
    """A kind of actor, instrument or case, and the dimensions that it is not asked."""

    id: str
    label: Label
    not_applicable: frozenset[str] = frozenset()


class RelationType(Struct, frozen=True):
    """A sort of relation, as it reads from either end. tie: it counts in the network; pairs: its ends are compared.

    arc: the map draws it as an arc; membership: it joins a member to a network, which the map shows.
    """

    id: str
    label: Label
    inverse: Label
    symmetric: bool
    tie: bool
    pairs: bool = False
    arc: bool = False
    membership: bool = False


class Scale(Struct, frozen=True):
    """Questions by which actors are put in an order. answers: the sorts of answer; counted: those that count."""

    label: Label
    questions: Mapping[str, Label]
    answers: Mapping[str, Label]
    counted: frozenset[str]


class Licence(Struct, frozen=True):
    """The licence of the texts: what it is called, and where it can be read."""

    label: Label
    url: str


class Release(Struct, frozen=True):
    """A state of the whole atlas that has a name, and what is new in it."""

    date: EdtfDate
    version: str
    text: Label


class Place(Struct, frozen=True):
    """A place: its names, and its latitude and longitude in degrees (WGS 84)."""

    id: str
    label: Label
    coordinates: tuple[float, float]


class File(Struct, frozen=True):
    """A picture or download: its path in content/files, size in bytes, and what must be said of it."""

    path: str
    size: int
    data: bytes
    alt: Label
    credit: str
    licence: str
    caption: Label
    source: str


class RegisteredSigner(Struct, frozen=True):
    """A person or body that signs, and its identifiers by the key of their register."""

    name: Signer
    identifiers: Mapping[str, str]
    span: Span


class Site(Struct, frozen=True):
    """What content/site.yaml declares. consulted: how works were, where their entries do not say; or ""."""

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
    navigation: tuple[Link, ...]
    styles: Mapping[str, Link] = field(default_factory=dict)
    licence: Licence | None = None
    views: frozenset[str] = frozenset()
    scale: Scale | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    consulted: str = ""
    voices: Mapping[str, Label] = field(default_factory=dict)
    aliases: Mapping[str, Link] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    edit_url: str = ""
    report_url: str = ""
    signers: tuple[RegisteredSigner, ...] = ()

    def identifiers_of(self, name: str) -> Mapping[str, str]:
        """What a signer of this name is in public registers."""
        return next((signer.identifiers for signer in self.signers if signer.name.text == name), {})

    @property
    def default_language(self) -> Language:
        """The language at the root."""
        return next(iter(self.languages.values()))
