"""Every declared limit: what is just at it is read, and what goes just beyond it is one problem with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from site_copies import copy_site
from small_atlases import BRIDGES, WORKS, actor, converted, made

from atlas.bibliography.parsing.works import read_works
from atlas.core import limits
from atlas.core.problems import Problem, Span, folded, has_errors
from atlas.core.rules import Rule
from atlas.core.sources import Source, archive_problem, read_input
from atlas.core.yaml_nodes import read_yaml
from atlas.importing.results import Import
from atlas.importing.tables import read_table
from atlas.pages.link_checks import long_names

Problems = Iterable[Problem]


def of_file(path: str, character: str) -> Callable[[int, Path], Problems]:
    """The problems of reading an atlas with a file of some length."""

    def problems(number: int, folder: Path) -> Problems:
        root = copy_site("allotments", folder)
        (root / path).write_text(character * number, encoding="utf-8")
        return read_input(root)[1]

    return problems


def of_works(text: Callable[[int], str]) -> Callable[[int, Path], Problems]:
    """The errors of a bibliography."""
    return lambda number, _: [
        problem for problem in read_works(text(number), "bibliography.bib")[1] if problem.severity == "error"
    ]


def of_text(text: Callable[[int], str]) -> Callable[[int, Path], Problems]:
    """The problems of a Markdown text."""
    return lambda number, _: converted(text(number))[1]


def of_address(path: Callable[[int], str]) -> Callable[[int, Path], Problems]:
    """The problems of the address of a page."""
    return lambda number, _: long_names([(path(number), Span("content/pages/a.md", 1, 1))])


def of_record(number: int, _: Path) -> Problems:
    """The problems of a record with an id of some length."""
    files = {f"content/actors/{'a' * number}.yaml": actor("A"), BRIDGES: actor("B")}
    return [problem for problem in made(files, works=WORKS).problems if problem.rule == Rule.OVER_LIMIT]


def of_table(number: int, _: Path) -> Problems:
    """The problems of importing a table with so many rows."""
    result = Import()
    read_table("a.csv", b"title\n" + b"A\n" * number, result)
    return result.problems


def of_archive(number: int, _: Path) -> Problems:
    """The problems of importing an archive that unpacks to so many bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet.xml", bytes(number))
    found = archive_problem("a.xlsx", packed.getvalue())
    return (found,) if found else ()


def nested_yaml(depth: int) -> str:
    """A mapping in a mapping, and so on; the outermost is the first level."""
    return "".join(f"{' ' * level}a:\n" for level in range(depth - 1)) + " " * (depth - 1) + "a: b\n"


def chain(length: int) -> str:
    """An entry that takes from another, and so on."""
    links = "".join(f"@book{{k{n}, title={{T{n}}}, crossref={{k{n + 1}}}}}\n" for n in range(length))
    return f"{links}@book{{k{length}, title={{T}}}}"


def taking(characters: int) -> str:
    """Entries that take so many characters from others."""
    whole, rest = divmod(characters, limits.FIELD_CHARACTERS)
    shared = f"@xdata{{p, note={{{'x' * limits.FIELD_CHARACTERS}}}}}\n@xdata{{q, note={{{'x' * rest}}}}}\n"
    takers = "".join(f"@misc{{a{n}, title={{T{n}}}, xdata={{p}}}}\n" for n in range(whole))
    return shared + takers + ("@misc{b, title={T}, xdata={q}}\n" if rest else "")


LIMITED: dict[str, Callable[[int, Path], Problems]] = {
    "bytes of a text file": of_file("content/pages/long.md", "x"),
    "bytes of `bibliography.bib`": of_file("bibliography.bib", "%"),
    "levels of YAML": lambda number, _: read_yaml(Source("a.yaml", nested_yaml(number)))[1],
    "levels of Markdown": of_text(lambda depth: "> " * depth + "a"),
    "open marks in a paragraph": of_text(lambda number: "[a " * number),
    "citations of a text": of_text(lambda number: "[@a] " * number),
    "levels of LaTeX": of_works(lambda depth: "@book{a, title={" + "{" * depth + "x" + "}" * depth + "}}"),
    "characters of a field": of_works(lambda number: "@book{a, title={T}, note={" + "x" * number + "}}"),
    "characters of all fields": of_works(taking),
    "entries in a chain": of_works(chain),
    "bytes of an id": of_record,
    "bytes of a part of an address": of_address(lambda number: f"actors/{'é' * (number // 2)}{'e' * (number % 2)}/"),
    "rows of an imported table": of_table,
    "bytes of an imported file": of_archive,
    "bytes of an address": of_address(lambda number: ("a" * 99 + "/") * (number // 100) + "b" * (number % 100)),
}
"""What has some length, by the limit of which it is an example: it gives the problems at that length."""
SHOWN = {"lines for one cause", "characters of a message"}
"""Limits of what is shown, which are no problems."""


def test_every_declared_limit_has_an_example() -> None:
    assert LIMITED.keys() | SHOWN == limits.LIMITS.keys()


@pytest.mark.parametrize("name", LIMITED)
def test_what_is_at_the_limit_is_read(name: str, tmp_path: Path) -> None:
    assert not has_errors(LIMITED[name](limits.LIMITS[name][0], tmp_path))


@pytest.mark.parametrize("name", LIMITED)
def test_what_is_beyond_the_limit_is_one_problem_with_its_line(name: str, tmp_path: Path) -> None:
    [problem] = LIMITED[name](limits.LIMITS[name][0] + 1, tmp_path)
    assert problem.rule in (Rule.OVER_LIMIT, Rule.LONG_NAME)
    assert problem.span.path
    assert problem.span.line or problem.span.path.endswith(".xlsx")  # which has no lines
    assert problem.hint


def test_errors_of_one_cause_are_counted_beyond_the_limit() -> None:
    def errors(number: int) -> list[Problem]:
        return folded(Problem(Span("a.md", line + 1), Rule.BAD_ID, "one cause") for line in range(number))

    assert [one.message for one in errors(limits.SAME_ERRORS)] == ["one cause"] * limits.SAME_ERRORS
    assert "1 more time" in errors(limits.SAME_ERRORS + 1)[-1].message


def test_a_message_is_cut_beyond_the_limit() -> None:
    most = "x" * limits.MESSAGE_CHARACTERS
    assert Problem(Span("a.md"), Rule.BAD_ID, most).message == most
    cut = Problem(Span("a.md"), Rule.BAD_ID, f"{most}x").message
    assert len(cut) == limits.MESSAGE_CHARACTERS
    assert cut.endswith("…")
