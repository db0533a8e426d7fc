"""Makes the page of editions, with the files of each: its list of addresses, and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from msgspec.structs import replace

from atlas.bibliography.parsing.works import Work
from atlas.content.editions import Edition
from atlas.content.model import Release
from atlas.core.html import escaped
from atlas.i18n.locales import show_size
from atlas.pages.changes.change_pages import day_paths
from atlas.pages.context import PageContext
from atlas.pages.editions.views import EditionRow, EditionsView
from atlas.pages.head import absolute
from atlas.pages.locale_site import EDITIONS, LocaleSite
from atlas.pages.page_citations import FORMATS, cite_rows, page_work, work_files
from atlas.pages.page_intro import intro, intro_head
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, PlannedFile, generated_page
from atlas.pages.view_parts import Anchor, Phrase

_FOLDER: Final = EDITIONS.lstrip("/")
_SPECIAL: Final = re.compile(r"[&%#_$]")


def edition_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of editions in one language, if there is an edition."""
    if locale_site.edition():
        sizes = {edition.version: len(edition.text.encode()) for edition in inputs.atlas.editions}
        title = locale_site.words.t("editions-page")
        spec = generated_page(locale_site, EDITIONS, title, partial(_editions_view, sizes=sizes))
        yield replace(spec, given=sorted(sizes.items()))


def edition_files(locale_site: LocaleSite, editions: tuple[Edition, ...]) -> Iterator[PlannedFile]:
    """Yield the files of each edition: its list of addresses, and how to cite it in every format.

    Args:
        locale_site: the first language of the site.
        editions: the editions.
    """
    context = PageContext(locale_site, EDITIONS)
    for edition in editions:
        text = edition.text.encode()
        yield PlannedFile(f"{_FOLDER}{edition.version}.txt", partial(bytes, text))
        work = _work(context, edition.release)
        work = replace(work, key=f"edition-{edition.version}", raw=_bibtex(work))
        yield from work_files(f"{_FOLDER}{edition.version}", work)


def _bibtex(work: Work) -> dict[str, str]:
    """Return the fields of an edition as BibTeX has them, with the characters escaped that TeX reads."""
    texts = {"author": f"{{{work.authors[0].text}}}", "title": f"{{{work.title}}}"}
    fields = {name: _SPECIAL.sub(r"\\\g<0>", text) for name, text in texts.items()}
    return {**fields, "date": work.date, "version": work.text("version"), "url": work.text("url")}


def _editions_view(context: PageContext, sizes: dict[str, int]) -> EditionsView:
    begun = intro(context, context.locale_site.words.t("editions-page"))
    releases = [release for release in reversed(context.atlas.site.releases) if release.digest]
    days = day_paths(context.atlas) if "changes" in context.atlas.site.views else {}
    rows = tuple(_row(context, release, sizes[release.version], days) for release in releases)
    return EditionsView(intro_head(context, begun), begun, rows)


def _row(context: PageContext, release: Release, size: int, days: Mapping[str, str]) -> EditionRow:
    t, day, path = context.locale_site.words.t, str(release.date), f"{EDITIONS}{release.version}"
    return EditionRow(
        version=release.version,
        date=context.moment(release.date),
        day=day,
        text=context.label(release.text),
        addresses=release.addresses,
        digest=release.digest,
        list=Anchor(Phrase(escaped(t("edition-list"))), context.file_url(f"{path}.txt")),
        size=show_size(size, context.language),
        changes=context.link(t("edition-what-changed"), days[day]) if days else None,
        cite=cite_rows(context, _work(context, release), context.locale_site.styles),
        downloads=tuple(
            Anchor(Phrase(escaped(name)), context.file_url(f"{path}.{ending}")) for name, ending, *_ in FORMATS
        ),
    )


def _work(context: PageContext, release: Release) -> Work:
    """Return an edition as a work: a dataset with a version, at an address that stays."""
    site = context.atlas.site
    url = absolute(context.atlas, context.language, f"{EDITIONS}#{release.version}")
    work = page_work(context, context.label(site.title), url, str(release.date), version=release.version)
    return replace(work, type="dataset", entry_type="dataset")
