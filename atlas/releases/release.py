"""Makes a release: finds all that prevents it, or else returns every file that it writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.audit.review import AuditOptions, findings
from atlas.authoring.slugs import slug
from atlas.build.memory import without_collection
from atlas.build.options import BuildOptions, Progress
from atlas.build.pipeline import DryRun, Outcome, Stage, run
from atlas.build.post_steps import add_post_files
from atlas.build.stages import Read
from atlas.build.target import BuildReport, Target
from atlas.content.editions import compare, path_of, write_list
from atlas.content.linking import Atlas
from atlas.content.record_digests import record_digest
from atlas.content.site_config import SITE_PATH
from atlas.core.digests import digest
from atlas.core.problems import Problem, Span, has_errors
from atlas.core.problems import in_order as sorted_problems
from atlas.core.rules import Rule
from atlas.core.sources import Source, read_project, read_text
from atlas.i18n.locales import show_language
from atlas.i18n.messages import Catalog
from atlas.releases.archive import pack
from atlas.releases.fitness import check_address, check_translations, check_version, untranslated
from atlas.releases.metadata import CITATION, CODEMETA, ZENODO, Described, metadata_files
from atlas.releases.site_row import with_release
from atlas.schema.families import BY_FOLDER

ARCHIVES: Final = "dist/"
"""The folder of the archives."""


class Wanted(Struct, frozen=True):
    """What release is wanted.

    Attributes:
        version: its version.
        date: its day.
        texts: what is new in it, by language, where the editor says so.
        incomplete: whether translations may be missing.
    """

    version: str
    date: str
    texts: Mapping[str, str] = {}
    incomplete: bool = False


class MadeRelease(Struct, frozen=True):
    """The result.

    Attributes:
        files: the bytes of each file to write, by path; none if something prevents the release.
        problems: the errors and warnings that prevent it.
        wrong: what is wrong with the command line; "" if nothing.
        archive: the path of the archive.
        digest: the SHA-256 digest of the archive.
        text: what is new, in the first language.
    """

    files: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()
    wrong: str = ""
    archive: str = ""
    digest: str = ""
    text: str = ""


def make_release(root: Path, out: Path, options: BuildOptions, wanted: Wanted, progress: Progress) -> MadeRelease:
    """Make a release of the atlas in `root`. Nothing is written.

    Args:
        root: the folder of the atlas.
        out: the output folder of its site, whose files are not touched.
        options: how to build.
        wanted: the release.
        progress: is called with each stage.

    Returns:
        The files to write, or what prevents the release.
    """
    with without_collection():
        return _Maker(root, out, replace(options, force=True), wanted, progress).made()


class _Maker:
    """Makes one release. The site is built twice: the first shows which addresses it has, the second lists them."""

    def __init__(self, root: Path, out: Path, options: BuildOptions, wanted: Wanted, progress: Progress) -> None:
        self.root, self.options, self.wanted, self.progress = root, options, wanted, progress
        self.target = Target.to_look_at(root, out, options)
        self.read, self.known = self.target.read()

    def made(self) -> MadeRelease:
        """Return the release, or what prevents it."""
        wanted = self.wanted
        read = self.read
        outcome = self._run(read, "plan")[0]
        if outcome.plan is None or has_errors(outcome.problems):
            return MadeRelease(problems=_serious(outcome.problems))
        atlas, words = outcome.plan.outline.atlas, outcome.plan.words
        languages = tuple(atlas.site.languages)
        if len(languages) == 1:
            wanted = replace(wanted, texts={id or languages[0]: text for id, text in wanted.texts.items()})
        if "" in wanted.texts:
            return MadeRelease(wrong=f'--text: name the language of the text, such as --text {languages[0]}="…"')
        if unknown := [language for language in wanted.texts if language not in languages]:
            known = ", ".join(languages)
            return MadeRelease(wrong=f"--text: there is no language {unknown[0]!r}: choose from {known}")
        records = {record.address: record_digest(record) for record in atlas.records.values()}
        texts = _texts(atlas, words, records, wanted)
        problems = [*check_version(atlas.site, wanted.version, wanted.date)]
        trial = None if problems else self._with_release(read, texts, self._list(atlas, {}, records))
        if trial is None and not problems:
            hint = "write releases: as a list with one release below the other, each beginning with -"
            problems.append(Problem(Span(SITE_PATH), Rule.UNFIT_RELEASE, "no release can be added to releases:", hint))
        problems += check_address(atlas.site)
        problems += [] if wanted.incomplete else check_translations(atlas)
        outcome, files = self._run(trial or read, "render")
        problems += [*outcome.problems, *_audit(outcome, files)]
        if refused := _serious(problems):
            return MadeRelease(problems=refused)
        listed = self._list(atlas, files, records)
        final = self._with_release(read, texts, listed)
        assert final, "the same row was added before"
        outcome, files = self._run(final, "render", complete=True)
        assert self._list(atlas, files, records) == listed, "the list of addresses is that of the site with the list"
        return self._packed(atlas, final, listed, texts, files)

    def _run(self, read: Read, until: Stage, *, complete: bool = False) -> tuple[Outcome, dict[str, bytes]]:
        """Build up to a stage, from inputs that were read already.

        Args:
            read: the inputs.
            until: `plan` or `render`.
            complete: whether to make the search index and other files that need all pages too.
        """
        self.target.indexes = complete
        outcome = run(lambda: (read, self.known), self.options.read_options, self.target, until, self.progress)
        site, plan = outcome.site, outcome.plan
        if site and plan and complete:
            site = add_post_files(site, plan, self.target, self.progress)
        return outcome, dict(site.files) if site else {}

    def _list(self, atlas: Atlas, files: Mapping[str, bytes], records: Mapping[str, str]) -> str:
        return write_list(self.wanted.version, self.wanted.date, atlas.site, files, atlas.files, records)

    def _with_release(self, read: Read, texts: Mapping[str, str], listed: str) -> Read | None:
        """Return the inputs with the row and the list of the release; None if no row can be added."""
        files, problems = read
        sources = {source.path: source for source in files.sources}
        own = sources[SITE_PATH]
        text = with_release(own, self.wanted.version, self.wanted.date, texts, digest(listed.encode()))
        if text is None:
            return None
        sources[SITE_PATH] = replace(own, text=text)
        path = path_of(self.wanted.version)
        lists = [*(one for one in files.editions if one.path != path), Source(path, listed)]
        return replace(files, sources=tuple(sources.values()), editions=tuple(lists)), problems

    def _packed(
        self, atlas: Atlas, final: Read, listed: str, texts: Mapping[str, str], site_files: Mapping[str, bytes]
    ) -> MadeRelease:
        """Return the release with all its files."""
        wanted, site = self.wanted, atlas.site
        own = next(source for source in final[0].sources if source.path == SITE_PATH)
        first = min([str(release.date) for release in site.releases] + [wanted.date])
        described = Described(atlas, wanted.version, wanted.date, first, site.default_language.id)
        present = {name: read_text(self.root / name) for name in (CITATION, CODEMETA, ZENODO)}
        written = {
            SITE_PATH: (own.mark + own.text.replace("\n", own.newline)).encode(),
            path_of(wanted.version): listed.encode(),
            **metadata_files(described, present),
        }
        published = frozenset(atlas.records)
        project = {path: data for path, data in read_project(self.root).items() if not _is_draft(path, published)}
        packed = {f"sources/{path}": data for path, data in (project | written).items()}
        packed |= {f"site/{path}": data for path, data in site_files.items()}
        name = f"{slug(described.label(site.title), otherwise='atlas')}-{wanted.version}"
        archive = pack(name, wanted.date, packed)
        path = f"{ARCHIVES}{name}.zip"
        text = texts[site.default_language.id]
        return MadeRelease({**written, path: archive}, archive=path, digest=digest(archive), text=text)


def _serious(problems: list[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the errors and warnings, in order."""
    return tuple(problem for problem in sorted_problems(problems) if problem.severity != "note")


