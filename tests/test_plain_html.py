"""The fast reader of pages sees what the reader of Python sees, and refuses what it does not know."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from built_sites import Sites
from plain_html import PlainReader

PAGE = """<!DOCTYPE html>
<html lang="fr"><!-- <p> --><body class="a > b" hidden>
<P Title="&quot;a&quot; &amp; b">x &lt; y&nbsp;&#233;<br/><svg viewBox="0 0 1 1"><path d=""/></svg></p >
<script>if (a < b && c) "<p>&amp;"</script><style></style></body></html>
"""


class Seen:
    """What a reader calls, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(("/", tag))

    def handle_data(self, data: str) -> None:
        self.seen.append(("", data))


class SeenFast(Seen, PlainReader):
    """What the fast reader calls."""


class SeenByPython(Seen, HTMLParser):
    """What the reader of Python calls."""


def both(html: str) -> tuple[list[tuple[str, object]], list[tuple[str, object]]]:
    """What the two see of a page."""
    fast, python = SeenFast(), SeenByPython()
    fast.feed(html)
    python.feed(html)
    return fast.seen, python.seen


def test_a_page_of_every_part_is_seen_as_python_sees_it() -> None:
    fast, python = both(PAGE)
    assert len(fast) > 20
    assert fast == python


@pytest.mark.parametrize("name", ["three", "allotments"])
def test_built_pages_are_seen_as_python_sees_them(name: str, built: Sites) -> None:
    differing, count = [], 0
    for path in sorted(built(name).out.rglob("*.html"))[::3]:  # each kind of page is there many times
        fast, python = both(path.read_text(encoding="utf-8"))
        count += 1
        if fast != python:
            differing.append(path.name)
    assert count > 10
    assert differing == []


@pytest.mark.parametrize(
    "html",
    ["a < b", "<p>a <b", "<p class='a'>", "<p class=a>", '<p class="a>', "<p a=\"<\">", "</p a=\"b\">", "<script>a"],
)  # fmt: skip
def test_what_is_not_plain_is_an_error_and_never_read_otherwise(html: str) -> None:
    with pytest.raises(AssertionError):
        SeenFast().feed(html)
