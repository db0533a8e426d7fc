"""Reads the list of figures of Quire, from which texts show figures by their ids.

Quire keeps it in `content/_data/figures.yaml`, and the pictures in `content/_assets/images/`
(https://github.com/thegetty/quire).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.core.sources import read_file
from atlas.core.yaml_nodes import read_yaml
from atlas.importing.results import Import, Picture

LIST: Final = "_data/figures.yaml"
_LISTS: Final = (LIST, f"content/{LIST}")
_PICTURES: Final = ("_assets/images", "content/_assets/images", "static/img", ".")
"""Folders of pictures, those of the first version last."""
CALL: Final = re.compile(
    r"\{%-?\s*figure(?P<group>group)?\s+(?P<liquid>.*?)\s*-?%\}"
    r"|\{\{<\s*q-figure(?P<many>-group)?\s+(?P<hugo>.*?)\s*/?>\}\}"
)
"""A call of a figure, or of a group of figures, in the forms of both versions of Quire."""
_WORD: Final = re.compile(r"(?:(?P<key>[\w-]+)\s*=\s*)?(?P<quote>[\"'])(?P<words>.*?)(?P=quote)")


def listed_figures(folders: Iterable[tuple[str, Path]], result: Import) -> dict[str, Picture] | None:
    """Return the figures of the nearest list, by their ids; None if there is no list.

    Args:
        folders: the folder of the text and those above, each with its path from the folder of the text, such as `../`.
        result: the import, to which problems and losses are added.
    """
    for above, folder in folders:
        names = [name for name in _LISTS if (folder / name).is_file()]
        if names:
            figures: dict[str, Picture] = {}
            for name in names:
                for row in _rows(folder, name, result):
                    _add(row, above, folder, figures, result)
            return figures
    return None


def _rows(folder: Path, name: str, result: Import) -> list[Node]:
    source, problems = read_file(folder / name)
    node, wrong = read_yaml(source) if source else (None, ())
    for problem in (*problems, *wrong):
        result.lose(name, problem.message)
    rows = next((value for key, value in node.value if key.value == "figure_list"), None) if node else None
    return rows.value if isinstance(rows, SequenceNode) else []


def _add(row: Node, above: str, folder: Path, figures: dict[str, Picture], result: Import) -> None:
    pairs = row.value if isinstance(row, MappingNode) else ()
    keys = {key.value: " ".join(value.value.split()) for key, value in pairs if isinstance(value, ScalarNode)}
    id, path = keys.get("id", ""), keys.get("src", "")
    if not id or not path or id in figures:
        return
    caption = keys.get("caption") or keys.get("label", "")
    places = [f"{place}/{path}".removeprefix("./") for place in _PICTURES]
    place = next((place for place in places if (folder / place).is_file()), "")
    is_safe = bool(place) and ".." not in PurePosixPath(path).parts
    alt = keys.get("alt", "")
    figures[id] = Picture(caption, f"{above}{place}", alt, is_listed=True) if is_safe else Picture(caption, path, alt)
    if keys.get("credit"):
        result.lose(LIST, f"the credit of {id} was left out: {keys['credit'][:80]}")


def called_ids(call: re.Match[str]) -> list[str]:
    """Return the ids of the figures that a call shows; of a group the first words are the number of columns.

    Of a single figure the words behind the id are its class.
    """
    words = list(_WORD.finditer(call["liquid"] or call["hugo"] or ""))
    named = [word["words"] for word in words if word["key"] in ("id", "ids")]
    plain = [word["words"] for word in words if not word["key"]]
    is_group = bool(call["group"] or call["many"])
    first = 1 if is_group and len(plain) > 1 else 0
    plain = plain[first:] if is_group else plain[:1]
    return [id.strip() for id in ",".join(named or plain).split(",") if id.strip()]
