"""Defines the stages of a build that make no page: check, link and plan. `pipeline` runs them in order.

Each is a function of values. It returns its result, or None if errors prevent one, and the problems that it found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.bibliography.formatting.citer import Style
from atlas.bibliography.parsing.works import Work, read_works
from atlas.build.options import Progress, ReadOptions
from atlas.build.presentation import Templates, page_styles, read_styles, read_templates, read_words, spares_unused
from atlas.build.variants import with_variants
from atlas.content import linking
from atlas.content.books import check_books, read_books
from atlas.content.editions import Edition, read_editions
from atlas.content.files import File
from atlas.content.linking import Atlas, uncited
from atlas.content.model import Site
from atlas.content.parse_cache import ParseCache
from atlas.content.records import Content, RecordResult, read_records
from atlas.content.site_config import PLACES_PATH, SITE_PATH, read_files, read_site
from atlas.core.digests import digest
from atlas.core.failures import at_work_on
from atlas.core.problems import Problem, Span, has_errors, in_order
from atlas.core.rules import Rule
from atlas.core.sources import Input, Source
from atlas.i18n.collation import Collator
from atlas.i18n.messages import Catalog
from atlas.lint.bracketed_ids import find_bracketed_ids
from atlas.lint.evidence import check_evidence
from atlas.lint.placeholders import BLANKS, find_placeholders
from atlas.lint.placeholders import without_echoes as without_todo_echoes
from atlas.lint.proofreading import proofread
from atlas.lint.translation_status import check_parity
from atlas.pages.plan import Outline
from atlas.pages.planner import outline
from atlas.pages.rendering.templates import Facts
from atlas.pages.security_policy import blocked_by_policy, styles_of
from atlas.schema.field_types import Declared

Read = tuple[Input, tuple[Problem, ...]]
"""The inputs, and the problems of reading them."""

_BIBLIOGRAPHY = "bibliography.bib"
_SYNTAX = re.compile(
    r"yaml-|duplicate-yaml-key|no-front-matter|open-front-matter|bad-utf8|conflict-marker|bad-id|duplicate-id|unsafe-html"
)
"""Rules of form, which apply even if the declarations of `site.yaml` are unknown."""
_UNREAD = frozenset({Rule.BAD_UTF8, Rule.CANNOT_READ, Rule.CONFLICT_MARKER, Rule.OVER_LIMIT})
"""Rules whose errors leave a file unread; problems that follow from that are not reported as well."""
_DECLARED = frozenset(f"unknown-{name}" for name in ("side", "dimension", "field", "contribution", "kind",
                      "relation-type", "language", "question", "answer", "voice"))  # fmt: skip
"""Rules about names that `site.yaml` does not declare."""
_WORDLESS = frozenset({Rule.MISSING_WORD, Rule.BAD_WORD, Rule.YAML_SYNTAX})
"""Rules whose errors leave interface words missing, so that no page can be planned."""


Result = TypeVar("Result")


class Findings:
    """Collects the problems of several steps and passes on their results."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems = [*problems]

    def take(self, found: tuple[Result, Iterable[Problem]]) -> Result:
        """Collect the problems of a step and return its result."""
        result, problems = found
        self.problems += problems
        return result


class Known(Struct, frozen=True):
    """The caches of earlier builds.

    Attributes:
        facts: the analysis of templates.
        parse_cache: the records and works read from files with the same bytes.
        collator: knows the pinyin of names.
    """

    facts: Mapping[str, Facts]
    parse_cache: ParseCache
    collator: Collator = field(default_factory=Collator)


class Checked(Struct, frozen=True):
    """An atlas whose files have been read and checked one by one.

    Attributes:
        works: the works by key.
        uploads: pictures and downloads by path.
        editions: the editions that were released.
        words: the message catalog of each language.
        styles: the citation style of each language.
        page_styles: the styles in which pages show how to cite them, by name.
        unreadable: the files that could not be read.
        has_words: whether no interface word is missing.
    """

    files: Input
    site: Site
    content: Content
    works: Mapping[str, Work]
    uploads: Mapping[str, File]
    editions: tuple[Edition, ...]
    templates: Templates
    words: Mapping[str, Catalog]
    styles: Mapping[str, Style]
    page_styles: Mapping[str, Style]
    unreadable: frozenset[str]
    has_words: bool


