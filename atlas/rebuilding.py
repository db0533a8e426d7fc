"""A build into a folder, of what changed since the last one and of nothing else; the result is that of a clean build.

A page is kept when its seal is that of the last build and its file stands as that build left it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from atlas.building import Draft, Options, Progress, Read, draft, silent
from atlas.cache import Busy, Cache
from atlas.content.declaring import PLACES_PATH, SITE_PATH
from atlas.content.library import Library
from atlas.content.linking import Atlas
from atlas.content.notes import unnoted
from atlas.ledger import Ledger, load, save
from atlas.output import Written, write_site
from atlas.packing import packed
from atlas.pages.finishing import draw, finish
from atlas.pages.sealing import KEPT, Reason
from atlas.pages.templates import Facts
from atlas.pressing import Press, Pressed, is_as_left
from atlas.problems import Problem, Span, has_errors, in_order
from atlas.searching import indexed
from atlas.sources import digest, read_engine, read_input
from atlas.standing import Standing, is_listed
from atlas.stats import Look
from atlas.tongues.sorting import READINGS
from atlas.unchanged import STATE, look_at_inputs, record

_PASSING = frozenset({"edited-page"})
"""Rules of what is told once: the build that tells it has mended it."""


class Report(Struct):
    """What a build found and did."""

    problems: tuple[Problem, ...] = ()
    written: int = 0
    kept: int = 0
    removed: int = 0
    pages: int = 0

    @property
    def failed(self) -> bool:
        """Whether mistakes kept it from writing."""
        return has_errors(self.problems) and not self.written


class How(Struct, frozen=True):
    """How to build. shown: how messages call the output folder; settings: what the command line and environment say.

    force: render and write every page; verify: believe no stat; precompress: write compressed twins of text files.
    search: make the index of the search anew where pages changed; else it stays as it is.
    """

    reading: Options
    shown: str = "site"
    settings: tuple[str, ...] = ()
    force: bool = False
    verify: bool = False
    precompress: bool = False
    search: bool = True


def build(root: Path, out: Path, how: How, progress: Progress = silent) -> Report:
    """Build the atlas in `root` into the folder `out`. A build that finds an error writes nothing."""
    cache = Cache(str(root), str(out))
    try:
        remembers = cache.begin()
    except Busy as busy:
        hint = "wait until it has ended, or name another folder with --output"
        message = f"another build is at work on this folder (process {busy})"
        return Report((Problem(Span(how.shown), "cannot-write", message, hint),))
    try:
        return _Build(root, out, how, progress, cache if remembers else None).run()
    finally:
        cache.end()


def check(root: Path, out: Path, how: How, progress: Progress = silent) -> Report:
    """Everything that a build would find, without writing. out: the folder whose last build spares work."""
    return _Build(root, out, how, progress, None, load(Cache(str(root), str(out)))).check()


class Studied(Struct, frozen=True):
    """What a check found: its report, the atlas where it could be linked, and every file that a build would write."""

    report: Report
    atlas: Atlas | None
    files: Mapping[str, bytes]


def study(root: Path, out: Path, how: How, progress: Progress = silent) -> Studied:
    """Everything that a build would find and make, without writing. Where `how` does not force, files may be missing
    that stand already as the last build left them.
    """
    own = _Build(root, out, how, progress, None, load(Cache(str(root), str(out))))
    made = own.make()
    return Studied(Report(own.problems, pages=own.pages), own.atlas, made.files if made else {})


class Explanation(Struct, frozen=True):
    """Why a page would be rendered or kept if a build began now, and why it was last rendered (None: not known)."""

    path: str
    now: Reason
    last: Reason | None

    def __str__(self) -> str:
        does = "is kept" if self.now is KEPT else "would be rendered"
        last = f" (it was last rendered because {self.last})" if self.last and self.now is KEPT else ""
        return f"{self.path} {does}: {self.now}{last}"

    def as_json(self) -> dict[str, object]:
        """For machines: the path, and both reasons as their kind and the names of what changed."""
        rows = {"now": self.now, "last": self.last}
        return {"path": self.path} | {
            key: {"kind": each.kind, "names": list(each.names)} if each else None for key, each in rows.items()
        }


def explain(root: Path, out: Path, how: How, wanted: str) -> tuple[Explanation | None, tuple[Problem, ...]]:
    """Why a page would be rendered or kept. wanted: its path or address. None where there is no such page."""
    return _Build(root, out, how, silent, None, load(Cache(str(root), str(out)))).explain(wanted)


class _Made(Struct):
    """What a build has made: the files to write, what came of every page, and what is known of the templates."""

    files: dict[str, bytes]
    pressed: list[Pressed]
    facts: dict[str, Facts]


class _Build:
    """One build. cache: where it remembers, or None."""

    def __init__(
        self, root: Path, out: Path, how: How, progress: Progress, cache: Cache | None, ledger: Ledger | None = None
    ) -> None:
        self.root, self.out, self.how, self.progress, self.cache = root, out, how, progress, cache
        self.ledger = ledger or (load(cache) if cache else Ledger())
        since = 0 if how.force or how.verify else self.ledger.since
        self.standing = Standing(out, self.ledger.files, since)
        if how.force:
            self.ledger = Ledger()
        self.inputs: Look | None = None
        self.engine = self.read = self.common = ""
        self.digests: Mapping[str, str] = {}
        self.taken: list[Read] = []
        self.problems: tuple[Problem, ...] = ()
        self.pages = 0
        self.atlas: Atlas | None = None

    def run(self) -> Report:
        """Read, and do what is to be done."""
        try:
            self.inputs = look_at_inputs(str(self.root), self.how.settings)
        except OSError:  # what cannot be looked at is told when it is read
            self.inputs = None
        self._take()
        if self.ledger.read == self.read and (self.ledger.failed or self._stands()):
            return self._again()
        made = self._made()
        if made is None:
            return self._failed()
        self.standing.now |= {each.path: each.seen for each in made.pressed if each.seen}
        kept = {each.path: self.ledger.files[each.path].digest for each in made.pressed if each.reason == KEPT}
        self.progress("indexing", 0, 0)
        found = indexed(made.files, kept, self.engine, self.ledger, self.standing, leave=not self.how.search)
        made.files |= found.files
        kept |= found.kept
        if self.how.precompress:
            made.files |= packed(made.files | {path: self.standing.read(path) for path in kept})
        self.progress("writing", 0, 0)
        result = write_site(
            self.out, self.how.shown, made.files, kept=kept, standing=self.standing, force=self.how.force
        )
        problems = in_order((*self.problems, *result.problems))
        self._remember(problems, result, made)
        return Report(problems, result.written, result.kept, result.removed, self.pages)

    def check(self) -> Report:
        """All but writing."""
        self.make()
        return Report(self.problems, pages=self.pages)

    def make(self) -> _Made | None:
        """What a build would write; None where there are mistakes."""
        self._take()
        return self._made()

    def explain(self, wanted: str) -> tuple[Explanation | None, tuple[Problem, ...]]:
        """Why a page would be rendered or kept."""
        self._take()
        own = self._draft()
        path = wanted.removeprefix(own.outline.atlas.site.base_url if own.outline else "").partition("#")[0]
        if "://" in path:  # of another host, such as the preview
            path = path.split("://", 1)[1].partition("/")[2]
        path = path.removeprefix(f"{self.how.shown}/").lstrip("/")
        names = (path, f"{path.rstrip('/')}/index.html".lstrip("/"))
        found = [sketch for sketch in own.outline.sketches if sketch.path in names] if own.outline else []
        if not found:
            return None, own.problems
        pressed = self._press(own, wanted=False).one(draw(found[0])[0])
        return Explanation(pressed.path, pressed.reason, self.ledger.reasons.get(pressed.path)), own.problems

    # Each step leaves its problems, and the number of pages, in the build.

    def _take(self) -> None:
        self.progress("reading", 0, 0)
        self.engine = read_engine()
        if self.ledger.engine == self.engine:
            READINGS.update(self.ledger.readings)
        files, problems = read_input(self.root)
        what = (self.engine, self.how.settings, sorted(files.digests.items()), problems)
        self.read = digest(msgspec.msgpack.encode(what))
        self.taken, self.digests = [(files, problems)], files.digests

    def _draft(self) -> Draft:
        taken = self.taken.pop()  # so that no text is kept in memory once all are read
        own = draft(taken, self.how.reading, self.ledger.facts, self._library(taken[0].digests), self.progress)
        self.problems = own.problems
        self.atlas = own.outline.atlas if own.outline else None
        return own

    def _library(self, digests: Mapping[str, str]) -> Library:
        """The rows of earlier builds. All depend on the engine and on what the atlas declares."""
        declared = (digests.get(path, "") for path in (SITE_PATH, PLACES_PATH))
        common = "\n".join((self.engine, *self.how.settings, *declared))
        library = Library(common=common, digests=digests, write=self.cache.write if self.cache else None)
        if not self.how.force:
            library.read = (self.cache or Cache(str(self.root), str(self.out))).read
        return library

    def _press(self, own: Draft, *, wanted: bool) -> Press:
        assert own.outline is not None
        rest = unnoted(own.outline.atlas, self.digests)
        self.common = digest(msgspec.msgpack.encode((self.engine, self.how.settings, rest)))
        force = self.how.force
        return Press(own, self.engine, self.common, self.ledger, self.standing, force=force, wanted=wanted)

    def _made(self) -> _Made | None:
        """What is to stand in the folder; None where there are mistakes."""
        own = self._draft()
        if own.outline is None:
            return None
        press = self._press(own, wanted=not has_errors(own.problems))
        pressed = press.all(own.outline.sketches, self.progress)
        end, found = finish(own.outline, [each.drawn for each in pressed if each.drawn])
        pressed += [press.one(page) for page in end.pages]
        self.pages = len(pressed)
        faults = {(each.data.span, each.data.message): each.data for each in pressed if isinstance(each.data, Problem)}
        self.problems = in_order((*own.problems, *found, *faults.values()))
        if has_errors(self.problems):
            return None
        files = {each.path: each.data for each in pressed if isinstance(each.data, bytes)}
        files |= {asset.path: asset.data for asset in end.copies}
        return _Made(files, pressed, own.facts)

    # What stands in the folder.

    def _stands(self) -> bool:
        """Whether the folder holds what the last build left there, and nothing else."""
        try:
            present = set(self.standing.paths())
        except OSError:
            return False
        listed = {path: seen.digest for path, seen in self.ledger.files.items()}
        return (
            present == {*self.ledger.files, *self.ledger.others}
            and all(is_as_left(path, self.ledger, self.standing, mode=True) for path in self.ledger.files)
            and is_listed(self.out, listed)
        )

    # What is remembered.

    def _again(self) -> Report:
        """The report of the last build, which is still true."""
        if not self.ledger.failed:
            self.ledger.files = {path: self.standing.now[path] for path in self.ledger.files}
            self.ledger.since = self._started()
        self._save(self.ledger)
        return Report(
            self.ledger.problems, kept=0 if self.ledger.failed else len(self.ledger.files), pages=self.ledger.pages
        )

    def _failed(self) -> Report:
        self._save(replace(self.ledger, read=self.read, failed=True, problems=self.problems, pages=self.pages))
        return Report(self.problems, pages=self.pages)

    def _remember(self, problems: tuple[Problem, ...], result: Written, made: _Made) -> None:
        if has_errors(problems):  # what was written before the disk failed is found out by the next build
            self._save(replace(self.ledger, read="", failed=True))
            return
        before = self.ledger.reasons
        seals = {each.path: each.seal for each in made.pressed}
        reasons = {
            each.path: before.get(each.path, each.reason) if each.reason == KEPT else each.reason
            for each in made.pressed
        }
        others = tuple(path for path in self._present() if path not in result.files)
        lasting = tuple(problem for problem in problems if problem.rule not in _PASSING)
        ledger = Ledger(self.read, self._started(), False, lasting, self.pages, result.files, others)
        traces = {each.path: each.trace for each in made.pressed if each.trace}
        ledger = replace(ledger, seals=seals, reasons=reasons, facts=made.facts, common=self.common, traces=traces)
        self._save(replace(ledger, engine=self.engine, readings=READINGS))

    def _started(self) -> int:
        return self.cache.started if self.cache else 0

    def _present(self) -> tuple[str, ...]:
        try:
            return self.standing.paths()
        except OSError:
            return ()

    def _save(self, ledger: Ledger) -> None:
        if self.cache is None:
            return
        save(self.cache, ledger)
        if self.inputs and ledger.read and self.cache.is_steady():
            told = [(str(problem), problem.as_json()) for problem in ledger.problems]
            counts = {"pages": ledger.pages, "files": 0 if ledger.failed else len(ledger.files)}
            record(self.cache, self.inputs, str(self.out), told, counts)
        else:
            self.cache.forget(STATE)
