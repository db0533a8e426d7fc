"""Texts drawn by grammar, and those that once did harm: no reader raises, and every problem has its file.

`make fuzz` draws many more of them, with a fresh seed.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from fuzzing import fault_of
from grammars import BIBTEX, EDTF, MARKDOWN, SITE, records
from hypothesis import given
from site_copies import SITES, copy_site
from small_atlases import converted

from atlas.bibliography.parsing.works import read_works
from atlas.content.records import read_records
from atlas.content.site_config import read_site
from atlas.core.problems import Problem
from atlas.core.sources import Source
from atlas.i18n.edtf import parse_edtf

FOUND = sorted((Path(__file__).parent / "found_inputs").glob("*/*"))


def have_places(problems: tuple[Problem, ...] | list[Problem], path: str) -> bool:
    """Whether every problem names the file."""
    return all(problem.span.path == path for problem in problems)


@given(MARKDOWN)
def test_markdown_is_converted_or_refused(text: str) -> None:
    prose, problems = converted(text)
    assert "<script" not in str(prose)
    assert have_places(problems, "content/cases/gift.md")


@given(BIBTEX)
def test_a_bibliography_is_read_or_refused(text: str) -> None:
    works, problems = read_works(text, "bibliography.bib")
    assert len({work.key for work in works}) == len(works)
    assert have_places(problems, "bibliography.bib")


@given(SITE)
def test_a_site_is_read_or_refused(text: str) -> None:
    site, _, problems = read_site({"content/site.yaml": Source("content/site.yaml", text)})
    assert site is None or not [problem for problem in problems if problem.severity == "error"]
    assert have_places(problems, "content/site.yaml")


ALLOTMENTS = (SITES / "allotments/content/site.yaml").read_text(encoding="utf-8")
DECLARED = read_site({"content/site.yaml": Source("content/site.yaml", ALLOTMENTS)})[1]


@given(records())
def test_a_record_is_read_or_refused(record: tuple[str, str]) -> None:
    path, text = record
    _, problems = read_records({path: Source(path, text)}, DECLARED)
    assert have_places(problems, path)


@given(EDTF)
def test_a_date_is_its_own_canonical_form_or_refused(text: str) -> None:
    moment = None
    with suppress(ValueError):
        moment = parse_edtf(text)
    assert moment is None or (str(moment), parse_edtf(str(moment))) == (text, moment)


@pytest.mark.parametrize("found", FOUND, ids=[path.name for path in FOUND])
def test_what_did_harm_does_none(found: Path, tmp_path: Path) -> None:
    root = copy_site(found.parent.name, tmp_path)
    shutil.copytree(found, root, dirs_exist_ok=True)
    assert fault_of(root) == ""
