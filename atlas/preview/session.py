"""Holds a preview session: rereads changed files and renders pages on request.

A record with mistakes is shown as far as it can be read, with the mistakes in place; without a plan, as after a
mistake in site.yaml, the last good pages stay. Only its cache and the report of an engine failure are written.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path

from msgspec import Struct

from atlas.build.memory import without_collection
from atlas.build.options import ReadOptions
from atlas.build.pipeline import run
from atlas.build.stages import Known, Read, SitePlan
from atlas.content.model import Record
from atlas.content.parse_cache import ParseCache
from atlas.core.failures import report_failure
from atlas.core.memo import Memo
from atlas.core.problems import Problem, in_order
from atlas.core.sources import Input, read_input
from atlas.i18n.collation import Collator
from atlas.pages.final_plan import complete_plan, draw_page
from atlas.pages.plan import Page, PageSpec, PlannedFile, PlannedPage, copied_file
from atlas.pages.rendering.renderer import Renderer
from atlas.pages.rendering.templates import Facts
from atlas.preview.marks import mark_mistakes
from atlas.preview.preview_cache import PreviewCache

_MANY = 1000
"""How many pages are checked at a time if a request waits for the last."""


class PreviewFile(Struct, frozen=True):
    """A file of the site.

    Attributes:
        data: its bytes; if there is a problem, those of the last good version, if any.
        problem: the problem of its template.
    """

    data: bytes
    problem: Problem | None = None


class PreviewChanges(Struct, frozen=True):
    """The changes since the last reading.

    Attributes:
        problems: the present problems.
        static: the static files that have changed.
        pages: whether anything else has changed.
    """

    problems: tuple[Problem, ...]
    static: tuple[str, ...]
    pages: bool


class PreviewSession:
    """The preview of the atlas in a folder.

    Attributes:
        state: a number that grows whenever pages may have changed.
        failure: the engine failure of the last reading.
        is_behind: whether the pages are those of an earlier reading, because the last gave no plan.
    """

    def __init__(self, root: Path, options: ReadOptions) -> None:
        self.root, self.options = root, options
        self.cache = PreviewCache(root)
        self.memo = Memo()
        self.library = ParseCache(self.cache.read, "\n".join((self.cache.engine, str(options))), memo=self.memo)
        self.facts: Mapping[str, Facts] = self.cache.state.facts
        self.collator = Collator(self.cache.state.pinyin)
        self.read: Read | None = None
        self.own: tuple[Problem, ...] = ()
        self.found: tuple[Problem, ...] = ()
        self.plan: _PreviewPlan | None = None
        self.made: dict[str, bytes] = {}
        self.failure: Problem | None = None
        self.is_behind = False
        self.state = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all known problems."""
        return in_order((*self.own, *self.found))

    @without_collection()
    def refresh(self) -> PreviewChanges:
        """Read the present files."""
        self.state += 1
        before, reported, failed = self.read, self.problems, self.failure
        self.failure = None
        try:
            self.read = now = read_input(self.root, self.memo, self.cache.disk_time())
        except Exception as error:  # an engine failure; the last good version stays
            self._fail(error)
            return PreviewChanges(self.problems, (), True)
        old, new = before[0].digests if before else {}, now[0].digests
        changed = {path for path in {*old, *new} if old.get(path) != new.get(path)}
        static = tuple(sorted(path for path in changed if "templates/static/" in path))
        only_static = before is not None and len(changed) == len(static) and _same_names(before, now)
        if failed or not self.plan or not only_static:
            try:
                self._draft(now, changed)
            except Exception as error:
                self._fail(error)
        if self.plan:
            self.plan.put(now[0])
        return PreviewChanges(self.problems, static, len(changed) > len(static) or self.problems != reported)

    def _fail(self, error: Exception) -> None:
        """Report an engine failure in place of all other problems."""
        self.failure = report_failure(error, self.root)
        self.own, self.found = (self.failure,), ()
        self.is_behind = True

    def _draft(self, read: Read, changed: Set[str]) -> None:
        self.library.turn_to(read[0].digests)
        known = Known(self.facts, self.library, self.collator)
        outcome = run(lambda: (read, known), self.options)
        self.own, self.is_behind = outcome.problems, outcome.plan is None
        self.found = tuple(problem for problem in self.found if problem.span.path not in changed)  # until looked again
        if outcome.plan:
            self.facts = outcome.plan.templates.facts
            self.plan = _PreviewPlan(outcome.plan)

    def go_on(self, count: int, hurry: Callable[[], bool]) -> bool:
        """Check some more pages for problems that only rendering all pages shows.

        Args:
            count: the number of pages.
            hurry: whether to stop because a request waits.

        Returns:
            Whether all pages have been checked.
        """
        if self.plan is None or self.is_behind:
            return True
        before = self.found
        try:
            found = self.plan.look_through(count, hurry)
            self.found = found if self.plan.is_through else tuple(dict.fromkeys((*before, *found)))
            if self.plan.is_through:
                self.cache.save(self.library, self.facts, self.collator.pinyin)
        except Exception as error:
            self._fail(error)
        self.state += self.found != before
        return self.plan.is_through

    def get(self, path: str) -> PreviewFile | None:
        """Return the file at a path, which may be a folder; None if the site has none."""
        path = path.lstrip("/")
        if self.plan is None:
            return None
        if path == "" or path.endswith("/"):
            path += "index.html"
        result = self.plan.file(path)
        if isinstance(result, Problem):
            return PreviewFile(self.made.get(path, b""), result)
        if result is None or not path.endswith(".html"):
            return PreviewFile(result) if result is not None else None
        self.made[path] = result
        return PreviewFile(self._marked(path, result))

    def _marked(self, path: str, page: bytes) -> bytes:
        """Return a page with the mistakes of its record marked in place."""
        record = self.plan.record(path) if self.plan else None
        if record is None or self.read is None or not self.problems:
            return page
        own = {record.path, *(one.path for one in record.translations.values())}
        files = {source.path: source.text.split("\n") for source in self.read[0].sources if source.path in own}
        return mark_mistakes(page.decode(), self.problems, files).encode()

    def missing(self, path: str) -> PreviewFile | None:
        """Return the 404 page for a path."""
        folders = [*_above(path.strip("/")), ""]
        pages = (self.get(posixpath.join(folder, "404.html")) for folder in folders)
        return next((page for page in pages if page), None)


