"""Makes a case or a concept from a text: Markdown of other programs, or DOCX through mammoth or pandoc."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from yaml.nodes import Node, SequenceNode

from atlas.authoring.scaffolds import record_text
from atlas.authoring.slugs import slug
from atlas.bibliography.parsing.bibtex import read_entries
from atlas.content.model import Site
from atlas.content.uploads import kind_of
from atlas.core.sources import archive_problem, as_file, list_files, read_file
from atlas.importing.markup import Rewriting
from atlas.importing.matter import SUMMARIES, names_of, plain, read_matter, title_of
from atlas.importing.quire import listed_figures
from atlas.importing.results import Import, Picture
from atlas.schema.families import BY_FAMILY

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>@{}~^$]")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])")
_FILES: Final = "content/files/"
_SITES: Final = (
    ".git", "_config.yml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "_quarto.yml", "myst.yml",
)  # fmt: skip
"""One of these is in the folder of a site."""
_PATIENCE: Final = 120
"""Seconds that pandoc may take."""


def import_text(
    path: Path, text: str, family: str, site: Site, ids: tuple[str, ...], bibliography: str, result: Import
) -> str:
    """Make a record of a text.

    Args:
        path: the file that the text is from.
        text: its Markdown.
        family: `case`, `concept` or another family in Markdown.
        site: the atlas.
        ids: the ids of its records.
        bibliography: the text of bibliography.bib.
        result: the import, to which the file and the losses are added.

    Returns:
        The text of bibliography.bib, with works of the file that the text names.
    """
    own = BY_FAMILY[family]
    if own.form != "md":
        result.refuse(
            path.as_posix(), f"a text cannot become a record of the family {family}", "use --as case or concept"
        )
        return bibliography
    matter, body = read_matter(text, result)
    title, body = title_of(matter, body, path)
    bibliography = _with_works(path, matter.get("bibliography"), body, bibliography, result)
    keys = {entry.key for entry in read_entries(bibliography, "bibliography.bib")[0]}
    id = slug(title if title != "TODO" else path.stem, set(ids))

    def place(picture: Picture) -> str:
        return _place_picture(path, picture, id, site, result)

    figures = listed_figures(_folders(path), result)
    rewriting = Rewriting(keys, ids, place, lambda what: result.lose("text", what), figures)
    written = rewriting.body(body)
    values = _values(matter, title, site, result)
    result.files[f"content/{own.folder}/{id}.md"] = record_text(own, site, values, written)
    result.made += 1
    return bibliography


def markdown_of(name: str, data: bytes, result: Import) -> str | None:
    """Return a DOCX file as Markdown: through pandoc, which keeps tables and notes, else through mammoth."""
    if wrong := archive_problem(name, data):
        result.problems.append(wrong)
        return None
    command = ["pandoc", "--from=docx", "--to=markdown-simple_tables-multiline_tables-grid_tables", "--wrap=none",
               "--standalone", "--sandbox"]  # fmt: skip
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except OSError:
        return _by_mammoth(name, data, result)
    except subprocess.TimeoutExpired:
        result.refuse(name, f"pandoc took more than {_PATIENCE} seconds", "divide the file into several")
        return None
    if done.returncode:
        message = " ".join(done.stderr.decode(errors="replace").split())
        result.refuse(name, f"pandoc cannot read this file: {message}", "save it again in the program it is from")
        return None
    return done.stdout.decode()


def _by_mammoth(name: str, data: bytes, result: Import) -> str | None:
    try:
        mammoth = import_module("mammoth")
    except ImportError:
        hint = "install one of them (pandoc.org, or pip install mammoth), or save the text as Markdown"
        result.refuse(name, "DOCX files need the program pandoc or the package mammoth, and neither is installed", hint)
        return None

    def without(image: Any) -> dict[str, str]:
        result.lose("text", f"a picture ({image.content_type}) was left out: put it into content/files/")
        return {"src": ""}

    pictures = mammoth.images.img_element(without)
    try:
        done = mammoth.convert_to_markdown(as_file(data), convert_image=pictures)
        html = mammoth.convert_to_html(as_file(data), convert_image=pictures).value
    except Exception as error:  # mammoth raises many kinds for files that are not whole
        result.refuse(name, f"this DOCX file cannot be read: {error}", "save it again in the program it is from")
        return None
    for message in done.messages:
        result.lose("text", message.message)
    if tables := html.count("<table"):
        result.lose("text", f"the cells of tables became paragraphs ({tables}): install pandoc to keep them")
    if re.search(r"<su[bp]>(?!<a )", html):
        result.lose("text", "raised and lowered signs became plain: install pandoc to keep them")
    text = re.sub(r"<a id=\"[^\"]*\"></a>|!\[[^\]]*\]\(\)", "", done.value)
    text = re.sub(r"\\([.!()\-+#])", r"\1", text)  # mammoth escapes every sign
    text = re.sub(r"\[\\\[(\d+)\\\]\]\(#(?:foot|end)note-[\w-]+\)", r"[^\1]", text)
    text = re.sub(r"(?m)^(\d+)\. +(.*?) *\[↑\]\(#(?:foot|end)note-ref-[\w-]+\)$", r"[^\1]: \2\n", text)
    return text


def _values(matter: dict[str, Node], title: str, site: Site, result: Import) -> dict[str, str]:
    values = {"title": _quoted(_emphasised(title)), "name": title}
    summary = next((text for key in SUMMARIES if (text := plain(matter.get(key)))), "")
    if summary:
        values["summary"] = _quoted(f"{_escaped(summary)} [@TODO]")
    lang = (plain(matter.get("lang")) or plain(matter.get("language"))).partition("-")[0].lower()
    if lang in site.languages:
        values["lang"] = lang
    elif lang:
        result.lose("front matter", f"the language {lang} is none of the atlas, and was left out")
    if names := names_of(matter, result):
        values["authors"] = f"[{', '.join(_quoted(name) for name in names)}]"
    return values


def _escaped(text: str) -> str:
    """Return a text as Markdown in which no sign has a meaning."""
    return _SIGNS.sub(r"\\\g<0>", text)


def _emphasised(text: str) -> str:
    """Return a title as Markdown: words between asterisks stay emphasised, other signs have no meaning."""
    pieces = _EMPHASIS.split(text)
    return "".join(f"*{_escaped(piece)}*" if number % 2 else _escaped(piece) for number, piece in enumerate(pieces))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _with_works(path: Path, named: Node | None, body: str, bibliography: str, result: Import) -> str:
    """Return the bibliography with the works that a text names and that are not there yet.

    They are all works of the files that its front matter names; if it names none, those that it cites of the files
    in its folder or in the folder of its site.
    """
    rows = named.value if isinstance(named, SequenceNode) else [named] if named else []
    for row in rows:
        name = plain(row)
        if not name.endswith(".bib") or not (path.parent / name).exists():
            result.lose("front matter", f"the bibliography {name} was left out: it is not a .bib file beside the text")
            continue
        bibliography = _with_file(path.parent / name, name, None, bibliography, result)
    for file in [] if rows else _works_of_site(path):
        bibliography = _with_file(file, file.name, body, bibliography, result)
    return bibliography


def _works_of_site(path: Path) -> list[Path]:
    folders = list(_folders(path))
    near = [folder for _, folder in (folders if _is_site(folders[-1][1]) else folders[:1])]
    return [file for folder in near for place in ("", "_bibliography") for file in list_files(folder / place, ".bib")]


def _with_file(file: Path, name: str, body: str | None, bibliography: str, result: Import) -> str:
    """Return the bibliography with the works of a file, or with those of which a body has the keys."""
    source, problems = read_file(file)
    if body is None:
        result.problems += problems
    known = {entry.key for entry in read_entries(bibliography, "bibliography.bib")[0]}
    entries = read_entries(source.text, name)[0] if source else ()
    wanted = [entry for entry in entries if body is None or _names_key(body, entry.key)]
    new = [entry.raw for entry in wanted if entry.key not in known and not entry.broken]
    for entry in wanted:
        if entry.broken:
            result.lose(name, f"the entry {entry.key} has a mistake, and was left out")
    return "\n\n".join(filter(None, (bibliography.rstrip(), *new))) + "\n" if new else bibliography


def _names_key(body: str, key: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", body) is not None


def _found(path: Path, picture: str) -> str:
    """Return where a picture is, from the folder of the text; "" if it is neither there nor in the site of the text.

    Jekyll and Hugo write `/images/a.png` for a file in the folder of the site, or in `static/` or `assets/` there;
    some themes of Jekyll write `images/a.png`.
    """
    named = PurePosixPath(picture)
    if ".." in named.parts or "://" in picture:
        return ""
    if not named.is_absolute() and (path.parent / picture).is_file():
        return picture
    inner = named.relative_to("/") if named.is_absolute() else named
    for above, folder in _folders(path):
        if _is_site(folder):
            places = (folder / inner, folder / "static" / inner, folder / "assets" / inner)
            file = next((place for place in places if place.is_file()), None)
            return above + file.relative_to(folder).as_posix() if file else ""
    return ""


def _folders(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the folder of a text and those above up to that of its site, each with its path from the first: `../`."""
    home = path.resolve().parent
    for number, folder in enumerate((home, *home.parents)):
        yield "../" * number, folder
        if _is_site(folder):
            return


