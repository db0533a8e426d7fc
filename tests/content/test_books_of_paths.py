"""The records of a book that follows the text of a page below one heading."""

from __future__ import annotations

import pytest
from small_atlases import actor, made, page

from atlas.content.book_model import DeclaredBook
from atlas.content.books import records_of
from atlas.core.problems import Span

TEXT = """\
## Before

[[before]]

## Route {#route}

[[first]][^1]

A fact about [[second]]. {#second-fact}

### More {#more}

[[third]]

## After

[[after]]

[^1]: As [[note]] says."""
IDS = ("before", "first", "second", "third", "after", "note")


@pytest.mark.parametrize(
    ("path", "records"),
    [
        ("guide#route", ("first", "second", "third")),
        ("guide#more", ("third",)),
        ("guide", ("guide", "before", "first", "second", "third", "after", "note")),
    ],
)
def test_a_path_has_all_records_below_its_heading(path: str, records: tuple[str, ...]) -> None:
    atlas = made({"content/pages/guide.md": page(TEXT)} | {f"content/actors/{id}.yaml": actor(id) for id in IDS}).atlas
    span = Span("content/books/walk.yaml")
    book = DeclaredBook("walk", {"en": "Walk"}, (), (), path, (), (), ("epub",), span)
    assert records_of(atlas, book) == records
