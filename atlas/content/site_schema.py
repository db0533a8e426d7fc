"""What may stand in content/site.yaml, content/places.yaml and beside a file: every key, its shape and its meaning."""

from __future__ import annotations

from typing import Final

from atlas.bibliography.biblatex import CONSULTED
from atlas.content.shapes import ALIAS, ID, TAG, URL, Coordinates, Date, Flag, Known, Line, OneOf, Placed, Shape
from atlas.content.tables import Key, ListOf, MapOf, Table

LABEL: Final = MapOf(Known("language"), Line("a label"), whole=True)
"""Words in every language of the site."""

EDIT_URL: Final = Line("an address with {path} in it", r"https?://[^\s<>\"{}]+\{path\}[^\s<>\"{}]*", "bad-address")
REPORT_URL: Final = Line(
    "an address with https:// or mailto:, and perhaps {title} and {url} in it",
    r"(?:https?://|mailto:)(?:[^\s<>\"{}]|\{title\}|\{url\})+",
    "bad-address",
)

VIEWS: Final = {
    "cite": "how to cite each page",
    "files": "the works of each page as files",
    "print": "pages to print",
    "compare": "the sides compared",
    "explore": "all records in one table",
    "search": "a search in all pages",
    "network": "the network of the records, and the neighbourhood of each",
    "map": "the map, and the places of each record",
    "timeline": "the lives of actors and cases, decade by decade",
    "data": "the data as files",
    "twins": "each record as JSON",
    "feeds": "feeds of what is new",
    "changes": "releases and corrections",
    "share": "what stands for a page where it is shared",
}
"""What an atlas may show beside its records, and may do without."""

_LABELLED: Final = (Key("label", LABEL, "its name in every language", required=True),)


def _declared(name: str, *keys: Key) -> Shape:
    return MapOf(Placed(ID), Table(name, (*_LABELLED, *keys)))


_KIND: Final = Table(
    "kind",
    (
        *_LABELLED,
        Key("not_applicable", ListOf(Known("dimension")), "dimensions that records of this kind are not asked"),
    ),
)

SCALE: Final = Table(
    "scale",
    (
        *_LABELLED,
        Key("questions", _declared("question"), "the questions", required=True),
        Key(
            "answers",
            _declared("answer", Key("counted", Flag(), "`true` when answers of this sort are those counted")),
            "the sorts of answer",
            required=True,
        ),
    ),
)

RELEASE: Final = Table(
    "release",
    (
        Key("date", Date(day=True), "the day", required=True),
        Key("version", Line("a version"), "its name, such as `1.0`", required=True),
        Key("text", LABEL, "what is new in it, and why", required=True),
    ),
)

SITE: Final = Table(
    "site",
    (
        Key("title", LABEL, "the title of the atlas", required=True),
        Key("description", LABEL, "what the atlas is, in a sentence or two", required=True),
        Key("author", LABEL, "the corporate author of unsigned pages", required=True),
        Key(
            "base_url", URL, "where it is published; for canonical links, the sitemap and 404.html only", required=True
        ),
        Key("as_of", Date(day=True), "the day that stands for today; SOURCE_DATE_EPOCH may replace it", required=True),
        Key(
            "languages",
            MapOf(
                Placed(ID),
                Table(
                    "language",
                    (
                        Key("tag", TAG, "its tag (BCP 47)", required=True),
                        Key("name", Line("a name"), "its name in itself", required=True),
                        Key("path", Placed(ID), "its folder in addresses, when not its id; the first has none"),
                    ),
                ),
            ),
            "the languages; the first is the default and stands at the root",
            required=True,
        ),
        Key(
            "sides",
            _declared("side", Key("compared", Flag(), "`false` for a side that is not compared")),
            "the sides that are compared",
            required=True,
        ),
        Key(
            "dimensions",
            _declared("dimension", Key("question", LABEL, "the question in full", required=True)),
            "the questions that every actor answers",
        ),
        Key("fields", _declared("field"), "the fields of activity"),
        Key("contributions", _declared("contribution"), "what a case may contribute to"),
        Key(
            "kinds",
            MapOf(OneOf(("actor", "instrument", "case")), MapOf(Placed(ID), _KIND)),
            "the kinds of actors, instruments and cases",
        ),
        Key(
            "relation_types",
            _declared(
                "relation type",
                Key("inverse", LABEL, "its name seen from the other end; a symmetric type has none"),
                Key("symmetric", Flag(), "`true` when it reads the same from both ends"),
                Key("tie", Flag(), "`false` when it is no tie and does not count in the network"),
                Key("pairs", Flag(), "`true` when its two ends are compared on a page of their own"),
                Key("arc", Flag(), "`true` when the map draws it as an arc from place to place"),
                Key("membership", Flag(), "`true` when it joins a member to a network that the map shows"),
            ),
            "the sorts of relation between records",
        ),
        Key("scale", SCALE, "questions by which actors are put in an order; none when not given"),
        Key(
            "licence",
            Table(
                "licence", (Key("label", LABEL, "its name", required=True), Key("url", URL, "its text", required=True))
            ),
            "the licence of the texts",
        ),
        Key(
            "styles",
            MapOf(Known("language"), Placed(Line("a citation style"))),
            "how pages in a language cite: `chicago-author-date`, `apa`, `iso-690`, `gb-t-7714-2015-author-date` …",
        ),
        Key(
            "views",
            ListOf(OneOf(tuple(VIEWS))),
            "; ".join(("what the atlas shows besides", *(f"`{id}`: {what}" for id, what in VIEWS.items())))
            + "; all when not given",
        ),
        Key(
            "consulted",
            OneOf(CONSULTED),
            "how works were consulted whose entries have no field `consulted`; when not given, their pages do not say",
        ),
        Key(
            "voices", _declared("voice"), "whose voice a work may be, as the private field `x-voice` of its entry says"
        ),
        Key("edit_url", EDIT_URL, "where the file of a page is edited: `{path}` stands for its path"),
        Key("report_url", REPORT_URL, "where a mistake is reported: `{title}` and `{url}` stand for those of the page"),
        Key(
            "aliases",
            MapOf(Placed(ALIAS), Placed(Line("a path of the atlas"))),
            "old addresses of pages that are no record, each with the path of the page that takes its place",
        ),
        Key(
            "releases",
            ListOf(RELEASE),
            "states of the whole atlas that have a name; `/changes/` and the feeds tell them",
        ),
        Key(
            "navigation",
            ListOf(Placed(Line("a path of the atlas"))),
            "the pages that every page leads to",
            required=True,
        ),
    ),
)

PLACES: Final = MapOf(
    Placed(ID),
    Table("place", (*_LABELLED, Key("coordinates", Coordinates(), "latitude and longitude, WGS 84", required=True))),
)

FILE: Final = Table(
    "file",
    (
        Key(
            "alt", LABEL, "what the picture shows, for those who do not see it; what the download holds", required=True
        ),
        Key("credit", Line("a credit"), "who made it", required=True),
        Key("licence", Line("a licence"), "under what licence it is published (an SPDX id, or words)", required=True),
        Key("caption", LABEL, "its caption"),
        Key("source", URL, "where it comes from"),
    ),
)
