"""Identifiers in public registers: ORCID, ROR, Wikidata."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct
from yaml import Node

from atlas.core.rules import Rule
from atlas.schema.field_types import Declared, FileContext, Line

_CROCKFORD = {digit: value for value, digit in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}


def _is_orcid(text: str) -> bool:
    """Return whether the check digit is right (ISO 7064, MOD 11-2): the last of the sixteen follows from the others."""
    total = 0
    for digit in text.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return text[-1] == ("X" if rest == 10 else str(rest))


def _is_ror(text: str) -> bool:
    """Return whether the check digits are right (ISO 7064, MOD 97-10): the last two follow from the six before them."""
    number = 0
    for sign in text[1:7]:
        number = number * 32 + _CROCKFORD[sign]
    return int(text[7:]) == 98 - number * 100 % 97


class Identifier(Struct, frozen=True):
    """An identifier of a public register, written bare or as an address.

    Attributes:
        name: the name of the register.
        pattern: a regular expression for the bare identifier.
        address: the start of the address that it leads to.
        example: an example for the manual and for messages.
        check: tests the check digits, if there are any.
    """

    name: str
    pattern: str
    address: str
    example: str
    check: Callable[[str], bool] | None = None

    def read(self, node: Node, context: FileContext) -> str | None:
        """Return the bare identifier."""
        value = Line(self.in_words()).read(node, context)
        if value is None:
            return None
        bare = re.sub(r"^https?://(?:www\.)?", "", value).removeprefix(re.sub(r"^https://(?:www\.)?", "", self.address))
        if not re.fullmatch(self.pattern, bare):
            hint = f"write {self.in_words()}"
            context.note(
                context.span(node), Rule.BAD_IDENTIFIER, f'"{value}" is not a valid {self.name} identifier', hint
            )
            return None
        if self.check and not self.check(bare):
            hint = f"copy it again from {self.address}"
            message = f'the check digits of the {self.name} identifier "{value}" are wrong'
            context.note(context.span(node), Rule.BAD_IDENTIFIER, message, hint)
            return None
        return bare

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word that matches the pattern, bare or as an address."""
        stem = re.escape(self.address).replace("/", r"\/").replace("https:", "https?:")
        return Line(pattern=f"(?:{stem})?{self.pattern}").as_schema(declared)

    def in_words(self) -> str:
        """Return the description."""
        return f"an identifier such as {self.example}"


_ORCID_FORM = r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"
IDENTIFIERS: Final[Mapping[str, Identifier]] = {
    "orcid": Identifier("ORCID", _ORCID_FORM, "https://orcid.org/", "0000-0002-1825-0097", _is_orcid),
    "ror": Identifier("ROR", r"0[a-hjkmnp-tv-z0-9]{6}\d{2}", "https://ror.org/", "03yrm5c26", _is_ror),
    "wikidata": Identifier("Wikidata", r"Q[1-9]\d*", "https://www.wikidata.org/wiki/", "Q142"),
}
"""The registers, by the record key that holds their identifiers."""


def identifier_url(key: str, value: str) -> str:
    """Return the address that an identifier leads to."""
    return IDENTIFIERS[key].address + value
