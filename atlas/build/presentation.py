"""Reads and checks templates, interface words and citation styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from atlas.bibliography.formatting.citer import Style, load_style
from atlas.content.model import Site
from atlas.content.record_files import STYLES
from atlas.core.problems import Problem, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Input, Source
from atlas.i18n.locales import Language, subtag_of
from atlas.i18n.messages import Catalog, compare_catalogs, complete_catalogs, read_catalog
from atlas.pages.interface_words import engine_words
from atlas.pages.rendering.renderer import Renderer
from atlas.pages.rendering.templates import Facts, check_templates, messages_used
from atlas.schema.style_schema import read_style

PAGE_STYLES = ("chicago-author-date", "apa", "iso-690", "gb-t-7714-2015-numeric")
"""The styles in which every page shows how to cite it."""
DEFAULT_STYLES = {"fr": "iso-690", "zh": "gb-t-7714-2015-author-date"}
"""The default citation style of a language; for any other, it is Chicago author-date."""

_TEMPLATELESS = frozenset({Rule.TEMPLATE_ERROR, Rule.MISSING_TEMPLATE, Rule.BAD_UTF8, Rule.CONFLICT_MARKER})
"""Rules whose errors hide some of the words that templates use."""


class Templates(Struct, frozen=True):
    """The templates and message catalogs by name.

    Attributes:
        texts: their texts.
        facts: the analysis of each template.
    """

    texts: Mapping[str, str]
    facts: Mapping[str, Facts]


def read_templates(texts: Mapping[str, str], known: Mapping[str, Facts]) -> tuple[Templates, tuple[Problem, ...]]:
    """Read and check the templates.

    Args:
        texts: the texts by name.
        known: the analysis of earlier builds, used where the text is the same.
    """
    facts = Renderer(texts).facts(known)
    return Templates(texts, facts), tuple(check_templates(facts))


def spares_unused(files: Input, problems: Iterable[Problem]) -> bool:
    """Return whether unused words are not reported: the atlas replaces templates, or templates have errors.

    Templates may then use fewer words.

    Args:
        files: the inputs.
        problems: the problems found so far.
    """
    return files.own_templates or any(problem.rule in _TEMPLATELESS for problem in problems)


def read_words(files: Input, site: Site, spares: bool) -> tuple[dict[str, Catalog], tuple[Problem, ...]]:
    """Read the interface words of each language, and compare them with each other and with the words in use.

    Args:
        files: the inputs.
        site: the site.
        spares: whether unused words are not reported.
    """
    found: list[Problem] = []
    catalogs: dict[str, Catalog] = {}
    for language in site.languages.values():
        catalogs[language.id], more = _catalog(files.templates, language.id, language)
        found += more
    if not found:
        english = catalogs.get("en") or _catalog(files.templates, "en", site.default_language)[0]
        used = messages_used(files.templates) | engine_words()
        catalogs, untranslated = complete_catalogs(catalogs, english, used)
        compared = compare_catalogs(list(catalogs.values()), used)
        found += [*untranslated, *(problem for problem in compared if problem.rule != Rule.UNUSED_WORD or not spares)]
    return catalogs, tuple(found)


def _catalog(templates: Mapping[str, str], name: str, language: Language) -> tuple[Catalog, tuple[Problem, ...]]:
    path = f"words/{name}.yaml"
    return read_catalog(Source(f"templates/{path}", templates.get(path, "")), language)


def read_styles(files: Input, site: Site) -> tuple[dict[str, Style], tuple[Problem, ...]]:
    """Read the citation style of each language: the one that the site names, or the default of the language.

    The atlas may have its own styles in content/styles/. A default replaces one with an error, so that the rest can be
    checked.
    """
    problems: list[Problem] = []
    styles: dict[str, Style] = {}
    texts = files.styles
    own: dict[str, Style | None] = {}
    for source in files.sources:
        if source.path.startswith(STYLES) and source.path.endswith(".yaml"):
            name = PurePosixPath(source.path).stem
            own[name], found = read_style(source, texts["words"])
            problems += found
    known = sorted((texts.keys() | own.keys()) - {"words"})
    for id, language in site.languages.items():
        name = DEFAULT_STYLES.get(subtag_of(language.tag), "chicago-author-date")
        if id in site.styles:
            name, span = site.styles[id].target, site.styles[id].span
            if name not in known:
                message = f'there is no citation style "{name}"'
                problems.append(Problem(span, Rule.UNKNOWN_STYLE, message, nearest(name, known)))
                name = "chicago-author-date"
        styles[id] = own.get(name) or load_style(texts.get(name, texts["chicago-author-date"]), texts["words"])
    return styles, tuple(problems)


def page_styles(texts: Mapping[str, str], site: Site) -> dict[str, Style]:
    """Return the styles in which pages show how to cite them, by name; none if the site does not want it."""
    return {name: load_style(texts[name], texts["words"]) for name in PAGE_STYLES if "cite" in site.views}
