"""The registry of page kinds: each view and template has one kind, and what a kind names is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from small_pages import engine

from atlas.pages.page_kinds import PageKind
from atlas.pages.registry import FOOT, OPTIONAL_PATHS, PAGE_KINDS, PAGE_TEMPLATES
from atlas.pages.view_parts import IntroducedView, PageView, View
from atlas.schema.site_schema import VIEWS


def views(base: type[View] = View) -> Iterator[type[View]]:
    """Every view that the engine declares."""
    for view in base.__subclasses__():
        if view not in (PageView, IntroducedView):
            yield view
        yield from views(view)


def test_every_view_has_one_kind() -> None:
    declared = {view for view in views() if view.__module__.startswith("atlas.")}
    assert Counter(kind.view for kind in PAGE_KINDS) == Counter(declared)


def test_every_template_of_a_page_has_one_kind() -> None:
    pages = [name for name in engine().templates if not name.startswith(("_", "words/", "book/_"))]
    assert sorted(PAGE_TEMPLATES) == sorted(set(pages) - {"base.html"})


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.templates[0])
def test_a_kind_asks_for_an_option_that_an_atlas_may_set(kind: PageKind) -> None:
    assert not kind.option or kind.option in VIEWS


def test_links_to_pages_have_one_order() -> None:
    given = [kind.foot for kind in PAGE_KINDS if kind.foot]
    assert sorted(given) == list(range(1, len(given) + 1))
    assert set(FOOT) <= OPTIONAL_PATHS | {"/accessibility/"}  # a page that authors write, as they do others
    assert all(path.startswith("/") and path.endswith("/") for path in OPTIONAL_PATHS)
