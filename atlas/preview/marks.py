"""Marks the mistakes of a record in its page, in place: where the words of their line are shown, else beside the id of
their entry, else below the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.lint.placeholders import BLANKS, TODO

_LEAST: Final = 9
"""The fewest bytes by which the words of a line are recognised in a page."""
_MOST: Final = 60
_KEY: Final = re.compile(r"\s*(?:- +)*(?:\{)?\s*[\w-]+\s*[:：]\s*")
_WORDS: Final = re.compile(r"[^*_`\[\]<>{}()|@#\"'‘’“”:;\\&~^$,=]+")
_ID: Final = re.compile(r"\bid: *[\"']?([\w-]+)|\{#([\w-]+)")
_TAG: Final = r'<([a-z]\w*)\b[^<>]* id="{}"[^<>]*>'
_NO_TEXT: Final = frozenset({"ul", "ol", "dl", "table", "tbody", "tr", "svg", "g", "a"})
"""Elements that hold no text of their own: a mark is put before them."""
_BLANK: Final = re.compile(rf"\b{TODO}\b")
_MARK: Final = '<mark class="_mistake" lang="en" title="{}">⚠ {}</mark>'


def mark_mistakes(html: str, problems: Iterable[Problem], files: Mapping[str, Sequence[str]]) -> str:
    """Return a page with the mistakes of its record marked in place, and its blanks.

    Args:
        html: the page.
        problems: all problems of the atlas.
        files: the lines of the files of the record, by path.
    """
    own = [problem for problem in problems if problem.span.path in files and _shown(problem)]
    if not own:
        return html
    start = max(html.find("<main"), 0)
    top, page = html[:start], html[start:]
    blanks = [problem for problem in own if problem.rule in BLANKS]
    if blanks:
        page = _with_blanks(page, blanks)
    for problem in reversed([problem for problem in own if problem.rule not in BLANKS]):
        at = _place(page, problem, files[problem.span.path])
        page = page[:at] + _mark(problem) + page[at:]
    return top + page


def _shown(problem: Problem) -> bool:
    return problem.severity != "note" or problem.rule in BLANKS


def _mark(problem: Problem) -> str:
    title = f"{problem.span} {problem.rule} · {problem.hint}"
    return _MARK.format(escape(title), escape(problem.message))


def _with_blanks(page: str, blanks: Sequence[Problem]) -> str:
    """Return a page with its blanks marked, and below its title the lines of all of them."""
    marked = _BLANK.sub(lambda blank: _as_blank(page, blank), page)
    lines = ", ".join(dict.fromkeys(str(problem.span.line) for problem in blanks))
    at = _below_title(marked)
    mark = _MARK.format(escape(blanks[0].hint), f"not filled in yet: {TODO} on line {lines}")
    return marked[:at] + mark + marked[at:]


def _as_blank(page: str, blank: re.Match[str]) -> str:
    shown = f'<mark class="_blank">{TODO}</mark>'
    return shown if _is_text(page, blank.start()) else blank[0]


def _place(page: str, problem: Problem, lines: Sequence[str]) -> int:
    """Return where the mark of a problem belongs, as an offset in the page."""
    number = min(max(problem.span.line, 1), len(lines)) - 1
    words = "" if problem.rule == Rule.MISSING_KEY else _words(lines[number])
    at = page.find(words) if words else -1
    while at >= 0 and not _is_text(page, at):
        at = page.find(words, at + 1)
    if at >= 0:
        return at
    id = _id(lines, number)
    tag = re.search(_TAG.format(re.escape(id)), page) if id else None
    if tag:
        return tag.start() if tag[1] in _NO_TEXT else tag.end()
    return _below_title(page)


def _below_title(page: str) -> int:
    title = page.find("</h1>")
    return title + len("</h1>") if title >= 0 else page.find(">") + 1


def _words(line: str) -> str:
    """Return the longest run of plain words of a line, escaped as in a page; "" if none is long enough."""
    runs = [run.strip()[:_MOST].strip() for run in _WORDS.findall(_KEY.sub("", line, count=1))]
    longest = max(runs, key=len, default="")
    return escape(longest, quote=False) if len(longest.encode()) >= _LEAST else ""


def _id(lines: Sequence[str], number: int) -> str:
    """Return the id of the entry, paragraph or heading that a line belongs to; "" for a line of no entry."""
    for line in reversed(lines[: number + 1]):
        found = _ID.search(line)
        if found:
            return found[1] or found[2]
        if re.match(r"[\w-]+:", line):  # a key of the record itself
            break
    return ""


def _is_text(page: str, at: int) -> bool:
    """Return whether an offset is in the text of a page, not in a tag."""
    return page.rfind("<", 0, at) <= page.rfind(">", 0, at)
