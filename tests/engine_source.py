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


# The rules that problems name.


def rules_named() -> tuple[set[str], set[str]]:
    """The rules that the engine gives where a rule is wanted: those written out, and the forms of those made up."""
    wanted = _wanted()
    written: set[str] = set()
    made: set[str] = set()
    for path in modules().values():
        for function in [tree(path), *(node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))]:
            for name, call in calls_of(function):
                for value in _arguments(call, wanted.get(name, set())):
                    for text in _texts(value, function):
                        (made if "{}" in text else written).add(text)
    return written, made


def calls_of(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a part of a file."""
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            if isinstance(child.func, ast.Name):
                yield child.func.id, child
            elif isinstance(child.func, ast.Attribute):
                yield child.func.attr, child


def _wanted() -> dict[str, set[int]]:
    """Where functions, methods and classes of values want a rule: the positions of their argument `rule`."""
    found: dict[str, set[int]] = {}
    for path in modules().values():
        for node in ast.walk(tree(path)):
            names: list[str] = []
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            elif isinstance(node, ast.ClassDef):
                rows = [row for row in node.body if isinstance(row, ast.AnnAssign)]
                names = [row.target.id for row in rows if isinstance(row.target, ast.Name)]
            if "rule" in names:
                assert isinstance(node, ast.FunctionDef | ast.ClassDef)
                found.setdefault(node.name, set()).add(names.index("rule"))
    return found


def _arguments(call: ast.Call, positions: set[int]) -> Iterator[ast.expr]:
    for position in positions:
        if position < len(call.args):
            yield call.args[position]
    for keyword in call.keywords:
        if keyword.arg == "rule" and positions:
            yield keyword.value


def _texts(value: ast.expr, around: ast.AST) -> Iterator[str]:
    """What an expression may be: its text, those of its branches, those that its name was given."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield from [value.value] if KEBAB.fullmatch(value.value) else []
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body, around)
        yield from _texts(value.orelse, around)
    elif isinstance(value, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in value.values)
        yield "".join(parts)
    elif isinstance(value, ast.Name):
        for node in ast.walk(around):
            if isinstance(node, ast.Assign) and any(ast.unparse(target) == value.id for target in node.targets):
                yield from _texts(node.value, around)
