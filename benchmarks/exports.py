"""How many works come back the same from each export, read by pandoc (3 or later) and by a second reader.

    PYTHONPATH=. python benchmarks/exports.py FILE.bib...   needs pandoc; `make exports` reads the atlas's own bibliography

A work is the same when its authors, title, year, and the journal, book, pages and DOI that the format can hold
are those of the work, without regard to case, accents' form, braces, dashes and spaces.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bibtexparser

from atlas.bibliography.exports import to_bibtex, to_csl, to_ris
from atlas.bibliography.parsing.latex import decode, plain
from atlas.bibliography.parsing.works import Work, read_works
from benchmarks.csl_json import read_csl

Facts = dict[str, str]
FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Work]], str]]] = {
    "BibTeX": ("biblatex", to_bibtex),
    "CSL-JSON": ("csljson", to_csl),
    "RIS": ("ris", to_ris),
}


def bare(text: str) -> str:
    """Letters and digits of a text, folded."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", text))).casefold()


def expected(work: Work) -> Facts:
    """What every reader should find of a work."""
    people = work.people.get("author", ())
    names = "".join(name.literal or name.family for name in people if not name.others)
    container = work.text("journaltitle") or (work.text("booktitle") if work.is_part else "")
    facts = {"names": names, "title": work.title, "year": work.year if work.year.isdecimal() else ""}
    facts |= {"container": container, "pages": work.text("pages"), "doi": work.fields.get("doi", "")}
    return {key: bare(value) for key, value in facts.items()}


def from_csl(item: Mapping[str, Any]) -> Facts:
    """What a CSL item says."""
    names = "".join(one.get("literal", "") or one.get("family", "") for one in item.get("author", ()))
    parts = item.get("issued", {}).get("date-parts", [[""]])
    facts = {"names": names, "title": item.get("title", ""), "year": str(parts[0][0]) if parts and parts[0] else ""}
    facts |= {"container": item.get("container-title", ""), "pages": item.get("page", ""), "doi": item.get("DOI", "")}
    return {key: bare(str(value)) for key, value in facts.items()}


def by_pandoc(text: str, reader: str) -> list[Facts]:
    """The works of a file as pandoc reads them."""
    run = subprocess.run(
        ["pandoc", "-f", reader, "-t", "csljson"], input=text, capture_output=True, text=True, check=True
    )
    return [from_csl(item) for item in json.loads(run.stdout)]


def by_bibtexparser(text: str) -> list[Facts]:
    """The works of a BibTeX file as bibtexparser reads them."""
    rows: list[Facts] = []
    for entry in bibtexparser.parse_string(text).entries:
        fields = {key: plain(decode(str(field.value))) for key, field in entry.fields_dict.items()}
        names = re.split(r"\s+and\s+", fields.get("author", "")) if "author" in fields else []
        title = ": ".join(fields[key] for key in ("title", "subtitle") if key in fields)
        facts = {"names": "".join(name.partition(",")[0] for name in names if name != "others"), "title": title}
        facts |= {"year": fields.get("date", fields.get("year", ""))[:4], "pages": fields.get("pages", "")}
        facts |= {"container": fields.get("journaltitle", fields.get("journal", fields.get("booktitle", "")))}
        rows.append({key: bare(value) for key, value in {**facts, "doi": fields.get("doi", "")}.items()})
    return rows


def by_schema(text: str) -> list[Facts]:
    """The works of a CSL-JSON file by its schema, 1.0.2."""
    return [from_csl(item) for item in read_csl(text)]


def by_tags(text: str) -> list[Facts]:
    """The works of a RIS file as the format's own description reads them: a tag, two spaces, a hyphen, a value."""
    return [_tagged(one) for one in re.split(r"^ER  - ?$", text, flags=re.MULTILINE) if one.strip()]


def _tagged(text: str) -> Facts:
    """One work of a RIS file."""
    rows = re.findall(r"^([A-Z][A-Z0-9])  - ?(.*)$", text, re.MULTILINE)
    values: dict[str, list[str]] = {}
    for tag, value in rows:
        values.setdefault(tag, []).append(value)
    first = {tag: own[0] for tag, own in values.items()}
    facts = {"names": "".join(name.partition(",")[0] for name in values.get("AU", ())), "title": first.get("TI", "")}
    facts |= {"year": first.get("PY", "")[:4], "container": first.get("T2", first.get("JO", ""))}
    facts |= {"pages": first.get("SP", "") + first.get("EP", ""), "doi": first.get("DO", "")}
    return {key: bare(value) for key, value in facts.items()}


def same(work: Facts, read: Facts) -> bool:
    """Whether a reader found what the work says.

    A particle may stand with the family name or not; pandoc joins a further title to the title, and its subtitle to
    that of a book.
    """
    names = work["names"] in read["names"] or (bool(read["names"]) and read["names"] in work["names"])
    held = [key for key in ("year", "pages", "doi") if work[key]]
    titles = all(read[key].startswith(work[key]) for key in ("title", "container"))
    return names and titles and all(work[key] == read[key] for key in held)


def read_all(
    read: Callable[[str], list[Facts]], write: Callable[[Sequence[Work]], str], works: Sequence[Work]
) -> list[Facts]:
    """What a reader makes of each of many works; {} where it cannot read a file that holds it alone."""
    try:
        found = read(write(works))
    except (subprocess.CalledProcessError, ValueError):
        found = []
    if len(found) == len(works):
        return found
    if len(works) == 1:
        return [{}]
    middle = len(works) // 2
    return read_all(read, write, works[:middle]) + read_all(read, write, works[middle:])


def main(paths: Sequence[str]) -> None:
    """Print, for each format and reader, how many works are the same."""
    works = [work for path in paths for work in read_works(Path(path).read_text("utf-8"), path)[0]]
    works = list({work.key: work for work in works if "title" in work.fields}.values())
    print(f"{len(works)} works")
    readers: list[tuple[str, str, Callable[[str], list[Facts]]]] = [
        (name, "pandoc", lambda text, reader=reader: by_pandoc(text, reader)) for name, (reader, _) in FORMATS.items()
    ]
    readers += [
        ("BibTeX", "bibtexparser", by_bibtexparser),
        ("CSL-JSON", "its schema", by_schema),
        ("RIS", "its tags", by_tags),
    ]
    for name, reader, read in readers:
        equal = 0
        for work, found in zip(works, read_all(read, FORMATS[name][1], works), strict=True):
            good = bool(found) and same(expected(work), found)
            equal += good
            if not good and "-v" in sys.argv:
                print(f"  {name} {reader} {work.key}\n  - {expected(work)}\n  + {found}")
        print(f"{name:9} {reader:13} {equal} of {len(works)}  {100 * equal / len(works):.1f} %")


if __name__ == "__main__":
    main([argument for argument in sys.argv[1:] if argument != "-v"])
