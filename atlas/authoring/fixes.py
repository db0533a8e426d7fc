"""Fixes authors' files: adds missing ids and corrects typography.

An id is written into the file and never derived from position or wording, so that neither can change
it later. Here ids are random; the author may choose better ones before publishing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from yaml.nodes import MappingNode, Node, SequenceNode

from atlas.content.front_matter import FrontMatter, find_front_matter
from atlas.content.records import read_records
from atlas.content.site_config import read_site
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.lint.proofreading import TextFlaw, find_text_flaws, fixed_text
from atlas.markdown.attributes import LANGUAGE, read_attributes
from atlas.markdown.blocks import attributes_of_blocks
from atlas.markdown.tokens import Token, Tokens, read_tokens
from atlas.schema.families import BY_FOLDER

Draw = Callable[[], str]
"""A function that returns five letters and digits, new at each call."""

_PREFIXES = {"facts": "f", "relations": "r"}


def add_ids(source: Source, draw: Draw) -> str:
    """Return the text of a record with an id for every fact, relation and heading; unchanged if none is missing."""
    parts = source.path.split("/")
    family = BY_FOLDER.get(parts[1]) if len(parts) == 3 else None
    if family is None or parts[2].count(".") > 1:
        return source.text
    edits = _in_yaml(source, draw) if family.form == "yaml" else _in_markdown(source.text, draw)
    text = source.text
    for offset, addition in sorted(edits, reverse=True):
        text = text[:offset] + addition + text[offset:]
    return text


def _in_yaml(source: Source, draw: Draw) -> Iterator[tuple[int, str]]:
    root, _ = read_yaml(source)
    for key, value in root.value if root else ():
        if key.value in _PREFIXES and isinstance(value, SequenceNode):
            for row in value.value:
                if isinstance(row, MappingNode) and row.value and "id" not in {name.value for name, _ in row.value}:
                    yield _addition(row, f"id: {_PREFIXES[key.value]}-{draw()}")


def _addition(row: Node, words: str) -> tuple[int, str]:
    """Return where to add the first key of a mapping, and how: `{id: x, …` or its own line."""
    start = row.start_mark
    if getattr(row, "flow_style", False):
        return start.index + 1, f"{words}, "
    return start.index, f"{words}\n{' ' * start.column}"


def _in_markdown(text: str, draw: Draw) -> Iterator[tuple[int, str]]:
    matter = find_front_matter(text)
    start = matter.body if isinstance(matter, FrontMatter) else 0
    body = text[start:]
    tokens = read_tokens(body)
    attributes = attributes_of_blocks(body, tokens)
    used = {read_attributes(body[begin:end]).id for end, begin in attributes.items()}
    for token, begin, end in _heading_lines(body, tokens):
        given = attributes.pop(end, end)
        whole = body[token.start : token.end]
        if (whole.endswith("##") or "-" in whole) and "#" not in body[given:end]:
            id = _unused(_heading_id(LANGUAGE.sub("", body[begin:given]), draw), used)
            used.add(id)
            yield (_after_brace(text, start + given), f"#{id} ") if given < end else (start + end, f" {{#{id}}}")
    for token in tokens.rows:
        whole = body[token.start : token.end]
        if token.end in attributes and "dimension=" in whole and "#" not in whole:
            yield _after_brace(text, start + token.start), f"#f-{draw()} "


def _heading_lines(body: str, tokens: Tokens) -> Iterator[tuple[Token, int, int]]:
    """Yield the mark of each heading, `##` or the line below it, and where its words begin and end."""
    for token in tokens.rows:
        if token.kind not in ("heading", "setext"):
            continue
        is_underlined = token.kind == "setext"
        begin, after = (token.above, token.start) if is_underlined else (token.end, body.find("\n", token.end))
        line = body[begin : after if after >= 0 else len(body)]
        yield token, begin, begin + len(line.rstrip(" \t\n>" if is_underlined else None))


def _after_brace(text: str, at: int) -> int:
    """Return where to add the first attribute after the `{` or `{:` at a position."""
    return at + 2 if text.startswith("{:", at) else at + 1


def _unused(id: str, used: set[str]) -> str:
    """Return an id, with a number if it is used already."""
    return next(name for name in (id, *(f"{id}-{number}" for number in range(2, len(used) + 3))) if name not in used)


def _heading_id(heading: str, draw: Draw) -> str:
    """Return the words of a heading as an id if they are in Latin letters, else a random id. Once written, it stays."""
    plain = unicodedata.normalize("NFKD", re.sub("[’']", " ", heading)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words[:6]) or f"s-{draw()}"


def add_missing_ids(sources: Mapping[str, Source], draw: Draw) -> dict[str, str]:
    """Return the new text of each file without some id, by path."""
    texts = {path: add_ids(source, draw) for path, source in sources.items() if _is_content(path)}
    for path, text in texts.items():
        original = re.sub(r"\.[^./]+\.md$", ".md", path)
        if original != path and original in texts:
            texts[path] = _with_ids_of(texts[original], text)
    return _changed(sources, texts)


def _with_ids_of(original: str, text: str) -> str:
    """Return a translation whose headings without id have those of the original, if it has as many headings."""
    given, own = [*_headings(original)], [*_headings(text)]
    if len(given) == len(own) and all(id in ("", given[number][0]) for number, (id, _) in enumerate(own)):
        for (id, _), (mine, end) in reversed([*zip(given, own, strict=True)]):
            if id and not mine:
                text = f"{text[:end]} {{#{id}}}{text[end:]}"
    return text


def _headings(text: str) -> Iterator[tuple[str, int]]:
    """Yield the id of each heading of a Markdown file, "" for none, and the end of its line."""
    matter = find_front_matter(text)
    start = matter.body if isinstance(matter, FrontMatter) else 0
    body = text[start:]
    tokens = read_tokens(body)
    attributes = attributes_of_blocks(body, tokens)
    for _, _, end in _heading_lines(body, tokens):
        given = attributes.get(end, end)
        yield read_attributes(body[given:end]).id if given < end else "", start + end


def fix_typography(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the new text of each file whose typography can be fixed, by path."""
    site, declared, _ = read_site(sources)
    if site is None:
        return {}
    content, _ = read_records(sources, declared)
    found: dict[str, list[TextFlaw]] = defaultdict(list)
    for record in content.records.values():
        for each in find_text_flaws(record, site.languages):
            found[each.passage.span.path].append(each)
    return _changed(sources, {path: fixed_text(sources[path].text, own) for path, own in sorted(found.items())})


def _is_content(path: str) -> bool:
    return path.startswith("content/")


def _changed(sources: Mapping[str, Source], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that differ from their files, with the byte order mark and line ends of the files."""
    return {
        path: sources[path].mark + text.replace("\n", sources[path].newline)
        for path, text in texts.items()
        if text != sources[path].text
    }
