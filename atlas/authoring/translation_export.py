"""Exports the texts to translate as a PO file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from atlas.authoring.po_files import PoEntry, written
from atlas.authoring.translation_units import Unit, Versions
from atlas.authoring.translations import concerning, read_atlas
from atlas.authoring.translator_notes import Terms, notes
from atlas.core.problems import Problem, Span, has_errors, nearest
from atlas.core.rules import Rule


class Export(Struct, frozen=True):
    """A PO file with the number of its units; its text is "" if the atlas has errors."""

    text: str
    units: int
    problems: tuple[Problem, ...]


def export(root: Path, language: str, *, everything: bool = False) -> Export:
    """Return the units that a language lacks, or whose originals have changed since.

    Args:
        root: the folder of the atlas.
        language: the id of a language of the site.
        everything: whether to include units whose translations are current.
    """
    atlas = read_atlas(root)
    site, records, problems = atlas.site, atlas.records, atlas.problems
    if site is None or has_errors(concerning(problems, ())):
        return Export("", 0, problems)
    # A record with errors is left out, and its errors are reported; the others are exported.
    records = {id: record for id, record in records.items() if not has_errors(concerning(problems, [record]))}
    if language not in site.languages:
        hint = nearest(language, site.languages)
        problem = Problem(
            Span("content/site.yaml"), Rule.UNKNOWN_LANGUAGE, f'no language "{language}" is declared', hint
        )
        return Export("", 0, (*problems, problem))
    target = site.languages[language].tag
    terms = {id: Terms.of(records.values(), each.tag, target) for id, each in site.languages.items()}
    entries = [
        _entry(unit, terms[record.original], site.languages[record.original].tag, target)
        for record in records.values()
        if record.original != language
        for unit in Versions.of(record, language).units()
        if everything or unit.state != "current"
    ]
    text = written(entries, target, site.title[language], str(site.as_of))
    return Export(text, len(entries), problems)


def _entry(unit: Unit, terms: Terms, source: str, target: str) -> PoEntry:
    place = unit.span.path, unit.span.line
    comments = tuple(notes(unit, terms, source, target))
    return PoEntry(unit.context, unit.source, unit.translation, unit.state == "behind", comments, place)
