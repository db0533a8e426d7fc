"""The data of an atlas as its users open it: pandas, networkx, a GeoJSON reader, the Frictionless tool, and a
browser.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

import frictionless
import geojson
import networkx
import pandas
import pytest
import yaml
from built_sites import BuiltPage, BuiltSite, Sites, build_copy, read_pages
from site_copies import build, contents, copy_site, edit, write

from atlas.bibliography.parsing.works import read_works
from atlas.pages.data.data_tables import OWN_FIELDS, TABLES

SECRET = "a word for keepers only"
NAMES = [table.name for table in TABLES if table.name != OWN_FIELDS]  # which these sites have not


class Made:
    """A site that was built from a copy: its sources, its output, and its data as pandas reads them."""

    def __init__(self, site: BuiltSite) -> None:
        self.site, self.root, self.out = site, site.root, site.out
        self.data = self.out / "data"

    def table(self, name: str) -> pandas.DataFrame:
        """A table, its cells as texts."""
        return pandas.read_csv(self.data / f"{name}.csv", dtype=str, keep_default_na=False)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A table from its JSON."""
        rows: list[dict[str, Any]] = json.loads((self.data / f"{name}.json").read_text("utf-8"))
        return rows

    @cached_property
    def package(self) -> dict[str, Any]:
        """What describes the files."""
        package: dict[str, Any] = json.loads((self.data / "datapackage.json").read_text("utf-8"))
        return package

    @property
    def pages(self) -> dict[str, BuiltPage]:
        """The pages of the site."""
        return self.site.pages

    def path_of(self, url: str) -> tuple[str, str]:
        """The file of the site that an address leads to, and the fragment in it."""
        assert url.startswith(self.package["homepage"])
        path, _, fragment = url.removeprefix(self.package["homepage"]).partition("#")
        return f"{path}index.html", fragment


