"""Removes the slots of a template that a work cannot fill, once for all works with the same fields.

Most works of a bibliography have one of a few dozen sets of fields, so each set is computed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from atlas.bibliography.formatting.reference_parts import NEEDS
from atlas.bibliography.formatting.reference_templates import Template, TemplatePart, TemplateSlot

if TYPE_CHECKING:
    from atlas.bibliography.formatting.styles import StyleSheet
    from atlas.bibliography.parsing.works import Work


class PrunedTemplate(Struct, frozen=True):
    """The templates of a reference and the parts that the style defines, without the slots that a work cannot fill."""

    templates: tuple[Template, ...]
    parts: Mapping[str, tuple[Template, ...]]


def unpruned_template(work: Work, sheet: StyleSheet) -> PrunedTemplate:
    """Return all templates for works of this type."""
    return PrunedTemplate(sheet.types.get(work.type) or sheet.types["misc"], sheet.parts)


class TemplatePruner:
    """The pruned templates of one style, each computed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, frozenset[str]], PrunedTemplate] = {}
        self._used: dict[str, frozenset[str]] = {}

    def shape(self, work: Work, sheet: StyleSheet) -> PrunedTemplate:
        """Return the pruned templates for a work, in one language of the style."""
        used = self._used.get(sheet.language)
        if used is None:
            used = self._used[sheet.language] = frozenset(_used(sheet))
        key = (sheet.language, work.type, used.intersection((*work.fields, *work.people, *work.dates)))
        shape = self._known.get(key)
        if shape is None:
            shape = self._known[key] = _Pruner(unpruned_template(work, sheet), key[2]).shape()
        return shape


def _used(sheet: StyleSheet) -> Iterator[str]:
    """Yield the fields that can fill a slot of any template."""
    waiting = [template for templates in (*sheet.types.values(), *sheet.parts.values()) for template in templates]
    while waiting:
        for node in waiting.pop():
            if isinstance(node, TemplateSlot):
                yield from (field for name in node.names for field in NEEDS.get(name, (name,)))
            elif isinstance(node, TemplatePart):
                waiting.append(node.template)


class _Pruner:
    """Removes the slots of templates that a work without certain fields cannot fill."""

    def __init__(self, whole: PrunedTemplate, present: frozenset[str]) -> None:
        self.whole = whole
        self.present = present
        self.parts: dict[str, tuple[Template, ...]] = {}

    def shape(self) -> PrunedTemplate:
        """Return the templates that are left."""
        templates = self._pruned_all(self.whole.templates)
        for name in self.whole.parts:
            self._alive(name)
        return PrunedTemplate(templates, self.parts)

    def _alive(self, name: str) -> bool:
        """Return whether a part can have a value."""
        if name in self.whole.parts:
            if name not in self.parts:
                self.parts[name] = self._pruned_all(self.whole.parts[name])
            return bool(self.parts[name])
        needs = NEEDS.get(name, (name,))
        return not needs or any(field in self.present for field in needs)

    def _pruned_all(self, templates: tuple[Template, ...]) -> tuple[Template, ...]:
        return tuple(pruned for template in templates if (pruned := self._pruned(template)) is not None)

    def _pruned(self, template: Template) -> Template | None:
        """Return a template without the slots that cannot be filled, or None if it yields nothing."""
        out: list[str | TemplateSlot | TemplatePart] = []
        for node in template:
            if isinstance(node, TemplateSlot):
                names = tuple(name for name in node.names if self._alive(name))
                if node.names and not names:
                    return None
                out.append(node if names == node.names else replace(node, names=names))
            elif not isinstance(node, str):
                inner = self._pruned(node.template)
                if inner is not None:
                    out.append(replace(node, template=inner))
            elif out and isinstance(out[-1], str):
                out[-1] += node
            else:
                out.append(node)
        return tuple(out)
