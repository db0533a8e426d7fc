"""Tables become drafts of records: columns by their names or a mapping, every loss in the report, bad input one line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from check_reports import check
from site_copies import contents, copy_site, write

from atlas.cli.main import main
from atlas.core.limits import IMPORT_ROWS
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.importing.dates import as_edtf
from atlas.importing.records import read_mapping
from atlas.importing.results import Import
from atlas.importing.tables import read_table

COLLECTION = '''\
objectid,title,creator,date,description,subject,format
demo_001,"Photo of [Smith] & ""Co""",Smith,1945-05,"A <i>fine</i> photo.",trees; people,image/jpeg
demo_002,Letter,,circa 1920,,,
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the smallest sample site."""
    return copy_site("allotments", tmp_path)


def bring(root: Path, name: str, data: bytes | str, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    """Write a file beside the atlas and import it: what the command says as JSON."""
    path = root.parent / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    code = main(["import", str(path), "--root", str(root), "--json", *more])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == int(bool(report["problems"]))
    return report


def test_rows_with_the_columns_of_collectionbuilder_become_cases(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = bring(root, "demo.csv", COLLECTION, capsys)
    assert report["imported"] == 2
    text = (root / "content/cases/demo-001.md").read_text(encoding="utf-8")
    assert 'title: "Photo of \\\\[Smith\\\\] & \\"Co\\""' in text
    assert 'start: "1945-05"' in text
    assert 'summary: "A fine photo. [@TODO]"' in text
    assert 'creator: "Smith"' in text
    assert '  creator: {label: {en: "creator"}}' in (root / "content/site.yaml").read_text(encoding="utf-8")
    losses = {(row["place"], row["what"]) for row in report["losses"]}
    assert ("row 2", "HTML was removed from “A <i>fine</i> photo.”") in losses
    assert ("row 3", "the start “circa 1920” was read as 1920~") in losses
    written = (root / report["report"]).read_text(encoding="utf-8")
    assert all(f"- {place}: {what}" in written for place, what in losses)
    assert check(root, "--drafts")[0] == 0


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("1890 - 1895", "1890/1895"),
        ("around 1890 – 1895", "1890~/1895~"),
        ("c. 1890", "1890~"),
        ("1890s", "189X"),
        ("1800s", "18XX"),
        ("circa 1890s", "189X~"),
        ("1890–95", "1890/1895"),
        ("12th century", "11XX"),
        ("1895-1890", "1895"),
        ("spring of 1890", "1890"),
        ("[ca. 1890?]", "1890%"),
        ("early 1890s", "189X"),
        ("1890s–1900s", "189X/190X"),
        ("May 1890 – 3 June 1891", "1890-05/1891-06-03"),
        ("Sept. 5, 1890", "1890-09-05"),
        ("1890/05/03", "1890-05-03"),
        ("1890-05-03T10:00:00Z", "1890-05-03"),
        ("before 1890", "/1890"),
        ("since c. 1890", "1890~/.."),
        ("1890–", "1890/.."),
        ("18--", "18XX"),
        ("3rd century BC", "-02XX"),
        ("500 BCE", "-0499"),
    ],
)
def test_dates_of_catalogues_become_edtf_and_are_listed(
    written: str, start: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = bring(root, "demo.csv", f'pid,label,_date\na,A kettle,"{written}"\n', capsys)
    assert f'start: "{start}"' in (root / "content/cases/a.md").read_text(encoding="utf-8")
    assert any(written in row["what"] for row in report["losses"])


@pytest.mark.parametrize(
    "written",
    ["0th century", "1895–90", "kettle", "", "–", "February 30, 1890", "5 May 6 1890", "13th of May", "1890–ish"],
)
def test_what_is_no_date_of_a_catalogue_has_no_edtf(written: str) -> None:
    assert as_edtf(written) == ""


def test_an_imported_record_passes_once_its_blanks_are_filled(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(root, "demo.csv", "pid,label,sides,kind\na,A walk,Sunny side,Quarrel\n", capsys)
    path = root / "content/cases/a.md"
    text = path.read_text(encoding="utf-8").replace("@TODO", "@sprout1999sheds, p. 8").replace("## TODO", "## Text")
    assert "sides: [sunny]" in text
    assert "kind: quarrel" in text
    lines = [line for line in text.replace("TODO", "A walk").splitlines() if not line.startswith("draft:")]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert check(root, "--strict") == (0, [])


def test_a_mapping_says_what_columns_become(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = "family: actor\ncolumns: {Body: title, Since: start, Where: '-', Shelf: extra.shelf}\n"
    write(root.parent, "map.yaml", mapping)
    table = "Body\tSince\tWhere\tShelf\tMore\nPlot three\t1990\tNowhere\tMS 1\tx\n"
    bring(root, "a.tsv", table, capsys, "--map", str(root.parent / "map.yaml"))
    text = (root / "content/actors/plot-three.yaml").read_text(encoding="utf-8")
    assert '{lang: en, text: "Plot three", sources: [TODO]}' in text
    assert 'extra: {shelf: "MS 1", more: "x"}' in text
    assert "Nowhere" not in text


@pytest.mark.parametrize(
    ("name", "data", "rule", "line", "part"),
    [
        ("a.csv", "title\ncaf\xe9\n".encode("latin-1"), "bad-utf8", 2, "0xE9"),
        ("a.csv", b"title\n\x00\n", "bad-import", 0, "U+0000"),
        ("a.csv", "title,date\nA,1900\nB,1901,x\nC,1,y\n", "bad-import", 3, "more cells than the header, as have 1"),
        ("a.csv", 'title\n"A\n', "bad-import", 0, "this table cannot be read"),
        ("a.csv", "title,title\nA,B\n", "bad-import", 1, "two columns"),
        ("a.csv", "title,,x\nA,B,C\n", "bad-import", 1, "column 2"),
        ("a.csv", "title\n", "bad-import", 0, "no rows"),
        ("a.csv", "colour\nred\n", "bad-import", 0, "no column of this table is the title"),
        ("a.csv", "title\n" + "A\n" * (IMPORT_ROWS + 1), "over-limit", IMPORT_ROWS + 2, "20,000 rows"),
        ("a.xls", "x", "bad-import", 0, "no import reads .xls"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    name: str, data: bytes | str, rule: str, line: int, part: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(root)
    [problem] = bring(root, name, data, capsys)["problems"]
    assert (problem["rule"], problem["line"]) == (rule, line)
    assert part in problem["message"]
    assert contents(root) == before


def test_a_file_in_another_encoding_is_read_as_that(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(root, "a.csv", "title\ncaf\xe9\n".encode("cp1252"), capsys, "--encoding", "cp1252")
    bring(root, "b.csv", "title\n茶\n".encode("utf-16"), capsys)
    assert (root / "content/cases/cafe.md").exists()
    assert (root / "content/cases/cha.md").exists()


def test_a_formula_is_left_out_and_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = bring(root, "a.csv", "title,website,n\nA,=HYPERLINK(1),=1+1\n", capsys)
    assert [row["what"].partition(",")[0] for row in report["losses"]][:2] == [
        "the formula in “website” was not computed", "the formula in “n” was not computed",
    ]  # fmt: skip


def test_columns_whose_names_are_alike_become_fields_of_their_own(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(root, "a.csv", "title,Shelf mark,shelf-mark,Shelf\nA,one,two,three\n", capsys)
    text = (root / "content/cases/a.md").read_text(encoding="utf-8")
    assert 'extra: {shelf-mark: "one", shelf-mark-2: "two", shelf: "three"}' in text


def test_a_second_column_for_an_own_field_is_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root.parent, "map.yaml", "columns: {B: extra.shelf, C: extra.shelf}\n")
    report = bring(root, "a.csv", "title,B,C,shelf\nA,one,two,three\n", capsys, "--map", str(root.parent / "map.yaml"))
    assert "“C” is a second extra.shelf, and was left out: two" in [row["what"] for row in report["losses"]]
    text = (root / "content/cases/a.md").read_text(encoding="utf-8")
    assert 'extra: {shelf: "one", shelf-2: "three"}' in text


def test_an_own_field_may_have_the_name_of_a_key(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root.parent, "map.yaml", "family: actor\ncolumns: {Note: extra.website}\n")
    table = "title,Note,website\nA,one,https://e.org/\n"
    report = bring(root, "a.csv", table, capsys, "--map", str(root.parent / "map.yaml"))
    assert not [row["what"] for row in report["losses"] if "second" in row["what"]]
    text = (root / "content/actors/a.yaml").read_text(encoding="utf-8")
    assert 'website: "https://e.org/"' in text
    assert 'extra: {website: "one"}' in text


def test_no_row_becomes_a_dataset_which_holds_a_table_itself(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root.parent, "map.yaml", "family: dataset\ncolumns: {A: title}\n")
    [problem] = bring(root, "a.csv", "A\nx\n", capsys, "--map", str(root.parent / "map.yaml"))["problems"]
    assert "dataset" in problem["message"]
    assert main(["import", "a.csv", "--as", "dataset", "--root", str(root)]) == 2


def test_only_the_line_ends_of_a_file_end_a_row(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(root, "a.csv", "title,n\rOne\u2028two\x0bthree\x85four,1\r\nB,2\n", capsys)
    assert 'title: "One two three four"' in (root / "content/cases/one-two-three-four.md").read_text(encoding="utf-8")
    assert (root / "content/cases/b.md").exists()


def test_a_warning_about_the_mapping_stops_no_import() -> None:
    result = Import(problems=[Problem(Span("map.yaml"), Rule.LARGE_FILE, "large")])
    assert read_table("a.csv", b"title\nA\n", result)
    assert read_mapping(Source("map.yaml", "columns: {A: title}\n"), result)


def test_files_that_cannot_all_be_written_leave_the_atlas_as_it_was(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "import-a.csv.md").mkdir()
    before = contents(root)
    [problem] = bring(root, "a.csv", "title,n\nA,1\n", capsys)["problems"]
    assert problem["rule"] == "cannot-write"
    assert contents(root) == before


def test_a_file_that_is_too_large_is_refused_before_it_is_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (root.parent / "a.csv").open("wb") as file:
        file.truncate(2**40)  # a file with a hole: reading it would take a terabyte of memory
    assert main(["import", str(root.parent / "a.csv"), "--root", str(root)]) == 1
    assert "are the most" in capsys.readouterr().err


def test_a_mapping_with_a_mistake_is_reported(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root.parent, "map.yaml", "columns: {A: titel}\n")
    [problem] = bring(root, "a.csv", "A\nx\n", capsys, "--map", str(root.parent / "map.yaml"))["problems"]
    assert (problem["rule"], problem["hint"]) == ("unknown-key", 'did you mean "title"?')
    write(root.parent, "map.yaml", "columns: {Titel: title}\n")
    [problem] = bring(root, "a.csv", "Title\nx\n", capsys, "--map", str(root.parent / "map.yaml"))["problems"]
    assert problem["hint"] == 'did you mean "Title"?'


def test_rows_with_coordinates_have_places_and_others_keep_their_columns(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = """\
objectid,title,location,latitude,longitude
a,A walk,Pier Town,46.73,-117.01
b,A kettle,pier town,46.74,-117.02
c,A lamp,Pier Town,46.73 S,117.01° E
d,A shed,,"46,5",W 3
e,A gate,,10,20.5
f,A bed,Pier Town,,
g,A well,Nowhere,95,1
h,A path,,,
"""
    losses = [row["what"] for row in bring(root, "a.csv", table, capsys)["losses"]]
    places = (root / "content/places.yaml").read_text(encoding="utf-8")
    assert places == (
        'pier-town: {label: {en: "Pier Town"}, coordinates: [46.73, -117.01]}\n'
        'pier-town-2: {label: {en: "Pier Town"}, coordinates: [-46.73, 117.01]}\n'
        'a-gate: {label: {en: "A gate"}, coordinates: [10.0, 20.5]}\n'
    )
    texts = {id: (root / f"content/cases/{id}.md").read_text(encoding="utf-8") for id in "abcdefgh"}
    found = {id: re.findall(r"^places: \[(.*)\]", text, re.MULTILINE) for id, text in texts.items()}
    assert found == {
        "a": ["pier-town"], "b": ["pier-town"], "c": ["pier-town-2"], "d": [], "e": ["a-gate"], "f": [], "g": [], "h": [],
    }  # fmt: skip
    assert 'extra: {latitude: "46,5", longitude: "W 3"}' in texts["d"]
    assert 'extra: {location: "Nowhere", latitude: "95", longitude: "1"}' in texts["g"]
    assert any(what.startswith("location “Nowhere”, latitude “95”, longitude “1” became own fields") for what in losses)
    assert "places were declared: give pier-town, pier-town-2, a-gate labels in each language" in losses
    assert check(root, "--drafts")[0] == 0
    bring(root, "b.csv", "title,location\nA step,A gate\n", capsys)
    assert "places: [a-gate]" in (root / "content/cases/a-step.md").read_text(encoding="utf-8")
    (root / "content/places.yaml").write_text("{}\n", encoding="utf-8")
    report = bring(root, "c.csv", "title,latitude,longitude\nA hut,1,2\n", capsys)
    assert ["cannot be extended" in row["hint"] for row in report["problems"]] == [True]
