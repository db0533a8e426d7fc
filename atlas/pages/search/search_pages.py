"""Makes the search page, and adds search metadata to every page: topic and other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from atlas.bibliography.parsing.person_names import PersonName, is_han
from atlas.content.model import Record
from atlas.i18n.collation import Collator
from atlas.pages.context import PageContext
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_intro import intro, intro_head
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, drawn_page
from atlas.pages.print.views import PrintView
from atlas.pages.records.views import RecordView
from atlas.pages.search.views import SearchChoice, SearchView
from atlas.pages.sources.views import SourceView
from atlas.pages.view_parts import PageView, SearchMetadata, View
from atlas.schema.families import BY_FAMILY, INDEXED

SEARCH = "/search/"
_ROOT = "root"
"""The name of the search index for the language at the root of the site."""


def index_name(folder: str) -> str:
    """Return the name of the search index of a language: its folder, or another name for the root."""
    return folder or _ROOT


def search_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the search page."""
    context = PageContext(locale_site, SEARCH)
    begun = intro(context, locale_site.words.t("search"))
    words, atlas = locale_site.words, locale_site.atlas
    held = [family for family in INDEXED if atlas.family(family.id)]
    lists = [context.link(words.t(family.folder), f"/{family.folder}/") for family in held]
    view = SearchView(
        head=intro_head(context, begun),
        intro=begun,
        index=index_name(locale_site.language.path),
        families=(
            *(SearchChoice(family.id, words.t(family.folder)) for family in held),
            SearchChoice("work", words.t("bibliography")),
            SearchChoice("page", words.t("pages-and-lists")),
        ),
        sides=tuple(SearchChoice(side.id, context.label(side.label)) for side in atlas.site.sides.values()),
        lists=(*lists, context.link(words.t("bibliography"), "/sources/")),
        references=context.references(),
    )
    yield drawn_page(context, view)


def findable(context: PageContext, view: View) -> View:
    """Return a view with its search metadata; unchanged if the site has no search, or if the search skips the page."""
    atlas = context.atlas
    # Print pages repeat other pages, and 404.html has no address.
    is_book = isinstance(view, PrintView) and not view.books
    if "search" not in atlas.site.views or is_book or not isinstance(view, PageView):
        return view
    found, collator = SearchMetadata("page"), context.locale_site.collator
    if isinstance(view, RecordView):
        record = atlas.records[view.id]
        found = SearchMetadata(record.family, record.sides, _names(record, collator), _places(context, record))
    elif isinstance(view, SourceView):
        people = atlas.works[view.key].people.values()
        found = SearchMetadata(
            "work", (), _kept(form for names in people for name in names for form in _person(name, collator))
        )
    return replace(view, head=replace(view.head, found=found))


def _names(record: Record, collator: Collator) -> tuple[str, ...]:
    """Return all names of a record with their romanisations, which are also given as one word."""
    forms: list[str] = []
    for name in record.names:
        forms.append(name.text)
        if name.romanised:
            forms += [name.romanised, "".join(name.romanised.split())]
        if is_han(name.text):
            forms += _read(name.text, collator, is_person=BY_FAMILY[record.family].is_person)
    return _kept(forms)


def _read(text: str, collator: Collator, *, is_person: bool) -> Iterator[str]:
    """Yield the romanisation of a Han name as one word, and that of a person also as two."""
    surname, given = collator.romanised(text, is_person=is_person)
    yield surname + given
    if surname and given:
        yield f"{surname} {given}"


def _person(name: PersonName, collator: Collator) -> Iterator[str]:
    """Yield the forms of the name of a person of a work: in its own script, romanised, and as one word."""
    if name.own:
        yield name.own
    own = name.own or name.text
    if is_han(own):
        yield from _read(own, collator, is_person=name.is_person)
    if name.family and not is_han(name.family):
        yield "".join((name.family + name.given).split())


def _places(context: PageContext, record: Record) -> tuple[str, ...]:
    """Return the names of the places of a record in all languages of the site, with romanisations."""
    collator = context.locale_site.collator
    labels = [context.atlas.site.places[id].label for id in record.places if id in context.atlas.site.places]
    names = [name for label in labels for name in label.values()]
    return _kept((*names, *(form for name in names if is_han(name) for form in _read(name, collator, is_person=False))))


def _kept(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
