"""What a plan is made of: pages, sketches of pages, and what they tell of themselves once they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.pages.setting import Setting
from atlas.pages.views import View
from atlas.pages.views.data import SitemapRow
from atlas.pages.views.parts import Frame
from atlas.problems import Span
from atlas.sources import Asset
from atlas.text.slots import Slot


class Page(Struct, frozen=True):
    """One file to render. path: in the output folder; language: whose frame it has; span: what it is made from."""

    path: str
    template: str
    view: View
    language: str
    span: Span


class Sketch(Struct, frozen=True):
    """A page that is known by its place: its view is drawn when it is wanted, in whichever process wants it.

    address: its path in its language, as links by path name it; "" where none can.
    """

    path: str
    template: str
    language: str
    span: Span
    address: str
    draw: Callable[[], tuple[Setting, View]]


class Drawn(Struct, frozen=True):
    """What the atlas as a whole must know of a page that is drawn.

    row: its row in the sitemap; links: the links by path that stand on it; cited: the works that it cites, where they
    are handed out beside it.
    """

    path: str
    language: str
    span: Span
    address: str
    row: SitemapRow | None
    links: tuple[Slot, ...]
    cited: tuple[str, ...]


class Plan(Struct, frozen=True):
    """Everything that the output folder will hold: pages to render, frames by language, files to copy."""

    pages: tuple[Page, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]


class Outline(Struct, frozen=True):
    """A plan whose views are not yet drawn."""

    atlas: Atlas
    sketches: tuple[Sketch, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]
