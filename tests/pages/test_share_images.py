"""Images of shared links: the fonts and the size of their words, and the note where they cannot be drawn."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from small_atlases import LAMPS, SITE, actor, made
from small_pages import planned, rendered

from atlas.core.sources import Font, read_fonts
from atlas.graphics.fonts import Face, ShareFonts, cleaned, runs
from atlas.graphics.share_images import fitted
from atlas.graphics.text_metrics import Measure

WANTED = SITE + "share_images: true\n"


def sfnt(cmap: bytes) -> bytes:
    """A font with nothing but a table of characters."""
    return b"\0\1\0\0" + struct.pack(">HHHH4sIII", 1, 0, 0, 0, b"cmap", 0, 28, len(cmap)) + cmap


def subtable(platform: int, encoding: int, body: bytes) -> bytes:
    """A table of characters with one part."""
    return struct.pack(">HHHHI", 0, 1, platform, encoding, 12) + body


GROUPS = subtable(3, 10, struct.pack(">HHIII6I", 12, 0, 40, 0, 2, 0x41, 0x5A, 1, 0x20000, 0x20001, 30))
SEGMENTS = subtable(3, 1, struct.pack(">7H2HH2H2H2H", 4, 32, 0, 4, 0, 0, 0, 0x5A, 0xFFFF, 0, 0x41, 0xFFFF, 1, 1, 0, 0))


def face(folder: Path, data: bytes, name: str = "own.ttf") -> Face:
    """A face of a font of an atlas, from its bytes."""
    path = folder / "templates/fonts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Face(next(font for font in read_fonts(folder) if font.name == name), 0)


@pytest.mark.parametrize(("cmap", "beyond"), [(GROUPS, True), (SEGMENTS, False)])
def test_a_font_has_the_characters_of_its_table(cmap: bytes, beyond: bool, tmp_path: Path) -> None:
    own = face(tmp_path, sfnt(cmap))
    assert own.is_readable
    assert [sign for sign in "@AZ[" if own.has(sign)] == ["A", "Z"]
    assert own.has("\U00020001") is beyond
    assert not own.has("\uffff")


@pytest.mark.parametrize("data", [b"", b"nothing", sfnt(GROUPS)[:50], b"ttcf" + bytes(8), sfnt(b"")])
def test_what_is_no_font_has_no_characters(data: bytes, tmp_path: Path) -> None:
    own = face(tmp_path, data)
    assert not own.is_readable
    assert not own.has("A")


def test_each_part_of_a_text_has_the_first_font_with_its_characters(tmp_path: Path) -> None:
    latin, han = face(tmp_path, sfnt(SEGMENTS)), face(tmp_path, sfnt(GROUPS), "other.ttf")
    assert runs("AB\U00020000Z", (latin, han)) == ((latin, "AB"), (han, "\U00020000"), (latin, "Z"))
    assert runs("Ab", (latin, han)) is None
    assert runs("\u05d0", (latin, han)) is None


def test_a_collection_shows_the_forms_of_the_language() -> None:
    fonts = (Font("", "/fonts/DejaVuSerif-Bold.ttf", "1"), Font("", "/fonts/NotoSerifCJK-Bold.ttc", "2"))
    order = [
        [(Path(each.font.path).stem[:4], each.number) for each in ShareFonts(fonts, tag).title_faces]
        for tag in ("fr", "zh-Hant", "ja")
    ]
    assert order == [[("Deja", 0), ("Noto", 2)], [("Noto", 3), ("Deja", 0)], [("Noto", 0), ("Deja", 0)]]


def test_spaces_and_marks_that_fonts_lack_are_replaced() -> None:
    assert cleaned("Qui\u202f?\u200b e\u0301tang\u00ad") == "Qui\u00a0? étang"
    assert cleaned(" Lamp \n\t and  arch ") == "Lamp and arch"


def measure(size: int) -> Measure:
    """Every character is half as wide as high, and a Chinese one as wide as high."""
    return lambda text: sum(size if sign > "\u2e80" else size / 2 for sign in text)


@pytest.mark.parametrize(
    ("title", "most"),
    [("Lamps", 96), ("The quiet society of lamps, arches and bridges of the upper valley", 80), ("灯塔社" * 12, 80)],
)
def test_a_title_is_as_large_as_three_lines_allow(title: str, most: int) -> None:
    size, rows = fitted(title, 1040, measure)
    assert 50 <= size <= most
    assert len(rows) <= 3
    assert "".join(rows).replace(" ", "") == title.replace(" ", "")
    assert all(measure(size)(row) <= 1040 for row in rows)


@pytest.mark.parametrize("title", ["lamp and arch " * 22, "x" * 300, "灯塔与拱桥，" * 50])
def test_a_title_of_three_hundred_characters_ends_with_an_ellipsis(title: str) -> None:
    size, rows = fitted(cleaned(title), 1040, measure)
    assert (size, len(rows)) == (44, 3)
    assert rows[-1].endswith("…")
    assert all(measure(size)(row) <= 1040 for row in rows)
    assert not any(row[0] in "， " for row in rows)


def test_without_pillow_one_note_says_so_and_pages_keep_their_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    own = made({LAMPS: actor("Lamps")}, site=WANTED)
    [problem] = [one for one in planned(own)[1] if one.rule == "no-share-image"]
    assert problem.severity == "note"
    assert "pip install pillow" in (problem.hint or "")
    pages, _ = rendered(own)
    assert "static/og/actors.png" in pages["actors/lamps/index.html"]
