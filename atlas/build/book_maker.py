"""Draws the pages of a book once, for each format that it is made in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, unquote, urljoin

from atlas.build.stages import SitePlan
from atlas.content.books import WHOLE
from atlas.core.problems import NOWHERE, Problem
from atlas.core.rules import Rule
from atlas.i18n.edtf import Day
from atlas.pages.book.book_pages import book
from atlas.pages.book.book_pictures import DrawnPicture, book_pictures
from atlas.pages.book.choices import BookChoice
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
    """The drawn pages of one book in one language.

    Attributes:
        plan: the plan of the site.
        site: the language.
        name: the name of the book.
        made: the book.
        pages: its pages in reading order, by the names of their files.
        drawings: its cover and its pictures as SVG.
        has_pictures: whether it has pictures besides its cover and those of authors.
    """

    def __init__(self, plan: SitePlan, site: LocaleSite, choice: BookChoice, renderer: Renderer) -> None:
        """Draw the pages.

        Args:
            plan: the plan of the site.
            site: the language.
            choice: what is in the book.
            renderer: the templates of the plan; all books share it, since it compiles each of them once.

        Raises:
            Fault: if a template has a mistake, or an id is there twice.
        """
        self.plan, self.site, self.name = plan, site, choice.name
        self._renderer = renderer
        pictures = book_pictures(plan.outline.specs, site.language.id) if choice.name == WHOLE else ()
        self.has_pictures = bool(pictures)
        self.made = book(site, choice, tuple(one.picture for one in pictures))
        views = [(page.file, page.template, page.draw()) for page in self.made.pages]
        self.drawings = dict(self._drawings(views[0][2], pictures))
        pages = {file: to_xhtml(self.render(template, view)) for file, template, view in views}
        pages[CONTENTS] = to_xhtml(self.render("book/contents.html", self.made.contents))
        order = (*_FIRST, *(file for file in pages if file not in _FIRST))
        self.pages = {file: pages[file] for file in order}
        self._places = self._find_places()

    @property
    def day(self) -> Day:
        """The day of the atlas, which is that of its books."""
        day = self.site.atlas.site.as_of.earliest
        assert day, "`as_of` is a day"
        return day

    def render(self, template: str, view: View) -> str:
        """Return what a template makes of a view.

        Raises:
            Fault: if the template has a mistake.
        """
        page = Page(template, template, view, self.site.language.id, NOWHERE)
        result = self._renderer.rendered(page, self.plan.outline.frames[page.language], self.site.words)
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
