"""Pages of the atlases in small_atlases.py: editions, settings, plans and what the engine's own templates make of
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec.structs import replace
from site_copies import SITES
from small_atlases import Made

from atlas.bibliography.formatting.citer import Citer, Style, load_style
from atlas.build.presentation import PAGE_STYLES
from atlas.core.problems import Problem
from atlas.core.sources import Asset, Input, Source, read_input
from atlas.i18n.locales import Language
from atlas.i18n.messages import Catalog, read_catalog
from atlas.pages.context import PageContext
from atlas.pages.final_plan import complete_plan, draw_page
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import Page, Plan
from atlas.pages.planner import outline
from atlas.pages.rendering.renderer import Renderer

STYLES = {"en": "chicago-author-date", "fr": "iso-690", "zh": "gb-t-7714-2015-author-date"}


@cache
def engine() -> Input:
    """The templates, words and styles that every atlas starts from."""
    return read_input(SITES / "allotments")[0]


@cache
def style(name: str) -> Style:
    """A citation style."""
    return load_style(engine().styles[name], engine().styles["words"])


def guides() -> dict[str, Style]:
    """The styles in which pages say how to cite them."""
    return {name: style(name) for name in PAGE_STYLES}


@cache
def catalog(language: Language) -> Catalog:
    """The engine's words of the interface in a language."""
    path = f"words/{language.id}.yaml"
    return read_catalog(Source(f"templates/{path}", engine().templates[path]), language)[0]


def words(made: Made) -> dict[str, Catalog]:
    """The words of the interface by language."""
    return {id: catalog(language) for id, language in made.site.languages.items()}


def locale_site(made: Made, language: str = "en", style_name: str = "") -> LocaleSite:
    """One language of an atlas."""
    works = {work.key: work for work in made.atlas.cited}
    own = made.site.languages[language]
    citer = Citer(works, style(style_name or STYLES[language]), own.tag)
    return LocaleSite(made.atlas, own, words(made)[language], citer, guides())


def context(
    made: Made, path: str, language: str = "en", style_name: str = "", *, absolute: bool = False
) -> PageContext:
    """One page of an atlas."""
    return PageContext(locale_site(made, language, style_name), path, absolute)


def planned(made: Made, static: tuple[Asset, ...] | None = None) -> tuple[Plan, tuple[Problem, ...]]:
    """All pages of an atlas, drawn in one process, and what is wrong with their links. static: in place of the
    engine's.
    """
    static = engine().static if static is None else static
    styles = {id: style(STYLES[id]) for id in made.site.languages}
    whole, problems = outline(made.atlas, words(made), styles, guides(), static, engine().land)
    rows = [draw_page(spec) for spec in whole.specs]
    end, more = complete_plan(whole, [own for _, own in rows])
    return replace(end, pages=(*(page for page, _ in rows), *end.pages)), (*problems, *more)


def drawn(made: Made, path: str) -> Page:
    """One page of an atlas, without drawing the others."""
    styles = {id: style(STYLES[id]) for id in made.site.languages}
    whole, _ = outline(made.atlas, words(made), styles, guides(), engine().static, engine().land)
    return draw_page(next(spec for spec in whole.specs if spec.path == path))[0]


def render(
    templates: Mapping[str, str], plan: Plan, words: Mapping[str, Catalog]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The pages of a plan as text by path, and what is wrong with their templates. words: by language."""
    renderer = Renderer(templates)
    made = {page.path: renderer.rendered(page, plan.frames[page.language], words[page.language]) for page in plan.pages}
    files = {path: data.decode() for path, data in made.items() if isinstance(data, bytes)}
    return files, tuple(data for data in made.values() if isinstance(data, Problem))


def rendered(made: Made, templates: dict[str, str] | None = None) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The pages of an atlas as text by path. templates: what replaces the engine's."""
    own, _ = planned(made)
    return render(engine().templates | (templates or {}), own, words(made))