def _is_site(folder: Path) -> bool:
    return any((folder / name).exists() for name in _SITES)


def _place_picture(path: Path, picture: Picture, id: str, site: Site, result: Import) -> str:
    """Return the path in content/files/ to which a picture is copied, or "" if it cannot be."""
    found = picture.path if picture.is_listed else _found(path, picture.path) or _found(path, unquote(picture.path))
    source = PurePosixPath(found)
    if not source.name or kind_of(source.suffix) != "picture":
        where = "beside the text, or in the folder of its site"
        result.lose("text", f"the picture {picture.path[:60]} was left out: it is not a picture {where}")
        return ""
    known = {from_: to.removeprefix(_FILES) for to, from_ in result.copies.items()}
    if str(source) in known:
        return known[str(source)]
    suffix = source.suffix.lower()
    taken = {PurePosixPath(to).stem for to in known.values() if to.endswith(suffix)}
    target = f"{id}/{slug(source.stem, taken)}{suffix}"
    result.copies[f"{_FILES}{target}"] = str(source)
    alt = _quoted(picture.alt or picture.caption or "TODO")
    labels = ", ".join(f"{language}: {alt}" for language in site.languages)
    result.files[f"{_FILES}{target}.yaml"] = f"alt: {{{labels}}}\ncredit: TODO\nlicence: TODO\n"
    return target
