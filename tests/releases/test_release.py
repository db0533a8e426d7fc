"""`release`: an edition that can be cited, or one list of all that prevents it."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from check_reports import check
from site_copies import build, contents, copy_site, edit, write

from atlas.cli.main import main

DAY = "2027-02-03"
SETTINGS = "content/site.yaml"
PLOT = "content/actors/plot-one.yaml"
NAME = "two-sides-of-turnip-street"


def allotments(folder: Path) -> Path:
    """The sample site of allotments, with an address that people can reach."""
    root = copy_site("allotments", folder)
    edit(root, SETTINGS, "https://turnip.example/", "https://turnip-street.net/")
    return root


def release(root: Path, *options: str) -> int:
    """Make a release through the public command."""
    return main(["release", "-q", "--root", str(root), *options])


def lost(root: Path, *options: str) -> list[str]:
    """The addresses and ids that `check` misses."""
    return [message for rule, message, _ in check(root, *options)[1] if rule.startswith("lost-")]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first edition of the sample site. No test writes into it."""
    root = allotments(tmp_path_factory.mktemp("release"))
    comment = "# What is compared.\n"
    edit(root, SETTINGS, "sides:\n", f"{comment}sides:\n")
    write(root, "content/actors/plot-three.yaml", (root / PLOT).read_text() + "draft: true\n")
    edit(root, SETTINGS, "as_of: 2026-11-22\n", "as_of: 2026-11-22  # today\n" + LICENCE)
    assert release(root, "1.0", "--date", DAY) == 0
    return root


LICENCE = "licence: {label: {en: CC BY 4.0}, url: 'https://creativecommons.org/licenses/by/4.0/'}\n"


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    """A copy of the first edition."""
    shutil.copytree(first, tmp_path / "atlas")
    return tmp_path / "atlas"


# The files.


def test_the_row_of_a_release_is_added_and_comments_stay(first: Path) -> None:
    text = (first / SETTINGS).read_text()
    assert "# What is compared.\nsides:\n" in text
    assert "as_of: 2026-11-22  # today\n" in text
    [row] = yaml.load(text, Loader=yaml.BaseLoader)["releases"]
    listed = (first / "content/releases/1.0.txt").read_bytes()
    assert row == {
        "date": DAY,
        "version": "1.0",
        "text": {"en": "First edition: 4 records, 1 source."},
        "digest": sha256(listed).hexdigest(),
    }


def test_the_list_of_an_edition_has_its_addresses_ids_and_records(first: Path) -> None:
    lines = (first / "content/releases/1.0.txt").read_text().splitlines()
    assert lines[0] == f"# Edition 1.0 of {DAY}: https://turnip-street.net/"
    rows = [line for line in lines if not line.startswith("#")]
    assert rows == sorted(rows)
    assert "page * /actors/plot-one/ across-the-street noon-can" in rows
    assert {row.split(" ")[1] for row in rows if row.startswith("record ")} == {
        "/",
        "/actors/plot-one/",
        "/actors/plot-two/",
        "/cases/the-marrow/",
    }


