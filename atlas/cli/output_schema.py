"""The JSON Schema of what commands print with `--json`."""

from __future__ import annotations

from typing import Any, Final

from atlas.core.rules import Rule

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_ROW: Final[dict[str, Any]] = {"type": "object", "additionalProperties": {"type": ["string", "integer"]}}
_ROWS: Final = {"type": "array", "items": _ROW}
_OWN: Final[dict[str, dict[str, Any]]] = {
    "book": {},
    "build": {"pages": _COUNT, "removed": _COUNT, "seconds": {"type": "number", "minimum": 0}},
    "check": {
        "pages": _COUNT,
        "counts": {"type": "object", "additionalProperties": _COUNT},
        "facts": {"type": "object", "additionalProperties": _COUNT},
    },
    "clean": {},
    "completion": {"script": _TEXT},
    "explain": {"explained": {"type": ["object", "null"]}},
    "import": {"imported": _COUNT, "losses": _ROWS, "report": _TEXT},
    "init": {"files": _TEXTS},
    "new": {"path": _TEXT},
    "release": {"archive": _TEXT, "digest": _TEXT},
    "rename": {"files": _TEXTS},
    "schema": {},
    "translations": {"progress": _ROWS, "translations": _ROWS, "units": _COUNT, "fuzzy": _COUNT, "empty": _COUNT},
}
"""The keys of each command beside the common ones. `serve` prints an object with `message` on each line."""
_OPTIONAL: Final = frozenset({"progress", "translations", "units", "fuzzy", "empty"})
"""Keys that a command prints only for some of its options."""


def output_schema() -> dict[str, Any]:
    """Return the schema, with a definition for each command."""
    problem = {
        "path": _TEXT,
        "line": _COUNT,
        "column": _COUNT,
        "rule": {"enum": [rule.value for rule in Rule]},
        "severity": {"enum": ["error", "warning", "note"]},
        "message": _TEXT,
        "hint": _TEXT,
    }
    common = {
        "problems": {"type": "array", "items": _object(problem)},
        "written": _COUNT,
        "kept": _COUNT,
        "rules": {"type": "object", "additionalProperties": _object({"text": _TEXT, "address": _TEXT})},
    }
    commands = {name: _object({**common, **own}, {"rules", *_OPTIONAL}) for name, own in _OWN.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What commands print with --json",
        "$defs": {**commands, "serve": _object({"message": _TEXT})},
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in (*commands, "serve")],
    }


def _object(keys: dict[str, Any], optional: set[str] | frozenset[str] = frozenset()) -> dict[str, Any]:
    required = [key for key in keys if key not in optional]
    return {"type": "object", "properties": keys, "required": required, "additionalProperties": False}
