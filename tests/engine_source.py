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


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every part of the syntax tree of a file."""
    return tuple(ast.walk(tree(path)))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The names of the modules that a file imports, wherever in it, but for types alone."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
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


@cache
def calls(path: Path) -> tuple[tuple[str, ast.Call], ...]:
    """Every call with the last name of what is called."""
    return tuple(_calls(path))


def _calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in nodes(path):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def constants(path: Path) -> set[str]:
    """Every text that stands in a file."""
    return {node.value for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


CHANGING = {"append", "extend", "add", "update", "clear", "pop", "popitem", "remove", "discard", "insert", "setdefault",
            "sort", "reverse", "appendleft"}  # fmt: skip
"""Methods that change what they are called on."""


def changed_state(module: ast.Module) -> Iterator[str]:
    """Every place where a function changes what stands at the top of a module, its own or one that it imports from."""
    top = {name for node in module.body for name in _bound(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Global):
            yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.FunctionDef | ast.Lambda):
            inside = list(ast.walk(node))
            own = {each.arg for each in inside if isinstance(each, ast.arg)}
            own |= {each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
            found = ((each, _root(_changed(each))) for each in inside)
            yield from (f"{node.lineno}: {ast.unparse(each)}" for each, name in found if name in top - own)


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of a module binds."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    functions = {node.name} if isinstance(node, ast.FunctionDef) else set()
    return functions | {target.id for target in targets if isinstance(target, ast.Name)}


def _changed(node: ast.AST) -> ast.expr | None:
    """What an expression changes a part of."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        return node.func.value
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        return node.value
    return None


def _root(node: ast.expr | None) -> str:
    """The name that an expression begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
