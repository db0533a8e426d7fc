"""Reads the input files of an atlas as text and bytes. No other module reads input."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile, ZipFile

from msgspec import Struct, field

from atlas import HOME, PACKAGE
from atlas.core.characters import BAD, cleaned, refusal
from atlas.core.conflict_markers import find_conflicts
from atlas.core.digests import digest
from atlas.core.file_stats import SYSTEM_FONTS, is_ignored, libraries, settled_stat
from atlas.core.limits import BIBLIOGRAPHY_BYTES, IMPORT_BYTES, TEXT_BYTES
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule

ENGINE_HOME = Path(HOME)
"""The folder whose templates/ holds the templates, stylesheet and message catalogues that every atlas starts from."""

ENGINE_STYLES = Path(PACKAGE) / "bibliography" / "data"
"""The folder of the citation styles."""

ENGINE_LAND = Path(PACKAGE) / "graphics" / "data" / "land.txt"
"""The outline of the land of the earth; LAND.md in the same folder names its source."""

EDITIONS = "content/releases/"
"""The folder of the lists of editions."""
TEXT_SUFFIXES = frozenset({".yaml", ".md", ".bib"})
TEMPLATE_SUFFIXES = frozenset({".html", ".xml", ".txt", ".yaml", ".svg", ".typ"})
_NO_RECORDS = frozenset({"content/site.yaml", "content/places.yaml", "bibliography.bib"})
_FONT_HEAD = 4096
"""How many bytes of a font hold the checksums of its tables."""
_PROJECT = re.compile(
    r"(?:README|LICEN[CS]E|NOTICE|CHANGELOG|CONTRIBUTING|AUTHORS)(?:\.\w+)*|bibliography\.bib|build\.py|setup\.py"
    r"|pyproject\.toml|requirements(?:-\w+)?\.txt|CITATION\.cff|codemeta\.json|\.zenodo\.json|\.gitignore"
)
"""The names of the files beside `content/` that a release keeps."""
LARGE_FILE = 500_000
"""Bytes above which a picture or download gets a warning."""
LARGE_PICTURE = 80_000_000
"""Pixels above which a picture gets a warning, and no smaller copies."""


class Source(Struct, frozen=True):
    """One text file, with line feeds and without a byte order mark.

    Attributes:
        path: relative to the root.
        text: its text.
        mark: the byte order mark of the file, if any, for writing it back.
        newline: the line end of the file, for writing it back.
    """

    path: str
    text: str
    mark: str = ""
    newline: str = "\n"

    @property
    def span(self) -> Span:
        """The file as a whole."""
        return Span(self.path, 1, 1)


class Asset(Struct, frozen=True):
    """One file that is published unchanged.

    Attributes:
        path: relative to its folder (`content/files` or `templates/static`).
        size: in bytes.
        data: its bytes.
    """

    path: str
    size: int
    data: bytes


File = TypeVar("File", Source, Asset)
_FileRead = tuple[str, list[File], list[Problem]]
"""What reading a file gave: the digest of its bytes, the file unless it cannot be used, and its problems."""


class Font(Struct, frozen=True):
    """A font file with which share images may be drawn. It is not read whole.

    Attributes:
        name: its name, for a font in `templates/fonts/`; "" for one of the system.
        path: where it is.
        digest: the digest of its size and its beginning, which has the checksums of its tables; "" if unreadable.
    """

    name: str
    path: str
    digest: str


class Input(Struct, frozen=True):
    """Everything that a build reads.

    Attributes:
        sources: the text files of `content/`, and the bibliography.
        editions: the lists of editions.
        files: the pictures and downloads of `content/files/`.
        templates: the text of each template, by name.
        static: the files of `templates/static/`.
        styles: the text of each citation style, by id.
        own_templates: whether the atlas replaces templates of the engine.
        land: the outline that maps show.
        digests: SHA-256 of the bytes of every file, by path; the engine's files have the prefix `engine/`.
        fonts: the fonts in `templates/fonts/`, and those of the system.
    """

    sources: tuple[Source, ...]
    files: tuple[Asset, ...]
    templates: dict[str, str]
    static: tuple[Asset, ...]
    styles: dict[str, str]
    own_templates: bool
    land: str
    digests: Mapping[str, str] = {}
    fonts: tuple[Font, ...] = ()
    editions: tuple[Source, ...] = ()


class _Files(Struct):
    """Reads files, and collects their digests and problems."""

    memo: Memo
    since: int
    digests: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def source(self, root: Path, path: str, within: str = "") -> list[Source]:
        """Return a text file, or nothing if it cannot be read."""
        return self._read(root, path, within, _source)

    def asset(self, root: Path, path: str, within: str = "") -> list[Asset]:
        """Return a file of content/files/ or templates/static/, or nothing if it cannot be read."""
        return self._read(root, path, within, _asset)

    def _read(self, root: Path, path: str, within: str, read: Callable[[str, bytes], _FileRead[File]]) -> list[File]:
        where = str(root / path)
        stat = settled_stat(where, self.since) if self.memo.keeps else None
        own, found, problems = self.memo.get(("file", where), (stat or object(),), lambda: _file_read(root, path, read))
        if own:
            self.digests[within + path] = own
        self.problems += problems
        return found


def _file_read(root: Path, path: str, read: Callable[[str, bytes], _FileRead[File]]) -> _FileRead[File]:
    problems: list[Problem] = []
    data = _read_bytes(root, path, problems)
    return ("", [], problems) if data is None else read(path, data)


def read_input(root: Path, memo: Memo = NO_MEMO, since: int = 0) -> tuple[Input, tuple[Problem, ...]]:
    """Read the folder of an atlas: `content/`, `bibliography.bib`, and `templates/` over the engine's own.

    Args:
        root: the folder.
        memo: the results of the last reading in the same process; files whose stat has not changed are not read again.
        since: when the reading begins by the clock of the disk, in nanoseconds; 0 if that is not known.
    """
    reader = _Files(memo, since)
    digests, problems = reader.digests, reader.problems
    sources: list[Source] = []
    editions: list[Source] = []
    files: list[Asset] = []
    if not (root / "content").is_dir():
        problems.append(_empty(root))
    for path in _walk(root, root / "content", problems):
        if path.startswith("content/files/") and not path.endswith(".yaml"):
            files += reader.asset(root, path)
        elif path.startswith(EDITIONS) and path.endswith(".txt"):
            editions += reader.source(root, path)
        elif Path(path).suffix in TEXT_SUFFIXES:
            sources += reader.source(root, path)
        else:
            hint = "records are .yaml or .md; pictures and downloads belong in content/files/"
            problems.append(Problem(Span(path), Rule.STRAY_FILE, "this file is not a record", hint))
    if (root / "bibliography.bib").exists():
        sources += reader.source(root, "bibliography.bib")
    if not problems and all(source.path in _NO_RECORDS for source in sources):
        problems.append(_empty(root))
    templates, static = _read_templates(root, reader)
    styles = {path.stem: path.read_text(encoding="utf-8") for path in sorted(ENGINE_STYLES.glob("*.yaml"))}
    digests |= {f"engine/styles/{name}": digest(text.encode()) for name, text in styles.items()}
    own = root.resolve() != ENGINE_HOME and any((root / "templates").rglob("*.html"))
    land = ENGINE_LAND.read_text(encoding="ascii")
    fonts = read_fonts(root)
    found = Input(tuple(sources), tuple(files), templates, static, styles, own, land, digests, fonts, tuple(editions))
    return found, tuple(problems)


def _empty(root: Path) -> Problem:
    where = "content" if (root / "content").is_dir() else ""
    return Problem(
        Span(where or "content"),
        Rule.EMPTY_CONTENT,
        "there is nothing to build in this folder",
        "name the folder that holds content/ with --root, or begin an atlas with init",
    )


def _walk(root: Path, folder: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the sorted files below a folder, without hidden files, editors' leftovers and links that leave the root."""
    home = root.resolve()
    for where, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        relative = Path(where).relative_to(root).as_posix()
        links = _links(where)
        for name in [*folders, *sorted(names)]:
            if is_ignored(name):
                continue
            found = None
            if not name.isprintable():
                shown = name.encode("ascii", "backslashreplace").decode()
                hint = "give the file a name that every system can write"
                found = Problem(Span(f"{Path(where).name}/{shown}"), Rule.BAD_ID, "this name cannot be shown", hint)
            elif name in links:
                found = _astray(Path(where) / name, f"{relative}/{name}", home)
            if found:
                problems.append(found)
                if name in folders:
                    folders.remove(name)
            elif name not in folders:
                yield f"{relative}/{name}"


