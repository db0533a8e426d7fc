"""What the search finds a page by: its topic, sides, other names, places and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.bibliography.parsing.person_names import PersonName, is_han
from atlas.content.model import Record
from atlas.i18n.collation import Collator
from atlas.pages.context import PageContext
from atlas.pages.print.views import PrintView
from atlas.pages.records.views import RecordView
from atlas.pages.sources.views import SourceView
from atlas.pages.view_parts import PageView, SearchMetadata, View
from atlas.schema.families import BY_FAMILY
from atlas.search.page_text import PageText, Passage


def search_metadata(context: PageContext, view: PageView) -> SearchMetadata | None:
    """Return what search finds a page by; None if the site has no search or the page is not to be found."""
    atlas = context.atlas
    # Books hold what other pages hold; what a host shows for an address that leads nowhere is nowhere.
    is_book = isinstance(view, PrintView) and not view.books
    if "search" not in atlas.site.views or is_book or context.is_further:
        return view.head.found
    found, collator = SearchMetadata("page"), context.locale_site.collator
    if isinstance(view, RecordView):
        record = atlas.records[view.id]
        found = SearchMetadata(record.family, record.sides, _names(record, collator), _places(context, record))
    elif isinstance(view, SourceView):
        people = atlas.works[view.key].people.values()
        found = SearchMetadata(
            "work", (), _kept(form for names in people for name in names for form in _person(name, collator))
        )
    return found


def searchable_text(path: str, view: View) -> PageText | None:
    """Return what the search finds a page by; None if it does not find the page.

    Args:
        path: its path in the output folder.
        view: its view, with its metadata for the search.
    """
    if not isinstance(view, PageView) or view.head.found is None:
        return None
    found, title = view.head.found, view.heading()
    return PageText(
        path.removesuffix("index.html"),
        found.family,
        found.sides,
        Passage(title.html, "", title.lang),
        found.names,
        found.places,
        tuple(view.passages()),
    )


def _names(record: Record, collator: Collator) -> tuple[str, ...]:
    """All names of a record, with their romanisations, also typed as one word."""
    forms: list[str] = []
    for name in record.names:
        forms.append(name.text)
        if name.romanised:
            forms += [name.romanised, "".join(name.romanised.split())]
        if is_han(name.text):
            forms += _read(name.text, collator, is_person=BY_FAMILY[record.family].is_person)
    return _kept(forms)


def _read(text: str, collator: Collator, *, is_person: bool) -> Iterator[str]:
    """A Han name as it is read, typed as one word, and that of a person as two."""
    surname, given = collator.romanised(text, is_person=is_person)
    yield surname + given
    if surname and given:
        yield f"{surname} {given}"


def _person(name: PersonName, collator: Collator) -> Iterator[str]:
    """The forms of the name of a person of a work: in its own script, as read, and typed as one word."""
    if name.own:
        yield name.own
    own = name.own or name.text
    if is_han(own):
        yield from _read(own, collator, is_person=name.is_person)
    if name.family and not is_han(name.family):
        yield "".join((name.family + name.given).split())


def _places(context: PageContext, record: Record) -> tuple[str, ...]:
    """The names of the places of a record in all languages of the site, with their readings."""
    collator = context.locale_site.collator
    labels = [context.atlas.site.places[id].label for id in record.places if id in context.atlas.site.places]
    names = [name for label in labels for name in label.values()]
    return _kept((*names, *(form for name in names if is_han(name) for form in _read(name, collator, is_person=False))))


def _kept(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
