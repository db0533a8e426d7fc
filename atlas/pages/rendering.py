"""Pages → bytes, with Jinja: the only module that knows it.

A template sees three things: `view` (what the page shows), `frame` (what all pages of its language
share) and `say` (the words of the interface). There is no clock, no randomness and no global.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import cache
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
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from atlas.pages.plans import Page
from atlas.pages.templates import Facts, is_known, is_template, missing
from atlas.pages.views.parts import Frame
from atlas.problems import Problem, Span
from atlas.sources import digest
from atlas.tongues.words import Words


class _Context(Context):
    """Calls what templates call without asking each time what it wants to be handed: nothing here wants anything."""

    def call(self, callable: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """What a template means by `callable(…)`."""
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return callable(*args, **named)


class _Generator(CodeGenerator):
    """Writes printed values as escaped text, which is the same in a page as text that remembers that it is escaped."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        self.write("environment.printed(")


def _printed(value: Any) -> str:
    if type(value) is Markup:
        return value
    return _escape_inner(value) if type(value) is str else str(escape(value))


class _Environment(Environment):
    """Attributes are keys of the view first, and never methods of dict: `view.items` is what the view calls so."""

    context_class = _Context
    code_generator_class = _Generator
    printed = staticmethod(_printed)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template means by `obj.attribute`."""
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Renderer:
    """The templates of an atlas, ready to render."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates
        self.frames: dict[str, Any] = {}
        self.says: dict[str, Callable[..., str]] = {}
        self.environment = _Environment(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.globals.clear()

    def turn_to(self, templates: Mapping[str, str]) -> None:
        """Take other templates, words and frames; what was made of the templates that are the same is kept."""
        self.templates = templates
        self.frames.clear()
        self.says.clear()

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = self.templates.get(name) if is_template(name) else None
        return None if text is None else (text, f"templates/{name}", lambda: self.templates.get(name) == text)

    def facts(self, known: Mapping[str, Facts]) -> dict[str, Facts]:
        """What is known of each template. known: from an earlier build, believed where the text is the same."""
        texts = {name: text for name, text in self.templates.items() if is_template(name)}
        return {
            name: known[name] if is_known(text, known.get(name)) else self._read(name, text)
            for name, text in texts.items()
        }

    def _read(self, name: str, text: str) -> Facts:
        own = digest(text.encode())
        try:
            tree = self.environment.parse(text, name, f"templates/{name}")
        except TemplateSyntaxError as error:
            return Facts(own, fault=(error.lineno, str(error.message)))
        found = tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include))
        wanted = [(getattr(getattr(node, "template", None), "value", None), node.lineno) for node in found]
        named = tuple((name, line) for name, line in wanted if isinstance(name, str))
        return Facts(own, named, len(named) < len(wanted))

    def rendered(self, page: Page, frame: Frame, words: Words) -> bytes | Problem:
        """One page, or what is wrong with its template."""
        try:
            return self._page(page, frame, words)
        except Exception as error:  # a template may raise anything
            return self._problem(page, error)

    def _page(self, page: Page, frame: Frame, words: Words) -> bytes:
        template = self.environment.get_template(page.template)
        if words.language.id not in self.frames:
            self.frames[words.language.id] = msgspec.to_builtins(frame)
            self.says[words.language.id] = _remembering(words)
        shared, say = self.frames[words.language.id], self.says[words.language.id]
        return template.render(view=msgspec.to_builtins(page.view), frame=shared, say=say).encode()

    def _problem(self, page: Page, error: Exception) -> Problem:
        if isinstance(error, TemplateNotFound):
            place = self._place(error) or Span(f"templates/{page.template}")
            return missing(str(error.name), place, self.facts({}))
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


def _remembering(words: Words) -> Callable[..., str]:
    """`say` of a language, which puts what has no slots into words once."""
    plain = cache(words.say)

    def say(key: str, **slots: str | int) -> str:
        return words.say(key, **slots) if slots else plain(key)

    return say
