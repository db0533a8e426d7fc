"""Smaller copies of pictures on a built site: what pages write, when copies are made again, and when none are."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from site_copies import Workplace, add, build, contents

from atlas.cli.main import main

needs_pillow = pytest.mark.skipif(find_spec("PIL") is None, reason="Pillow (requirements-test.txt) is missing")
FIGURE = "\n![The pier in spring](/files/pier.jpg)\n"
TEXT, PAGE = "content/cases/gift-of-plum-trees.fr.md", "cases/gift-of-plum-trees/index.html"
DESCRIPTION = "alt: {en: A pier}\ncredit: Atlas of the Three Valleys\nlicence: CC-BY-4.0\n"


def photo(width: int, height: int, quality: int = 95, seed: int = 0) -> bytes:
    """A picture with much detail as JPEG, the same each time."""
    image = __import__("PIL.Image", fromlist=["new"])
    picture = image.linear_gradient("L").resize((width, height)).rotate(seed)
    for step in range(0, width, 7):
        picture.paste((step * 37 + seed) % 256, (step, step * 31 % height, step + 5, step * 31 % height + 40))
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue().ljust(60_000, b"\0")


def wants_copies(root: Path, data: bytes) -> None:
    """Let a site show a picture, and ask for copies."""
    (root / "content/files/pier.jpg").write_bytes(data)
    (root / "content/files/pier.jpg.yaml").write_text(DESCRIPTION, encoding="utf-8")
    add(root / TEXT, FIGURE)
    add(root / "content/site.yaml", "image_variants: true\n")


@needs_pillow
def test_pages_name_copies_that_fit_and_a_change_makes_only_its_copies_again(
    workplace: Workplace, tmp_path: Path
) -> None:
    root, out = workplace.root, workplace.out
    wants_copies(root, photo(1200, 800))
    assert build(root, out).code == 0
    page = (out / PAGE).read_text(encoding="utf-8")
    [source, image] = re.findall(r"<picture><source ([^>]*)><img ([^>]*)></picture>", page)[0]
    paths = re.findall(r"\.\./\.\./(variants/pier\.jpg\.(\d+)\.webp) (\d+)w", source)
    assert [(width, shown) for _, width, shown in paths] == [("480", "480"), ("960", "960"), ("1200", "1200")]
    assert 'type="image/webp"' in source
    assert 'sizes="(min-width: 40rem) 38rem, 100vw"' in source
    assert 'src="../../files/pier.jpg"' in image
    assert 'width="1200" height="800"' in image
    for path, width, _ in paths:
        assert read_width(out / path) == int(width)
    first = variants(out)
    assert first.keys() == {path for path, _, _ in paths}
    assert build(root, out).written == 0
    text = (root / TEXT).read_text(encoding="utf-8")
    (root / TEXT).write_text(text.replace("pier.jpg)\n", "pier.jpg){width=50%}\n"), encoding="utf-8")
    assert build(root, out).code == 0
    assert 'sizes="(min-width: 40rem) 19rem, 50vw"' in (out / PAGE).read_text(encoding="utf-8")
    (out / "variants/pier.jpg.480.webp").write_bytes(b"lost")
    (root / "content/files/pier.jpg").write_bytes(photo(1200, 800, seed=9))
    assert build(root, out).code == 0
    assert variants(out) != first
    assert build(root, tmp_path / "clean").code == 0
    assert contents(tmp_path / "clean") == contents(out)
    book = tmp_path / "books"
    assert main(["book", "--root", str(root), "--to", str(book), "--language", "fr", "--quiet"]) == 0
    with ZipFile(next(book.iterdir())) as archive:
        assert "EPUB/files/pier.jpg" in archive.namelist()
        assert not any(b"variants/" in archive.read(name) for name in archive.namelist())
    (root / "content/site.yaml").write_text(
        (root / "content/site.yaml").read_text(encoding="utf-8").replace("image_variants: true", ""), encoding="utf-8"
    )
    assert build(root, out).code == 0
    assert not variants(out)
    assert "<picture>" not in (out / PAGE).read_text(encoding="utf-8")


@needs_pillow
def test_damaged_and_huge_pictures_have_no_copies_and_one_problem_each(workplace: Workplace) -> None:
    root, out = workplace.root, workplace.out
    large = photo(2000, 1500) + bytes(600_000)
    wants_copies(root, large)
    (root / "content/files/half.jpg").write_bytes(photo(2000, 1500).rstrip(b"\0")[:55_000])
    huge = bytearray((root / "content/files/pier-light.png").read_bytes()) + bytes(60_000)
    huge[16:24] = (50_000).to_bytes(4, "big") * 2
    (root / "content/files/huge.png").write_bytes(huge)
    for name in ("half.jpg", "huge.png"):
        (root / f"content/files/{name}.yaml").write_text(DESCRIPTION, encoding="utf-8")
    report = build(root, out)
    reported = [(one["rule"], one["path"]) for one in report.problems if one["severity"] == "warning"]
    assert [one for one in reported if one[1].endswith(("g", "e"))] == [
        ("damaged-picture", "content/files/half.jpg"),
        ("large-file", "content/files/huge.png"),
    ]
    assert {path.split(".")[0] for path in variants(out)} == {"variants/pier"}


def test_without_pillow_one_note_says_what_to_install(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = workplace.root, workplace.out
    monkeypatch.setitem(sys.modules, "PIL", None)
    light = root / "content/files/pier-light.png"
    light.write_bytes(light.read_bytes() + bytes(600_000))
    add(root / "content/site.yaml", "image_variants: true\n")
    report = build(root, out)
    assert report.code == 0
    [note] = [one for one in report.problems if one["rule"] == "no-image-variants"]
    assert "pip install pillow" in note["hint"]
    [large] = [one for one in report.problems if one["rule"] == "large-file"]
    assert "image_variants: true" in large["hint"]
    assert "pip install pillow" in large["hint"]
    assert not variants(out)


def variants(out: Path) -> dict[str, bytes]:
    """The copies of pictures in an output folder."""
    return {path: data for path, data in contents(out).items() if path.startswith("variants/")}


def read_width(path: Path) -> int:
    """The width of a WebP file, as its first chunk says."""
    return int.from_bytes(path.read_bytes()[26:28], "little") & 0x3FFF
