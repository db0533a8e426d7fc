"""The editors' schemas: JSON Schema (2020-12) of every kind of file, with the ids that this atlas declares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from atlas.content import schema, site_schema
from atlas.content.declaring import read_site
from atlas.content.shapes import Declared, Shape
from atlas.problems import Problem
from atlas.sources import Source

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(sources: Mapping[str, Source]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The schema files of an atlas by name: one a family, one for its translations, and those of the other files."""
    _, declared, problems = read_site(sources)
    shapes: dict[str, Shape] = {"site": site_schema.SITE, "places": site_schema.PLACES, "file": site_schema.FILE}
    for family in schema.FAMILIES:
        shapes |= {family.id: family.table, f"{family.id}.translation": schema.translation_table(family)}
    return {f"{name}.json": _text(name, shape, declared) for name, shape in shapes.items()}, problems


def _text(name: str, shape: Shape, declared: Declared) -> str:
    whole: dict[str, Any] = {"$schema": _DIALECT, "title": name} | shape.as_schema(declared)
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
