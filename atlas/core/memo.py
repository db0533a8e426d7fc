"""Keeps the last results of functions, for the next reading in the same process."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, TypeVar, cast

Result = TypeVar("Result")


class Memo:
    """The last result of each function, with its inputs.

    Args:
        keeps: whether results are kept; a process that reads once needs none.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.keeps = keeps
        self._kept: dict[Hashable, tuple[object, object]] = {}

    def get(self, name: Hashable, inputs: tuple[object, ...], make: Callable[[], Result]) -> Result:
        """Return the result for some inputs, which is made again only if they differ from the last ones.

        Args:
            name: names the function, and what the result is of.
            inputs: all that the result depends on. No part of them may change later. To compare parts that are the same
                object takes no time.
            make: makes the result.
        """
        if not self.keeps:
            return make()
        found = self._kept.get(name)
        if found is None or found[0] != inputs:
            found = self._kept[name] = inputs, make()
        return cast("Result", found[1])


NO_MEMO: Final = Memo(keeps=False)
"""For processes that read once."""
