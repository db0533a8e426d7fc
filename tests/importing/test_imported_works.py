"""Works of CSL-JSON and Zotero become entries of the bibliography that are read without a mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from site_copies import REPOSITORY, copy_site

from atlas.bibliography.exports import to_csl
from atlas.bibliography.parsing.works import read_works
from atlas.cli.main import main
from atlas.importing.csl import import_works
from atlas.importing.results import Import
from atlas.importing.zotero import works_of_json, works_of_rdf

ZOTERO = {
    "itemType": "journalArticle", "key": "ABCD1234", "title": "La <i>soie</i> & le thé",
    "creators": [
        {"firstName": "Jean", "lastName": "Dupont", "creatorType": "author"},
        {"name": "The Body", "creatorType": "editor"},
        {"firstName": "A", "lastName": "B", "creatorType": "reviewedAuthor"},
    ],
    "publicationTitle": "Revue", "date": "2001-05", "volume": "3", "issue": "2", "pages": "1-9", "language": "fr",
    "DOI": "https://doi.org/10.1000/x", "extra": "Citation Key: dupont2001soie", "tags": [{"tag": "silk"}],
}  # fmt: skip
RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Article rdf:about="http://x/1"><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource="urn:issn:1"/>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Li</foaf:surname><foaf:givenName>Hua</foaf:givenName>
</foaf:Person></rdf:li></rdf:Seq></bib:authors>
<dc:title>On visits</dc:title><dc:date>2003</dc:date><z:language>en</z:language><bib:pages>1-4</bib:pages></bib:Article>
<bib:Journal rdf:about="urn:issn:1"><dc:title>Journal</dc:title><prism:volume>7</prism:volume></bib:Journal>
<z:Attachment rdf:about="#a"><z:itemType>attachment</z:itemType><dc:title>Full text</dc:title></z:Attachment>
</rdf:RDF>
"""


def entries(items: list[dict[str, Any]], before: str = "", *, replace: bool = False) -> tuple[str, Import]:
    """The bibliography after an import of works, and the import."""
    result = Import()
    return import_works("works.json", items, before, result, replace=replace), result


def test_works_exported_as_csl_come_back_without_a_mistake() -> None:
    text = (REPOSITORY / "tests/bibliographies/specimens.bib").read_text(encoding="utf-8")
    before, _ = read_works(text, "bibliography.bib")
    written, result = entries(json.loads(to_csl(before)))
    after, problems = read_works(written, "bibliography.bib")
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert [work.key for work in after] == [work.key for work in before]
    assert result.made == len(before)
    for one, other in zip(before, after, strict=True):
        assert other.text("title").startswith(one.text("title")), one.key  # CSL joins title and subtitle


def test_a_work_of_zotero_becomes_an_entry_with_its_own_key() -> None:
    result = Import()
    written = import_works("z.json", works_of_json({"items": [ZOTERO]}, result), "", result)
    [work], problems = read_works(written, "bibliography.bib")
    assert problems == ()
    assert (work.key, work.entry_type, work.text("langid")) == ("dupont2001soie", "article", "fr")
    assert work.raw["title"] == r"La \emph{soie} \& le thé"
    assert (work.raw["author"], work.raw["editor"]) == ("Dupont, Jean", "{The Body}")
    assert (work.raw["journaltitle"], work.raw["pages"], work.raw["doi"]) == ("Revue", "1--9", "10.1000/x")
    assert {what.partition(" ")[0] for _, what in result.losses} == {"tags", "creator"}


def test_zotero_rdf_gives_works_with_their_journals() -> None:
    result = Import()
    items = works_of_rdf("z.rdf", RDF, result)
    assert items
    [work], problems = read_works(import_works("z.rdf", items, "", result), "bibliography.bib")
    assert problems == ()
    assert (work.key, work.raw["journaltitle"], work.raw["volume"]) == ("li2003visits", "Journal", "7")
    assert list(result.losses) == [("attachment Full text", "only works are imported")]


@pytest.mark.parametrize(
    ("text", "part"), [("<a", "this XML file cannot be read"), ('<!DOCTYPE x [<!ENTITY a "b">]><x/>', "document type")]
)
def test_bad_rdf_is_one_line(text: str, part: str) -> None:
    result = Import()
    assert works_of_rdf("z.rdf", text, result) is None
    [problem] = result.problems
    assert part in problem.message


def test_a_work_that_is_there_stays_unless_it_is_to_be_replaced() -> None:
    work = {"type": "book", "id": "lamp", "title": "New", "language": "en"}
    before = "@book{lamp,\n  title = {Old},\n}\n\n@book{pier,\n  title = {Pier},\n}\n"
    kept, result = entries([work], before)
    assert kept == before
    assert "stays" in next(iter(result.losses))[1]
    replaced, _ = entries([work], before, replace=True)
    works, _ = read_works(replaced, "bibliography.bib")
    assert {each.key: each.text("title") for each in works} == {"lamp": "New", "pier": "Pier"}


def test_what_has_no_field_is_listed_and_what_is_missing_is_a_blank() -> None:
    written, result = entries([{"type": "spaceship", "scale": "1:10", "issued": {"date-parts": [["x"]]}}])
    assert "title = {TODO}" in written
    assert {what.split(":")[0] for _, what in result.losses} == {
        "the type “spaceship” is not known, and became misc", "scale was left out",
        "issued is not a date, and was left out", "it has no title",
        "it states no language",
    }  # fmt: skip


def test_people_without_a_field_are_listed_by_name_and_editors_stay() -> None:
    person = [{"family": "Lamp", "given": "Ada"}]
    work = {"type": "book", "title": "A", "language": "en", "editor": [{"family": "Pier", "given": "Bo"}]}
    written, result = entries([work | {"collection-editor": person, "recipient": person, "interviewer": person}])
    assert "editor = {Pier, Bo}" in written
    assert [what for _, what in result.losses] == [
        f"{role} was left out: Lamp, Ada" for role in ("collection-editor", "recipient", "interviewer")
    ]


def test_a_year_before_christ_has_four_digits() -> None:
    written, _ = entries([{"type": "book", "title": "A", "language": "en", "issued": {"date-parts": [[-44, 3, 15]]}}])
    assert "date = {-0044-03-15}" in written
    assert read_works(written, "bibliography.bib")[1] == ()


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("[{", 1, "this JSON file cannot be read"),
        ('{"a": 1}', 0, "not a list of works"),
        ("[" * 100_000, 0, "this JSON file cannot be read"),
    ],
)
def test_bad_json_is_one_line_and_writes_nothing(
    text: str, line: int, part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("allotments", tmp_path)
    before = (root / "bibliography.bib").read_bytes()
    (tmp_path / "works.json").write_text(text, encoding="utf-8")
    assert main(["import", str(tmp_path / "works.json"), "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert part in said
    assert (f"works.json:{line} " in said) == bool(line)
    assert (root / "bibliography.bib").read_bytes() == before
