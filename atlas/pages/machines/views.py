"""The views of robots.txt and llms.txt."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import NavigationLink, View


class RobotsView(View, frozen=True):
    """robots.txt."""

    sitemap: str


class LlmsLink(Struct, frozen=True):
    """A list of the atlas, with the number of its records and their family."""

    label: str
    url: str
    family: str
    count: int


class LlmsView(View, frozen=True):
    """llms.txt.

    Attributes:
        data: the URL of the file that describes the data; "" for none.
        record_json: the pattern for the URL of each record as JSON; "" for none.
    """

    title: str
    description: str
    as_of: str
    licence: str
    licence_url: str
    cite: str
    languages: tuple[NavigationLink, ...]
    lists: tuple[LlmsLink, ...]
    data: str
    files: tuple[NavigationLink, ...]
    record_json: str
    pages: tuple[NavigationLink, ...]
