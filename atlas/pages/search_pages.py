"""The page of the search, and what every page says so that it is found: what it is about, and by what other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from atlas.bibliography.people import Name, is_han
from atlas.content.model import Record
from atlas.content.schema import FAMILIES
from atlas.pages.editions import Edition
from atlas.pages.openings import opened, opening
from atlas.pages.setting import Setting
from atlas.pages.views import View
from atlas.pages.views.data import FeedView, LlmsView, RobotsView, SitemapView
from atlas.pages.views.lists import Choice, MissingView, RedirectView, SearchView, SourceView
from atlas.pages.views.parts import Found
from atlas.pages.views.records import PrintView, RecordView
from atlas.tongues.sorting import reading

SEARCH = "/search/"
_ROOT = "root"
"""What the index of the language at the root of the site is called."""


def index_name(folder: str) -> str:
    """What the index of a language is called: as its folder, which is "" at the root."""
    return folder or _ROOT


def search_pages(edition: Edition) -> Iterator[tuple[Setting, SearchView, str]]:
    """The page of the search; none where the site does without."""
    if "search" not in edition.atlas.site.views:
        return
    setting = Setting(edition, SEARCH)
    begun = opening(setting, edition.words.say("search"))
    words, atlas = edition.words, edition.atlas
    held = [family for family in FAMILIES if family.id != "page" and atlas.family(family.id)]
    lists = [setting.link(words.say(family.folder), f"/{family.folder}/") for family in held]
    view = SearchView(
        head=opened(setting, begun),
        opening=begun,
        index=index_name(edition.language.path),
        families=(
            *(Choice(family.id, words.say(family.folder)) for family in held),
            Choice("work", words.say("bibliography")),
            Choice("page", words.say("pages-and-lists")),
        ),
        sides=tuple(Choice(side.id, setting.label(side.label)) for side in atlas.site.sides.values()),
        lists=(*lists, setting.link(words.say("bibliography"), "/sources/")),
        references=setting.references(),
    )
    yield setting, view, "search.html"


_NO_GOALS = MissingView | RedirectView | SitemapView | FeedView | RobotsView | LlmsView


def findable(setting: Setting, view: View) -> View:
    """A page with what it says so that it is found; as it is where the site has no search, or the page is no goal."""
    atlas = setting.atlas
    # Books hold what other pages hold; what a host shows for an address that leads nowhere is nowhere.
    is_book = isinstance(view, PrintView) and not view.books
    if "search" not in atlas.site.views or is_book or isinstance(view, _NO_GOALS):
        return view
    found = Found("page")
    if isinstance(view, RecordView):
        record = atlas.records[view.id]
        found = Found(record.family, record.sides, _names(record), _places(setting, record))
    elif isinstance(view, SourceView):
        people = atlas.works[view.key].people.values()
        found = Found("work", (), _kept(form for names in people for name in names for form in _person(name)))
    return replace(view, head=replace(view.head, found=found))


def _names(record: Record) -> tuple[str, ...]:
    """All names of a record, with their romanisations, also typed as one word."""
    forms: list[str] = []
    for name in record.names:
        forms.append(name.text)
        if name.romanised:
            forms += [name.romanised, "".join(name.romanised.split())]
        if is_han(name.text):
            forms += _read(name.text, is_person=record.family == "person")
    return _kept(forms)


def _read(text: str, *, is_person: bool) -> Iterator[str]:
    """A Han name as it is read, typed as one word, and that of a person as two."""
    surname, given = reading(text, is_person=is_person)
    yield surname + given
    if surname and given:
        yield f"{surname} {given}"


def _person(name: Name) -> Iterator[str]:
    """The forms of the name of a person of a work: in its own script, as read, and typed as one word."""
    if name.own:
        yield name.own
    own = name.own or name.text
    if is_han(own):
        yield from _read(own, is_person=name.is_person)
    if name.family and not is_han(name.family):
        yield "".join((name.family + name.given).split())


def _places(setting: Setting, record: Record) -> tuple[str, ...]:
    """The names of the places of a record in all languages of the site, with their readings."""
    labels = [setting.atlas.site.places[id].label for id in record.places if id in setting.atlas.site.places]
    names = [name for label in labels for name in label.values()]
    return _kept((*names, *(form for name in names if is_han(name) for form in _read(name, is_person=False))))


def _kept(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
