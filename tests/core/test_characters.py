"""Characters that no text may hold: refused at the reader in every file, and shown in messages so that nothing acts."""

from __future__ import annotations

import re
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_copies import copy_site

from atlas.core.characters import BAD, cleaned, quoted
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.scripts import HAN
from atlas.core.sources import read_input

FILES = [
    "content/site.yaml",
    "content/places.yaml",
    "content/actors/phares-du-nord.yaml",
    "content/cases/twinning-of-two-piers.md",
    "content/files/pier-light.png.yaml",
    "bibliography.bib",
]
CHARACTERS = [
    "\x00",
    "\x0b",
    "\x0e0\x0f",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\u2028",
    "\ue000",
    "\uf8ff",
    "\ufffe",
    "\U000f0000",
    "\u0ece",
    "\ua7dc",
    "\U00011f04",
]


@pytest.mark.parametrize("path", FILES)
def test_a_bad_character_is_one_error_with_its_place_in_every_file(path: str, tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    text = (root / path).read_text(encoding="utf-8")
    middle = text.index("\n", len(text) // 2)
    for bad in CHARACTERS:
        (root / path).write_text(text[:middle] + bad + text[middle:], encoding="utf-8")
        files, problems = read_input(root)
        [problem] = problems
        before = text[:middle]
        assert (problem.rule, problem.span.path) == ("bad-character", path)
        assert (problem.span.line, problem.span.column) == (
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
        )
        [source] = [source for source in files.sources if source.path == path]
        assert source.text.count("\n") == text.count("\n")
        assert not BAD.search(source.text)


def test_every_unicode_line_break_but_a_line_feed_leaves_the_lines_as_they_are() -> None:
    assert cleaned("a\x85b\u2028c\u2029d\x0be\x0cf\n") == "a b c d e f\n"


@given(st.text())
def test_cleaned_text_has_nothing_that_is_refused_and_stays(text: str) -> None:
    once = cleaned(text)
    assert not BAD.search(once)
    assert cleaned(once) == once


@given(st.text())
def test_a_message_is_one_line_in_which_nothing_acts(text: str) -> None:
    line = str(Problem(Span("content/a.yaml", 1, 1), Rule.BAD_ID, f'"{text}" is no id', text))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "##[" not in line
    assert "##vso[" not in line


@pytest.mark.parametrize("command", ["::error file=a::b", "  ::set-output name=a::b", "##[error]a", "x ##vso[task.x]a"])
def test_commands_of_ci_do_not_act_where_a_line_begins_with_them(command: str) -> None:
    shown = quoted(command)
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown
    assert "##vso" not in shown


def test_plain_messages_are_shown_as_they_are() -> None:
    for text in ("a « b » 中文 — é", "C::D", "write {#id}", "a · b"):
        assert quoted(text) == text


def test_the_letters_that_a_text_may_hold_are_the_same_in_every_python() -> None:
    # Unicode 14.0, which Python 3.11 has: 41,832 letters, marks and numbers without Han characters and bad ones.
    han = re.compile(f"[{HAN}]")
    letters = "".join(
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(letter)[0] in "LMN" and not han.match(letter) and not BAD.match(letter)
    )
    assert len(letters) == 41_832
    assert sha256(letters.encode()).hexdigest() == "52fca534351868bbc48cbdab55e581da21c55020e954e7b5981dbca59d6d9f4c"
