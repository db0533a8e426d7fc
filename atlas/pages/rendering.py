"""Pages → bytes, with Jinja: the only module that knows it.

A template sees three things: `view` (what the page shows), `frame` (what all pages of its language
share) and `say` (the words of the interface). There is no clock, no randomness and no global.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)

from atlas.forking import shared
from atlas.pages.planning import PAGE_TEMPLATES, Page, Plan
from atlas.problems import Problem, Span, nearest
from atlas.tongues.words import Words

_SAID = re.compile(r"""\bsay\(\s*["']([a-z0-9-]+)["']""")


class _Environment(Environment):
    """Attributes are keys of the view first, and never methods of dict: `view.items` is what the view calls so."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template means by `obj.attribute`."""
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Renderer:
    """The templates of an atlas, ready to render."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates
        self.environment = _Environment(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.globals.clear()

    def _load(self, name: str) -> tuple[str, str, None] | None:
        text = self.templates.get(name)
        return None if text is None else (text, f"templates/{name}", None)

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the syntax of the templates, and which are not there."""
        missing = [
            self._missing(name, Span(f"templates/{name}")) for name in PAGE_TEMPLATES if name not in self.templates
        ]
        found = (problem for name in self.templates if is_template(name) for problem in self._check(name))
        return (*missing, *found)

    def _check(self, name: str) -> Iterator[Problem]:
        path = f"templates/{name}"
        try:
            tree = self.environment.parse(self.templates[name], name, path)
        except TemplateSyntaxError as error:
            yield Problem(Span(path, error.lineno, 1), "template-error", str(error.message), "mend this line")
            return
        for node in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
            wanted = getattr(getattr(node, "template", None), "value", None)
            if isinstance(wanted, str) and wanted not in self.templates:
                yield self._missing(wanted, Span(path, node.lineno, 1))

    def _missing(self, name: str, span: Span) -> Problem:
        known = [other for other in self.templates if is_template(other)]
        hint = nearest(name, known, "write it, or take the engine's own")
        return Problem(span, "missing-template", f'there is no template "{name}"', hint)

    def render(self, plan: Plan, words: Mapping[str, Words]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
        """The files of a plan by path. words: by language."""
        frames = {language: msgspec.to_builtins(frame) for language, frame in plan.frames.items()}
        files: dict[str, bytes] = {}
        problems: dict[tuple[Span, str], Problem] = {}
        results = shared(lambda page: self._rendered(page, frames[page.language], words[page.language]), plan.pages)
        for page, result in zip(plan.pages, results, strict=True):
            if isinstance(result, Problem):  # one mistake in a template is told once, not once a page
                problems.setdefault((result.span, result.message), result)
            else:
                files[page.path] = result
        return files, tuple(problems.values())

    def _rendered(self, page: Page, frame: Any, words: Words) -> bytes | Problem:
        try:
            return self._page(page, frame, words)
        except Exception as error:  # a template may raise anything
            return self._problem(page, error)

    def _page(self, page: Page, frame: object, words: Words) -> bytes:
        template = self.environment.get_template(page.template)
        return template.render(view=msgspec.to_builtins(page.view), frame=frame, say=words.say).encode()

    def _problem(self, page: Page, error: Exception) -> Problem:
        if isinstance(error, TemplateNotFound):
            return self._missing(str(error.name), self._place(error) or Span(f"templates/{page.template}"))
        span = self._place(error) or Span(f"templates/{page.template}", 1, 1)
        message = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        hint = f"it failed on {page.path}; docs/reference.md lists what each template is given"
        return Problem(span, "template-error", str(message), hint)

    def _place(self, error: Exception) -> Span | None:
        """The line of the template on which a rendering failed: Jinja puts it into the traceback."""
        if isinstance(error, TemplateSyntaxError) and error.name:
            return Span(f"templates/{error.name}", error.lineno, 1)
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename.startswith("templates/")]
        return Span(own[-1].filename, own[-1].lineno or 1, 1) if own else None


def is_template(name: str) -> bool:
    """Whether a file of templates/ is a template, and not a catalogue of words."""
    return not name.startswith("words/")


def words_said(templates: Mapping[str, str]) -> dict[str, Span]:
    """The keys of the words that templates say, each with a place where one does."""
    said: dict[str, Span] = {}
    for name, text in templates.items():
        if is_template(name):
            for found in _SAID.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                said.setdefault(found[1], Span(f"templates/{name}", line, 1))
    return said
