"""What a reader takes away from a built site: files of works, tags for machines, how to cite a page, the
bibliography.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from posixpath import dirname
from typing import Any

import pytest
import yaml
from bibtexparser.entrypoint import parse_file
from built_sites import BuiltPage, BuiltSite, Sites, is_elsewhere, read_pages, resolve
from site_copies import add, build, contents, copy_site, edit

from atlas.bibliography.parsing.works import Work, read_works

SECRET = "seen on the shelf of a keeper"
UNCITED = "@book{nobody1888unread,\n  author = {Nobody, Nell},\n  title = {Unread},\n  year = {1888},\n}\n"


def works(path: Path) -> dict[str, Work]:
    """The works of a file that has no mistakes."""
    found, problems = read_works(path.read_text("utf-8"), path.name)
    assert problems == ()
    return {work.key: work for work in found}


@pytest.fixture(scope="module", params=["three", "allotments", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> BuiltSite:
    """A site that was built."""
    return built(request.param)


@pytest.fixture(scope="module")
def root(site: BuiltSite) -> Path:
    """Its sources."""
    return site.root


@pytest.fixture(scope="module")
def out(site: BuiltSite) -> Path:
    """Where it was built."""
    return site.out


@pytest.fixture(scope="module")
def pages(site: BuiltSite) -> dict[str, BuiltPage]:
    """Its pages."""
    return site.pages


@pytest.fixture(scope="module")
def records(pages: dict[str, BuiltPage]) -> dict[str, BuiltPage]:
    """The pages that say how to cite them: those that somebody wrote, without that of the data."""
    found = {
        path: page for path, page in pages.items() if "_cite" in page.anchors and "_dictionary" not in page.anchors
    }
    assert len(found) >= 3
    return found


def references(page: BuiltPage) -> set[str]:
    """The works among the references of a page."""
    return {id.removeprefix("_ref-") for id in page.ids if id.startswith("_ref-")}


def keys_of(stem: Path) -> tuple[list[str], list[str], list[str]]:
    """The works in the three files of one stem: BibTeX, RIS and CSL-JSON, each read by what knows no engine."""
    library = parse_file(f"{stem}.bib")
    assert library.failed_blocks == []
    ris = re.findall(r"^ID  - (.*)\r$", Path(f"{stem}.ris").read_bytes().decode(), re.M)
    csl = json.loads(Path(f"{stem}.json").read_text("utf-8"))
    return [entry.key for entry in library.entries], ris, [item["id"] for item in csl]


def taken_away(page: BuiltPage) -> set[str]:
    """The files of works that a page offers, without their endings."""
    found = set()
    for link in page.all("a"):
        if "download" in link and not is_elsewhere(link["href"]) and link["href"].endswith((".bib", ".ris", ".json")):
            found.add(resolve(page.path, link["href"])[0].rpartition(".")[0])
    return found


class TestFilesOfWorks:
    def test_beside_a_page_hold_the_works_of_its_references(self, out: Path, records: dict[str, BuiltPage]) -> None:
        for page in records.values():
            wanted = sorted(references(page))
            stems = taken_away(page)
            assert len(stems) == bool(wanted), page.path
            for stem in stems:
                assert [sorted(keys) for keys in keys_of(out / stem)] == [wanted] * 3, page.path

    def test_of_every_work_hold_that_work(self, out: Path, pages: dict[str, BuiltPage]) -> None:
        for page in pages.values():
            if "cited-by" in page.anchors:
                key = dirname(page.path).rpartition("/")[2]
                (stem,) = taken_away(page)
                assert keys_of(out / stem) == ([key], [key], [key])

    def test_of_the_whole_lose_nothing_that_was_entered(self, root: Path, out: Path) -> None:
        before, after = works(root / "bibliography.bib"), works(out / "sources" / "bibliography.bib")
        assert set(after) == set(before) == set(keys_of(out / "sources" / "bibliography")[1])
        for key, work in after.items():
            own = before[key]
            for part in ("type", "language", "people", "dates", "fields"):
                assert getattr(work, part) == getattr(own, part), (key, part)

    def test_private_fields_are_in_no_file_of_the_site(self, out: Path) -> None:
        files = contents(out)
        assert [path for path, data in files.items() if re.search(rb"\bx-(shelf|seen|keywords)\b", data)] == []

    @pytest.mark.parametrize("name", ["three", "allotments"])
    def test_what_a_private_field_says_is_in_no_file_of_the_site(self, name: str, tmp_path: Path) -> None:
        root = copy_site(name, tmp_path)
        path = root / "bibliography.bib"
        private = f"  x-shelf = {{{SECRET}}},\n  title = "
        path.write_text(re.sub(r"^  title = ", private, path.read_text("utf-8"), flags=re.M), encoding="utf-8")
        assert path.read_text("utf-8").count(SECRET) == len(works(path))
        assert build(root, tmp_path / "out").code == 0
        assert [name for name, data in contents(tmp_path / "out").items() if SECRET.encode() in data] == []


def language_at(page: BuiltPage, address: str) -> str:
    """The language of the twin that stands at an address: of the original, where a page falls back to it."""
    links = [link for link in page.all("link") if link.get("rel") == "alternate" and link["href"] == address]
    return next(str(link["hreflang"]) for link in links if link["hreflang"] != "x-default")


class TestTagsForMachines:
    def test_say_what_the_page_says(self, root: Path, out: Path, records: dict[str, BuiltPage]) -> None:
        base = yaml.safe_load((root / "content" / "site.yaml").read_text("utf-8"))["base_url"]
        for path, page in records.items():
            tags = {meta["name"]: meta["content"] for meta in page.all("meta") if "name" in meta}
            (canonical,) = (link["href"] for link in page.all("link") if link.get("rel") == "canonical")
            assert tags["citation_title"] == heading(out / path)
            assert tags["citation_author"]
            assert re.fullmatch(r"\d{4}/\d\d/\d\d", tags["citation_publication_date"])
            assert tags["citation_language"] == language_at(page, canonical)
            assert tags["citation_public_url"] == canonical
            assert canonical.startswith(base)

    def test_agree_with_the_json_ld(self, out: Path, records: dict[str, BuiltPage]) -> None:
        for path, page in records.items():
            tags = {meta["name"]: meta["content"] for meta in page.all("meta") if "name" in meta}
            authors = [meta["content"] for meta in page.all("meta") if meta.get("name") == "citation_author"]
            data = linked_data(out / path)
            assert data["@context"] == "https://schema.org"
            assert data["name"] == tags["citation_title"]
            assert [author["name"] for author in data["author"]] == authors
            assert data["datePublished"] == tags["citation_publication_date"].replace("/", "-")
            assert data["dateModified"] >= data["datePublished"]
            assert data["url"] == tags["citation_public_url"]
            assert data["inLanguage"] == tags["citation_language"]


class TestTheBibliographyForMachines:
    def test_the_page_of_a_work_says_what_the_work_is(self, root: Path, out: Path, pages: dict[str, BuiltPage]) -> None:
        for key, work in works(root / "bibliography.bib").items():
            path = f"sources/{key}/index.html"
            meta = [(tag["name"], tag["content"]) for tag in pages[path].all("meta") if "name" in tag]
            tags = dict(meta)
            assert tags["citation_title"] == work.title
            authors = [content for name, content in meta if name == "citation_author"]
            assert authors == [name.text for name in work.authors if not name.others]
            assert tags.get("citation_publication_date", "").split("/")[0] in (work.year, "")
            assert tags.get("citation_language", "") == work.language
            assert tags.get("citation_public_url", "") == work.url
            data = linked_data(out / path)
            assert (data["name"], data["mainEntity"]["name"]) == (work.title, work.title)
            assert [author["name"] for author in data["mainEntity"].get("author", ())] == authors

    def test_a_list_of_works_says_what_it_is_itself(self, out: Path, pages: dict[str, BuiltPage]) -> None:
        for path in ("sources/index.html", "sources/by-year/index.html"):
            tags = {meta["name"]: meta["content"] for meta in pages[path].all("meta") if "name" in meta}
            data = linked_data(out / path)
            assert tags["citation_title"] == data["name"] == heading(out / path)
            assert tags["citation_author"] == data["author"][0]["name"] == tags["author"]
            assert tags["citation_public_url"] == data["url"]


def heading(path: Path) -> str:
    """The text of the heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", path.read_text("utf-8"), re.S)
    assert found
    return unescaped(found[1])


