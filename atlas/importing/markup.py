"""Rewrites Markdown of Quarto, pandoc, Jekyll, Quire, MyST and Word into the Markdown of an atlas."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct, field

from atlas.authoring.slugs import kebab
from atlas.core.characters import BAD
from atlas.importing import quire
from atlas.importing.addresses import with_addresses
from atlas.importing.callouts import with_callouts
from atlas.importing.citations import with_citations
from atlas.importing.code_marks import CODE, put_back, set_aside, with_code_marked, with_fences
from atlas.importing.figures import figure_id, with_figures
from atlas.importing.formulas import with_formulas
from atlas.importing.headings import HEADING, levels_of, with_atx
from atlas.importing.kramdown import with_kramdown
from atlas.importing.myst import with_myst
from atlas.importing.results import Picture
from atlas.importing.shortcodes import with_titles, without_comments
from atlas.importing.targets import Targets, alt_of
from atlas.importing.wrapped_lines import with_whole_lines

Lose = Callable[[str], None]
"""Notes something that could not be kept."""

_BLOCK: Final = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[ \t]*(.*)$")
_ATTRIBUTE: Final = r"(?:\.[A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:\"[^\"]*\"|'[^']*'|[^\s{}\"']+))"
_DROPPED: Final = (
    (re.compile(r"^[ \t]*(?:> ?)*:{3,}.*$"), "a block of pandoc or Quarto"),
    (re.compile(r"^[ \t]*[!?]{3}\+?[ \t].*$"), "the head of an admonition"),
    (re.compile(r"^\{:.*\}[ \t]*$"), "attributes of kramdown"),
    (re.compile(rf"^[ \t>]*\{{(?:[ \t]*{_ATTRIBUTE})+[ \t]*\}}[ \t]*$"), "attributes of a block"),
    (re.compile(r"^(?:\[TOC\]|\[\[_TOC_\]\]|\\(?:newpage|pagebreak|clearpage|tableofcontents))[ \t]*$"), "a command"),
    (
        re.compile(
            r"^[ \t]*\[![A-Z]+\][ \t]*$|^>[ \t]*\[!(?!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$)[A-Za-z]+\].*$"
        ),
        "the head of a callout",
    ),
)
"""Lines that are dropped, and what each is."""
_LIQUID: Final = re.compile(r"\{%.*?%\}|\{\{[<%].*?[%>]\}\}|\{\{.*?\}\}")
_SPOKEN: Final = re.compile(r"\{\{[<%]\s*[\w/-]+[^<>%{}]*?\stext=(?:\"([^\"]*)\"|'([^']*)')[^<>%{}]*[>%]\}\}")
"""A shortcode of Hugo that shows the words in its argument `text`."""
_REFERRED: Final = re.compile(r"\{%-?\s*ref\s+[\"']([^\"']+)[\"'].*?%\}|\{\{<\s*q-ref\s+[\"']([^\"']+)[\"'].*?>\}\}")
"""A reference to a figure of Quire."""
_HTML_MARKS: Final = {"em": "*", "i": "*", "strong": "**", "b": "**", "sup": "^", "sub": "~", "del": "~~", "s": "~~"}
_HTML_LINK: Final = re.compile(
    r"<a\s(?:[^<>]*?\s)?href\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')[^<>]*>(.*?)</a\s*>", re.IGNORECASE
)
_HTML: Final = re.compile(r"(?<!\]\()<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>")
_IMAGE: Final = re.compile(
    r"!\[(?P<caption>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<path>(?=\S)(?:\\.|[^()<>\"\n\\]|\((?:\\.|[^()\n]|\([^()\n]*\))*\))+?))"
    r"(?:\s+=\d*%?x\d*)?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)(?:\{:?(?P<attributes>[^{}]*)\})?"
)
_LINKED_IMAGE: Final = re.compile(
    rf"\[\s*(?P<image>{_IMAGE.pattern})\s*\]\((?P<address>[^()\s]*)[^()]*\)(?:\{{[^{{}}]*\}})?"
)
_LINK: Final = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?:<([^<>]*)>|([^)\s>]*))(?:\s+\"[^\"]*\")?\s*\)")
_WIKI: Final = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")
_SPAN: Final = re.compile(r"\[([^\[\]]*)\]\{(?!lang=)[^{}]*\}")
_KEY: Final = r"[\w][\w:.#$%&+?<>~/-]*(?<![:.#$%&+?<>~/-])"
_CITE: Final = re.compile(rf"(?<![\w\\@])(-?)@\{{?({_KEY})\}}?")
_CITED: Final = re.compile(rf"{_CITE.pattern}|(?<![!\\])\[(?P<group>[^\[\]]*)\](?!\()")
"""A citation or reference, or all that are between two brackets."""
_CAPTION: Final = re.compile(r"^ {0,3}(?:Table)?:[ \t]+(.*?)(?:[ \t]*\{([^{}]*)\})?[ \t]*$")
_CROSS: Final = re.compile(r"(?:fig|sec|tbl|eq|lst|thm|tab)[-:]", re.IGNORECASE)
_RUN: Final = re.compile(r"`(?:r |\{(?:r|python|julia|ojs)\} )")
"""Code within a line that is run when the text is rendered."""
_TASK: Final = re.compile(r"^(?P<item>[ \t>]*(?:[-*+]|\d+[.)])[ \t]+)\[(?P<sign>[ xX])\](?=[ \t])")
_MARKED: Final = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]*?)(?<=[^\s=])==(?!=)")
_BULLET: Final = re.compile(r"^([ \t]*)[•·▪◦][ \t]+")


class Rewriting(Struct):
    """The rewriting of one text.

    Attributes:
        keys: the works that can be cited.
        ids: the records that can be linked.
        place_picture: returns the path of a picture in `content/files/`, or "" if it cannot be taken.
        lose: notes what could not be kept.
        figures: the figures of a list of Quire, by their ids; None if there is no list.
        placed: the paths of its pictures in `content/files/`, by the paths that it gives.
        targets: what its references can lead to.
    """

    keys: Collection[str]
    ids: Collection[str]
    place_picture: Callable[[Picture], str]
    lose: Lose
    figures: Mapping[str, Picture] | None = None
    notes: list[str] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    targets: Targets = field(default_factory=lambda: Targets(lambda _: None))

    def __post_init__(self) -> None:
        self.targets = Targets(self._lose)

    def body(self, text: str) -> str:
        """Return a body in the Markdown of an atlas."""
        cleaned = BAD.sub("", text)
        if cleaned != text:
            self.lose("control characters were removed")
        spoken = with_fences(without_comments(cleaned, self.lose))
        marked = with_atx(with_whole_lines(list(with_code_marked(spoken.splitlines(), self.lose))))
        plain = with_kramdown(with_addresses(with_myst(with_titles(marked), self.lose)), self.lose)
        read = list(with_callouts(list(with_formulas(list(with_figures(plain))))))
        self._collect(read)
        lines = list(self._lines(read))
        levels = {level: number for number, level in enumerate(sorted(levels_of(lines)), 2)}
        shown = [self.targets.heading(line, levels) for line in lines]
        shown = [self.targets.resolved(line) for line in shown]
        self.notes = [self.targets.resolved(note) for note in self.notes]
        notes = [f"[^import-{number}]: {note}" for number, note in enumerate(self.notes, 1)]
        written = "\n".join([*shown, *(["", *notes] if notes else [])])
        return re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"

    def _collect(self, lines: Iterable[str]) -> None:
        """Note the parts, figures and tables that a text has, so that references to them can be written."""
        for line in lines:
            if line.startswith(CODE):
                continue
            text, self.aside = set_aside(line)
            if heading := HEADING.match(line):
                self.targets.note_part(heading[2] or "")
            for call in quire.CALL.finditer(text):
                for id in quire.called_ids(call):
                    if (figure := (self.figures or {}).get(id)) and self._placed(figure):
                        self.targets.numbered.add(f"fig-{figure_id(id)}")
            for found in _IMAGE.finditer(text):
                if self._placed(self._picture(found)):
                    self.targets.note_number(found["attributes"] or "")
            if caption := _CAPTION.match(line):
                self.targets.note_number(caption[2] or "")

    def _picture(self, found: re.Match[str]) -> Picture:
        path = found["angled"] or re.sub(r"\\([ ()\[\]_\\])", r"\1", found["path"])
        return Picture(self._whole(found["caption"]), path, alt_of(found["attributes"] or ""))

    def _placed(self, picture: Picture) -> str:
        """Return the path of a picture in `content/files/`, or "" if it cannot be taken."""
        if picture.path not in self.placed:
            self.placed[picture.path] = self.place_picture(picture)
        return self.placed[picture.path]

    def _lines(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines; those of code as they are, so that nothing else touches them."""
        before = ""
        for line in lines:
            caption = _CAPTION.match(line) if before.lstrip().startswith("|") else None
            block = _BLOCK.match(line)
            if line.startswith(CODE):
                yield line
            elif caption:
                yield f": {self._inline(caption[1])} {self.targets.attributes(caption[2] or '')}".rstrip()
            elif block:
                if block[1]:
                    self.lose(f"of the block ```{block[1]} only its text was kept")
                yield ""
            else:
                yield from self._line(line)
            before = line if line.strip() else before

    def _line(self, line: str) -> Iterator[str]:
        quote = line[: len(line) - len(line.lstrip("> "))].strip()
        for pattern, what in _DROPPED:
            if pattern.match(line):
                if line.strip(" >:"):  # the end of a block is no loss
                    self.lose(f"{what}: the line was left out, and the text kept: {line.strip()[:60]}")
                yield quote if line.lstrip("> ").startswith(":::") else ""
                return
        shown = self._inline(_TASK.sub(_box, _BULLET.sub(r"\1- ", line)))
        yield shown.rstrip() if self.pictures else shown
        for picture in self.pictures:
            yield from (quote, f"{quote} {picture}".lstrip(), quote)
        self.pictures.clear()

    def _inline(self, line: str) -> str:
        """Return a line with its marks rewritten, outside code."""
        text, self.aside = set_aside(line)
        for piece in self.aside:
            if _RUN.match(piece):
                self.lose(f"{piece[:60]} stays code: Quarto or knitr would show its result")
        return self._whole(self._marks(text))

    def _whole(self, text: str) -> str:
        """Return a part of the present line with its code."""
        return put_back(text, self.aside)

    def _lose(self, what: str) -> None:
        self.lose(self._whole(what))

    def _marks(self, text: str) -> str:
        text = with_citations(text, self._known_key)
        text = _REFERRED.sub(lambda match: f"[](#fig-{figure_id(match[1] or match[2])})", text)
        text = _SPOKEN.sub(self._spoken, quire.CALL.sub(self._listed, text))
        text = self._left_out(_LIQUID, text)
        text = _IMAGE.sub(self._image, _LINKED_IMAGE.sub(self._linked_image, text))
        text = _HTML_LINK.sub(_as_link, _MARKED.sub(r"**\1**", text))
        text = _HTML.sub(self._html, text)
        text = self._linked(self._inline_notes(text))
        return text[:-1] if text.endswith("\\") else text

    def _linked(self, text: str) -> str:
        """Return a text whose links and citations are rewritten."""
        text = _WIKI.sub(self._wiki, text)
        text = _LINK.sub(self._link, text)
        text = _SPAN.sub(self._span, text)
        return _CITED.sub(self._cited, text)

    def _left_out(self, pattern: re.Pattern[str], text: str) -> str:
        for found in pattern.findall(text):
            self._lose(f"{found[:60]} was left out")
        return pattern.sub("", text)

    def _spoken(self, match: re.Match[str]) -> str:
        self._lose(f"of {match[0][:60]} only its text was kept")
        return match[1] or match[2] or ""

    def _known_key(self, name: str) -> str:
        """Return the key of the work that Quire calls by an id with a space: `Fen 1890` may be `fen1890`."""
        if not re.search(r"\s", name):
            return name
        key = next((key for key in self.keys if kebab(key).replace("-", "") == kebab(name).replace("-", "")), "TODO")
        self._lose(f"it cites “{name}”: @{key} stands for it")
        return key

    def _html(self, match: re.Match[str]) -> str:
        name = match[2].lower()
        if name not in _HTML_MARKS:
            self._lose(f"the HTML element {name} was left out, and its text kept")
            return " " if name == "br" else ""
        return _HTML_MARKS[name]

    def _image(self, match: re.Match[str]) -> str:
        self._show(self._picture(match), match["caption"], match["attributes"] or "")
        return ""

    def _linked_image(self, match: re.Match[str]) -> str:
        self._lose(f"the link of a picture to “{match['address']}” was left out")
        return match["image"]

    def _show(self, picture: Picture, caption: str, attributes: str) -> None:
        """Show a picture after the present line, if its file can be taken."""
        if placed := self._placed(picture):
            words = self._whole(self._marks(caption))
            self.pictures.append(f"![{words}](/files/{placed}){self.targets.attributes(attributes)}")

    def _listed(self, call: re.Match[str]) -> str:
        ids = quire.called_ids(call)
        if not ids:
            self._lose(f"{call[0]} was left out: it names no figure")
        for id in ids:
            if figure := (self.figures or {}).get(id):
                self._show(figure, figure.caption, f"#fig-{figure_id(id)}")
            elif self.figures is not None:
                self._lose(f"the figure {id} was left out: {quire.LIST} names no file for it")
            else:
                self._lose(f"the figure {id} was left out: no {quire.LIST} was found")
        return ""

    def _inline_notes(self, text: str) -> str:
        while (start := text.find("^[")) >= 0:
            depth, end = 0, start + 1
            for end in range(start + 1, len(text)):
                depth += {"[": 1, "]": -1}.get(text[end], 0)
                if not depth:
                    break
            if depth:
                self._lose(f"a note that is not closed was left as text: {text[start : start + 60]}")
                return f"{text[:start]}\\^{text[start + 1 :]}" if "\\^" not in text[:start] else text
            self.notes.append(self._whole(self._linked(text[start + 2 : end])))
            text = f"{text[:start]}[^import-{len(self.notes)}]{text[end + 1 :]}"
        return text

    def _wiki(self, match: re.Match[str]) -> str:
        if match[1] in self.ids:
            return match[0]
        self._lose(f"the link to “{match[1]}” was left out, and its text kept")
        return match[2] or match[1]

    def _link(self, match: re.Match[str]) -> str:
        address = match[2] or match[3] or ""
        if address.startswith("#"):
            return self.targets.within(match[1], address[1:])
        if re.match(r"https?://|mailto:", address):
            return match[0]
        self._lose(f"the link to “{address}” was left out, and its text kept")
        return match[1] or PurePosixPath(address.partition("#")[0]).stem

    def _span(self, match: re.Match[str]) -> str:
        self._lose(f"attributes of “{match[1][:40]}” were left out")
        return match[1]

    def _cited(self, match: re.Match[str]) -> str:
        """Return what is between two brackets: references as words and links, citations between brackets."""
        if match["group"] is None:
            return self._cite(match)
        parts = [part.strip() for part in match["group"].split(";")]
        references = [part for part in parts if any(self._is_reference(found[2]) for found in _CITE.finditer(part))]
        if not references:
            return _CITE.sub(self._cite, match[0])
        shown = "; ".join(_CITE.sub(self._cite, part) for part in references)
        if shown.startswith("@") and len(parts) == 1:
            return f"[{shown}]"
        citations = "; ".join(part for part in parts if part not in references)
        return shown + (_CITE.sub(self._cite, f" [{citations}]") if citations else "")

    def _is_reference(self, key: str) -> bool:
        return key not in self.keys and _CROSS.match(key) is not None

    def _cite(self, match: re.Match[str]) -> str:
        key = match[2]
        if key in self.keys or key == "TODO":
            return f"{match[1]}@{key}"
        if self._is_reference(key):
            return self.targets.reference(key)
        before = match.string[: match.start()]
        if before.rfind("[") > before.rfind("]"):
            self._lose(f"it cites “{key}”, which is not in bibliography.bib: @TODO stands for it")
            return f"{match[1]}@TODO"
        self._lose(f"“@{key}” is not a work of the bibliography, and became text")
        return f"{match[1]}\\@{key}"


def _box(found: re.Match[str]) -> str:
    return found["item"] + ("☐" if found["sign"] == " " else "☑")


def _as_link(found: re.Match[str]) -> str:
    """Return a link in HTML as one in Markdown."""
    address = found[1] or found[2] or ""
    shown = f"<{address}>" if re.search(r"[\s()]", address) else address
    return f"[{found[3]}]({shown})" if found[3].strip() else ""
