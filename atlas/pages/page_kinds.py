"""What a kind of page is: its template, its view, what makes its pages, and which links lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.graphics.drawing_data import DrawingData
from atlas.pages.data.data_files import Data
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import PageSpec
from atlas.pages.view_parts import View


class PlanInputs(Struct, frozen=True):
    """What the pages of all languages have in common. data: the files of the data, where the site has them."""

    atlas: Atlas
    data: Data | None
    drawings: DrawingData


PageMaker: TypeAlias = Callable[[LocaleSite, PlanInputs], Iterable[PageSpec]]
"""Makes the pages of a kind in one language."""


class PageKind(Struct, frozen=True, kw_only=True):
    """A kind of page.

    templates: the template of its pages, or of several those that they choose from. view: what the template is given.
    make: makes them; None where that needs the other pages, as a sitemap does. option: the member of `views:` in
    site.yaml without which there are none; "" for what every atlas has. once: in the first language only.
    gives_way: where a page before it has the same address, that one stands.

    The home page leads to the page at `path` as one of the ways to see the whole atlas, and every page does at its
    foot; ways, foot: its place among them, 0 where it is none of them.

    Interface words need no entry here: `atlas.pages.interface_words` finds what templates and makers say.
    """

    templates: tuple[str, ...]
    view: type[View]
    make: PageMaker | None = None
    option: str = ""
    once: bool = False
    gives_way: bool = False
    path: str = ""
    ways: int = 0
    foot: int = 0
