"""Finds the pictures of a language for its book, each with a table of what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from atlas.pages.book.views import BookPicture
from atlas.pages.pictures.views import PictureFileView, PictureTableView
from atlas.pages.plan import PageSpec


class DrawnPicture(Struct, frozen=True):
    """A picture for a book.

    Attributes:
        picture: its entry in the book.
        template: its template.
        view: what it shows.
    """

    picture: BookPicture
    template: str
    view: PictureFileView


def book_pictures(specs: Iterable[PageSpec], language: str, prefix: str) -> tuple[DrawnPicture, ...]:
    """Return the pictures of a language among the pages of a plan.

    Args:
        specs: the pages of the plan.
        language: the id of the language.
        prefix: begins the names of the files.
    """
    own = {spec.path: spec for spec in specs if spec.language == language}
    found: list[DrawnPicture] = []
    for path, spec in own.items():
        if not path.endswith(".svg"):
            continue
        _, view = spec.draw()
        table = own.get(path.removesuffix("svg") + "csv")
        shown = table.draw()[1] if table else None
        if isinstance(view, PictureFileView):
            columns, rows = (shown.columns, shown.rows) if isinstance(shown, PictureTableView) else ((), ())
            file = f"{prefix}-{len(found) + 1}.svg"
            id = file.removesuffix(".svg")
            picture = BookPicture(id, view.title, file, columns, rows)
            found.append(DrawnPicture(picture, spec.template, view))
    return tuple(found)
