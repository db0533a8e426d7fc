"""What machines read of a built site, each by its public grammar: feeds, sitemap, robots.txt, llms.txt, JSON-LD,
OpenGraph.
"""

from __future__ import annotations

import json
import re
import struct
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from browsing import MODULES, needs
from built_sites import BuiltPage, BuiltSite, Sites, build_site, is_unlisted, resolve
from site_copies import build, contents, copy_site, edit

from atlas.schema.families import INDEXED

SITEMAP = """
import {createReadStream} from 'fs';
import {XMLToSitemapItemStream, ErrorLevel} from '%s';
const rows = [];
createReadStream(process.argv[1]).pipe(new XMLToSitemapItemStream({level: ErrorLevel.THROW, logger: false}))
  .on('data', row => rows.push(row)).on('end', () => console.log(JSON.stringify(rows)));
"""
"""A strict reader of sitemaps, sitemap of npm: what its schema does not have stops it."""


class Built:
    """A site that was built: its folder, its pages, and where it is published."""

    def __init__(self, site: BuiltSite) -> None:
        self.root, self.folder, self.pages = site.root, site.out, site.pages
        self.base = str(site.declared["base_url"])
        self.languages = set(site.declared["languages"])

    def published(self) -> dict[str, BuiltPage]:
        """Its pages but those for what is not there, by address."""
        return {
            self.base + path.removesuffix("index.html"): page
            for path, page in self.pages.items()
            if not is_unlisted(path)
        }

    def feeds(self) -> dict[str, Any]:
        """Its feeds by path, read by feedparser."""
        found = sorted(self.folder.rglob("feed.xml"))
        return {path.relative_to(self.folder).as_posix(): feedparser.parse(path.read_bytes()) for path in found}


