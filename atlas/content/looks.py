"""Reads `looks` and the menu of content/site.yaml, and checks the contrast of its colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from atlas.content.looks_model import FontFile, Looks, MenuGroup, MenuLink
from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.schema.looks_schema import DARK, FONTS, LIGHT

LEAST_CONTRAST: Final = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""
_READ_ON: Final = (("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("ink", "tint"), ("quiet", "tint"),
                   ("link", "tint"), ("ink", "mark"))  # fmt: skip
"""The colours of text, each with one behind it."""


def read_looks(row: Mapping[str, Any] | None) -> Looks:
    """Return the looks that `site.yaml` declares."""
    if not row:
        return Looks()
    fonts = row["fonts"] or {}
    return Looks(
        _colours(row["colours"]),
        _colours(row["dark_colours"]),
        {kind: tuple(name.strip() for name in fonts[kind].split(",")) for kind in FONTS if fonts.get(kind)},
        tuple(
            FontFile(one["family"], one["file"], one["weight"] or "", one["style"] or "")
            for one in row["font_files"]
            if one and one["family"] and one["file"]
        ),
        row["logo"],
        tuple(link for one in row["footer"] if (link := menu_link(one))),
        row["stylesheet"],
        row["image_fonts"],
    )


def menu_link(row: Mapping[str, Any]) -> MenuLink | None:
    """Return a page, a link to another site or words of the menu or the foot; None if it is none of them."""
    if row["page"]:
        return MenuLink(row["page"].value, row["page"].span)
    if row["label"]:
        return MenuLink(row["url"].value if row["url"] else "", row["span"], row["label"])
    return None


def menu_groups(rows: Sequence[Mapping[str, Any]]) -> tuple[MenuGroup, ...]:
    """Return the groups of the menu."""
    return tuple(
        MenuGroup(row["label"], tuple(link for one in row["pages"] if (link := menu_link(one))))
        for row in rows
        if row["label"] and row["pages"]
    )


def menu_links(rows: Sequence[Mapping[str, Any]]) -> tuple[MenuLink, ...]:
    """Return every link of the menu, those of its groups too."""
    return tuple(link for row in rows for one in (row["pages"] or (row,)) if (link := menu_link(one)))


def menu_problems(rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each menu entry that is no page, no link to another site and no group."""
    for row in rows:
        if not row["page"] and not (row["label"] and (row["pages"] or row["url"])):
            message = "this menu entry is neither a page, a link to another site nor a group of pages"
            hint = "write a path, `{label: …, url: …}` or `{label: …, pages: […]}`"
            yield Problem(row["span"], Rule.MISSING_KEY, message, hint)
        for link in row["pages"]:
            if not link["page"] and not (link["label"] and link["url"]):
                message = "this entry of a group is neither a page nor a link to another site"
                yield Problem(link["span"], Rule.MISSING_KEY, message, "write a path, or `{label: …, url: …}`")


def low_contrast(row: Mapping[str, Any] | None) -> Iterator[Problem]:
    """Yield a problem for each colour of text that has too little contrast with the one behind it."""
    for key, defaults in (("colours", LIGHT), ("dark_colours", DARK)):
        own = {name: at for name, at in ((row or {}).get(key) or {}).items() if name in defaults and at}
        colours = defaults | {name: at.value for name, at in own.items()}
        for text, behind in _READ_ON:
            ratio = contrast(colours[text], colours[behind])
            if (text in own or behind in own) and ratio < LEAST_CONTRAST:
                span = own[text if text in own else behind].span
                message = f"{text} {colours[text]} on {behind} {colours[behind]} has a contrast of {ratio:.1f} to 1"
                hint = f"choose colours with {LEAST_CONTRAST} to 1 or more"
                yield Problem(span, Rule.LOW_CONTRAST, message, hint)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colours(row: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: row[name].value for name in LIGHT if row[name]} if row else {}
