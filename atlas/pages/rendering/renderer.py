"""Renders pages with Jinja. The only module that imports it.

A template has five names: `view` (the variables of the page), `frame` (the data that all pages of its language
share), `t` (interface text), `is_right_to_left` (of a language tag) and `once` (a macro that is called once for equal
arguments). There is no clock and no randomness.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from types import CodeType
from typing import Any

import msgspec
from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.runtime import Context

from atlas.core.digests import digest
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.i18n.locales import is_right_to_left
from atlas.i18n.messages import Catalog
from atlas.pages.escaping import with_xml_characters
from atlas.pages.plan import Page
from atlas.pages.rendering.disk_links import with_disk_links
from atlas.pages.rendering.templates import Facts, is_known, is_template, missing_template
from atlas.pages.view_parts import Frame

_REPEATED = 1024
"""The number of results of macros that are kept for each language."""


class _Context(Context):
    """The names of a template. No function here wants the context, so none is asked whether it does."""

    def call(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        """Return what a function or macro returns.

        Jinja looks at each function three times before it calls it: that took a fifth of the time of rendering.
        """
        named.pop("_loop_vars", None)  # Jinja passes these two to functions that want the context
        named.pop("_block_vars", None)
        return function(*arguments, **named)


class _Environment(Environment):
    """An environment that looks up keys of the view, never methods of dict: `view.items` is the key `items`."""

    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of `obj.attribute` in a template."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class CompiledTemplate:
    """One template, parsed and compiled when that is first needed, for the environments of all languages.

    Attributes:
        facts: its analysis.
    """

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text
        self._tree: nodes.Template | None = None

    @cached_property
    def facts(self) -> Facts:
        """The analysis of the template."""
        own = digest(self._text.encode())
        try:
            tree = _parser().parse(self._text, self._name, f"templates/{self._name}")
        except TemplateSyntaxError as error:
            return Facts(own, fault=(error.lineno, str(error.message)))
        for node in tree.find_all(nodes.Filter) if not self._name.endswith(".txt") else ():
            if node.name == "safe" and not _is_html(node.node):
                return Facts(own, fault=(node.lineno, "`| safe` is used on a value that is not HTML of a view"))
        self._tree = tree
        found = tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include))
        wanted = [(getattr(getattr(node, "template", None), "value", None), node.lineno) for node in found]
        named = tuple((name, line) for name, line in wanted if isinstance(name, str))
        return Facts(own, named, len(named) < len(wanted))

    @cached_property
    def code(self) -> CodeType:
        """The compiled template.

        Raises:
            TemplateSyntaxError: its syntax is wrong.
        """
        tree, self._tree = self._tree, None  # it is needed once, and large
        return _parser().compile(tree or self._text, self._name, f"templates/{self._name}")


@lru_cache(maxsize=256)
def compiled_template(name: str, text: str) -> CompiledTemplate:
    """Return a template. A process keeps those it used last, so that each is compiled once for all its renderers."""
    return CompiledTemplate(name, text)


class _Loader(BaseLoader):
    """Templates by name.

    Attributes:
        texts: the text of each template.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """Return a template.

        Raises:
            TemplateNotFound: there is no such template.
            TemplateSyntaxError: its syntax is wrong.
        """
        if name not in self.texts:
            raise TemplateNotFound(name)
        code = compiled_template(name, self.texts[name]).code
        return environment.template_class.from_code(environment, code, globals or {}, None)


def _new_environment(loader: BaseLoader | None = None) -> _Environment:
    return _Environment(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _parser() -> _Environment:
    """Return the environment that parses and compiles; it holds no templates."""
    return _new_environment()


class Renderer:
    """The templates of an atlas, ready to render."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = {name: text for name, text in templates.items() if is_template(name)}
        self.environment = _new_environment(_Loader(self.templates))
        self.languages: dict[str, Environment] = {}

    def _environment(self, frame: Frame, words: Catalog) -> Environment:
        """Return the environment of a language; its globals are also visible to imported templates."""
        language = words.language.id
        if language not in self.languages:
            own = self.languages[language] = self.environment.overlay()
            own.globals = {
                "frame": msgspec.to_builtins(frame),
                "t": _remembering(words),
                "is_right_to_left": is_right_to_left,
                "once": lru_cache(_REPEATED)(_called),
            }
        return self.languages[language]

    def compile(self, names: Iterable[str]) -> None:
        """Compile some templates, ignoring those with errors."""
        for name in sorted(names):
            with suppress(TemplateError):  # rendering reports the error
                self.environment.get_template(name)

    def facts(self, known: Mapping[str, Facts]) -> dict[str, Facts]:
        """Return the analysis of each template.

        Args:
            known: the analysis of an earlier build, used where the text is the same.
        """
        return {
            name: known[name] if is_known(text, known.get(name)) else compiled_template(name, text).facts
            for name, text in self.templates.items()
        }

    def rendered(self, page: Page, frame: Frame, words: Catalog) -> bytes | Problem:
        """Return the content of one page, or the problem of its template."""
        try:
            return self._page(page, frame, words)
        except Exception as error:  # a template may raise anything
            return self._problem(page, error)

    def _page(self, page: Page, frame: Frame, words: Catalog) -> bytes:
        template = self._environment(frame, words).get_template(page.template)
        text = template.render(view=msgspec.to_builtins(page.view))
        if frame.offline and page.path.endswith(".html"):
            text = with_disk_links(text)
        return (with_xml_characters(text) if page.template.endswith(".xml") else text).encode()

    def _problem(self, page: Page, error: Exception) -> Problem:
        if isinstance(error, TemplateNotFound):
            place = self._place(error) or Span(f"templates/{page.template}")
            return missing_template(str(error.name), place, self.facts({}))
        span = self._place(error) or Span(f"templates/{page.template}", 1, 1)
        message = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        hint = f"it failed on {page.path}; docs/reference.md lists what each template is given"
        return Problem(span, Rule.TEMPLATE_ERROR, str(message), hint)

    def _place(self, error: Exception) -> Span | None:
        """Return the line of the template on which rendering failed, from the traceback of Jinja."""
        if isinstance(error, TemplateSyntaxError) and error.name:
            return Span(f"templates/{error.name}", error.lineno, 1)
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename.startswith("templates/")]
        return Span(own[-1].filename, own[-1].lineno or 1, 1) if own else None


def _called(macro: Callable[..., str], *arguments: str | bool) -> str:
    """Return what a macro returns.

    A macro that is imported sees its arguments and what all pages of its language share, but not the view. So it
    returns the same for the same arguments.
    """
    return macro(*arguments)


def _is_html(node: nodes.Node | None) -> bool:
    """Return whether an expression is a field of a view that holds HTML: `html`, or a name that ends in `_html`."""
    return isinstance(node, nodes.Getattr) and (node.attr == "html" or node.attr.endswith("_html"))


def _remembering(words: Catalog) -> Callable[..., str]:
    """Return `t` for a language, with a cache for texts without slots."""
    plain = cache(words.t)

    def t(key: str, **slots: str | int) -> str:
        return words.t(key, **slots) if slots else plain(key)

    return t
