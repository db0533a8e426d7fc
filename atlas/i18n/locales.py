"""Formats numbers, lists, plurals and sizes in the languages of a site.

All data come from the Unicode CLDR through babel. A further language needs no code here if CLDR has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from msgspec import Struct


class Language(Struct, frozen=True):
    """One language of a site.

    Attributes:
        id: its key in site.yaml and its suffix in file names ("zh").
        tag: its BCP 47 tag ("zh-Hans").
        name: its name in the language itself.
        path: the folder of its pages ("" for the default language, else "zh").
    """

    id: str
    tag: str
    name: str
    path: str = ""


@lru_cache(maxsize=256)
def subtag_of(tag: str) -> str:
    """Return the primary language subtag of a BCP 47 tag, in lower case."""
    return tag.partition("-")[0].lower()


_RIGHT_TO_LEFT: Final = frozenset(
    {
        "adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "elym", "gara", "hatr", "hebr", "hung", "khar", "lydi",
        "mand", "mani", "mend", "merc", "mero", "narb", "nbat", "nkoo", "orkh", "ougr", "palm", "phli", "phlp", "phnx",
        "prti", "rohg", "samr", "sarb", "sidt", "sogd", "sogo", "syrc", "syre", "syrj", "syrn", "thaa", "todr", "yezi",
    }
)  # fmt: skip
"""Subtags of scripts whose letters run from right to left (Unicode Character Database, Bidi_Class R and AL)."""


@lru_cache(maxsize=256)
def is_right_to_left(tag: str) -> bool:
    """Return whether words in the language of a BCP 47 tag are written from right to left: those of ar, not ar-Latn.

    The script is that of the tag, else the one of its language and country by the likely subtags of CLDR.
    """
    language, *parts = tag.lower().split("-")
    script = next((part for part in parts[:1] if len(part) == 4 and part.isalpha()), "")
    country = next((part.upper() for part in parts[:1] if len(part) == 2), "")
    likely = get_global("likely_subtags")
    name = get_global("language_aliases").get(language, language)
    whole = likely.get(f"{name}_{country}") or likely.get(name) or ""
    return (script or whole.lower().partition("_")[2].partition("_")[0]) in _RIGHT_TO_LEFT


def tag_attributes(tag: str) -> str:
    """Return the attributes of HTML for words in a language: its tag, and the direction where that is to the left."""
    return f' lang="{escape(tag)}"' + (' dir="rtl"' if is_right_to_left(tag) else "")


def is_known(tag: str) -> bool:
    """Return whether CLDR has the language of a BCP 47 tag, so that a site can be written in it."""
    try:
        locale_of(tag)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """Return the CLDR locale of a BCP 47 tag.

    English without a region is international English, `en-001` (6 October 2003; A, B and C). Another variety
    is declared by its region: `en-US`.

    Raises:
        ValueError: if CLDR does not have the language.
    """
    try:
        return Locale.parse("en-001" if tag.lower() == "en" else tag, sep="-")
    except UnknownLocaleError as error:
        raise ValueError(f'CLDR has no language "{tag}"') from error


@lru_cache(maxsize=64)
def locale_name(tag: str) -> str:
    """Convert a BCP 47 tag to an OpenGraph locale: zh-Hans is zh_CN, by the likely subtags of CLDR."""
    locale = Locale.parse(tag, sep="-")
    likely = get_global("likely_subtags")
    whole = likely.get(str(locale)) or likely.get(locale.language) or ""
    territory = locale.territory or whole.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else locale.language


def plural_category(number: float, language: Language) -> str:
    """Return the CLDR plural category of a count: zero, one, two, few, many or other."""
    return locale_of(language.tag).plural_form(number)


def ordinal_category(number: int, language: Language) -> str:
    """Return the CLDR ordinal category of a rank: in English 1 is one, 2 two, 3 few, 4 other."""
    return locale_of(language.tag).ordinal_form(number)


def show_number(number: float, language: Language) -> str:
    """Format a number with the decimal sign and grouping of the language: 12,345.5; 12 345,5."""
    return format_decimal(number, locale=locale_of(language.tag))


def show_exact(text: str, language: Language) -> str:
    """Format a number with all the digits that are written: 0.0004; 0,0004."""
    return format_decimal(Decimal(text), locale=locale_of(language.tag), decimal_quantization=False)


@lru_cache(maxsize=4096)
def show_share(value: float, language: Language) -> str:
    """Format a number with exactly three decimals, so that those of a column can be compared: 0.045; 0,045."""
    return format_decimal(value, format="0.000", locale=locale_of(language.tag))


def show_percent(share: float, language: Language) -> str:
    """Format a share of 1 as a percentage without decimals: 0.125 is 12%, 12 % or 12%."""
    return format_percent(share, locale=locale_of(language.tag))


def show_list(items: Sequence[str], language: Language) -> str:
    """Format items as a list in a sentence: A, B and C; A, B et C; A、B和C."""
    return format_list(list(items), locale=locale_of(language.tag))


def show_size(size: int, language: Language) -> str:
    """Format a file size given in bytes, in decimal units: 512 bytes, 340 kB, 1.5 MB; in French octets."""
    locale = locale_of(language.tag)
    if size < 1000:
        return format_unit(size, "digital-byte", "long", locale=locale)
    unit, value = ("kilobyte", round(size / 1000)) if size < 999_500 else ("megabyte", round(size / 1_000_000, 1))
    return format_unit(value, f"digital-{unit}", "short", locale=locale)


@lru_cache(maxsize=512)
def show_language(tag: str, language: Language) -> str:
    """Return the name of a language in another: `fr` is French, français, 法语; the tag if CLDR has no name."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale_of(language.tag)) or tag
    except (UnknownLocaleError, ValueError):
        return tag
