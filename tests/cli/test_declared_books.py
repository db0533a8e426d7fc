"""Books that an atlas declares in content/books/, and the links of the site to books that were made."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from site_copies import Workplace, build, copy_site, edit, write

from atlas.build.books import BookRequest, make_books
from atlas.build.options import BuildOptions, ReadOptions
from atlas.cli.main import main

TITLE = "title: {fr: Phares et lampes, en: Lights and lamps, zh: 灯塔与灯}\n"


def records_in(book: Path) -> list[str]:
    """The records of an EPUB file in their order."""
    with ZipFile(book) as archive:
        package = archive.read("EPUB/package.opf").decode()
    return re.findall(r'<itemref idref="p([^_"]+)"', package)


def title_of(book: Path) -> str:
    """The title of an EPUB file."""
    with ZipFile(book) as archive:
        return archive.read("EPUB/package.opf").decode().partition("<dc:title>")[2].partition("<")[0]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas with books of records, of families and of a path, made in content/files/books/."""
    root = copy_site("three", tmp_path_factory.mktemp("declared"))
    write(
        root, "content/books/lights.yaml", f"{TITLE}records: [phares-du-nord, hauterive-lamp-club]\nlanguages: [zh]\n"
    )
    write(root, "content/books/meetings.yaml", f"{TITLE}families: [cases, instruments]\n")
    write(root, "content/books/walk.yaml", f"{TITLE}path: forms\nlanguages: [en, fr, zh]\nparallel: [zh, fr]\n")
    assert main(["book", "-q", "--root", str(root), "--to", str(root / "content/files/books")]) == 0
    return root


def test_each_declared_book_is_made_in_its_languages_beside_the_whole_atlas(made: Path) -> None:
    all = [f"{name}-{language}.epub" for name in ("atlas", "meetings", "walk") for language in ("en", "fr", "zh")]
    assert sorted(path.name for path in (made / "content/files/books").iterdir()) == sorted(
        [*all, "lights-zh.epub", "walk-zh_fr.epub"]
    )


def test_a_book_has_the_records_that_it_names_in_their_order(made: Path) -> None:
    books = made / "content/files/books"
    assert records_in(books / "lights-zh.epub") == ["phares-du-nord", "hauterive-lamp-club"]
    assert title_of(books / "lights-zh.epub") == "灯塔与灯"


def test_a_book_of_families_has_their_records(made: Path) -> None:
    found = records_in(made / "content/files/books/meetings-en.epub")
    assert {"twinning-of-two-piers", "charter-of-three-waters", "lantern-night"} < set(found)
    assert "phares-du-nord" not in found


def test_a_book_of_a_path_begins_with_its_page_and_follows_its_text(made: Path) -> None:
    found = records_in(made / "content/files/books/walk-en.epub")
    assert found[:3] == ["forms", "phares-du-nord", "southern-bridge-society"]
    assert "river-courtesy" in found


