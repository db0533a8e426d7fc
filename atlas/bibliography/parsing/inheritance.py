"""Resolves the fields that entries inherit through `crossref` and `xdata`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from atlas.bibliography.parsing import biblatex
from atlas.bibliography.parsing.entries import BibEntry, SourcePositions
from atlas.bibliography.parsing.work_checks import without_bidi
from atlas.core.limits import CROSSREF_DEPTH, EXPANDED_CHARACTERS
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule

_PARENTS: Final = ("xdata", "crossref")
"""The fields that name another entry, in the order in which they are looked at."""


class Inheritance(Struct):
    """The entries of one file, with the fields that they inherit from each other.

    Attributes:
        entries: the entries by key.
        places: the positions in the file.
        has_marks: whether the file has invisible marks of direction.
        problems: the problems so far.
        taken: the resolved fields, by key of the entry.
        expanded: the number of characters inherited so far.
    """

    entries: Mapping[str, BibEntry]
    places: SourcePositions
    has_marks: bool
    problems: list[Problem] = field(default_factory=list)
    taken: dict[str, dict[str, str]] = field(default_factory=dict)
    expanded: int = 0

    def report(self, span: Span, rule: Rule, message: str, hint: str) -> None:
        """Add one problem."""
        self.problems.append(Problem(span, rule, message, hint))

    def inherits(self, entry: BibEntry) -> bool:
        """Return whether an entry names another from which it takes fields."""
        return any(name in entry.fields for name in _PARENTS)

    def resolved(self, entry: BibEntry, chain: tuple[str, ...] = ()) -> dict[str, str]:
        """Return the public fields of an entry by BibLaTeX's names, with those that it inherits.

        Args:
            entry: the entry.
            chain: the keys of the entries that inherit from it, to find cycles.
        """
        known = self.taken.get(entry.key)
        if known is not None:
            return known
        fields: dict[str, str] = {}
        for name, value in entry.fields.items():
            if not name.startswith("x-"):
                fields.setdefault(biblatex.ALIASES.get(name, name), value)
        if self.has_marks:
            fields = {name: without_bidi(value) for name, value in fields.items()}
        kind = biblatex.TYPES.get(entry.type, "misc")
        for field_name in _PARENTS:
            named = fields.get(field_name)
            keys = list(dict.fromkeys(part.strip() for part in named.split(",") if part.strip())) if named else []
            if keys and len(chain) >= CROSSREF_DEPTH:
                message = f'"{entry.key}" is at the end of a chain of more than {CROSSREF_DEPTH} entries'
                hint = "name the parent entry itself, not another part of it"
                self.report(self.places.value(entry, field_name), Rule.OVER_LIMIT, message, hint)
                keys = []
            for key in keys:
                whole = self.whole(entry, field_name, key, (*chain, entry.key))
                taken = self.resolved(whole, (*chain, entry.key)) if whole else {}
                for name, value in taken.items():
                    as_name = name if field_name == "xdata" else biblatex.inherited_name(kind, name)
                    if name == "author" and field_name == "crossref" and entry.type in biblatex.PARTS_OF_ONE_AUTHOR:
                        as_name = name
                    if as_name and as_name not in fields and self.expanded <= EXPANDED_CHARACTERS:
                        fields[as_name] = value
                        self.expand(entry, len(value))
        self.taken[entry.key] = fields
        return fields

    def expand(self, entry: BibEntry, characters: int) -> None:
        """Count inherited characters, and report when there are too many."""
        self.expanded += characters
        if self.expanded > EXPANDED_CHARACTERS:
            message = f"works take more than {EXPANDED_CHARACTERS} characters from others"
            self.report(self.places.key(entry), Rule.OVER_LIMIT, message, "shorten the fields that are taken")

    def whole(self, entry: BibEntry, name: str, key: str, chain: tuple[str, ...]) -> BibEntry | None:
        """Return the entry that `crossref` or `xdata` names, or report that it is missing or part of a cycle."""
        if key in chain:
            cycle = " → ".join((*chain[chain.index(key) :], key))
            span = self.places.value(entry, name, key)
            self.report(
                span, Rule.CROSSREF_CYCLE, f"these entries lead to each other: {cycle}", "remove one of these fields"
            )
            return None
        whole = self.entries.get(key)
        if whole is None:
            span = self.places.value(entry, name, key)
            hint = nearest(key, self.entries, "add the parent entry to this file, or correct the key")
            # DBLP names the proceedings in entries that are complete without them.
            complete = {"title", "booktitle"} <= entry.fields.keys()
            rule = Rule.LOST_CROSSREF if complete else Rule.UNKNOWN_CROSSREF
            self.report(span, rule, f'no entry "{key}"', hint)
        return whole
