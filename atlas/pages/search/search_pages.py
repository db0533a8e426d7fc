"""The search page."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.pages.context import PageContext
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_intro import intro, intro_head
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, generated_page
from atlas.pages.search.views import SearchChoice, SearchView
from atlas.schema.families import INDEXED

SEARCH = "/search/"
_ROOT = "root"
"""The name of the search index for the language at the root of the site."""


def index_name(folder: str) -> str:
    """Return the name of the search index of a language: its folder, or another name for the root."""
    return folder or _ROOT


def search_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the search page."""
    yield generated_page(locale_site, SEARCH, locale_site.words.t("search"), _search_view)


def _search_view(context: PageContext) -> SearchView:
    locale_site = context.locale_site
    words, atlas = locale_site.words, locale_site.atlas
    begun = intro(context, words.t("search"))
    held = [family for family in INDEXED if atlas.family(family.id)]
    lists = [context.link(words.t(family.folder), f"/{family.folder}/") for family in held]
    return SearchView(
        head=intro_head(context, begun),
        intro=begun,
        index=index_name(locale_site.language.path),
        families=(
            *(SearchChoice(family.id, words.t(family.folder)) for family in held),
            SearchChoice("work", words.t("bibliography")),
            SearchChoice("page", words.t("pages-and-lists")),
        ),
        sides=tuple(SearchChoice(side.id, context.label(side.label)) for side in atlas.site.sides.values()),
        lists=(*lists, context.link(words.t("bibliography"), "/sources/")),
        references=context.references(),
    )
