"""The source of the engine as its syntax trees: what modules import, call and say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from site_copies import REPOSITORY

KEBAB = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


@cache
def modules() -> dict[str, Path]:
    """Every module of the engine by its name, such as atlas.core.problems."""
    found = {}
    for path in sorted((REPOSITORY / "atlas").glob("**/*.py")):
        parts = path.relative_to(REPOSITORY).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The names of the modules that a file imports, wherever in it, but for types alone."""
    for node in _running(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a tree but what stands under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from _running(child)


def imported(path: Path) -> set[str]:
    """The modules of the engine that a file imports."""
    known = modules()
    names = {name if name in known else name.rpartition(".")[0] for name in imports(path)}
    return {name for name in names if name in known}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def constants(path: Path) -> set[str]:
    """Every text that stands in a file."""
    nodes = ast.walk(tree(path))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
