"""The limits on size, depth and growth of input.

They are far above what an author needs. Input beyond a limit is one problem with its file and line.
"""

from __future__ import annotations

from typing import Final

TEXT_BYTES: Final = 2_000_000
BIBLIOGRAPHY_BYTES: Final = 50_000_000
YAML_DEPTH: Final = 60
MARKDOWN_DEPTH: Final = 30
OPEN_MARKS: Final = 200
CITATIONS: Final = 3_000
LATEX_DEPTH: Final = 50
FIELD_CHARACTERS: Final = 100_000
EXPANDED_CHARACTERS: Final = 10_000_000
CROSSREF_DEPTH: Final = 10
ID_BYTES: Final = 100
PATH_PART_BYTES: Final = 240
PATH_BYTES: Final = 900
IMPORT_ROWS: Final = 20_000
IMPORT_BYTES: Final = 200_000_000
SAME_ERRORS: Final = 5
MESSAGE_CHARACTERS: Final = 400

LIMITS: Final = {
    "bytes of a text file": (TEXT_BYTES, "a record, a page, `site.yaml`, a template"),
    "bytes of `bibliography.bib`": (BIBLIOGRAPHY_BYTES, "the whole file; also one that a translator sends"),
    "levels of YAML": (YAML_DEPTH, "lists and mappings within each other, however they are written"),
    "levels of Markdown": (MARKDOWN_DEPTH, "lists, quotations, notes and meanings within each other"),
    "open marks in a paragraph": (OPEN_MARKS, "brackets and code that nothing closes"),
    "citations of a text": (CITATIONS, "works that one text cites, each as often as it is cited"),
    "levels of LaTeX": (LATEX_DEPTH, "groups, commands and accents within each other"),
    "characters of a field": (FIELD_CHARACTERS, "a field of the bibliography with each `@string` written out"),
    "characters of all fields": (
        EXPANDED_CHARACTERS,
        "all works with what they take from others by `crossref` and `xdata`",
    ),
    "entries in a chain": (CROSSREF_DEPTH, "`crossref` or `xdata` of entries that have one themselves"),
    "bytes of an id": (ID_BYTES, "the name of a record, and ids that `site.yaml` and `places.yaml` declare"),
    "bytes of a part of an address": (
        PATH_PART_BYTES,
        "an id, a part of an alias between two /, or a work's key; file systems take 255",
    ),
    "bytes of an address": (
        PATH_BYTES,
        "that of a page or a whole alias; file systems take 1,024 with the folders above",
    ),
    "rows of an imported table": (IMPORT_ROWS, "CSV, TSV or XLSX; each row becomes a record"),
    "bytes of an imported file": (IMPORT_BYTES, "of DOCX and XLSX, what they unpack to"),
    "lines for one cause": (
        SAME_ERRORS,
        "errors with the same words, or missing and unknown keys of one file; the others are counted",
    ),
    "characters of a message": (MESSAGE_CHARACTERS, "a longer one is cut"),
}
"""Each limit by what it counts: the number, and the input that it applies to."""
