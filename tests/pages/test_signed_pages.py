"""Pages that persons sign, and the home page that cites: how they are cited, and what a reader takes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from built_sites import read_pages
from site_copies import build, copy_site, edit

ABOUT = "content/pages/about.md"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A copy of the three valleys, to be changed."""
    return copy_site("three", tmp_path)


def test_a_signed_page_is_cited_by_the_parts_of_its_authors_names(three: Path, tmp_path: Path) -> None:
    signed = 'authors: ["van der Arch, Bo", Ada Quill, 白石桥, "{The Keepers}"]\ndate: '
    edit(three, ABOUT, "lang: en\ndate: ", f"lang: en\n{signed}")
    assert build(three, tmp_path / "out").errors == []
    page = read_pages(tmp_path / "out")["en/about/index.html"]
    cited = page.text_within("_cite")
    for said in (
        "Arch, Bo van der, Ada Quill, 白石桥, and The Keepers.",
        "van der Arch, B., Quill, A., 白石桥, & The Keepers. (",
        "ARCH, Bo van der, QUILL, Ada, 白石桥 and THE KEEPERS, ",
    ):
        assert said in cited, said
    assert "Bo van der Arch · Ada Quill · 白石桥 · The Keepers" in page.text_within("_main")
    names = [meta["content"] for meta in page.all("meta") if meta.get("name") == "citation_author"]
    assert names == ["Bo van der Arch", "Ada Quill", "白石桥", "The Keepers"]
    html = (tmp_path / "out" / page.path).read_text("utf-8")
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [author["@type"] for author in data["author"]] == ["Person", "Person", "Person", "Organization"]


SIGNERS = """signers:
- {name: "van der Arch, Bo", orcid: https://orcid.org/0000-0002-1825-0097}
- {name: "{The Keepers}", ror: 03yrm5c26, wikidata: Q1}
"""


def test_who_signs_is_found_in_public_registers(three: Path, tmp_path: Path) -> None:
    edit(three, ABOUT, "lang: en\n", 'lang: en\nauthors: ["van der Arch, Bo", "{The Keepers}"]\n')
    edit(three, "content/site.yaml", "\nsides:\n", f"\n{SIGNERS}sides:\n")
    assert build(three, tmp_path / "out").errors == []
    page = read_pages(tmp_path / "out")["en/about/index.html"]
    registers = [
        "https://orcid.org/0000-0002-1825-0097",
        "https://ror.org/03yrm5c26",
        "https://www.wikidata.org/wiki/Q1",
    ]
    assert [link for link in page.links if link in registers] == registers
    html = (tmp_path / "out" / page.path).read_text("utf-8")
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert [author["sameAs"] for author in data["author"]] == [registers[:1], registers[1:]]


def test_a_signer_that_signs_nothing_and_wrong_check_digits_are_reported(three: Path, tmp_path: Path) -> None:
    signers = SIGNERS.replace("0097", "0096").replace("{The Keepers}", "{The Keeper}")
    edit(three, ABOUT, "lang: en\n", 'lang: en\nauthors: ["van der Arch, Bo", "{The Keepers}"]\n')
    edit(three, "content/site.yaml", "\nsides:\n", f"\n{signers}sides:\n")
    result = build(three, tmp_path / "out")
    assert {"bad-identifier"} <= {problem["rule"] for problem in result.errors}
    edit(three, "content/site.yaml", "0096", "0097")
    (problem,) = build(three, tmp_path / "out").problems
    assert (problem["rule"], problem["hint"]) == ("unknown-signer", 'did you mean "The Keepers"?')


@pytest.mark.parametrize("name", ['"Doe, Jo and Roe, Al"', '"A, B, C, D"', "others", '"Doe, Jo and "'])
def test_a_row_of_authors_is_one_name(name: str, three: Path, tmp_path: Path) -> None:
    place = edit(three, ABOUT, "lang: en\n", f"lang: en\nauthors: [▶{name}]\n")
    (problem,) = build(three, tmp_path / "out").errors
    assert (problem["rule"], problem["line"], problem["column"]) == ("bad-name", *(place or ()))
    assert "one name a row" in problem["hint"]


def test_a_home_page_that_cites_hands_out_its_works(three: Path, tmp_path: Path) -> None:
    edit(
        three,
        "content/pages/home.md",
        "les dates et les nombres.",
        "les dates et les nombres [@quillon1901piers, p. 3].",
    )
    assert build(three, tmp_path / "out").errors == []
    page = read_pages(tmp_path / "out")["index.html"]
    assert "_ref-quillon1901piers" in page.ids
    assert {"references.bib", "references.ris", "references.json"} <= set(page.links)
    assert "@book{quillon1901piers," in (tmp_path / "out" / "references.bib").read_text("utf-8")


def test_every_page_that_lists_references_hands_them_out(three: Path, tmp_path: Path) -> None:
    assert build(three, tmp_path / "out").errors == []
    pages = {path: page for path, page in read_pages(tmp_path / "out").items() if "_references" in page.ids}
    listing = [path for path in pages if not path.removeprefix("en/").removeprefix("zh/").startswith("print/")]
    assert any("compare/" in path for path in listing)
    for path in listing:
        stem = path.removeprefix("en/").removeprefix("zh/").removesuffix("index.html")
        works = {id.removeprefix("_ref-") for id in pages[path].ids if id.startswith("_ref-")}
        text = (tmp_path / "out" / f"{stem}references.bib").read_text("utf-8")
        assert {key for key in works if f"{{{key}," not in text} == set(), path
        assert any(link.endswith("references.bib") for link in pages[path].links), path
