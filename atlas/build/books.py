"""Makes books: reads an atlas and packs its records as EPUB files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import splitext
from urllib.parse import quote, unquote, urljoin

from msgspec import Struct

from atlas.build.options import BuildOptions, Progress
from atlas.build.pipeline import run
from atlas.build.stages import SitePlan
from atlas.build.target import Target
from atlas.core.problems import NOWHERE, Problem, has_errors
from atlas.core.rules import Rule
from atlas.pages.book.book_pages import Book, book
from atlas.pages.book.book_pictures import DrawnPicture, book_pictures
from atlas.pages.book.epub import PACKAGE, pack
from atlas.pages.book.views import BookItem, BookPackageView
from atlas.pages.book.xhtml import MEDIA_TYPES, Xhtml, to_xhtml
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import Page
from atlas.pages.print.print_pages import WHOLE, book_titles
from atlas.pages.rendering.renderer import Renderer
from atlas.pages.view_parts import View

_PAGE = "application/xhtml+xml"
_CONTENTS, _COVER, _STYLE = "_contents", "_cover.svg", "_style.css"
_XML_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'


class Books(Struct, frozen=True):
    """The result of making books.

    Attributes:
        files: the bytes of each book by its name.
        problems: the problems of the atlas.
        wrong: what is wrong with the choice of books; "" if nothing.
    """

    files: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()
    wrong: str = ""


class _Fault(Exception):
    """A problem that ends the making of a book: that of a template, or an id that is there twice."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def make_books(
    root: Path, out: Path, options: BuildOptions, languages: Sequence[str], name: str, progress: Progress
) -> Books:
    """Make the book of a name in some languages.

    Args:
        root: the folder of the atlas.
        out: the output folder of its site, whose cache makes reading faster.
        options: how to read.
        languages: the ids of the languages; none for all.
        name: the name of a print page; "" for that with all records.
        progress: is called with each stage.

    Returns:
        The books, or the problems that prevent them.
    """
    target = Target.to_look_at(root, out, options)
    outcome = run(target.read, options.read_options, progress=progress)
    plan = outcome.plan
    if plan is None or has_errors(outcome.problems):
        return Books({}, outcome.problems)
    sites = {one.language.id: one for one in plan.outline.locale_sites}
    wrong = _wrong(sites, languages, name)
    if wrong:
        return Books({}, outcome.problems, wrong)
    wanted = [site for id, site in sites.items() if id in languages or not languages]
    files: dict[str, bytes] = {}
    for number, site in enumerate(wanted):
        progress("making books", number, len(wanted))
        try:
            files[f"{name or WHOLE}-{site.language.id}.epub"] = _BookMaker(plan, site, name or WHOLE).book()
        except _Fault as fault:
            return Books({}, (*outcome.problems, fault.problem))
    return Books(files, outcome.problems)


def _wrong(sites: Mapping[str, LocaleSite], languages: Sequence[str], name: str) -> str:
    """Return what is wrong with the languages or the name; "" if nothing."""
    for language in languages:
        if language not in sites:
            return f"--language: there is no language {language!r}: choose from {', '.join(sites)}"
    names = book_titles(next(iter(sites.values())))
    if name and name not in names:
        return f"--only: there is no book {name!r}: choose from {', '.join(names)}"
    return ""


