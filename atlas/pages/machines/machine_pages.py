"""Makes the files for crawlers: robots.txt and llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from atlas.pages.context import PageContext
from atlas.pages.data.data_files import DATA, PACKAGE, data_names
from atlas.pages.head import absolute
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.machines.views import LlmsLink, LlmsView, RobotsView
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, file_spec
from atlas.pages.records.record_json import RECORD_JSON
from atlas.pages.view_parts import NavigationLink
from atlas.schema.families import BY_FAMILY, INDEXED

# Files for crawlers.


def robots_files(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield robots.txt."""
    yield file_spec(locale_site, "/robots.txt", robots_view)


def llms_files(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield llms.txt."""
    has_data = inputs.data is not None
    yield file_spec(locale_site, "/llms.txt", partial(llms_view, has_data=has_data), given=has_data)


def robots_view(context: PageContext) -> RobotsView:
    """Return robots.txt, which allows everything and names the sitemap."""
    return RobotsView(f"{context.atlas.site.base_url}sitemap.xml")


def llms_view(context: PageContext, *, has_data: bool) -> LlmsView:
    """Return llms.txt (llmstxt.org) in the first language: about the atlas, its lists, its data, how to cite it."""
    locale_site, atlas, site = context.locale_site, context.atlas, context.atlas.site
    signed = dict.fromkeys((context.label(site.author), context.label(site.title), str(site.as_of)))
    lists = [
        LlmsLink(locale_site.words.t(family.folder), _at(locale_site, f"/{family.folder}/"), family.id, count)
        for family in INDEXED
        if (count := len(atlas.family(family.id)))
    ]
    if atlas.cited:
        lists.append(
            LlmsLink(locale_site.words.t("bibliography"), _at(locale_site, "/sources/"), "work", len(atlas.cited))
        )
    return LlmsView(
        title=context.label(site.title),
        description=context.label(site.description),
        as_of=locale_site.period(site.as_of, site.as_of),
        licence=context.label(site.licence.label) if site.licence else "",
        licence_url=site.licence.url if site.licence else "",
        cite=". ".join((*signed, site.base_url)),
        languages=tuple(NavigationLink(one.name, absolute(atlas, one, "/")) for one in site.languages.values()),
        lists=tuple(lists),
        data=f"{site.base_url}{DATA}{PACKAGE}" if has_data else "",
        files=tuple(NavigationLink(name, f"{site.base_url}{DATA}{name}") for name in data_names(site))
        if has_data
        else (),
        record_json=f"{site.base_url}{{address}}/{RECORD_JSON}" if "json" in site.views else "",
        pages=tuple(
            NavigationLink(_safe(plain_text(locale_site.title(page))), _at(locale_site, page.address))
            for page in atlas.records.values()
            if not BY_FAMILY[page.family].has_index
        ),
    )


def _at(locale_site: LocaleSite, path: str) -> str:
    return absolute(locale_site.atlas, locale_site.language, path)


def _safe(words: str) -> str:
    """Escape text for the brackets of a Markdown link."""
    return words.replace("[", "\\[").replace("]", "\\]")
