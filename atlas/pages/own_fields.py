"""Shows the own fields of records, as `extra` of content/site.yaml declares them."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.content.looks_model import OwnField
from atlas.content.model import Record, Site
from atlas.i18n.edtf import parse_edtf
from atlas.i18n.locales import show_exact
from atlas.pages.context import PageContext


def own_fields(site: Site, place: str) -> tuple[OwnField, ...]:
    """Return the own fields that are shown in a place: `page`, `table` or `data`."""
    return tuple(field for field in site.extra.values() if place in field.show)


def own_values(site: Site, record: Record, place: str) -> Iterator[tuple[OwnField, tuple[str, ...]]]:
    """Yield the own fields of a record that are shown in a place, with their values."""
    for field in own_fields(site, place):
        if values := record.extra.get(field.id):
            yield field, values


def own_text(context: PageContext, field: OwnField, values: tuple[str, ...]) -> str:
    """Return the values of an own field as readers of a language write them."""
    if field.type == "date":
        return context.moment(parse_edtf(values[0]))
    if field.type == "number":
        return show_exact(values[0], context.language)
    return " · ".join(values)
