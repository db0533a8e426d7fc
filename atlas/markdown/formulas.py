"""Converts formulas in the notation of LaTeX to MathML, through latex2mathml, and checks the result.

The library reads what it does not know as plain letters and copies the signs `<` and `&`: both are prevented here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib import import_module
from typing import Final
from xml.etree import ElementTree

from atlas.core.mathml import ELEMENTS
from atlas.core.private_use import FORMULA
from atlas.core.rules import Rule
from atlas.markdown.link_targets import Fault, short

_SPACE: Final = "{http://www.w3.org/1998/Math/MathML}"
_ATTRIBUTES: Final = frozenset({
    "display", "displaystyle", "scriptlevel", "mathvariant", "mathsize", "mathcolor", "mathbackground",
    "stretchy", "fence", "form", "separator", "lspace", "rspace", "minsize", "maxsize", "symmetric", "largeop",
    "movablelimits", "accent", "accentunder", "linethickness", "bevelled", "numalign", "denomalign",
    "columnalign", "rowalign", "columnspacing", "rowspacing", "columnlines", "rowlines", "frame",
    "framespacing", "equalrows", "equalcolumns", "columnspan", "rowspan", "notation", "width", "height",
    "depth", "voffset", "side", "linebreak",
})  # fmt: skip
"""Attributes of MathML that load nothing and run nothing; `href`, `style` and `class` are not among them."""
_TABLES: Final = frozenset({
    "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array", "cases", "align",
    "align*", "split",
})  # fmt: skip
_BEGUN: Final = re.compile(r"\\(begin|end)\{([^{}]*)\}")
_GROUPS: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_SIGNS: Final = {
    "<": FORMULA[0],
    ">": FORMULA[1],
    "\\&": FORMULA[2],
    "\\$": FORMULA[3],
    "\\%": FORMULA[4],
    "%": FORMULA[4],
}
"""By the signs that the library would copy, or drop with what follows: what is in their place while it reads."""
_AMPERSAND: Final = re.compile(r"&(?!#x?[0-9A-Fa-f]+;)")
_CAUSES: Final = {
    "NumeratorNotFoundError": ("a fraction has no numerator", r"write \frac{a}{b}"),
    "DenominatorNotFoundError": ("a fraction has no denominator", r"write \frac{a}{b}"),
    "ExtraLeftOrMissingRightError": (r"\left and \right are not in pairs", r"write \left( … \right)"),
    "MissingSuperScriptOrSubscriptError": ("nothing follows ^ or _", "write x^{2} or x_{i}"),
    "DoubleSubscriptsError": ("there are two _ in a row", "write x_{a_b}"),
    "DoubleSuperscriptsError": ("there are two ^ in a row", "write x^{a^b}"),
    "NoAvailableTokensError": ("it is empty", "write a formula, or \\$ for a plain $"),
    "MissingEndError": (r"\begin has no \end", r"write \end{…} with the same name"),
}
_HINT: Final = "see the commands of latex2mathml; \\$ is a plain $"
_UNKNOWN: Final = ("it cannot be converted to MathML", _HINT)


@lru_cache(maxsize=1024)
def to_mathml(formula: str, *, display: bool) -> tuple[str, Fault | None]:
    """Return a formula as MathML, and what is wrong with it; then the MathML is its source as code.

    Args:
        formula: what is between the marks `$`.
        display: whether it stands on a line of its own.
    """
    wrong = _unpaired(formula)
    if wrong is None:
        html, wrong = _converted(formula, display)
        if wrong is None:
            return html, None
    message, hint = wrong
    fault = Fault(Rule.BAD_FORMULA, f"this formula cannot be read: {message}", hint)
    return f"<code>{escape(formula, quote=False)}</code>", fault


def _unpaired(formula: str) -> tuple[str, str] | None:
    """Return what is wrong with the braces and tables of a formula, and the remedy."""
    depth = 0
    for found in _GROUPS.finditer(formula):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            break
    if depth:
        return ("a brace is not closed", "write }") if depth > 0 else ("a } closes nothing", "remove it, or write \\}")
    for begun in _BEGUN.finditer(formula):
        if begun[2].replace("aligned", "align*") not in _TABLES:
            return f"\\{begun[1]}{{{begun[2]}}} is not known", f"write one of: {', '.join(sorted(_TABLES))}"
    return None


def _converted(formula: str, display: bool) -> tuple[str, tuple[str, str] | None]:
    try:
        convert = import_module("latex2mathml.converter").convert  # few texts need it: no command waits for it
    except ImportError:
        return "", ("the package latex2mathml is not installed", "run: python -m pip install -r requirements.txt")
    text = formula.replace("{aligned}", "{align*}")
    for sign, stand_in in _SIGNS.items():
        text = text.replace(sign, stand_in)
    try:
        html = convert(text, display="block" if display else "inline")
    except Exception as error:  # the library has no common class of its own
        return "", _CAUSES.get(type(error).__name__, _UNKNOWN)
    if _AMPERSAND.search(html):
        return "", ("& is outside of a table", r"write \begin{align*} … \end{align*} around it, or \& for a plain &")
    for sign, stand_in in zip(("&lt;", "&gt;", "&amp;", "$", "%"), FORMULA, strict=True):
        html = html.replace(f"<mi>{stand_in}</mi>", f"<mo>{sign}</mo>").replace(stand_in, sign)
    try:
        root = ElementTree.fromstring(html)  # noqa: S314 (what the library wrote, without document type)
    except ElementTree.ParseError:
        return "", _UNKNOWN
    for element in root.iter():
        name = element.tag.removeprefix(_SPACE)
        unknown = element.text and element.text.startswith("\\") and name != "mtext"
        if unknown:
            return "", (f"the command {short(element.text or '')} is not known", _HINT)
        if name not in ELEMENTS or not element.attrib.keys() <= _ATTRIBUTES:
            return "", ("it holds a link, a class or a style", "remove it: a formula has no links, classes or styles")
    html = html.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "").replace(' display="inline"', "")
    return html, None
