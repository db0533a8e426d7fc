"""Finds the placeholders that `new` writes and an author still has to replace."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from atlas.content.front_matter import FrontMatter, find_front_matter
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.markdown.tokens import read_tokens

TODO: Final = "TODO"
"""The placeholder for text that is still to be written."""

BLANKS: Final = frozenset({Rule.TODO_LEFT, Rule.TODO_IN_DRAFT})
"""The rules about placeholders."""
_LEFT: Final = re.compile(rf"\b{TODO}\b")
_RECORDS: Final = (".yaml", ".md")


def find_placeholders(sources: Iterable[Source], drafts: Collection[str] = ()) -> Iterator[Problem]:
    """Yield a problem for each placeholder that is left in a file of content/; code in a text is left alone.

    Args:
        sources: the files.
        drafts: the paths of the files of drafts, in which a placeholder is no error.
    """
    for source in sources:
        if source.path.startswith("content/") and source.path.endswith(_RECORDS) and TODO in source.text:
            text = _without_code(source.text) if source.path.endswith(".md") else source.text
            for number, line in enumerate(text.split("\n"), 1):
                for found in _LEFT.finditer(line):
                    hint = f"write what belongs here in place of {TODO}, or remove the key if it may be absent"
                    span = Span(source.path, number, found.start() + 1)
                    rule = Rule.TODO_IN_DRAFT if source.path in drafts else Rule.TODO_LEFT
                    yield Problem(span, rule, "this is not filled in yet", hint)


def _without_code(text: str) -> str:
    """Return a Markdown file with letters of the same number in place of its code; its front matter stays."""
    matter = find_front_matter(text)
    start = matter.body if isinstance(matter, FrontMatter) else 0
    body = text[start:]
    for token in read_tokens(body).rows:
        if token.kind in ("code", "fence"):
            code = re.sub(r"\w", "x", body[token.start : token.end])
            body = body[: token.start] + code + body[token.end :]
    return text[:start] + body


def without_echoes(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without those that a placeholder causes: other problems in the line of a placeholder."""
    rows = list(problems)
    lines = {(row.span.path, row.span.line) for row in rows if row.rule in BLANKS}
    return [row for row in rows if row.rule in BLANKS or (row.span.path, row.span.line) not in lines]
