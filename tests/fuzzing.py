"""Mutations of a sample site, read as the preview reads them: `make fuzz` runs this for a limited time.

A mutation that raises, that takes more than five seconds, that gives a problem without a file or more than ten lines
of errors to read is printed with the seed that repeats it, and the exit code is 1. So is a file drawn by grammar that raises or takes long.
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

import grammars
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
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
DRAWN = 20
"""How many files are drawn at a time."""


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


def fault_of(root: Path, most: int = MOST) -> str:
    """What must not happen, where it happens; "" where all is well. most: lines of errors."""
    started, used = monotonic(), process_time()
    try:
        errors = [problem for problem in folded(problems_of(root)) if problem.severity == "error"]
    except Exception:
        return traceback.format_exc()
    if process_time() - used > SECONDS and monotonic() - started > SECONDS:
        return f"took {process_time() - used:.1f} s"
    if len(errors) > most:
        return "\n".join([f"{len(errors)} errors:", *map(str, errors[:20])])
    return next((f"no file: {problem}" for problem in errors if not problem.span.path), "")


class Fuzzer:
    """A sample site whose files are spoilt, one at a time, and made whole again. found: how many faults there were."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.seed, self.found, self.done = root, seed, 0, 0
        self.texts = {
            path: path.read_text(encoding="utf-8")
            for path in sorted([*(root / "content").rglob("*.yaml"), *root.rglob("*.md"), root / "bibliography.bib"])
        }

    def mutate(self, number: int) -> None:
        """Spoil one of the files."""
        chance = random.Random(f"{self.seed}/{number}")
        path = chance.choice([*self.texts, self.root / "content/site.yaml", self.root / "bibliography.bib"])
        self.put(number, path, mutated(self.texts[path], chance), MOST)

    def draw(self, number: int) -> None:
        """Put a few files there that are drawn by grammar, one after another. They may hold any number of mistakes."""
        drawn = [
            st.tuples(st.just("content/site.yaml"), grammars.SITE),
            st.tuples(st.just("bibliography.bib"), grammars.BIBTEX),
            st.tuples(
                st.just("bibliography.bib"), grammars.BIBTEX.map(self.texts[self.root / "bibliography.bib"].__add__)
            ),
            grammars.records(),
        ]

        @seed(f"{self.seed}/{number}")
        @settings(
            max_examples=DRAWN,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(drawn))
        def put(row: tuple[str, str]) -> None:
            self.put(number, self.root / row[0], row[1], sys.maxsize)

        put()

    def put(self, number: int, path: Path, text: str, most: int) -> None:
        """Look at the site with another text at a path. A text that does harm is printed."""
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))
        fault = fault_of(self.root, most)
        if path in self.texts:
            path.write_text(self.texts[path], encoding="utf-8")
        else:
            path.unlink()
        self.done += 1
        if fault:
            self.found += 1
            name = path.relative_to(self.root)
            print(f"--seed {self.seed} number {number}, {name}: {fault}\n{text!r:.4000}", flush=True)


def main() -> int:
    """Spoil one file after another until the time is over; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--count", type=int, default=1_000_000, help="how many files to spoil or draw")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--site", default="allotments")
    parser.add_argument("--only", choices=["mutations", "grammar"])
    options = parser.parse_args()
    print(f"fuzzing {options.site} with --seed {options.seed}", flush=True)
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    end, number = monotonic() + options.seconds, 0
    with tempfile.TemporaryDirectory() as folder:
        fuzzer = Fuzzer(copy_site(options.site, Path(folder)), options.seed)
        while fuzzer.done < options.count and monotonic() < end:
            if options.only == "grammar" or (not options.only and number % (2 * DRAWN) == 0):
                fuzzer.draw(number)
            else:
                fuzzer.mutate(number)
            number += 1
    print(f"{fuzzer.done} files, {fuzzer.found} faults")
    return 1 if fuzzer.found else 0


if __name__ == "__main__":
    sys.exit(main())