class _BookMaker:
    """Makes one book in one language."""

    def __init__(self, plan: SitePlan, site: LocaleSite, name: str) -> None:
        self.plan, self.site, self.name = plan, site, name
        self.renderer = Renderer(plan.templates.texts)
        self.base = site.atlas.site.base_url
        self.uploads: dict[str, bytes] = {}
        """The pictures of authors that the book shows, by their names in it."""
        self.places: dict[str, str] = {}
        """The file of each id."""

    def book(self) -> bytes:
        """Return the book as an EPUB file."""
        pictures = book_pictures(self.plan.outline.specs, self.site.language.id) if self.name == WHOLE else ()
        made = book(self.site, self.name, tuple(one.picture for one in pictures))
        views = [(page.file, page.template, page.draw()) for page in made.pages]
        own = dict(self._drawings(views[0][2], pictures))
        pages = {file: to_xhtml(self._render(template, view)) for file, template, view in views}
        pages[_CONTENTS] = to_xhtml(self._render("book/contents.html", made.contents))
        self.places = self._find_places(pages)
        texts = {f"{file}.xhtml": self._text(file, page, made, own).encode() for file, page in pages.items()}
        package = self._package(made, pages, own, has_pictures=bool(pictures or self.uploads))
        files = {
            PACKAGE: self._render("book/package.xml", package).encode(),
            _STYLE: self._render("book/style.txt", package).encode(),
        }
        return pack({**files, **texts, **own, **self.uploads})

    def _render(self, template: str, view: View) -> str:
        page = Page(template, template, view, self.site.language.id, NOWHERE)
        result = self.renderer.rendered(page, self.plan.outline.frames[page.language], self.site.words)
        if isinstance(result, Problem):
            raise _Fault(result)
        return result.decode()

    def _drawings(self, cover: View, pictures: Sequence[DrawnPicture]) -> Iterator[tuple[str, bytes]]:
        """Yield the cover and the pictures of the book as SVG."""
        yield _COVER, _XML_HEAD + self._render("book/cover.svg", cover).strip().encode()
        for one in pictures:
            yield one.picture.file, _XML_HEAD + self._render(one.template, one.view).strip().encode()

    def _find_places(self, pages: Mapping[str, Xhtml]) -> dict[str, str]:
        """Return the file of each id of the book."""
        places: dict[str, str] = {}
        for file, page in pages.items():
            for id in page.ids:
                if id in places:
                    where = f"{places[id]} and {file}" if places[id] != file else file
                    message = f"the book {self.name} has the id {id!r} twice, in {where}"
                    raise _Fault(Problem(NOWHERE, Rule.DUPLICATE_ID, message, "change one of them"))
                places[id] = file
        return places

    def _text(self, file: str, page: Xhtml, made: Book, own: Mapping[str, bytes]) -> str:
        def resolve(name: str, value: str) -> str:
            if value in own or value == _STYLE:
                return value
            if value.startswith("#"):
                return self._inner(file, value[1:])
            address = urljoin(made.url, value)
            return self._upload(address) if name == "src" else _valid(address)

        return page.text(resolve)

    def _inner(self, file: str, id: str) -> str:
        """Return the link from a file of the book to an id; to its record if it is not there."""
        id = unquote(id)
        id = id if id in self.places else id.partition("--")[0]
        place = self.places.get(id, "")
        if not place or (place == id and place != file):
            return f"{place}.xhtml" if place else ""
        return f"#{quote(id)}" if place == file else f"{place}.xhtml#{quote(id)}"

    def _upload(self, address: str) -> str:
        """Add a picture of authors to the book and return its name in it."""
        path = unquote(address.removeprefix(f"{self.base}files/"))
        self.uploads[f"files/{path}"] = self.site.atlas.files[path].data
        return f"files/{quote(path)}"

    def _package(
        self, made: Book, pages: Mapping[str, Xhtml], own: Mapping[str, bytes], *, has_pictures: bool
    ) -> BookPackageView:
        site, label = self.site.atlas.site, self.site.label
        as_of = str(site.as_of)
        return BookPackageView(
            lang=self.site.language.tag,
            identifier=made.url,
            title=made.title,
            author=label(site.author),
            description=label(site.description),
            rights=label(site.licence.label) if site.licence else "",
            date=as_of,
            modified=_moment(as_of),
            has_pictures=has_pictures,
            has_formulas=any(page.has_formulas for page in pages.values()),
            items=tuple(self._items(pages, own)),
        )

    def _items(self, pages: Mapping[str, Xhtml], own: Mapping[str, bytes]) -> Iterator[BookItem]:
        """Yield the files of the book; the contents follow the title page in the reading order."""
        front = ("_cover", "_title", _CONTENTS)
        order = (*front, *(file for file in pages if file not in front))
        for file in order:
            words = ["nav" if file == _CONTENTS else "", "mathml" if pages[file].has_formulas else ""]
            yield BookItem(f"p{file}", f"{file}.xhtml", _PAGE, " ".join(filter(None, words)), in_order=True)
        yield BookItem("style", _STYLE, "text/css")
        for file in own:
            properties = "cover-image" if file == _COVER else ""
            yield BookItem(f"d{splitext(file)[0]}", file, MEDIA_TYPES[".svg"], properties)
        for number, file in enumerate(self.uploads, 1):
            yield BookItem(f"f{number}", quote(file), MEDIA_TYPES[splitext(file)[1].lower()])


def _moment(date: str) -> str:
    """Return the first moment of a date, as the description of a book has it."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    year, month, day = found.groups() if found else ("1970", "", "")
    return f"{year}-{month or '01'}-{day or '01'}T00:00:00Z"


def _valid(address: str) -> str:
    """Return an address with the characters escaped that no URL may have."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
