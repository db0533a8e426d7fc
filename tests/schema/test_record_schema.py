"""The editors' schemas: they accept every file that builds, refuse what is misspelt, and stand in schema/ as they
are.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from site_copies import REPOSITORY, SITES
from small_atlases import SITE

from atlas.content.site_config import read_site
from atlas.core.problems import Problem
from atlas.core.sources import Source, read_input
from atlas.schema.families import BY_FAMILY, BY_FOLDER, FAMILIES, translation_table
from atlas.schema.json_schema import schemas

ROOTS = [REPOSITORY, *sorted(path.parent for path in SITES.glob("*/content"))]
NAMES = [
    "site",
    "places",
    "file",
    "book",
    *(name for family in FAMILIES for name in (family.id, f"{family.id}.translation")),
]


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers and booleans are distinguished from words, days are words."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?(0|[1-9][0-9]*)\Z"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]*\Z"), list("-+0123456789"))


@cache
def validators(root: Path) -> dict[str, Draft202012Validator]:
    """The schemas of an atlas by name."""
    files, _ = read_input(root)
    return compiled({source.path: source for source in files.sources})


def compiled(sources: dict[str, Source]) -> dict[str, Draft202012Validator]:
    """The schemas of some sources by name, with the formats of days checked."""
    _, declared, problems = read_site(sources)
    texts = schemas(declared)
    assert problems == ()
    checker = Draft202012Validator.FORMAT_CHECKER
    return {
        name.removesuffix(".json"): Draft202012Validator(json.loads(text), format_checker=checker)
        for name, text in texts.items()
    }


def schema_of(path: str) -> str:
    """The name of the schema that a file of content/ follows."""
    folders, name = path.split("/")[1:-1], path.rpartition("/")[2]
    if not folders or folders == ["files"]:
        return "file" if folders else name.removesuffix(".yaml")
    if folders == ["books"]:
        return "book"
    family = BY_FOLDER[folders[0]].id
    return f"{family}.translation" if name.count(".") == 2 else family


def mapping_of(source: Source) -> str:
    """The YAML of a file: the whole, or its front matter."""
    return source.text.removeprefix("---\n").split("\n---", 1)[0] if source.path.endswith(".md") else source.text


@pytest.mark.parametrize("loader", [yaml.BaseLoader, Core], ids=["as words", "as editors"])
@pytest.mark.parametrize("root", ROOTS, ids=[root.name for root in ROOTS])
def test_the_schemas_accept_every_file_of_an_atlas(root: Path, loader: Any) -> None:
    refused = []
    files, _ = read_input(root)
    for source in files.sources:
        if source.path.startswith("content/"):
            value = yaml.load(mapping_of(source), loader)
            errors = validators(root)[schema_of(source.path)].iter_errors(value)
            refused += [(source.path, list(error.absolute_path), error.message) for error in errors]
    assert refused == []


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_says_what_every_key_means(name: str) -> None:
    schema = validators(SITES / "three")[name].schema
    assert isinstance(schema, dict)
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == name
    assert all(each["description"] for each in schema.get("properties", {}).values())


def test_there_is_one_schema_for_each_kind_of_file() -> None:
    assert set(validators(SITES / "three")) == set(NAMES)


@pytest.mark.parametrize("family", [family.id for family in FAMILIES])
def test_a_misspelt_key_is_refused_in_every_family(family: str) -> None:
    for name, table in (
        (family, BY_FAMILY[family].table),
        (f"{family}.translation", translation_table(BY_FAMILY[family])),
    ):
        for key in table.keys:
            validator = validators(SITES / "three")[name]
            wrong = [error for error in validator.iter_errors({key.name + "x": []}) if key.name + "x" in error.message]
            assert [error.validator for error in wrong] == ["additionalProperties"], (name, key.name)


def valid_actor(**changes: object) -> dict[str, object]:
    """An actor of the invented atlas as YAML holds it."""
    actor: dict[str, object] = {
        "lang": "en",
        "date": "2026-11-22",
        "names": [{"lang": "en", "text": "Lamps"}],
        "sides": ["north"],
        "kind": "club",
        "summary": "A club [@lamp1901].",
        "facts": [{"id": "a", "dimension": "origin", "text": "Lit.", "sources": ["lamp1901", {"work": "tide1910"}]}],
    }
    return actor | changes


@pytest.fixture(scope="module")
def actor_schema() -> Draft202012Validator:
    """The schema of an actor of the invented atlas."""
    return compiled({"content/site.yaml": Source("content/site.yaml", SITE)})["actor"]


def test_a_right_actor_is_accepted(actor_schema: Draft202012Validator) -> None:
    actor_schema.validate(valid_actor())


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"sides": ["nort"]}, ["sides", 0]),
        ({"sides": []}, ["sides"]),
        ({"kind": "charter"}, ["kind"]),
        ({"lang": "de"}, ["lang"]),
        ({"date": "2026"}, ["date"]),
        ({"website": "javascript:x"}, ["website"]),
        ({"names": [{"lang": "en"}]}, ["names", 0]),
        ({"names": [{"lang": "en", "text": "Lamps", "kind": "old"}]}, ["names", 0, "kind"]),
        ({"facts": [{"id": "A b", "dimension": "origin", "text": "x", "sources": ["a"]}]}, ["facts", 0, "id"]),
        ({"facts": [{"id": "a", "dimension": "origins", "text": "x", "sources": ["a"]}]}, ["facts", 0, "dimension"]),
        ({"facts": [{"id": "a", "dimension": "origin", "text": "x"}]}, ["facts", 0]),
        ({"facts": [{"id": "a", "dimension": "origin", "txt": "x", "sources": ["a"]}]}, ["facts", 0]),
        ({"unanswered": {"origin": "unknown"}}, ["unanswered", "origin"]),
        ({"fields": {"lights": ["a"]}}, ["fields"]),
        ({"names": "Lamps"}, ["names"]),
    ],
)
def test_a_wrong_actor_is_refused_where_it_is_wrong(
    changes: dict[str, object], place: list[object], actor_schema: Draft202012Validator
) -> None:
    errors = list(actor_schema.iter_errors(valid_actor(**changes)))
    assert {tuple(error.absolute_path) for error in errors} == {tuple(place)}


@pytest.mark.parametrize("key", ["lang", "date", "names", "sides", "kind", "summary"])
def test_a_required_key_is_required(key: str, actor_schema: Draft202012Validator) -> None:
    actor = valid_actor()
    del actor[key]
    assert [error.validator for error in actor_schema.iter_errors(actor)] == ["required"]


def test_schemas_of_a_broken_site_report_what_is_wrong() -> None:
    problems: tuple[Problem, ...] = read_site({"content/site.yaml": Source("content/site.yaml", "a: b: c\n")})[2]
    assert [problem.rule for problem in problems] == ["yaml-syntax"]


def test_the_folder_schema_holds_what_the_command_writes() -> None:
    files, _ = read_input(REPOSITORY)
    _, declared, _ = read_site({source.path: source for source in files.sources})
    texts = schemas(declared)
    written = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "schema").iterdir()}
    assert written == texts, "run `make reference`"
