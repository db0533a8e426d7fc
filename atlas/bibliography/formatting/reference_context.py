"""What a part of a reference may ask of the reference that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from atlas.bibliography.formatting.styles import Style, StyleSheet
    from atlas.bibliography.parsing.works import Work


class ReferenceContext(Protocol):
    """What a part may ask of the reference that it stands in."""

    @property
    def work(self) -> Work:
        """The work."""

    @property
    def sheet(self) -> StyleSheet:
        """The style in one language."""

    @property
    def style(self) -> Style:
        """The style."""

    @property
    def page(self) -> str:
        """The language of the page."""

    @property
    def suffix(self) -> str:
        """The letter after the year."""

    @property
    def head_role(self) -> str:
        """The role of those at the head."""

    @property
    def foreign_language(self) -> str:
        """The language of the work where it is not that of the page."""

    def text(self, name: str) -> str:
        """A field as HTML, "" where the work lacks it."""

    def part(self, name: str) -> str:
        """Another part, "" where it is empty."""

    def names_of(self, role: str) -> str:
        """The people of a role."""

    def container_names(self, role: str) -> str:
        """The people of a role of the book that the work is a part of."""

    def role_word(self, role: str, one: str = "", several: str = "") -> str:
        """What the people of a role are called."""

    def head_names(self) -> str:
        """The names at the head."""

    def head(self) -> str:
        """What stands at the head."""

    def is_head(self, value: str) -> bool:
        """Whether a body of this name stands at the head."""

    def titled(self, name: str, form: str) -> str:
        """A title field in a form."""
