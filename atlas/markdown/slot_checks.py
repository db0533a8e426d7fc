"""Checks that Markdown kept every slot of the scanner, once and in order."""

from __future__ import annotations

import re
from typing import Final

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.markdown.slots import CLOSE, OPEN, SLOT, Slot

_PIECE: Final = re.compile(
    r'<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?: [a-z]+="[^"]*")*)>' + f"|{OPEN}(?P<slot>\\d+){CLOSE}"
)
_HREF: Final = re.compile(r' href="(?:https?://|mailto:|#fn)', re.IGNORECASE)
_OPENING: Final = ("path", "file", "language", "picture")
_SINGLE: Final = ("br", "hr")


class SlotValidator:
    """One pass over the HTML of a text, made to hold: every slot occurs once, outside tags and code, and in order."""

    def __init__(self, html: str, slots: tuple[Slot, ...], start: Span) -> None:
        self.html = html
        self.slots = slots
        self.start = start
        self.open: list[tuple[str, int]] = []
        self.met: set[int] = set()
        self.faulty: set[int] = set()
        self.code = 0
        self.problems: list[Problem] = []

    def run(self) -> str:
        """The HTML without the slots that do not hold."""
        if not self.slots and "<a" not in self.html:
            return self.html
        for found in _PIECE.finditer(self.html):
            if found["slot"]:
                self._slot(int(found["slot"]))
            elif found["name"] not in _SINGLE:
                self._tag(found)
        for number, slot in enumerate(self.slots):
            if number not in self.met and slot.kind != "close":
                self._report(number, "this would not be shown", "write it apart from other marks")
        if self.faulty:
            self.html = SLOT.sub(lambda found: "" if int(found[1]) in self.faulty else found[0], self.html)
        return self.html

    def _slot(self, number: int) -> None:
        slot = self.slots[number]
        if number in self.met:
            self._report(number, "this would be shown twice", "write it apart from other marks")
        elif self.code:
            self._report(number, "this is in code", "end the code in the line in which it begins")
        elif slot.kind in _OPENING:
            self.open.append((slot.kind, number))
        elif slot.kind == "close" and self.open and self.open[-1][0] == slot.label:
            self.open.pop()
        elif slot.kind == "close":
            self.faulty.add(number)
        self.met.add(number)

    def _tag(self, found: re.Match[str]) -> None:
        name, rest = found["name"], found["rest"]
        self.code += (name == "code") - 2 * (name == "code" and bool(found["close"]))
        if found["close"]:
            while self.open and (last := self.open.pop())[0] != name:
                hint = "end what begins inside a link or a language span inside it"
                self._report(last[1], "this crosses emphasis, a cell or another link", hint)
            return
        outer = next((number for kind, number in self.open if kind in ("path", "file")), None)
        if name == "a" and outer is not None:
            self._report(
                outer, "the words of this link hold an address", "write words in the link, or the address alone"
            )
        self.open.append((name, -1))
        for slot in SLOT.finditer(rest):
            self.met.add(int(slot[1]))
            self._report(int(slot[1]), "this is in the address or title of a link", "write it before or after")
        if name == "a" and not _HREF.search(rest):
            hint = "write [text](https://…), or \\[ for a plain ["
            message = f"Markdown makes a link of something that leads nowhere: {rest.strip()}"
            self.problems.append(Problem(self.start, Rule.BAD_ADDRESS, message, hint))

    def _report(self, number: int, message: str, hint: str) -> None:
        if number >= 0 and number not in self.faulty:
            self.faulty.add(number)
            self.problems.append(Problem(self.slots[number].span, Rule.WRONG_TYPE, message, hint))
