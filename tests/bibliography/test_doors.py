"""Every field of every type of work, in every style: none of them is a way for markup into a page."""

from __future__ import annotations

import re
from functools import cache

import pytest
from reference_lists import STYLES, style

from atlas.bibliography.citing.syntax import parse_citation
from atlas.bibliography.formatting.citer import Citer
from atlas.bibliography.parsing.biblatex import FIELDS, TYPES
from atlas.bibliography.parsing.works import Work, read_works

STYLE_NAMES = sorted({path.stem for path in STYLES.glob("*.yaml")} - {"words"})
MARKUP = r"\textless{}u a='x' b=\"y\"\textgreater{}{<}script{>}&lt;"
"""Markup that is not there before LaTeX is read."""
BASE = {
    "author": "Doe, Jo",
    "title": "T",
    "journal": "J",
    "publisher": "P",
    "volume": "5",
    "number": "3",
    "year": "2001",
}
SHOWN = sorted(name for name, kind in FIELDS.items() if kind in ("text", "names", "verbatim"))
DOORS = [name for name in SHOWN if name not in ("doi", "url", "archiveurl", "year", "month", "day")]
ALLOWED = re.compile(r'</?(?:i|em|sup|sub)>|</?span(?: lang="[\w-]+")?>|<i lang="[\w-]+">|<a href="[^"<>]*">|</a>')


def entry(key: str, kind: str, fields: dict[str, str]) -> str:
    """An entry of a bibliography."""
    return f"@{kind}{{{key},{','.join(f'{name}={{{value}}}' for name, value in fields.items())}}}\n"


def entries() -> str:
    """For every type of entry one with markup in all its fields, and for every type of work one for each group of a few
    fields.
    """
    rows = [entry(f"{kind}-all", kind, dict.fromkeys(DOORS, MARKUP)) for kind in TYPES]
    kinds = {work: kind for kind, work in TYPES.items()}.values()
    groups = len(DOORS) // 4
    few = [DOORS[number::groups] for number in range(groups)]
    rows += [entry(f"{kind}-{names[0]}", kind, BASE | dict.fromkeys(names, MARKUP)) for kind in kinds for names in few]
    return "".join(rows)


@cache
def works() -> dict[str, Work]:
    """The works of all entries."""
    return {work.key: work for work in read_works(entries(), "bibliography.bib")[0]}


def stray(html: str) -> list[str]:
    """What in the HTML of a reference is neither text nor one of the elements that references are made of."""
    return re.findall(r".{0,30}[<>].{0,30}", ALLOWED.sub("", html))


@pytest.mark.parametrize("name", STYLE_NAMES)
def test_no_field_brings_markup_into_a_reference(name: str) -> None:
    citer = Citer(works(), style(name), "en")
    assert len(works()) > 600
    assert {key: found for key in works() if (found := stray(citer.reference(key)))} == {}


@pytest.mark.parametrize("language", ["fr", "zh-Hans"])
@pytest.mark.parametrize("name", STYLE_NAMES)
def test_no_field_brings_markup_into_a_reference_or_citation_of_another_page(name: str, language: str) -> None:
    full = {key: work for key, work in works().items() if key.endswith("-all")}
    citer = Citer(full, style(name), language)
    for key in full:
        citation = parse_citation(f"[{MARKUP} @{{{key}}}, p. {MARKUP}; {MARKUP}]", 0) or parse_citation(f"[@{key}]", 0)
        assert citation
        said = "".join(words for _, words in citer.label(citation.cites))
        assert [*stray(citer.reference(key)), *stray(said)] == []
