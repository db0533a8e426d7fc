"""Names in references and citations: order, initials, et al. and 等, one's own script beside a romanisation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from msgspec.structs import replace

from atlas.bibliography.people import Name, is_han
from atlas.bibliography.styles import NameForm

_GIVEN_PART = re.compile(r"([^\W\d_])[^\s.-]*\.?(\s*-\s*)?\s*")


def name_list(names: Sequence[Name], form: NameForm, foreign_han: str, own_forms: str) -> str:
    """Names as HTML. foreign_han: the `lang` of Han names where the page is in another language, else "".

    own_forms: what is shown of a name that has a form in its own script: `alone` that form,
    `beside` both, `none` the romanisation.
    """
    known = [name for name in names if not name.others]
    cut = len(known) > form.most
    shown = known[: form.shown] if cut else known
    texts = [_one(name, form, position, foreign_han, own_forms) for position, name in enumerate(shown)]
    if cut and form.ellipsis:
        last = _one(known[-1], form, len(shown), foreign_han, own_forms)
        return form.between.join(texts) + form.ellipsis + last
    if cut or len(known) < len(names):
        return form.between.join(texts) + form.others
    if len(texts) < 2:
        return "".join(texts)
    last = form.pair if len(texts) == 2 else form.last
    if len(texts) == 2 and form.inverted == "first" and not _is_inverted(known[0]):
        last = last.lstrip(",")
    return form.between.join(texts[:-1]) + last + texts[-1]


def _is_inverted(name: Name) -> bool:
    """Whether a name at the head has its family name before a comma: not a body, not a name in its own order."""
    return bool(name.family and name.given) and not name.own and not is_han(name.family)


def with_initial(name: Name) -> Name:
    """A name whose family name has the initials of the given before it: J. A. Smith."""
    given = "" if name.own or is_han(name.family) else _given(name.given, "initials")
    return replace(name, family=f"{given} {name.family}") if given else name


def _one(name: Name, form: NameForm, position: int, foreign_han: str, own_forms: str) -> str:
    if name.own and own_forms == "alone":
        return _han(name.own, foreign_han)
    if name.literal:
        text = name.literal.upper() if form.upper == "all" and not is_han(name.literal) else name.literal
        return _han(text, foreign_han) if is_han(text) else _escaped(text)
    if is_han(name.family):
        return _han(name.family + name.given, foreign_han)
    family = name.family.upper() if form.upper else name.family
    text = _escaped(_in_order(name, family, form, position))
    return f"{text} {_han(name.own, foreign_han)}" if name.own and own_forms == "beside" else text


def _in_order(name: Name, family: str, form: NameForm, position: int) -> str:
    """The parts of a Latin name in the form's order; of a romanised name in its own, which has the family first."""
    given = _given(name.given, form.given)
    if form.given == "none":
        return family
    inverted = form.inverted == "all" or (form.inverted == "first" and position == 0)
    if name.own and form.given == "full":
        return f"{family} {given}".strip()
    if inverted:
        after = " ".join(part for part in (given, name.prefix) if part)
        parts = form.comma.join(part for part in (family, after) if part)
        return f"{parts}, {name.suffix}" if name.suffix else parts
    return " ".join(part for part in (given, name.prefix, family, name.suffix) if part)


def _given(given: str, manner: str) -> str:
    """Given names in full, as initials (J.-P. A.) or as letters (J P A)."""
    if manner in ("full", "none") or not given:
        return given
    parts = [(found[1].upper(), bool(found[2])) for found in _GIVEN_PART.finditer(given)]
    if manner == "letters":
        return " ".join(letter for letter, _ in parts)
    return "".join(f"{letter}.{'-' if hyphen else ' '}" for letter, hyphen in parts).strip(" -")


def _han(text: str, foreign_han: str) -> str:
    return f'<span lang="{foreign_han}">{_escaped(text)}</span>' if foreign_han else _escaped(text)


def _escaped(text: str) -> str:
    return escape(text.replace("'", "’"), quote=False)
