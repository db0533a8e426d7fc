"""`book --format pdf`: PDF files with contents, page numbers, tags and the texts of three languages."""

from __future__ import annotations

import os
import re
import struct
import sys
from pathlib import Path
from typing import Any

import page
import pypdf
import pytest
from site_copies import SITES, copy_site, edit

from atlas.build.cache import Cache
from atlas.cli.main import main
from atlas.core.sources import read_fonts
from atlas.graphics.fonts import Face

THREE = SITES / "three"
LANGUAGES = {"fr": "fr", "en": "en", "zh": "zh"}
CONTENTS = {"fr": "Sommaire", "en": "Contents", "zh": "目录"}
MARK = "北谷灯塔社"
MISREAD = "PDFUA1-FONT-GLYPH-WIDTH-001"
"""The checker reads 0 as the width of glyphs in CFF fonts with several font dictionaries; fontTools reads their width,
and it is that of the file.
"""


class ReadPdf:
    """A PDF file: its bytes, its document and the text of each page."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        self.document: Any = pypdf.PdfReader(path)
        self.root: Any = self.document.trailer["/Root"]
        self.texts = [page.extract_text() for page in self.document.pages]

    def page_of(self, title: str) -> int:
        """The number of the page to which the bookmark of a title leads."""
        found = next(one for one in self.bookmarks(self.document.outline) if one.title == title)
        return int(self.document.get_destination_page_number(found)) + 1

    def bookmarks(self, rows: Any) -> list[Any]:
        """All bookmarks."""
        return [one for row in rows for one in (self.bookmarks(row) if isinstance(row, list) else [row])]


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    """Skip the tests where no font has Chinese; on machines of CI they fail."""
    if not any(Face(font, 0).has("中") for font in read_fonts(Path())):
        message = "no font has Chinese: apt install fonts-noto-cjk"
        pytest.fail(message) if os.environ.get("ATLAS_TESTS") == "all" else pytest.skip(message)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of the sample site."""
    folder = tmp_path_factory.mktemp("books")
    assert main(["book", "-q", "--root", str(THREE), "--to", str(folder), "--format", "pdf"]) == 0
    return folder


@pytest.fixture(scope="module")
def books(folder: Path) -> dict[str, ReadPdf]:
    """The books by language."""
    return {language: ReadPdf(folder / f"atlas-{language}.pdf") for language in LANGUAGES}


