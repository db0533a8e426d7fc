"""The schema of a citation style (every key, its type and its meaning), and the checks of a style.

The engine's own styles are in `atlas/bibliography/data/`; an atlas adds its own as `content/styles/NAME.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import yaml
from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.bibliography.formatting.reference_formatter import TITLES
from atlas.bibliography.formatting.reference_parts import PARTS
from atlas.bibliography.formatting.reference_templates import Template, TemplatePart, TemplateSlot, read_template
from atlas.bibliography.formatting.styles import Style, load_style
from atlas.bibliography.parsing.biblatex import FIELDS
from atlas.bibliography.parsing.person_names import HEADS
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml, span_of
from atlas.schema.field_types import Declared, FieldType, FileContext, Line, OneOf
from atlas.schema.object_types import Field, ListOf, MapOf, ObjectType

_FLAG: Final = OneOf(("yes", "no"))
_NUMBER: Final = Line("a number", r"[1-9]\d?", Rule.BAD_STYLE)
_ANY: Final = Line("a name")


class PlainText(Struct, frozen=True):
    """Text that is put between the parts of a reference; it may be empty."""

    def read(self, node: Node, context: FileContext) -> str | None:
        """Return the text."""
        if isinstance(node, ScalarNode):
            return str(node.value)
        context.note(context.span(node), Rule.WRONG_TYPE, "a text is wanted here", 'write a text, such as ", "')
        return None

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word."""
        return {"type": ["string", "number"]}

    def in_words(self) -> str:
        """Return the description."""
        return "a text"


