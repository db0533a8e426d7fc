"""Finds the files of each record: the original and its translations."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from atlas.core.limits import ID_BYTES
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.markdown.passages import KEBAB
from atlas.schema import families
from atlas.schema.families import Family
from atlas.schema.field_types import Declared

STYLES = "content/styles/"
"""The folder of the citation styles of an atlas."""
BOOKS = "content/books/"
"""The folder of the books that an atlas declares."""


class RecordFiles(Struct, frozen=True):
    """The files of one record.

    Attributes:
        id: the id of the record.
        family: its family.
        path: the path of the original.
        translations: the language and path of each translation.
    """

    id: str
    family: Family
    path: str
    translations: tuple[tuple[str, str], ...]


def group_files(sources: Mapping[str, Source], declared: Declared) -> tuple[list[RecordFiles], list[Problem]]:
    """Group the files of content/ by record, in the order of the paths, and report those that belong to no record."""
    problems: list[Problem] = []
    originals: dict[tuple[str, str], str] = {}
    translations: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path in sources:
        parts = path.split("/")
        if path.startswith(STYLES):
            if len(parts) > 3 or not path.endswith(".yaml"):
                _stray(path, "a citation style is a file content/styles/NAME.yaml", problems)
            continue
        if path.startswith(BOOKS):
            if len(parts) > 3 or not path.endswith(".yaml"):
                _stray(path, "a book is a file content/books/ID.yaml", problems)
            continue
        if len(parts) < 3 or parts[1] == "files":
            if path not in ("content/site.yaml", "content/places.yaml", "bibliography.bib") and parts[1:2] != ["files"]:
                _stray(path, "records belong in the folders of content/", problems)
            continue
        family = families.BY_FOLDER.get(parts[1])
        if family is None or len(parts) > 3 or not path.endswith(f".{family.form}"):
            _stray(path, _where(parts[1], family), problems)
            continue
        stem, _, language = parts[2].removesuffix(f".{family.form}").partition(".")
        if _name_problem(path, stem, problems):
            continue
        if not language:
            originals[family.folder, stem] = path
        elif language not in declared.get("language", ()):
            hint = nearest(language, declared.get("language", ()))
            problems.append(
                Problem(Span(path, 1, 1), Rule.UNKNOWN_LANGUAGE, f'no language "{language}" is declared', hint)
            )
        else:
            translations.setdefault((family.folder, stem), []).append((language, path))
    for key, files in translations.items():
        if key not in originals:
            for _, path in files:
                _stray(path, f"there is no {key[0]}/{key[1]} beside it that it could translate", problems)
    groups = [
        RecordFiles(id, families.BY_FOLDER[folder], path, tuple(translations.get((folder, id), ())))
        for (folder, id), path in originals.items()
    ]
    return groups, problems


def _where(folder: str, family: Family | None) -> str:
    return f"write it as .{family.form} in content/{folder}/" if family else nearest(folder, families.BY_FOLDER)


def _stray(path: str, hint: str, problems: list[Problem]) -> None:
    problems.append(Problem(Span(path, 1, 1), Rule.STRAY_FILE, "this file is not a record", hint))


def _name_problem(path: str, stem: str, problems: list[Problem]) -> bool:
    if len(stem.encode()) > ID_BYTES:
        message = f'the name "{stem[:20]}…" has {len(stem.encode())} bytes; {ID_BYTES} are the most'
        problems.append(
            Problem(Span(path, 1, 1), Rule.OVER_LIMIT, message, "rename the file: its name is the id of the record")
        )
        return True
    if KEBAB.fullmatch(stem) and not stem.startswith("by-"):
        return False
    reason = "begins with by-" if stem.startswith("by-") else "is not of lower-case letters, digits and hyphens"
    message = f'the name "{stem}" {reason}'
    problems.append(
        Problem(Span(path, 1, 1), Rule.BAD_ID, message, "rename the file: its name is the id of the record")
    )
    return True