def _audit(outcome: Outcome, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what `check --against all` finds beyond the problems of a build."""
    if outcome.plan and files:
        atlas = outcome.plan.outline.atlas
        dry = DryRun(BuildReport(), atlas, files, frozenset(files))
        yield from findings(dry, atlas, AuditOptions(edition="all"))


def _texts(atlas: Atlas, words: Mapping[str, Catalog], records: Mapping[str, str], wanted: Wanted) -> dict[str, str]:
    """Return what is new in each language: as the editor says, else the numbers of records that are new and so on."""
    behind = untranslated(atlas) if wanted.incomplete else {}
    found = {}
    for language, catalog in words.items():
        t = catalog.t
        if atlas.editions:
            new, changed, gone = map(len, compare(atlas.editions[-1].records, records))
            text = t("edition-changes", new=new, changed=changed, gone=gone)
        else:
            numbers = {"records": t("record-count", n=len(records)), "works": t("work-count", n=len(atlas.cited))}
            text = t("edition-first", **numbers)
        if behind:
            names = {id: show_language(atlas.site.languages[id].tag, catalog.language) for id in behind}
            lacking = ", ".join(f"{names[id]} {len(ids)}" for id, ids in behind.items())
            text = t("edition-incomplete", text=text, languages=lacking)
        found[language] = wanted.texts.get(language) or text
    return found


def _is_draft(path: str, published: Set[str]) -> bool:
    """Return whether a file belongs to a record that is not published.

    Args:
        path: the path of the file.
        published: the ids of the records that are.
    """
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "content" or parts[1] not in BY_FOLDER:
        return False
    return parts[2].partition(".")[0] not in published
