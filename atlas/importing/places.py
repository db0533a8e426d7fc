"""Makes places from the names and coordinates of a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from atlas.authoring.slugs import slug
from atlas.content.model import Site

_NEAR: Final = 0.1
"""Degrees within which two rows with the same name are at one place."""
_DEGREES: Final = re.compile(r"(?P<sign>[-+−]?)(?P<number>\d{1,3}(?:[.,]\d+)?)°?[ ]*(?P<side>[nsew])?", re.IGNORECASE)


class Places:
    """The places of an atlas, with those that rows of a table add."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.taken = set(site.places)
        self.named: dict[str, list[tuple[str, float, float]]] = {}
        self.new: dict[str, str] = {}
        for place in site.places.values():
            for name in place.label.values():
                self.named.setdefault(name.casefold(), []).append((place.id, *place.coordinates))

    def declared(self, name: str) -> str:
        """Return the id of the place with a name; "" if there is none, or if several have it."""
        ids = {id for id, _, _ in self.named.get(name.casefold(), ())}
        return ids.pop() if len(ids) == 1 else ""

    def at(self, name: str, latitude: float, longitude: float) -> str:
        """Return the id of the place with a name near some coordinates; it is new if there is none."""
        known = self.named.setdefault(name.casefold(), [])
        for id, north, east in known:
            if abs(north - latitude) < _NEAR and abs(east - longitude) < _NEAR:
                return id
        id = slug(name, self.taken, "place")
        self.taken.add(id)
        known.append((id, latitude, longitude))
        quoted = json.dumps(name, ensure_ascii=False)
        labels = ", ".join(f"{language}: {quoted}" for language in self.site.languages)
        self.new[id] = f"{id}: {{label: {{{labels}}}, coordinates: [{latitude}, {longitude}]}}\n"
        return id


def read_degrees(text: str, most: int) -> float | None:
    """Return a latitude (at most 90) or longitude (at most 180) in degrees; None for what is none.

    Args:
        text: decimal degrees, with a sign or one of the letters N, S, E and W.
        most: the greatest number of degrees.
    """
    found = _DEGREES.fullmatch(text.strip())
    if not found or (found["side"] or "").lower() not in ("", *("ns" if most == 90 else "ew")):
        return None
    degrees = round(float(found["number"].replace(",", ".")), 6)
    if degrees > most or (found["sign"] and found["side"]):
        return None
    return -degrees if found["sign"] in ("-", "−") or (found["side"] or "").lower() in ("s", "w") else degrees


def with_places(text: str, new: Mapping[str, str]) -> str | None:
    """Return content/places.yaml with further places; None if it is written in a form that cannot be extended."""
    if re.match(r"(?:\s|#.*\n|---)*\{", text):
        return None
    return f"{text.rstrip()}\n{''.join(new.values())}".lstrip("\n")
