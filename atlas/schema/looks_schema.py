"""The schema of `looks` in content/site.yaml: colours, fonts, logo, foot and stylesheet of an atlas."""

from __future__ import annotations

from typing import Final

from atlas.core.rules import Rule
from atlas.schema.field_types import URL, Line, OneOf, WithSpan
from atlas.schema.object_types import LABEL, Field, ListOf, ObjectType

_COLOUR: Final = WithSpan(Line("a colour such as #124a57", r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"))
_FAMILIES: Final = Line("names of fonts with commas between", r"[\w .+-]+(?:, *[\w .+-]+)*")
_STATIC: Final = WithSpan(Line("the name of a file in templates/static/", r"[\w.-]+(?:/[\w.-]+)*", Rule.UNKNOWN_FILE))

LIGHT: Final = {
    "paper": "#fcfbf8",
    "tint": "#f3f0e8",
    "ink": "#1c1b19",
    "quiet": "#4f4b44",
    "rule": "#d6d0c3",
    "firm": "#1c1b19",
    "link": "#124a57",
    "mark": "#fbedbf",
}
"""The colours of the stylesheet on light paper, by the names of its variables."""
DARK: Final = {
    "paper": "#171614",
    "tint": "#23211e",
    "ink": "#e9e5dc",
    "quiet": "#bcb6aa",
    "rule": "#45413a",
    "firm": "#bcb6aa",
    "link": "#9fd2dd",
    "mark": "#453b1c",
}
"""The same on dark paper."""
_MEANINGS: Final = {
    "paper": "the page",
    "tint": "what stands out from the page, such as headers of tables",
    "ink": "text",
    "quiet": "text of less weight",
    "rule": "thin lines",
    "firm": "strong lines",
    "link": "links",
    "mark": "what is marked",
}
FONTS: Final = {
    "serif": "for text, before the fonts of the engine",
    "sans": "for menus, tables and captions",
    "han_serif": "for text in Chinese characters",
    "han_sans": "for menus and tables in Chinese characters",
}
"""The kinds of fonts that an atlas can choose."""

_COLOURS: Final = tuple(Field(name, _COLOUR, meaning) for name, meaning in _MEANINGS.items())

MENU_LINK: Final = ObjectType(
    "menu link",
    (
        Field("page", WithSpan(Line("a path of the atlas")), "the path of a page; it may be written alone"),
        Field("label", LABEL, "the words of a link to another site"),
        Field("url", WithSpan(URL), "the address of the other site"),
    ),
    short="page",
)

LOOKS: Final = ObjectType(
    "looks",
    (
        Field("colours", ObjectType("colours", _COLOURS), "colours on light paper; the others stay as they are"),
        Field("dark_colours", ObjectType("dark colours", _COLOURS), "colours for readers who prefer a dark page"),
        Field(
            "fonts",
            ObjectType("fonts", tuple(Field(name, _FAMILIES, meaning) for name, meaning in FONTS.items())),
            "names of fonts",
        ),
        Field(
            "font_files",
            ListOf(
                ObjectType(
                    "font file",
                    (
                        Field("family", Line("a name", r"[\w .+-]+"), "the name that `fonts` uses", required=True),
                        Field("file", _STATIC, "the file, in `templates/static/` (woff2)", required=True),
                        Field(
                            "weight", Line("a weight", r"[1-9]\d{0,2}(?: [1-9]\d{0,2})?"), "its weight, or `100 900`"
                        ),
                        Field("style", OneOf(("normal", "italic")), "`italic` for the italics"),
                    ),
                )
            ),
            "fonts that the site itself serves",
        ),
        Field(
            "logo",
            WithSpan(Line("the path of a file in content/files/")),
            "a picture in `content/files/`, shown before the title",
        ),
        Field(
            "footer",
            ListOf(MENU_LINK),
            "further rows at the foot of every page: paths, links `{label: …, url: …}`, or words `{label: …}`",
        ),
        Field(
            "image_fonts",
            ListOf(
                WithSpan(Line("the name of a file in templates/fonts/", r"[\w.-]+\.(?:ttf|otf|ttc)", Rule.UNKNOWN_FILE))
            ),
            "fonts for share images, in `templates/fonts/` (ttf, otf, ttc), before those of the system",
        ),
        Field("stylesheet", _STATIC, "a stylesheet in `templates/static/`, loaded after that of the engine"),
    ),
)