def _same_names(before: Read, now: Read) -> bool:
    """Return whether two readings found static files of the same names and no unreadable file."""
    names = [[asset.path for asset in read[0].static] for read in (before, now)]
    return names[0] == names[1] and not before[1] and not now[1]


class _PreviewPlan:
    """A plan whose pages are rendered one by one."""

    def __init__(self, made: SitePlan) -> None:
        self.outline, self.words = made.outline, made.words
        self.renderer = Renderer(made.templates.texts)
        self.specs = {spec.path: spec for spec in self.outline.specs}
        self.files = {file.path: file.make for file in self.outline.files}
        self.waiting: Iterator[PageSpec] = iter(self.outline.specs)
        self.drawn: list[PlannedPage] = []
        self.problems: dict[tuple[object, str], Problem] = {}
        self.rest: dict[str, Page | PlannedFile] | None = None

    def record(self, path: str) -> Record | None:
        """Return the record whose page a file is, in any language; None for other files."""
        spec = self.specs.get(path)
        return self.outline.atlas.addresses.get(spec.address) if spec else None

    def put(self, files: Input) -> None:
        """Replace the static files with the present ones, even if other files have errors."""
        self.files |= {f"static/{asset.path}": copied_file("static/", asset).make for asset in files.static}

    @property
    def is_through(self) -> bool:
        """Return whether every page has been checked."""
        return self.rest is not None

    def file(self, path: str) -> bytes | Problem | None:
        """Return a file by its path."""
        if path in self.specs:
            return self._render(draw_page(self.specs[path])[0])
        if path in self.files:
            return self.files[path]()
        if posixpath.splitext(path)[1] in ("", ".html"):
            return None
        while not self.is_through:
            self.look_through(_MANY, lambda: False)
        found = (self.rest or {}).get(path)
        return self._render(found) if isinstance(found, Page) else found.content() if found else None

    def _render(self, page: Page) -> bytes | Problem:
        return self.renderer.rendered(page, self.outline.frames[page.language], self.words[page.language])

    def look_through(self, count: int, hurry: Callable[[], bool]) -> tuple[Problem, ...]:
        """Check some more pages.

        Returns:
            The problems of all pages checked so far.
        """
        if not self.is_through:
            for _ in range(count):
                if hurry():
                    break
                spec = next(self.waiting, None)
                if spec is None:
                    self._finish()
                    break
                page, drawn = draw_page(spec)
                self.drawn.append(drawn)
                result = self._render(page)
                if isinstance(result, Problem):
                    self.problems[result.span, result.message] = result
        return tuple(self.problems.values())

    def _finish(self) -> None:
        plan, problems = complete_plan(self.outline, self.drawn)
        self.problems |= {(problem.span, problem.message): problem for problem in problems}
        self.rest = {page.path: page for page in plan.pages} | {file.path: file for file in plan.files}


def _above(path: str) -> Iterator[str]:
    """Yield the folders above a path, from the nearest."""
    while "/" in path:
        path = posixpath.dirname(path)
        yield path
    yield path
