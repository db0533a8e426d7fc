"""The views of robots.txt and llms.txt."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import NavigationLink, View


class RobotsView(View, frozen=True):
    """robots.txt."""

    sitemap: str


class LlmsLink(Struct, frozen=True):
    """A list of the atlas, and how many records of which family it holds."""

    label: str
    url: str
    family: str
    count: int


class LlmsView(View, frozen=True):
    """llms.txt. data: the file that describes the data; record_json: where each record is as JSON; "" where there is
    none.
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