@pytest.fixture(scope="module", params=["three", "allotments", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> Made:
    """Each of the sample sites, and this repository's own."""
    return Made(built(request.param))


@pytest.fixture(scope="module")
def three(built: Sites) -> Made:
    """The invented atlas of three valleys."""
    return Made(built("three"))


# The tables.


def test_the_frictionless_tool_finds_every_file_as_it_is_described(site: Made) -> None:
    report = frictionless.validate(str(site.data / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert len(report.tasks) == len(site.package["resources"])
    described = {resource["path"] for resource in site.package["resources"]} | {"datapackage.json", "index.html"}
    assert described == {path.name for path in site.data.iterdir()}


def test_the_package_says_whose_it_is_and_which_state(site: Made) -> None:
    declared = yaml.safe_load((site.root / "content/site.yaml").read_text("utf-8"))
    own = [declared["licence"]["url"]] if "licence" in declared else []
    assert [licence["path"] for licence in site.package.get("licenses", [])] == own
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\+[0-9a-f]{8}", site.package["version"])
    assert site.package["title"]
    assert site.package["contributors"][0]["title"]
    for resource in site.package["resources"]:
        assert all(field["description"] for field in resource.get("schema", {}).get("fields", []))


@pytest.mark.parametrize("name", NAMES)
def test_pandas_reads_one_table_from_csv_and_from_json(name: str, site: Made) -> None:
    csv, rows = site.table(name), site.rows(name)
    assert len(csv) == len(rows)
    assert rows == [] or list(csv.columns) == list(rows[0])
    for cells, row in zip(csv.to_dict("records"), rows, strict=True):
        for column, value in row.items():
            assert cells[column] == in_a_cell(value)
    assert len(pandas.read_json(site.data / f"{name}.json", dtype=False)) == len(rows)


def in_a_cell(value: Any) -> str:
    """What a value of JSON is in CSV."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(each if isinstance(each, str) else ", ".join(each.values()) for each in value)
    return str(value)


def test_every_record_but_pages_is_in_the_tables(site: Made) -> None:
    ids = {path.name.partition(".")[0]: path.parent.name for path in site.root.glob("content/*/*.*")}
    families = {"actors", "instruments", "persons", "cases", "concepts", "claims", "comparisons", "datasets"}
    records = site.table("records")
    assert set(records["id"]) == {id for id, folder in ids.items() if folder in families}
    for name in ("actors", "cases"):
        assert set(site.table(name)["id"]) == {id for id, folder in ids.items() if folder == name}


def test_every_address_in_the_tables_leads_to_a_page_and_a_place_in_it(site: Made) -> None:
    for name in ("records", "actors", "cases", "facts", "relations", "works"):
        for row in site.rows(name):
            path, fragment = site.path_of(row["url"])
            assert path in site.pages, row
            assert not fragment or fragment in site.pages[path].anchors, row
            assert bool(fragment) == (name in ("facts", "relations"))


def test_a_fact_is_what_its_page_says_there_in_the_language_of_the_original(site: Made) -> None:
    facts = site.rows("facts")
    assert facts
    for row in facts:
        path, fragment = site.path_of(row["url"])
        said = iter(squeezed(site.pages[path].text_within(fragment)))  # in its order, between citations
        assert all(letter in said for letter in squeezed(row["text"])), row
        assert site.pages[path].language == row["language"]


def squeezed(text: str) -> str:
    """A text without spaces, and without the marks of what a page adds to it."""
    return re.sub(r"[\s\u00a0\u202f¶]", "", text)


def test_every_source_of_a_fact_is_a_work_of_the_table(site: Made) -> None:
    keys = {row["key"] for row in site.rows("works")}
    for name in ("facts", "relations", "names"):
        for row in site.rows(name):
            assert {source["work"] for source in row["sources"]} <= keys
            assert row["sources"] or name != "facts"


def test_locators_come_with_their_sources(three: Made) -> None:
    facts = {row["id"]: row for row in three.rows("facts")}
    written = [source for row in facts.values() for source in row["sources"] if "locator" in source]
    assert written
    assert all(re.match(r"(p\.|ch\.|§|para\.|[a-z-]+) \S", source["locator"]) for source in written)


def test_every_term_that_a_table_uses_is_explained(site: Made) -> None:
    terms = {(row["set"], row["id"]): row for row in site.rows("terms")}
    used = {("dimension", row["dimension"]) for row in site.rows("facts")}
    used |= {("relation-type", row["type"]) for row in site.rows("relations")}
    for row in site.rows("records"):
        used |= {("side", side) for side in row["sides"]} | {("field", field) for field in row["fields"]}
        used |= {("place", place) for place in row["places"]}
        used |= {(f"{row['family']}-kind", row["kind"])} if row["kind"] else set()
    assert used <= terms.keys()
    assert all(value for row in terms.values() for value in row.values())


# Places and the network.


def test_places_are_points_of_geojson_where_the_atlas_says(site: Made) -> None:
    places = geojson.loads((site.data / "places.geojson").read_text("utf-8"))
    assert places.is_valid
    records = {row["id"]: row for row in site.rows("records")}
    for feature in places.features:
        longitude, latitude = feature.geometry.coordinates
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        assert all(feature.id in records[id]["places"] for id in feature.properties["records"])
    held = {id for row in records.values() for id in row["places"]}
    assert held == {feature.id for feature in places.features if feature.properties["records"]}


def test_the_longitude_of_a_place_comes_first(three: Made) -> None:
    written = (three.root / "content/places.yaml").read_text("utf-8")
    latitude, longitude = re.findall(r"coordinates: \[([-\d.]+), ([-\d.]+)\]", written)[0]
    id = re.findall(r"(?m)^([a-z0-9-]+):", written)[0]
    places = geojson.loads((three.data / "places.geojson").read_text("utf-8"))
    point = next(feature.geometry.coordinates for feature in places.features if feature.id == id)
    assert point == [float(longitude), float(latitude)]


@pytest.mark.parametrize(
    ("name", "read"), [("network.graphml", networkx.read_graphml), ("network.gexf", networkx.read_gexf)]
)
def test_networkx_reads_the_actors_and_the_ties_of_the_tables(name: str, read: Any, site: Made) -> None:
    graph = read(site.data / name)
    ties = {row["id"]: row for row in site.rows("relations") if row["tie"]}
    assert graph.number_of_edges() == len(ties)
    actors = {row["id"] for row in site.rows("actors")}
    assert actors | {row[end] for row in ties.values() for end in ("source", "target")} == set(graph.nodes)
    assert graph.is_directed() or not ties
    for first, second, said in graph.edges(data=True):
        row = next(row for row in ties.values() if row["url"] == said["url"])
        assert (row["source"], row["target"], row["type"]) == (first, second, said["type"])
    records = {row["id"]: row for row in site.rows("records")}
    for id, said in graph.nodes(data=True):
        assert said["url"] == records[id]["url"]
        assert said["label"] == next(value for key, value in records[id].items() if key.startswith("title_"))


# The page.


def test_the_page_of_the_data_leads_to_every_file_and_reports_every_column(site: Made) -> None:
    folders = sorted(
        page.rpartition("data/")[0] for page in site.pages if re.fullmatch(r"(\w+/)?data/index\.html", page)
    )
    assert len(folders) == len({page.language for page in site.pages.values()} - {""})
    own_fields = ["extra"] if (site.data / "extra.csv").exists() else []  # only an atlas that declares some
    columns = {name for table in (*NAMES, *own_fields) for name in site.table(table).columns}
    for folder in folders:
        page = site.pages[f"{folder}data/index.html"]
        own = "" if not folder else "../"
        linked = {link.removeprefix(f"{own}../data/") for link in page.links}
        assert {path.name for path in site.data.iterdir()} - {"index.html"} <= linked
        reported = re.findall(r"<code>([^<]*)</code>", (site.out / page.path).read_text("utf-8"))
        assert columns == {name for names in reported for name in names.split(", ")}
        assert site.package["version"] in page.text_within("_version")


def test_the_words_of_an_author_are_on_top_of_the_page_of_the_data(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    text = "---\nlang: en\ndate: 2026-11-22\ntitle: Our figures\npath: data\n---\n\nHow they were counted.\n"
    write(root, "content/pages/figures.md", text)
    assert build(root, tmp_path / "out").code == 0
    page = read_pages(tmp_path / "out")["data/index.html"]
    assert "Our figures" in page.text_within()
    assert "How they were counted." in page.text_within()
    assert "facts.csv" in page.text_within()


# What is not in them, and what changes.


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    bibliography = root / "bibliography.bib"
    text = re.sub(
        r"(?m)^  title = ",
        f"  x-seen = {{https://private.example/{SECRET}}},\n  title = ",
        bibliography.read_text("utf-8"),
    )
    bibliography.write_text(text, encoding="utf-8")
    case = root / "content/cases/gift-of-plum-trees.md"
    case.write_text(case.read_text("utf-8") + f"\n<!-- {SECRET} -->\n", encoding="utf-8")
    for path in root.glob("content/actors/*.yaml"):
        path.write_text(f"# {SECRET}\n" + path.read_text("utf-8"), encoding="utf-8")
    assert build(root, tmp_path / "out").code == 0
    files = contents(tmp_path / "out")
    assert [path for path, data in files.items() if SECRET.encode() in data or b"private.example" in data] == []


ADDRESS = re.compile(r"https?://[^\s{}\"<>]+")


def test_no_private_address_of_this_atlas_is_in_any_file(built: Sites) -> None:
    made = built("atlas")
    works, _ = read_works((made.root / "bibliography.bib").read_text("utf-8"), "bibliography.bib")
    public = " ".join(value for work in works for value in (*work.raw.values(), work.url))
    private = {
        address
        for work in works
        for value in work.private.values()
        for address in ADDRESS.findall(value)
        if address not in public
    }
    assert private
    content = " ".join(
        path.read_text("utf-8") for path in made.root.glob("content/*/*.*") if path.suffix in (".md", ".yaml")
    )
    private = {address for address in private if address not in content}
    whole = b"\n".join(contents(made.out).values()).decode("utf-8", "replace")
    found = "\n".join(set(ADDRESS.findall(whole)))  # each once: that is short enough to be searched a thousand times
    assert [address for address in sorted(private) if re.search(re.escape(address) + r"(?![\w/?=&.-])", found)] == []
    assert not re.search(r"\bx-(seen|keywords|voice)\b", whole)


def test_two_builds_make_the_same_files_and_one_edit_changes_one_row(three: Made, tmp_path: Path) -> None:
    first, second = three, Made(build_copy("three", tmp_path))
    assert contents(first.data) == contents(second.data)
    path = "content/actors/phares-du-nord.yaml"
    old = next(line for line in (second.root / path).read_text("utf-8").splitlines() if line.startswith("    text: "))
    edit(second.root, path, f"{old}\n", f"{old} Vraiment.\n")
    assert build(second.root, second.out).code == 0
    for name, data in contents(first.data).items():
        changed = set(contents(second.data)[name].splitlines()) - set(data.splitlines())
        expected = {"facts.csv": 1, "facts.json": 1}
        if name in expected or name.endswith((".csv", "rows.json", "gexf", "graphml", "geojson")):
            assert len(changed) == expected.get(name, 0), name
    assert json.loads(contents(second.data)["datapackage.json"])["version"] != first.package["version"]


def test_an_atlas_may_do_without(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    site = root / "content/site.yaml"
    text = re.sub(r"(?m)^(views|navigation):.*\n", "", site.read_text("utf-8"))
    site.write_text(f"{text}navigation: [/actors/]\nviews: []\n", encoding="utf-8")
    assert build(root, tmp_path / "out").code == 0
    files = contents(tmp_path / "out")
    assert [
        path for path in files if path.startswith(("data/", "changes/")) or path.endswith(("feed.xml", ".json"))
    ] == []
    assert b"og:" not in files["index.html"]
    assert b"atom+xml" not in files["index.html"]
