"""The schema of content/site.yaml, content/places.yaml and file descriptions."""

from __future__ import annotations

from typing import Final

from atlas.bibliography.parsing.biblatex import CONSULTED
from atlas.core.rules import Rule
from atlas.markdown.passages import KEBAB
from atlas.schema.families import KINDED
from atlas.schema.field_types import (
    ALIAS,
    ID,
    TAG,
    URL,
    Coordinates,
    Date,
    DeclaredId,
    FieldType,
    Flag,
    Line,
    OneOf,
    WithSpan,
)
from atlas.schema.identifiers import IDENTIFIERS
from atlas.schema.looks_schema import LOOKS, MENU_LINK
from atlas.schema.object_types import LABEL, Field, ListOf, MapOf, ObjectType
from atlas.schema.own_fields import SHOWN, TYPES
from atlas.schema.signatures import AuthorName

CONTRAST: Final = WithSpan(
    Line("a statement, RECORD#STATEMENT", rf"(?:{KEBAB.pattern})#(?:{KEBAB.pattern})", Rule.BAD_ID)
)
EDIT_URL: Final = Line("an address with {path} in it", r"https?://[^\s<>\"{}]+\{path\}[^\s<>\"{}]*", Rule.BAD_ADDRESS)
REPORT_URL: Final = Line(
    "an address with https:// or mailto:, and perhaps {title} and {url} in it",
    r"(?:https?://|mailto:)(?:[^\s<>\"{}]|\{title\}|\{url\})+",
    Rule.BAD_ADDRESS,
)
CONTACT: Final = Line("an e-mail address", r"[^\s<>\"{}@?&]+@[^\s<>\"{}@?&]+\.[^\s<>\"{}@?&]+", Rule.BAD_ADDRESS)

VIEWS: Final = {
    "cite": "how to cite each page",
    "files": "the works of each page as files",
    "print": "pages to print",
    "parallel": "the languages of each record side by side",
    "compare": "the sides compared",
    "explore": "all records in one table",
    "search": "a search in all pages",
    "network": "the network of the records, and the neighbourhood of each",
    "map": "the map, and the places of each record",
    "timeline": "the lives of actors and cases, decade by decade",
    "data": "the data as files",
    "json": "each record as JSON",
    "feeds": "feeds of what is new",
    "changes": "releases and corrections",
    "share": "the image of a page where it is shared",
}
"""The optional views that an atlas may show in addition to its records."""

_LABELLED: Final = (Field("label", LABEL, "its name in every language", required=True),)


def _declared(name: str, *keys: Field) -> FieldType:
    return MapOf(WithSpan(ID), ObjectType(name, (*_LABELLED, *keys)))


_KIND: Final = ObjectType(
    "kind",
    (
        *_LABELLED,
        Field("not_applicable", ListOf(DeclaredId("dimension")), "dimensions that this kind need not answer"),
    ),
)

SCALE: Final = ObjectType(
    "scale",
    (
        *_LABELLED,
        Field("questions", _declared("question"), "the questions", required=True),
        Field(
            "answers",
            _declared("answer", Field("counted", Flag(), "`true` when answers of this sort are those counted")),
            "the sorts of answer",
            required=True,
        ),
    ),
)

RELEASE: Final = ObjectType(
    "release",
    (
        Field("date", Date(day=True), "the day", required=True),
        Field("version", Line("a version"), "its name, such as `1.0`", required=True),
        Field("text", LABEL, "what is new in it, and why", required=True),
        Field(
            "digest",
            Line("a digest: 64 digits 0 to f", r"[0-9a-f]{64}"),
            "the SHA-256 digest of `content/releases/VERSION.txt`, which `release` writes",
        ),
    ),
)

EVENT: Final = ObjectType(
    "event",
    (
        Field("date", Date(), "its date; an interval such as `2003/2005` is drawn as a band", required=True),
        Field("label", LABEL, "what happened, in a few words", required=True),
        Field("page", WithSpan(Line("a path of the atlas")), "the page about it, with its sources"),
    ),
)

