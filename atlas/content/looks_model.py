"""The data model of what site.yaml declares for the looks of an atlas: menu, foot, colours, fonts and own fields."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from atlas.core.problems import Span
from atlas.schema.field_types import Located


class MenuLink(Struct, frozen=True):
    """An entry of the menu or the foot: the path of a page, or the address of another site with its label.

    Attributes:
        target: the path or address; "" for words without a link.
        span: its place in site.yaml.
        label: the words of a link to another site; a page has its own title.
    """

    target: str
    span: Span
    label: Mapping[str, str] = {}


class MenuGroup(Struct, frozen=True):
    """A named group of pages in the menu."""

    label: Mapping[str, str]
    pages: tuple[MenuLink, ...]


class FontFile(Struct, frozen=True):
    """A font that the site itself serves; `file` is in templates/static/."""

    family: str
    file: Located
    weight: str
    style: str


class OwnField(Struct, frozen=True):
    """An own field of records.

    Attributes:
        type: its type, a key of `atlas.schema.own_fields.TYPES`.
        show: where it is shown, keys of `atlas.schema.own_fields.SHOWN`.
    """

    id: str
    label: Mapping[str, str]
    type: str
    show: frozenset[str]


class Looks(Struct, frozen=True):
    """What an atlas changes in the looks of its pages.

    Attributes:
        colours: colours on light paper, by the names of the variables of the stylesheet.
        dark: the same on dark paper.
        fonts: the names of fonts by their kind.
        font_files: fonts that the site itself serves.
        logo: a picture in content/files/.
        footer: further rows at the foot of every page.
        stylesheet: a stylesheet in templates/static/.
        image_fonts: fonts for share images, in templates/fonts/.
    """

    colours: dict[str, str] = {}
    dark: dict[str, str] = {}
    fonts: dict[str, tuple[str, ...]] = {}
    font_files: tuple[FontFile, ...] = ()
    logo: Located | None = None
    footer: tuple[MenuLink, ...] = ()
    stylesheet: Located | None = None
    image_fonts: tuple[Located, ...] = ()
