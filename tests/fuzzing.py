"""Mutations of a sample site, read as the preview reads them: `make fuzz` runs this for a limited time.

A mutation that raises, that takes more than five seconds, that gives a problem without a file or more than ten lines
of errors to read is printed with the seed that repeats it, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import resource
import secrets
import sys
import tempfile
import traceback
from pathlib import Path
from time import monotonic, process_time

from site_copies import copy_site

from atlas.build.options import ReadOptions
from atlas.build.pipeline import run
from atlas.build.stages import Known
from atlas.content.parse_cache import ParseCache
from atlas.core.problems import Problem, folded
from atlas.core.sources import read_input
from atlas.pages.final_plan import draw_page
from atlas.pages.rendering.templates import Facts

PIECES = [
    "{", "}", "[", "]", "\n", ": ", "- ", "? ", "#", "|", ">", "&a", "*a", "!!str ", "---\n", '"', "'", "\\", "@", "%",
    "  ", "\t", "\x00", "\x0b", "\x0e0\x0f", "\x1b[2J", "\u2028", "\x85", "\ue002", "\ufffe", "\ud7ff", "<script>",
    "&#14;", "&amp;", "[[", "]]", "[@", "](", "![", "`", "```", "**", "_", "$$", "\\emph{", "\\'", " and ", "@string{",
    "@book{", "crossref = {", "~", "1999-13", "../", "0", "-1", "9" * 30, "é", "中", "\U0001f600", "[" * 80, "- " * 80,
    "{" * 80, "> " * 80, "::error ", "true", "null", "fr", "zh", "{#", "{.reading}", "|---|", ": ", "^",
]  # fmt: skip
SECONDS = 5
MOST = 10


def mutated(text: str, chance: random.Random) -> str:
    """A text with one to three accidents: a piece put in, some characters or a line lost, doubled or exchanged."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((1, 1, 2, 5, 20, 200)))
        lines = text.split("\n")
        number = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[end:]
            case 2:
                text = text[:end] + text[at:end] + text[end:]
            case 3:
                text = text[:at] + chance.choice(PIECES) + text[end:]
            case 4:
                text = "\n".join(lines[:number] + lines[number + 1 :])
            case 5:
                lines[number] = chance.choice(("  ", "\t", "")) + lines[number].lstrip()
                text = "\n".join(lines)
            case _:
                text = "\n".join([*lines[: number + 1], lines[number], *lines[number + 1 :]])
    return text


FACTS: dict[str, Facts] = {}
"""What is known of each template, as the preview keeps it from one reading to the next."""


def problems_of(root: Path) -> tuple[Problem, ...]:
    """What is wrong with a site, with a few of its pages drawn where it is whole."""
    outcome = run(lambda: (read_input(root), Known(FACTS, ParseCache())), ReadOptions(drafts=True))
    if outcome.plan:
        FACTS.update(outcome.plan.templates.facts)
    if outcome.plan and not any(problem.severity == "error" for problem in outcome.problems):
        for spec in outcome.plan.outline.specs[::9]:
            draw_page(spec)
    return outcome.problems


def fault_of(root: Path) -> str:
    """What must not happen, where it happens; "" where all is well."""
    started, used = monotonic(), process_time()
    try:
        errors = [problem for problem in folded(problems_of(root)) if problem.severity == "error"]
    except Exception:
        return traceback.format_exc()
    if process_time() - used > SECONDS and monotonic() - started > SECONDS:
        return f"took {process_time() - used:.1f} s"
    if len(errors) > MOST:
        return "\n".join([f"{len(errors)} errors:", *map(str, errors[:20])])
    return next((f"no file: {problem}" for problem in errors if not problem.span.path), "")


def main() -> int:
    """Spoil one file after another until the time is over; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--site", default="allotments")
    options = parser.parse_args()
    print(f"fuzzing {options.site} with --seed {options.seed}", flush=True)
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    found = done = 0
    end = monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        root = copy_site(options.site, Path(folder))
        texts = {
            path: path.read_text(encoding="utf-8")
            for path in sorted([*(root / "content").rglob("*.yaml"), *root.rglob("*.md"), root / "bibliography.bib"])
        }
        while done < options.count and monotonic() < end:
            chance = random.Random(f"{options.seed}/{done}")
            path = chance.choice([*texts, root / "content/site.yaml", root / "bibliography.bib"])
            path.write_bytes(mutated(texts[path], chance).encode("utf-8", "replace"))
            fault = fault_of(root)
            if fault:
                found += 1
                print(f"--seed {options.seed} number {done}, {path.relative_to(root)}: {fault}", flush=True)
            path.write_text(texts[path], encoding="utf-8")
            done += 1
    print(f"{done} mutations, {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
