"""Lays out a network: a spring model, then room for every label.

Each component is laid out by the spring model of Fruchterman and Reingold (1991, computed by rustworkx)
with a fixed seed, rotated so that its sides are left and right, and spread until no label overlaps
another. The components are then arranged in rows, with the records without ties below.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rustworkx

from atlas.graphics.boxes import Box, settled, shelved
from atlas.graphics.graphs import Network
from atlas.graphics.text_metrics import LEADING, width_of, wrapped

WIDTH = 920
"""The minimum width of a drawing: that of the text column on a large screen."""
LABEL_WIDTH = 132
HEAD = 26
"""The height of a shape with the space around it."""
MARGIN = 6
GAP = 28
_SEED = 20010101
_SPREAD, _SMALL_SPREAD, _SMALL = 3.2, 2.0, 60
"""How many times the area of its boxes a component takes; a small one, of at most `_SMALL` records, takes less."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NodeLabel:
    """The label of a node: its lines, and the size of its box including the shape."""

    lines: tuple[str, ...]
    width: int
    height: int


def node_label(name: str) -> NodeLabel:
    """Return the label of a name, in at most four lines."""
    lines = wrapped(name, LABEL_WIDTH, 4)
    wide = max((width_of(line) for line in lines), default=0)
    return NodeLabel(lines, max(wide, HEAD) + 2 * MARGIN, HEAD + len(lines) * LEADING + MARGIN)


@dataclass(frozen=True, slots=True)
class SpringLayout:
    """The positions of the drawn records in the spring model, by component; the same in every language."""

    parts: tuple[tuple[tuple[str, Spot], ...], ...]
    loose: tuple[str, ...]
    """The drawn records without ties."""


def spring_layout(network: Network, drawn: Sequence[str], sides: Sequence[str]) -> SpringLayout:
    """Return the positions of the records to draw.

    Args:
        network: the network.
        drawn: the ids of the records to draw.
        sides: the compared sides in their order.
    """
    known = set(drawn)
    parts = []
    loose = []
    for component in network.components:
        ids = [id for id in component if id in known]
        tied = [id for id in ids if any(other in known for other in network.neighbours[id])]
        loose += [id for id in ids if id not in tied]
        if tied:
            parts.append(tuple(_turned(_springs(network, tied), network, sides).items()))
    return SpringLayout(tuple(parts), tuple(loose))


def _springs(network: Network, ids: list[str]) -> dict[str, Spot]:
    numbers = {id: number for number, id in enumerate(ids)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(ids)
    near = ((id, other) for id in ids for other in network.neighbours[id] if other in numbers and id < other)
    graph.add_edges_from([(numbers[one], numbers[other], None) for one, other in near])
    circle = [math.tau * number / len(ids) for number in range(len(ids))]
    start = {number: (math.cos(turn), math.sin(turn)) for number, turn in enumerate(circle)}
    found = rustworkx.spring_layout(graph, pos=start, num_iter=150, seed=_SEED)
    return {id: (found[number][0], found[number][1]) for id, number in numbers.items()}


def _turned(spots: dict[str, Spot], network: Network, sides: Sequence[str]) -> dict[str, Spot]:
    """Rotate positions so that the first side is on the left of the last one."""
    middles = [middle for side in sides if (middle := _middle(spots, network, side))]
    first, last = (middles[0], middles[-1]) if middles else ((0.0, 0.0), (0.0, 0.0))
    turn = -math.atan2(last[1] - first[1], last[0] - first[0])
    cosine, sine = math.cos(turn), math.sin(turn)
    return {id: (x * cosine - y * sine, x * sine + y * cosine) for id, (x, y) in spots.items()}


def _middle(spots: dict[str, Spot], network: Network, side: str) -> Spot | None:
    own = [spot for id, spot in spots.items() if network.records[id].sides == (side,)]
    return (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own)) if own else None


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """The layout of a drawn network.

    Attributes:
        boxes: the box of each record.
        rule: the height at which the records without ties begin; 0 for none.
    """

    boxes: Mapping[str, Box]
    width: int
    height: int
    rule: int


def lay_out(plan: SpringLayout, labels: Mapping[str, NodeLabel]) -> NetworkLayout:
    """Return the boxes of all records, none of which overlap.

    Args:
        plan: the positions in the spring model.
        labels: the label of each record.
    """
    parts = [_part(dict(part), labels) for part in plan.parts]
    parts.sort(key=lambda part: (-len(part), min(part)))
    sizes = [_size(part) for part in parts]
    width = max([WIDTH, *(wide for wide, _ in sizes)])
    boxes: dict[str, Box] = {}
    places, height = shelved(sizes, width, GAP)
    for part, (left, top) in zip(parts, places, strict=True):
        boxes |= {id: box._replace(left=box.left + left, top=box.top + top) for id, box in part.items()}
    rule = height + GAP if plan.loose else 0
    if plan.loose:
        loose = [(labels[id].width, labels[id].height) for id in plan.loose]
        places, more = shelved(loose, width, MARGIN)
        for id, (wide, tall), (left, top) in zip(plan.loose, loose, places, strict=True):
            boxes[id] = Box(left, top + rule + 2 * LEADING, wide, tall)
        height = rule + 2 * LEADING + more
    used = max((box.right for box in boxes.values()), default=width)
    shift = (width - used) // 2 if not plan.loose else 0
    boxes = {id: box._replace(left=box.left + shift) for id, box in boxes.items()}
    return NetworkLayout(boxes, width, height, rule)


def _part(spots: dict[str, Spot], labels: Mapping[str, NodeLabel]) -> dict[str, Box]:
    """Return the boxes of a component, spread to make room for them, with the upper left corner at 0, 0."""
    low = min(x for x, _ in spots.values()), min(y for _, y in spots.values())
    wide = max(max(x for x, _ in spots.values()) - low[0], 1e-6)
    tall = max(max(y for _, y in spots.values()) - low[1], 1e-6)
    room: float = sum(labels[id].width * labels[id].height for id in spots)
    room *= _SPREAD if len(spots) > _SMALL else _SMALL_SPREAD
    across = math.sqrt(room * 1.6) if len(spots) > 2 else 1.15 * max(labels[id].width for id in spots)
    down = room / across if len(spots) > 2 else 0
    wishes = [
        Box(round((x - low[0]) / wide * across), round((y - low[1]) / tall * down), labels[id].width, labels[id].height)
        for id, (x, y) in spots.items()
    ]
    boxes = settled(wishes)
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    return {id: box._replace(left=box.left - left, top=box.top - top) for id, box in zip(spots, boxes, strict=True)}


def _size(part: Mapping[str, Box]) -> tuple[int, int]:
    return max(box.right for box in part.values()), max(box.bottom for box in part.values())
