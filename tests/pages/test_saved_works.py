"""Works as Zotero saves them from their pages: its "Embedded Metadata" reads the tags of a built page.

The reader here keeps to what that translator does with Highwire's tags (zotero/translators, Embedded Metadata.js):
`z:itemType` names the type; `citation_journal_title`, `citation_inbook_title`, `citation_book_title` and
`citation_conference_title` name the publication, `citation_dissertation_institution` the university and
`citation_technical_report_institution` the institution; first and last page are joined.
"""

from __future__ import annotations

import pytest
from built_sites import BuiltPage, read_pages
from site_copies import add, build, copy_site

WORKS = """
@article{kite-article, author={Ames, Ann and Bell, Bo}, title={Of Kites}, journaltitle={Journal of Wind}, volume={3},
  number={2}, pages={5--9}, date={2001-04}, doi={10.5555/kites}, issn={2049-3630}, langid={english}}
@incollection{kite-chapter, author={Ames, Ann}, editor={Cole, Cy}, title={A Part}, booktitle={A Whole},
  booksubtitle={All of It}, publisher={Ropes Press}, pages={11--20}, date={2002}, isbn={978-3-16-148410-0},
  langid={english}}
@book{kite-book, author={{Kite Council}}, title={Rules}, subtitle={With Tables}, publisher={Ropes Press}, date={2003},
  doi={10.5555/rules}, langid={english}}
@thesis{kite-thesis, author={Dale, Di}, title={Knots}, type={phdthesis}, institution={Hill University}, date={2004},
  langid={english}}
@report{kite-report, author={Eads, Ed}, title={On String}, institution={Office of Rope}, number={7}, date={2005-06-07},
  langid={english}}
@online{kite-page, author={Fine, Flo}, title={Tails}, url={https://kites.example/tails}, date={2006-07-08},
  urldate={2020-01-02}, langid={english}}
@newspaper{kite-news, author={Gray, Gil}, title={Storm}, journaltitle={The Coast}, pages={1}, date={1907-08-09},
  langid={english}}
"""
SAVED: dict[str, dict[str, object]] = {
    "kite-article": {
        "type": "journalArticle",
        "title": "Of Kites",
        "authors": ["Ann Ames", "Bo Bell"],
        "date": "2001/04",
        "publication": "Journal of Wind",
        "volume": "3",
        "issue": "2",
        "pages": "5-9",
        "DOI": "10.5555/kites",
        "ISSN": "2049-3630",
        "url": "https://doi.org/10.5555/kites",
    },
    "kite-chapter": {
        "type": "bookSection",
        "title": "A Part",
        "authors": ["Ann Ames"],
        "editors": ["Cy Cole"],
        "date": "2002",
        "publication": "A Whole: All of It",
        "publisher": "Ropes Press",
        "pages": "11-20",
        "ISBN": "978-3-16-148410-0",
    },
    "kite-book": {
        "type": "book",
        "title": "Rules: With Tables",
        "authors": ["Kite Council"],
        "date": "2003",
        "publisher": "Ropes Press",
        "DOI": "10.5555/rules",
        "url": "https://doi.org/10.5555/rules",
    },
    "kite-thesis": {
        "type": "thesis",
        "title": "Knots",
        "authors": ["Di Dale"],
        "date": "2004",
        "publisher": "Hill University",
    },
    "kite-report": {
        "type": "report",
        "title": "On String",
        "authors": ["Ed Eads"],
        "date": "2005/06/07",
        "publisher": "Office of Rope",
        "number": "7",
    },
    "kite-page": {
        "type": "webpage",
        "title": "Tails",
        "authors": ["Flo Fine"],
        "date": "2006/07/08",
        "url": "https://kites.example/tails",
    },
    "kite-news": {
        "type": "newspaperArticle",
        "title": "Storm",
        "authors": ["Gil Gray"],
        "date": "1907/08/09",
        "publication": "The Coast",
        "pages": "1",
    },
}
TAGS = {
    "type": "z:itemType",
    "title": "citation_title",
    "date": "citation_publication_date",
    "publication": "citation_journal_title citation_inbook_title citation_book_title citation_conference_title",
    "publisher": "citation_publisher citation_dissertation_institution citation_technical_report_institution",
    "volume": "citation_volume",
    "issue": "citation_issue",
    "number": "citation_technical_report_number",
    "DOI": "citation_doi",
    "ISBN": "citation_isbn",
    "ISSN": "citation_issn",
    "url": "citation_public_url",
}


def saved(page: BuiltPage) -> dict[str, object]:
    """What Zotero makes of a page, without what is empty."""
    tags: dict[str, list[str]] = {}
    for meta in page.all("meta"):
        if "name" in meta:
            tags.setdefault(meta["name"], []).append(meta["content"])
    item: dict[str, object] = {
        field: next((tags[name][0] for name in names.split() if name in tags), "") for field, names in TAGS.items()
    }
    item["authors"] = tags.get("citation_author", [])
    item["editors"] = tags.get("citation_editor", [])
    item["pages"] = "-".join(tags.get("citation_firstpage", []) + tags.get("citation_lastpage", []))
    return {field: value for field, value in item.items() if value}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltPage]:
    """The pages of a site whose pages name the works."""
    folder = tmp_path_factory.mktemp("saved")
    root = copy_site("three", folder)
    add(root / "bibliography.bib", WORKS)
    add(root / "content/actors/southern-bridge-society.yaml", f"nocite: [{', '.join(SAVED)}]\n")
    report = build(root, folder / "out")
    assert report.code == 0
    return read_pages(folder / "out")


@pytest.mark.parametrize("key", SAVED)
def test_a_work_is_saved_with_all_that_a_reference_needs(key: str, pages: dict[str, BuiltPage]) -> None:
    assert saved(pages[f"en/sources/{key}/index.html"]) == SAVED[key]
