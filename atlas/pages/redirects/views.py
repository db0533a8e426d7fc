"""The view of a redirect."""

from __future__ import annotations

from atlas.pages.view_parts import View


class RedirectView(View, frozen=True):
    """What stands at an old address: the title of the page that has taken its place, the way to it, and its address.

    root: the way from the old address to the root of the site.
    """

    lang: str
    title: str
    url: str
    root: str
    canonical: str
