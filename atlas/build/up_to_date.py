"""Checks quickly whether the input or the output changed since the last build.

Content, templates, engine, libraries and the output folder are compared by file status, and the last
build's problems are reported again: a warning does not vanish because its file did not change. If the
status proves nothing, a full build reads the bytes. Nothing heavy is imported here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

from atlas import HOME, PACKAGE
from atlas.build.cache import Cache
from atlas.core.file_stats import SYSTEM_FONTS, TreeSnapshot, libraries

STATE = "state.json"
_KEYS = {"inputs", "outputs", "started", "problems", "pages", "files", "failed"}


def snapshot_inputs(root: str, settings: Sequence[str]) -> TreeSnapshot:
    """Return the state of everything that a build depends on.

    Args:
        root: the folder of the atlas.
        settings: the settings of the command line and the environment.

    Raises:
        OSError: a file or folder cannot be read.
    """
    snapshot = TreeSnapshot()
    snapshot.lines += [*settings, *libraries()]
    snapshot.folder(PACKAGE)
    snapshot.folder(os.path.join(HOME, "templates"))
    snapshot.folder(os.path.join(root, "content"))
    snapshot.folder(os.path.join(root, "templates"))
    snapshot.file(os.path.join(root, "bibliography.bib"))
    for path in SYSTEM_FONTS:
        snapshot.file(path)
    return snapshot


def snapshot_output(out: str) -> TreeSnapshot:
    """Return the state of all files in the output folder, without those that the build ignores.

    Raises:
        OSError: a file or folder cannot be read.
    """
    snapshot = TreeSnapshot()
    snapshot.folder(out, hidden=True)
    return snapshot


def load_state(root: str, out: str, settings: Sequence[str]) -> dict[str, Any] | None:
    """Return the state of the last build if nothing has changed since; else None.

    Returns:
        A dictionary. `problems` has the problems as pairs of their line and their JSON; `pages` and `files` are counts;
        `failed` is whether errors kept the build from writing.
    """
    state = _state(Cache(root, out))
    if state is None:
        return None
    try:
        inputs = snapshot_inputs(root, settings)
        if inputs.digest != state["inputs"] or not inputs.is_settled(state["started"]):
            return None
        if not state["failed"]:
            output = snapshot_output(out)
            if output.digest != state["outputs"] or not output.is_settled(state["started"]):
                return None
    except OSError:
        return None
    return state


def _state(cache: Cache) -> dict[str, Any] | None:
    data = cache.read(STATE)
    try:
        state = json.loads(data) if data else None
    except ValueError:
        return None
    return state if isinstance(state, dict) and state.keys() == _KEYS and type(state["started"]) is int else None


def save_state(
    cache: Cache, inputs: TreeSnapshot, out: str, problems: Sequence[tuple[str, object]], counts: dict[str, int]
) -> None:
    """Save the state for the next build. A build that failed has no files.

    Args:
        cache: the cache.
        inputs: the state of the inputs before anything was read.
        out: the output folder.
        problems: the problems as pairs of their line and their JSON.
        counts: the counts `pages` and `files`.
    """
    state: dict[str, Any] = {"inputs": inputs.digest, "started": cache.started, "problems": problems, **counts}
    state["failed"] = not counts["files"]
    try:
        state["outputs"] = "" if state["failed"] else snapshot_output(out).digest
    except OSError:
        cache.forget(STATE)
        return
    if not cache.write(STATE, json.dumps(state, ensure_ascii=False).encode()):
        cache.forget(STATE)
