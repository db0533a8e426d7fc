"""How long reading a bibliography and setting its references take, as multiples of what bibtexparser alone needs.

    PYTHONPATH=. python benchmarks/references.py FILE.bib...

In each round bibtexparser, the reader and every style take turns; the figures are medians of the rounds, in processor
seconds, so that other work on the machine changes them little.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

import bibtexparser

from atlas.bibliography.formatting.citer import Citer
from atlas.bibliography.formatting.styles import Style, load_style
from atlas.bibliography.parsing.works import Work, read_works

ROUNDS: Final = 15
STYLES: Final = Path(__file__).parent.parent / "atlas/bibliography/data"
LANGUAGES: Final = {
    "apa": "en",
    "chicago-author-date": "en",
    "iso-690": "fr",
    "gb-t-7714-2015-author-date": "zh-Hans",
    "gb-t-7714-2025-numeric": "zh-Hans",
}


def seconds(run: Callable[[], object]) -> float:
    """The processor seconds of one call."""
    start = process_time()
    run()
    return process_time() - start


def set_all(works: Mapping[str, Work], style: Style, language: str) -> None:
    """Sort all works and make the reference of each."""
    citer = Citer(works, style, language)
    for key in citer.sort(works):
        citer.reference(key)


def main(paths: Iterable[str]) -> None:
    """Print one line for each file."""
    words = (STYLES / "words.yaml").read_text("utf-8")
    styles = {name: load_style((STYLES / f"{name}.yaml").read_text("utf-8"), words) for name in LANGUAGES}
    for path in paths:
        text = Path(path).read_text("utf-8")
        works = {work.key: work for work in read_works(text, path)[0] if "title" in work.fields}
        runs: dict[str, Callable[[], object]] = {
            "bibtexparser": partial(bibtexparser.parse_string, text),
            "reading": partial(read_works, text, path),
            **{name: partial(set_all, works, style, LANGUAGES[name]) for name, style in styles.items()},
        }
        rounds = [{name: seconds(run) for name, run in runs.items()} for _ in range(ROUNDS)]
        base = median(row["bibtexparser"] for row in rounds)
        figures = (f"{name} {median(row[name] / row['bibtexparser'] for row in rounds):.2f}" for name in list(runs)[1:])
        print(f"{Path(path).name}: {len(works)} works, bibtexparser {base:.3f} s; {', '.join(figures)}")


if __name__ == "__main__":
    main(sys.argv[1:])