class SitePlan(Struct, frozen=True):
    """The plan of a site, with everything needed to render it.

    Attributes:
        outline: the outline of its pages.
        templates: the templates.
        words: the message catalog of each language.
        collator: compares names.
    """

    outline: Outline
    templates: Templates
    words: Mapping[str, Catalog]
    collator: Collator


def check(read: Read, options: ReadOptions, known: Known, progress: Progress) -> tuple[Checked | None, list[Problem]]:
    """Check every file by itself: templates, `site.yaml`, records, bibliography, interface words, styles."""
    files, unread = read
    found, memo = Findings(unread), known.parse_cache.memo
    templates = found.take(read_templates(files.templates, known.facts))
    found.problems += _blocked(files)
    sources = {source.path: source for source in files.sources}
    if not sources and has_errors(found.problems):
        return None, found.problems
    with at_work_on(SITE_PATH):
        inputs = sources.get(SITE_PATH), sources.get(PLACES_PATH), options.today, options.base_url
        site, declared, problems = memo.get("site", inputs, lambda: read_site(sources, options.today, options.base_url))
    found.problems += problems
    editions: tuple[Edition, ...] = ()
    if site:
        site, editions, unlisted = read_editions(files.editions, site)
        found.problems += unlisted
        site = replace(site, books=found.take(read_books(sources, declared)))
    if site and options.offline:
        site = replace(site, offline=True)
    unreadable = frozenset(problem.span.path for problem in found.problems if problem.rule in _UNREAD)
    if site is None and SITE_PATH in unreadable:
        found.problems = [one for one in found.problems if one.rule != Rule.MISSING_KEY or one.span != Span(SITE_PATH)]
    tick = partial(progress, "reading")
    known.parse_cache.declared = _declarations(site, declared)
    content, problems = _records(sources, site, declared, unreadable, known.parse_cache, tick)
    works = found.take(_works(_bibliography(files), declared.get("voice", ()), known.parse_cache))
    found.problems += find_placeholders(files.sources, _drafts(content))
    if site is None:
        known.parse_cache.put_away()
        # The declarations are not certain: errors of form are reported, errors of links are not.
        found.problems += [problem for problem in problems if declared or _SYNTAX.match(problem.rule)]
        return None, found.problems
    found.problems += [*problems, *content.remarks]
    if not options.drafts:
        content = replace(content, records={id: one for id, one in content.records.items() if not one.draft})
    uploads = found.take(_uploads(files, sources, declared, site if options.varied else None, known.parse_cache))
    known.parse_cache.put_away()
    spares = spares_unused(files, found.problems)
    languages = tuple(site.languages.values())
    words, wordless = memo.get("words", (files.templates, languages, spares), lambda: read_words(files, site, spares))
    found.problems += wordless
    styles = found.take(read_styles(files, site))
    checked = Checked(
        files,
        site,
        content,
        {work.key: work for work in works},
        uploads,
        editions,
        templates,
        words,
        styles,
        page_styles(files.styles, site),
        unreadable,
        not any(problem.rule in _WORDLESS for problem in wordless),
    )
    return checked, found.problems


def link(checked: Checked, known: Known) -> tuple[Atlas, list[Problem]]:
    """Resolve every link and citation, and find the works that nothing cites."""
    bibliography, memo = _bibliography(checked.files), known.parse_cache.memo
    uploads = {asset.path for asset in checked.files.files}
    text = bibliography.text if bibliography else ""
    atlas, dangling = linking.link(checked.site, checked.content, checked.works, checked.uploads, uploads, text, memo)
    if bibliography is None:
        dangling = tuple(_without_works(dangling, checked.unreadable))
    atlas = replace(atlas, editions=checked.editions)
    books = check_books(atlas, checked.content.broken)
    return atlas, [*dangling, *find_bracketed_ids(checked.content.records, memo), *uncited(atlas), *books]


def plan(checked: Checked, atlas: Atlas, known: Known) -> tuple[SitePlan | None, tuple[Problem, ...]]:
    """Plan every page in every language."""
    if not checked.has_words:
        return None, ()
    files = checked.files
    inline, words = styles_of(files.templates), checked.words
    pages, problems = outline(
        atlas,
        words,
        checked.styles,
        checked.page_styles,
        files.static,
        files.land,
        known.collator,
        files.fonts,
        inline,
        known.parse_cache.memo,
    )
    return SitePlan(pages, checked.templates, checked.words, known.collator), problems


