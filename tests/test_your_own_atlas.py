"""docs/your-own-atlas.md, done from its first command to its last: what it says happens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from previews import Served
from site_copies import REPOSITORY, write

from atlas.cli.main import main

DOCUMENT = (REPOSITORY / "docs" / "your-own-atlas.md").read_text(encoding="utf-8")
_STEP = re.compile(r"(?ms)^(?:`(?P<file>[\w./-]+)`(?P<how>, [^\n]*)?:\n\n)?```(?P<form>[a-z]*)\n(?P<text>.*?)^```")


def steps() -> Iterator[tuple[str, str, str]]:
    """Each command, as ("", "", command), and each file, as (path, where in it, text), in their order."""
    for step in _STEP.finditer(DOCUMENT):
        if step["file"]:
            yield step["file"], step["how"] or "", step["text"]
        elif step["form"] == "sh":
            yield from (("", "", line) for line in step["text"].splitlines())


def put(root: Path, path: str, how: str, text: str) -> None:
    """Write a text of the document into a file: a new one, at the end, or below the line that it names."""
    below = re.search(r"below `([^`]+)`", how)
    old = (root / path).read_text(encoding="utf-8") if how else ""
    if below:
        [line] = [line for line in old.splitlines(keepends=True) if line.strip().startswith(f"{below[1]}:")]
        write(root, path, old.replace(line, line + text))
    else:
        write(root, path, old + text)


def test_the_walk_through_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path
    commands = []
    monkeypatch.chdir(folder)
    for path, how, text in steps():
        words = shlex.split(text) if not path else []
        commands += words[1:2] if words[:1] == ["atlas"] else []
        if path:
            put(folder, path, how, text)
        elif words[0] == "cd":
            folder = folder / words[1]
            monkeypatch.chdir(folder)
        elif words[1] == "serve":
            served = Served(folder, "--port", "0")
            assert served.get("actors/first-example/")[0] == 200
            assert served.stop() == 0
        else:
            assert main(words[1:]) == 0, (text, capsys.readouterr())
    assert commands == ["init", "check", "serve", "check", "translations", "translations", "check", "build"]
    page = (folder / "site/compare/origin/index.html").read_text(encoding="utf-8")
    assert "The teacher founded it in 1921" in page
    assert 'href="../../static/site.css"' in page
    assert "--link: #7a1f1f" in (folder / "site/static/site.css").read_text(encoding="utf-8")
    french = (folder / "site/fr/actors/upper-choir/index.html").read_text(encoding="utf-8")
    assert "L’instituteur l’a fondée en 1921" in french
    assert 'href="https://example.org/villages/actors/upper-choir/"' in french