class WordTree(Struct, frozen=True):
    """Words of references in the form of `words.yaml`: texts, lists of texts, and mappings of both.

    Attributes:
        model: the value of the same key in `words.yaml`, which must have the same form; None if it has no such key.
    """

    model: Any = None

    def read(self, node: Node, context: FileContext) -> Any:
        """Return the words."""
        wanted = self._wanted()
        found = (
            "a text" if isinstance(node, ScalarNode) else "a list" if isinstance(node, SequenceNode) else "a mapping"
        )
        if found != wanted:
            context.note(context.span(node), Rule.BAD_STYLE, f"{found} is in the place of {wanted}", f"write {wanted}")
            return None
        if isinstance(node, MappingNode):
            known = self.model if isinstance(self.model, dict) else {}
            for key, value in node.value:
                other = next(iter(known.values()), None)
                WordTree(known.get(key.value, other)).read(value, context)
        elif isinstance(node, SequenceNode) and not self._fits(node):
            hint = f"write a list of {len(self.model)} texts"
            context.note(context.span(node), Rule.BAD_STYLE, "this list has another form than it needs", hint)
        return node.value

    def _fits(self, node: SequenceNode) -> bool:
        return len(node.value) == len(self.model) and all(isinstance(item, ScalarNode) for item in node.value)

    def _wanted(self) -> str:
        return "a mapping" if isinstance(self.model, dict) else "a list" if isinstance(self.model, list) else "a text"

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema that allows anything."""
        return {}

    def in_words(self) -> str:
        """Return the description."""
        return "words, as in `words.yaml`"


class Templates(Struct, frozen=True):
    """Templates of references, of which the first that has all its parts is used.

    Attributes:
        names_type: whether a text is the name of another type, and not a template.
    """

    names_type: bool = False

    def read(self, node: Node, context: FileContext) -> Any:
        """Return the templates."""
        if isinstance(node, ScalarNode) and self.names_type:
            return self._alias(node, context)
        items = node.value if isinstance(node, SequenceNode) else [node]
        for item in items:
            if isinstance(item, ScalarNode):
                _check_template(item, context)
            else:
                context.note(context.span(item), Rule.WRONG_TYPE, "a template is wanted here", "write one in quotes")
        return items

    def _alias(self, node: ScalarNode, context: FileContext) -> str:
        types = context.declared["style-type"]
        if node.value not in types:
            message = f'the style has no type "{node.value}"'
            context.note(context.span(node), Rule.BAD_STYLE, message, nearest(node.value, types))
        return str(node.value)

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word or a list of words."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

    def in_words(self) -> str:
        """Return the description."""
        return "templates" + (", or the name of another type" if self.names_type else "")


_NAMES: Final = (
    Field("inverted", OneOf(("first", "all", "none")), "whose family name comes first"),
    Field("given", OneOf(("full", "initials", "letters", "none")), "how given names are written"),
    Field("upper", OneOf(("family", "all")), "what is in capitals: family names, or bodies too"),
    Field("most", _NUMBER, "how many names a list has before it is cut"),
    Field("shown", _NUMBER, "how many are shown then"),
    *(
        Field(name, PlainText(), meaning)
        for name, meaning in {
            "comma": "the separator after the family name",
            "between": "the separator of names",
            "pair": "the separator of two names",
            "last": "the text before the last of three or more",
            "others": "what follows a list that is cut",
            "ellipsis": "the text before the last name of a long list that is cut in the middle",
            "role": "what follows editors at the head",
        }.items()
    ),
)
_LABEL: Final = (
    *_NAMES,
    *(
        Field(name, PlainText(), meaning)
        for name, meaning in {
            "before-year": "the text before the year",
            "before-locator": "the text before the locator",
            "opening": "what opens the citation",
            "closing": "what closes it",
            "separator": "the separator of two works",
        }.items()
    ),
    Field("locators", MapOf(_ANY, ListOf(PlainText(), least=2)), "words for places in a work: for one, and for more"),
    Field("sorted", _FLAG, "whether the works of a citation are put in order"),
    Field("raised", _FLAG, "whether citations are raised"),
    Field("locator-outside", _FLAG, "whether the locator follows the bracket"),
    Field("own-dates", _FLAG, "whether words of dates are in the language of the work"),
)


def _sheet(words: Any, *, whole: bool) -> tuple[Field, ...]:
    """Return the keys that a style has for all languages, and may have again for one."""
    return (
        Field("names", ObjectType("form of names", _NAMES), "the names at the head of a reference"),
        Field("inner-names", ObjectType("form of names", _NAMES), "names inside it"),
        Field("container-names", ObjectType("form of names", _NAMES), "names of the work that holds it"),
        Field("label", ObjectType("form of citations", _LABEL), "citations in the text"),
        Field("words", WordTree(words), "words that it says otherwise than `words.yaml`, or besides"),
        Field("parts", MapOf(_ANY, Templates()), "parts of references that it makes of others, by name"),
        Field("types", MapOf(_ANY, Templates(names_type=True)), "references by type of work; `misc` is for the others",
              required=whole),
        Field("marks", MapOf(_ANY, PlainText()), "marks of types of works, such as `[M]`"),
        Field("case", OneOf(("title", "sentence", "none")), "the case of English titles"),
        Field("pages", OneOf(("full", "chicago")), "how a range of pages is shortened"),
        Field("range", PlainText(), "the sign between two pages"),
        Field("separator", PlainText(), "the separator of the parts of a reference"),
        Field("end", PlainText(), "what ends a reference"),
        Field("own-forms", OneOf(("beside", "alone", "none")), "what is shown of a name that has its own script too"),
        Field("heads", ListOf(OneOf(HEADS), least=1), "the roles that may begin a reference"),
        Field("laws", OneOf(("as-written",)), "titles of laws keep their case"),
        Field("years", OneOf(("as-written",)), "years stay as they are written"),
        Field("signs", _FLAG, "whether signs are those of the language of the page"),
        *(
            Field(name, _FLAG, meaning)
            for name, meaning in {
                "stop-after-link": "whether a stop follows an address",
                "repeats-body": "whether a body that is author and publisher is named twice",
                "anonymous": "whether a work without author has a word at its head",
                "keeps-prefix": "whether particles come with the family name",
                "owners": "whether the owner of a patent comes before its inventor",
                "estimates": "whether a page without a date has the year of access in brackets",
            }.items()
        ),
    )  # fmt: skip


_TOP: Final = (
    Field("name", Line("a name"), "what the style is called", required=True),
    Field("rule", Line("a rule"), "the published rule that it follows", required=True),
    Field("labels", OneOf(("author-date", "numeric")), "what citations in the text are"),
    Field("by-script", _FLAG, "whether words follow the script of the work, not the language of the page"),
)
STYLE: Final = ObjectType("style", (*_TOP, *_sheet({}, whole=True)))
"""A style without its `languages`, which may repeat the keys after `by-script` for each language."""


def read_style(source: Source, words: str) -> tuple[Style | None, tuple[Problem, ...]]:
    """Read a citation style of an atlas.

    Args:
        source: its file.
        words: the text of `words.yaml`.

    Returns:
        The style or None, and what is wrong with it.
    """
    node, problems = read_yaml(source)
    if node is None:
        return None, problems
    known = yaml.load(words, Loader=yaml.CBaseLoader)  # noqa: S506 (it makes strings only)
    known = {language: rows | {"states": {}} for language, rows in known.items()}
    found = list(_mistakes(node, source, known))
    if not found:
        try:
            style = load_style(source.text, words)
        except ValueError as error:
            found = [Problem(source.span, Rule.BAD_STYLE, str(error), "compare it with a style of the engine")]
        else:
            found = list(_circles(node, source, style))
    return (None if found else style), tuple(found)


def _mistakes(node: MappingNode, source: Source, known: Mapping[str, Any]) -> Iterator[Problem]:
    keys = {key.value: (key, value) for key, value in node.value}
    rows = keys.get("languages")
    own = MappingNode(node.tag, [pair for pair in node.value if pair[0].value != "languages"], node.start_mark)
    languages = rows[1].value if rows and isinstance(rows[1], MappingNode) else []
    types = [name for each in (node, *(value for _, value in languages)) for name in _keys(each, "types")]
    parts = [name for each in (node, *(value for _, value in languages)) for name in _keys(each, "parts")]
    by_language = {key.value: {*_own_words(value)} for key, value in languages}
    own_words = {*_own_words(node)}
    common = own_words | set.intersection(*(_words(each) | by_language.get(id, set()) for id, each in known.items()))
    declared = {"style-type": types, "style-part": [*parts, *PARTS, *TITLES, *FIELDS], "style-word": sorted(common)}
    first = next(iter(known.values()))
    yield from _read(ObjectType("style", (*_TOP, *_sheet(first, whole=True))), own, source, declared)
    if "misc" not in _keys(node, "types") and "types" in keys:
        message = 'the style has no type "misc", which every type without a template uses'
        yield Problem(span_of(keys["types"][0], source.path), Rule.BAD_STYLE, message, "add it")
    if rows and not isinstance(rows[1], MappingNode):
        yield Problem(span_of(rows[1], source.path), Rule.WRONG_TYPE, "a mapping is wanted here", "write en: …")
    for key, value in languages:
        if key.value not in known:
            message = f'references have no words in "{key.value}"'
            yield Problem(span_of(key, source.path), Rule.BAD_STYLE, message, nearest(key.value, known))
            continue
        in_scope = declared | {"style-word": sorted(_words(known[key.value]) | own_words | by_language[key.value])}
        yield from _read(ObjectType("style", _sheet(known[key.value], whole=False)), value, source, in_scope)


def _read(shape: FieldType, node: Node, source: Source, declared: Declared) -> list[Problem]:
    context = FileContext(source.path, source.text, declared)
    shape.read(node, context)
    return context.problems


def _check_template(node: ScalarNode, context: FileContext) -> None:
    try:
        template = read_template(node.value, {})
    except ValueError as error:
        context.note(context.span(node), Rule.BAD_STYLE, str(error), "compare it with a style of the engine")
        return
    for slot in _slots(template):
        for name in slot.names:
            if name not in context.declared["style-part"]:
                hint = nearest(name, context.declared["style-part"])
                context.note(context.span(node), Rule.BAD_STYLE, f'nothing is called "{name}" in a reference', hint)
        if slot.pattern and slot.pattern not in context.declared["style-word"]:
            hint = nearest(slot.pattern, context.declared["style-word"], "add it to words")
            context.note(context.span(node), Rule.BAD_STYLE, f'there is no word "{slot.pattern}"', hint)


def _slots(template: Template) -> Iterator[TemplateSlot]:
    for node in template:
        if isinstance(node, TemplateSlot):
            yield node
        elif isinstance(node, TemplatePart):
            yield from _slots(node.template)


def _circles(node: MappingNode, source: Source, style: Style) -> Iterator[Problem]:
    """Yield a problem for each part that contains itself, at its first place."""
    reported: set[str] = set()
    for sheet in style.sheets.values():
        made_of = {name: {each for one in all for slot in _slots(one) for each in slot.names} & sheet.parts.keys()
                   for name, all in sheet.parts.items()}  # fmt: skip
        for name in made_of:
            if name not in reported and name in _reached(name, made_of):
                reported.add(name)
                span = next(_where(node, name, source), source.span)
                yield Problem(span, Rule.BAD_STYLE, f'the part "{name}" is made of itself', "make it of other parts")


def _reached(start: str, made_of: Mapping[str, Iterable[str]]) -> set[str]:
    reached: set[str] = set()
    wanted = list(made_of[start])
    while wanted:
        name = wanted.pop()
        if name not in reached:
            reached.add(name)
            wanted += made_of[name]
    return reached


def _where(node: Node, name: str, source: Source) -> Iterator[Span]:
    """Yield the places of the part with that name."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "parts" and isinstance(value, MappingNode):
                yield from (span_of(own, source.path) for own, _ in value.value if own.value == name)
            else:
                yield from _where(value, name, source)


def _keys(node: Node, table: str) -> list[str]:
    """Return the keys of a table of a style, or of one of its languages."""
    rows = node.value if isinstance(node, MappingNode) else []
    found = next((value for key, value in rows if key.value == table and isinstance(value, MappingNode)), None)
    return [key.value for key, _ in found.value] if found else []


def _own_words(node: Node) -> Iterator[str]:
    yield from _keys(node, "words")
    rows = node.value if isinstance(node, MappingNode) else []
    for key, value in rows:
        if key.value == "words":
            yield from (f"kind-{name}" for name in _keys(value, "kinds"))
            yield from _keys(value, "locators")


def _words(words: Mapping[str, Any]) -> set[str]:
    """Return the words that a template may use in a language."""
    kinds = {f"kind-{name}" for name in words["kinds"]}
    return {key for key, value in words.items() if isinstance(value, str)} | kinds | {*words["locators"]}
