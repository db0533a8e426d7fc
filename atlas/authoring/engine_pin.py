"""The lines of requirements.txt that install this version of the engine and of its libraries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from atlas import HOME
from atlas.core.sources import read_text

UNKNOWN = "# atlas @ git+https://ADDRESS/OF/THE/ENGINE@COMMIT"
"""The line where the address of the engine is not known."""
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_LISTED = re.compile(r"(?ms)^dependencies = \[(.*?)^\]")


def requirements(engine: str = "") -> tuple[str, ...]:
    """Return the requirement of the engine, then those of its libraries at the versions that are installed.

    Args:
        engine: where the engine is installed from, such as `git+https://…@COMMIT` or the path of a wheel; by default
            from where it was installed here (PEP 610), if that is a repository.
    """
    address = engine or _installed_from()
    first = UNKNOWN
    if address:
        first = address if address.endswith(".whl") else f"atlas @ {address}"
    return (first, *(f"{name}=={version}" for name, version in sorted(_libraries().items())))


def _installed_from() -> str:
    """Return the address and commit that the engine was installed from by pip, or ""."""
    try:
        origin = json.loads(distribution("atlas").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        return ""
    vcs = origin.get("vcs_info", {})
    return f"{vcs['vcs']}+{origin['url']}@{vcs['commit_id']}" if {"vcs", "commit_id"} <= vcs.keys() else ""


def _libraries() -> dict[str, str]:
    """Return the versions of the libraries of the engine, and of those that they need."""
    found: dict[str, str] = {}
    waiting = list(_named())
    while waiting:
        name = waiting.pop()
        if name not in found and (library := _distribution(name)):
            found[name] = library.version
            waiting += _needs(library.requires or ())
    return found


def _named() -> Iterator[str]:
    """Yield the libraries that the engine names: in its metadata where it is installed, else in pyproject.toml."""
    library = _distribution("atlas")
    if library and library.requires:
        yield from _needs(library.requires)
    else:
        listed = _LISTED.search(read_text(Path(HOME) / "pyproject.toml"))
        yield from _needs(re.findall(r'"([^"]+)"', listed[1]) if listed else ())


def _needs(rows: list[str] | tuple[str, ...]) -> Iterator[str]:
    for row in rows:
        name = _NAME.match(row)
        if name and "extra ==" not in row:
            yield re.sub(r"[-_.]+", "-", name[0]).lower()  # PEP 503


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
