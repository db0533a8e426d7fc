"""Writes the interface texts that a language still lacks into its catalogue, as comments to translate."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.content.site_config import read_site
from atlas.core.output import write_text
from atlas.core.problems import Problem, Span, has_errors, nearest
from atlas.core.rules import Rule
from atlas.core.sources import read_input

_ENTRY = re.compile(r"(?m)^([a-z0-9-]+):.*\n(?:[ \t]+.*\n)*")
"""A message of a catalogue, with its lines."""
_HEAD = """\
## The interface texts in {name}. Each line below is a comment with the English text, which is shown until there is a
## translation: remove "# " at the beginning and translate what follows the colon. Keep what is in {{braces}}.

"""


def start_catalog(root: Path, id: str) -> tuple[str, int, tuple[Problem, ...]]:
    """Write the messages that a language lacks into `templates/words/ID.yaml`.

    Args:
        root: the folder of the atlas.
        id: the id of a language of the site.

    Returns:
        The path or "", the number of messages written, and the problems that prevent it.
    """
    files, problems = read_input(root)
    site, _, found = read_site({source.path: source for source in files.sources})
    if site is None:
        return "", 0, (*problems, *found)
    path = f"templates/words/{id}.yaml"
    if id not in site.languages:
        message = f'no language "{id}" is declared'
        return "", 0, (Problem(Span(path), Rule.UNKNOWN_LANGUAGE, message, nearest(id, site.languages)),)
    if has_errors(problem for problem in problems if problem.span.path.startswith("templates/")):
        return "", 0, problems
    written = files.templates.get(f"words/{id}.yaml", _HEAD.format(name=site.languages[id].name))
    english = f"{files.templates['words/en.yaml']}\n"
    lacking = [match for match in _ENTRY.finditer(english) if not _is_mentioned(match[1], written)]
    if lacking:
        rows = "".join(_as_comment(match[0]) for match in lacking)
        write_text(root / path, f"{written.rstrip()}\n\n{rows}")
    return path, len(lacking), ()


def _is_mentioned(key: str, text: str) -> bool:
    """Return whether a catalogue has a message, or has it as a comment."""
    return bool(re.search(rf"(?m)^(?:# )?{key}:", text))


def _as_comment(entry: str) -> str:
    return "".join(f"# {line}\n" for line in entry.splitlines())