def test_one_book_can_be_made_alone(made: Path, tmp_path: Path) -> None:
    assert main(["book", "lights", "-q", "--root", str(made), "--to", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["lights-zh.epub"]


def test_progress_counts_the_books(made: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    request = BookRequest(made / "books", ("meetings",), ("en", "fr"))
    books = make_books(made, made / "site", BuildOptions(ReadOptions()), request, lambda *step: steps.append(step))
    assert sorted(books.files) == ["meetings-en.epub", "meetings-fr.epub"]
    assert [step for step in dict.fromkeys(steps) if step[0] == "making books"] == [
        ("making books", 0, 2),
        ("making books", 1, 2),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["light"], "there is no book 'light': choose from atlas, actors"),
        (["lights", "--language", "en"], "--language: the book 'lights' is in zh only"),
    ],
)
def test_a_wrong_choice_is_one_line(
    words: list[str], message: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["book", "-q", "--root", str(made), "--to", str(tmp_path), *words]) == 2
    assert message in capsys.readouterr().err.splitlines()[-1]


def test_another_id_of_a_record_is_written_into_books(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    write(root, "content/books/lights.yaml", f"{TITLE}records: [phares-du-nord, hauterive-lamp-club]\n")
    assert main(["rename", "phares-du-nord", "lights-of-the-north", "--root", str(root), "-q"]) == 0
    assert "[lights-of-the-north, hauterive-lamp-club]" in (root / "content/books/lights.yaml").read_text("utf-8")


def test_a_path_that_leads_to_no_record_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("three", tmp_path)
    write(root, "content/books/walk.yaml", f"{TITLE}path: forms#table-of-words\n")
    write(
        root,
        "content/pages/forms.md",
        "---\nlang: fr\ndate: 2027-01-02\ntitle: F\npath: forms\nsummary: F.\n---\n\n## T {#table-of-words}\n\nMots.\n",
    )
    for language in ("en", "zh"):
        (root / f"content/pages/forms.{language}.md").unlink()
    assert main(["check", "-q", "--root", str(root)]) == 1
    printed = "".join(capsys.readouterr())
    assert "content/books/walk.yaml:2:7 empty-book: this book has no records" in printed


def test_all_mistakes_of_a_book_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("three", tmp_path)
    write(root, "content/books/a.yaml", f"{TITLE}records: [phares-du-nord, nobody]\nlanguages: [de]\n")
    write(root, "content/books/b.yaml", f"{TITLE}families: [castles]\n")
    assert main(["check", "-q", "--root", str(root)]) == 1
    printed = "".join(capsys.readouterr()).splitlines()
    assert [line.partition(": ")[0] for line in printed] == [
        "content/books/a.yaml:2:27 unknown-record",
        "content/books/a.yaml:3:13 unknown-language",
        "content/books/b.yaml:2:12 wrong-type",
    ]


# Links of the site.


def links(out: Path, page: str) -> list[str]:
    """The lines of a page that offer books, as plain text."""
    rows = re.findall(r'<p class="take-away">(.*?)</p>', (out / page).read_text("utf-8"))
    return [re.sub(r"<[^>]+>", "", row) for row in rows if "files/books/" in row]


def test_home_and_indexes_offer_the_books_that_are_there(made: Path, workplace: Workplace) -> None:
    assert links(workplace.out, "index.html") == []
    shutil.copytree(made / "content/books", workplace.root / "content/books")
    shutil.copytree(made / "content/files/books", workplace.root / "content/files/books")
    report = build(workplace.root, workplace.out)
    assert (report.code, report.problems) == (0, ())
    size = round((made / "content/files/books/atlas-en.epub").stat().st_size / 1000)
    lights = round((made / "content/files/books/lights-zh.epub").stat().st_size / 1000)
    assert links(workplace.out, "en/index.html")[0] == f"Download: EPUB ({size} kB, 1 March 2027)"
    assert f"下载《灯塔与灯》：EPUB（{lights} kB，2027年3月1日）" in links(workplace.out, "zh/index.html")
    assert any("· EPUB en chinois (simplifié) et en français (" in row for row in links(workplace.out, "index.html"))
    assert any("· 中文 (简体)与法语对照版 EPUB（" in row for row in links(workplace.out, "zh/index.html"))
    assert not any(" and " in row for row in links(workplace.out, "en/index.html") if "Lights and lamps" not in row)
    assert links(workplace.out, "en/cases/index.html") == [
        f"Download “The whole atlas”: EPUB ({size} kB, 1 March 2027)"
    ]
    assert (workplace.out / "files/books/atlas-en.epub").is_file()
    (workplace.root / "content/files/books/atlas-en.epub").write_bytes(b"PK\x03\x04" + b"x" * 3_100_000)
    (workplace.root / "content/files/books/lights-zh.epub").unlink()
    edit(workplace.root, "content/books/meetings.yaml", "Lights and lamps", "Meetings")
    build(workplace.root, workplace.out)
    rows = links(workplace.out, "en/index.html")
    assert rows[0] == "Download: EPUB (3.1 MB, 1 March 2027)"
    assert rows[1].startswith("Download “Meetings”: EPUB (")
    assert not any("灯塔与灯》：EPUB（" + str(lights) in row for row in links(workplace.out, "zh/index.html"))
    assert not (workplace.out / "files/books/lights-zh.epub").exists()
    clean = workplace.root.parent / "clean"
    build(workplace.root, clean)
    for page in ("index.html", "en/index.html", "zh/index.html", "en/cases/index.html", "zh/actors/index.html"):
        assert (workplace.out / page).read_bytes() == (clean / page).read_bytes()


def test_a_made_book_needs_no_description_and_another_file_does(workplace: Workplace) -> None:
    folder = workplace.root / "content/files/books"
    folder.mkdir()
    (folder / "atlas-fr.pdf").write_bytes(b"%PDF-1.7\n<</CreationDate (D:20260912000000Z)>>" + b" " * 600_000)
    assert build(workplace.root, workplace.out).problems == ()
    assert links(workplace.out, "index.html") == [
        "Télécharger\u00a0: PDF (600\u202fko, 12 septembre 2026)",
    ]
    (folder / "Notes.pdf").write_bytes(b"%PDF-1.7\n")
    assert build(workplace.root, workplace.out).rules() == ["missing-alt"]
