"""The stages in order: read → check → link → plan → render → write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from atlas.bibliography.citations import Style, load_style
from atlas.bibliography.works import read_works
from atlas.content.declaring import read_files, read_site
from atlas.content.evidence import check_evidence
from atlas.content.linking import link, uncited
from atlas.content.model import Site
from atlas.content.parity import check_parity
from atlas.content.proofreading import proofread
from atlas.content.records import read_records
from atlas.output import write_site
from atlas.pages.planning import ENGINE_WORDS, Plan, plan
from atlas.pages.rendering import Renderer, words_said
from atlas.problems import Problem, Span, has_errors, in_order, nearest
from atlas.sources import Input, Source, read_input
from atlas.tongues.languages import subtag_of
from atlas.tongues.words import Words, compare_words, read_words

_SYNTAX = re.compile(
    r"yaml-|duplicate-yaml-key|no-front-matter|open-front-matter|bad-utf8|bad-id|duplicate-id|unsafe-html"
)
_TEMPLATELESS = frozenset({"template-error", "missing-template", "bad-utf8"})
_WORDLESS = frozenset({"missing-words", "missing-word", "bad-word", "yaml-syntax"})
"""Mistakes in the catalogues without whose mending no page can be planned."""

PAGE_STYLES = ("chicago-author-date", "apa", "iso-690", "gb-t-7714-2015-numeric")
"""The styles in which every page says how to cite it."""

Progress = Callable[[str], None]
Result = TypeVar("Result")
DEFAULT_STYLES = {"fr": "iso-690", "zh": "gb-t-7714-2015-author-date"}
"""The citation style of a language where the site names none; that of the others is Chicago author-date."""


@dataclass(slots=True)
class Report:
    """What a build found and did."""

    problems: tuple[Problem, ...] = ()
    written: int = 0
    kept: int = 0
    removed: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. base_url and today replace what content/site.yaml says; force writes also what is there already."""

    base_url: str = ""
    today: str = ""
    force: bool = False


@dataclass(slots=True)
class _Stages:
    """The problems of the stages so far."""

    problems: list[Problem] = field(default_factory=list)

    def take(self, outcome: tuple[Result, Iterable[Problem]]) -> Result:
        """Keep the problems of a stage and hand on its result."""
        result, problems = outcome
        self.problems += problems
        return result


def today_from(environment: Mapping[str, str]) -> str:
    """The day that SOURCE_DATE_EPOCH names (reproducible-builds.org), or ""; ValueError when it is no number."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%d") if epoch else ""


def make(root: Path, options: Options, progress: Progress) -> tuple[dict[str, bytes], tuple[Problem, ...], int]:
    """All stages but the last: the files of the site by path, the problems, and the number of pages."""
    stages = _Stages()
    progress("reading")
    files = stages.take(read_input(root))
    renderer = Renderer(files.templates)
    stages.problems += renderer.check()
    made = _plan(files, options, stages, progress)
    if made is None or has_errors(stages.problems):
        return {}, in_order(stages.problems), 0
    planned, words = made
    progress(f"rendering {len(planned.pages)} pages")
    rendered = stages.take(renderer.render(planned, words))
    rendered |= {asset.path: asset.data for asset in planned.copies}
    return rendered, in_order(stages.problems), len(planned.pages)


def _plan(files: Input, options: Options, stages: _Stages, progress: Progress) -> tuple[Plan, dict[str, Words]] | None:
    """Read, check, link and plan."""
    sources = {source.path: source for source in files.sources}
    if has_errors(stages.problems) and not sources:
        return None
    site, declared, problems = read_site(sources, options.today, options.base_url)
    stages.problems += problems
    unreadable = [problem.span.path for problem in stages.problems if problem.rule in ("bad-utf8", "cannot-read")]
    content, found = read_records(sources, declared, [path for path in unreadable if path.startswith("content/")])
    bibliography = sources.get("bibliography.bib", Source("bibliography.bib", ""))
    works = {
        work.key: work
        for work in stages.take(read_works(bibliography.text, bibliography.path, declared.get("voice", ())))
    }
    if site is None:
        # What is declared is not known for certain: mistakes of form are told, links are not.
        stages.problems += [problem for problem in found if declared or _SYNTAX.match(problem.rule)]
        return None
    stages.problems += found
    progress(f"linking {len(content.records)} records")
    assets = stages.take(read_files(files.files, sources, declared))
    stages.problems += check_parity({id: row for id, row in content.records.items() if id not in content.shaky})
    stages.problems += check_evidence((row for id, row in content.records.items() if id not in content.shaky), site)
    stages.problems += proofread(content.records.values(), site.languages)
    known = {asset.path for asset in files.files}
    atlas = stages.take(link(site, content, works, assets, known, bibliography.text))
    # Templates that are not whole say fewer words than they will when they are mended.
    spared = files.own_templates or any(problem.rule in _TEMPLATELESS for problem in stages.problems)
    words = stages.take(_words(files, site, spared))
    styles = stages.take(_styles(files.styles, site))
    if any(problem.rule in _WORDLESS for problem in stages.problems):
        return None
    stages.problems += uncited(atlas)
    progress("planning")
    guides = {
        name: load_style(files.styles[name], files.styles["words"]) for name in PAGE_STYLES if "cite" in site.views
    }
    return stages.take(plan(atlas, words, styles, guides, files.static, files.land)), words


def _words(files: Input, site: Site, spared: bool) -> tuple[dict[str, Words], list[Problem]]:
    """The catalogues of words by language, held against each other and against what is said.

    spared: unused words are passed over, as where an atlas's templates replace the engine's and need not say all.
    """
    problems: list[Problem] = []
    templates = files.templates
    catalogues: dict[str, Words] = {}
    for language in site.languages.values():
        name = f"words/{language.id}.yaml"
        if name not in templates:
            hint = f"copy {_catalogue_to_copy(templates)} to templates/{name} and translate it"
            span = Span(f"templates/{name}")
            problems.append(
                Problem(span, "missing-words", f"there are no words of the interface in {language.name}", hint)
            )
            continue
        catalogues[language.id], found = read_words(Source(f"templates/{name}", templates[name]), language)
        problems += found
    if not problems:
        compared = compare_words(list(catalogues.values()), words_said(templates) | ENGINE_WORDS)
        problems += [problem for problem in compared if problem.rule != "unused-word" or not spared]
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
                    Problem(span, "unknown-style", f'there is no citation style "{name}"', nearest(name, known))
                )
                name = "chicago-author-date"
        styles[id] = load_style(texts[name], texts["words"])
    return styles, problems


def _catalogue_to_copy(templates: Mapping[str, str]) -> str:
    return next((f"templates/{name}" for name in templates if name.startswith("words/")), "templates/words/en.yaml")


def build(root: Path, out: Path, shown: str, options: Options, progress: Progress = lambda stage: None) -> Report:
    """Build the atlas in `root` into the folder `out`. A build that finds an error writes nothing."""
    files, problems, pages = make(root, options, progress)
    if has_errors(problems):
        return Report(problems, pages=pages)
    progress(f"writing {len(files)} files")
    result = write_site(out, shown, files, force=options.force)
    return Report(in_order((*problems, *result.problems)), result.written, result.kept, result.removed, pages)
