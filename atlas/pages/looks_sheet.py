"""Writes the stylesheet `static/site.css` with the colours and fonts of `looks`, and checks the files that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from atlas.content.linking import Atlas
from atlas.content.looks_model import Looks
from atlas.core.problems import Problem, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Asset

SHEET: Final = "site.css"
"""The name of the stylesheet, in `static/`."""
_MIXED: Final = {"link": ("line", "73"), "quiet": ("dots", "99")}
"""Variables of the stylesheet that are a colour of `looks` with transparency."""
_VARIABLES: Final = {"serif": "latin-serif", "sans": "latin-sans", "han_serif": "han-serif", "han_sans": "han-sans"}


def site_sheet(looks: Looks) -> str:
    """Return the stylesheet of the looks, or "" if they choose no colour and no font."""
    return "".join((*_faces(looks), *_fonts(looks), *_scheme("light", looks.colours), *_scheme("dark", looks.dark)))


def sheets_of(looks: Looks) -> tuple[str, ...]:
    """Return the stylesheets in `static/` that every page loads after that of the engine."""
    return (*((SHEET,) if site_sheet(looks) else ()), *((looks.stylesheet.value,) if looks.stylesheet else ()))


def missing_files(atlas: Atlas, static: tuple[Asset, ...]) -> Iterator[Problem]:
    """Yield a problem for each file that `looks` names and that is not there."""
    looks, names = atlas.site.looks, {asset.path for asset in static}
    for link in (*(font.file for font in looks.font_files), *((looks.stylesheet,) if looks.stylesheet else ())):
        if link.value not in names:
            hint = nearest(link.value, names, "put it into templates/static/")
            message = f"there is no file templates/static/{link.value}"
            yield Problem(link.span, Rule.UNKNOWN_FILE, message, hint)
    if looks.logo and looks.logo.value not in atlas.files:
        hint = nearest(looks.logo.value, atlas.files, "put it into content/files/, with its .yaml beside it")
        message = f"there is no file content/files/{looks.logo.value}"
        yield Problem(looks.logo.span, Rule.UNKNOWN_FILE, message, hint)


def _faces(looks: Looks) -> Iterator[str]:
    for font in looks.font_files:
        kind = PurePosixPath(font.file.value).suffix.lstrip(".")
        rows = [
            f'font-family: "{font.family}"',
            f'src: url("{font.file.value}") format("{kind}")',
            "font-display: swap",
        ]
        rows += [f"font-weight: {font.weight}"] if font.weight else []
        rows += [f"font-style: {font.style}"] if font.style else []
        yield f"@font-face {{ {'; '.join(rows)}; }}\n"


def _fonts(looks: Looks) -> Iterator[str]:
    rows = [f"--{_VARIABLES[kind]}: " + ", ".join(f'"{name}"' for name in names) for kind, names in looks.fonts.items()]
    if rows:
        yield f":root {{ {'; '.join(rows)}; }}\n"


def _scheme(scheme: str, colours: dict[str, str]) -> Iterator[str]:
    rows = [f"--{name}: {colour}" for name, colour in colours.items()]
    for name, (mixed, opacity) in _MIXED.items():
        if name in colours:
            rows.append(f"--{mixed}: {_long(colours[name])}{opacity}")
    if rows:
        other = "dark" if scheme == "light" else "light"
        system, chosen = f':root:not([data-theme="{other}"])', f':root[data-theme="{scheme}"]'
        yield f"@media screen and (prefers-color-scheme: {scheme}) {{ {system} {{ {'; '.join(rows)}; }} }}\n"
        yield f"@media screen {{ {chosen} {{ {'; '.join(rows)}; }} }}\n"


def _long(colour: str) -> str:
    """Return a colour with six digits."""
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
