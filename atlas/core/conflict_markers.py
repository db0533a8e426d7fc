"""Finds the markers that Git leaves in a file where a merge stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from atlas.core.limits import SAME_ERRORS
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule

_BEGINS: Final = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_ENDS: Final = re.compile(r"^>{7} .*$", re.MULTILINE)


def find_conflicts(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each conflict of a file, at its first marker.

    `=======` alone is no conflict: in Markdown it underlines a heading.

    Args:
        path: the path of the file.
        text: its text.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    found = list(_BEGINS.finditer(text)) or list(_ENDS.finditer(text))
    for each in found[:SAME_ERRORS]:
        hint = "keep the lines that are right, and remove those that begin with <<<<<<<, =======, >>>>>>> or |||||||"
        span = Span(path, text.count("\n", 0, each.start()) + 1, 1)
        yield Problem(span, Rule.CONFLICT_MARKER, "this is a conflict that Git could not merge", hint)
