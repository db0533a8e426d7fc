"""Reads the list of figures of Quire, from which texts show figures by their ids.

Quire keeps it in `content/_data/figures.yaml`, and the pictures in `content/_assets/images/`
(https://github.com/thegetty/quire).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.core.sources import read_file
from atlas.core.yaml_nodes import read_yaml
from atlas.importing.results import Import

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


class ListedFigure(Struct, frozen=True):
    """A figure of the list: its caption, and the path of its picture from the folder of the text."""

    caption: str
    path: str


def listed_figures(folder: Path, result: Import) -> dict[str, ListedFigure]:
    """Return the figures of the list in a folder or its `content/`, by their ids.

    Args:
        folder: the folder of the text.
        result: the import, to which problems and losses are added.
    """
    figures: dict[str, ListedFigure] = {}
    for name in _LISTS:
        if not (folder / name).is_file():
            continue
        source, problems = read_file(folder / name)
        node, wrong = read_yaml(source) if source else (None, ())
        for problem in (*problems, *wrong):
            result.lose(name, problem.message)
        rows = next((value for key, value in node.value if key.value == "figure_list"), None) if node else None
        for row in rows.value if isinstance(rows, SequenceNode) else ():
            _add(row, folder, figures, result)
    return figures


def _add(row: Node, folder: Path, figures: dict[str, ListedFigure], result: Import) -> None:
    pairs = row.value if isinstance(row, MappingNode) else ()
    keys = {key.value: " ".join(value.value.split()) for key, value in pairs if isinstance(value, ScalarNode)}
    id, path = keys.get("id", ""), keys.get("src", "")
    if not id or not path or id in figures:
        return
    places = [f"{place}/{path}".removeprefix("./") for place in _PICTURES]
    figures[id] = ListedFigure(
        keys.get("caption") or keys.get("label", ""),
        next((place for place in places if (folder / place).is_file()), path),
    )
    if keys.get("credit"):
        result.lose("figures.yaml", f"the credit of {id} was left out: {keys['credit'][:80]}")


def called_ids(call: re.Match[str]) -> list[str]:
    """Return the ids of the figures that a call shows; of a group the first words are the number of columns."""
    words = list(_WORD.finditer(call["liquid"] or call["hugo"] or ""))
    named = [word["words"] for word in words if word["key"] in ("id", "ids")]
    plain = [word["words"] for word in words if not word["key"]]
    if call["group"] or call["many"]:
        plain = plain[1:] if len(plain) > 1 else plain
    return [id.strip() for id in ",".join(named or plain).split(",") if id.strip()]