def test_there_is_a_book_in_each_language_and_no_other_file(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["atlas-en.pdf", "atlas-fr.pdf", "atlas-zh.pdf"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_tagged_and_says_its_language_and_title(language: str, books: dict[str, ReadPdf]) -> None:
    read = books[language]
    assert read.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a value of the library
    assert "/StructTreeRoot" in read.root
    assert str(read.root["/Lang"]).startswith(LANGUAGES[language])
    assert read.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read.document.metadata.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.root["/Metadata"].get_data()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_meets_each_rule_of_pdf_ua_1(language: str, folder: Path) -> None:
    path = folder / f"atlas-{language}.pdf"
    report = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 100
    assert {failure.rule_id for failure in report.failures} <= {MISREAD}


def test_all_fonts_are_embedded(books: dict[str, ReadPdf]) -> None:
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for page in books["zh"].document.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert len(fonts) > 5
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_name_the_pages_to_which_bookmarks_lead(language: str, books: dict[str, ReadPdf]) -> None:
    read = books[language]
    contents = "\n".join(read.texts[2:4])
    numbers = {}
    for title in {one.title for one in read.bookmarks(read.document.outline)}:
        found = re.search(rf"^{re.escape(title)}[ .\n]*(\d+)$", contents, re.MULTILINE)
        if found:
            numbers[title] = int(found[1])
    assert len(numbers) > 15
    assert numbers == {title: read.page_of(title) for title in numbers}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_read_out(language: str, books: dict[str, ReadPdf]) -> None:
    text = "".join(books[language].texts)
    assert MARK in text
    assert "Société des phares du Nord" in text
    assert CONTENTS[language] in books[language].texts[2]


def test_pages_have_a_number_and_the_title_of_their_part(books: dict[str, ReadPdf]) -> None:
    read = books["en"]
    number = read.page_of("Joint Ferry League")
    lines = read.texts[number - 1].splitlines()
    assert "Actors" in lines[0]
    assert str(number) in lines[-1].split() + lines[1].split() + lines[0].split()


def test_relations_and_the_index_name_pages(books: dict[str, ReadPdf]) -> None:
    read = books["en"]
    page = read.page_of("Northern Lights Society")
    assert f"Northern Lights Society p. {page}" in " ".join("".join(read.texts).replace("\xa0", " ").split())
    index = read.texts[read.page_of("Index of names and terms") - 1]
    assert f"p.\xa0{page}" in index or f"p. {page}" in index


@pytest.mark.parametrize(
    ("language", "index", "term"),
    [("en", "Index of names and terms", "shared upkeep"), ("zh", "名称与术语索引", "水约")],
)
def test_an_entry_of_the_index_names_its_own_page_first(
    language: str, index: str, term: str, books: dict[str, ReadPdf]
) -> None:
    read = books[language]
    [numbers] = re.findall(
        rf"^{term}\D{{1,4}}([\d, 、]+)", "\n".join(read.texts[read.page_of(index) - 1 :]), re.MULTILINE
    )
    own, *others = map(int, re.split("[,、]", numbers))
    assert own == read.page_of(term)
    assert others == sorted(set(others) - {own})
    assert others


def test_references_name_the_pages_that_cite_them(books: dict[str, ReadPdf]) -> None:
    read = books["en"]
    text = " ".join("".join(read.texts).replace("\xa0", " ").split())
    found = re.search(r"Annals of the Three Valleys 3 \(2\): 11–29\. English → p\. ([\d, ]+)", text)
    assert found
    assert {read.page_of("Northern Lights Society"), read.page_of("Ada Quillon")} <= set(map(int, found[1].split(",")))


def test_the_same_inputs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    words = ["book", "-q", "--root", str(THREE), "--to", str(tmp_path), "--language", "zh", "--format", "pdf"]
    assert main(words) == 0
    assert (tmp_path / "atlas-zh.pdf").read_bytes() == (folder / "atlas-zh.pdf").read_bytes()


def test_both_formats_can_be_made_at_once(tmp_path: Path) -> None:
    words = ["book", "-q", "--root", str(THREE), "--to", str(tmp_path), "--language", "en", "--only", "cases"]
    assert main([*words, "--format", "pdf", "--format", "epub"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases-en.epub", "cases-en.pdf"]


def test_a_book_that_would_be_the_same_is_not_set_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("three", tmp_path)
    cache = Cache(str(root), str(root / "site"))
    assert cache.begin()  # as if the site had been built
    cache.end()

    def report() -> str:
        words = ["--root", str(root), "--to", str(root / "books"), "--language", "zh", "--only", "cases"]
        assert main(["book", *words, "--format", "pdf"]) == 0
        return capsys.readouterr().out.partition(" · ")[0].replace(f"written to {(root / 'books').as_posix()}/", "…")

    path = root / "books/cases-zh.pdf"
    assert report() == "1 book …"
    first = path.read_bytes()
    assert report() == "0 books …, 1 kept"
    assert path.read_bytes() == first
    path.write_bytes(first[:-10])
    assert report() == "1 book …"
    assert path.read_bytes() == first
    edit(root, "content/cases/gift-of-plum-trees.md", "嫁接之法", "嫁接的方法")
    assert report() == "1 book …"
    assert path.read_bytes() != first


# An atlas of one's own.


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the sample site."""
    return copy_site("three", tmp_path)


def made(root: Path, *words: str) -> int:
    """Make the book of the cases of a copy in Chinese, and return the exit code."""
    return main(["book", "-q", "--root", str(root), "--language", "zh", "--only", "cases", "--format", "pdf", *words])


def test_footnotes_stand_at_the_foot_and_formulas_are_set(root: Path) -> None:
    path = "content/cases/gift-of-plum-trees.md"
    edit(root, path, "嫁接之法随苗而去", "嫁接之法[^a]随苗而去 $x^2 + \\frac{1}{y}$")
    with (root / path).open("a", encoding="utf-8") as file:
        file.write("\n[^a]: 一种老法子。\n")
    assert made(root) == 0
    assert "一种老法子。" in "".join(ReadPdf(root / "books/cases-zh.pdf").texts)


def test_a_book_of_a_script_that_is_read_from_the_right_is_made_and_tagged(root: Path) -> None:
    edit(root, "content/site.yaml", "tag: zh-Hans", "tag: az-Arab")
    assert made(root) == 0
    read = ReadPdf(root / "books/cases-zh.pdf")
    assert "/StructTreeRoot" in read.root
    assert str(read.root["/Lang"]).startswith("az")


def test_without_typst_one_line_says_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert made(root) == 2
    assert 'pip install "atlas[book]"' in capsys.readouterr().err.splitlines()[-1]
    assert not (root / "books").exists()


def test_a_character_that_no_font_has_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "content/cases/gift-of-plum-trees.md", "嫁接之法", "嫁接之法\U00012f90")
    assert made(root) == 1
    message = "atlas missing-character: no font has the character \U00012f90 of a book · install one"
    assert message in capsys.readouterr().err
    assert not (root / "books").exists()


def test_a_picture_may_have_a_long_name_in_chinese(root: Path) -> None:
    name = "北谷灯塔社旧照" * 4
    for path in (root / "content/files").glob("pier-light.png*"):
        path.rename(path.with_name(path.name.replace("pier-light", name)))
    for path in (root / "content").rglob("*.*"):
        if path.suffix in (".md", ".yaml"):
            path.write_text(path.read_text("utf-8").replace("pier-light.png", f"{name}.png"), encoding="utf-8")
    assert made(root) == 0
    assert any(page.images for page in ReadPdf(root / "books/cases-zh.pdf").document.pages)


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG file with a size."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", width, height, 8, 2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("width", "message"),
    [
        (9000, "this picture has 9000 × 9000 pixels, too many for a book as PDF · make it smaller than 50 million"),
        (90, "this picture cannot be read: "),
    ],
)
def test_a_picture_that_is_too_large_or_damaged_is_one_line(
    width: int, message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "content/files/pier-light.png").write_bytes(png(width, width))
    assert made(root) == 1
    assert f"content/files/pier-light.png bad-picture: {message}" in capsys.readouterr().err
    assert not (root / "books").exists()


def test_a_mistake_in_an_own_template_has_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = root / "templates/book/pages.typ"
    own.parent.mkdir(parents=True)
    own.write_text("= One\n#nothing\n", encoding="utf-8")
    assert made(root) == 1
    assert "templates/book/pages.typ:2:2 template-error: unknown variable: nothing" in capsys.readouterr().err


def test_too_little_memory_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = root / "templates/book/pages.typ"
    own.parent.mkdir(parents=True)
    own.write_text(f'#let all = "a" * {10**14}\n', encoding="utf-8")
    assert made(root) == 1
    assert "atlas not-typeset: the process that sets a book was ended from outside, perhaps" in capsys.readouterr().err
    assert not (root / "books").exists()
