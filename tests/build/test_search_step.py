"""The search index: the same bytes after every history of builds, and none where there is no search."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from built_sites import Sites
from site_copies import SITES, Workplace, build, contents

from atlas.build.cache import Cache
from atlas.build.search_step import FOLDER
from atlas.build.search_store import load_search, save_search
from atlas.core.sources import read_engine
from atlas.schema.site_schema import VIEWS
from atlas.search.index import Manifest
from atlas.search.shards import file_names

EDIT = ("around a single lamp", "around a single beacon")
"""A word of a translation, and another one."""


def indexed(out: Path) -> dict[str, bytes]:
    """The files of the index."""
    return {path: data for path, data in contents(out).items() if path.startswith(FOLDER)}


def test_several_builds_make_the_same_index(workplace: Workplace, tmp_path: Path) -> None:
    first = indexed(workplace.out)
    assert first
    for number in range(2):
        build(workplace.root, tmp_path / str(number))
        assert indexed(tmp_path / str(number)) == first


def test_a_build_without_changes_leaves_the_index_as_it_is(workplace: Workplace) -> None:
    stamps = {path: (workplace.out / path).stat().st_mtime_ns for path in indexed(workplace.out)}
    assert build(workplace.root, workplace.out).written == 0
    _other_words(workplace.root)
    assert build(workplace.root, workplace.out).written
    assert {path: (workplace.out / path).stat().st_mtime_ns for path in indexed(workplace.out)} == stamps


def _other_words(root: Path) -> None:
    """Change an interface word on every Chinese page."""
    words = SITES.parent.parent / "templates/words/zh.yaml"
    (root / "templates/words").mkdir(parents=True)
    text = re.sub(r"(?m)^skip-to-content: .*$", "skip-to-content: 跳到正文部分", words.read_text(encoding="utf-8"))
    (root / "templates/words/zh.yaml").write_text(text, encoding="utf-8")


def _edit(root: Path, before: str, after: str, path: str = "content/actors/phares-du-nord.en.yaml") -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_a_changed_word_changes_the_files_of_its_terms_and_its_text(workplace: Workplace, tmp_path: Path) -> None:
    before = indexed(workplace.out)
    _edit(workplace.root, *EDIT)
    build(workplace.root, workplace.out)
    after = indexed(workplace.out)
    made = after.keys() - before.keys()
    assert 2 <= len(made) <= 3  # the file of the old word, of the new word, and of the text; two may be one
    assert {path.removeprefix(FOLDER)[:3] for path in made} == {"en/"}
    build(workplace.root, tmp_path / "clean")
    assert after == indexed(tmp_path / "clean")


@pytest.mark.parametrize("damage", ["remove", "edit", "manifest", "store", "half", "version"])
def test_a_damaged_index_or_store_is_made_anew(workplace: Workplace, tmp_path: Path, damage: str) -> None:
    root, out = workplace.root, workplace.out
    shard = next(out / path for path in indexed(out) if "/zh/" in path)
    [store] = (root / ".cache").glob("*/search")
    if damage == "remove":
        shard.unlink()
    elif damage == "edit":
        shard.write_text('{"a":"0000"}', encoding="utf-8")
    elif damage == "manifest":
        (out / f"{FOLDER}zh.json").write_text("{}", encoding="utf-8")
    elif damage == "store":
        store.unlink()
    elif damage == "half":
        store.write_bytes(store.read_bytes()[:1000])
    else:
        cache = Cache(str(root), str(out))
        save_search(cache, "another engine", load_search(cache, read_engine()).languages)
    _edit(root, *EDIT)
    build(root, out)
    build(root, tmp_path / "clean")
    assert indexed(out) == indexed(tmp_path / "clean")


def test_a_build_may_leave_the_index_as_it_is(workplace: Workplace, tmp_path: Path) -> None:
    root, out = workplace.root, tmp_path / "out"
    build(root, out, "--no-search")
    assert indexed(out) == {}
    build(root, out)
    before = indexed(out)
    _edit(root, *EDIT)
    build(root, out, "--no-search")
    assert indexed(out) == before
    build(root, out)
    build(root, tmp_path / "clean")
    assert indexed(out) == indexed(tmp_path / "clean") != before


def test_a_site_may_do_without_a_search(workplace: Workplace) -> None:
    root, out = workplace.root, workplace.out
    assert indexed(out)
    site = root / "content/site.yaml"
    site.write_text(
        site.read_text(encoding="utf-8") + f"\nviews: [{', '.join(VIEWS.keys() - {'search'})}]\n", encoding="utf-8"
    )
    build(root, out)
    assert not (out / "search").exists()
    assert "search" not in (out / ".atlas-files").read_text(encoding="utf-8").replace("search.", "")
    pages = [data for path, data in contents(out).items() if path.endswith(".html")]
    assert pages
    assert not [data for data in pages if b"_search-link" in data or b"data-family" in data]


def test_every_page_that_is_found_has_its_family_and_its_title(built: Sites) -> None:
    out = built("three").out
    manifest = msgspec.json.decode((out / FOLDER / "root.json").read_bytes(), type=Manifest)
    assert {"actor", "case", "work", "page"} <= {family for family, _, _ in manifest.pages}
    texts = [json.loads((out / f"{FOLDER}root/{name}.json").read_bytes()) for name in file_names(manifest.texts)]
    rows = [row for part in texts for row in part.values()]
    assert rows
    assert all((out / row[0] / "index.html").is_file() and row[1] for row in rows)
