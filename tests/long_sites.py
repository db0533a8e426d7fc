"""Makes an atlas with many short records of one kind, to see which lists grow too long for a browser.

From a shell: `PYTHONPATH=tests .venv/bin/python tests/long_sites.py FOLDER NUMBER`, then build the folder.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from site_copies import SITES, write

_SIDES = ("north", "south", "east")
_PLACES = ("hauterive", "low-ferry", "dongshui")
_WORK = "@book{quill1901, author = {Ada Quill}, title = {Lamps}, year = {1901}, publisher = {Pier}}\n"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def write_long_site(root: Path, number: int, views: Sequence[str] = ()) -> None:
    """Write an atlas in English with that many actors; every second one is twinned with the next.

    views: what it shows besides; all if there are none.
    """
    site = _english(yaml.safe_load((SITES / "three/content/site.yaml").read_text(encoding="utf-8")))
    places = _english(yaml.safe_load((SITES / "three/content/places.yaml").read_text(encoding="utf-8")))
    site |= {"languages": {"en": {"tag": "en", "name": "English"}}, "navigation": ["/actors/", "/explore/"]}
    del site["timeline"]
    site |= {"views": list(views)} if views else {}
    write(root, "content/site.yaml", yaml.safe_dump(site, sort_keys=False))
    write(root, "content/places.yaml", yaml.safe_dump(places, sort_keys=False))
    write(root, "bibliography.bib", _WORK)
    write(root, "content/pages/home.md", "---\nlang: en\ndate: 2027-01-01\ntitle: Home\n---\n\nA long atlas.\n")
    for one in range(number):
        write(root, f"content/actors/{id_of(one)}.yaml", actor_file(one, number))


def _english(value: Any) -> Any:
    """Return declarations with English labels only."""
    if not isinstance(value, dict):
        return value
    return {key: _english(own) for key, own in value.items() if key not in ("fr", "zh")}


def id_of(number: int) -> str:
    return f"society-{number:05}"


def actor_file(number: int, total: int) -> str:
    """Return the file of an actor: a name, a side, a date, a place, one fact, and perhaps a twin."""
    side, name = number % 3, f"{_ALPHABET[number % 26].upper()}{_ALPHABET[number // 26 % 26]} society {number}"
    twin = (
        f"relations:\n  - {{id: twin, type: twin-of, to: {id_of(number + 1)}, "
        f"start: {1900 + number % 100}, sources: [quill1901]}}\n"
        if number % 2 == 0 and number + 1 < total
        else ""
    )
    return f"""\
lang: en
date: {2020 + number % 7}-01-{number % 28 + 1:02}
names:
  - {{lang: en, text: {name}, sources: [quill1901]}}
sides: [{_SIDES[side]}]
kind: society
start: {1850 + number % 120}
places: [{_PLACES[side]}]
summary: It tends the lamp of pier {number}.
facts:
  - id: lamp
    dimension: origin
    text: It lit its lamp {number} [@quill1901].
    sources: [quill1901]
fields:
  light: [lamp]
unanswered:
  meeting: not-researched
  upkeep: not-found
  reception: not-researched
{twin}"""


if __name__ == "__main__":
    write_long_site(Path(sys.argv[1]), int(sys.argv[2]))
