"""Writes the generated parts of docs/architecture.md: `make reference` runs it, and a test compares.

A part is between `<!-- NAME: generated -->` and `<!-- /NAME -->`; the text around the parts is written by hand.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from site_copies import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "architecture.md"


def architecture(text: str) -> str:
    """Write the generated parts of the architecture document anew.

    Args:
        text: the document as it stands.

    Returns:
        The document with every generated part replaced.

    Raises:
        KeyError: if the document names a part that is not generated here.
    """
    pattern = re.compile(r"(<!-- (?P<name>[a-z]+): generated -->\n).*?(<!-- /(?P=name) -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}\n{_PARTS[found['name']]()}\n\n{found[3]}", text)


def data_flow() -> str:
    """Return the stages of a build as a Mermaid drawing, read from the calls in `run` of `atlas/build/pipeline.py`.

    A box is a stage. An arrow is a value that one stage returns and a later one takes, with its name in `run`.
    """
    lines = ["```mermaid", "flowchart LR", '  input["content/ · bibliography.bib · templates/"] --> read']
    maker: dict[str, str] = {}
    for stage, taken, made in _stages():
        values: dict[str, list[str]] = {}
        for name in taken:
            if name in maker:
                values.setdefault(maker[name], []).append(name)
        lines += [f"  {source} -->|{', '.join(names)}| {stage}" for source, names in values.items()]
        maker |= dict.fromkeys(made, stage)
    return "\n".join([*lines, '  write --> output["site/"]', "```"])


def _stages() -> Iterator[tuple[str, list[str], list[str]]]:
    """The stages of a build in order: the name of each, the variables that it takes, and those that it sets."""
    module = ast.parse((REPOSITORY / "atlas" / "build" / "pipeline.py").read_text(encoding="utf-8"))
    run = next(node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == "run")
    names = {"read": "read", "add_post_files": "post", "target.write": "write"}
    names |= {name: name for name in ("check", "link", "plan", "render")}
    for statement in (node for node in ast.walk(run) if isinstance(node, ast.Assign)):
        for call in (node for node in ast.walk(statement.value) if isinstance(node, ast.Call)):
            if (function := ast.unparse(call.func)) in names:
                made = [node.id for node in ast.walk(statement.targets[0]) if isinstance(node, ast.Name)]
                arguments = [*call.args, *(word.value for word in call.keywords)]
                taken = [node.id for each in arguments for node in ast.walk(each) if isinstance(node, ast.Name)]
                yield names[function], taken, made


def package_tree() -> str:
    """Return every package and module of the engine with the first sentence of its docstring, as Markdown."""
    parts = []
    for package in (path for layer in layers() for path in _paths(layer)):
        lines = [f"### `atlas/{package.name}/`", "", _summary(package / "__init__.py"), ""]
        lines += [f"- `{name}`: {summary}" for name, summary in _modules(package)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def package_layers() -> str:
    """Return the order of the packages as a Mermaid drawing: each imports only from those below it."""
    rows = [row for row in layers() if _paths(row)]
    lines = ["```mermaid", "flowchart TD"]
    for number, row in enumerate(rows):
        lines.append(f'  L{number}["{" · ".join(path.name for path in _paths(row))}"]')
    lines += [f"  L{number} --> L{number + 1}" for number in range(len(rows) - 1)]
    return "\n".join([*lines, "```"])


def layers() -> list[list[str]]:
    """Return the layers of pyproject.toml from the top down, each as the names of its packages and modules."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    rows = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[name.strip() for name in row.split("|")] for row in rows]


def _paths(names: list[str]) -> list[Path]:
    """The folders of the packages among some names of one layer."""
    return [path for path in (REPOSITORY / "atlas" / name for name in names) if path.is_dir()]


def _modules(package: Path) -> Iterator[tuple[str, str]]:
    """The modules below a package, sub-packages as folders, each with its summary."""
    for path in sorted(package.rglob("*.py")):
        inner = path.relative_to(package)
        if path.name != "__init__.py":
            yield inner.as_posix(), _summary(path)
        elif path.parent != package:
            yield f"{inner.parent.as_posix()}/", _summary(path)


def _summary(path: Path) -> str:
    """The first paragraph of a module's docstring on one line."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


_PARTS: dict[str, Callable[[], str]] = {"flow": data_flow, "layers": package_layers, "packages": package_tree}


if __name__ == "__main__":
    DOCUMENT.write_text(architecture(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
