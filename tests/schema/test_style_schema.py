"""Citation styles that an atlas brings: those of the engine have no mistake, and a mistake is a problem with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reference_lists import STYLES, specimens
from site_copies import MARK, add, build, copy_site, edit, write

from atlas.bibliography.citing.syntax import Cite
from atlas.bibliography.formatting.citer import Citer
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.schema.style_schema import read_style

NAMES = sorted(path.stem for path in STYLES.glob("*.yaml") if path.stem != "words")
WORDS = (STYLES / "words.yaml").read_text(encoding="utf-8")
SHORT = """\
name: Short
rule: that of the Turnip Street Atlas
names: {given: initials, most: 2, shown: 1}
parts:
  place-year: ["{place}, {year}", "{year}"]
types:
  book: misc
  misc:
    - "{head}"
    - "{title italic}"
    - "{place-year}"
languages:
  fr:
    names: {between: " et "}
"""


def problems_of(text: str) -> list[tuple[str, int, int]]:
    """The rule, line and column of each mistake in a style."""
    style, problems = read_style(Source("content/styles/own.yaml", text), WORDS)
    assert (style is None) == bool(problems)
    assert all(problem.hint and problem.span.path == "content/styles/own.yaml" for problem in problems)
    return [(problem.rule, problem.span.line, problem.span.column) for problem in problems]


@pytest.mark.parametrize("name", NAMES)
def test_the_styles_of_the_engine_have_no_mistake(name: str) -> None:
    assert problems_of((STYLES / f"{name}.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("name: Short\n", "name: ▶[Short]\n", Rule.WRONG_TYPE),
        ("names: {given", "▶nams: {given", Rule.UNKNOWN_KEY),
        ("given: initials", "given: ▶first", Rule.WRONG_TYPE),
        ("most: 2", "most: ▶two", Rule.BAD_STYLE),
        ("given: initials", "▶givn: initials", Rule.UNKNOWN_KEY),
        ('["{place}, {year}", "{year}"]', '[▶"{place, {year}", "{year}"]', Rule.BAD_STYLE),
        ('["{place}, {year}", "{year}"]', '["{place}, {year}", ▶"{yeer}"]', Rule.BAD_STYLE),
        ('["{place}, {year}", "{year}"]', '["{place}, {year}", ▶"{\'yere\' year}"]', Rule.BAD_STYLE),
        ('  place-year: ["{place}', '  ▶place-year: ["{place-year}', Rule.BAD_STYLE),
        ('"{title italic}"', '▶"<{title italic}"', Rule.BAD_STYLE),
        ("book: misc", "book: ▶mis", Rule.BAD_STYLE),
        ("  misc:\n", "  article:\n", Rule.BAD_STYLE),
        ("  fr:\n", "  ▶xx:\n", Rule.BAD_STYLE),
        ('names: {between: " et "}', 'names: ▶" et "', Rule.WRONG_TYPE),
        ("names: {given", "words: {quotes: ▶[a]}\nnames: {given", Rule.BAD_STYLE),
        ("names: {given", "words: {quotes: ▶a}\nnames: {given", Rule.BAD_STYLE),
        ("languages:\n  fr:\n    names", "languages: ▶[fr]\nmore:\n  fr:\n    names", Rule.WRONG_TYPE),
        ("types:", "types: {", Rule.YAML_SYNTAX),
    ],
)
def test_a_mistake_is_reported_at_its_place(old: str, new: str, rule: Rule) -> None:
    assert SHORT.count(old) == 1
    text = SHORT.replace(old, new)
    before, mark, _ = text.partition(MARK)
    found = problems_of(text.replace(MARK, ""))
    assert rule in [each[0] for each in found]
    if mark:
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        assert (str(rule), *place) in found


def test_types_that_are_set_as_each_other_are_reported() -> None:
    assert problems_of(SHORT.replace("book: misc", "book: thesis\n  thesis: book")) != []


def spoilt(name: str) -> Iterator[str]:
    """A style with one line removed, emptied, misspelt or broken."""
    lines = (STYLES / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        key, _, rest = line.partition(":")
        broken = [
            None,
            f"{key}: nothing",
            f"{key}: [a]",
            f"{key}: {{a: b}}",
            f"{key}x:{rest}",
            line.replace("{", "", 1),
        ]
        for new in broken:
            yield "\n".join([*lines[:number], *([] if new is None else [new]), *lines[number + 1 :]])


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_wrong_with_a_style_nothing_fails(name: str) -> None:
    works = {key: work for number, (key, work) in enumerate(specimens().items()) if number % 4 == 0}
    for number, text in enumerate(spoilt(name)):
        if number % 41 == 0:
            style, problems = read_style(Source("content/styles/own.yaml", text), WORDS)
            assert style or problems
            for language in ("en", "fr", "zh") if style else ():
                assert style
                citer = Citer(works, style, language)
                citer.sort(list(works))
                assert all(citer.reference(key) is not None for key in works)
                citer.label([Cite(key, "", None, "") for key in works], dict.fromkeys(works, 1))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that cites in a style of its own."""
    root = copy_site("allotments", tmp_path)
    write(root, "content/styles/short.yaml", SHORT)
    add(root / "content/site.yaml", "styles: {en: short}\n")
    return root


def test_an_atlas_cites_in_its_own_style(root: Path, tmp_path: Path) -> None:
    assert build(root, tmp_path / "out").problems == ()
    page = (tmp_path / "out/actors/plot-one/index.html").read_text(encoding="utf-8")
    assert "W. Sprout. <i>Sheds of Our Street</i>. 1999." in page


def test_a_mistake_in_it_is_one_problem_of_the_build(root: Path, tmp_path: Path) -> None:
    place = edit(root, "content/styles/short.yaml", '"{title italic}"', '▶"{titel italic}"')
    [problem] = build(root, tmp_path / "out").problems
    assert (problem["path"], problem["rule"]) == ("content/styles/short.yaml", "bad-style")
    assert (problem["line"], problem["column"]) == place
    assert "title" in problem["hint"]


def test_a_style_that_is_not_there_is_reported_with_those_that_are(root: Path, tmp_path: Path) -> None:
    edit(root, "content/site.yaml", "{en: short}", "{en: shrt}")
    [problem] = build(root, tmp_path / "out").problems
    assert problem["rule"] == "unknown-style"
    assert "short" in problem["hint"]


def test_what_is_no_style_is_reported(root: Path, tmp_path: Path) -> None:
    write(root, "content/styles/short.md", "A style.\n")
    [problem] = build(root, tmp_path / "out").problems
    assert (problem["path"], problem["rule"]) == ("content/styles/short.md", "stray-file")
