"""Decides which pages have an image with their title where they are shared, and says why others have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.core import pillow
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Font
from atlas.graphics.fonts import ShareFonts
from atlas.graphics.share_images import ShareImage, is_covered, is_usable
from atlas.i18n.locales import Language
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.schema.families import BY_FAMILY
from atlas.schema.looks_schema import LIGHT

NAME = "share.png"
"""The name of a share image, beside its page."""
_COLOURS = ("paper", "ink", "quiet", "rule", "link")


def share_fonts(atlas: Atlas, fonts: Sequence[Font], language: Language) -> ShareFonts | None:
    """Return the fonts of the share images of a language: those that `looks` names, then those of the system.

    None if the site does not want such images, or none can be drawn.
    """
    site = atlas.site
    if site.share_images is None or "share" not in site.views or not pillow.is_installed():
        return None
    own = {font.name: font for font in fonts if font.name}
    named = [own[name.value] for name in site.looks.image_fonts if name.value in own]
    usable = tuple(font for font in (*named, *(font for font in fonts if not font.name)) if is_usable(font))
    return ShareFonts(usable, language.tag) if usable else None


def share_image(locale_site: LocaleSite, record: Record) -> ShareImage | None:
    """Return the share image of the page of a record; None if there is none, or a character is in no font."""
    fonts, site = locale_site.fonts, locale_site.atlas.site
    if fonts is None or record.address == "/":
        return None
    colours = LIGHT | site.looks.colours
    folder = record.address.split("/")[1]
    image = ShareImage(
        title=plain_text(locale_site.title(record)),
        kicker=_kicker(locale_site, record),
        site=locale_site.label(site.title),
        colours={name: colours[name] for name in _COLOURS},
        emblem=folder if folder in locale_site.pictures else "atlas",
    )
    return image if is_covered(image, fonts) else None


def share_path(language: Language, record: Record) -> str:
    """Return the path of a share image in the output folder."""
    return f"{language.path}{record.address}{NAME}".lstrip("/")


def share_notes(atlas: Atlas, fonts: Sequence[Font], locale_sites: Iterable[LocaleSite]) -> Iterator[Problem]:
    """Yield what is wrong with the fonts that `looks` names, and one note on the images that are not drawn."""
    site = atlas.site
    own = {font.name: font for font in fonts if font.name}
    for name in site.looks.image_fonts:
        font = own.get(name.value)
        if font is None:
            hint = nearest(name.value, own, "put it into templates/fonts/")
            yield Problem(name.span, Rule.UNKNOWN_FILE, f"there is no file templates/fonts/{name.value}", hint)
        elif not is_usable(font):
            message = f"templates/fonts/{name.value} cannot be read as a font"
            yield Problem(name.span, Rule.BAD_FONT, message, "put a whole ttf, otf or ttc file there")
    if site.share_images is not None and "share" in site.views:
        yield from _undrawn(atlas, site.share_images, list(locale_sites))


def _undrawn(atlas: Atlas, span: Span, locale_sites: Sequence[LocaleSite]) -> Iterator[Problem]:
    if not pillow.is_installed():
        message = "share images are not drawn: Pillow is not installed"
        yield Problem(span, Rule.NO_SHARE_IMAGE, message, pillow.INSTALL)
        return
    hint = "install fonts-dejavu and fonts-noto-cjk, or name a font with image_fonts under looks"
    if not all(own.fonts for own in locale_sites):
        yield Problem(span, Rule.NO_SHARE_IMAGE, "share images are not drawn: no font was found", hint)
        return
    without = [
        (record, own)
        for own in locale_sites
        for record in atlas.records.values()
        if record.address and record.address != "/" and share_image(own, record) is None
    ]
    if without:
        record, own = without[0]
        pages = "1 page has" if len(without) == 1 else f"{len(without)} pages have"
        first = f"“{plain_text(own.title(record))}” ({own.language.id})"
        message = f"{pages} no share image, because no font has all characters of the title: {first}"
        yield Problem(span, Rule.NO_SHARE_IMAGE, message, hint)


def _kicker(locale_site: LocaleSite, record: Record) -> str:
    """Return the family of a record with its kind; "" for pages."""
    family = BY_FAMILY[record.family]
    if not family.has_index:
        return ""
    kinds = locale_site.atlas.site.kinds.get(record.family, {})
    kind = locale_site.label(kinds[record.kind].label) if record.kind in kinds else ""
    return " · ".join(part for part in (locale_site.words.t(family.id), kind) if part)
