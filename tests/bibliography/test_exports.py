"""Works for other programs: nothing is lost on the way out, and nothing private gets out."""

from __future__ import annotations

import json
import re

import pytest
from reference_lists import HERE, citer, specimens, works

from atlas.bibliography.exports import to_bibtex, to_csl, to_ris
from atlas.bibliography.parsing.latex import plain
from atlas.bibliography.parsing.works import Work, read_works
from atlas.pages.page_citations import meta_tags
from benchmarks.csl_json import NotCsl, read_csl

DIFFICULT = r"""
@string{pup = "Presses"}
@article{a, author={Zhang, San and {The Body} and others}, author+an={1=张三}, title={On {NATO} \& \emph{others}: 50\%},
  journal={J. of ``Things''}, pages={3--5}, year=2004, month=mar, url={https://example.org/a%20b\_c}, x-seen={here},
  publisher = pup # { of X}, langid={french}, date-added={2020}, keywords={one, two}}
@inbook{b, title={Part}, crossref={c}, origdate={1886~}}
@book{c, title={Whole}, subtitle={All of it}, date={2003/2005}, urldate={2020-01-02}, edition={2}}
@treaty{d, title={Accord}, number={TS 4}, date={188X}}
"""


def _rows(ris: str) -> list[dict[str, list[str]]]:
    """RIS as other programs read it: a mapping of tags for each record."""
    records: list[dict[str, list[str]]] = []
    for line in ris.split("\r\n"):
        if line.startswith("TY  - "):
            records.append({})
        if line and not line.startswith("ER"):
            assert line[2:6] == "  - "
            records[-1].setdefault(line[:2], []).append(line[6:])
    return records


def _biblatex_examples() -> dict[str, Work]:
    """The examples of biblatex, without what is only a part of another entry."""
    found, _ = read_works((HERE / "biblatex/biblatex-examples.bib").read_text("utf-8"), "biblatex-examples.bib")
    return {work.key: work for work in found}


def _difficult() -> dict[str, Work]:
    return works(DIFFICULT)


class TestBibtex:
    @pytest.mark.parametrize("bibtex", [DIFFICULT, (HERE / "specimens.bib").read_text("utf-8")])
    def test_comes_back_as_it_went(self, bibtex: str) -> None:
        before = works(bibtex)
        after, problems = read_works(to_bibtex(before.values()), "again.bib")
        assert problems == ()
        for work in after:
            own = before[work.key]
            assert (work.type, work.language, work.people, work.dates) == (
                own.type,
                own.language,
                own.people,
                own.dates,
            )
            lost = {"crossref", "xdata"}
            assert work.fields == {name: value for name, value in own.fields.items() if name not in lost}
        assert [work.key for work in after] == list(before)

    def test_of_one_part_needs_no_whole(self) -> None:
        after, problems = read_works(to_bibtex([_difficult()["b"]]), "one.bib")
        assert problems == ()
        assert after[0].text("booktitle") == "Whole"


class TestRis:
    def test_has_every_name_date_and_field_of_every_work(self) -> None:
        both = {**specimens(), **_difficult()}
        for record in _rows(to_ris(both.values())):
            work = both[record["ID"][0]]
            said = " ".join(value for values in record.values() for value in values)
            for names in work.people.values():
                assert all(part in said for name in names for part in (name.family, name.given, name.literal, name.own))
            for name, value in work.fields.items():
                if name not in {"pages", "keywords", "langid", "month", "year", "crossref"}:
                    assert plain(value) in said, (work.key, name)
            assert all(date.split("-")[0] in said for date in work.dates.values())

    def test_is_what_reference_managers_read(self) -> None:
        record = _rows(to_ris([specimens()["en_article"]]))[0]
        assert record == {
            "TY": ["JOUR"],
            "ID": ["en_article"],
            "AU": ["Able, Ann", "Baker, Ben", "Clark, Cay"],
            "TI": ["City links: a specimen of UN titles"],
            "PY": ["2015"],
            "DA": ["2015"],
            "SP": ["101"],
            "EP": ["108"],
            "LA": ["en"],
            "JO": ["Journal of Specimens"],
            "VL": ["12"],
            "IS": ["3"],
            "DO": ["10.5555/en.article"],
        }

    def test_ends_each_record(self) -> None:
        ris = to_ris(specimens().values())
        assert ris.count("\r\nER  - \r\n") == 60