def unescaped(html: str) -> str:
    """The text of simple HTML."""
    text = re.sub("<[^>]+>", "", html)
    return (
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    )


def linked_data(path: Path) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S)
    return dict(json.loads(text))


def test_a_page_is_cited_in_four_styles_with_its_title_year_and_address(
    out: Path, records: dict[str, BuiltPage]
) -> None:
    for path in records:
        html = (out / path).read_text("utf-8").partition('id="_cite"')[2].partition("</details>")[0]
        rows = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.S))
        data = linked_data(out / path)
        assert [next((one for one in rows if name in one), "") != "" for name in STYLES] == [True] * 4
        for row in rows.values():
            assert f'href="{data["url"]}"' in row
            assert data["datePublished"][:4] in row
            assert letters(data["name"]) in letters(unescaped(row))


STYLES = ("Chicago", "APA", "ISO 690", "GB/T 7714")


def letters(text: str) -> str:
    """The letters and digits of a text, their case left out: styles differ in all the rest."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@pytest.mark.parametrize("order", ["", "by-language/", "by-type/", "by-year/"])
def test_every_order_of_the_bibliography_holds_every_work_once(order: str, root: Path, out: Path) -> None:
    listed = []
    for path in pages_of_a_list(out / "sources" / order):
        html = (path / "index.html").read_text("utf-8")
        lists = re.findall(r'<ul class="references">(.*?)</ul>', html, re.S)
        back = "../" * len(path.relative_to(out / "sources").parts)
        listed += re.findall(rf'<a class="more" href="{back}([^"/]+)/">', "".join(lists))
        assert html.count('<section class="group"') == len(lists)
    assert sorted(listed) == sorted(works(root / "bibliography.bib"))


def pages_of_a_list(first: Path) -> list[Path]:
    """The folders of a list's pages: the first of them, and those to which it leads."""
    html = (first / "index.html").read_text("utf-8")
    [links] = re.findall(r'<nav class="groupings" id="_parts".*?</nav>', html, re.S) or [""]
    return [first / link for link in re.findall(r'<a href="([^"]+)"', links)] or [first]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A copy of the three valleys, to be changed."""
    return copy_site("three", tmp_path)


class TestWorksThatNothingCites:
    def test_are_reported_to_authors_and_shown_to_nobody(self, three: Path, tmp_path: Path) -> None:
        before = (three / "bibliography.bib").read_text("utf-8").count("\n")
        add(three / "bibliography.bib", UNCITED)
        report = build(three, tmp_path / "out")
        (note,) = report.problems
        assert (note["rule"], note["severity"], note["line"]) == ("uncited-work", "note", before + 1)
        assert "nobody1888unread" in note["message"]
        assert [path for path, data in contents(tmp_path / "out").items() if b"nobody1888unread" in data] == []

    def test_are_shown_where_a_page_lists_them(self, three: Path, tmp_path: Path) -> None:
        add(three / "bibliography.bib", UNCITED)
        add(three / "content/actors/southern-bridge-society.yaml", "nocite: [nobody1888unread]\n")
        report = build(three, tmp_path / "out")
        assert "uncited-work" not in report.rules()
        pages = read_pages(tmp_path / "out")
        assert "_ref-nobody1888unread" in pages["en/actors/southern-bridge-society/index.html"].anchors
        page = pages["en/sources/nobody1888unread/index.html"]
        links = {resolve(page.path, link["href"]) for link in page.all("a") if link.get("class") == "permalink"}
        assert links == {("en/actors/southern-bridge-society/index.html", "_references")}
        stem = tmp_path / "out" / "actors" / "southern-bridge-society" / "references"
        assert "nobody1888unread" in keys_of(stem)[0]


def test_the_page_of_a_work_shows_its_abstract_doi_archived_copy_and_language(three: Path, tmp_path: Path) -> None:
    fields = "doi = {10.5555/piers}, url = {https://piers.example/own}, archiveurl = {https://archive.example/piers}, abstract = {Piers \\& <b>lamps</b>.}"
    edit(three, "bibliography.bib", "  pages = {212},", f"  pages = {{212}}, {fields},")
    report = build(three, tmp_path / "out")
    assert [problem["rule"] for problem in report.problems] == ["html-in-field"]
    page = read_pages(tmp_path / "out")["en/sources/quillon1901piers/index.html"]
    assert "Piers & <b>lamps</b>." in page.text_within("_abstract")
    assert {"https://doi.org/10.5555/piers", "https://archive.example/piers", "https://piers.example/own"} <= set(
        page.links
    )
    assert "English" in page.text_within("_main")
