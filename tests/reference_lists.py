"""The specimens and the references that are expected of them."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.bibliography.formatting.citer import Citer, Style, load_style
from atlas.bibliography.parsing.works import Work, read_works

HERE = Path(__file__).parent / "bibliographies"
STYLES = Path(__file__).parent.parent / "atlas" / "bibliography" / "data"
_TAGS = re.compile(r"</?(?:span|a)\b[^>]*>|(?<=<i) lang=\"[^\"]*\"")


def style(name: str) -> Style:
    """A style of the engine by its name."""
    return load_style((STYLES / f"{name}.yaml").read_text("utf-8"), (STYLES / "words.yaml").read_text("utf-8"))


def works(bibtex: str) -> dict[str, Work]:
    """The works of a bibliography that has no mistakes."""
    found, problems = read_works(bibtex, "bibliography.bib")
    assert problems == ()
    return {work.key: work for work in found}


def specimens() -> dict[str, Work]:
    """The works of specimens.bib."""
    return works((HERE / "specimens.bib").read_text("utf-8"))


def citer(bibtex: str, name: str = "chicago-author-date", language: str = "en") -> Citer:
    """A citer of the works of a bibliography."""
    return Citer(works(bibtex), style(name), language)


def shown(html: str) -> str:
    """HTML as references.txt has it: italics kept, links and languages left out, every kind of space a space."""
    return _TAGS.sub("", html).replace("&amp;", "&").replace("\u00a0", " ").replace("\u202f", " ")


def expected() -> list[tuple[str, str, str, str]]:
    """The rows of references.txt: style, language, key, reference."""
    rows: list[tuple[str, str, str, str]] = []
    name, languages = "", [""]
    for line in (HERE / "references.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            name, *languages = line[3:].split()
        elif line and not line.startswith("#"):
            key, _, text = line.partition(": ")
            rows += [(name, language, key, text) for language in languages]
    return rows
