"""The atlas as its author works on it: pages made when they are asked for, from files as they are now."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from counting import calls
from site_copies import REPOSITORY, copy_site, edit, write

from atlas.bibliography.formatting.citer import Citer
from atlas.build.options import ReadOptions
from atlas.content.dependencies import DependencyTracker
from atlas.content.linking import Atlas
from atlas.core.memo import Memo
from atlas.graphics.drawing_data import DrawingData
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import Outline, PageSpec
from atlas.pages.rendering.renderer import compiled_template
from atlas.preview.session import PreviewSession

LAMPS = "content/actors/phares-du-nord.yaml"


@pytest.fixture
def workshop(tmp_path: Path) -> PreviewSession:
    """A workshop on a site of three languages, read once."""
    made = PreviewSession(copy_site("three", tmp_path), ReadOptions("http://127.0.0.1:8000/", "", drafts=True))
    made.refresh()
    return made


def shown(workshop: PreviewSession, path: str) -> str:
    """The text of a file of the site."""
    made = workshop.get(path)
    assert made
    return made.data.decode()


def test_the_look_through_all_pages_gives_way_and_goes_on_later(workshop: PreviewSession) -> None:
    assert not workshop.go_on(5, lambda: False)
    assert workshop.plan
    assert len(workshop.plan.drawn) == 5
    assert not workshop.go_on(5, lambda: True)
    assert len(workshop.plan.drawn) == 5
    assert workshop.go_on(10_000, lambda: False)


def test_another_stylesheet_is_all_that_is_read_anew(workshop: PreviewSession) -> None:
    bench = workshop.plan
    write(workshop.root, "templates/static/atlas.css", "body { color: red }")
    news = workshop.refresh()
    assert (news.static, news.pages) == (("templates/static/atlas.css",), False)
    assert workshop.plan is bench
    assert shown(workshop, "static/atlas.css") == "body { color: red }"
    (workshop.root / "templates/static/atlas.css").unlink()
    assert not workshop.refresh().pages
    assert shown(workshop, "static/atlas.css") == (REPOSITORY / "templates/static/atlas.css").read_text()


def test_a_static_file_more_is_there_and_one_less_is_gone(workshop: PreviewSession) -> None:
    write(workshop.root, "templates/static/own.css", "body {}")
    workshop.refresh()
    assert shown(workshop, "static/own.css") == "body {}"
    (workshop.root / "templates/static/own.css").unlink()
    workshop.refresh()
    assert workshop.get("static/own.css") is None


def test_a_stylesheet_that_is_saved_while_a_record_is_wrong_is_seen_and_the_mistake_stays(
    workshop: PreviewSession,
) -> None:
    edit(workshop.root, LAMPS, "summary:", "summary: [")
    workshop.refresh()
    reported = workshop.problems
    assert reported
    write(workshop.root, "templates/static/atlas.css", "body { color: red }")
    workshop.refresh()
    assert workshop.problems == reported
    assert shown(workshop, "static/atlas.css") == "body { color: red }"


def test_a_stylesheet_that_is_saved_together_with_a_mistake_is_seen(workshop: PreviewSession) -> None:
    edit(workshop.root, LAMPS, "summary:", "summary: [")
    write(workshop.root, "templates/static/atlas.css", "body { color: red }")
    workshop.refresh()
    assert workshop.problems
    assert shown(workshop, "static/atlas.css") == "body { color: red }"


def test_a_template_is_seen_on_every_page_that_it_makes(workshop: PreviewSession) -> None:
    before = shown(workshop, "actors/phares-du-nord/")
    text = (REPOSITORY / "templates/base.html").read_text()
    write(workshop.root, "templates/base.html", text.replace("</body>", "<i>anew</i></body>"))
    assert workshop.refresh().pages
    assert "<i>anew</i>" in shown(workshop, "actors/phares-du-nord/")
    (workshop.root / "templates/base.html").unlink()
    workshop.refresh()
    assert shown(workshop, "actors/phares-du-nord/") == before


def test_a_file_that_is_only_touched_changes_no_page(workshop: PreviewSession) -> None:
    (workshop.root / LAMPS).touch()
    news = workshop.refresh()
    assert (news.static, news.pages) == ((), False)


def test_what_is_declared_may_be_broken_and_fixed_without_reading_all_anew(workshop: PreviewSession) -> None:
    before = shown(workshop, "")
    records = workshop.plan and workshop.plan.outline.atlas.records
    text = (workshop.root / "content/site.yaml").read_text()
    write(workshop.root, "content/site.yaml", text.replace("title:", "tittle:", 1))
    workshop.refresh()
    assert workshop.problems
    write(workshop.root, "content/site.yaml", text)
    workshop.refresh()
    assert records
    assert workshop.plan
    assert all(workshop.plan.outline.atlas.records[id] is record for id, record in records.items())
    assert shown(workshop, "") == before


def test_a_mistake_of_the_engine_is_reported_over_the_last_good_pages(workshop: PreviewSession) -> None:
    before = shown(workshop, "actors/phares-du-nord/")
    workshop.memo = workshop.library.memo = Memo()  # so that all is read again
    for rows in workshop.library.rows.values():  # what cannot be read stands for a mistake that is not known yet
        rows.update({name: (key, msgspec.Raw(b"\xc1")) for name, (key, _) in rows.items()})
    edit(workshop.root, LAMPS, "loin de toute mer", "loin de toute rive")
    workshop.refresh()
    assert [problem.rule for problem in workshop.problems] == ["engine-failure"]
    assert "Traceback" in (workshop.root / ".cache/failure.txt").read_text(encoding="utf-8")
    assert shown(workshop, "actors/phares-du-nord/") == before


def alive() -> Counter[str]:
    """How many objects of a reading and its plan are in memory, by class."""
    counted = (Atlas, Outline, LocaleSite, PageSpec, Citer, DependencyTracker, DrawingData)
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, counted))


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Memory in which cyclic garbage stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_an_old_reading_leaves_memory_without_a_collection(workshop: PreviewSession) -> None:
    gc.collect()
    before = alive()
    assert before["Atlas"]
    for number in range(3):
        edit(workshop.root, LAMPS, "loin de toute mer", f"loin de toute mer {number} ")
        workshop.refresh()
        assert f"loin de toute mer {number}" in shown(workshop, "actors/phares-du-nord/")
        assert workshop.go_on(10_000, lambda: False)
        assert alive() == before


def test_no_garbage_is_collected_while_an_edit_is_read(workshop: PreviewSession) -> None:
    collected: list[str] = []
    edit(workshop.root, LAMPS, "loin de toute mer", "loin de toute rive")
    gc.callbacks.append(lambda phase, info: collected.append(phase))
    try:
        gc.set_threshold(50, 2, 2)
        workshop.refresh()
        assert len(collected) < 10  # just before and after
        assert shown(workshop, "actors/phares-du-nord/")
        assert len(collected) > 10
    finally:
        gc.set_threshold(700, 10, 10)
        gc.callbacks.pop()


def test_an_edit_is_read_in_a_small_part_of_the_work_of_the_first_reading(tmp_path: Path) -> None:
    session = PreviewSession(copy_site("three", tmp_path), ReadOptions("http://127.0.0.1:8000/", "", drafts=True))
    compiled_template.cache_clear()  # the first reading of a process
    first = calls(session.refresh)
    edit(session.root, LAMPS, "loin de toute mer", "loin de toute rive")
    assert calls(session.refresh) * 8 < first
