"""Every statement has a link to itself, wherever it is shown: on its record, beside others, among what cites a work."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from built_sites import BuiltPage, Sites, resolve


@dataclass(slots=True)
class Statement:
    """An element that states something. kind: how a page shows it; links: where its own permalinks lead."""

    kind: str
    id: str
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Open:
    """An element that has begun. lists: whether its items are statements; is_within: whether it stands among pairs."""

    tag: str
    statement: Statement | None
    lists: bool
    is_within: bool


class Statements(HTMLParser):
    """The statements of a page: items of lists of statements, paragraphs and items of a text that bear an id."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Statement] = []
        self.open: list[Open] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        row = {name: value or "" for name, value in attrs}
        classes = row.get("class", "").split()
        above = self.open[-1] if self.open else None
        if tag == "a" and "permalink" in classes and above and above.statement:
            above.statement.links.append(row["href"])
        statement = None
        id = row.get("id", "")
        if tag == "li" and above and above.lists:
            statement = Statement("list", id)
        elif id and tag in ("p", "li", "dd", "dt") and not id.startswith(("_", "fn:")):
            statement = Statement("text", id)
        if statement:
            self.found.append(statement)
        if tag not in self.VOID:
            # Pages that compare a record with another are listed like statements.
            is_within = id == "_pairs" or bool(above and above.is_within)
            self.open.append(Open(tag, statement, "statements" in classes and not is_within, is_within))
        if tag == "ul" and "statements" in classes:  # a frame around statements that disagree is none itself
            for one in reversed(self.open[:-1]):
                if one.statement:
                    self.found.remove(one.statement)
                    break

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An empty element of a drawing."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its folder, its pages, and the statements of each but those that are bound to be printed."""

    out: Path
    pages: dict[str, BuiltPage]
    statements: dict[str, list[Statement]]


@pytest.fixture(scope="module", params=["three", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> Site:
    """A sample site, and this repository's own."""
    out, pages = built(request.param).out, built(request.param).pages
    own = [path for path in pages if "print" not in path.split("/")]
    found = {path: Statements((out / path).read_text(encoding="utf-8")).found for path in own}
    return Site(out, pages, found)


def test_every_statement_has_one_link_that_leads_to_its_place(site: Site) -> None:
    faults = []
    kinds: Counter[str] = Counter()
    for path, statements in site.statements.items():
        for one in statements:
            targets = [resolve(path, link) for link in one.links]
            kinds[one.kind] += 1
            own = not one.id or targets == [(path, one.id)]
            # What the summary of a record says stands at its top.
            there = all(target in site.pages and id in site.pages[target].anchors | {""} for target, id in targets)
            if len(targets) != 1 or not own or not there:
                faults.append((path, one))
    assert faults == []
    assert min(kinds["text"], kinds["list"]) >= 30


def test_every_fact_and_relation_is_at_its_address_in_every_language(site: Site) -> None:
    folders = [path.removesuffix("404.html") for path in site.pages if path.endswith("404.html")]
    assert len(folders) == 3
    permalinks = {(path, one.id) for path, statements in site.statements.items() for one in statements if one.id}
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path, statements in site.statements.items():
        for one in statements:
            for link in one.links:
                shown[resolve(path, link)].add(path)
    # Of a record with many facts the page of a dimension shows some, and leads to the others.
    reached = {path: {resolve(path, link) for link in page.links} for path, page in site.pages.items()}
    [base] = [link["href"] for link in site.pages["index.html"].all("link") if link.get("rel") == "canonical"]
    for table in ("facts", "relations"):
        rows = json.loads((site.out / f"data/{table}.json").read_text(encoding="utf-8"))
        assert len(rows) > 10
        for row in rows:
            path, _, id = row["url"].removeprefix(base).partition("#")
            assert row["id"].endswith(id)
            path = path.removeprefix(next(folder for folder in sorted(folders)[::-1] if path.startswith(folder)))
            for folder in folders:
                place = (f"{folder}{path}index.html", id)
                assert place in permalinks, row["url"]
                beside = {each.removeprefix(folder).split("/")[0] for each in shown[place] - {place[0]}}
                family = path.partition("/")[0]
                # The contrasts of a comparison may open comparison pages; of other families these list records.
                if table == "facts" and family != "comparisons":
                    more = (place[0], f"_dimension-{row['dimension']}")
                    is_reached = (
                        "compare" in beside or more in reached[f"{folder}compare/{row['dimension']}/index.html"]
                    )
                    assert is_reached == (family == "actors"), row["url"]
