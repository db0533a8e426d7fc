"""docs/reference.md is complete: every command, key, rule and template variable, and every word that pages say."""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from engine_source import calls, imported, modules
from msgspec import Struct
from site_copies import REPOSITORY
from small_pages import engine

from atlas.cli.main import COMMANDS, load
from atlas.cli.reference import SEARCH_SCRIPT, TRADITIONAL, reference, search_tables, traditional_table
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.i18n.dates import DATE_WORDS
from atlas.i18n.locales import Language
from atlas.i18n.messages import compare_catalogs, read_catalog
from atlas.lint.agreement import Disagreement
from atlas.pages.data.data_tables import DATA_WORDS
from atlas.pages.interface_words import engine_words
from atlas.pages.registry import PAGE_KINDS
from atlas.pages.rendering.templates import messages_used
from atlas.pages.sources.source_pages import WORK_WORDS
from atlas.schema.families import FAMILIES, FAMILY_WORDS, translation_table
from atlas.schema.site_schema import FILE, SITE

LANGUAGES = [Language("en", "en", "English"), Language("fr", "fr", "Français"), Language("zh", "zh-Hans", "简体中文")]


@cache
def whole() -> str:
    """The reference."""
    return reference()


def section(title: str) -> str:
    """One part of the reference, without its title."""
    return whole().split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_file_holds_what_the_engine_says_of_itself() -> None:
    written = (REPOSITORY / "docs/reference.md").read_text(encoding="utf-8")
    assert written == reference(), "run `make reference`"


def test_no_part_of_it_is_empty_or_shown_twice() -> None:
    titles = re.findall(r"(?m)^##+ (.*)$", whole())
    assert len(titles) == len(set(titles))
    assert "None" not in whole()
    assert all(cell.strip() for line in re.findall(r"(?m)^\| (.*) \|$", whole()) for cell in line.split(" | "))


def test_the_search_script_has_the_tables_of_the_engine() -> None:
    written = SEARCH_SCRIPT.read_text(encoding="utf-8")
    assert written == search_tables(written), "run `make reference`"
    assert written.count("written by `make reference`") == 3
    assert TRADITIONAL.read_text(encoding="utf-8") == traditional_table(), "run `make reference`"


# Commands and keys.


def test_every_command_and_option_is_listed() -> None:
    for name in COMMANDS:
        own = section("Commands").split(f"### {name}\n", 1)[1].split("\n### ", 1)[0]
        options = load(name).options
        assert options
        for option in options:
            for form in option.names if option.names[0].startswith("-") else (option.names[0].upper(),):
                assert f"`{form}`" in own, (name, form)


def test_every_key_of_every_file_is_listed() -> None:
    tables = {"Keys of content/site.yaml": SITE, "Keys of the description of a file": FILE}
    for family in FAMILIES:
        tables[f"Keys of content/{family.folder}/ID.{family.form}"] = family.table
        tables[f"Keys of content/{family.folder}/ID.LANG.{family.form}"] = translation_table(family)
    for title, table in tables.items():
        for key in table.keys:
            assert f"| `{key.name}` |" in section(title), (title, key.name)
            assert key.meaning in section(title)


# Rules.


def test_every_rule_is_broken_by_some_problem() -> None:
    texts = [path.read_text(encoding="utf-8") for name, path in modules().items() if name != Rule.__module__]
    written = {Rule[name] for text in texts for name in re.findall(r"\bRule\.([A-Z0-9_]+)", text)}
    known = {argument for path in modules().values() for argument in _declarations(path)}
    kinds = typing.get_args(typing.get_type_hints(Disagreement)["kind"])
    made = {Rule(f"unknown-{noun}") for noun in known} | {Rule(f"{kind}-differs") for kind in kinds}
    assert sorted(set(Rule) - written - made) == []


def _declarations(path: Path) -> Iterator[str]:
    """What the field types of a module ask for by a declared id: `side`, or `kind` of `kind:actor`."""
    for name, call in calls(path):
        if name == "DeclaredId":
            table = ast.unparse(call.args[0]).lstrip("f").strip("'\"")
            yield table.partition(":")[0]


@pytest.mark.parametrize("rule", Rule, ids=str)
def test_a_rule_is_reported_in_a_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.value)
    assert rule.text.endswith(".")
    assert re.search(rf"(?m)^#### {rule.value}\n\n{rule.severity.capitalize()}[.,]", section("Rules"))
    assert rule.text in section("Rules")


# Templates: their variables and words.


