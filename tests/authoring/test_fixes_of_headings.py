"""Ids for what lacks one: where they are written, and that no two are the same."""

from __future__ import annotations

from itertools import count

import pytest

from atlas.authoring.fixes import add_ids, add_missing_ids
from atlas.core.sources import Source

MATTER = "---\nlang: en\n---\n"


def fixed(body: str, matter: str = MATTER) -> str:
    """The body of a case with its ids; those that are drawn are x1, x2…"""
    numbers = count(1)
    return add_ids(Source("content/cases/gift.md", matter + body), lambda: f"x{next(numbers)}").removeprefix(matter)


@pytest.mark.parametrize(
    ("body", "with_id"),
    [
        ("## Situation\n", "## Situation {#situation}\n"),
        ("### L’été à la jetée  \n", "### L’été à la jetée {#l-ete-a-la-jetee}  \n"),
        ("## 灯\n", "## 灯 {#s-x1}\n"),
        ("##Title\n", "##Title {#title}\n"),
        ("> ## Title\n", "> ## Title {#title}\n"),
        ("## Title {.reading}\n", "## Title {#title .reading}\n"),
        ("## The [feu]{lang=fr}\n", "## The [feu]{lang=fr} {#the-feu}\n"),
        ("## Title {dimension=origin}\n", "## Title {#title dimension=origin}\n"),
        ("## A set \\{#a}\n", "## A set \\{#a} {#a-set-a}\n"),
        ("Lit. {dimension=origin}\n", "Lit. {#f-x1 dimension=origin}\n"),
        ("Lit. {: dimension=origin}\n", "Lit. {:#f-x1  dimension=origin}\n"),
        ("#1 of the list\n", "#1 of the list\n"),
        ("```\n## Title\n```\n", "```\n## Title\n```\n"),
        ("## Title {#title}\n\nLit. {#lit dimension=origin}\n", "## Title {#title}\n\nLit. {#lit dimension=origin}\n"),
    ],
)
def test_an_id_is_written_where_it_lacks(body: str, with_id: str) -> None:
    assert fixed(body) == with_id
    assert fixed(with_id) == with_id


def test_headings_of_the_same_words_get_different_ids() -> None:
    body = "## Title\n\n## Title\n\n## Other {#title-2}\n\n## Title\n"
    assert fixed(body) == "## Title {#title}\n\n## Title {#title-3}\n\n## Other {#title-2}\n\n## Title {#title-4}\n"


@pytest.mark.parametrize("matter", ["---  \nlang: en\n---\n", "---\nlang: en\n--- \t\n", "---\n---\n"])
def test_front_matter_is_left_alone_whatever_spaces_follow_its_lines(matter: str) -> None:
    assert fixed("## Title\n", matter.replace("lang: en", "## a remark")) == "## Title {#title}\n"


ORIGINAL = "content/cases/gift.md"
FRENCH = "content/cases/gift.fr.md"


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        ("## One {#one}\n\n## Two {#two}\n", "## Un\n\n## Deux {#two}\n", "## Un {#one}\n\n## Deux {#two}\n"),
        ("## One {#one}\n\n## Two {#two}\n", "## Un\n\n## Deux\n", "## Un {#one}\n\n## Deux {#two}\n"),
        ("One\n---\n", "Un\n---\n", "Un {#one}\n---\n"),
        ("One {#one}\n---\n\n## Two {#two}\n", "## Un\n\nDeux\n---\n", "## Un {#one}\n\nDeux {#two}\n---\n"),
        ("## One\n", "## Un\n", "## Un {#one}\n"),
        ("## One {#one}\n\n## Two {#two}\n", "## Un\n", "## Un\n"),
        ("## One {#one}\n\n## Two {#two}\n", "## Deux {#two}\n\n## Un\n", "## Deux {#two}\n\n## Un\n"),
    ],
)
def test_a_translation_gets_the_ids_of_its_original(original: str, translation: str, expected: str) -> None:
    sources = {path: Source(path, MATTER + body) for path, body in ((ORIGINAL, original), (FRENCH, translation))}
    texts = {path: source.text for path, source in sources.items()} | add_missing_ids(sources, lambda: "x")
    assert texts[FRENCH] == MATTER + expected
