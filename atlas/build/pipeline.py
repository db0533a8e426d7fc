"""Runs a build, from the files of an atlas to its site: begin reading here.

`run` is the sequence of all stages. Commands call `build` and `dry_run`; `explanation` and the preview stop
after the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from atlas.build.build_state import BuildState, load
from atlas.build.cache import Busy, Cache
from atlas.build.executor import render
from atlas.build.memory import without_collection
from atlas.build.options import BuildOptions, Progress, ReadOptions, silent
from atlas.build.post_steps import add_post_files
from atlas.build.stages import Findings, Known, Read, SitePlan, check, link, plan, without_echoes
from atlas.build.target import BuildReport, PageCost, PageResult, RenderedSite, Target
from atlas.content.linking import Atlas
from atlas.core.output import WriteResult
from atlas.core.problems import Problem, Span, has_errors, in_order
from atlas.core.rules import Rule
from atlas.pages.final_plan import problems_of_pages
from atlas.schema.families import BY_FOLDER

Stage = Literal["plan", "render", "write"]
"""The stage after which a build ends."""
Reader = Callable[[], tuple[Read, Known]]
"""The stage `read`: returns the inputs, and the caches of earlier builds."""


class Outcome(Struct):
    """The results of a build.

    Attributes:
        problems: the problems found.
        plan: the plan of the site; None if that stage was not reached.
        site: the rendered site; None if that stage was not reached.
        written: the result of writing; None if that stage was not reached.
        current: whether the output folder was up to date, so that nothing was done.
    """

    problems: tuple[Problem, ...] = ()
    plan: SitePlan | None = None
    site: RenderedSite | None = None
    written: WriteResult | None = None
    current: bool = False


def run(
    read: Reader,
    options: ReadOptions,
    target: Target | None = None,
    until: Stage = "plan",
    progress: Progress = silent,
) -> Outcome:
    """Read an atlas and publish it, up to a stage: read → check → link → plan → render → post → write.

    Args:
        read: reads the files.
        options: how to read them.
        target: the output folder; None if nothing is rendered.
        until: the last stage.
        progress: is called with each stage.

    Returns:
        The results of the stages. Errors end the sequence: no page is planned without a site, and nothing is written.
    """
    found = Findings()
    progress("reading", 0, 0)
    files, known = read()
    if target and until == "write" and target.is_current():
        return Outcome(current=True)
    checked = found.take(check(files, options, known, progress))
    if checked is None:
        return Outcome(without_echoes(found.problems))
    progress("linking", 0, 0)
    atlas = found.take(link(checked, known))
    progress("planning", 0, 0)
    planned = found.take(plan(checked, atlas, known))
    found.problems = [*without_echoes(found.problems)]
    del files, checked  # the texts are not needed any more
    if planned is None or target is None or until == "plan":
        return Outcome(in_order(found.problems), planned)
    site = found.take(render(planned, target, progress, wanted=not has_errors(found.problems)))
    if has_errors(found.problems) or until == "render":
        return Outcome(in_order(found.problems), planned, site)
    site = add_post_files(site, planned, target, progress)
    progress("writing", 0, 0)
    written = found.take(target.write(site))
    return Outcome(in_order(found.problems), planned, site, written)


def build(root: Path, out: Path, options: BuildOptions, progress: Progress = silent) -> BuildReport:
    """Build the atlas in `root` into the folder `out`. A build that finds an error writes nothing."""
    cache = Cache(str(root), str(out))
    try:
        remembers = cache.begin()
    except Busy as busy:
        hint = "wait until it has ended, or name another folder with --output"
        message = f"another build is at work on this folder (process {busy})"
        return BuildReport((Problem(Span(options.shown), Rule.CANNOT_WRITE, message, hint),))
    try:
        target = Target(root, out, options, cache if remembers else None, load(cache) if remembers else BuildState())
        with without_collection():
            outcome = run(target.read, options.read_options, target, "write", progress)
        return target.repeat() if outcome.current else _remembered(outcome, target)
    finally:
        cache.end()


def _remembered(outcome: Outcome, target: Target) -> BuildReport:
    """Save the state of a build for the next one, and return its report."""
    pages = len(outcome.site.pages) if outcome.site else 0
    if outcome.site is None or outcome.written is None:
        target.remember_failure(outcome.problems, pages)
        return BuildReport(outcome.problems, pages=pages)
    target.remember(outcome.problems, outcome.site, outcome.written)
    written, costs = outcome.written, tuple(_costs(outcome.site.pages))
    return BuildReport(outcome.problems, written.written, written.kept, written.removed, pages, costs)


def _costs(pages: Iterable[PageResult]) -> Iterator[PageCost]:
    return (PageCost(each.fingerprint.template, each.path, each.seconds) for each in pages if each.seconds)


class DryRun(Struct, frozen=True):
    """The results of a dry run.

    Attributes:
        report: its report.
        atlas: the atlas, if it could be linked.
        files: the files that a build would write.
        paths: the paths of these files and of those that it would leave as they are; none if there are errors.
    """

    report: BuildReport
    atlas: Atlas | None
    files: Mapping[str, bytes]
    paths: frozenset[str] = frozenset()


def dry_run(
    root: Path, out: Path, options: BuildOptions, progress: Progress = silent, files: Collection[str] = ()
) -> DryRun:
    """Find everything that a build would find, without writing.

    Files that the last build left unchanged may be missing from the result, unless the options force all.

    Args:
        root: the folder of the atlas.
        out: the output folder.
        options: how to build.
        progress: is called with each stage.
        files: the paths of files and folders. If these are records with pages, or folders of families, only those
            pages are drawn, and no file is made: a link that leads nowhere is found where its text is shown.
    """
    target = Target.to_look_at(root, out, options)
    with without_collection():
        outcome = run(target.read, options.read_options, progress=progress)
        if outcome.plan is None:
            return DryRun(BuildReport(outcome.problems), None, {})
        atlas = outcome.plan.outline.atlas
        if sources := _pages_of(atlas, files):
            count, found = problems_of_pages(outcome.plan.outline, sources)
            return DryRun(BuildReport(in_order([*outcome.problems, *found]), pages=count), atlas, {})
        site, problems = render(outcome.plan, target, progress, wanted=not has_errors(outcome.problems))
    report = BuildReport(in_order([*outcome.problems, *problems]), pages=len(site.pages))
    if has_errors(report.problems):
        return DryRun(report, atlas, {})
    return DryRun(report, atlas, site.files, frozenset({*site.files, *site.kept}))


def _pages_of(atlas: Atlas, files: Collection[str]) -> frozenset[str]:
    """Return the main files of the records that some files belong to; none if one is not of a record with a page.

    A folder of a family stands for all its files.
    """
    owners = {
        path: record.path
        for record in atlas.records.values()
        if record.address
        for path in (record.path, *(row.path for row in record.translations.values()))
    }
    families = {folder for folder in files if folder.removeprefix("content/") in BY_FOLDER}
    if not owners.keys() | families >= set(files):
        return frozenset()
    return frozenset(main for path, main in owners.items() if is_in(path, files))


def is_in(path: str, files: Collection[str]) -> bool:
    """Return whether a path is one of some files, or in one of some folders."""
    return any(path == file or path.startswith(f"{file}/") for file in files)
