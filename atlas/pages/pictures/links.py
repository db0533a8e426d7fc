"""Links from a page to its picture as files, with a credit line and the code to embed it."""

from __future__ import annotations

from html import escape

from atlas.pages.context import PageContext
from atlas.pages.head import absolute
from atlas.pages.pictures.views import PictureLinks

PICTURE = "picture"
"""The name of the files of a picture, beside its page."""
EMBED = "embed/"
"""The path of the page for frames, below the page of the picture."""


def picture_part(context: PageContext, drawn: int, total: int) -> tuple[str, ...]:
    """Return a sentence that says how many records a picture shows, if it does not show all; else none."""
    return (context.locale_site.words.t("picture-part", drawn=drawn, total=total),) if drawn < total else ()


def credit_line(context: PageContext, title: str, path: str) -> str:
    """Return the line that names the source of a picture, its date and its licence."""
    site, language = context.atlas.site, context.language
    source = site.title[language.id]
    parts = [
        source if title == source else f"{source}: {title}",
        context.locale_site.words.t("as-of", date=context.period(site.as_of, site.as_of)),
        site.licence.label[language.id] if site.licence else "",
        absolute(context.atlas, context.language, path),
    ]
    return " · ".join(part for part in parts if part)


def picture_links(context: PageContext, title: str, path: str = "") -> PictureLinks:
    """Return the links from a page to the files of a picture.

    Args:
        context: the page.
        title: the title of the picture.
        path: the path of the page that has the picture, if that is not this page.
    """
    home = path or context.path
    paths = (home, f"{home}{PICTURE}.svg", f"{home}{EMBED}")
    page, svg, frame = (absolute(context.atlas, context.language, each) for each in paths)
    image = f'<img src="{escape(svg)}" alt="{escape(title)}" style="max-width: 100%; height: auto">'
    return PictureLinks(
        context.url(f"{home}{PICTURE}.svg"),
        context.url(f"{home}{PICTURE}.csv"),
        context.url(f"{home}{EMBED}"),
        credit_line(context, title, home),
        f'<iframe src="{escape(frame)}" title="{escape(title)}" width="100%" height="600" loading="lazy"></iframe>',
        f'<a href="{escape(page)}">{image}</a>',
    )