@pytest.fixture(scope="module", params=["three", "allotments", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> Built:
    """Each of the sample sites, and this repository's own."""
    return Built(built(request.param))


# Feeds.


def test_every_language_has_the_feeds_and_every_page_names_them(site: Built) -> None:
    feeds = site.feeds()
    languages = {page.language for page in site.pages.values()}
    assert len(feeds) == 2 * len(languages)
    for path, page in site.pages.items():
        links = [link["href"] for link in page.all("link") if link.get("type") == "application/atom+xml"]
        assert len(links) == (0 if is_unlisted(path) else 2), path
        for link in links:
            assert feeds[resolve(path, link)[0]].feed.language == page.language


def test_feeds_are_atom_without_a_flaw(site: Built) -> None:
    for path, feed in site.feeds().items():
        assert feed.version == "atom10"
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.feed.id == site.base + path
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [site.base + path]
        assert feed.feed.title
        assert feed.feed.author
        ids = [entry.id for entry in feed.entries]
        assert ids
        assert len(ids) == len(set(ids))
        for entry in feed.entries:
            assert entry.title
            assert entry.link in site.published()
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.updated)
            assert entry.published <= entry.updated <= feed.feed.updated
        assert [entry.published for entry in feed.entries] == sorted((e.published for e in feed.entries), reverse=True)


def test_the_feed_of_cases_has_every_case(site: Built) -> None:
    cases = {path.name.partition(".")[0] for path in site.root.glob("content/cases/*.md")}
    for path, feed in site.feeds().items():
        if path.endswith("cases/feed.xml"):
            assert {entry.link.rstrip("/").rpartition("/")[2] for entry in feed.entries} == cases


# Sitemap, robots.txt, llms.txt.


def test_the_sitemap_is_read_without_a_flaw_and_its_twins_name_each_other(site: Built) -> None:
    needs("node", "sitemap")
    script = SITEMAP % (MODULES / "sitemap/dist/esm/index.js").as_uri()
    command = ["node", "--input-type=module", "-e", script, str(site.folder / "sitemap.xml")]
    reported = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = {row["url"]: row for row in json.loads(reported.stdout)}
    assert rows.keys() == {address for address, page in site.published().items() if page.canonical == address}
    for url, row in rows.items():
        alternates = {link["lang"]: link["url"] for link in row["links"]}
        assert alternates == site.published()[url].alternates or len(alternates) == 1
        for tag, twin in alternates.items():
            assert tag == "x-default" or {link["lang"]: link["url"] for link in rows[twin]["links"]} == alternates


def test_robots_may_read_everything_and_find_the_sitemap(site: Built) -> None:
    robots = RobotFileParser()
    robots.parse((site.folder / "robots.txt").read_text("utf-8").splitlines())
    assert all(robots.can_fetch("anybody", url) for url in site.published())
    assert robots.site_maps() == [f"{site.base}sitemap.xml"]


def test_llms_txt_has_the_form_of_its_proposal_and_leads_to_what_there_is(site: Built) -> None:
    text = (site.folder / "llms.txt").read_text("utf-8")
    assert re.match(r"# [^\n]+\n\n> [^\n]+\n\n", text)
    for part in re.split(r"(?m)^## [^\n]+\n\n", text)[1:]:
        lists = [line for line in part.splitlines() if line.startswith("- ")]
        assert lists
        assert all(re.fullmatch(r"- \[.+\]\(https?://[^\s)]+\)(: .+)?", line) for line in lists)
    files = contents(site.folder)
    for url in re.findall(rf"\(({re.escape(site.base)}[^)]*)\)", text):
        path = url.removeprefix(site.base)
        assert (f"{path}index.html" if path.endswith("/") or not path else path) in files, url
    for folder in ("actors", "cases", "sources"):
        assert f"({site.base}{folder}/): " in text
    assert "datapackage.json" in text


# JSON-LD, by the words of schema.org as schema-dts has them.


@cache
def vocabulary() -> str:
    """The declarations of schema-dts, generated from schema.org."""
    return (MODULES / "schema-dts/dist/schema.d.ts").read_text("utf-8")


@cache
def properties(type: str) -> frozenset[str]:
    """What schema.org lets a type say."""
    leaf = re.search(rf"interface {type}Leaf extends ([\w, ]+) \{{", vocabulary())
    assert leaf, f"schema.org has no type {type}"
    return frozenset(name for base in leaf[1].split(", ") for name in _own(base))


@cache
def _own(base: str) -> frozenset[str]:
    found = re.search(rf"interface {base} extends ([^{{]+) \{{(.*?)\n\}}", vocabulary(), re.S)
    if found is None:
        return frozenset()
    names = set(re.findall(r'^    "(\w+)"\?:', found[2], re.M))
    above = [one.strip() for one in re.sub(r"Partial<[^>]*>|,\s*IdReference", "", found[1]).split(",")]
    return frozenset(names.union(*(_own(one) for one in above if one.endswith("Base"))))


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in JSON-LD that has a type."""
    if isinstance(value, dict):
        assert "@type" in value
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict | list):
            yield from things(inner)


def linked(site: Built, path: str) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (site.folder / path).read_text("utf-8"))
    data: dict[str, Any] = json.loads(text)
    return data


def test_json_ld_says_only_what_schema_org_has_words_for(site: Built) -> None:
    needs("schema-dts")
    reported = 0
    for path in site.pages:
        if not is_unlisted(path):
            for thing in things(linked(site, path)):
                reported += 1
                assert thing.keys() - {"@type", "@context"} <= properties(thing["@type"]), (path, thing["@type"])
    assert reported > len(site.pages)


@pytest.mark.parametrize(
    ("family", "kind", "entity"),
    [
        ("actors", "WebPage", "Organization"),
        ("persons", "WebPage", "Person"),
        ("concepts", "WebPage", "DefinedTerm"),
        ("cases", "ScholarlyArticle", None),
        ("claims", "ScholarlyArticle", None),
        ("comparisons", "ScholarlyArticle", None),
    ],
)
def test_records_say_what_they_are(family: str, kind: str, entity: str | None, site: Built) -> None:
    for path in site.root.glob(f"content/{family}/*.*"):
        data = linked(site, f"{family}/{path.name.partition('.')[0]}/index.html")
        assert data["@type"] == kind
        assert data.get("mainEntity", {}).get("@type") == entity
        assert entity is None or data["mainEntity"]["name"] == data["name"]
    assert linked(site, "data/index.html")["@type"] == "Dataset"


def test_identifiers_are_links_and_say_what_is_the_same(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    path = root / "content/actors/plot-two.yaml"
    path.write_text(f"{path.read_text('utf-8')}\nror: 03yrm5c26\nwikidata: Q142\n", encoding="utf-8")
    site = Built(build_site(root))
    same = ["https://ror.org/03yrm5c26", "https://www.wikidata.org/wiki/Q142"]
    assert linked(site, "actors/plot-two/index.html")["mainEntity"]["sameAs"] == same
    hrefs = [tag["href"] for tag in site.pages["actors/plot-two/index.html"].all("a")]
    assert [href for href in hrefs if href in same] == same


def test_a_founding_date_is_reported_where_it_is_exact_only(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    path = "content/actors/plot-two.yaml"
    text = (root / path).read_text("utf-8")
    for start, reported in (
        ("1883-07-21", "1883-07-21"),
        ("1883", "1883"),
        ("1883~", None),
        ("188X", None),
        ("1883-21", None),
    ):
        (root / path).write_text(re.sub(r"(?m)^start:.*\n", "", text) + f"start: {start}\n", encoding="utf-8")
        data = linked(Built(build_site(root)), "actors/plot-two/index.html")
        assert data["mainEntity"].get("foundingDate") == reported, start


# OpenGraph, and the twins.


def test_every_page_has_a_picture_and_says_whose_twin_it_is(site: Built) -> None:
    for path, page in site.pages.items():
        tags = [(tag["property"], tag["content"]) for tag in page.all("meta") if "property" in tag]
        if is_unlisted(path):
            assert tags == []
            continue
        one = dict(tags)
        assert {
            "og:title",
            "og:description",
            "og:type",
            "og:url",
            "og:site_name",
            "og:locale",
            "og:image:alt",
        } <= one.keys()
        assert all(content for _, content in tags)
        assert one["og:url"] in site.published()
        assert (site.folder / one["og:image"].removeprefix(site.base)).is_file()
        locales = [content for name, content in tags if name.startswith("og:locale")]
        assert all(re.fullmatch(r"[a-z]{2,3}_[A-Z]{2}", locale) for locale in locales)
        assert len(set(locales)) == len({page.language, *page.alternates} - {"x-default"})


def test_there_is_a_small_picture_for_each_kind_of_page(site: Built) -> None:
    pictures = sorted((site.folder / "static/og").iterdir())
    names = {path.stem for path in pictures}
    assert {"atlas", *(family.folder for family in INDEXED)} <= names
    for address, page in site.published().items():
        [picture] = [tag["content"] for tag in page.all("meta") if tag.get("property") == "og:image"]
        parts = address.removeprefix(site.base).split("/")
        folder = parts[1] if parts[0] in site.languages else parts[0]
        assert picture == f"{site.base}static/og/{folder if folder in names else 'atlas'}.png", address
    for path in pictures:
        data = path.read_bytes()
        assert struct.unpack(">II", data[16:24]) == (1200, 630)
        assert len(data) <= 20_000


def test_every_record_has_a_twin_that_says_the_same(site: Built) -> None:
    alternates = 0
    for path, page in site.pages.items():
        rows = [link for link in page.all("link") if link["rel"] == "alternate"]
        links = [link["href"] for link in rows if link.get("type") == "application/json"]
        if not links:
            continue
        alternates += 1
        twin = json.loads((site.folder / resolve(path, links[0])[0]).read_text("utf-8"))
        assert twin["id"] == path.split("/")[-2]
        own = next(row for row in twin["languages"].values() if row["tag"] == page.language)
        assert own["url"] == site.base + path.removesuffix("index.html")
        assert " ".join(own["title"].split()) in page.text_within()
        for row in (*twin.get("facts", ()), *twin.get("relations", ())):
            assert row["id"] in page.anchors, (path, row["id"])
            assert row["url"].endswith(f"#{row['id']}")
    families = ("actors", "instruments", "persons", "cases", "concepts", "claims", "comparisons", "datasets")
    ids = {path.name.partition(".")[0] for family in families for path in site.root.glob(f"content/{family}/*.*")}
    assert alternates == len(ids) * len({page.language for page in site.pages.values()})


# Changes.


def test_releases_and_corrections_are_on_the_page_and_in_the_feed_newest_first(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    site = root / "content/site.yaml"
    site.write_text(
        site.read_text("utf-8")
        + "releases:\n  - {date: 2027-02-03, version: '1.0', text: {en: The first whole plot.}}\n",
        encoding="utf-8",
    )
    path = root / "content/actors/plot-one.yaml"
    path.write_text(
        path.read_text("utf-8")
        + 'updated: 2027-01-10\nchanges:\n  - {date: 2027-01-10, text: "The can, not the hose: a slip [[plot-two]]."}\n',
        encoding="utf-8",
    )
    built = Built(build_site(root))
    text = built.pages["changes/index.html"].text_within()
    assert "Version 1.0" in text
    assert "The first whole plot." in text
    assert "The can, not the hose: a slip" in text
    order = [id for id in built.pages["changes/index.html"].ids if re.fullmatch(r"_\d{4}-\d\d-\d\d", id)]
    assert order[:2] == ["_2027-02-03", "_2027-01-10"]
    assert order == sorted(order, reverse=True)
    entries = built.feeds()["feed.xml"].entries
    assert [entry.title for entry in entries[:1]] == ["Version 1.0"]
    assert entries[0].summary == "The first whole plot."
    assert entries[1].summary.startswith("The can, not the hose: a slip")
    assert entries[1].link == f"{built.base}actors/plot-one/"
    assert built.feeds()["feed.xml"].feed.updated == "2027-02-03T00:00:00Z"
    twin = json.loads((built.folder / "actors/plot-one/index.json").read_text("utf-8"))
    assert twin["updated"] == "2027-01-10"
    assert list(twin["changes"][0]["text"]) == ["en"]


def test_a_release_names_its_day_its_version_and_what_is_new(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    edit(root, "content/site.yaml", "navigation:", "releases: [{date: 2027-02-03}]\nnavigation:")
    report = build(root, tmp_path / "out")
    assert report.code == 1
    assert report.rules() == ["missing-key", "missing-key"]
