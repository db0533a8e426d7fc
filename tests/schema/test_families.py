"""A family is declared in one place: nothing else names one, and what it needs by convention is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from engine_source import calls, modules, tree
from site_copies import REPOSITORY
from small_pages import engine

from atlas.schema.families import BY_FAMILY, COMPARED, FAMILIES, INDEXED, Family

DECLARING = "atlas.schema.families"


def test_one_family_is_compared() -> None:
    assert [family.id for family in FAMILIES if family.dimensions == "compared"] == [COMPARED.id]


def test_ids_and_folders_are_distinguished() -> None:
    assert len({family.id for family in FAMILIES}) == len({family.folder for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_a_family_has_what_it_needs_by_convention(family: Family) -> None:
    assert f"{family.id}.html" in engine().templates
    assert (REPOSITORY / "schema" / f"{family.id}.json").is_file()
    assert (REPOSITORY / "schema" / f"{family.id}.translation.json").is_file()
    assert (REPOSITORY / f"templates/static/og/{family.folder}.png").is_file() == family.has_index


@pytest.mark.parametrize("family", INDEXED, ids=lambda family: family.id)
def test_a_record_has_its_address_in_the_folder_of_its_family(family: Family) -> None:
    assert family.path("one") == f"/{family.folder}/one/"


def named_families(module: str) -> Iterator[str]:
    """Where a module asks for a family by its name: in a comparison, a table or a call."""
    names = {*BY_FAMILY}
    for node in ast.walk(tree(modules()[module])):
        if isinstance(node, ast.Compare) and "family" in ast.unparse(node):
            said = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
            yield from (ast.unparse(node) for _ in said & {*names, *(family.folder for family in FAMILIES)})
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            said = {each.value for each in node.elts if isinstance(each, ast.Constant)}
            if len(said & names) > 1:
                yield ast.unparse(node)
    for name, call in calls(modules()[module]):
        if name == "family" and call.args and isinstance(call.args[0], ast.Constant):
            yield ast.unparse(call)


@pytest.mark.parametrize("module", [name for name in modules() if name != DECLARING])
def test_no_other_module_names_a_family(module: str) -> None:
    assert list(named_families(module)) == []
