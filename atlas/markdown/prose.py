"""Converts Markdown to HTML with slots for references, and collects headings, facts and sentences.

The result is safe HTML. What the author wrote and the page would not show is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.markdown.abbreviations import with_abbreviations
from atlas.markdown.anchors import AnchorPass, Heading, MarkedBlock
from atlas.markdown.han import join_lines, mark_han
from atlas.markdown.markup import to_html
from atlas.markdown.passages import Passage
from atlas.markdown.scanner import scan
from atlas.markdown.sentences import Sentences
from atlas.markdown.slot_checks import SlotValidator
from atlas.markdown.slot_positions import plain, slot_positions
from atlas.markdown.slots import CLOSE, OPEN, SLOT, Slot, place
from atlas.markdown.tokens import read_tokens

__all__ = ["Heading", "MarkedBlock", "Prose", "convert", "fill", "mark_han", "plain", "sentence_with"]

_MARKS: Final = re.compile(r"[*_`\[\]<>&#!\\{}|~\n\r]|^\s*(?:[-+:]|\d+[.)])\s|^\s*---|  |\^|://|www\.|\w@\w|^\s*=")
_BLOCK: Final = re.compile(r"</?(?:p|[uod]l|h[2-6r]|table|blockquote|div|pre)\b")
_PICTURE: Final = re.compile(
    f"<(?P<outer>p|li|dd)>(?P<picture>{OPEN}(?P<number>\\d+){CLOSE})"
    r"(?P<inner>(?:(?!</?(?:p|[uod]l|li|d[dt]|h[2-6r]|table|blockquote|div|pre)\b).)*)(?:</p>)?",
    re.DOTALL,
)
"""What may be a picture alone: a paragraph that begins with one, or the first words of an item or a meaning."""
_REST: Final = re.compile(
    f'\\s*(?P<attributes>(?:{OPEN}\\d+{CLOSE})?)\\s*(?P<back>(?:<a class="footnote-backref"[^>]*>[^<]*</a>\\s*)*)'
)
"""What may follow a picture that is alone: its attributes, and the ways back from a footnote that it ends."""


class Prose(Struct, frozen=True):
    """A text converted: HTML with slots, what the slots stand for, and what can be pointed at.

    passage: the text as it was written; of a paragraph in a body, that body. places: by the number of each slot that
    names a record or cites, the id under which it is and its sentence, where they have been looked for.
    """

    passage: Passage
    html: str
    slots: tuple[Slot, ...]
    headings: tuple[Heading, ...]
    marked: tuple[MarkedBlock, ...]
    places: Mapping[int, tuple[str, str]] = {}

    @property
    def anchors(self) -> frozenset[str]:
        """The ids of its headings and marked paragraphs."""
        return frozenset(heading.id for heading in self.headings) | frozenset(mark.id for mark in self.marked)

    def used(self, html: str = "") -> tuple[tuple[int, Slot], ...]:
        """The slots that are in the HTML, or in a part of it, each with its number, in the order of the text."""
        numbers = (int(found[1]) for found in SLOT.finditer(html or self.html))
        return tuple((number, self.slots[number]) for number in numbers)

    def pointing(self) -> Iterator[tuple[int, Slot]]:
        """The slots in the HTML that name a record or cite, each once, with its number, in the order of the text."""
        if self.places:
            return ((number, self.slots[number]) for number in self.places)
        return ((number, slot) for number, slot in self.used() if slot.kind in ("record", "cite"))

    def anchor_of(self, slot: int) -> str:
        """The id of the marked paragraph, note or heading under which a slot is ("" above the first)."""
        if slot in self.places:
            return self.places[slot][0]
        return slot_positions(self.html).anchors.get(slot, "")

    def with_places(self) -> Prose:
        """The same text, with the places of its slots looked for once and for all."""
        sentences, positions = Sentences(self.slots), slot_positions(self.html)
        return replace(
            self,
            places={
                number: (self.anchor_of(number), sentences.at(positions.block_of(number), number))
                for number, _ in self.pointing()
            },
        )


def convert(passage: Passage, *, block: bool) -> tuple[Prose, tuple[Problem, ...]]:
    """Read a text: several blocks, or one paragraph whose HTML comes without `<p>`."""
    scanned = scan(passage, block=block)
    slots = tuple(scanned.slots)
    problems = list(scanned.problems)
    if not block and not _MARKS.search(scanned.text):
        html = escape(scanned.text, quote=False)
        _numbered(slots, {}, problems)
        return Prose(passage, _without_pictures(html, slots, problems), slots, (), ()), tuple(problems)
    try:
        html = join_lines(to_html(scanned.text))
    except RecursionError:
        hint = "divide it: lists in lists count, and definitions without an empty line between them"
        problems.append(Problem(place(passage, 0), Rule.OVER_LIMIT, "this text is nested too deeply to be read", hint))
        return Prose(passage, "", (), (), ()), tuple(problems)
    html, slots = _with_callouts(html, slots, place(passage, 0))
    crossings = SlotValidator(html, slots, place(passage, 0))
    html = crossings.run()
    problems += crossings.problems
    if not block:
        html, lone = _only_paragraph(html)
        if not lone:
            hint = "write one paragraph, without lists, tables or empty lines"
            problems.append(Problem(place(passage, 0), Rule.WRONG_TYPE, "this text has several blocks", hint))
        _numbered(slots, {}, problems)
        return Prose(passage, _without_pictures(html, slots, problems), slots, (), ()), tuple(problems)
    anchoring = AnchorPass(_without_pictures(html, slots, problems), slots)
    html = anchoring.run()
    problems += anchoring.problems
    slots = _numbered(slots, anchoring.numbers, problems)
    if widths := anchoring.widths:
        rows = enumerate(slots)
        slots = tuple(replace(slot, width=widths[at]) if at in widths else slot for at, slot in rows)
    if abbreviations := read_tokens(passage.text).lines.abbreviations:
        html = with_abbreviations(html, abbreviations)
    return Prose(passage, html, slots, tuple(anchoring.headings), tuple(anchoring.marked)), tuple(problems)


def _with_callouts(html: str, slots: tuple[Slot, ...], span: Span) -> tuple[str, tuple[Slot, ...]]:
    """The HTML with a slot for the name of each callout, and the slots."""
    if '<div class="callout ' not in html:
        return html, slots
    names: list[Slot] = []

    def named(found: re.Match[str]) -> str:
        names.append(Slot("callout", span, found[1]))
        return f'<div class="callout {found[1]}" role="note">{OPEN}{len(slots) + len(names) - 1}{CLOSE}'

    html = re.sub(r'<div class="callout ([a-z]+)">', named, html)
    return html, (*slots, *names)


def _numbered(slots: tuple[Slot, ...], numbers: Mapping[str, str], problems: list[Problem]) -> tuple[Slot, ...]:
    """The slots with the numbers of figures and tables, by their ids; a reference to none is reported."""
    for slot in slots:
        if slot.kind == "figure" and slot.target not in numbers:
            hint = nearest(slot.target, numbers, f"end its caption with {{#{slot.target}}}")
            problems.append(
                Problem(slot.span, Rule.UNKNOWN_FRAGMENT, f"no figure or table here is {slot.target}", hint)
            )
    return tuple(
        replace(slot, label=numbers[slot.target])
        if slot.kind in ("figure", "attributes") and slot.target in numbers
        else slot
        for slot in slots
    )


def _only_paragraph(html: str) -> tuple[str, bool]:
    lone = html.startswith("<p>") and html.endswith("</p>") and not _BLOCK.search(html[3:-4])
    return (html[3:-4], True) if lone else (html, not html)


def _without_pictures(html: str, slots: tuple[Slot, ...], problems: list[Problem]) -> str:
    """The HTML with a figure for each picture alone in a paragraph, item or meaning; others are taken out."""
    pictures = {number: slot for number, slot in enumerate(slots) if slot.kind == "picture"}
    if not pictures:
        return html
    alone: set[int] = set()

    def taken_out(found: re.Match[str]) -> str:
        number = int(found["number"])
        words, mark, following = found["inner"].partition(f"{OPEN}{number + 1}{CLOSE}")
        rest = _REST.fullmatch(following)
        if number not in pictures or not mark or rest is None:
            return found[0]
        alone.add(number)
        caption = f"<figcaption>{words.strip()}{mark}{rest['attributes']}</figcaption>"
        back = f"<p>{rest['back'].rstrip()}</p>" if rest["back"] else ""
        outer = "" if found["outer"] == "p" else f"<{found['outer']}>"
        return f"{outer}<figure>{found['picture']}{caption}</figure>{back}"

    html = _PICTURE.sub(taken_out, html)
    for number in [each for each in pictures.keys() - alone if slots[each].target]:
        hint = "write ![caption](/files/…) as a paragraph of its own, in a text of several"
        problems.append(Problem(slots[number].span, Rule.WRONG_TYPE, "this picture is within a line of text", hint))
    lost = {number + end for number in pictures.keys() - alone for end in (0, 1)}
    return SLOT.sub(lambda found: "" if int(found[1]) in lost else found[0], html) if lost else html


def fill(html: str, slots: tuple[Slot, ...], show: dict[int, str]) -> str:
    """The HTML with each slot replaced by what `show` has for it; nothing where it has nothing."""
    return SLOT.sub(lambda found: show.get(int(found[1]), ""), html)


def sentence_with(prose: Prose, slot: int) -> str:
    """The sentence in which a slot is, as escaped text with slots."""
    if slot in prose.places:
        return prose.places[slot][1]
    return Sentences(prose.slots).at(slot_positions(prose.html).block_of(slot), slot)
