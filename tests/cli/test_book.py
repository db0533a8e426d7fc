"""`book`: EPUB files that readers of books and validators accept."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_STORED

import pytest
from read_books import DC, LANG, OPF, TYPE, XHTML, ReadBook
from site_copies import SITES, copy_site, edit

from atlas.cli.main import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

THREE = SITES / "three"
LANGUAGES = {"fr": "fr", "en": "en", "zh": "zh-Hans"}
BASE = "https://vallees.example/atlas/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of the sample site."""
    folder = tmp_path_factory.mktemp("books")
    assert main(["book", "-q", "--root", str(THREE), "--to", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def books(folder: Path) -> dict[str, ReadBook]:
    """The books of the sample site by language."""
    return {language: ReadBook(folder / f"atlas-{language}.epub") for language in LANGUAGES}


@pytest.fixture(scope="module", params=LANGUAGES)
def read(request: pytest.FixtureRequest, books: dict[str, ReadBook]) -> ReadBook:
    """The book of one language."""
    return books[request.param]


def test_there_is_a_book_in_each_language(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["atlas-en.epub", "atlas-fr.epub", "atlas-zh.epub"]


def test_the_container_begins_with_its_type(read: ReadBook) -> None:
    first = read.entries[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert read.files["mimetype"] == b"application/epub+zip"
    assert b'full-path="EPUB/package.opf"' in read.files["META-INF/container.xml"]


def test_the_same_inputs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert main(["book", "-q", "--root", str(THREE), "--to", str(tmp_path), "--language", "zh"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["atlas-zh.epub"]
    assert (tmp_path / "atlas-zh.epub").read_bytes() == (folder / "atlas-zh.epub").read_bytes()


def test_the_list_of_files_is_complete(read: ReadBook) -> None:
    items = [item.attrib for item in read.package.iter(f"{OPF}item")]
    listed = [f"EPUB/{unquote(item['href'])}" for item in items]
    assert sorted([*listed, "EPUB/package.opf", "META-INF/container.xml", "mimetype"]) == sorted(read.files)
    assert [item["properties"] for item in items if "properties" in item] == ["nav", "cover-image"]
    order = [ref.get("idref") for ref in read.package.iter(f"{OPF}itemref")]
    assert order == [item["id"] for item in items if item["media-type"] == "application/xhtml+xml"]
    assert max(Counter(item["id"] for item in items).values()) == 1


def test_ids_are_unique_and_every_link_leads_somewhere(read: ReadBook) -> None:
    ids = [id for own in read.ids.values() for id in own]
    assert max(Counter(ids).values()) == 1
    inner = 0
    for name in read.pages:
        for href in read.hrefs(name):
            parts = urlsplit(href)
            assert href
            if parts.scheme:
                continue
            target = posixpath.join("EPUB", unquote(parts.path)) if parts.path else name
            assert target in read.files, (name, href)
            assert not parts.fragment or unquote(parts.fragment) in read.ids[target], (name, href)
            inner += 1
    assert inner > 100


def test_nothing_is_loaded_from_elsewhere(read: ReadBook) -> None:
    pictures = 0
    for name, page in read.pages.items():
        assert not [one.tag for one in page.iter() if one.tag in (f"{XHTML}script", f"{XHTML}audio", f"{XHTML}video")]
        for one in page.iter():
            if source := one.get("src"):
                assert posixpath.join("EPUB", unquote(source)) in read.files, (name, source)
                assert one.get("alt")
                pictures += 1
    assert pictures > 4
    assert b"url(" not in read.files["EPUB/_style.css"]


def test_every_page_fits_a_phone(books: dict[str, ReadBook], browser: Browser, tmp_path: Path) -> None:
    for name, data in books["en"].files.items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    pages = sorted(tmp_path.glob("EPUB/*.xhtml"))
    widths = {}
    for path in pages:
        page.goto(path.as_uri())
        widths[path.name] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert len(pages) > 20
    assert {name: width for name, width in widths.items() if width > 360} == {}


def test_pages_outside_the_book_have_their_absolute_addresses(books: dict[str, ReadBook]) -> None:
    links = [href for name in books["zh"].pages for href in books["zh"].hrefs(name)]
    assert any(href.startswith(f"{BASE}zh/sources/") for href in links)


@pytest.mark.parametrize(("language", "tag"), LANGUAGES.items())
def test_each_page_names_its_language(language: str, tag: str, books: dict[str, ReadBook]) -> None:
    read = books[language]
    assert [one.text for one in read.package.iter(f"{DC}language")] == [tag]
    for page in read.pages.values():
        assert (page.get("lang"), page.get(LANG)) == (tag, tag)


def test_the_contents_are_nested_by_family(books: dict[str, ReadBook]) -> None:
    page = books["en"].page("_contents")
    toc = next(nav for nav in page.iter(f"{XHTML}nav") if nav.get(TYPE) == "toc")
    top = toc.findall(f"{XHTML}ol/{XHTML}li")
    rows = {"".join(row.find(f"{XHTML}a").itertext()): len(row.findall(f"{XHTML}ol/{XHTML}li")) for row in top}  # type: ignore[union-attr]
    assert rows["Actors"] == 7
    assert rows["Cases"] == 3
    assert list(rows)[-3:] == ["Pictures", "References", "Index of names and terms"]


def test_the_contents_follow_the_reading_order(read: ReadBook) -> None:
    toc = next(nav for nav in read.page("_contents").iter(f"{XHTML}nav") if nav.get(TYPE) == "toc")
    files = [link.get("href", "").partition("#")[0] for link in toc.iter(f"{XHTML}a")]
    order = [item.get("href", "") for item in read.package.iter(f"{OPF}item")]
    assert [order.index(file) for file in files] == sorted(order.index(file) for file in files)


def test_the_book_says_how_accessible_it_is(read: ReadBook) -> None:
    assert read.metadata("schema:accessMode") == ["textual", "visual"]
    assert read.metadata("schema:accessModeSufficient") == ["textual"]
    assert {"tableOfContents", "alternativeText", "index"} <= set(read.metadata("schema:accessibilityFeature"))
    assert read.metadata("schema:accessibilityHazard") == ["none"]
    assert read.metadata("schema:accessibilitySummary")[0]
    assert read.metadata("dcterms:modified") == ["2027-03-01T00:00:00Z"]


def test_citations_lead_to_the_references_of_the_book(read: ReadBook) -> None:
    links = [one for one in read.page("phares-du-nord").iter(f"{XHTML}a") if one.get(TYPE) == "biblioref"]
    assert links
    assert all(link.get("href", "").startswith("_references.xhtml#_ref-") for link in links)


def test_the_index_leads_from_each_name_to_its_record(books: dict[str, ReadBook]) -> None:
    entries = {}
    for entry in books["en"].page("_names").iter(f"{XHTML}li"):
        link = next(entry.iter(f"{XHTML}a"))
        entries["".join(next(iter(entry)).itertext())] = link.get("href")
    assert entries["Northern Lights Society"] == entries["北谷灯塔社"] == entries["SPN"] == "phares-du-nord.xhtml"


def test_the_index_leads_from_a_term_to_the_records_that_link_to_it(books: dict[str, ReadBook]) -> None:
    [entry] = [
        one for one in books["en"].page("_names").iter(f"{XHTML}li") if "".join(one.itertext()).startswith("shared ")
    ]
    own, *places = [link.get("href", "") for link in entry.iter(f"{XHTML}a")]
    assert own == "entretien-partage.xhtml"
    assert places == [
        "phares-du-nord.xhtml#phares-du-nord--oil-duty",
        "dispute-over-third-arch.xhtml#dispute-over-third-arch--reminder",
        "river-courtesy.xhtml#river-courtesy--use",
    ]


def citing(pages: dict[str, ElementTree.Element], *, with_relations: bool) -> dict[str, set[str]]:
    """The pages that cite each work, by its id in the references; a relation is on the pages of both its ends."""
    found: dict[str, set[str]] = {}
    for name, page in pages.items():
        relations = {link for part in page.iterfind(f".//{XHTML}section[@class='relations']") for link in part.iter()}
        for link in page.iter(f"{XHTML}a"):
            if link.get(TYPE) == "biblioref" and (with_relations or link not in relations):
                found.setdefault(link.get("href", "").partition("#")[2], set()).add(name.removeprefix("EPUB/"))
    return found


def test_each_reference_leads_back_to_the_records_that_cite_it(read: ReadBook) -> None:
    back = {}
    for item in read.page("_references").iter(f"{XHTML}li"):
        [places] = [span for span in item.iter(f"{XHTML}span") if span.get("class") == "places citing"]
        back[item.get("id", "")] = [link.get("href", "").partition("#")[0] for link in places.iter(f"{XHTML}a")]
    shown, own = (citing(read.pages, with_relations=one) for one in (True, False))
    assert back.keys() == shown.keys()
    for id, files in back.items():
        assert own.get(id, set()) <= set(files) <= shown[id], id
        assert len(files) == len(set(files))


def test_each_picture_has_a_table_of_what_it_shows(read: ReadBook) -> None:
    page = read.page("_pictures")
    for picture in page.iter(f"{XHTML}img"):
        assert picture.get("aria-describedby") in read.ids["EPUB/_pictures.xhtml"]
        assert read.root(f"EPUB/{picture.get('src')}").tag == "{http://www.w3.org/2000/svg}svg"


def test_the_cover_names_the_title_and_has_a_mark_for_each_record(books: dict[str, ReadBook]) -> None:
    cover = books["zh"].files["EPUB/_cover.svg"].decode()
    assert "三谷图志" in cover
    assert "简体中文" in cover
    assert cover.count("<use ") == sum(not name.startswith("EPUB/_") for name in books["zh"].pages)


# Choices.


def test_one_list_makes_a_smaller_book(tmp_path: Path) -> None:
    words = ["book", "-q", "--root", str(THREE), "--to", str(tmp_path), "--language", "en", "--only"]
    assert main([*words, "cases"]) == 0
    assert main([*words, "sources"]) == 0
    cases, sources = (ReadBook(tmp_path / f"{name}-en.epub") for name in ("cases", "sources"))
    assert [name for name in cases.pages if not name.startswith("EPUB/_")] == [
        "EPUB/dispute-over-third-arch.xhtml",
        "EPUB/gift-of-plum-trees.xhtml",
        "EPUB/twinning-of-two-piers.xhtml",
    ]
    assert any(href.startswith(f"{BASE}en/actors/") for name in cases.pages for href in cases.hrefs(name))
    assert [one.text for one in cases.package.iter(f"{DC}title")] == ["Atlas of the Three Valleys: Cases"]
    assert [name for name in sources.pages if name.startswith("EPUB/_ref")] == ["EPUB/_references.xhtml"]
    assert len(list(sources.page("_references").iter(f"{XHTML}li"))) > 5


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--language", "de"], "--language: there is no language 'de': choose from fr, en, zh"),
        (["--only", "castles"], "there is no book 'castles': choose from atlas, actors"),
        (["--to", str(THREE / "content")], "--to: "),
    ],
)
def test_a_wrong_choice_is_one_line(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["book", "-q", "--root", str(THREE), "--to", str(tmp_path), *words]) == 2
    assert message in capsys.readouterr().err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


# An atlas of one's own.


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the sample site."""
    return copy_site("three", tmp_path)


def test_footnotes_open_beside_their_marks(root: Path) -> None:
    path = "content/cases/gift-of-plum-trees.md"
    edit(root, path, "嫁接之法随苗而去", "嫁接之法[^a]随苗而去")
    with (root / path).open("a", encoding="utf-8") as file:
        file.write("\n[^a]: 一种老法子。\n")
    assert main(["book", "-q", "--root", str(root), "--language", "zh", "--only", "cases"]) == 0
    page = ReadBook(root / "books/cases-zh.epub").page("gift-of-plum-trees")
    mark = next(link for link in page.iter(f"{XHTML}a") if link.get(TYPE) == "noteref")
    note = next(page.iter(f"{XHTML}aside"))
    assert (note.get(TYPE), note.get("role")) == ("footnote", "doc-footnote")
    assert unquote(mark.get("href", "")) == f"#{note.get('id')}"
    assert "一种老法子" in "".join(note.itertext())


@pytest.mark.parametrize(("tag", "direction"), [("az-Arab", "rtl"), ("ar-Latn", "ltr")])
def test_a_book_is_read_in_the_direction_of_its_script(tag: str, direction: str, root: Path) -> None:
    edit(root, "content/site.yaml", "tag: en", f"tag: {tag}")
    assert main(["book", "-q", "--root", str(root), "--language", "en", "--only", "cases"]) == 0
    book = ReadBook(root / "books/cases-en.epub")
    [spine] = book.package.iter(f"{OPF}spine")
    assert spine.get("page-progression-direction") == direction
    assert {page.get("dir", "ltr") for page in book.pages.values()} == {direction}


def test_an_id_that_is_there_twice_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = root / "templates/book/record.html"
    own.parent.mkdir(parents=True)
    own.write_text('<html><body><p id="same">{{ view.title }}</p></body></html>', encoding="utf-8")
    assert main(["book", "-q", "--root", str(root), "--language", "fr", "--only", "cases"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("atlas duplicate-id: the book cases has the id 'same' twice, in ")
    assert not (root / "books").exists()


def test_a_mistake_in_a_template_is_reported_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = root / "templates/book/title.html"
    own.parent.mkdir(parents=True)
    own.write_text("<html>\n{{ view.nothing }}\n</html>", encoding="utf-8")
    assert main(["book", "-q", "--root", str(root), "--language", "fr"]) == 1
    assert "templates/book/title.html:2:1 template-error" in capsys.readouterr().err


def test_an_atlas_with_mistakes_makes_no_book(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "content/actors/phares-du-nord.yaml", "kind: society", "kind: socety")
    assert main(["book", "-q", "--root", str(root)]) == 1
    assert "unknown-kind" in capsys.readouterr().err
    assert not (root / "books").exists()
