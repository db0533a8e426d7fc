"""A book that has two languages side by side, as EPUB and as PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import page
import pypdf
import pytest
from read_books import DC, LANG, OPF, TYPE, XHTML, ReadBook
from site_copies import SITES, copy_site, edit, write

from atlas.cli.main import main

TITLE = "title: {fr: Phares et lampes, en: Lights and lamps, zh: 灯塔与灯}\n"
CASE = "gift-of-plum-trees"
MISREAD = "PDFUA1-FONT-GLYPH-WIDTH-001"
"""See test_book_as_pdf.py."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample site with a book in French and Chinese.

    A case has a note in both languages, another case is not translated, a work in Chinese has no author, and two types
    of relations have one label in French.
    """
    root = copy_site("three", tmp_path_factory.mktemp("parallel"))
    write(root, "content/books/lights.yaml", f"{TITLE}families: [actors, cases]\nparallel: [fr, zh]\n")
    for suffix, words, note in ((".md", "嫁接之法", "一种老法子。"), (".fr.md", "L’art de la greffe", "Un vieil art.")):
        path = f"content/cases/{CASE}{suffix}"
        edit(root, path, words, f"{words}[^a]")
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(f"\n[^a]: {note}\n")
    edit(root, "content/site.yaml", "fr: partenaire de", "fr: financée par")
    edit(root, "bibliography.bib", "  author = {林月河 and 白石桥},\n", "")
    (root / "content/cases/dispute-over-third-arch.zh.md").unlink()
    return root


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, in both formats."""
    folder = tmp_path_factory.mktemp("books")
    words = ["book", "lights", "-q", "--root", str(root), "--to", str(folder)]
    assert main([*words, "--format", "epub", "--format", "pdf"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["lights-fr_zh.epub", "lights-fr_zh.pdf"]
    return folder


@pytest.fixture(scope="module")
def read(folder: Path) -> ReadBook:
    """The book as EPUB."""
    return ReadBook(folder / "lights-fr_zh.epub")


def words_of(element: Element) -> str:
    """The text of an element."""
    return " ".join("".join(element.itertext()).split())


def pairs(around: Element) -> Iterator[tuple[str, ...]]:
    """The texts that stand beside each other in a page, each after its language."""
    for row in around.iter():
        if "pair" in row.get("class", "").split():
            yield tuple(f"{cell.get('lang')}: {words_of(cell)}" for cell in row)


def test_blocks_stand_beside_their_translations(read: ReadBook) -> None:
    rows = list(pairs(read.page(CASE)))
    assert ("fr: Le don des pruniers", "zh-Hans: 梅树之赠") in rows
    assert ("fr: Savoir-faire", "zh-Hans: 技艺") in rows
    [(french, chinese)] = [row for row in rows if "la greffe" in row[0]]
    assert "嫁接之法" in chinese
    assert french.startswith("fr: L’art de la greffe")
    assert {tuple(cell.partition(": ")[0] for cell in row) for row in rows} == {("fr", "zh-Hans")}


def test_statements_and_relations_are_paired_one_by_one(read: ReadBook) -> None:
    rows = list(pairs(read.page("phares-du-nord")))
    assert any("Fondée le 21 juillet 1883" in french and "1883年7月21日" in chinese for french, chinese in rows)
    assert any(french.startswith("fr: financée par") and "受资助于" in chinese for french, chinese in rows)


def test_relations_are_beside_their_own_where_labels_group_them_in_another_order(read: ReadBook) -> None:
    [section] = [one for one in read.page("phares-du-nord").iter(f"{XHTML}section") if one.get("class") == "relations"]
    items = [item for item in section.iter(f"{XHTML}li") if item.get("class") == "pair"]
    labels = []
    for item in items:
        others = [next(link.get("href") for link in cell.iter(f"{XHTML}a")) for cell in item]
        assert others[0] == others[1]
        labels.append([words_of(cell).split()[0] for cell in item])
    assert ["financée", "受资助于"] in labels
    assert ["financée", "合作伙伴"] in labels


def test_a_text_that_is_in_one_language_only_is_there_once(read: ReadBook) -> None:
    found = read.page("dispute-over-third-arch")
    text = words_of(found)
    alone = [one for one in found.iter(f"{XHTML}div") if one.get("class") == "alone"]
    [lone] = [one for one in alone if one[0].get("class") == "prose"]
    assert lone.get("lang") == "fr"
    assert text.count(words_of(next(lone.iter(f"{XHTML}h2")))) == 1
    assert ("fr: Étude de cas", "zh-Hans: 案例") in list(pairs(found))


def test_ids_are_unique_and_links_lead_somewhere(read: ReadBook) -> None:
    assert read.broken_links() == []


def test_each_column_has_its_own_footnotes(read: ReadBook) -> None:
    found = read.page(CASE)
    marks = [link.get("href", "") for link in found.iter(f"{XHTML}a") if link.get(TYPE) == "noteref"]
    notes = {f"#{note.get('id')}": words_of(note) for note in found.iter(f"{XHTML}aside")}
    assert [re.sub("[^\\w .]|^1 ?", "", notes[unquote(mark)]).strip() for mark in marks] == [
        "Un vieil art.",
        "一种老法子",
    ]


def test_the_description_names_both_languages(read: ReadBook) -> None:
    assert [one.text for one in read.package.iter(f"{DC}language")] == ["fr", "zh-Hans"]
    assert [one.text for one in read.package.iter(f"{DC}title")] == ["Phares et lampes / 灯塔与灯"]
    descriptions = {one.get(LANG, "fr"): one.text or "" for one in read.package.iter(f"{DC}description")}
    assert descriptions.keys() == {"fr", "zh-Hans"}
    assert next(read.package.iter(f"{OPF}spine")).get("page-progression-direction") == "ltr"
    [identifier] = [one.text or "" for one in read.package.iter(f"{DC}identifier")]
    assert identifier.endswith("#lights-fr_zh")


def test_contents_references_and_indexes(read: ReadBook) -> None:
    rows = [words_of(link) for link in read.page("_contents").iter(f"{XHTML}a")]
    assert "Société des phares du Nord / 北谷灯塔社" in rows
    assert rows.count("Références / 参考文献") == 1
    assert {"Index des noms et des notions", "名称与术语索引"} <= set(rows)
    assert [name for name in read.pages if "_references" in name] == ["EPUB/_references.xhtml"]
    assert (read.page("_names").get("lang"), read.page("_names-zh").get("lang")) == ("fr", "zh-Hans")
    items = {item.get("id"): words_of(item) for item in read.page("_references").iter(f"{XHTML}li")}
    assert "[佚名，1936]" in items["_ref-lin1936meishu"]  # texts in French cite it by its title
    assert "Brumecourt，1887" not in items["_ref-brumecourt1887phares"]


@pytest.mark.parametrize(
    ("style", "numbered"), [("gb-t-7714-2015-numeric", True), ("gb-t-7714-2015-author-date", False)]
)
def test_a_work_can_be_found_by_the_citations_of_both_languages(style: str, *, numbered: bool, tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    with (root / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"styles: {{fr: chicago-author-date, zh: {style}}}\n")
    assert main(["book", "cases", "-q", "--root", str(root), "--language", "fr+zh"]) == 0
    read = ReadBook(root / "books/cases-fr_zh.epub")
    [text] = [words_of(item) for item in read.page("_references").iter(f"{XHTML}li") if "梅树过岭" in words_of(item)]
    assert ("[2]" in text) == numbered
    assert ("[2]" in words_of(read.page(CASE))) == numbered


# PDF.


@pytest.fixture(scope="module")
def pdf(folder: Path) -> Any:
    """The book as PDF."""
    return pypdf.PdfReader(folder / "lights-fr_zh.pdf")


def test_the_pdf_has_both_languages_in_texts_notes_heads_and_bookmarks(pdf: Any) -> None:
    texts = [one.extract_text() for one in pdf.pages]
    bookmarks = [one.title for one in pdf.outline if not isinstance(one, list)]
    assert {"Acteurs / 行为体", "Références / 参考文献", "名称与术语索引"} <= set(bookmarks)
    [number] = [number for number, text in enumerate(texts) if "嫁接之法" in text]
    assert "la greffe" in texts[number]
    assert {"Un vieil art.", "一种老法子。"} <= set(re.findall(r"Un vieil art\.|一种老法子。", texts[number]))
    assert texts[number].splitlines()[0].split() == ["Société", "des", "ponts", "du", "Sud", "南谷桥社"]
    assert pdf.metadata.title == "Phares et lampes / 灯塔与灯"


def test_the_pdf_meets_each_rule_of_pdf_ua_1(folder: Path) -> None:
    report = page.validate_pdf(str(folder / "lights-fr_zh.pdf"), profile=page.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 100
    assert {failure.rule_id for failure in report.failures} <= {MISREAD}


# Choices.


def test_two_languages_can_be_asked_for_and_the_same_inputs_give_the_same_bytes(
    root: Path, folder: Path, tmp_path: Path
) -> None:
    words = ["book", "-q", "--root", str(root), "--to", str(tmp_path), "--language", "fr+zh", "--only", "lights"]
    assert main(words) == 0
    assert (tmp_path / "lights-fr_zh.epub").read_bytes() == (folder / "lights-fr_zh.epub").read_bytes()


def test_the_whole_atlas_can_have_two_languages(tmp_path: Path) -> None:
    words = ["book", "atlas", "-q", "--root", str(SITES / "three"), "--to", str(tmp_path), "--language", "zh+en"]
    assert main(words) == 0
    read = ReadBook(tmp_path / "atlas-zh_en.epub")
    assert read.broken_links() == []
    assert {"EPUB/_pictures.xhtml", "EPUB/_pictures-en.xhtml"} <= read.pages.keys()


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fr+de", "--language: there is no language 'de': choose from fr, en, zh"),
        ("fr+fr", "--language: 'fr+fr' must name one language, or two different ones, such as fr+en"),
        ("fr+en+zh", "--language: 'fr+en+zh' must name one language, or two different ones, such as fr+en"),
        ("zh", "--language: the book 'lights' is in fr+zh only"),
        ("fr+en", "--language: the book 'lights' is in fr+zh only"),
    ],
)
def test_a_wrong_choice_of_languages_is_one_line(
    language: str, message: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["book", "lights", "-q", "--root", str(root), "--to", str(tmp_path), "--language", language]
    assert main(words) == 2
    assert message in capsys.readouterr().err.splitlines()[-1]
