"""An edit to one translation renders the pages of its language, and beside them only where languages stand together."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_copies import Workplace, build, edit

from atlas.core.digests import digest

CASES = [
    ("content/actors/phares-du-nord.en.yaml", "A yearly grant for oil.", "An annual grant for oil.", "en"),
    ("content/cases/twinning-of-two-piers.zh.md", "不如说是习惯", "不如说是风俗", "zh"),
]


def pages(out: Path) -> dict[str, str]:
    """The digest of every page, by its path."""
    return {path.relative_to(out).as_posix(): digest(path.read_bytes()) for path in sorted(out.rglob("*.html"))}


@pytest.mark.parametrize(("path", "old", "new", "language"), CASES)
def test_an_edit_to_one_translation_renders_only_pages_of_its_language(
    workplace: Workplace, path: str, old: str, new: str, language: str
) -> None:
    before = pages(workplace.out)
    times = {name: (workplace.out / name).stat().st_mtime_ns for name in before}
    edit(workplace.root, path, old, new)
    assert build(workplace.root, workplace.out).errors == []
    after = pages(workplace.out)
    changed = {name for name in after if after[name] != before[name]}
    written = {name for name in after if (workplace.out / name).stat().st_mtime_ns != times[name]}
    record = path.removeprefix("content/").partition(".")[0]
    beside = f"parallel/{record}/index.html"
    assert written == changed
    assert {f"{language}/{record}/index.html", beside} <= changed
    assert [name for name in changed - {beside} if not name.startswith(f"{language}/")] == []