def without_echoes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in order, without those that follow from others.

    Left out are problems in a line that is still to be filled in, and names that `site.yaml` does not declare if it has
    errors itself.
    """
    rows = list(problems)
    if any(row.rule in BLANKS for row in rows):
        rows = without_todo_echoes(rows)
    if any(row.span.path == SITE_PATH and row.severity == "error" and row.rule not in _DECLARED for row in rows):
        rows = [row for row in rows if row.rule not in _DECLARED]
    return in_order(rows)


def _blocked(files: Input) -> Iterator[Problem]:
    """Yield what the atlas's own templates hold that browsers will not apply."""
    for name, text in files.templates.items():
        if name.endswith(".html") and f"templates/{name}" in files.digests:
            yield from blocked_by_policy(name, text)


def _declarations(site: Site | None, declared: Declared) -> str:
    """Return the digest of the settings by which records are read and checked."""
    kinds = [
        (family, [(id, sorted(kind.not_applicable)) for id, kind in own.items()])
        for family, own in (site.kinds if site else {}).items()
    ]
    known = (site.languages, list(site.dimensions), kinds) if site else None
    return digest(msgspec.msgpack.encode((sorted(declared.items()), known)))


def _drafts(content: Content) -> frozenset[str]:
    """Return the paths of the files of drafts."""
    drafts = [record for record in content.records.values() if record.draft]
    return frozenset(path for one in drafts for path in (one.path, *(row.path for row in one.translations.values())))


def _bibliography(files: Input) -> Source | None:
    return next((source for source in files.sources if source.path == _BIBLIOGRAPHY), None)


def _records(
    sources: Mapping[str, Source],
    site: Site | None,
    declared: Declared,
    unreadable: Collection[str],
    parse_cache: ParseCache,
    tick: Callable[[int, int], None],
) -> tuple[Content, tuple[Problem, ...]]:
    """Read the records, and check the texts of each if the declarations of the site are known."""
    study = (lambda row: _remarks(row, site)) if site else None
    unread = [path for path in unreadable if path.startswith("content/")]
    return read_records(sources, declared, unread, study, parse_cache, tick)


def _remarks(row: RecordResult, site: Site) -> Iterator[Problem]:
    """Yield the problems of a single record; if its files have errors, only those of its typography."""
    record = row.record
    if record is None:
        return
    if not any(problem.severity == "error" and problem.span.path == record.path for problem in row.problems):
        yield from check_parity({record.id: record})
        yield from check_evidence([record], site)
    yield from proofread([record], site.languages)


def _uploads(
    files: Input,
    sources: Mapping[str, Source],
    declared: Declared,
    site: Site | None,
    parse_cache: ParseCache,
) -> tuple[Mapping[str, File], Iterable[Problem]]:
    """Return the pictures and downloads by path; a large picture with smaller copies is no problem."""
    uploads, problems = read_files(files.files, sources, declared)
    if site is None or site.image_variants is None:
        return uploads, problems
    varied, more = with_variants(uploads, site.image_variants, parse_cache)
    small = {f"content/files/{path}" for path, file in varied.items() if file.variants}
    rest = [one for one in problems if one.rule != Rule.LARGE_FILE or one.span.path not in small]
    return varied, [*rest, *more]


_WORKS = msgspec.msgpack.Decoder(tuple[tuple[Work, ...], tuple[Problem, ...]])


def _works(
    bibliography: Source | None, voices: Collection[str], parse_cache: ParseCache
) -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
    """Return the works of the bibliography, from the cache if its bytes are the same."""
    path, text = (bibliography.path, bibliography.text) if bibliography else (_BIBLIOGRAPHY, "")
    key = parse_cache.key(path)
    row = parse_cache.find(path, key)
    if row is not None:
        return parse_cache.value(path, key, row, _WORKS.decode)
    with at_work_on(path):
        found = read_works(text, path, voices, parse_cache.memo)
    row = msgspec.msgpack.encode(found)
    parse_cache.keep(path, key, row)
    return parse_cache.value(path, key, row, lambda _: found)


def _without_works(problems: Iterable[Problem], unreadable: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of links without a bibliography: one problem for all citations instead of one for each."""
    citations = 0
    for problem in problems:
        if problem.rule == Rule.UNKNOWN_WORK:
            citations += 1
        else:
            yield problem
    if citations and _BIBLIOGRAPHY not in unreadable:
        message = f"{_BIBLIOGRAPHY} does not exist, and {citations} citations name works"
        hint = "write it, or copy it to the folder that holds content/"
        yield Problem(Span(_BIBLIOGRAPHY), Rule.UNKNOWN_WORK, message, hint)
