"""Makes ids from names: lower-case letters, digits and hyphens, Chinese by its pinyin."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

from pypinyin import lazy_pinyin

from atlas.search.terms import folded

_LONGEST = 60
_BREAK = re.compile(r"[^a-z0-9]+")


def slug(text: str, taken: Container[str] = (), otherwise: str = "record") -> str:
    """Return an id for a name.

    Args:
        text: the name, in any script.
        taken: ids that are already given; a number is added to one of them.
        otherwise: the id if the name has no letter or digit that an id can have.
    """
    plain = folded(" ".join(lazy_pinyin(re.sub(r"['’ʼ]", " ", text))))
    words = kebab(plain)
    short = words if len(words) <= _LONGEST else words[:_LONGEST].rpartition("-")[0] or words[:_LONGEST]
    id = short.removeprefix("by-") or otherwise
    if id not in taken:
        return id
    return next(f"{id}-{number}" for number in count(2) if f"{id}-{number}" not in taken)


def kebab(text: str) -> str:
    """Return a text in lower case, with hyphens for all but its Latin letters and digits: `fig-pier`."""
    return _BREAK.sub("-", text.lower()).strip("-")
