"""Images of shared links on a built site: which pages have one, when they are drawn again, and fonts that are missing."""

from __future__ import annotations

import re
import struct
from importlib.util import find_spec
from pathlib import Path

import pytest
from site_copies import Workplace, add, build, contents, edit, write

from atlas.core.sources import read_fonts

needs_pillow = pytest.mark.skipif(
    find_spec("PIL") is None or not read_fonts(Path()), reason="Pillow (requirements-test.txt) or a font is missing"
)


def test_a_font_that_is_missing_or_damaged_is_an_error(workplace: Workplace) -> None:
    root = workplace.root
    write(root, "templates/fonts/broken.ttf", "nothing")
    add(root / "content/site.yaml", "looks: {image_fonts: [broken.ttf, gone.ttf]}\n")
    report = build(root, workplace.out)
    assert report.rules() == ["bad-font", "unknown-file"]
    assert [error["message"] for error in report.errors] == [
        "templates/fonts/broken.ttf cannot be read as a font",
        "there is no file templates/fonts/gone.ttf",
    ]


@needs_pillow
def test_each_record_has_an_image_with_its_title_and_an_edit_draws_it_again(
    workplace: Workplace, tmp_path: Path
) -> None:
    root, out = workplace.root, workplace.out
    add(root / "content/site.yaml", "share_images: true\n")
    assert build(root, out).code == 0
    first = pictures(out)
    assert {"actors/phares-du-nord/share.png", "en/about/share.png"} <= first.keys()
    for path, data in first.items():
        assert struct.unpack(">II", data[16:24]) == (1200, 630)
        assert len(data) <= 40_000, path
        page = (out / path).with_name("index.html").read_text(encoding="utf-8")
        assert f'<meta property="og:image" content="https://vallees.example/atlas/{path}">' in page
    page = (out / "en/cases/gift-of-plum-trees/index.html").read_text(encoding="utf-8")
    [words] = re.findall(r'og:image:alt" content="([^"]*)', page)
    assert words.endswith("The gift of plum trees – Atlas of the Three Valleys")
    edit(
        root, "content/cases/gift-of-plum-trees.en.md", "title: The gift of plum trees", "title: The gift of 李 trees 𓀀"
    )
    edit(root, "content/cases/dispute-over-third-arch.en.md", "title: The dispute over", "title: The long dispute over")
    (out / "actors/pass-assembly/share.png").write_bytes(b"")
    report = build(root, out)
    assert "no-share-image" in report.rules()
    second = pictures(out)
    assert first.keys() - second.keys() == {"en/cases/gift-of-plum-trees/share.png"}
    changed = {path for path in second if second[path] != first[path]}
    assert changed == {"en/cases/dispute-over-third-arch/share.png"}
    assert build(root, tmp_path / "clean").code == 0
    assert contents(tmp_path / "clean") == contents(out)


def pictures(out: Path) -> dict[str, bytes]:
    """The images of shared links in an output folder."""
    return {path: data for path, data in contents(out).items() if path.endswith("/share.png")}
