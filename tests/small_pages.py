"""Pages of the atlases in small_atlases.py: editions, settings, plans and what the engine's own templates make of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec.structs import replace
from site_copies import SITES
from small_atlases import Made

from atlas.bibliography.citations import Citer, Style, load_style
from atlas.building import PAGE_STYLES
from atlas.pages.editions import Edition
from atlas.pages.finishing import draw, finish
from atlas.pages.planning import outline
from atlas.pages.plans import Plan
from atlas.pages.rendering import Renderer
from atlas.pages.setting import Setting
from atlas.problems import Problem
from atlas.sources import Asset, Input, Source, read_input
from atlas.tongues.words import Words, read_words

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


def words(made: Made) -> dict[str, Words]:
    """The words of the interface by language."""
    return {
        id: read_words(Source(f"templates/words/{id}.yaml", engine().templates[f"words/{id}.yaml"]), language)[0]
        for id, language in made.site.languages.items()
    }


def edition(made: Made, language: str = "en", style_name: str = "") -> Edition:
    """One language of an atlas."""
    works = {work.key: work for work in made.atlas.cited}
    own = made.site.languages[language]
    citer = Citer(works, style(style_name or STYLES[language]), own.tag)
    return Edition(made.atlas, own, words(made)[language], citer, guides())


def setting(made: Made, path: str, language: str = "en", style_name: str = "", *, absolute: bool = False) -> Setting:
    """One page of an atlas."""
    return Setting(edition(made, language, style_name), path, absolute)


def planned(made: Made, static: tuple[Asset, ...] | None = None) -> tuple[Plan, tuple[Problem, ...]]:
    """All pages of an atlas, drawn in one process, and what is wrong with their links. static: in place of the engine's."""
    static = engine().static if static is None else static
    styles = {id: style(STYLES[id]) for id in made.site.languages}
    whole, problems = outline(made.atlas, words(made), styles, guides(), static, engine().land)
    rows = [draw(sketch) for sketch in whole.sketches]
    end, more = finish(whole, [own for _, own in rows])
    return replace(end, pages=(*(page for page, _ in rows), *end.pages)), (*problems, *more)


def render(
    templates: Mapping[str, str], plan: Plan, words: Mapping[str, Words]
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
