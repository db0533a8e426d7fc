"""Writes docs/reference.md from the engine: keys, commands, rules, limits, template variables.

Each key, command, rule and template variable is read from its declaration, so none can be missing.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from atlas.cli.command import Option
from atlas.cli.main import COMMANDS, load
from atlas.cli.output_schema import output_schema
from atlas.core.limits import LIMITS
from atlas.core.output import write_text
from atlas.core.rules import Rule
from atlas.core.scripts import LETTERS
from atlas.core.sources import read_text
from atlas.core.traditional import SIMPLIFIED
from atlas.graphics import drawing
from atlas.pages import view_parts
from atlas.pages.registry import PAGE_KINDS
from atlas.schema import families, site_schema, style_schema
from atlas.schema.book_schema import BOOK
from atlas.schema.field_types import FieldType
from atlas.schema.object_types import ListOf, MapOf, ObjectType
from atlas.search.terms import CUTS, RUNS

_VIEWS = tuple(dict.fromkeys((drawing, view_parts, *(sys.modules[kind.view.__module__] for kind in PAGE_KINDS))))
HOME = Path(__file__).resolve().parents[2]
SEARCH_SCRIPT = HOME / "templates" / "static" / "search.js"
TRADITIONAL = HOME / "templates" / "static" / "traditional.txt"
"""Each traditional character with its simplified form, which the search script reads for queries in Chinese."""
_TEMPLATES = {kind.view.__name__: ", ".join(kind.templates) for kind in PAGE_KINDS}


def reference() -> str:
    """Return the whole reference as Markdown."""
    parts = [
        "# Reference",
        "Written by `make reference` from the engine itself: do not edit. [content.md](content.md) explains how it"
        " all fits together.",
        "## Commands",
        "Options may come before or after the command. Without a command, `build` runs.",
        *_commands(),
        "## Keys of content/site.yaml",
        *_table(site_schema.SITE),
        "## Keys of content/places.yaml",
        *_shape(site_schema.PLACES),
        "## Keys of content/styles/NAME.yaml",
        "A citation style of the atlas; those of the engine in `atlas/bibliography/data/` are examples. The keys from"
        " `names` on may be given again under `languages:` for a language (`languages: {fr: {range: –}}`).",
        *_table(style_schema.STYLE),
        "## Keys of content/books/ID.yaml",
        "A book of the atlas has one of the keys `families`, `records` and `path`.",
        *_table(BOOK),
        "## Keys of the description of a file",
        *_table(site_schema.FILE),
    ]
    for family in families.FAMILIES:
        parts += [f"## Keys of content/{family.folder}/ID.{family.form}", *_table(family.table)]
        parts += [
            f"## Keys of content/{family.folder}/ID.LANG.{family.form}",
            *_table(families.translation_table(family)),
        ]
    parts += [
        "## Rules",
        "An error stops the build. A warning does not stop a build, but with `--strict` the exit code is 1. A note is"
        " information. `check --fix` fixes the"
        " rules that say so. Each rule has its own address here: `reference.md#bad-date`.",
        *_rules(),
    ]
    parts += ["## Limits", "What goes beyond one of these numbers is one error with its file and line.", *_limits()]
    parts += ["## Template variables", *_variables()]
    return "\n\n".join(parts) + "\n"


def _commands() -> Iterator[str]:
    for name in COMMANDS:
        command = load(name)
        yield f"### {name}"
        yield f"{command.summary[0].upper()}{command.summary[1:]}."
        yield "\n".join(f"- {_usage(option)}: {option.how['help']}." for option in command.options)


def _usage(option: Option) -> str:
    """Return the forms of an option with the name of its value; of an argument, only the name."""
    value = option.how.get("metavar", "")
    if option.is_argument:
        return f"`{value}`"
    return ", ".join(f"`{name}`" for name in option.names) + (f" {value}" if value else "")


def _table(table: ObjectType) -> Iterator[str]:
    lines = ["| key | value | meaning |", "| --- | --- | --- |"]
    inner: dict[str, ObjectType] = {}
    for key in table.keys:
        required = " **Required.**" if key.required else ""
        lines.append(f"| `{key.name}` | {key.shape.in_words()} | {key.meaning}.{required} |")
        inner |= {found.name: found for found in _tables_in(key.shape)}
    yield "\n".join(lines)
    for found in inner.values():
        yield f"Each {found.name}" + (f" (`{found.short}` may be given alone):" if found.short else ":")
        yield from _table(found)


def _shape(shape: FieldType) -> Iterator[str]:
    for table in _tables_in(shape):
        yield from _table(table)


def _tables_in(shape: object) -> Iterator[ObjectType]:
    if isinstance(shape, ObjectType):
        yield shape
    elif isinstance(shape, ListOf):
        yield from _tables_in(shape.shape)
    elif isinstance(shape, MapOf):
        yield from _tables_in(shape.value)


def _rules() -> Iterator[str]:
    for rule in Rule:
        yield f"#### {rule.value}"
        yield f"{rule.severity.capitalize()}{', fixed by `check --fix`' if rule.fixable else ''}. {rule.text}"


def _limits() -> Iterator[str]:
    rows = (f"| {name} | {number:,} | {what} |" for name, (number, what) in LIMITS.items())
    yield "\n".join(["| limit | number | of what |", "| --- | --- | --- |", *rows])


def _variables() -> Iterator[str]:
    yield (
        "A template is given `view` (one of those below), `frame` (the Frame of its language), `t(key, …)`, the"
        " words of the interface from `templates/words/`, `is_right_to_left(tag)`, whether a language is written"
        " from right to left, and `once(macro, …)`, which calls an imported macro once for the same arguments: use it"
        " for what is the same on many pages, such as the menu. Names that end in `html` hold safe markup; all else is"
        " escaped."
    )
    for module in _VIEWS:
        for name, struct in vars(module).items():
            if not (isinstance(struct, type) and struct.__module__ == module.__name__ and issubclass(struct, Struct)):
                continue
            yield f"### {name}"
            used = f" Templates: {_TEMPLATES[name]}." if name in _TEMPLATES else ""
            text, meanings = _attributes(inspect.cleandoc(struct.__doc__ or ""))
            yield text + used
            hints = typing.get_type_hints(struct)
            yield "\n".join(
                f"- `{field}`: {_type(hints[field])}{meanings.get(field, '')}" for field in struct.__struct_fields__
            )


def _attributes(docstring: str) -> tuple[str, dict[str, str]]:
    """Return a docstring without its last block `Attributes:`, and the text of each attribute in brackets."""
    text, _, block = docstring.partition("\n\nAttributes:\n")
    rows = (row.partition(": ") for row in re.split(r"\n? {4}(?=\S)", block) if row)
    return text, {name: f" ({' '.join(meaning.split()).rstrip('.')})" for name, _, meaning in rows}


def _type(hint: object) -> str:
    if isinstance(hint, types.UnionType):
        return " or ".join("nothing" if part is type(None) else _type(part) for part in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return f"list of {_type(typing.get_args(hint)[0])}"
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(f"`{value}`" if value else "nothing" for value in typing.get_args(hint))
    plain = {str: "text", int: "number", float: "number", bool: "true or false"}
    return plain.get(hint, getattr(hint, "__name__", str(hint))) if isinstance(hint, type) else str(hint)


def search_tables(script: str) -> str:
    """Return the search script with the tables of `atlas.core.scripts`, so that it divides text as the index does.

    Args:
        script: the text of `templates/static/search.js`.

    Returns:
        The same text with new lines `const RUNS`, `const CUTS` and `const LETTERS`.
    """
    runs = "".join(char if char == "-" else f"\\u{{{ord(char):x}}}" for char in RUNS)
    letters = ", ".join(f'{letter}: "{others}"' for letter, others in LETTERS.items())
    for name, value in (("RUNS", f'"{runs}"'), ("CUTS", f"/{CUTS}/u"), ("LETTERS", f"{{ {letters} }}")):
        before, start, rest = script.partition(f"  const {name} = ")
        after = rest.partition("\n")[2]
        script = f"{before}{start}{value}; // written by `make reference`\n{after}"
    return script


def traditional_table() -> str:
    """Return each traditional character followed by its simplified form."""
    return "".join(sign + simplified for sign, simplified in SIMPLIFIED.items())


if __name__ == "__main__":
    write_text(HOME / "docs" / "reference.md", reference())
    write_text(HOME / "docs" / "output.schema.json", json.dumps(output_schema(), indent=2) + "\n")
    write_text(SEARCH_SCRIPT, search_tables(read_text(SEARCH_SCRIPT)))
    write_text(TRADITIONAL, traditional_table())
    sys.exit(0)
