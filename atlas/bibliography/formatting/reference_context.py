"""Defines what a part of a reference can read of its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from atlas.bibliography.formatting.styles import Style, StyleSheet
    from atlas.bibliography.parsing.works import Work


class ReferenceContext(Protocol):
    """The interface of a reference to its parts."""

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
        """The role of the people at the head."""

    @property
    def foreign_language(self) -> str:
        """The language of the work if it is not that of the page."""

    def text(self, name: str) -> str:
        """Return a field as HTML, or "" if the work lacks it."""

    def part(self, name: str) -> str:
        """Return another part, or "" if it is empty."""

    def names_of(self, role: str) -> str:
        """Return the people of a role."""

    def container_names(self, role: str) -> str:
        """Return the people of a role in the book that contains the work."""

    def role_word(self, role: str, one: str = "", several: str = "") -> str:
        """Return the word for the people of a role."""

    def head_names(self) -> str:
        """Return the names at the head."""

    def head(self) -> str:
        """Return the head of the reference."""

    def is_head(self, value: str) -> bool:
        """Return whether a body with this name is at the head."""

    def titled(self, name: str, form: str) -> str:
        """Return a title field in a form."""
