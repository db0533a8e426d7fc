"""A copy of the engine to which a family, a page kind, a key, a language and a rule are added, each in exactly the
places that CONTRIBUTING names under “Where to change what”, and a small site that uses them all.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

import pytest
from built_sites import BuiltPage, read_pages
from site_copies import REPOSITORY, add, copy_site, edit, write

FAMILY = "add a family of records"
PAGE_KIND = "add a page kind"
KEY = "add a key to a record: a text or an address"
LANGUAGE = "add a language"
RULE = "add a rule"
NAMES = {"ID": "event", "FOLDER": "events", "NOUN": "almanac", "LANG": "es"}
"""What stands in the paths of the table for the names of what is added here."""

EVENT = """\
    Family(
        id="event",
        folder="events",
        form="md",
        dimensions="stated",
        has_life=True,
        has_table=True,
        has_feed=True,
        argues=True,
        keys=(
            TITLE,
            SIDES,
            *DATES,
            Field("actors", RecordIds(_RECORD_ID, families=("actor",)), "the actors that took part"),
            SUMMARY,
        ),
    ),
    Family(
        id="page",
"""
FAIR = """\
---
lang: en
date: 2026-11-22
title: The turnip fair
sides: [sunny, shady]
start: 2001
actors: [plot-one]
summary: A fair of both sides [@sprout1999sheds].
---

Both sides came [@sprout1999sheds, p. 2]. {#came dimension=watering}
"""
ALMANAC_VIEWS = '''"""The almanac."""

from __future__ import annotations

from atlas.pages.view_parts import PageView


class AlmanacView(PageView, frozen=True):
    """The almanac: how many days it has."""

    days: int
'''
ALMANAC_PAGES = '''"""The page of the almanac."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.pages.almanac.views import AlmanacView
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_citations import list_tags
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, generated_page


def almanac_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """The almanac."""
    yield generated_page(locale_site, "/almanac/", locale_site.words.t("almanac"), _almanac_view)


def _almanac_view(context: PageContext) -> AlmanacView:
    title = context.locale_site.words.t("almanac")
    return AlmanacView(head(context, title, tags=list_tags(context, title)), days=len(context.atlas.records))
'''
ALMANAC_HTML = """\
{% extends "base.html" %}
{% block main %}
<h1>{{ view.head.title }}</h1>
<p>{{ t("almanac-days", n=view.days) }}</p>
{% endblock %}
"""
WORDS = {
    FAMILY: "event: Event\nevents: Events\nevent-count: {one: '{n} event', other: '{n} events'}\n"
    "related-events: Related events\ntable-events: Events\n",
    PAGE_KIND: "almanac: Almanac\nalmanac-days: {one: '{n} day', other: '{n} days'}\n",
    KEY: "motto: Motto\ncolumn-motto: Motto of the actor\n",
}
"""The words that each addition needs, for all languages here."""


@dataclass
class Extended:
    """The copy of the engine, the small site, and the files that each addition has touched."""

    engine: Path
    root: Path
    touched: dict[str, list[str]] = field(default_factory=dict)

    def edit(self, row: str, path: str, old: str, new: str) -> None:
        """Replace a text of the engine that stands once in a file."""
        edit(self.engine, path, old, new)
        self.touched.setdefault(row, []).append(path)

    def write(self, row: str, path: str, text: str) -> None:
        """Write a file of the engine."""
        write(self.engine, path, text)
        self.touched.setdefault(row, []).append(path)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program of the copy."""
        command = [sys.executable, "build.py", *arguments]
        return subprocess.run(command, cwd=self.engine, capture_output=True, text=True, encoding="utf-8", check=False)

    @cached_property
    def report(self) -> subprocess.CompletedProcess[str]:
        """A build of the small site."""
        return self.run("build", "--root", str(self.root), "-o", str(self.root / "site"), "--json")

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """The pages of the small site."""
        assert self.report.returncode == 0, self.report.stdout + self.report.stderr
        return read_pages(self.root / "site")


def add_words(own: Extended, row: str) -> None:
    """The words of an addition, in every catalogue of the engine."""
    for path in sorted((own.engine / "templates/words").glob("*.yaml")):
        add(path, WORDS[row])
        own.touched[row].append(path.relative_to(own.engine).as_posix())


def add_family(own: Extended) -> None:
    """The family `event`."""
    own.edit(FAMILY, "atlas/schema/families.py", '    Family(\n        id="page",\n', EVENT)
    own.write(FAMILY, "templates/event.html", '{% extends "_record.html" %}\n')
    add_words(own, FAMILY)
    write(own.root, "content/events/fair.md", FAIR)


def add_page_kind(own: Extended) -> None:
    """The page of the almanac, at the foot of every page."""
    own.write(PAGE_KIND, "atlas/pages/almanac/__init__.py", '"""The almanac."""\n')
    own.write(PAGE_KIND, "atlas/pages/almanac/views.py", ALMANAC_VIEWS)
    own.write(PAGE_KIND, "atlas/pages/almanac/almanac_pages.py", ALMANAC_PAGES)
    own.write(PAGE_KIND, "templates/almanac.html", ALMANAC_HTML)
    registry = "atlas/pages/registry.py"
    first = "from atlas.pages.changes.change_pages import"
    new = "from atlas.pages.almanac.almanac_pages import almanac_pages\nfrom atlas.pages.almanac.views import AlmanacView\n"
    own.edit(PAGE_KIND, registry, first, new + first)
    kind = '    PageKind(\n        templates=("almanac.html",), view=AlmanacView, make=almanac_pages, path="/almanac/", foot=4\n    ),\n'
    last = '    PageKind(templates=("sitemap.xml",), view=SitemapView),\n'
    own.edit(PAGE_KIND, registry, last, kind + last)
    add_words(own, PAGE_KIND)


def add_key(own: Extended) -> None:
    """The key `motto` of an actor."""
    old = '            Field(\n                "unanswered",\n'
    new = '            Field("motto", Line("a motto"), "what it says of itself", column=True, word="motto"),\n'
    own.edit(KEY, "atlas/schema/families.py", old, new + old)
    add_words(own, KEY)
    add(own.root / "content/actors/plot-one.yaml", "motto: Sun before rain\n")


def add_language(own: Extended) -> None:
    """Spanish, in words that are English still."""
    own.write(LANGUAGE, "templates/words/es.yaml", (own.engine / "templates/words/en.yaml").read_text("utf-8"))
    path = "content/site.yaml"
    text = re.sub(r"\{en: ('[^']*'|[^{}]*)\}", r"{en: \1, es: \1}", (own.root / path).read_text("utf-8"))
    line = "  en: {tag: en, name: English}\n"
    write(own.root, path, text.replace(line, f"{line}  es: {{tag: es, name: Español}}\n"))
    own.touched[LANGUAGE].append(path)


def add_rule(own: Extended) -> None:
    """A rule for mottos."""
    own.edit(
        RULE,
        "atlas/core/rules.py",
        "    UNPLACED_QUOTATION = (\n",
        '    LONG_MOTTO = ("long-motto", "A motto has three words at most.", "warning")\n    UNPLACED_QUOTATION = (\n',
    )
    old = "        yield from _quoted_in_facts(record)\n"
    new = (
        '        if len(record.details.get("motto", "").split()) > 3:\n'
        '            yield Problem(record.span, Rule.LONG_MOTTO, "this motto is long", "write three words at most")\n'
    )
    own.edit(RULE, "atlas/lint/evidence.py", old, old + new)
    add(own.root / "content/actors/plot-two.yaml", "motto: Shade is where the marrows are\n")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Extended:
    """The copy with all that is added, and the small site."""
    folder = tmp_path_factory.mktemp("extending")
    engine = folder / "engine"
    for part in ("atlas", "templates"):
        shutil.copytree(REPOSITORY / part, engine / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "build.py", engine)
    own = Extended(engine, copy_site("allotments", folder))
    for adding in (add_family, add_page_kind, add_key, add_rule, add_language):
        adding(own)
    assert own.pages  # built before a test adds to the site
    return own


def table() -> dict[str, str]:
    """“Where to change what”: where to look, by what one wants."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = text.split("\n## Where to change what\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"(?m)^\| (.*?) \| (.*) \|$", part)
    return {want: where for want, where in rows[1:] if not want.startswith("---")}


def named(row: str) -> Iterator[str]:
    """The paths that a row of the table names, as patterns."""
    for path in re.findall(r"`([^` ]+)`", table()[row]):
        for name, value in NAMES.items():
            path = re.sub(rf"\b{name}\b", value, path)
        yield path + "*" if path.endswith("/") else path


@pytest.mark.parametrize("row", [FAMILY, PAGE_KIND, KEY, LANGUAGE, RULE])
def test_the_table_names_every_file_that_is_touched(row: str, extended: Extended) -> None:
    patterns = list(named(row))
    assert [path for path in extended.touched[row] if not any(fnmatch(path, each) for each in patterns)] == []


@pytest.mark.parametrize("row", list(table()))
def test_every_path_of_the_table_is_there(row: str, extended: Extended) -> None:
    own = [path for path in re.findall(r"`([^` ]+)`", table()[row]) if "/" in path]
    fixed = [path for path in own if not re.search(r"\b(ID|FOLDER|NOUN|LANG|NAME)\b", path)]
    assert [path for path in fixed if not any(REPOSITORY.glob(path.rstrip("/")))] == []


def test_the_site_builds_and_only_the_new_rule_speaks(extended: Extended) -> None:
    assert "Traceback" not in extended.report.stderr
    problems = json.loads(extended.report.stdout)["problems"]
    assert [(row["path"], row["rule"]) for row in problems] == [("content/actors/plot-two.yaml", "long-motto")]


def test_no_label_is_empty(extended: Extended) -> None:
    empty = re.compile(r"<(a|h[1-6]|dt|dd|li|th|title|option|label|figcaption)\b[^>]*>\s*</\1>|class=\"kicker\">\s*<")
    found = {
        path: html[0]
        for path in extended.pages
        if (html := empty.search((extended.root / "site" / path).read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_family_is_wherever_families_are(extended: Extended) -> None:
    pages = extended.pages
    for language in ("", "es/"):
        for path in ("events/", "events/by-side/", "events/by-letter/", "print/events/", "events/fair/"):
            assert f"{language}{path}index.html" in pages
        assert "Event" in pages[f"{language}events/fair/index.html"].text_within("_main")
        assert "Related events" in pages[f"{language}actors/plot-one/index.html"].text_within("_events")
        assert "1 event" in pages[f"{language}index.html"].text_within("_main")
        assert "Events" in pages[f"{language}compare/watering/index.html"].text_within("_family-event")
        assert (extended.root / "site" / language / "events/feed.xml").is_file()
    with (extended.root / "site/data/events.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["fair"]


def test_the_page_kind_is_in_every_language_and_at_the_foot_of_every_page(extended: Extended) -> None:
    sitemap = (extended.root / "site/sitemap.xml").read_text(encoding="utf-8")
    for language, path in (("", "almanac/"), ("es/", "es/almanac/")):
        assert extended.pages[f"{path}index.html"].text_within("_main").startswith("Almanac")
        assert f"<loc>https://turnip.example/{path}</loc>" in sitemap
        assert "almanac/" in extended.pages[f"{language}index.html"].links


def test_the_key_is_on_the_page_in_the_json_and_in_the_table(extended: Extended) -> None:
    assert "Motto Sun before rain" in extended.pages["actors/plot-one/index.html"].text_within("_main")
    record = json.loads((extended.root / "site/actors/plot-one/index.json").read_text(encoding="utf-8"))
    assert record["motto"] == "Sun before rain"
    with (extended.root / "site/data/actors.csv").open(encoding="utf-8", newline="") as file:
        assert {row["id"]: row["motto"] for row in csv.DictReader(file)}["plot-one"] == "Sun before rain"


def test_schemas_reference_and_scaffolds_follow(extended: Extended) -> None:
    assert extended.run("schema", "--root", str(extended.root)).returncode == 0
    schemas = extended.root / "schema"
    assert "motto" in json.loads((schemas / "actor.json").read_text(encoding="utf-8"))["properties"]
    assert (schemas / "event.translation.json").is_file()
    assert extended.run("new", "event", "flood", "--root", str(extended.root)).returncode == 0
    assert "# " not in (extended.root / "content/events/flood.md").read_text(encoding="utf-8").partition("---")[0]
    (extended.engine / "docs").mkdir()
    wrote = subprocess.run([sys.executable, "-m", "atlas.cli.reference"], cwd=extended.engine, check=False)
    reference = (extended.engine / "docs/reference.md").read_text(encoding="utf-8")
    assert wrote.returncode == 0
    assert all(name in reference for name in ("content/events/ID.md", "AlmanacView", "#### long-motto", "| `motto` |"))
