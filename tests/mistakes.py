"""The table of mistakes in mistakes.txt, read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mistake:
    """An edit of a sample site and the rule that it breaks.

    old: the text that `new` replaces; where it is empty, `new` is the whole file. remedy: a word that the hint holds.
    fixed: what stands in place of `new` after the remedy, where that is not `old`.
    """

    name: str
    rule: str
    path: str
    remedy: str
    old: str
    new: str
    fixed: str


def read_mistakes() -> Iterator[Mistake]:
    """The rows of mistakes.txt; its form is described there."""
    text = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")
    blocks = text[text.index("\n# ") :].strip().split("\n\n")
    for block in blocks:
        if not block.startswith("# "):
            yield _read(block)


def _read(block: str) -> Mistake:
    name, expected, *lines = block.split("\n")
    rule, path, *remedy = expected.split(" · ")
    old, new, fixed = ("\n".join(line[2:] for line in lines if line[0] == sign) for sign in "-+=")
    return Mistake(name, rule, path, "".join(remedy), old, new.replace("⇥", "\t"), fixed)
