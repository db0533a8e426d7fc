"""Plans the pages of an atlas: the path, template and view of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from atlas.bibliography.formatting.citer import Citer, Style
from atlas.bibliography.formatting.template_pruning import TemplatePruner
from atlas.content.dependencies import DependencyTracker, each_entry
from atlas.content.edition_states import edition_state, state_origin
from atlas.content.linking import Atlas
from atlas.content.tracked_atlas import SETTINGS, tracked
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.problems import Problem, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Asset, Font
from atlas.graphics.drawing_data import DrawingData
from atlas.graphics.equal_earth import land_path, land_svg
from atlas.i18n.collation import Collator
from atlas.i18n.messages import Catalog
from atlas.pages.changes.change_pages import feed_links
from atlas.pages.data.data_files import data_files, data_of
from atlas.pages.data.data_rows import Tabling
from atlas.pages.editions.edition_pages import edition_files
from atlas.pages.final_plan import known_paths
from atlas.pages.head import frame, share_pictures
from atlas.pages.locale_site import DEGREE, EDITION, EXCEEDS, SPOT, LocaleSite
from atlas.pages.looks_sheet import SHEET, missing_files, site_sheet
from atlas.pages.map.map_pages import LAND
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.page_titles import Titles
from atlas.pages.plan import Outline, PageSpec, PlannedFile, copied_file
from atlas.pages.records.datasets import dataset_files
from atlas.pages.records.record_json import record_json_files
from atlas.pages.redirects.alias_pages import redirect_file, redirect_view, redirects
from atlas.pages.registry import FOOT, OPTIONAL_PATHS, PAGE_KINDS
from atlas.pages.security_policy import host_files, scripts_of
from atlas.pages.share_images import share_fonts, share_notes
from atlas.pages.view_parts import Frame


def outline(
    atlas: Atlas,
    words: Mapping[str, Catalog],
    styles: Mapping[str, Style],
    guides: Mapping[str, Style],
    static: tuple[Asset, ...],
    land: str = "",
    collator: Collator | None = None,
    fonts: tuple[Font, ...] = (),
    inline: tuple[str, ...] = (),
    memo: Memo = NO_MEMO,
) -> tuple[Outline, tuple[Problem, ...]]:
    """Plan every page in every language.

    Args:
        atlas: the atlas.
        words: the interface words by language.
        styles: the citation style by language.
        guides: the styles in which pages show how to cite them.
        static: the static files.
        land: the outline of the land on maps.
        collator: compares names.
        fonts: the fonts with which share images may be drawn.
        inline: the digests of the styles inside pictures.
        memo: the results of the last reading in the same process.

    Returns:
        The outline, and the problems found.
    """
    specs: list[PageSpec] = []
    scripts = scripts_of(static)
    frames: dict[str, Frame] = {}
    works = {work.key: work for work in atlas.cited}
    tracker = DependencyTracker()
    seen = tracked(atlas, tracker)
    drawings = DrawingData(seen, tracker)
    tracker.table(DEGREE, drawings.degree)
    tracker.table(EXCEEDS, drawings.exceeds)
    tracker.table(SPOT, drawings.spot)
    tracker.table(EDITION, partial(edition_state, atlas), origin=partial(state_origin, atlas))
    locale_sites: dict[str, LocaleSite] = {}
    for language in atlas.site.languages.values():
        style, tag = styles[language.id], language.tag
        shapes = memo.get(("shapes", tag), (style,), TemplatePruner)
        starts = memo.get(("starts", tag), (style,), partial(Memo, keeps=memo.keeps))
        citer = memo.get(("citer", tag), (works, style), partial(Citer, works, style, tag, collator, shapes, starts))
        locale_sites[language.id] = LocaleSite(
            seen,
            language,
            words[language.id],
            citer,
            guides,
            tracker,
            share_pictures(static),
            citer.collator,
            share_fonts(atlas, fonts, language),
        )
    tabling, first = Tabling(seen, locale_sites), locale_sites[atlas.site.default_language.id]
    data = partial(first.once, ("data",), partial(data_of, tabling)) if "data" in atlas.site.views else None
    citations = {key: max(len(named.get(key, ())) for named in atlas.cited_by.values()) for key in works}
    inputs = PlanInputs(seen, data, drawings, citations, first.words, land_path(land))
    titles: dict[str, Titles] = {}
    for id, locale_site in locale_sites.items():
        own = list(_pages(locale_site, inputs))
        titles[id] = Titles(locale_site, {spec.address: spec for spec in own if spec.address})
        frames[id] = frame(locale_site, titles[id], scripts, feed_links(locale_site), FOOT)
        specs += own
    known = known_paths(specs, atlas.site.default_language.id)
    problems = tuple(
        Problem(link.span, Rule.UNKNOWN_PAGE, f'there is no page "{link.target}"', nearest(link.target, known))
        for link in (*atlas.site.navigation, *atlas.site.looks.footer)
        if not link.label
        and link.target not in known | atlas.broken_paths
        and not _waits(link.target, atlas.site.views)
    ) + tuple(
        Problem(page.span, Rule.UNKNOWN_PAGE, f'there is no page "{page.value}"', nearest(page.value, known))
        for page in (event.page for event in atlas.site.events)
        if page and page.value.partition("#")[0] not in known | atlas.broken_paths
    )
    files = list(_files(inputs, tabling, static, land))
    files += edition_files(first, atlas.editions)
    files += [copied_file("", asset) for asset in host_files(scripts, inline, worker=bool(atlas.site.service_worker))]
    taken = [*(spec.path for spec in specs), *(file.path for file in files)]
    moved, found = redirects(atlas, known, taken)
    specs += [
        PageSpec(row.path_in(locale_site.language), "redirect.html", id, row.span, "", view)
        for id, locale_site in locale_sites.items()
        for row in moved
        for view in [partial(redirect_view, locale_site, row, titles[id])]
    ]
    files += [copied_file("", asset) for asset in redirect_file(list(locale_sites.values()), moved)]
    return Outline(atlas, tuple(specs), frames, tuple(files), tuple(locale_sites.values()), tracker, drawings), (
        *problems,
        *missing_files(atlas, static),
        *share_notes(atlas, fonts, locale_sites.values()),
        *found,
    )


def _waits(path: str, views: frozenset[str]) -> bool:
    """Return whether a path belongs to a view that the site wants but that has nothing to show yet."""
    return path in OPTIONAL_PATHS and path.strip("/") in views


def _files(inputs: PlanInputs, tabling: Tabling, static: Iterable[Asset], land: str) -> Iterator[PlannedFile]:
    """Yield the files without a template that need neither drawn pages nor redirects."""
    yield from (copied_file("static/", asset) for asset in static)
    if sheet := site_sheet(inputs.atlas.site.looks):
        yield PlannedFile(f"static/{SHEET}", sheet.encode)
    yield from (copied_file("files/", file) for file in inputs.atlas.files.values())
    if "map" in inputs.atlas.site.views and inputs.drawings.spots:
        yield PlannedFile(LAND, lambda: land_svg(land).encode())
    if inputs.data:
        yield from data_files(inputs.atlas.site, inputs.data)
    yield from record_json_files(tabling)
    yield from dataset_files(tabling)


def _pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield every page of one language that does not need the others, by the kinds that the site wants."""
    site = inputs.atlas.site
    taken: set[str] = set()
    for kind in PAGE_KINDS:
        unwanted = kind.option and kind.option not in site.views
        if not kind.make or unwanted or (kind.once and locale_site.language.id != site.default_language.id):
            continue
        made, seen = locale_site.tracker.record(lambda make=kind.make: list(make(locale_site, inputs)))  # type: ignore[misc]
        specs = [spec for spec in made if not (kind.gives_way and spec.address in taken)]
        taken |= {spec.address for spec in specs}
        settings = frozenset(note for note in each_entry(seen) if note[0].startswith(SETTINGS))
        for spec in specs:
            yield replace(spec, template=spec.template or kind.templates[0], settings=settings)