class TestCslJson:
    def test_has_every_name_date_and_field_of_every_work(self) -> None:
        both = {**specimens(), **_difficult()}
        for item in json.loads(to_csl(both.values())):
            work = both[item["id"]]
            said = json.dumps(item, ensure_ascii=False)
            shown = re.sub("<[^>]+>", "", said)
            for names in work.people.values():
                assert all(part in said for name in names for part in (name.family, name.given, name.literal, name.own))
            assert all(
                plain(value) in shown for name, value in work.fields.items() if name not in {"langid", "month", "year"}
            )
            assert set(work.dates) <= {
                {"issued": "date", "accessed": "urldate", "original-date": "origdate"}.get(name, "") for name in item
            }

    def test_is_what_csl_processors_read(self) -> None:
        item = json.loads(to_csl([specimens()["en_chapter"]]))[0]
        assert item == {
            "id": "en_chapter",
            "type": "chapter",
            "title": "Small towns abroad",
            "author": [{"family": "Grant", "given": "Gus"}, {"family": "Hall", "given": "Hal"}],
            "editor": [{"family": "Irwin", "given": "Ida"}, {"family": "Jones", "given": "Jo"}],
            "issued": {"date-parts": [[2008]]},
            "language": "en",
            "container-title": "Towns and the world",
            "publisher": "Specimen Press",
            "publisher-place": "London",
            "page": "45–67",
        }

    def test_keeps_protected_capitals_and_vague_dates(self) -> None:
        items = {item["id"]: item for item in json.loads(to_csl(_difficult().values()))}
        assert items["a"]["title"].startswith('On <span class="nocase">NATO</span> & <i>')
        assert items["b"]["original-date"] == {"date-parts": [[1886]], "circa": True}
        assert items["c"]["issued"] == {"date-parts": [[2003], [2005]]}
        assert items["d"]["issued"] == {"literal": "188X"}

    @pytest.mark.parametrize(
        ("date", "issued", "rest"),
        [
            ("2004-05-06", {"date-parts": [[2004, 5, 6]]}, None),
            ("1990?", {"date-parts": [[1990]], "circa": True}, "1990?"),
            ("2006-21", {"date-parts": [[2006]], "season": 1}, None),
            ("2005-24/2006-21", {"literal": "2005-24/2006-21"}, None),
            ("0000", {"date-parts": [[0]]}, None),
            ("2004/..", {"literal": "2004/.."}, "2004/.."),
            ("19XX?", {"literal": "19XX?"}, "19XX?"),
        ],
    )
    def test_says_of_a_date_what_its_schema_can_and_keeps_the_rest(
        self, date: str, issued: object, rest: object
    ) -> None:
        (item,) = read_csl(to_csl(works(f"@book{{a, title={{T}}, date={{{date}}}}}").values()))
        assert (item["issued"], item.get("custom", {}).get("date")) == (issued, rest)

    def test_follows_its_schema_for_every_work(self) -> None:
        both = {**specimens(), **_difficult(), **_biblatex_examples()}
        assert [item["id"] for item in read_csl(to_csl(both.values()))] == list(both)

    @pytest.mark.parametrize(
        "fault",
        [
            {"type": "newspaper"},
            {"issued": {"edtf": "188X"}},
            {"issued": {"date-parts": [[2004, 13]]}},
            {"author": [{"name": "Ann Ames"}]},
            {"author": [{"given": ""}]},
            {"title": "<i>Open"},
            {"journal": "J"},
            {"volume": ["3"]},
        ],
    )
    def test_its_reader_refuses_what_the_schema_does_not_allow(self, fault: dict[str, object]) -> None:
        good = {"id": "a", "type": "book", "title": "T"}
        assert read_csl(json.dumps([good])) == [good]
        with pytest.raises(NotCsl):
            read_csl(json.dumps([good | fault]))


