"""What a preview keeps for its next start: less work, and never another page."""

from __future__ import annotations

from pathlib import Path

import pytest
from counting import calls
from site_copies import copy_site, edit

from atlas.build.options import ReadOptions
from atlas.pages.rendering.renderer import compiled_template
from atlas.preview.session import PreviewSession

LAMPS = "content/actors/phares-du-nord.yaml"
PAGE = "actors/phares-du-nord/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site whose preview was open until all pages were checked."""
    root = copy_site("three", tmp_path)
    first = begun(root)
    first.refresh()
    assert first.go_on(10_000, lambda: False)
    return root


def begun(root: Path) -> PreviewSession:
    """Another start of the preview."""
    return PreviewSession(root, ReadOptions("http://127.0.0.1:8000/", "", drafts=True))


def shards(root: Path) -> dict[Path, bytes]:
    """The files of the cache with parsed records."""
    return {path: path.read_bytes() for path in (root / ".cache").glob("preview-*/shard-*")}


def page(session: PreviewSession) -> bytes:
    """A page of the site as it is now."""
    session.refresh()
    made = session.get(PAGE)
    assert made
    assert not made.problem
    return made.data


def test_the_next_start_does_a_small_part_of_the_work(root: Path, tmp_path: Path) -> None:
    cold, warm = begun(copy_site("three", tmp_path / "cold")), begun(root)
    compiled_template.cache_clear()  # another process starts without them
    work = calls(warm.refresh)
    compiled_template.cache_clear()
    assert work * 5 < calls(cold.refresh)
    assert page(warm) == page(cold)


def test_an_edit_between_two_starts_is_seen_and_only_its_shard_written(root: Path) -> None:
    before = shards(root)
    edit(root, LAMPS, "loin de toute mer", "loin de toute rive")
    session = begun(root)
    assert "loin de toute rive" in page(session).decode()
    assert session.go_on(10_000, lambda: False)
    after = shards(root)
    assert before.keys() == after.keys()
    assert len([path for path in before if before[path] != after[path]]) == 1


def test_a_spoilt_cache_is_not_used(root: Path) -> None:
    expected = page(begun(root))
    for path in shards(root):
        path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    assert page(begun(root)) == expected


def test_a_folder_that_cannot_be_written_has_a_preview(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    (root / ".cache").write_text("in the way")
    session = begun(root)
    assert page(session)
    assert session.go_on(10_000, lambda: False)
    assert session.problems == ()
