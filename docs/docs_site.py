"""Builds the documentation as a site: an atlas of pages alone, made from README.md, CONTRIBUTING.md and docs/*.md.

`python docs/docs_site.py OUT` writes the site into a folder; a further argument is the address where it is published.
Headings have the ids that GitHub gives them, so that a link such as `docs/reference.md#bad-date` works in both.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from atlas.authoring.slugs import kebab
from atlas.cli.main import main
from atlas.markdown.tokens import read_tokens

HERE = Path(__file__).parent
BESIDE = {"README.md": "home", "CONTRIBUTING.md": "contributing", "CHANGELOG.md": "changelog"}
"""The texts beside docs/ that become pages, each with the id of its page."""
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:)([^()\s]+)\)")
_TITLE = re.compile(r"\A# (.+)\n+")
_CODE = ("code", "fence", "comment")


def pages() -> dict[str, str]:
    """Return the text of each page by its id."""
    paths = {HERE.parent / name: id for name, id in BESIDE.items()} | {path: path.stem for path in HERE.glob("*.md")}
    known = {path.resolve(): "/" if id == "home" else f"/{id}/" for path, id in paths.items()}
    return {id: page(path, known) for path, id in paths.items()}


def page(path: Path, known: dict[Path, str]) -> str:
    """Return a text as a page.

    Args:
        path: its file.
        known: the addresses of all pages by their files.
    """
    text = path.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    body = with_ids(text[title.end() :] if title else text)
    body = outside_code(body, lambda part: _LINK.sub(lambda link: linked(link, path, known), part))
    name = re.sub(r"[`*]", "", title[1] if title else path.stem).replace('"', "'")
    return f'---\nlang: en\ndate: 2026-11-29\ntitle: "{name}"\n---\n\n{body}'


def with_ids(body: str) -> str:
    """Return a text whose headings have ids."""
    seen: dict[str, int] = {}
    edits = []
    for token in read_tokens(body).rows:
        if token.kind == "heading":
            end = body.find("\n", token.end)
            end = end if end >= 0 else len(body)
            id = slug(body[token.end : end])
            seen[id] = seen.get(id, -1) + 1
            edits.append((end, f" {{#{id}{f'-{seen[id]}' if seen[id] else ''}}}"))
    for end, words in reversed(edits):
        body = body[:end].rstrip() + words + body[end:]
    return body


def slug(heading: str) -> str:
    """Return the id that GitHub gives to a heading, without the signs that ids of an atlas do not have."""
    return kebab(re.sub(r"[^\w\s-]", "", heading))


def outside_code(body: str, change: Callable[[str], str]) -> str:
    """Return a text changed everywhere but in its code."""
    done, parts = 0, []
    for token in read_tokens(body).rows:
        if token.kind in _CODE and token.start >= done:
            parts += [body[done : token.start], body[token.start : token.end]]
            done = token.end
    parts.append(body[done:])
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def linked(link: re.Match[str], path: Path, known: dict[Path, str]) -> str:
    """Return a link to another text as a link to its page; to a file that is no page, its words alone."""
    name, _, fragment = link[2].partition("#")
    target = known.get((path.parent / name).resolve()) if name else ""
    if target is None:
        return link[1]
    return f"[{link[1]}]({target}{f'#{slug(fragment)}' if fragment else ''})"


def write(root: Path) -> Iterator[Path]:
    """Write the atlas of the documentation into a folder, and yield its files."""
    files = {f"pages/{id}.md": text for id, text in pages().items()}
    files["../bibliography.bib"] = ""
    files["site.yaml"] = (HERE / "site.yaml").read_text(encoding="utf-8")
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path


if __name__ == "__main__":
    out, *address = sys.argv[1:]
    with TemporaryDirectory() as folder:
        list(write(Path(folder)))
        options = ["--base-url", address[0]] if address else []
        sys.exit(main(["build", "--root", folder, "--output", out, "-q", *options]))