SIGNER: Final = ObjectType(
    "signer",
    (
        Field("name", WithSpan(AuthorName()), "the name as `authors` of records or `author` give it", required=True),
        *(Field(key, shape, f"what it is in {shape.name}") for key, shape in IDENTIFIERS.items()),
    ),
)

NAVIGATION: Final = ObjectType(
    "menu entry",
    (
        Field("page", WithSpan(Line("a path of the atlas")), "the path of a page; it may be written alone"),
        Field("label", LABEL, "the name of a group, shown in place of its pages; or the words of a link"),
        Field(
            "pages", ListOf(MENU_LINK), "the pages of the group, and links to other sites; its name leads to the first"
        ),
        Field("url", WithSpan(URL), "the address of another site, with its `label`"),
    ),
    short="page",
)

SITE: Final = ObjectType(
    "site",
    (
        Field("title", LABEL, "the title of the atlas", required=True),
        Field("description", LABEL, "what the atlas is, in a sentence or two", required=True),
        Field("author", LABEL, "the corporate author of unsigned pages", required=True),
        Field(
            "base_url", URL, "where it is published; for canonical links, the sitemap and 404.html only", required=True
        ),
        Field("as_of", Date(day=True), "the date used as today; SOURCE_DATE_EPOCH may replace it", required=True),
        Field(
            "languages",
            MapOf(
                WithSpan(ID),
                ObjectType(
                    "language",
                    (
                        Field("tag", TAG, "its tag (BCP 47)", required=True),
                        Field("name", Line("a name"), "its name in itself", required=True),
                        Field("path", WithSpan(ID), "its folder in addresses, when not its id; the first has none"),
                    ),
                ),
            ),
            "the languages; the first is the default, at the root",
            required=True,
        ),
        Field(
            "sides",
            _declared("side", Field("compared", Flag(), "`false` for a side that is not compared")),
            "the sides that are compared",
            required=True,
        ),
        Field(
            "dimensions",
            _declared(
                "dimension",
                Field("question", LABEL, "the question in full", required=True),
                Field("contrast", CONTRAST, "the statement that says how the sides differ, as `RECORD#STATEMENT`"),
            ),
            "the questions that every actor answers",
        ),
        Field("fields", _declared("field"), "the fields of activity"),
        Field("contributions", _declared("contribution"), "what a case may contribute to"),
        Field(
            "kinds",
            MapOf(OneOf(tuple(family.id for family in KINDED)), MapOf(WithSpan(ID), _KIND)),
            f"the kinds of {', '.join(family.folder for family in KINDED[:-1])} and {KINDED[-1].folder}",
        ),
        Field(
            "relation_types",
            _declared(
                "relation type",
                Field("inverse", LABEL, "its name seen from the other end; a symmetric type has none"),
                Field("symmetric", Flag(), "`true` when it reads the same from both ends"),
                Field("tie", Flag(), "`false` if it is not a tie and does not count in the network"),
                Field("pairs", Flag(), "`true` when its two ends are compared on a page of their own"),
                Field("arc", Flag(), "`true` when the map draws it as an arc from place to place"),
                Field("list", LABEL, "the title of the list of its relations, for a type marked `arc`"),
                Field("membership", Flag(), "`true` when it joins a member to a network that the map shows"),
            ),
            "the sorts of relation between records",
        ),
        Field(
            "profile",
            _declared("question of the profile"),
            "the questions of the table that opens a pair; facts answer them under `answers`",
        ),
        Field("scale", SCALE, "questions by which actors are put in an order; none when not given"),
        Field(
            "licence",
            ObjectType(
                "licence",
                (Field("label", LABEL, "its name", required=True), Field("url", URL, "its text", required=True)),
            ),
            "the licence of the texts",
        ),
        Field(
            "styles",
            MapOf(DeclaredId("language"), WithSpan(Line("a citation style"))),
            "how pages in a language cite: `chicago-author-date`, `apa`, `iso-690`, `gb-t-7714-2015-author-date` …,"
            " or a style of the atlas, `content/styles/NAME.yaml`",
        ),
        Field(
            "views",
            ListOf(OneOf(tuple(VIEWS))),
            "; ".join(("what the atlas shows besides", *(f"`{id}`: {what}" for id, what in VIEWS.items())))
            + "; all when not given",
        ),
        Field(
            "consulted",
            OneOf(CONSULTED),
            "how works were consulted whose entries have no field `consulted`; when not given, their pages do not say",
        ),
        Field(
            "voices", _declared("voice"), "whose voice a work may be, as the private field `x-voice` of its entry says"
        ),
        Field(
            "signers",
            ListOf(SIGNER),
            "persons and bodies that sign, and what they are in public registers: shown as links, and in the JSON-LD",
        ),
        Field("edit_url", EDIT_URL, "where the file of a page is edited: `{path}` is replaced by its path"),
        Field(
            "report_url",
            REPORT_URL,
            "where a mistake is reported: `{title}` and `{url}` are replaced by those of the page",
        ),
        Field(
            "contact", CONTACT, "the e-mail address of the editors, on every page; without `report_url` errors go there"
        ),
        Field(
            "aliases",
            MapOf(WithSpan(ALIAS), WithSpan(Line("a path of the atlas"))),
            "old addresses of pages that are not records, each with the path of the page that replaces it",
        ),
        Field(
            "releases",
            ListOf(RELEASE),
            "named versions of the atlas; `/changes/` and the feeds list them",
        ),
        Field(
            "timeline",
            ObjectType("timeline", (Field("events", ListOf(EVENT), "dated events, drawn as guide lines"),)),
            "what the timeline shows besides the records",
        ),
        Field(
            "navigation",
            ListOf(NAVIGATION),
            "the menu of every page: paths, links to other sites `{label: …, url: …}`, groups `{label: …, pages: […]}`;"
            " what is beside groups is at the foot",
            required=True,
        ),
        Field(
            "extra",
            _declared(
                "own field",
                Field("type", OneOf(tuple(TYPES)), "what its values are; a text when not given"),
                Field(
                    "show",
                    ListOf(OneOf(tuple(SHOWN))),
                    "; ".join(("where it is shown", *(f"`{id}`: {what}" for id, what in SHOWN.items())))
                    + "; everywhere when not given",
                ),
            ),
            "own fields of records, such as the archive that holds a document",
        ),
        Field(
            "service_worker",
            Flag(),
            "`true` when browsers keep visited pages for reading without a network; `false` removes what an earlier"
            " build made them keep",
        ),
        Field(
            "share_images",
            WithSpan(Flag()),
            "`true` when a link to a record is shown with an image that has its title; needs Pillow and fonts",
        ),
        Field(
            "image_variants",
            WithSpan(Flag()),
            "`true` when pages show copies of JPEG, PNG and WebP files that fit the width of the screen; needs Pillow",
        ),
        Field("looks", LOOKS, "colours, fonts, logo, foot and stylesheet of the pages"),
    ),
)

PLACES: Final = MapOf(
    WithSpan(ID),
    ObjectType(
        "place", (*_LABELLED, Field("coordinates", Coordinates(), "latitude and longitude, WGS 84", required=True))
    ),
)

_TEXTS: Final = MapOf(DeclaredId("language"), Line("words"))
_FILE: Final = WithSpan(Line("the name of a file in content/files/", r"[\w .-]+(?:/[\w .-]+)*", Rule.UNKNOWN_FILE))
FILE: Final = ObjectType(
    "file",
    (
        Field(
            "alt", _TEXTS, "what the picture shows, for those who do not see it; what the download holds", required=True
        ),
        Field("credit", Line("a credit"), "who made it", required=True),
        Field("licence", Line("a licence"), "under what licence it is published (an SPDX id, or words)", required=True),
        Field("caption", _TEXTS, "its caption"),
        Field("source", URL, "where it comes from"),
        Field("transcript", _FILE, "of sound or video, the file in content/files/ with what is said in it"),
        Field("captions", MapOf(DeclaredId("language"), _FILE), "of video, the `.vtt` file of each language"),
    ),
)
