"""What a record is, in the words of schema.org: an organisation, a person, a defined term."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from atlas.content.model import Record
from atlas.pages.editions import plain_text
from atlas.pages.heads import absolute
from atlas.pages.setting import Setting
from atlas.tongues.moments import Moment

ARTICLES: Final = frozenset({"case", "claim", "comparison"})
"""The families whose pages argue and cite, as an article does."""


def about(setting: Setting, record: Record) -> Mapping[str, object]:
    """What the page of a record is about (`mainEntity`); nothing for those that are themselves what they say."""
    described = _DESCRIBED.get(record.family)
    return {"mainEntity": _filled(described(setting, record))} if described else {}


def exact_day(moment: Moment | None) -> str:
    """A date that is known for certain, as ISO 8601 writes it: a year, month or day; else ""."""
    if moment is None or moment.is_interval or moment.is_approximate or moment.is_uncertain:
        return ""
    point = moment.points[0]
    exact = point.precision in ("year", "month", "day") and "X" not in str(moment) and 0 < point.year <= 9999
    return str(moment) if exact else ""


def _filled(row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if value}


def _named(setting: Setting, record: Record) -> dict[str, object]:
    name = plain_text(setting.edition.title(record))
    others = dict.fromkeys(form for one in record.names for form in (one.text, one.romanised) if form and form != name)
    return {
        "name": name,
        "alternateName": list(others),
        "description": plain_text(setting.edition.excerpt(record)),
    }


def _organisation(setting: Setting, record: Record) -> dict[str, object]:
    return {
        "@type": "Organization",
        **_named(setting, record),
        "url": record.website,
        "subjectOf": _archived(record),
        "foundingDate": exact_day(record.start),
        "dissolutionDate": exact_day(record.end),
        "location": [_place(setting, id) for id in record.places if id in setting.atlas.site.places],
    }


def _archived(record: Record) -> dict[str, object]:
    """The website of an organisation, where a copy of it is kept."""
    return (
        _filled({"@type": "WebSite", "url": record.website, "archivedAt": record.archived}) if record.archived else {}
    )


def _place(setting: Setting, id: str) -> dict[str, Any]:
    place = setting.atlas.site.places[id]
    latitude, longitude = place.coordinates
    geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {"@type": "Place", "name": setting.label(place.label), "geo": geo}


def _person(setting: Setting, record: Record) -> dict[str, object]:
    return {"@type": "Person", **_named(setting, record)}


def _term(setting: Setting, record: Record) -> dict[str, object]:
    whole = {
        "@type": "DefinedTermSet",
        "name": setting.label(setting.atlas.site.title),
        "url": absolute(setting.atlas, setting.language, "/concepts/"),
    }
    return {"@type": "DefinedTerm", **_named(setting, record), "inDefinedTermSet": whole}


_DESCRIBED: Final[Mapping[str, Callable[[Setting, Record], dict[str, object]]]] = {
    "actor": _organisation,
    "person": _person,
    "concept": _term,
}