def test_every_view_and_each_of_its_names_is_reported() -> None:
    reported = section("Template variables")
    views = [name for name in modules() if name.startswith("atlas.pages.") and name.endswith((".views", ".view_parts"))]
    assert views
    for name in (*views, "atlas.graphics.drawing"):
        for struct in vars(import_module(name)).values():
            if isinstance(struct, type) and issubclass(struct, Struct) and struct.__module__ == name:
                part = reported.split(f"### {struct.__name__}\n", 1)[1].split("\n### ", 1)[0]
                for field in struct.__struct_fields__:
                    assert f"- `{field}`: " in part, (struct.__name__, field)


def test_the_meaning_of_an_attribute_is_beside_its_name() -> None:
    reported = section("Template variables")
    views = [struct for kind in PAGE_KINDS for struct in vars(import_module(kind.view.__module__)).values()]
    documented = 0
    for struct in views:
        if isinstance(struct, type) and issubclass(struct, Struct):
            for name in re.findall(r"(?m)^ {8}(\w+): ", (struct.__doc__ or "").partition("Attributes:\n")[2]):
                assert re.search(rf"(?m)^- `{name}`: .+ \(.+\)$", reported.split(f"### {struct.__name__}\n", 1)[1])
                assert name in struct.__struct_fields__, (struct.__name__, name)
                documented += 1
    assert documented
    assert "Attributes:" not in reported


def test_every_page_template_is_named_with_its_view() -> None:
    reported = section("Template variables")
    pages = {name for name in engine().templates if "/" not in name and not name.startswith("_")} - {"base.html"}
    assert sorted(name for name in pages if name not in reported) == []


LOOKED_UP = {
    "column.word": DATA_WORDS,
    "key.word": FAMILY_WORDS,
    "table.word": DATA_WORDS,
    "file.title": DATA_WORDS,
    "title": DATA_WORDS,
    "family.id": FAMILY_WORDS,
    "family.folder": FAMILY_WORDS,
    "family.plural_word": FAMILY_WORDS,
    "family.related_word": FAMILY_WORDS,
    "keys[point.approximate]": DATE_WORDS,
}
"""The expressions by which the engine looks a word up, each with the words among which it does."""


def said_by_the_engine() -> tuple[set[str], set[str]]:
    """The words that the engine says in its own source, and the expressions by which it looks up others."""
    said: set[str] = set()
    looked_up: set[str] = set()
    for path in modules().values():
        for name, call in calls(path):
            if name == "t" and path.name != "renderer.py":
                key = call.args[0]
                if isinstance(key, ast.Constant):
                    said.add(str(key.value))
                else:
                    looked_up.add(ast.unparse(key))
    return said, looked_up


def test_every_word_that_the_engine_says_is_found() -> None:
    said, looked_up = said_by_the_engine()
    assert looked_up == LOOKED_UP.keys()
    assert engine_words().keys() == said | {word for words in LOOKED_UP.values() for word in words} | {*WORK_WORDS}


@pytest.mark.parametrize("language", LANGUAGES, ids=[language.id for language in LANGUAGES])
def test_every_word_that_templates_say_is_in_the_catalogue_and_no_other(language: Language) -> None:
    path = f"words/{language.id}.yaml"
    words, problems = read_catalog(Source(path, engine().templates[path]), language)
    assert problems == ()
    said = messages_used(engine().templates) | engine_words()
    assert sorted(said.keys() ^ words.entries.keys()) == []


def test_the_catalogues_agree() -> None:
    templates = engine().templates
    catalogues = [
        read_catalog(Source(f"words/{each.id}.yaml", templates[f"words/{each.id}.yaml"]), each)[0] for each in LANGUAGES
    ]
    assert compare_catalogs(catalogues, messages_used(templates) | engine_words()) == ()


@pytest.mark.parametrize("name", [name for name in engine().templates if not name.startswith("words/")])
def test_templates_say_words_by_their_name_alone(name: str) -> None:
    text = engine().templates[name]
    said = re.findall(r"\bt\(\s*([^,)]*)", text)
    looked_up = [key for key in said if not re.fullmatch(r"[\"'][a-z0-9-]+[\"']", key)]
    assert looked_up == (["id", 'id ~ "-count"'] if name == "_inline.html" else [])


def test_the_reference_reads_the_engine_and_nothing_reads_the_reference() -> None:
    own = next(name for name in modules() if name.endswith(".reference"))
    assert not any(own in imported(path) for name, path in modules().items())
