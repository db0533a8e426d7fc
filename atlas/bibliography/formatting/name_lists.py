"""Formats lists of names: order, initials, et al. and 等, original script with romanised forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from msgspec.structs import replace

from atlas.bibliography.formatting.styles import NameForm
from atlas.bibliography.parsing.person_names import PersonName, is_han, with_particle
from atlas.core.scripts import RIGHT_TO_LEFT

_GIVEN_PART = re.compile(r"([^\W\d_])[^\s.-]*\.?(\s*-\s*)?\s*")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")


class Foreign(NamedTuple):
    """The `lang` of names in scripts other than that of the page; "" for none.

    Attributes:
        han: of names in Han characters.
        other: of other names.
    """

    han: str = ""
    other: str = ""


def tagged(html: str, language: str) -> str:
    """Wrap HTML in an element with its language, and with its direction if that is right to left."""
    direction = ' dir="rtl"' if _RIGHT_TO_LEFT.search(html) else ""
    own = f' lang="{language}"' if language else ""
    return f"<span{own}{direction}>{html}</span>" if own or direction else html


def is_latin(text: str) -> bool:
    """Return whether a text begins with a Latin letter, or has no letters."""
    found = _LETTER.search(text)
    return found is None or bool(_LATIN_LETTER.match(found[0]))


def name_list(names: Sequence[PersonName], form: NameForm, foreign: Foreign, own_forms: str) -> str:
    """Format names as HTML.

    Args:
        names: the names.
        form: the form of the list.
        foreign: the languages of names in scripts other than that of the page.
        own_forms: what to show of a name that has a form in its own script: `alone` that form, `beside` both, `none`
            the
            romanisation.
    """
    known = [name for name in names if not name.others]
    cut = len(known) > form.most or (len(names) > form.most and not form.ellipsis)
    shown = known[: form.shown] if cut else known
    texts = [_one(name, form, position, foreign, own_forms) for position, name in enumerate(shown)]
    if cut and form.ellipsis:
        last = _one(known[-1], form, len(shown), foreign, own_forms)
        return form.between.join(texts) + form.ellipsis + last
    if cut or len(known) < len(names):
        return form.between.join(texts) + form.others
    if len(texts) < 2:
        return "".join(texts)
    last = form.pair if len(texts) == 2 else form.last
    if len(texts) == 2 and form.inverted != "none" and last.strip(", ") and not _is_inverted(known[0], form):
        last = last.lstrip(",")
    return form.between.join(texts[:-1]) + last + texts[-1]


def _is_inverted(name: PersonName, form: NameForm) -> bool:
    """Return whether a name has its family name before a comma; not a body, nor a name in the order of its language."""
    in_own_order = bool(name.own) and form.given == "full"
    return bool(name.family and name.given) and not in_own_order and not is_han(name.family)


def with_initial(name: PersonName, *, in_full: bool = False) -> PersonName:
    """Return a name with the given names, or their initials, before its family name: J. A. Smith, Wang Lin."""
    given = "" if is_han(name.family) else _given(name.given, "full" if in_full else "initials")
    if not given:
        return name
    return replace(name, family=f"{name.family} {given}" if name.own and in_full else f"{given} {name.family}")


def _one(name: PersonName, form: NameForm, position: int, foreign: Foreign, own_forms: str) -> str:
    if name.own and own_forms == "alone":
        return _han(name.own, foreign.han)
    if is_han(name.literal):
        return _han(name.literal, foreign.han)
    if is_han(name.family):
        letters = f" {_given(name.given, 'letters')}" if name.given and is_latin(name.given) else name.given
        return _han(name.family + letters, foreign.han)
    text = _foreign(_latin(name, form, position), foreign)
    return f"{text} {_han(name.own, foreign.han)}" if name.own and own_forms == "beside" else text


def _latin(name: PersonName, form: NameForm, position: int) -> str:
    """Return a name that is not in Han characters as the form writes it."""
    if name.literal:
        return name.literal.upper() if form.upper == "all" else name.literal
    family = name.family.upper() if form.upper and is_latin(name.family) else name.family
    return _in_order(name, family, form, position)


def _in_order(name: PersonName, family: str, form: NameForm, position: int) -> str:
    """Return a Latin name in the order of the form, and a romanised name in its own order, family name first."""
    given = _given(name.given, form.given)
    if form.given == "none":
        return family
    inverted = form.inverted == "all" or (form.inverted == "first" and position == 0)
    if name.own and form.given == "full":
        return f"{family} {given}".strip()
    if inverted:
        after = " ".join(part for part in (given, name.prefix) if part)
        parts = form.comma.join(part for part in (family, after) if part)
        if form.given == "letters" and name.suffix:
            return parts + form.between + name.suffix.rstrip(".")
        return f"{parts}, {name.suffix}" if name.suffix else parts
    return " ".join(part for part in (given, with_particle(name.prefix, family), name.suffix) if part)


def _given(given: str, manner: str) -> str:
    """Return given names in full, as initials (J.-P. A.) or as letters (J P A)."""
    if manner in ("full", "none") or not given:
        return given
    parts = [(found[1].upper(), bool(found[2])) for found in _GIVEN_PART.finditer(given)]
    if manner == "letters":
        return "".join(f"{letter}{'-' if hyphen else ' '}" for letter, hyphen in parts).strip(" -")
    return "".join(f"{letter}.{'-' if hyphen else ' '}" for letter, hyphen in parts).strip(" -")


def _foreign(text: str, foreign: Foreign) -> str:
    """Return a name marked with its language, unless it is in Latin letters."""
    return _escaped(text) if is_latin(text) else tagged(_escaped(text), foreign.other)


def _han(text: str, foreign_han: str) -> str:
    return f'<span lang="{foreign_han}">{_escaped(text)}</span>' if foreign_han else _escaped(text)


def _escaped(text: str) -> str:
    return escape(text.replace("'", "’"), quote=False)
