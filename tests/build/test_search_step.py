"""The index: the same bytes every time, made anew only where pages changed, and gone where there is no search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from built_sites import Sites
from hypothesis import given
from hypothesis import strategies as st
from site_copies import SITES, Workplace, build, contents

from atlas.build.search_step import FOLDER
from atlas.core.private_use import SEAM
from atlas.schema.site_schema import VIEWS
from atlas.search.indexing import numeral
from atlas.search.page_text import read_page
from atlas.search.terms import folded, terms

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"


def indexed(out: Path) -> dict[str, bytes]:
    """The files of the index."""
    return {path: data for path, data in contents(out).items() if path.startswith(FOLDER)}


def test_several_builds_make_the_same_index(workplace: Workplace, tmp_path: Path) -> None:
    first = indexed(workplace.out)
    assert first
    for number in range(3):
        build(workplace.root, tmp_path / str(number))
        assert indexed(tmp_path / str(number)) == first


def test_an_index_is_made_anew_only_for_the_language_whose_pages_changed(workplace: Workplace) -> None:
    root, out = workplace.root, workplace.out
    before = indexed(out)
    stamps = {path: (out / path).stat().st_mtime_ns for path in before}
    assert build(root, out).written == 0
    assert {path: (out / path).stat().st_mtime_ns for path in before} == stamps
    _say_otherwise(root)
    build(root, out)
    after = indexed(out)
    changed = {path.removeprefix(FOLDER)[:2] for path in {*before, *after} if before.get(path) != after.get(path)}
    assert changed == {"zh"}
    assert not {path for path in before if "zh-" in path} & {path for path in after if "zh-" in path}


def _say_otherwise(root: Path) -> None:
    words = SITES.parent.parent / "templates/words/zh.yaml"
    (root / "templates/words").mkdir(parents=True)
    text = words.read_text(encoding="utf-8").replace("search-words: 词语或名称", "search-words: 词语与名称")
    (root / "templates/words/zh.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("damage", ["remove", "edit", "top"])
def test_an_index_that_somebody_touched_is_mended(workplace: Workplace, damage: str) -> None:
    root, out = workplace.root, workplace.out
    before = indexed(out)
    path = out / (f"{FOLDER}zh.json" if damage == "top" else next(path for path in before if "/t0.json" in path))
    path.unlink() if damage == "remove" else path.write_text("{}", encoding="utf-8")
    build(root, out)
    assert indexed(out) == before


def test_a_build_may_leave_the_index_as_it_is(workplace: Workplace, tmp_path: Path) -> None:
    root, out = workplace.root, tmp_path / "out"
    build(root, out, "--no-search")
    assert indexed(out) == {}
    build(root, out)
    before = indexed(out)
    _say_otherwise(root)
    build(root, out, "--no-search")
    assert indexed(out) == before


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
    told = json.loads((out / FOLDER / "root.json").read_text(encoding="utf-8"))
    assert {"actor", "case", "work", "page"} <= set(told["families"])
    texts = [json.loads(path.read_text(encoding="utf-8")) for path in (out / FOLDER / told["folder"]).glob("t*")]
    rows = [row for part in texts for row in part]
    assert rows
    assert all((out / row[2] / "index.html").is_file() and row[3] for row in rows)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L’amitié", [("l", 0), ("amitie", 1)]),
        ("外交部", [("外交", 0), ("交部", 1), ("部", 2)]),
        ("外交，部", [("外交", 0), ("交", 1), ("部", 3)]),
        ("1954年5月", [("1954", 0), ("年", 1), ("5", 2), ("月", 3)]),
        (f"XIX{SEAM}e{SEAM} siècle", [("xix", 0), ("e", 1), ("siecle", 2), ("xixe", 0)]),
        ("Œuvre ﬁn ÇA", [("oeuvre", 0), ("fin", 1), ("ca", 2)]),
    ],
)
def test_a_text_is_cut_into_words_and_pairs_of_signs(text: str, wanted: list[tuple[str, int]]) -> None:
    assert terms(text)[0] == wanted


@given(st.text(alphabet="外交部中国", min_size=2, max_size=12), st.data())
def test_every_run_of_two_signs_or_more_can_be_put_together_from_pairs(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    places = set(terms(text)[0])
    assert all((text[at : at + 2], at) in places for at in range(start, end - 1))


@given(st.integers(0, 1 << 40))
def test_numbers_can_be_read_back(number: int) -> None:
    digits = [DIGITS.index(sign) for sign in numeral(number)]
    assert sum((digit & 31) << (5 * place) for place, digit in enumerate(digits)) == number
    assert [digit > 31 for digit in digits] == [True] * (len(digits) - 1) + [False]


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_words_are_read_block_by_block_with_where_they_stand() -> None:
    page = read_page(
        '<title>Lamps – Valleys</title><meta name="keywords" content="deng, 灯"><main id="_main" data-family="actor"'
        ' data-sides="north south"><h1 lang="fr">Lam<em>pes</em></h1><p id="one">First<br>second <b>bo</b>ld'
        '<sup>er</sup></p><ul><li id="f"><a class="permalink">¶</a> 灯<span>火</span></li></ul><script>no</script>'
        '<img alt="A lamp"></main><footer>Not this</footer>'
    )
    assert (page.family, page.sides, page.title, page.lang, page.names) == (
        "actor", ("north", "south"), "Lampes", "fr", "deng, 灯",
    )  # fmt: skip
    assert [(block.anchor, block.text.replace(SEAM, "|")) for block in page.blocks] == [
        ("one", "First"), ("one", "second bold|er|"), ("f", "灯火"), ("", "A lamp"),
    ]  # fmt: skip