def test_citation_cff_has_what_its_schema_requires(first: Path) -> None:
    # https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema.json
    found = yaml.load((first / "CITATION.cff").read_text(), Loader=yaml.BaseLoader)
    assert found["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(found)
    assert found["type"] in ("dataset", "software")
    assert found["authors"] == [{"name": "The Turnip Street Atlas"}]
    assert (found["version"], found["date-released"], found["license"]) == ("1.0", DAY, "CC-BY-4.0")
    assert found["url"] == "https://turnip-street.net/"


def test_codemeta_and_zenodo_describe_the_same_edition(first: Path) -> None:
    codemeta = json.loads((first / "codemeta.json").read_text())
    assert codemeta["@context"] == "https://w3id.org/codemeta/3.0"
    assert (codemeta["version"], codemeta["datePublished"]) == ("1.0", DAY)
    assert codemeta["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert codemeta["author"] == [{"type": "Organization", "name": "The Turnip Street Atlas"}]
    zenodo = json.loads((first / ".zenodo.json").read_text())
    assert {"title", "description", "upload_type", "creators", "access_right"} <= set(zenodo)
    assert (zenodo["version"], zenodo["publication_date"], zenodo["license"]) == ("1.0", DAY, "cc-by-4.0")


def test_what_editors_add_to_the_descriptions_stays(root: Path) -> None:
    write(root, ".zenodo.json", json.dumps({"title": "Old", "communities": [{"identifier": "gardens"}]}))
    write(root, "CITATION.cff", "cff-version: 1.1.0\ndoi: 10.5281/zenodo.1\nkeywords:\n  - turnips\nversion: 0.9\n")
    assert release(root, "1.1", "--date", DAY) == 0
    assert json.loads((root / ".zenodo.json").read_text())["communities"] == [{"identifier": "gardens"}]
    found = yaml.load((root / "CITATION.cff").read_text(), Loader=yaml.BaseLoader)
    assert (found["cff-version"], found["version"]) == ("1.2.0", "1.1")
    assert (found["doi"], found["keywords"]) == ("10.5281/zenodo.1", ["turnips"])


def test_the_archive_holds_the_sources_and_the_site_that_they_give(first: Path, tmp_path: Path) -> None:
    with ZipFile(first / f"dist/{NAME}-1.0.zip") as archive:
        entries = archive.infolist()
        files = {entry.filename.removeprefix(f"{NAME}-1.0/"): archive.read(entry) for entry in entries}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(2027, 2, 3, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert files["sources/content/site.yaml"] == (first / SETTINGS).read_bytes()
    assert files["sources/content/releases/1.0.txt"] == (first / "content/releases/1.0.txt").read_bytes()
    assert {"sources/CITATION.cff", "sources/bibliography.bib", f"sources/{PLOT}"} <= set(files)
    assert "sources/content/actors/plot-three.yaml" not in files  # a draft
    for path, data in files.items():
        if path.startswith("sources/"):
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    assert build(tmp_path / "sources", tmp_path / "out").problems == ()
    made = {path: data for path, data in contents(tmp_path / "out").items() if path != ".atlas-files"}
    assert made == {path.removeprefix("site/"): data for path, data in files.items() if path.startswith("site/")}


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert release(allotments(tmp_path / folder), "1.0", "--date", DAY) == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


# What prevents a release.


def test_everything_that_prevents_a_release_is_reported_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("three", tmp_path)
    edit(root, SETTINGS, "navigation: [", "releases: [{date: 2027-03-01, version: '2.0', text: {fr: a, en: a, zh: a}}]\n"
         "navigation: [")  # fmt: skip
    before = contents(root)
    assert release(root, "1.0", "--date", DAY) == 1
    reported = capsys.readouterr().err
    assert "1.0 is not newer than 2.0" in reported
    assert "the atlas has no public address: https://vallees.example/atlas/" in reported
    assert "1 record not fully translated into en: eastern-kite-club" in reported
    assert contents(root) == before


def test_a_warning_prevents_a_release(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "content/cases/the-marrow.md", "A marrow of", "A [plot-one] marrow of")
    before = contents(root)
    assert release(root, "1.1", "--date", DAY) == 1
    assert "warning" in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize("options", [(), ("1.1", "--date", "tomorrow"), ("1.1", "--text", "xx=New"), ("1.1", "--text")])
def test_a_wrong_command_line_has_its_own_exit_code(options: tuple[str, ...], root: Path) -> None:
    before = contents(root)
    assert release(root, *options) == 2
    assert contents(root) == before


@pytest.mark.parametrize("version", ["1", "1.0", "1.0.0", "v1.1", "0.9", "1.1-beta", "01.1", "../1.1"])
def test_a_version_is_well_formed_and_newer(version: str, root: Path) -> None:
    before = contents(root)
    assert release(root, version, "--date", DAY) == 1
    assert contents(root) == before


# The next edition.


def test_the_next_edition_says_what_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, PLOT, "Plot One", "First Plot")
    edit(root, "content/actors/plot-three.yaml", "draft: true\n", "")
    assert release(root, "1.1", "--date", "2027-03-01", "--text", "Plot three.") == 0, capsys.readouterr().err
    rows = yaml.load((root / SETTINGS).read_text(), Loader=yaml.BaseLoader)["releases"]
    assert [row["version"] for row in rows] == ["1.0", "1.1"]
    assert rows[1]["text"] == {"en": "Plot three."}
    assert release(root, "1.10", "--date", "2027-03-01") == 0, capsys.readouterr().err
    rows = yaml.load((root / SETTINGS).read_text(), Loader=yaml.BaseLoader)["releases"]
    assert rows[2]["text"] == {"en": "New records: 0; changed: 0; removed: 0."}


def test_addresses_of_earlier_editions_are_missed(root: Path) -> None:
    shutil.move(root / "content/actors/plot-two.yaml", root / "content/actors/plot-second.yaml")
    for path in root.glob("content/**/*.*"):
        if path.name != "1.0.txt":
            path.write_text(path.read_text().replace("plot-two", "plot-second"))
    reported = lost(root)
    assert reported == ["/actors/plot-two/ of edition 1.0 would disappear"]
    edit(root, "content/actors/plot-second.yaml", "kind: plot", "kind: plot\naliases: [/actors/plot-two/]")
    assert lost(root) == []


def test_ids_of_an_earlier_edition_are_compared_when_asked(root: Path) -> None:
    edit(root, PLOT, "id: noon-can", "id: midday-can")
    assert lost(root) == []
    for name in ("1.0", "all"):
        assert lost(root, "--against", name) == ["/actors/plot-one/#noon-can of edition 1.0 would disappear"]


def test_what_several_editions_had_is_missed_once(root: Path) -> None:
    assert release(root, "1.1", "--date", DAY) == 0
    shutil.move(root / "content/actors/plot-two.yaml", root / "content/actors/plot-second.yaml")
    for path in root.glob("content/**/*.*"):
        if "releases" not in path.parts:
            path.write_text(path.read_text().replace("plot-two", "plot-second"))
    edit(root, PLOT, "id: noon-can", "id: midday-can")
    address = "/actors/plot-two/ of edition 1.1 would disappear"
    for name, last in (("all", "1.1"), ("1.0", "1.0")):
        id = f"/actors/plot-one/#noon-can of edition {last} would disappear"
        assert sorted(lost(root, "--against", name)) == [id, address]
    assert lost(root) == [address]


def test_a_list_that_was_edited_or_that_is_missing_is_reported(root: Path) -> None:
    listed = root / "content/releases/1.0.txt"
    listed.write_text(listed.read_text() + "page * /more/\n")
    assert [row["rule"] for row in build(root, root / "site").problems] == ["edition-list"]
    listed.unlink()
    [problem] = build(root, root / "site").problems
    assert problem["rule"] == "edition-list"
    assert problem["message"] == "content/releases/1.0.txt does not exist"
