"""Collects the reports of `check` beyond errors: gaps, broken external links and lost addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.audit.external_links import ExternalLink, external_links
from atlas.audit.link_checker import LinkCheckOptions, LinkStatus, check_links, remembered, to_remember
from atlas.audit.url_regressions import NewBuild, find_lost_urls
from atlas.build.options import BuildOptions, Progress, silent
from atlas.build.pipeline import DryRun, dry_run
from atlas.build.target import BuildReport
from atlas.content.editions import path_of
from atlas.content.linking import Atlas
from atlas.content.quotes import count_quoted
from atlas.core.former_build import read_former
from atlas.core.output import write_text
from atlas.core.problems import Problem, in_order
from atlas.core.rules import Rule
from atlas.core.sources import read_text
from atlas.lint.gaps import gaps
from atlas.lint.quotes import check_quotes

CACHE: Final = ".cache/outside.json"
"""The file with the results of external links, in the folder of the atlas."""
_GONE: Final = (404, 410)
LEAST_EVIDENCE: Final = 2
"""The default for the minimum number of works that a fact cites."""


class AuditOptions(Struct, frozen=True):
    """The options of the reports.

    Attributes:
        evidence: the minimum number of works that a fact cites; 0 for the default.
        strictly: whether fewer works are an error.
        external: whether to check external links.
        against: an earlier build to compare with.
        edition: the version whose ids are compared too, or `all`. Addresses of all editions are always compared.
        files: the paths of the files and folders that the reports are about; none for all.
    """

    evidence: int = 0
    strictly: bool = False
    external: bool = False
    against: Path | None = None
    edition: str = ""
    files: frozenset[str] = frozenset()


def review(
    root: Path,
    out: Path,
    how: BuildOptions,
    wants: AuditOptions,
    progress: Progress = silent,
    options: LinkCheckOptions | None = None,
) -> BuildReport:
    """Return all problems and gaps of the atlas in `root`. Only `external` uses the network.

    Args:
        root: the folder of the atlas.
        out: the output folder.
        how: how to build.
        wants: which reports to make.
        progress: is called with each stage.
        options: the options for external links.
    """
    # A comparison with an earlier build needs every page, even those that are in the output folder already.
    compares = bool(wants.against or wants.edition)
    found = dry_run(root, out, replace(how, force=how.force or compares), progress, () if compares else wants.files)
    if found.atlas is None:
        return found.report
    problems = [*found.report.problems, *findings(found, found.atlas, wants)]
    if wants.against and found.files:
        records = found.atlas.records.values()
        former = read_former(wants.against)
        problems += find_lost_urls(former, NewBuild(found.files), found.atlas.site, records, wants.against.as_posix())
    if wants.external:
        links = external_links(found.atlas)
        progress("asking", 0, len(links))
        problems += _answered(
            root, links, options or LinkCheckOptions(f"atlas link check (+{found.atlas.site.base_url})")
        )
    quoted = count_quoted(found.atlas.records.values())
    return BuildReport(in_order(problems), pages=found.report.pages, quoted=quoted)


def findings(found: DryRun, atlas: Atlas, wants: AuditOptions) -> Iterator[Problem]:
    """Yield what a dry run shows beyond its own problems: gaps, quotations, and lost addresses of editions.

    Args:
        found: the dry run.
        atlas: its atlas.
        wants: which reports to make.
    """
    severe = wants.evidence and wants.strictly
    rule = Rule.INSUFFICIENT_EVIDENCE if severe else Rule.WEAK_EVIDENCE
    yield from gaps(atlas, wants.evidence or LEAST_EVIDENCE, rule)
    yield from check_quotes(atlas)
    if found.paths:
        yield from _lost_of_editions(found, atlas, wants.edition)


def _lost_of_editions(found: DryRun, atlas: Atlas, wanted: str) -> Iterator[Problem]:
    """Yield the addresses of earlier editions, and the ids of those wanted, that would disappear, each once."""
    build = NewBuild(found.files if wanted else dict.fromkeys(found.paths, b""))
    gone: set[str] = set()
    lost: dict[str, frozenset[str]] = {}
    for edition in reversed(atlas.editions):
        published: dict[str, frozenset[str]] = edition.published(atlas.site)
        has_ids = wanted in ("all", edition.version)
        own = {
            path: ids - lost.get(path, frozenset()) if has_ids else frozenset()
            for path, ids in published.items()
            if path not in gone
        }
        shown = f"edition {edition.version}"
        yield from find_lost_urls(own, build, atlas.site, atlas.records.values(), shown, path_of(edition.version))
        gone |= published.keys() - found.paths
        for path in [path for path, ids in own.items() if ids and path in build.files]:
            lost[path] = lost.get(path, frozenset()) | own[path] - build.ids(path)


def _answered(
    root: Path, links: Mapping[str, tuple[ExternalLink, ...]], options: LinkCheckOptions
) -> Iterator[Problem]:
    answers = check_links(links, remembered(read_text(root / CACHE)), options)
    write_text(root / CACHE, to_remember(answers))
    for address, places in links.items():
        for leading in places:
            yield from _link_problems(address, answers.get(address), leading)


def _link_problems(address: str, answer: LinkStatus | None, leading: ExternalLink) -> Iterator[Problem]:
    """Yield the problem of an external link, if there is one."""
    copy = f"write the archived address in its place: {leading.archived}" if leading.archived else ""
    if answer is None:
        hint = "run check --external again: known answers are not requested again"
        yield Problem(leading.span, Rule.LINK_UNREACHABLE, f"{address} was not checked: time limit reached", hint)
    elif answer.status in _GONE:
        hint = copy or "look for its new address, or for a copy in a web archive"
        yield Problem(leading.span, Rule.LINK_BROKEN, f"{address} is gone ({answer.status})", hint)
    elif not answer.is_good:
        what = f"answers {answer.status}" if answer.status else f"gives no answer: {answer.reason}"
        yield Problem(leading.span, Rule.LINK_UNREACHABLE, f"{address} {what}", copy or "check it by hand")
    elif answer.moved:
        hint = f"write {answer.moved}"
        yield Problem(leading.span, Rule.LINK_REDIRECTED, f"{address} has moved permanently", hint)
