"""The views of picture files, and the links to them on pages."""

from __future__ import annotations

from msgspec import Struct

from atlas.graphics.drawing import Bar, DrawnMap, DrawnNetwork, Guide, Tick
from atlas.pages.view_parts import View


class PictureLinks(Struct, frozen=True):
    """What readers can take away of a picture.

    Attributes:
        svg: the URL of the picture as a file that needs no other.
        csv: the URL of the table of what it shows.
        frame: the URL of the page with the picture alone.
        credit: the line that names its source and its licence.
        embed: the HTML with which another page shows it in a frame.
        embed_image: the HTML with which another page shows it as an image.
    """

    svg: str
    csv: str
    frame: str
    credit: str
    embed: str
    embed_image: str


class PictureText(Struct, frozen=True):
    """A line of text in a picture.

    Attributes:
        form: title, heading, event, label, quiet or axis.
        anchor: the text anchor: start, middle or end.
    """

    x: int
    y: int
    text: str
    form: str = "label"
    anchor: str = "start"


class PictureSample(Struct, frozen=True):
    """A shape or line of the legend at its place.

    Attributes:
        shape: the shape of a side; "" for a line.
        line: the class of a line.
    """

    x: int
    y: int
    shape: str = ""
    line: str = ""


class PicturePath(Struct, frozen=True):
    """A line with its class."""

    path: str
    form: str


class PlacedBar(Struct, frozen=True):
    """A life span at its height."""

    y: int
    bar: Bar


class TimeBars(Struct, frozen=True):
    """The life spans of a picture, beside their names.

    Attributes:
        x: the left edge of the axis.
        width: the length of the axis.
        top: the y where guide lines begin.
        bottom: the y where they end.
        guides: dated events.
    """

    x: int
    width: int
    top: int
    bottom: int
    ticks: tuple[Tick, ...]
    guides: tuple[Guide, ...]
    rows: tuple[PlacedBar, ...]


class PictureBody(Struct, frozen=True):
    """What a picture shows below its title, in its own coordinates.

    Attributes:
        map: a map, or none.
        network: a network, or none.
        bars: life spans, or none.
        land: the outline of the land, as a path in the pixels of the world map.
        land_scale: the scale of the outline.
        texts: lines of text.
        paths: lines.
    """

    width: int
    height: int
    map: DrawnMap | None = None
    network: DrawnNetwork | None = None
    bars: TimeBars | None = None
    land: str = ""
    land_scale: float = 1.0
    texts: tuple[PictureText, ...] = ()
    paths: tuple[PicturePath, ...] = ()


class PictureFileView(View, frozen=True):
    """A picture as an SVG file: title, body, legend and credit line.

    Attributes:
        lang: the language tag.
        title: the title in one line.
        top: the y of the body.
        texts: the lines of the title, the legend and the credit.
        samples: the shapes and lines of the legend.
    """

    lang: str
    title: str
    width: int
    height: int
    top: int
    body: PictureBody
    texts: tuple[PictureText, ...]
    samples: tuple[PictureSample, ...]


class PictureTableView(View, frozen=True):
    """A table of what a picture shows, as CSV.

    Attributes:
        text: the table as CSV.
        columns: the headings.
        rows: the cells as they are, without the marks that keep programs from reading them as formulas.
    """

    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
