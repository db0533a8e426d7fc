"""The stages in order, from what was read: check → link → plan → render. What is written is for rebuilding."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.bibliography.formatting.citer import Style, load_style
from atlas.bibliography.parsing.works import Work, read_works
from atlas.content.linking import link, uncited
from atlas.content.model import Site
from atlas.content.parse_cache import ParseCache
from atlas.content.records import RecordResult, read_records
from atlas.content.site_config import SITE_PATH, read_files, read_site
from atlas.core.failures import at_work_on
from atlas.core.problems import Problem, Span, has_errors, in_order, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Input, Source
from atlas.i18n.locales import subtag_of
from atlas.i18n.messages import Catalog, compare_catalogs, read_catalog
from atlas.lint.evidence import check_evidence
from atlas.lint.placeholders import find_placeholders, without_echoes
from atlas.lint.translation_status import check_parity
from atlas.pages.plan import Outline
from atlas.pages.planner import ENGINE_WORDS, outline
from atlas.pages.rendering.templates import Facts, check_templates, is_known, is_template, messages_used

if TYPE_CHECKING:
    from atlas.pages.rendering.renderer import Renderer

_SYNTAX = re.compile(
    r"yaml-|duplicate-yaml-key|no-front-matter|open-front-matter|bad-utf8|bad-id|duplicate-id|unsafe-html"
)
_UNREAD = frozenset({Rule.BAD_UTF8, Rule.CANNOT_READ, Rule.OVER_LIMIT})
"""Mistakes for which a file is not read at all; what depends on it is not reported as well."""
_DECLARED = frozenset(f"unknown-{name}" for name in ("side", "dimension", "field", "contribution", "kind",
                      "relation-type", "language", "question", "answer", "voice"))  # fmt: skip
"""What is said of a name that `site.yaml` does not declare."""
_TEMPLATELESS = frozenset({Rule.TEMPLATE_ERROR, Rule.MISSING_TEMPLATE, Rule.BAD_UTF8})
_WORDLESS = frozenset({Rule.MISSING_WORDS, Rule.MISSING_WORD, Rule.BAD_WORD, Rule.YAML_SYNTAX})
"""Mistakes in the catalogues without whose mending no page can be planned."""

PAGE_STYLES = ("chicago-author-date", "apa", "iso-690", "gb-t-7714-2015-numeric")
"""The styles in which every page says how to cite it."""

Read = tuple[Input, tuple[Problem, ...]]
"""What was read, and what could not be."""
Progress = Callable[[str, int, int], None]
"""Told of a stage, with how much of it is done, and of how much; 0 of 0 where it is not known."""
Result = TypeVar("Result")
DEFAULT_STYLES = {"fr": "iso-690", "zh": "gb-t-7714-2015-author-date"}
"""The citation style of a language where the site names none; that of the others is Chicago author-date."""


class ReadOptions(Struct, frozen=True):
    """How to read. base_url and today replace what content/site.yaml says; drafts: whether drafts are shown."""

    base_url: str = ""
    today: str = ""
    drafts: bool = False


class SitePlan(Struct):
    """An atlas as it is planned: its templates, the outline (None where mistakes forbid one), the words by language.

    facts: what is known of each template; renderer: the one that has parsed them, where one had to.
    """

    templates: Mapping[str, str]
    facts: dict[str, Facts]
    problems: tuple[Problem, ...]
    outline: Outline | None = None
    words: Mapping[str, Catalog] = {}
    renderer: Renderer | None = None


class _Stages(Struct):
    """The problems of the stages so far."""

    problems: list[Problem] = field(default_factory=list)

    def take(self, outcome: tuple[Result, Iterable[Problem]]) -> Result:
        """Keep the problems of a stage and hand on its result."""
        result, problems = outcome
        self.problems += problems
        return result


def silent(stage: str, done: int, total: int) -> None:
    """No progress is shown."""


def plan_site(
    read: Read, options: ReadOptions, known: Mapping[str, Facts], parse_cache: ParseCache, progress: Progress = silent
) -> SitePlan:
    """All stages from what was read to the plan. known, parse_cache: what earlier builds have read."""
    stages = _Stages()
    files = stages.take(read)
    facts, renderer = _facts(files.templates, known)
    stages.problems += check_templates(facts)
    made = _plan(files, options, stages, parse_cache, progress)
    left = list(find_placeholders(files.sources))
    problems = in_order(_without_echoes(without_echoes((*stages.problems, *left)) if left else stages.problems))
    if made is None:
        return SitePlan(files.templates, facts, problems)
    return SitePlan(files.templates, facts, problems, *made, renderer)


def _facts(templates: Mapping[str, str], known: Mapping[str, Facts]) -> tuple[dict[str, Facts], Renderer | None]:
    """What is known of each template, and the renderer that has parsed them, where one had to."""
    texts = {name: text for name, text in templates.items() if is_template(name)}
    facts = {name: known[name] for name, text in texts.items() if is_known(text, known.get(name))}
    if len(facts) == len(texts):
        return facts, None
    from atlas.pages.rendering.renderer import (
        Renderer,  # imports Jinja, which a build of known templates can do without
    )

    renderer = Renderer(templates)
    return renderer.facts(facts), renderer


def _plan(
    files: Input, options: ReadOptions, stages: _Stages, parse_cache: ParseCache, progress: Progress
) -> tuple[Outline, dict[str, Catalog]] | None:
    """Read, check, link and plan."""
    sources = {source.path: source for source in files.sources}
    if has_errors(stages.problems) and not sources:
        return None
    with at_work_on(SITE_PATH):
        site, declared, problems = read_site(sources, options.today, options.base_url)
    stages.problems += problems
    study = (lambda row: _remarks(row, site)) if site else None
    unreadable = [problem.span.path for problem in stages.problems if problem.rule in _UNREAD]
    unread = [path for path in unreadable if path.startswith("content/")]
    tick = partial(progress, "reading")
    content, found = read_records(sources, declared, unread, study, parse_cache, tick)
    if not options.drafts:
        content = replace(content, records={id: one for id, one in content.records.items() if not one.draft})
    bibliography = sources.get("bibliography.bib", Source("bibliography.bib", ""))
    works = {work.key: work for work in stages.take(_works(bibliography, declared.get("voice", ()), parse_cache))}
    parse_cache.put_away()
    if site is None and SITE_PATH in unreadable:
        stages.problems = [
            one for one in stages.problems if one.rule != Rule.MISSING_KEY or one.span != Span(SITE_PATH)
        ]
    if site is None:
        # What is declared is not known for certain: mistakes of form are told, links are not.
        stages.problems += [problem for problem in found if declared or _SYNTAX.match(problem.rule)]
        return None
    stages.problems += found
    progress("linking", 0, 0)
    assets = stages.take(read_files(files.files, sources, declared))
    stages.problems += content.remarks
    known = {asset.path for asset in files.files}
    atlas, dangling = link(site, content, works, assets, known, bibliography.text)
    stages.problems += dangling if bibliography.path in sources else _without_works(dangling, unreadable)
    # Templates that are not whole say fewer words than they will when they are mended.
    spared = files.own_templates or any(problem.rule in _TEMPLATELESS for problem in stages.problems)
    words = stages.take(_words(files, site, spared))
    styles = stages.take(_styles(files.styles, site))
    if any(problem.rule in _WORDLESS for problem in stages.problems):
        return None
    stages.problems += uncited(atlas)
    progress("planning", 0, 0)
    guides = {
        name: load_style(files.styles[name], files.styles["words"]) for name in PAGE_STYLES if "cite" in site.views
    }
    return stages.take(outline(atlas, words, styles, guides, files.static, files.land)), words


def _without_echoes(problems: Sequence[Problem]) -> Sequence[Problem]:
    """Problems without those of names that `site.yaml` does not declare, where it has errors of its own."""
    own = (one for one in problems if one.span.path == SITE_PATH and one.severity == "error")
    if all(one.rule in _DECLARED for one in own):
        return problems
    return [one for one in problems if one.rule not in _DECLARED]


def _without_works(problems: Iterable[Problem], unreadable: Collection[str]) -> Iterator[Problem]:
    """Problems of links where no work is known: one for the bibliography that is missing, none for each citation."""
    citations = 0
    for problem in problems:
        if problem.rule == Rule.UNKNOWN_WORK:
            citations += 1
        else:
            yield problem
    if citations and "bibliography.bib" not in unreadable:
        message = f"bibliography.bib does not exist, and {citations} citations name works"
        hint = "write it, or copy it to the folder that holds content/"
        yield Problem(Span("bibliography.bib"), Rule.UNKNOWN_WORK, message, hint)


_WORKS = msgspec.msgpack.Decoder(tuple[tuple[Work, ...], tuple[Problem, ...]])


def _works(
    bibliography: Source, voices: Collection[str], parse_cache: ParseCache
) -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
    """The works of the bibliography, read anew where the library has not these bytes."""
    key = parse_cache.key(bibliography.path)
    row = parse_cache.find(bibliography.path, key)
    if row is None:
        with at_work_on(bibliography.path):
            row = msgspec.msgpack.encode(read_works(bibliography.text, bibliography.path, voices))
        parse_cache.keep(bibliography.path, key, row)
    return parse_cache.value(bibliography.path, key, row, _WORKS.decode)


def _remarks(row: RecordResult, site: Site) -> Iterator[Problem]:
    """What is to be said of a record alone; of one whose files have mistakes, only how it is written."""
    from atlas.lint.proofreading import proofread  # a build that reads no record anew can do without

    record = row.record
    if record is None:
        return
    if not any(problem.severity == "error" and problem.span.path == record.path for problem in row.problems):
        yield from check_parity({record.id: record})
        yield from check_evidence([record], site)
    yield from proofread([record], site.languages)


def _words(files: Input, site: Site, spared: bool) -> tuple[dict[str, Catalog], list[Problem]]:
    """The catalogues of words by language, held against each other and against what is said.

    spared: unused words are passed over, as where an atlas's templates replace the engine's and need not say all.
    """
    problems: list[Problem] = []
    templates = files.templates
    catalogues: dict[str, Catalog] = {}
    for language in site.languages.values():
        name = f"words/{language.id}.yaml"
        if name not in templates:
            hint = f"copy {_catalogue_to_copy(templates)} to templates/{name} and translate it"
            span = Span(f"templates/{name}")
            problems.append(
                Problem(span, Rule.MISSING_WORDS, f"there are no words of the interface in {language.name}", hint)
            )
            continue
        catalogues[language.id], found = read_catalog(Source(f"templates/{name}", templates[name]), language)
        problems += found
    if not problems:
        compared = compare_catalogs(list(catalogues.values()), messages_used(templates) | ENGINE_WORDS)
        problems += [problem for problem in compared if problem.rule != Rule.UNUSED_WORD or not spared]
    return catalogues, problems


def _styles(texts: Mapping[str, str], site: Site) -> tuple[dict[str, Style], list[Problem]]:
    """The citation style of each language: the one that the site names, or the custom of the language."""
    problems: list[Problem] = []
    styles: dict[str, Style] = {}
    known = sorted(texts.keys() - {"words"})
    for id, language in site.languages.items():
        name = DEFAULT_STYLES.get(subtag_of(language.tag), "chicago-author-date")
        if id in site.styles:
            name, span = site.styles[id].target, site.styles[id].span
            if name not in known:
                problems.append(
                    Problem(span, Rule.UNKNOWN_STYLE, f'there is no citation style "{name}"', nearest(name, known))
                )
                name = "chicago-author-date"
        styles[id] = load_style(texts[name], texts["words"])
    return styles, problems


def _catalogue_to_copy(templates: Mapping[str, str]) -> str:
    return next((f"templates/{name}" for name in templates if name.startswith("words/")), "templates/words/en.yaml")