def _links(where: str) -> frozenset[str]:
    """Return the names in a folder that are symbolic links, or none if the folder no longer exists."""
    try:
        with os.scandir(where) as entries:
            return frozenset(entry.name for entry in entries if entry.is_symlink())
    except OSError:
        return frozenset()


def _astray(path: Path, shown: str, home: Path) -> Problem | None:
    """Return the problem of a symbolic link, if it has one."""
    target = path.resolve()
    if not target.is_relative_to(home):
        hint = "put a copy of the file here instead"
        return Problem(Span(shown), Rule.OUTSIDE_LINK, "this symbolic link leaves the folder", hint)
    if path.is_dir() and target in (path.parent.resolve(), *path.parents):
        return Problem(Span(shown), Rule.OUTSIDE_LINK, "this symbolic link leads back up", "remove the link")
    return None


def _source(path: str, data: bytes) -> _FileRead[Source]:
    """Return the text of a file as a source, or what prevents it."""
    own = digest(data)
    limit = BIBLIOGRAPHY_BYTES if path.endswith((".bib", ".po")) else TEXT_BYTES
    if len(data) > limit:
        message = f"this text has {len(data)} bytes, and takes {limit} at most"
        return own, [], [Problem(Span(path, 1, 1), Rule.OVER_LIMIT, message, "divide it into several")]
    mark = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    newline = "\r\n" if b"\r\n" in data else "\n"
    data = data.removeprefix(mark).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        hint = "save the file with the encoding UTF-8"
        return own, [], [Problem(Span(path, line, column), Rule.BAD_UTF8, message, hint)]
    if conflicts := list(find_conflicts(path, text)):
        return own, [], conflicts
    return own, [Source(path, cleaned(text), mark.decode(), newline)], [*_bad_characters(path, text)]


