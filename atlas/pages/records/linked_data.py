"""Builds the schema.org object of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from atlas.content.model import Record
from atlas.i18n.edtf import EdtfDate
from atlas.pages.context import PageContext
from atlas.pages.head import absolute
from atlas.pages.locale_site import plain_text
from atlas.schema.families import BY_FAMILY, SchemaOrgType
from atlas.schema.identifiers import identifier_url


def about(context: PageContext, record: Record) -> Mapping[str, object]:
    """Return the subject of the page of a record as `mainEntity`; empty for families without a described type."""
    described = _DESCRIBED.get(BY_FAMILY[record.family].schema_org)
    return {"mainEntity": _filled(described(context, record))} if described else {}


def exact_day(moment: EdtfDate | None) -> str:
    """Return a certain date in ISO 8601 (a year, month or day); "" for any other."""
    if moment is None or moment.is_interval or moment.is_approximate or moment.is_uncertain:
        return ""
    point = moment.points[0]
    exact = point.precision in ("year", "month", "day") and "X" not in str(moment) and 0 < point.year <= 9999
    return str(moment) if exact else ""


def _filled(row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if value}


def _named(context: PageContext, record: Record) -> dict[str, object]:
    name = plain_text(context.locale_site.title(record))
    others = dict.fromkeys(form for one in record.names for form in (one.text, one.romanised) if form and form != name)
    return {
        "name": name,
        "alternateName": list(others),
        "sameAs": [identifier_url(key, value) for key, value in record.identifiers.items()],
        "description": plain_text(context.locale_site.excerpt(record)),
    }


def _organisation(context: PageContext, record: Record) -> dict[str, object]:
    return {
        "@type": "Organization",
        **_named(context, record),
        "url": record.website,
        "subjectOf": _archived(record),
        "foundingDate": exact_day(record.start),
        "dissolutionDate": exact_day(record.end),
        "location": [_place(context, id) for id in record.places if id in context.atlas.site.places],
    }


def _archived(record: Record) -> dict[str, object]:
    """Return the archived website of an organisation."""
    return (
        _filled({"@type": "WebSite", "url": record.website, "archivedAt": record.archived}) if record.archived else {}
    )


def _place(context: PageContext, id: str) -> dict[str, Any]:
    place = context.atlas.site.places[id]
    latitude, longitude = place.coordinates
    geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {"@type": "Place", "name": context.label(place.label), "geo": geo}


def _person(context: PageContext, record: Record) -> dict[str, object]:
    return {"@type": "Person", **_named(context, record)}


def _term(context: PageContext, record: Record) -> dict[str, object]:
    whole = {
        "@type": "DefinedTermSet",
        "name": context.label(context.atlas.site.title),
        "url": absolute(context.atlas, context.language, f"/{BY_FAMILY[record.family].folder}/"),
    }
    return {"@type": "DefinedTerm", **_named(context, record), "inDefinedTermSet": whole}


_DESCRIBED: Final[Mapping[SchemaOrgType, Callable[[PageContext, Record], dict[str, object]]]] = {
    "Organization": _organisation,
    "Person": _person,
    "DefinedTerm": _term,
}
