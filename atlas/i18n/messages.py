"""Interface text: one catalogue for each language, `templates/words/ID.yaml`.

A language starts from the English catalogue: what its own lacks is shown in English, with one warning.

A catalogue is a flat mapping. A message is a text in which `{name}` is a slot, or several forms of one
text, of which `other` is required:

    of: "{part} of {whole}"
    actors-count: {one: "{n} actor", other: "{n} actors"}

The slots choose the form: `n`, a count, by its CLDR plural category; `nth`, a rank, by its ordinal
category; `form` is itself the name of a form. Numbers are formatted as in the language; `{year:plain}`
(1880), `{nth:roman}` (XIX), `{year:century}` (19) and `{year:tens}` (80) format them differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode

from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml, span_of
from atlas.i18n.locales import Language, ordinal_category, plural_category, show_number

_SLOT = re.compile(r"\{([a-z]+)(?::([a-z]+))?\}")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WRITTEN = re.compile(r"(?m)^[ \t]*[^#\s]")
"""A line that is no comment: a catalogue that is still to be translated has none."""
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NUMBER_FORMATS = ("plain", "roman", "century", "tens")
_SELECTORS = frozenset({"n", "nth", "form"})


_NAMED = 5
"""How many missing messages one warning names."""
DATES = "atlas/i18n/dates.py"
"""The module that formats dates: it fills slots that not every language needs."""


class Message(Struct, frozen=True):
    """One entry of a catalogue.

    Attributes:
        forms: its forms; a text without forms is `other`.
        span: its place in the file.
    """

    forms: Mapping[str, str]
    span: Span

    @property
    def slots(self) -> frozenset[str]:
        """The names of the slots in all its forms."""
        return frozenset(match[1] for text in self.forms.values() for match in _SLOT.finditer(text))


class Catalog(Struct, frozen=True):
    """The catalogue of one language."""

    language: Language
    path: str
    entries: Mapping[str, Message]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of its messages: its own, and the English catalogue where it lacks some."""
        return tuple(sorted({message.span.path for message in self.entries.values()}))

    def t(self, key: str, **slots: str | int) -> str:
        """Return the text of a message with its slots filled.

        Args:
            key: the key of the message.
            slots: the values of its slots.

        Raises:
            KeyError: if the key or the value of a slot is missing.
        """
        forms = self.entries[key].forms
        text = next(forms[form] for form in self._choices(slots) if form in forms)
        return _SLOT.sub(lambda match: self._filled(slots[match[1]], match[2] or ""), text)

    def _choices(self, slots: Mapping[str, str | int]) -> list[str]:
        """Return the forms that fit, best first: `season-21` falls back to `season`, and all fall back to `other`."""
        choices = [str(slots["form"])] if "form" in slots else []
        if isinstance(count := slots.get("n"), int):
            choices.append(plural_category(count, self.language))
        if isinstance(rank := slots.get("nth"), int):
            choices.append(ordinal_category(rank, self.language))
        return [*choices, *(choice.partition("-")[0] for choice in choices), "other"]

    def _filled(self, value: str | int, manner: str) -> str:
        if isinstance(value, str):
            return value
        if manner == "roman":
            return roman(value)
        if manner in ("plain", "century"):
            return str(value if manner == "plain" else value // 100 + 1)
        return f"{value % 100:02d}" if manner == "tens" else show_number(value, self.language)


def roman(number: int) -> str:
    """Convert a number from 1 to 399 to Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def read_catalog(source: Source, language: Language) -> tuple[Catalog, tuple[Problem, ...]]:
    """Read a catalogue; invalid entries are left out and reported."""
    root, problems = read_yaml(source) if _WRITTEN.search(source.text) else (None, ())
    entries: dict[str, Message] = {}
    found = list(problems)
    for key, value in root.value if root else ():
        span = span_of(key, source.path)
        if not _KEY.fullmatch(key.value):
            hint = "write lower-case letters and digits with hyphens between"
            found.append(Problem(span, Rule.BAD_WORD, f'"{key.value}" is not a message key', hint))
            continue
        word = Message(_forms(value), span)
        mistakes = [problem for form, text in word.forms.items() for problem in _mistakes(key.value, form, text, span)]
        if "other" not in word.forms:
            hint = 'write text, or forms such as {one: "…", other: "…"}'
            mistakes.append(
                Problem(span, Rule.BAD_WORD, f'the word "{key.value}" has no text, or no form "other"', hint)
            )
        found += mistakes
        if not mistakes:
            entries[key.value] = word
    return Catalog(language, source.path, entries), tuple(found)


def _forms(node: Node) -> dict[str, str]:
    if isinstance(node, ScalarNode):
        return {"other": node.value} if node.value else {}
    if not isinstance(node, MappingNode) or not all(isinstance(value, ScalarNode) for _, value in node.value):
        return {}
    return {key.value: value.value for key, value in node.value}


def _mistakes(key: str, form: str, text: str, span: Span) -> Iterable[Problem]:
    if not text.strip():
        yield Problem(span, Rule.BAD_WORD, f'the word "{key}" is empty in its form "{form}"', "write its text")
    if "{" in (rest := _SLOT.sub("", text)) or "}" in rest:
        yield Problem(span, Rule.BAD_WORD, f'the word "{key}" has a slot that is not closed or named', "write {name}")
    for match in _SLOT.finditer(text):
        if match[2] and match[2] not in _NUMBER_FORMATS:
            message = f'the word "{key}" writes a slot in the unknown manner "{match[2]}"'
            yield Problem(span, Rule.BAD_WORD, message, nearest(match[2], _NUMBER_FORMATS))


def complete_catalogs(
    catalogues: Mapping[str, Catalog], english: Catalog, used: Mapping[str, Span]
) -> tuple[dict[str, Catalog], tuple[Problem, ...]]:
    """Give each catalogue the English messages that it lacks.

    Args:
        catalogues: the catalogues by the id of their language.
        english: the English catalogue.
        used: each key that a template or the engine uses.

    Returns:
        The catalogues, and one warning for each that lacks messages.
    """
    completed: dict[str, Catalog] = {}
    problems: list[Problem] = []
    for id, words in catalogues.items():
        lacking = [key for key in english.entries if key in used and key not in words.entries]
        from_english = {key: english.entries[key] for key in lacking}
        completed[id] = Catalog(words.language, words.path, {**words.entries, **from_english})
        if lacking:
            problems.append(_untranslated(words, lacking))
    return completed, tuple(problems)


def _untranslated(words: Catalog, lacking: Sequence[str]) -> Problem:
    name, path = words.language.name, words.path
    first = ", ".join(lacking[:_NAMED]) + (" …" if len(lacking) > _NAMED else "")
    what = "1 interface text is" if len(lacking) == 1 else f"{len(lacking)} interface texts are"
    message = f"{what} not translated into {name} yet, and shown in English: {first}"
    hint = f"translate them in {path}; `new words {words.language.id}` lists there what is missing"
    return Problem(Span(path), Rule.MISSING_WORDS, message, hint)


def compare_catalogs(catalogues: Sequence[Catalog], used: Mapping[str, Span]) -> tuple[Problem, ...]:
    """Report messages that a catalogue lacks, that no page uses, or whose slots differ from the default language.

    Args:
        catalogues: the catalogues, that of the default language first; each has the English messages that it lacked.
        used: each key that a template or the engine uses, with one place where it does.
    """
    problems = [problem for words in catalogues for problem in _missing(words, catalogues, used)]
    for words in catalogues:
        for key, word in words.entries.items():
            if key not in used:
                hint = "remove it from every catalogue" if len(catalogues) > 1 else "remove it"
                problems.append(Problem(word.span, Rule.UNUSED_WORD, f'no page uses the word "{key}"', hint))
            if key not in used or used[key].path != DATES:
                problems += _unknown_slots(key, word, catalogues[0])
    return tuple(dict.fromkeys(problems))


def _missing(words: Catalog, catalogues: Sequence[Catalog], used: Mapping[str, Span]) -> Iterable[Problem]:
    """Yield a problem for each key that a catalogue lacks, at the line after which it belongs."""
    reported: set[str] = set()
    line = 0
    for other in catalogues:
        for key, word in other.entries.items():
            if key in words.entries:
                line = words.entries[key].span.line
            elif key in used and key not in reported:
                reported.add(key)
                yield _missing_word(words.path, line, key, f"another catalogue has it in {word.span}")
    known = {key for other in catalogues for key in other.entries}
    for key in sorted(used.keys() - known):
        yield _missing_word(words.path, line, key, f"it is used in {used[key]}; {nearest(key, known)}")


def _missing_word(path: str, line: int, key: str, hint: str) -> Problem:
    return Problem(Span(path, line), Rule.MISSING_WORD, f'the word "{key}" is missing', hint)


def _unknown_slots(key: str, word: Message, first: Catalog) -> Iterable[Problem]:
    if key not in first.entries:
        return
    allowed = first.entries[key].slots | _SELECTORS
    for slot in sorted(word.slots - allowed):
        message = f'the word "{key}" has the slot {{{slot}}}, which that of {first.path} has not'
        yield Problem(word.span, Rule.UNKNOWN_SLOT, message, nearest(slot, first.entries[key].slots))
