"""What a bibliography may ask of the engine: each excess is one error with its line, and takes little time."""

from __future__ import annotations

import pytest

from atlas.bibliography.parsing.works import read_works
from atlas.core.limits import CROSSREF_DEPTH, EXPANDED_CHARACTERS, FIELD_CHARACTERS, LATEX_DEPTH
from atlas.core.problems import Problem


def errors(text: str) -> list[Problem]:
    """The errors of a bibliography."""
    return [problem for problem in read_works(text, "bibliography.bib")[1] if problem.severity == "error"]


def growing(levels: int) -> str:
    strings = [f'@string{{s0 = "{"x" * 10}"}}']
    strings += [f"@string{{s{n} = {' # '.join([f's{n - 1}'] * 10)}}}" for n in range(1, levels)]
    return "\n".join([*strings, f"@book{{a, title = {{T}}, note = s{levels - 1}}}"])


def chain(length: int) -> str:
    return "".join(f"@book{{k{n}, title={{T{n}}}, crossref={{k{n + 1}}}}}\n" for n in range(length)) + (
        f"@book{{k{length}, title={{T}}}}"
    )


EXCESSES = {
    "strings that grow tenfold": growing(12),
    "accents on accents": "@book{a, title={" + r"\'" * 4_000 + "e}}",
    "commands on commands": "@book{a, title={" + r"\emph" * 4_000 + "e}}",
    "commands in commands": "@book{a, title={" + r"\emph{" * 4_000 + "e" + "}" * 4_000 + "}}",
    "groups in groups": "@book{a, title={T}, note={" + "{" * 4_000 + "}" * 4_000 + "}}",
    "groups in a name": "@book{a, title={T}, author={" + "{" * 4_000 + "x" + "}" * 4_000 + "}}",
    "one long field": "@book{a, title={T}, note={" + "x" * (FIELD_CHARACTERS + 1) + "}}",
    "a long value of pieces": "@book{a, title={T}, note=" + " # ".join(['"xxxxxxxxxx"'] * 11_000) + "}",
    "a part of a part of a part": chain(CROSSREF_DEPTH + 2),
    "a long field that many take": "@book{p, title={T}, note={"
    + "x" * FIELD_CHARACTERS
    + "}}\n"
    + "".join(
        f"@misc{{a{n}, title={{T{n}}}, xdata={{p}}}}\n" for n in range(EXPANDED_CHARACTERS // FIELD_CHARACTERS + 9)
    ),
}


@pytest.mark.parametrize("text", EXCESSES.values(), ids=EXCESSES.keys())
def test_an_excess_is_one_error_with_its_line(text: str) -> None:
    [problem] = errors(text)
    assert problem.rule == "over-limit"
    assert problem.span.line > 0
    assert problem.hint


def test_what_is_at_the_limit_is_read() -> None:
    deep = "{" * (LATEX_DEPTH - 1) + "x" + "}" * (LATEX_DEPTH - 1)
    assert errors("@book{a, title={" + deep + "}}") == []
    assert errors(chain(CROSSREF_DEPTH)) == []
    [a, _] = read_works(growing(4), "bibliography.bib")[0][0], None
    assert len(a.text("note")) == 10_000


def test_fields_without_commas_are_reported_a_few_at_a_time() -> None:
    text = "@book{a, title={T} " + " ".join(f"f{n} = {{x}}" for n in range(800)) + "}"
    assert {problem.rule for problem in errors(text)} == {"missing-comma"}
    assert len(errors(text)) == 5
