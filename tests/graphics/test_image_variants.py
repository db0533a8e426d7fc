"""Smaller copies of pictures: their widths, colours, form and content, and pictures of which none are made."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from atlas.graphics.image_variants import copies, state_of, widths_of

Image: Any = pytest.importorskip("PIL.Image", reason="Pillow (requirements-test.txt) is missing")


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (480, ()),
        (500, (500,)),
        (600, (480, 600)),
        (1000, (480, 1000)),
        (1200, (480, 960, 1200)),
        (1700, (480, 960, 1600)),
        (9000, (480, 960, 1600)),
    ],
)
def test_copies_are_never_wider_than_the_picture(width: int, widths: tuple[int, ...]) -> None:
    assert widths_of(width) == widths


def test_a_webp_file_needs_no_copy_of_its_own_width() -> None:
    assert widths_of(1200, is_webp=True) == (480, 960)
    assert widths_of(2400, is_webp=True) == (480, 960, 1600)


def saved(picture: Any, format: str, **options: Any) -> bytes:
    """The file of a picture."""
    file = BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def halves(mode: str = "RGB", size: tuple[int, int] = (600, 300)) -> Any:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture.convert(mode)


def opened(data: bytes) -> Any:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def test_a_copy_is_upright_and_says_nothing_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Lamp and Sons"
    exif.get_ifd(0x8825)[1] = "N"
    data = saved(halves(), "JPEG", exif=exif.tobytes(), comment=b"seen from the pier")
    assert state_of(data, (300, 600)) == "usable"
    [copy] = copies(data, (150,))
    picture = opened(copy)
    assert (picture.format, picture.size) == ("WEBP", (150, 300))
    assert not dict(picture.getexif())
    assert not {"exif", "xmp", "icc_profile"} & {name for name, value in picture.info.items() if value}
    assert b"Lamp" not in copy
    red, blue = picture.getpixel((75, 50)), picture.getpixel((75, 250))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(halves(), "PNG")
    assert copies(data, (480, 600)) == copies(data, (480, 600))


def ends(mode: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours at the left and right end of a copy of a picture whose halves differ."""
    [copy] = copies(saved(halves(mode), "JPEG" if mode == "CMYK" else "PNG"), (300,))
    picture = opened(copy)
    assert picture.mode == "RGB"
    return picture.getpixel((10, 10)), picture.getpixel((290, 10))


@pytest.mark.parametrize("mode", ["P", "CMYK", "RGB"])
def test_colours_stay_those_of_the_picture_in_every_mode(mode: str) -> None:
    left, right = ends(mode)
    assert left[0] > 180 > 80 > left[2]
    assert right[2] > 180 > 80 > right[0]


@pytest.mark.parametrize("mode", ["1", "L"])
def test_a_picture_without_colours_stays_lighter_where_it_was_lighter(mode: str) -> None:
    left, right = ends(mode)
    assert sum(left) > sum(right) + 60
    assert all(max(colour) - min(colour) < 4 for colour in (left, right))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    picture = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    picture.paste((255, 255, 255, 255), (300, 0, 600, 300))
    data = saved(picture.convert(mode), "PNG")
    [copy] = copies(data, (300,))
    small = opened(copy)
    assert small.mode == "RGBA"
    assert (small.getpixel((10, 10))[3], small.getpixel((290, 10))[3]) == (0, 255)


def test_colours_of_a_profile_are_those_that_browsers_show() -> None:
    cms = pytest.importorskip("PIL.ImageCms")
    profile = cms.ImageCmsProfile(cms.createProfile("LAB")).tobytes()
    plain, wrong = saved(halves(), "PNG"), saved(halves(), "PNG", icc_profile=profile)
    assert copies(wrong, (300,)) == copies(plain, (300,)), "a profile of other channels is ignored"
    own = cms.ImageCmsProfile(cms.createProfile("sRGB")).tobytes()
    [copy] = copies(saved(halves(), "PNG", icc_profile=own), (300,))
    assert opened(copy).info.get("icc_profile") is None


def test_pictures_that_move_or_have_deep_colours_are_left_alone() -> None:
    frames = [halves(), halves().rotate(180)]
    for format in ("PNG", "WEBP"):
        moving = saved(frames[0], format, save_all=True, append_images=frames[1:])
        assert state_of(moving, (600, 300)) == "unsuited"
    assert state_of(saved(Image.new("I;16", (600, 300)), "PNG"), (600, 300)) == "unsuited"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_ends_early_is_damaged(format: str) -> None:
    noise = Image.effect_noise((600, 300), 90).convert("RGB")
    data = saved(noise, format)
    assert state_of(data, (600, 300)) == "usable"
    assert state_of(data[: len(data) // 2], (600, 300)) == "damaged"
    assert state_of(data[:20], (600, 300)) == "damaged"
    assert state_of(data, (700, 300)) == "damaged", "its header says something else"
