"""Gives parts, figures and tables of a text that is imported their ids, and writes references to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

from atlas.authoring.slugs import kebab, slug
from atlas.importing.code_marks import CODE
from atlas.importing.figures import figure_id
from atlas.importing.headings import HEADING, named_heading, plain_words

_LATER: Final = "\x02"
"""Stands before the address of a link within the text until all headings have ids."""
_LATER_LINK: Final = re.compile(rf"\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]\({_LATER}#(?P<id>[\w-]+)\)")
_NUMBERED: Final = re.compile(r"#((?:fig|tbl)[-:][\w:.-]+)")
_WIDTH: Final = re.compile(r"\bwidth=\"?(\d+)(?:\.\d+)?%\"?")
_ALT: Final = re.compile(r"\bfig-alt=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")


class Targets(Struct):
    """What references of one text can lead to.

    Attributes:
        lose: notes what could not be kept.
        numbered: the ids of its figures and tables.
        used: the ids of those that are written.
        parts: the words of its headings with an id, by that id.
        anchors: the ids of its headings.
        titles: the words of its headings, by their ids.
    """

    lose: Callable[[str], None]
    numbered: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    parts: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, None] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def note_part(self, heading: str) -> None:
        """Note the id that a heading has behind its words."""
        words, name = named_heading(heading)
        if name:
            self.parts.setdefault(slug(name, (), "part"), plain_words(words))

    def note_number(self, attributes: str) -> None:
        """Note the id in the attributes of a figure or table."""
        if id := _NUMBERED.search(attributes):
            self.numbered.add(kebab(id[1]))

    def attributes(self, written: str) -> str:
        """Return the id and the width of a figure or table as an atlas writes them."""
        id, width = _NUMBERED.search(written), _WIDTH.search(written)
        kept = []
        if id and kebab(id[1]) in self.used:
            self.lose(f"the id {id[1]} of a figure or table is given twice, and was left out the second time")
        elif id:
            self.used.add(kebab(id[1]))
            kept.append(f"#{kebab(id[1])}")
        if width:
            kept.append(f"width={min(max(round(int(width[1]), -1), 10), 100)}%")
        for other in re.findall(r"[^\s\"]+(?:\"[^\"]*\")?", _ALT.sub("", _WIDTH.sub("", _NUMBERED.sub("", written)))):
            self.lose(f"{other} of a figure or table was left out")
        return f"{{{' '.join(kept)}}}" if kept else ""

    def within(self, words: str, name: str) -> str:
        """Return a link to a part, figure or table of the text; one to a part may be resolved once all have ids."""
        id = slug(name, (), "part")
        numbered = next((each for each in self._ids(name) if each in self.numbered), "")
        if numbered and (not words.strip() or "%s" in words or "{number}" in words):
            return f"@{numbered}"
        if numbered or id in self.parts:
            return f"[{words.strip() or self.parts[id]}](#{numbered or id})"
        return f"[{words}]({_LATER}#{id})"

    def _ids(self, name: str) -> tuple[str, ...]:
        """Return the ids that the figure or table of a name may have: `fig-pier` for `pier` or `figure-pier`."""
        return kebab(name), f"fig-{figure_id(name)}", re.sub(r"^(?:tab|table)-|^(?!tbl-)", "tbl-", kebab(name))

    def resolved(self, line: str) -> str:
        """Return a line with its links to parts of the text, or with their words where there is no such part."""

        def link(found: re.Match[str]) -> str:
            id = found["id"]
            if id in self.anchors:
                return f"[{found['words'] or self.titles[id]}](#{id})"
            self.lose(f"the link to “#{id}” was left out, and its text kept")
            return found["words"] or id

        return _LATER_LINK.sub(link, line).replace(_LATER, "") if _LATER in line else line

    def reference(self, key: str) -> str:
        """Return a reference to a part, figure or table of the text: a link, or words if the text has it not."""
        id, part = kebab(key), slug(key, (), "part")
        if id in self.numbered:
            return f"@{id}"
        if part in self.parts:
            return f"[{self.parts[part]}](#{part})"
        self.lose(f"the reference to {key} became text")
        return key

    def heading(self, line: str, levels: dict[int, int]) -> str:
        """Return a line as it is written: a heading with its level and id, code as it was."""
        if line.startswith(CODE):
            return line[1:]
        match = HEADING.match(line)
        if not match:
            return line
        words = match[2] or "TODO"
        words, name = named_heading(words)
        taken = self.anchors if name else {**self.anchors, **self.parts}
        id = slug(name or re.sub(r"[*_`]|\[@[^\]]*\]", "", words), taken, "part")
        self.anchors[id] = None
        self.titles[id] = plain_words(words)
        return f"{'#' * min(levels[len(match[1])], 6)} {words.strip()} {{#{id}}}"


def alt_of(attributes: str) -> str:
    """Return the alternative text in the attributes of a figure, or ""."""
    found = _ALT.search(attributes)
    return (found["double"] or found["single"] or "") if found else ""