def _bad_characters(path: str, text: str) -> Iterator[Problem]:
    """Yield one problem for the first forbidden character of a file, with the number of such characters."""
    found = list(BAD.finditer(text))
    if found:
        before = text[: found[0].start()]
        more = f" ({len(found)} such characters in this file)" if len(found) > 1 else ""
        span = Span(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"{refusal(found[0][0])}{more}"
        yield Problem(span, Rule.BAD_CHARACTER, message, "remove it; a new line is the line end of the file")


def _asset(path: str, data: bytes) -> _FileRead[Asset]:
    return digest(data), [Asset(path.split("/", 2)[2], len(data), data)], []


def _read_bytes(root: Path, path: str, problems: list[Problem]) -> bytes | None:
    try:
        return (root / path).read_bytes()
    except OSError as error:
        hint = "see that the file exists and that you may read it"
        problems.append(Problem(Span(path), Rule.CANNOT_READ, str(error.strerror), hint))
        return None


def _read_templates(root: Path, reader: _Files) -> tuple[dict[str, str], tuple[Asset, ...]]:
    """Read templates by name and static files by path; those of the atlas replace those of the engine."""
    templates: dict[str, str] = {}
    static: dict[str, Asset] = {}
    for base in dict.fromkeys([ENGINE_HOME, root.resolve()]):
        within = "" if base == root.resolve() else "engine/"
        for path in _walk(base, base / "templates", reader.problems):
            name = path.removeprefix("templates/")
            if name.startswith("static/"):
                static.update((asset.path, asset) for asset in reader.asset(base, path, within))
            elif Path(name).suffix in TEMPLATE_SUFFIXES:
                templates.update((name, source.text) for source in reader.source(base, path, within))
    return dict(sorted(templates.items())), tuple(static[name] for name in sorted(static))


def read_fonts(root: Path) -> tuple[Font, ...]:
    """Find the fonts with which share images may be drawn: those in `templates/fonts/`, then those of the system."""
    folder = (root / "templates/fonts").glob("*.*")
    own = sorted(path for path in folder if path.is_file() and not is_ignored(path.name))
    system = (path for path in map(Path, SYSTEM_FONTS) if path.is_file())
    return (*(_font(path, path.name) for path in own), *(_font(path, "") for path in system))


def _font(path: Path, name: str) -> Font:
    return Font(name, str(path), font_digest(path))


def font_digest(path: Path) -> str:
    """Return the digest of the beginning and the size of a font; "" if it cannot be read."""
    head = read_part(path, 0, _FONT_HEAD)
    return digest(head + str(path.stat().st_size).encode()) if head else ""


def read_part(path: Path, start: int, length: int) -> bytes:
    """Return a part of a file that is too large to be read whole, or with -1 its rest; b"" if it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)
    except OSError:
        return b""


def read_file(path: Path) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read a file that a command names, such as one that a translator sends.

    Returns:
        Its text, or None if it cannot be read, and the problems found.
    """
    _, sources, problems = _file_read(Path(), path.as_posix(), _source)
    return (sources[0] if sources else None), tuple(problems)


def read_import(path: Path) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return the bytes of a file that is to be imported, or None with the problem that prevents it."""
    problems: list[Problem] = []
    with suppress(OSError):
        size = path.stat().st_size
        if size > IMPORT_BYTES:
            message = f"this file has {size:,} bytes, and {IMPORT_BYTES:,} are the most"
            return None, (Problem(Span(path.as_posix()), Rule.OVER_LIMIT, message, "divide it into several"),)
    data = _read_bytes(Path(), path.as_posix(), problems)
    return data, tuple(problems)


def list_files(folder: Path, suffix: str) -> list[Path]:
    """Return the files of a folder, not of those in it, whose names end with a suffix, by name."""
    return sorted(path for path in folder.glob(f"*{suffix}") if path.is_file())


def as_file(data: bytes) -> BytesIO:
    """Return bytes as an open file, for libraries that read one."""
    return BytesIO(data)


def archive_problem(name: str, data: bytes) -> Problem | None:
    """Return what is wrong with a DOCX or XLSX file as an archive: not whole, or far larger when unpacked."""
    try:
        with ZipFile(as_file(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        return Problem(Span(name), Rule.BAD_IMPORT, "this file is not whole", "save it again in the program it is from")
    if size > IMPORT_BYTES:
        message = f"this file unpacks to {size:,} bytes, and {IMPORT_BYTES:,} are the most"
        return Problem(Span(name), Rule.OVER_LIMIT, message, "divide it into several, or save it without pictures")
    return None


def read_text(path: Path) -> str:
    """Return the text of a file that the engine keeps for itself, or "" if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def engine_text(name: str) -> str:
    """Return a text file that is stored with the modules of the engine, such as the stylesheet of the preview."""
    return Path(PACKAGE, name).read_text(encoding="utf-8")


def read_modules() -> dict[str, str]:
    """Return the source of every module of the engine, by path, such as `atlas/core/sources.py`."""
    engine = Path(PACKAGE)
    paths = sorted(engine.rglob("*.py"))
    return {path.relative_to(engine.parent).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def read_project(root: Path) -> dict[str, bytes]:
    """Return the files that a release keeps of the folder of an atlas, by path: texts, settings, and own programs.

    These are `content/`, `templates/` and the bibliography, and at the top what describes the atlas and how to build
    it; with the engine itself, if it is in the same folder.
    """
    folders = ["content", "templates"] + (["atlas"] if root.resolve() == ENGINE_HOME else [])
    names = [name for name in sorted(os.listdir(root)) if _PROJECT.fullmatch(name) and (root / name).is_file()]
    paths = [path for folder in folders for path in _walk(root, root / folder, [])]
    return {
        path: data
        for path in (*names, *paths)
        if not path.endswith(".pyc") and (data := _read_bytes(root, path, [])) is not None
    }


def read_engine() -> str:
    """Return a digest of the files of the engine and of the versions of Python and the installed packages."""
    found = sha256("\n".join(libraries()).encode())
    engine = Path(PACKAGE)
    for where, folders, names in os.walk(engine):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for path in (Path(where, name) for name in sorted(names)):
            found.update(f"\n{path.relative_to(engine)}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
