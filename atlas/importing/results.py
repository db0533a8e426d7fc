"""The result of an import: files to write, and a report of what could not be kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from msgspec import Struct, field

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule


class Picture(Struct, frozen=True):
    """A picture of a text.

    Attributes:
        caption: its words.
        path: its path from the folder of the text, as the text or a list of figures gives it.
        alt: what it shows, or "" where only its words say so.
        is_listed: whether a list of figures has it and its file was found; only then may the path lead upwards.
    """

    caption: str
    path: str
    alt: str = ""
    is_listed: bool = False


class Import(Struct):
    """What an import makes.

    Attributes:
        files: the texts to write, by path.
        copies: files to copy into `content/files/`, each with its path beside the imported file.
        made: how many records, works or texts it made.
        losses: what could not be kept: each with its place in the imported file.
        problems: what prevents the import.
    """

    files: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    made: int = 0
    losses: dict[tuple[str, str], None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, message: str, hint: str, line: int = 0, rule: Rule = Rule.BAD_IMPORT) -> None:
        """Note why a file cannot be imported."""
        self.problems.append(Problem(Span(name, line), rule, message, hint))

    def lose(self, place: str, what: str) -> None:
        """Note something that could not be kept."""
        self.losses[place, what] = None


def report_path(name: str) -> str:
    """Return the path of the report on an imported file: beside content/, where no build reads it."""
    path = PurePath(name)
    folder = f"{path.parent.name}-" if path.stem in ("index", "_index") and path.parent.name else ""
    return f"import-{folder}{path.name}.md"


def report_text(name: str, losses: Iterable[tuple[str, str]]) -> str:
    """Return the report on an import as Markdown."""
    rows = "".join(f"- {place}: {what}\n" for place, what in losses)
    return f"# What the import of {PurePath(name).name} could not keep\n\n{rows or 'Everything was kept.'}\n"
