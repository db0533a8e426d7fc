"""A record with mistakes in the preview: shown as far as it can be read, with its mistakes in place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_copies import copy_site, edit, write

from atlas.authoring.scaffolds import start
from atlas.build.options import ReadOptions
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.preview.server import with_problems
from atlas.preview.session import PreviewSession
from atlas.schema.families import FAMILIES

LAMPS = "content/actors/phares-du-nord.yaml"
PIERS = "content/cases/twinning-of-two-piers.md"
PAGES = {LAMPS: "actors/phares-du-nord/", PIERS: "en/cases/twinning-of-two-piers/"}


@pytest.fixture
def session(tmp_path: Path) -> PreviewSession:
    """A preview of a site of three languages, read once."""
    made = PreviewSession(copy_site("three", tmp_path), ReadOptions("http://127.0.0.1:8000/", "", drafts=True))
    made.refresh()
    return made


def shown(session: PreviewSession, path: str) -> str:
    """The text of a page as it is now."""
    session.refresh()
    made = session.get(path)
    assert made
    assert made.problem is None
    return made.data.decode()


@pytest.mark.parametrize(
    ("path", "old", "new", "beside"),
    [
        (LAMPS, "summary: Une société", "summary: [ Une société", "</h1><mark"),
        (LAMPS, "kind: society", "kind: socety", "</h1><mark"),
        (LAMPS, "kind: society", "kind：society", "</h1><mark"),
        (LAMPS, "type: funded-by", "type: founded-by", "<mark"),
        (PIERS, "[[southern-bridge-society]] signed", "[[southern-bridges]] signed", "<mark"),
        (PIERS, "One toll paid", "One toll [paid](/nowhere/)", "</mark>"),
    ],
)
def test_a_record_with_a_mistake_is_shown_with_the_mistake_in_place(
    path: str, old: str, new: str, beside: str, session: PreviewSession
) -> None:
    edit(session.root, path, old, new)
    page = shown(session, PAGES[path])
    session.go_on(10_000, lambda: False)
    [*_, problem] = [problem for problem in session.problems if problem.span.path == path]
    made = session.get(PAGES[path])
    assert made
    marks = re.findall(r'<mark class="_mistake"[^>]*title="([^"]*)"', made.data.decode())
    assert any(mark.startswith(f"{problem.span} {problem.rule}") for mark in marks)
    assert beside in made.data.decode()
    assert "<h1" in page


def test_other_records_stay_current_while_one_has_a_mistake(session: PreviewSession) -> None:
    edit(session.root, LAMPS, "kind: society", "kind:society")
    edit(session.root, "content/actors/southern-bridge-society.yaml", "text: It keeps", "text: Now it keeps")
    assert "Now it keeps" in shown(session, "en/actors/southern-bridge-society/")


@pytest.mark.parametrize("text", ["", "{", "- a\n- b\n", "lang: fr\n\tx", "names: []\n", "# nothing\n"])
def test_a_record_of_which_nothing_can_be_read_has_a_page(text: str, session: PreviewSession) -> None:
    write(session.root, LAMPS, text)
    page = shown(session, PAGES[LAMPS])
    assert "phares-du-nord</h1>" in page
    assert 'class="_mistake"' in page


@pytest.mark.parametrize("text", ["Words of the case.", "---\nlang: en\n\nWords of the case.", ""])
def test_a_text_without_front_matter_has_a_page(text: str, session: PreviewSession) -> None:
    write(session.root, PIERS, text)
    page = shown(session, PAGES[PIERS])
    assert 'class="_mistake"' in page
    assert ("Words of the case." in page) == bool(text)


@pytest.mark.parametrize("family", FAMILIES, ids=[family.id for family in FAMILIES])
def test_a_new_record_is_shown_with_its_blanks_marked(family: object, session: PreviewSession) -> None:
    family_id, path = family.id, family.path("new-one")  # type: ignore[attr-defined]
    start(session.root, family_id, "new-one")
    page = shown(session, path[1:])
    assert '<mark class="_blank">TODO</mark>' in page
    assert "TODO on line" in page


def test_code_in_a_remedy_is_shown_as_code() -> None:
    problem = Problem(Span("a.yaml", 1, 1), Rule.MISSING_KEY, 'this actor has no "kind"', "add `kind: <x>`")
    page = with_problems(b"<html><head></head><body></body></html>", [problem], 8000).decode()
    assert "add <code>kind: &lt;x&gt;</code>" in page


def test_a_page_without_mistakes_has_no_mark(session: PreviewSession) -> None:
    edit(session.root, LAMPS, "kind: society", "kind: socety")
    page = shown(session, "actors/eastern-kite-club/")
    assert '<mark class="_' not in page


def test_a_mistake_in_the_settings_leaves_the_last_good_pages(session: PreviewSession) -> None:
    before = shown(session, "actors/eastern-kite-club/")
    edit(session.root, "content/site.yaml", "as_of:", "as_off:")
    assert shown(session, "actors/eastern-kite-club/") == before
    assert session.is_behind
