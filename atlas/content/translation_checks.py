"""Checks that a translation has the same parts as its original."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from atlas.content.front_matter import ParsedFile
from atlas.content.model import Record
from atlas.core.problems import Problem, Span, nearest
from atlas.core.program import command
from atlas.core.rules import Rule


def check_translations(record: Record, page: ParsedFile, translated: Mapping[str, ParsedFile]) -> Iterator[Problem]:
    """Report texts without an original, ids that differ, and a translation into the record's own language.

    Args:
        record: the record.
        page: its parsed original.
        translated: its parsed translations, by language.
    """
    known = {
        "facts": [fact.id for fact in record.facts if not fact.in_body],
        "relations": [relation.id for relation in record.relations if relation.note],
        "changes": [str(change.date) for change in record.changes],
    }
    for language, other in translated.items():
        if language == record.original:
            hint = f"the record is written in {language}: its own file holds these texts"
            message = "this translates a record into its own language"
            yield Problem(Span(other.source.path, 1, 1), Rule.UNKNOWN_LANGUAGE, message, hint)
            continue
        for key, ids in known.items():
            yield from _unknown_texts(record, other, key, ids)
        if record.lead is None and (passage := (other.values or {}).get("lead")):
            message = f"this translates a lead, and {record.path} has none"
            yield Problem(passage.span, Rule.UNKNOWN_TEXT, message, "write the lead there first, or remove this one")
        yield from _anchors(page, other)


def with_ids_of_original(other: ParsedFile, page: ParsedFile) -> list[Problem]:
    """Return the problems of a translation; where a heading has no id, the remedy names the ids of the original.

    Args:
        other: the parsed translation.
        page: the parsed original.
    """
    if page.body is None or other.body is None:
        return other.problems
    left = [f"{{#{each.id}}}" for each in page.body.headings if each.id not in other.body.anchors]
    if not left:
        return other.problems
    hint = f"end the line with the id of this heading in the original: {' or '.join(left)}; if both have the same"
    hint += f" headings, {command('check --fix')} does it"
    facts = {mark.span for mark in other.body.marked}
    return [
        replace(each, hint=hint) if each.rule == Rule.MISSING_ID and each.span not in facts else each
        for each in other.problems
    ]


def _unknown_texts(record: Record, other: ParsedFile, key: str, ids: list[str]) -> Iterator[Problem]:
    """Yield a problem for each text under an id that the original does not have."""
    own = (other.values or {}).get(key) or {}
    for id, passage in own.items():
        if str(id) not in ids:
            message = f'this translates "{id}", which is not among the {key} of {record.path}'
            left = [each for each in ids if each not in map(str, own)]
            hint = nearest(str(id), left) if left else "remove it: all of them are translated"
            yield Problem(passage.span, Rule.UNKNOWN_TEXT, message, hint)


def _anchors(page: ParsedFile, other: ParsedFile) -> Iterator[Problem]:
    """Yield a problem for each id of a translated body that the original does not have, and the other way round."""
    if page.body is None or other.body is None or not other.body.passage.text.strip():
        return
    dimensions = {mark.id: mark.dimension for mark in page.body.marked}
    for mark in other.body.marked:
        if mark.id and mark.id not in dimensions:
            message = f'the original has no paragraph "{mark.id}"'
            left = dimensions.keys() - {each.id for each in other.body.marked}
            hint = nearest(mark.id, left) if left else "remove the id: all paragraphs with ids are translated"
            yield Problem(mark.span, Rule.UNKNOWN_TEXT, message, hint)
        elif mark.dimension:
            hint = f"write {{#{mark.id}}}: the original says the dimension"
            yield Problem(mark.span, Rule.UNKNOWN_KEY, "a translation gives no dimension", hint)
    extra = {heading.id for heading in other.body.headings} - page.body.anchors
    for slot in other.body.slots:
        if slot.kind == "attributes" and slot.target in extra:
            message = f'the original has no heading "{slot.target}"'
            yield Problem(slot.span, Rule.UNKNOWN_TEXT, message, nearest(slot.target, page.body.anchors))
    for missing in sorted(page.body.anchors - other.body.anchors - {""}):
        message = f'nothing here has the id "{missing}" of the original'
        hint = f"end the heading or paragraph that translates it with {{#{missing}}}"
        yield Problem(Span(other.source.path, 1, 1), Rule.MISSING_TEXT, message, hint)
