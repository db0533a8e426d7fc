"""Writes new records with blanks to fill in, from the declarations of the atlas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from atlas.content.model import Site
from atlas.content.record_files import group_files
from atlas.content.site_config import SITE_PATH, read_site
from atlas.core.output import write_text
from atlas.core.problems import Problem, Span, has_errors
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.core.sources import read_input
from atlas.lint.placeholders import TODO
from atlas.markdown.passages import KEBAB
from atlas.schema.families import BY_FAMILY, Family

_DRAFT = "draft: true  # its blanks stop no build; remove this line to publish it"
_NAMES = (
    "names:",
    f"  - {{lang: {TODO}, text: {TODO}, sources: [{TODO}]}}  # its name as a source gives it, never translated",
)


def start(root: Path, family: str, id: str, today: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Write a new record with blanks.

    Args:
        root: the folder of the atlas.
        family: the family of the record.
        id: its id.
        today: its date, YYYY-MM-DD; that of the site if empty.

    Returns:
        Its path, or "" with the problems that prevent it.
    """
    files, unread = read_input(root)
    sources = {source.path: source for source in files.sources}
    site, declared, found = read_site(sources, today)
    # Mistakes in the records of others stop nobody.
    problems = tuple(problem for problem in (*unread, *found) if problem.span.path == SITE_PATH)
    if site is None:
        return "", problems
    own = BY_FAMILY[family]
    path = f"content/{own.folder}/{id}.{own.form}"
    groups, _ = group_files(sources, declared)
    taken = next((group.path for group in groups if group.id == id), "")
    if not KEBAB.fullmatch(id) or id.startswith("by-"):
        hint = "choose lower-case letters, digits and hyphens, and another beginning than by-"
        return "", (Problem(Span(path), Rule.BAD_ID, f'"{id}" cannot be the id of a record', hint),)
    if taken:
        hint = f"choose another id, or write in {taken}"
        return "", (Problem(Span(path), Rule.DUPLICATE_ID, f'the id "{id}" is taken', hint),)
    if has_errors(problems):
        return "", problems
    write_text(root / path, record_text(own, site, {}))
    return path, ()


def next_steps(path: str, family: str) -> str:
    """Return the next steps of the author of a new record."""
    example = (
        "similar files are beside it"
        if BY_FAMILY[family].has_index
        else "docs/content.md explains what a text may hold"
    )
    return (
        f"{path} is written. Next:\n"
        f"  1. fill in each {TODO} and remove what does not apply; {example}, docs/reference.md lists every key\n"
        f"  2. put the works that it cites into bibliography.bib\n"
        f"  3. run {command('serve')} and look: the page shows its blanks and mistakes in place\n"
        f"  4. run {command('check --fix')}; when it is clean, remove `draft: true`, and the next build publishes it"
    )


def record_text(family: Family, site: Site, values: Mapping[str, str], body: str = "") -> str:
    """Return a new record with some values filled in, and blanks for the rest of what it needs.

    Args:
        family: its family.
        site: the atlas.
        values: values as YAML by key; `name` is its name as plain text, for a family with names.
        body: the body of a family in Markdown; with blanks if empty.
    """
    return "\n".join(_lines(family, site, values, body)) + "\n"


def _lines(family: Family, site: Site, values: Mapping[str, str], body: str = "") -> Iterator[str]:
    lang = values.get("lang", site.default_language.id)
    head = [f"lang: {lang}", f"date: {site.as_of}", _DRAFT]
    matter = _matter(family, site, values, lang)
    if family.form == "yaml":
        yield f"# yaml-language-server: $schema=../../schema/{family.id}.json"
        yield from (*head, *matter, *(_facts(family, site) if family.has("facts") else ()))
    else:
        yield from ("---", *head, *matter, "---", "", *((body.strip(),) if body else _body(family, site)))


def _matter(family: Family, site: Site, values: Mapping[str, str], lang: str) -> Iterator[str]:
    """Yield the keys that the family requires or that have a value, in the order of its schema."""
    for key in family.table.keys:
        if key.name == "names" and "name" in values:
            name = json.dumps(values["name"], ensure_ascii=False)
            yield from ("names:", f"  - {{lang: {lang}, text: {name}, sources: [{TODO}]}}")
        elif key.name in values and key.name != "lang":
            yield f"{key.name}: {values[key.name]}"
        elif key.name == "names":
            yield from _NAMES
        elif key.name == "sides" and key.required:
            yield f"sides: [{TODO}]  # {', '.join(site.sides)}"
        elif key.name == "kind":
            yield f"kind: {TODO}  # {', '.join(site.kinds.get(family.id, {}))}"
        elif key.name == "quotation":
            yield from ("quotation:", f"  text: {TODO}", f"  lang: {TODO}", f"  work: {TODO}", f"  locator: {TODO}")
        elif key.name == "records":
            yield f"records: [{TODO}, {TODO}]"
        elif key.name == "table":
            label = ", ".join(f"{language}: {TODO}" for language in site.languages)
            yield from ("table:", "  columns:", f"    - {{id: name, label: {{{label}}}}}")
            yield from ("  rows:", "    - id: first", f"      cells: {{name: {TODO}}}", f"      sources: [{TODO}]")
        elif key.name == "summary":
            yield f"summary: {TODO} {_cite(family)}".rstrip()
        elif key.name == "title":
            yield f"title: {TODO}"


def _cite(family: Family) -> str:
    return f"[@{TODO}]" if family.has_index else ""


def _facts(family: Family, site: Site) -> Iterator[str]:
    """Yield a first fact; for the compared family, also the dimensions that still have none."""
    if not site.dimensions:
        return
    first, *rest = site.dimensions
    yield from (
        "facts:",
        f"  - id: {TODO}",
        f"    dimension: {first}",
        f"    text: {TODO}",
        f"    sources: [{TODO}]",
    )
    if rest and family.is_compared:
        yield "unanswered:  # dimensions without a fact: not-researched, or not-found after a search"
        yield from (f"  {dimension}: not-researched" for dimension in rest)


def _body(family: Family, site: Site) -> Sequence[str]:
    if not family.has_index:
        return (f"{TODO}",)
    heading = f"## {TODO} {{#first-heading}}"
    if family.has("fields") and site.dimensions:
        dimension = next(iter(site.dimensions))
        return (heading, "", f"{TODO} [@{TODO}].", f"{{#first-fact dimension={dimension}}}")
    return (heading, "", f"{TODO} [@{TODO}].")
