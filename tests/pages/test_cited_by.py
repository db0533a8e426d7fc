"""What a work is cited by, against a search of the sources that shares no line with the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from built_sites import BuiltPage, BuiltSite, Sites, is_elsewhere, resolve

Pair = tuple[str, str, str]
"""A work, the path of the page that cites it (without language), and the anchor on that page."""

FENCES = re.compile(r"^(`{3,}).*?^\1`*\s*?$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
ADDRESSES = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*\)|\[\[[^\]]*\]\]|https?://\S+")
NOTE = re.compile(r"\[\^([^\]]+)\]:")
HEADING = re.compile(r"#{2,6} .*\{#([\w-]+)[^}]*\}\s*")
ATTRIBUTES = re.compile(r"\{#([\w-]+)[^}]*\}\s*$")
CITED = re.compile(r"(?<![\w\\@/.])@\{?([\w][\w:.+/&$~-]*)")


def keys_in(text: str, known: set[str]) -> list[str]:
    """The works that a text cites: every `@key` that is no e-mail address and stands in no code or link."""
    for what in (COMMENTS, FENCES, CODE, ADDRESSES):
        text = what.sub(" ", text)
    cited = {key.rstrip(".:") for key in CITED.findall(text)}
    return sorted(cited & known)


def anchored(body: str) -> Iterator[tuple[str, str]]:
    """The paragraphs, items and notes of a body, each with its own id, else that of the heading above it."""
    heading = ""
    body = COMMENTS.sub("", FENCES.sub("", body))
    for paragraph in re.split(r"\n\s*\n", body):
        for block in re.split(r"\n(?=\s*(?:[-*+]|\d+[.)]) )", paragraph):
            lines = block.strip()
            if found := HEADING.match(lines):
                heading = found[1]
                yield heading, lines.partition("\n")[0]
                lines = lines.partition("\n")[2]
            own, note = ATTRIBUTES.search(lines), NOTE.match(lines)
            yield (f"fn:{note[1]}" if note else own[1] if own else heading), lines


class Search:
    """One site's sources: its works, and what its records say in each language."""

    def __init__(self, root: Path) -> None:
        self.content = root / "content"
        self.site = yaml.safe_load((self.content / "site.yaml").read_text("utf-8"))
        bibliography = (root / "bibliography.bib").read_text("utf-8")
        self.works = set(re.findall(r"^@(?!string|comment|preamble)\w+\{([^,\s]+),", bibliography, re.M | re.I))

    def records(self) -> Iterator[tuple[Path, dict[str, Path]]]:
        """Each record's first file and its translations by language."""
        languages = "|".join(self.site["languages"])
        for path in sorted(self.content.glob("*/*.*")):
            if path.parent.name == "files" or re.search(rf"\.(?:{languages})\.\w+$", path.name):
                continue
            yield (
                path,
                {
                    language: path.with_suffix(f".{language}{path.suffix}")
                    for language in self.site["languages"]
                    if path.with_suffix(f".{language}{path.suffix}").exists()
                },
            )

    def pairs(self, language: str) -> set[Pair]:
        """Everything that cites a work on the pages of a language."""
        found: set[Pair] = set()
        for path, translations in self.records():
            first = load(path)
            other = load(translations[language]) if language in translations and first["lang"] != language else {}
            address = path.parent.name + "/" + path.stem
            if path.parent.name == "pages":
                address = first.get("path", path.stem).strip("/")
                address = "" if path.stem == "home" else address
            found |= {(key, address, anchor) for anchor, key in self.cited(first, other)}
        return found

    def cited(self, first: dict[str, Any], other: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """The anchors and works of a record, its texts in a translation where that has them."""
        cites = partial(keys_in, known=self.works)
        for name in ("title", "summary", "lead"):
            yield from (("", key) for key in cites(str(other.get(name) or first.get(name) or "")))
        for anchor, text in anchored(other.get("body") or first.get("body") or ""):
            yield from ((anchor, key) for key in cites(text))
        for table, words in (("facts", "text"), ("relations", "note")):
            for row in first.get(table, ()):
                text = other.get(table, {}).get(row["id"]) or row.get(words) or ""
                yield from ((row["id"], key) for key in cites(text))
                yield from ((row["id"], key) for key in sources(row))
        for row in first.get("table", {}).get("rows", ()):
            cells = [
                cell for value in row["cells"].values() for cell in (value if isinstance(value, list) else [value])
            ]
            for holder in (row, *(cell for cell in cells if isinstance(cell, dict))):
                yield from ((row["id"], key) for key in sources(holder))
        for row in first.get("names", ()):
            yield from (("_data", key) for key in sources(row))
        for row in first.get("changes", ()):
            text = other.get("changes", {}).get(row["date"]) or row["text"]
            yield from (("", key) for key in cites(text))
        if "quotation" in first:
            yield "", first["quotation"]["work"]
        yield from (("_references", key) for key in first.get("nocite", ()))


@cache
def load(path: Path) -> dict[str, Any]:
    """A record's file: its keys, and its text as `body`."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        _, matter, body = text.split("---\n", 2)
        return {**yaml.load(matter, yaml.CSafeLoader), "body": body}
    return dict(yaml.load(text, yaml.CSafeLoader))


def sources(row: dict[str, Any]) -> list[str]:
    """The works that a row names as its sources."""
    return [source if isinstance(source, str) else source["work"] for source in row.get("sources", ())]


def shown(pages: dict[str, BuiltPage], prefix: str) -> set[Pair]:
    """What the pages of works in one language say they are cited by."""
    found: set[Pair] = set()
    for path, page in pages.items():
        work = re.fullmatch(rf"{prefix}sources/((?!by-)[^/]+)/index\.html", path)
        for address in statements(page) if work else ():
            target, anchor = resolve(path, address)
            assert work
            found.add((work[1], target.removeprefix(prefix).removesuffix("index.html").strip("/"), anchor))
    return found


def statements(page: BuiltPage) -> list[str]:
    """The addresses of the statements that a page of a work lists."""
    links = [link for link in page.all("a") if link.get("class") == "permalink"]
    return [link["href"] for link in links if not is_elsewhere(link["href"])]


@pytest.fixture(scope="module", params=["three", "allotments", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> BuiltSite:
    """Each of the sample sites, and this repository's own."""
    return built(request.param)


def test_what_cites_a_work_is_what_a_search_of_the_sources_finds(site: BuiltSite) -> None:
    search = Search(site.root)
    for number, language in enumerate(search.site["languages"]):
        reported = shown(site.pages, f"{language}/" if number else "")
        found = search.pairs(language)
        assert len(found) >= 3
        assert reported - found == set(), f"said to cite in {language}, but no source does"
        assert found - reported == set(), f"cites in {language}, but is not reported"
