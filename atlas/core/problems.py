"""Problems in the input: place, rule, cause and remedy.

Problems are values. Every stage collects them and they are shown together, so that an author
fixes a file once. Exceptions are for bugs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from difflib import get_close_matches
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import force_setattr

from atlas.core.characters import quoted
from atlas.core.limits import MESSAGE_CHARACTERS, SAME_ERRORS
from atlas.core.rules import Rule, Severity


class Span(Struct, frozen=True, order=True):
    """A place in a file.

    Attributes:
        path: relative to the root of the atlas, with forward slashes; "" for the atlas as a whole.
        line: counted from 1; 0 for the file as a whole.
        column: counted from 1, in characters; 0 for the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path or "atlas", *numbers])


NOWHERE = Span("")
"""The atlas as a whole."""


class Problem(Struct, frozen=True, order=True):
    """One mistake in the input, or one note on it.

    Message and hint may contain values of authors: they are shortened if long, and cannot break a line.

    Attributes:
        span: its place.
        rule: the rule that it breaks.
        message: what is wrong.
        hint: what to do; "" where there is no advice.
    """

    span: Span
    rule: Rule
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        for name, value in (("message", self.message), ("hint", self.hint)):
            shown = quoted(_cut(value))
            if shown != value:
                force_setattr(self, name, shown)

    @property
    def severity(self) -> Severity:
        """The severity of its rule."""
        return self.rule.severity

    def __str__(self) -> str:
        kind = "" if self.severity == "error" else f"{self.severity}: "
        remedy = f" · {self.hint}" if self.hint else ""
        return f"{self.span} {self.rule}: {kind}{self.message}{remedy}"

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Problem:
        """Return the problem of a row that `as_json` made."""
        return cls(Span(row["path"], row["line"], row["column"]), Rule(row["rule"]), row["message"], row["hint"])

    def as_json(self) -> dict[str, str | int]:
        """Return the row that `--json` prints for this problem."""
        return {
            "path": self.span.path,
            "line": self.span.line,
            "column": self.span.column,
            "rule": self.rule.value,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
        }


def _cut(text: str) -> str:
    return text if len(text) <= MESSAGE_CHARACTERS else f"{text[: MESSAGE_CHARACTERS - 1]}…"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether one of the problems is an error, so that nothing may be written."""
    return any(problem.severity == "error" for problem in problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file, line and column, each once."""
    return tuple(sorted(set(problems)))


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """Limit the errors that most likely have one cause to five and a count.

    Errors have one cause if they have the same message; if they are missing and unknown keys of one file, because one
    lost line puts many keys in the wrong place; and if works are unknown while the bibliography itself has errors. Of
    these last one is shown: what must be corrected is in another file.

    Args:
        problems: in the order in which they are shown.

    Returns:
        The same, except that the first error beyond the limit of its cause says how many more there are, and the others
        are left out.
    """
    listed = list(problems)
    broken = {problem.span.path for problem in listed if problem.severity == "error"}
    places: dict[tuple[Rule, str], set[str]] = {}
    for problem in listed:
        places.setdefault((problem.rule, problem.message), set()).add(problem.span.path)
    spread = {words for words, paths in places.items() if len(paths) > 1}
    rows = [(problem, _cause(problem, broken, spread)) for problem in listed]
    counts = Counter(cause for _, cause in rows)
    seen: Counter[_Cause] = Counter()
    kept: list[Problem] = []
    for row, cause in rows:
        seen[cause] += 1
        most = 1 if cause and cause[0] == _WORKS else SAME_ERRORS
        if cause is None or seen[cause] <= most:
            kept.append(row)
        elif seen[cause] == most + 1:
            more = _WORDS.get(cause[0], "the same {} more time{}")
            left = counts[cause] - most
            message = f"{more.format(left, 's' * (left != 1))}, from here on: {row.message}"
            kept.append(Problem(row.span, row.rule, message, row.hint))
    return kept


_Cause = tuple[str, str] | None
"""What errors have in common: a rule and its message, or a key of `_WORDS` and a file. None: the error is always shown.
"""
_KEYS: Final = "keys"
_WORKS: Final = "works"
_WORDS: Final = {
    _KEYS: "{} more missing or unknown key{} in this file",
    _WORKS: "{} more citation{} of works that are not in the bibliography, which has errors itself",
}
_BIBLIOGRAPHY: Final = "bibliography.bib"


def _cause(problem: Problem, broken: Set[str], spread: Set[tuple[Rule, str]]) -> _Cause:
    """Return what an error most likely shares with others; each placeholder of a new record counts by itself.

    Args:
        problem: the error.
        broken: the files with errors.
        spread: rules and messages that occur in several files, for example after a language is added.
    """
    if problem.severity != "error" or problem.rule is Rule.TODO_LEFT:
        return None
    if problem.rule in (Rule.MISSING_KEY, Rule.UNKNOWN_KEY) and (problem.rule, problem.message) not in spread:
        return _KEYS, problem.span.path
    if problem.rule is Rule.UNKNOWN_WORK and _BIBLIOGRAPHY in broken:
        return _WORKS, _BIBLIOGRAPHY
    return problem.rule, problem.message


def nearest(word: str, known: Iterable[str], otherwise: str = "", *, nearness: float = 0.6) -> str:
    """Return the remedy for an unknown name: the nearest known name, else `otherwise`, else the names to choose from.

    Args:
        word: the unknown name.
        known: the names that exist.
        otherwise: the remedy where no name is near.
        nearness: the least ratio of difflib (Ratcliff and Obershelp 1988), compared without case.
    """
    names = sorted(set(known))
    by_folded = {name.casefold(): name for name in names}
    match = get_close_matches(word.casefold(), by_folded, n=1, cutoff=nearness)
    if match:
        return f'did you mean "{by_folded[match[0]]}"?'
    if otherwise:
        return otherwise
    if not names:
        return "none is declared"
    if len(names) <= 12:
        return "choose one of " + ", ".join(names)
    close = get_close_matches(word.casefold(), by_folded, n=3, cutoff=0)
    return f"the nearest of {len(names)} names are {', '.join(by_folded[name] for name in close)}"
