"""Writes JSON Schema (2020-12) for every kind of file, with the ids that this atlas declares, for editors."""

from __future__ import annotations

import json
from typing import Any

from atlas.schema import families, site_schema
from atlas.schema.book_schema import BOOK
from atlas.schema.field_types import Declared, FieldType

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(declared: Declared) -> dict[str, str]:
    """Return the schema files of an atlas by name: two for each family (records, translations), and the others."""
    shapes: dict[str, FieldType] = {"site": site_schema.SITE, "places": site_schema.PLACES, "file": site_schema.FILE}
    shapes["book"] = BOOK
    for family in families.FAMILIES:
        shapes |= {family.id: family.table, f"{family.id}.translation": families.translation_table(family)}
    return {f"{name}.json": _text(name, shape, declared) for name, shape in shapes.items()}


def _text(name: str, shape: FieldType, declared: Declared) -> str:
    whole: dict[str, Any] = {"$schema": _DIALECT, "title": name} | shape.as_schema(declared)
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
