"""Defines a page kind: its template, its view, its maker, and the links that lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.graphics.drawing_data import DrawingData
from atlas.i18n.messages import Catalog
from atlas.pages.data.data_files import Data
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import PageSpec
from atlas.pages.view_parts import View


class PlanInputs(Struct, frozen=True):
    """The data that the pages of all languages share.

    Attributes:
        data: returns the data files, where the site has them.
        drawings: the data of the drawings.
        citations: how often each cited work is cited, in the language with most citations.
        words: the interface words of the first language.
        land: the outline of the land, as a path in the pixels of the world map.
    """

    atlas: Atlas
    data: Callable[[], Data] | None
    drawings: DrawingData
    citations: Mapping[str, int]
    words: Catalog
    land: str = ""


PageMaker: TypeAlias = Callable[[LocaleSite, PlanInputs], Iterable[PageSpec]]
"""A function that makes the pages of a kind in one language."""


class PageKind(Struct, frozen=True, kw_only=True):
    """A kind of page.

    Interface words need no entry here: `atlas.pages.interface_words` finds those that templates and makers use.

    Attributes:
        templates: the template of its pages, or those among which they choose.
        view: the class of the views for the template.
        make: the maker; None for pages that need the other pages, such as the sitemap.
        option: the member of `views:` in site.yaml that turns the kind on; "" for pages of every atlas.
        once: whether there are pages in the first language only.
        gives_way: whether a page is left out if an earlier one has the same address.
        path: the path of a page that the menu or the foot of every page may name.
        foot: the position among the links at the foot, 0 for none.
    """

    templates: tuple[str, ...]
    view: type[View]
    make: PageMaker | None = None
    option: str = ""
    once: bool = False
    gives_way: bool = False
    path: str = ""
    foot: int = 0