@pytest.mark.parametrize("export", [to_bibtex, to_ris, to_csl])
def test_private_fields_stay_in_the_file(export: object) -> None:
    assert callable(export)
    text = export(_difficult().values())
    assert "x-seen" not in text
    assert "here" not in text


EXPORTED = """
@book{a, author={{Kite Council} and Ames, Ann and others}, title={Of Oars}, keywords={kites, linear
   programs; ropes}, eprint={1901.00001}, eprinttype={arxiv}}
@incollection{b, author={Bell, Bo}, title={Of Ropes}, booktitle={Of Boats}, booksubtitle={A Book}, bookauthor={Cole, Cy}}
"""


def test_ris_has_one_line_for_each_keyword_and_no_author_for_others() -> None:
    ris = to_ris(works(EXPORTED).values())
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in ris.split("\r\n"))
    record = _rows(ris)[0]
    assert record["KW"] == ["kites", "linear programs", "ropes"]
    assert record["AU"] == ["Kite Council", "Ames, Ann"]
    assert record["UR"] == ["https://arxiv.org/abs/1901.00001"]


def test_csl_names_no_person_others_and_has_whole_titles() -> None:
    one, two = json.loads(to_csl(works(EXPORTED).values()))
    assert one["author"] == [{"literal": "Kite Council"}, {"family": "Ames", "given": "Ann"}]
    assert (one["keyword"], one["URL"]) == ("kites, linear programs, ropes", "https://arxiv.org/abs/1901.00001")
    assert (two["container-title"], two["container-author"]) == (
        "Of Boats: A Book",
        [{"family": "Cole", "given": "Cy"}],
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "@article{a, title={T}, journaltitle={J}, volume={3}, number={2}, pages={5--9}, date={2001}, doi={10.5555/a}}",
            {
                "citation_journal_title": "J",
                "citation_volume": "3",
                "citation_issue": "2",
                "citation_firstpage": "5",
                "citation_lastpage": "9",
                "citation_doi": "10.5555/a",
                "z:itemType": "journalArticle",
            },
        ),
        (
            "@incollection{a, title={T}, booktitle={B}, publisher={P}, isbn={978-3-16-148410-0}}",
            {
                "citation_inbook_title": "B",
                "citation_book_title": "B",
                "citation_publisher": "P",
                "citation_isbn": "978-3-16-148410-0",
                "z:itemType": "bookSection",
            },
        ),
        (
            "@thesis{a, title={T}, type={phdthesis}, institution={U}}",
            {"citation_dissertation_institution": "U", "z:itemType": "thesis"},
        ),
        (
            "@report{a, title={T}, institution={I}, number={7}}",
            {
                "citation_technical_report_institution": "I",
                "citation_technical_report_number": "7",
                "z:itemType": "report",
            },
        ),
        (
            "@inproceedings{a, title={T}, booktitle={B}}",
            {"citation_conference_title": "B", "z:itemType": "conferencePaper"},
        ),
    ],
)
def test_a_work_is_saved_as_what_it_is(entry: str, expected: dict[str, str]) -> None:
    tags = {tag.name: tag.content for tag in meta_tags(works(entry)["a"])}
    assert {name: tags.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("entry", "href"),
    [
        ("@book{a, title={T}, doi={10.1002/a<1::B>3.0.CO;2-#}}", "https://doi.org/10.1002/a%3C1::B%3E3.0.CO;2-%23"),
        ("@book{a, title={T}, url={https://example.org/a b?c=1#d}}", "https://example.org/a%20b?c=1#d"),
    ],
)
def test_addresses_are_encoded_where_they_lead(entry: str, href: str) -> None:
    assert f'<a href="{href}">' in citer(entry).reference("a")
