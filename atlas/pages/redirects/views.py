"""The view of a redirect."""

from __future__ import annotations

from atlas.pages.view_parts import View


class RedirectView(View, frozen=True):
    """The page at an old address.

    Attributes:
        title: the title of the new page.
        url: the URL of the new page, relative to the old one.
        root: the relative path to the root of the site.
        canonical: the absolute URL of the new page.
    """

    lang: str
    title: str
    url: str
    root: str
    canonical: str
