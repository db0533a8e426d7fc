"""Rewrites the citations of LaTeX, Jekyll, Quire and MyST as `[@key]`."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import Final

_LIQUID_CITE: Final = re.compile(r"\{%\s*cite\s+(.*?)%\}|\{\{<\s*cite\s+(.*?)>\}\}")
_LATEX_CITE: Final = re.compile(r"\\(?:[a-zA-Z]*cite[a-zA-Z]*)\*?(?:\[([^\]]*)\])?\{([^{}]*)\}")
_MYST_CITE: Final = re.compile(r"\{cite(?::(?P<form>[a-z]+))?\}`(?P<keys>[^`]*)`")
_MYST_KEY: Final = re.compile(r"(?:\{(?P<before>[^{}]*)\})?(?P<key>[^{},;\s][^{},;]*)(?:\{(?P<after>[^{}]*)\})?")


def with_citations(text: str, known_key: Callable[[str], str]) -> str:
    """Return a text with its citations as `[@key]`; those that are written so stay.

    Args:
        text: the text, without its code.
        known_key: returns the key of the work that Quire calls by an id, which may have spaces.
    """
    text = _LIQUID_CITE.sub(lambda found: _of_liquid(found[1] or found[2], known_key), text)
    text = _LATEX_CITE.sub(lambda found: _citation(found[2], found[1] or ""), text)
    return _MYST_CITE.sub(_of_myst, text)


def _of_liquid(arguments: str, known_key: Callable[[str], str]) -> str:
    """Return a citation of Jekyll, of one or more works, or of Quire: the id of a work, its pages, other words."""
    if arguments.startswith(("'", '"')):
        quoted = re.findall(r"'([^']*)'?|\"([^\"]*)\"?", arguments)
        key, *rest = [single or double for single, double in quoted]
        return _citation(known_key(key), next((word for word in rest if re.match(r"\d|p\.", word)), ""))
    found = re.findall(r"(?:-l|--locators?)[ =]+(?:'([^']*)'|\"([^\"]*)\"|(\S+))", arguments)
    places = [single or double or plain for single, double, plain in found]
    keys = re.sub(r"--?[a-zA-Z]\S*(?:[ =]+(?:'[^']*'|\"[^\"]*\"|\S+))?", "", arguments).split()
    cites = [_place(f"@{key}", place) for key, place in zip_longest(keys, places[: len(keys)], fillvalue="")]
    return f"[{'; '.join(cites)}]" if cites else ""


def _place(cite: str, place: str) -> str:
    return f"{cite}, p. {place}" if re.match(r"\d", place) else f"{cite}, {place}" if place else cite


def _citation(keys: str, place: str) -> str:
    cites = [f"@{key.strip()}" for key in keys.split(",") if key.strip()]
    return f"[{_place('; '.join(cites), place)}]" if cites else ""


def _of_myst(found: re.Match[str]) -> str:
    """Return the citation of a role of MyST, with the words in braces before and behind its keys.

    That of one work in the form `t` is a part of the sentence, as `@key` is.
    """
    cites = []
    if found["form"] in ("t", "ts") and re.fullmatch(r"[^{},;\s]+", found["keys"]):
        return f"@{found['keys']}"
    for key in _MYST_KEY.finditer(found["keys"]):
        before, after = f"{key['before']} " if key["before"] else "", f", {key['after']}" if key["after"] else ""
        cites.append(f"{before}@{key['key'].strip()}{after}")
    return f"[{'; '.join(cites)}]" if cites else ""
