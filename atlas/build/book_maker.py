"""Draws the pages of a book once, for each format that it is made in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, unquote, urljoin

from atlas.build.stages import SitePlan
from atlas.content.books import WHOLE
from atlas.content.made_books import LANGUAGE_SEPARATOR
from atlas.core.problems import NOWHERE, Problem
from atlas.core.rules import Rule
from atlas.i18n.edtf import Day
from atlas.pages.book.book_pages import BookPage, BookVersion, book
from atlas.pages.book.book_pictures import DrawnPicture, book_pictures
from atlas.pages.book.choices import BookChoice
from atlas.pages.book.side_by_side import side_by_side
from atlas.pages.book.views import BookLanguage
from atlas.pages.book.xhtml import Xhtml, to_xhtml
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import Page
from atlas.pages.rendering.renderer import Renderer
from atlas.pages.view_parts import View

COVER, STYLE, CONTENTS = "_cover.svg", "_style.css", "_contents"
"""The names of the picture of the cover, of the style sheet, and of the page with the contents."""
_FIRST = ("_cover", "_title", CONTENTS)
_XML_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'


class Fault(Exception):
    """A problem that ends the making of a book."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class BookMaker:
    """The drawn pages of one book in one language, or in two side by side.

    Attributes:
        plan: the plan of the site.
        site: the language, or the first of two.
        second: the second; None for none.
        name: the name of the book.
        made: the book.
        pages: its pages in reading order, by the names of their files.
        drawings: its cover and its pictures as SVG.
        has_pictures: whether it has pictures besides its cover and those of authors.
    """

    def __init__(self, plan: SitePlan, versions: Sequence[tuple[LocaleSite, BookChoice]], renderer: Renderer) -> None:
        """Draw the pages.

        Args:
            plan: the plan of the site.
            versions: the languages, one or two, and what is in the book.
            renderer: the templates of the plan; all books share it, since it compiles each of them once.

        Raises:
            Fault: if a template has a mistake, or an id is there twice.
        """
        self.plan, self.name, self._renderer = plan, versions[0][1].name, renderer
        self.site, self.second = versions[0][0], versions[1][0] if len(versions) > 1 else None
        pictures = [self._pictures_of(site) for site, _ in versions]
        self.has_pictures = any(pictures)
        own = [tuple(one.picture for one in row) for row in pictures]
        self.made = book([BookVersion(*version, row) for version, row in zip(versions, own, strict=True)])
        views = [(page, [version.draw() for version in page.versions]) for page in self.made.pages]
        self.drawings = dict(self._drawings(views[0][1][0], [one for row in pictures for one in row]))
        views.append((self.made.contents, [version.draw() for version in self.made.contents.versions]))
        pages = {page.file: to_xhtml(self._page(page, drawn)) for page, drawn in views}
        order = (*_FIRST, *(file for file in pages if file not in _FIRST))
        self.pages = {file: pages[file] for file in order}
        self._places = self._find_places()

    @property
    def languages(self) -> str:
        """The ids of its languages, as they are written in the name of its file."""
        return LANGUAGE_SEPARATOR.join(site.language.id for site in (self.site, self.second) if site)

    @property
    def second_language(self) -> BookLanguage | None:
        """What the description of the book says in its second language; None if it has one."""
        if self.second is None:
            return None
        site, label = self.second.atlas.site, self.second.label
        author = label(site.author) if label(site.author) != self.site.label(site.author) else ""
        page = self.second.words.t("book-page", page="#")
        return BookLanguage(self.second.language.tag, author, label(site.description), page)

    @property
    def day(self) -> Day:
        """The day of the atlas, which is that of its books."""
        day = self.site.atlas.site.as_of.earliest
        assert day, "`as_of` is a day"
        return day

    def _pictures_of(self, site: LocaleSite) -> tuple[DrawnPicture, ...]:
        prefix = "_picture" if site is self.site else f"_picture-{site.language.id}"
        return book_pictures(self.plan.outline.specs, site.language.id, prefix) if self.name == WHOLE else ()

    def _page(self, page: BookPage, views: Sequence[View]) -> str:
        """Return a page as HTML, with its languages side by side."""
        sites = [version.site for version in page.versions]
        texts = [self.render(page.template, view, site) for view, site in zip(views, sites, strict=True)]
        return side_by_side(texts, [site.language.tag for site in sites]) if len(texts) > 1 else texts[0]

    def render(self, template: str, view: View, site: LocaleSite | None = None) -> str:
        """Return what a template makes of a view, in the language of the book or in another.

        Raises:
            Fault: if the template has a mistake.
        """
        site = site or self.site
        page = Page(template, template, view, site.language.id, NOWHERE)
        result = self._renderer.rendered(page, self.plan.outline.frames[page.language], site.words)
        if isinstance(result, Problem):
            raise Fault(result)
        return result.decode()

    def _drawings(self, cover: View, pictures: Sequence[DrawnPicture]) -> Iterator[tuple[str, bytes]]:
        yield COVER, _XML_HEAD + self.render("book/cover.svg", cover).strip().encode()
        for one in pictures:
            yield one.picture.file, _XML_HEAD + self.render(one.template, one.view).strip().encode()

    def _find_places(self) -> dict[str, str]:
        """Return the file of each id of the book."""
        places: dict[str, str] = {}
        for file, page in self.pages.items():
            for id in page.ids:
                if id in places:
                    where = f"{places[id]} and {file}" if places[id] != file else file
                    message = f"the book {self.name} has the id {id!r} twice, in {where}"
                    raise Fault(Problem(NOWHERE, Rule.DUPLICATE_ID, message, "change one of them"))
                places[id] = file
        return places

    def texts(self, link: Callable[[str, str, str], str]) -> tuple[dict[str, str], dict[str, bytes]]:
        """Return the text of each page as XHTML, and the pictures of authors that they show.

        Args:
            link: returns the address for a link from a file to an id in a file.
        """
        uploads: dict[str, bytes] = {}
        texts = {file: self._text(file, page, link, uploads) for file, page in self.pages.items()}
        return texts, uploads

    def _text(self, file: str, page: Xhtml, link: Callable[[str, str, str], str], uploads: dict[str, bytes]) -> str:
        def resolve(name: str, value: str) -> str:
            if value in self.drawings or value == STYLE:
                return value
            if value.startswith("#"):
                place, id = self._place_of(unquote(value[1:]))
                return link(file, place, id) if place else ""
            address = urljoin(self.made.url, value)
            return self._upload(address, uploads) if name == "src" else _valid(address)

        return page.text(resolve)

    def _place_of(self, id: str) -> tuple[str, str]:
        """Return the file of an id, and the id; those of its record if the id is not there, and "" if that is not."""
        id = id if id in self._places else id.partition("--")[0]
        return self._places.get(id, ""), id

    def _upload(self, address: str, uploads: dict[str, bytes]) -> str:
        """Add a picture of authors to the book and return its name in it."""
        path = unquote(address.removeprefix(f"{self.site.atlas.site.base_url}files/"))
        uploads[f"files/{path}"] = self.site.atlas.files[path].data
        return f"files/{quote(path)}"


def _valid(address: str) -> str:
    """Return an address with the characters escaped that no URL may have."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
