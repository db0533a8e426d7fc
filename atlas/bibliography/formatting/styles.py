"""Loads citation styles: YAML text → a Style, with templates, names and words for each language.

A style is a YAML file in `atlas/bibliography/data/`, or in `content/styles/` of an atlas; the words of
references (`et al.`, 等) are in `words.yaml`. The templates are those of `reference_templates`;
`atlas.schema.style_schema` defines all other keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, cast

import yaml
from msgspec import Struct
from msgspec.structs import fields

from atlas.bibliography.formatting.reference_templates import Template, TemplateSlot, read_template, with_signs
from atlas.bibliography.parsing.person_names import HEADS

StyleRow = Mapping[str, "StyleRow | list[str] | str"]
StyleWords = Mapping[str, str]


class NameForm(Struct, frozen=True):
    """The form of a list of names.

    Attributes:
        inverted: whose family name comes first: `first`, `all` or `none`.
        given: given names in `full`, as `initials` (J. A.), as `letters` (J A) or `none`.
        comma: the text between family name and given names of an inverted name.
        most: how many names are listed before the list is shortened.
        shown: how many names a shortened list has.
        between: the text between names.
        pair: the text between two names.
        last: the text before the last of several names.
        others: the text after a shortened list.
        ellipsis: the text before the last name of a long list, if that is listed.
        role: the text after editors at the head.
        upper: family names in capitals (`family`), bodies too (`all`).
    """

    inverted: str = "none"
    given: str = "full"
    comma: str = ", "
    most: int = 99
    shown: int = 99
    between: str = ", "
    pair: str = " {and} "
    last: str = ", {and} "
    others: str = ", {et-al}"
    ellipsis: str = ""
    role: str = ", {role}"
    upper: str = ""


class LabelForm(Struct, frozen=True):
    """The form of a citation in the text.

    Attributes:
        names: the form of its names.
        before_year: the text before the year.
        before_locator: the text before a locator.
        between: the text between works.
        opening: the opening bracket.
        closing: the closing bracket.
        is_sorted: whether its works are sorted.
        raised: whether it is in superscript.
        locator_outside: whether the locator is after the bracket.
        own_dates: whether the words of dates (n.d., ca., 1880s) are in the work's language, not the page's.
    """

    names: NameForm
    before_year: str = " "
    before_locator: str = ", "
    between: str = "; "
    opening: str = "("
    closing: str = ")"
    is_sorted: bool = True
    raised: bool = False
    locator_outside: bool = False
    own_dates: bool = False


class StyleSheet(Struct, frozen=True):
    """A style in one language: everything that is needed to write a reference.

    The keys of a style are described in docs/reference.md.

    Attributes:
        anonymous: whether a work without author has a word at its head.
        keeps_prefix: whether particles are kept with the family name.
        heads: the roles that can be at the head.
        owners: whether a patent has its owner at the head before them.
        estimates: whether a page without a date has the year of access in brackets.
        years_as_written: whether c1988 is kept.
    """

    language: str
    names: NameForm
    inner_names: NameForm
    container_names: NameForm
    label: LabelForm
    types: Mapping[str, tuple[Template, ...]]
    title_forms: Mapping[str, str]
    parts: Mapping[str, tuple[Template, ...]]
    words: StyleWords
    locators: Mapping[str, tuple[str, str]]
    label_locators: Mapping[str, tuple[str, str]]
    pairs: Mapping[str, tuple[str, str]]
    spaces: StyleWords
    seasons: tuple[str, ...]
    marks: StyleWords
    case: str = "none"
    pages: str = "full"
    dash: str = "–"
    separator: str = ". "
    end: str = "."
    own_forms: str = "beside"
    stop_after_link: bool = True
    repeats_body: bool = True
    american: bool = False
    anonymous: bool = False
    keeps_prefix: bool = False
    heads: tuple[str, ...] = HEADS
    owners: bool = False
    estimates: bool = False
    laws_as_written: bool = False
    years_as_written: bool = False


class Style(Struct, frozen=True):
    """A citation style.

    Attributes:
        name: its name.
        rule: the published rule that it follows.
        labels: `author-date` or `numeric`.
        sheets: the style by language.
        by_script: whether words and order follow the script of each work, not the page.
    """

    name: str
    rule: str
    labels: Literal["author-date", "numeric"]
    sheets: Mapping[str, StyleSheet]
    by_script: bool = False

    def sheet(self, *languages: str) -> StyleSheet:
        """Return the sheet of the first of these languages that the style has, else its first sheet."""
        for language in languages:
            if language in self.sheets:
                return self.sheets[language]
        return next(iter(self.sheets.values()))


@lru_cache(maxsize=16)
def load_style(text: str, words: str) -> Style:
    """Load a style.

    Args:
        text: the text of its file.
        words: the text of `words.yaml`.

    Raises:
        ValueError: if the style is malformed, with what is wrong.
    """
    style = _mapping(text)
    sheets = {language: _sheet(language, _mapping_at(rows, language), style) for language, rows in _languages(words)}
    labels = cast('Literal["author-date", "numeric"]', style.get("labels", "author-date"))
    return Style(str(style["name"]), str(style["rule"]), labels, sheets, style.get("by-script") == "yes")


def _languages(words: str) -> list[tuple[str, StyleRow]]:
    rows = _mapping(words)
    return [(language, rows) for language in rows]


def _mapping(text: str) -> StyleRow:
    try:
        value = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 (it makes strings only)
    except yaml.YAMLError as error:
        raise ValueError(f"a style that is not valid YAML: {error}") from error
    if not isinstance(value, dict):
        raise ValueError("a style is a mapping")
    return value


def _mapping_at(rows: StyleRow, key: str) -> StyleRow:
    value = rows.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f'"{key}" is a mapping in a style')
    return value


def _merged(base: StyleRow, over: StyleRow) -> StyleRow:
    """Merge two mappings at all levels; values of the second replace those of the first."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _sheet(language: str, words: StyleRow, style: StyleRow) -> StyleSheet:
    own = _merged(style, _mapping_at(_mapping_at(style, "languages"), language))
    words = _merged(words, _mapping_at(own, "words"))
    flat = {key: value for key, value in words.items() if isinstance(value, str)}
    flat |= {f"kind-{key}": str(value) for key, value in _mapping_at(words, "kinds").items()}
    flat |= {f"state-{key}": str(value) for key, value in _mapping_at(words, "states").items()}
    flat |= {f"ordinal-{key}": str(value) for key, value in _mapping_at(words, "ordinals").items()}
    flat |= {f"date-{key}": str(value) for key, value in _mapping_at(words, "dates").items()}
    signs = {key: str(value) for key, value in _mapping_at(words, "signs").items() if own.get("signs") != "no"}
    types = _types(_mapping_at(own, "types"), signs)
    names = _mapping_at(own, "names")
    locators = {key: _pair(value) for key, value in _mapping_at(words, "locators").items()}
    label = _mapping_at(own, "label")
    own_locators = {key: _pair(value) for key, value in _mapping_at(label, "locators").items()}
    return StyleSheet(
        language=language,
        names=_name_form(names, flat, signs),
        inner_names=_name_form(_merged(names, _mapping_at(own, "inner-names")), flat, signs),
        container_names=_name_form(
            _merged(names, _mapping_at(own, "container-names" if "container-names" in own else "inner-names")),
            flat,
            signs,
        ),
        label=_label_form(_mapping_at(own, "label"), flat, _mapping_at(words, "label-signs")),
        types=types,
        title_forms={kind: _title_form(templates) for kind, templates in types.items()},
        parts={name: _alternatives(value, signs) for name, value in _mapping_at(own, "parts").items()},
        words=flat,
        locators=locators,
        label_locators=locators | own_locators,
        pairs={key: _pair(words[key]) for key in ("quotes", "inner-quotes", "titles")},
        spaces={key: str(value) for key, value in _mapping_at(words, "spaces").items()},
        seasons=tuple(words.get("seasons", ())),
        marks={key: str(value) for key, value in _mapping_at(own, "marks").items()},
        case=str(own.get("case", "none")) if language == "en" else "none",
        pages=str(own.get("pages", "full")),
        dash=str(own.get("range", "–")),
        separator=str(own.get("separator", ". ")),
        end=str(own.get("end", ".")),
        own_forms=str(own.get("own-forms", "beside")),
        repeats_body=own.get("repeats-body", "yes") == "yes",
        stop_after_link=own.get("stop-after-link", "yes") == "yes",
        american=flat.get("full-stop") == "american",
        anonymous=own.get("anonymous") == "yes",
        keeps_prefix=own.get("keeps-prefix") == "yes",
        heads=tuple(cast("list[str]", own.get("heads", list(HEADS)))),
        owners=own.get("owners") == "yes",
        estimates=own.get("estimates") == "yes",
        laws_as_written=own.get("laws") == "as-written",
        years_as_written=own.get("years") == "as-written",
    )


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{value!r} is not a pair of texts")
    return str(value[0]), str(value[1])


def _name_form(row: StyleRow, words: StyleWords, signs: StyleWords) -> NameForm:
    values = {key.replace("-", "_"): value for key, value in row.items() if isinstance(value, str)}
    numbers = {key: int(values.pop(key)) for key in ("most", "shown") if key in values}
    known = {each.name: each.default for each in fields(NameForm)}
    if unknown := values.keys() - known.keys():
        raise ValueError(f"names have no {', '.join(sorted(unknown))}")
    texts = {key: with_signs(_with_words(value, words), signs) for key, value in values.items()}
    base = {key: _with_words(str(known[key]), words) for key in ("pair", "last", "others")}
    return NameForm(**{**base, **texts}, **numbers)  # type: ignore[arg-type]


def _label_form(row: StyleRow, words: StyleWords, signs: StyleRow) -> LabelForm:
    table = {key: str(value) for key, value in signs.items()}
    texts_of = {"before-year", "before-locator", "opening", "closing", "separator"}
    own = {*texts_of, "sorted", "raised", "locator-outside", "own-dates"}
    names = {key: value for key, value in row.items() if key not in own and key != "locators"}
    texts = {key: with_signs(str(row[key]), table) for key in texts_of if key in row}
    base = LabelForm(NameForm())
    return LabelForm(
        names=_name_form({"given": "none", **names}, words, {}),
        before_year=texts.get("before-year", base.before_year),
        before_locator=texts.get("before-locator", with_signs(base.before_locator, table)),
        between=texts.get("separator", with_signs(base.between, table)),
        opening=texts.get("opening", with_signs(base.opening, table)),
        closing=texts.get("closing", with_signs(base.closing, table)),
        is_sorted=row.get("sorted", "yes") == "yes",
        raised=row.get("raised") == "yes",
        locator_outside=row.get("locator-outside") == "yes",
        own_dates=row.get("own-dates") == "yes",
    )


def _with_words(text: str, words: StyleWords) -> str:
    """Replace `{and}` and `{et-al}` by the words of the language."""
    return text.replace("{and}", words["and"]).replace("{et-al}", words["et-al"])


def _types(rows: StyleRow, signs: StyleWords) -> dict[str, tuple[Template, ...]]:
    types: dict[str, tuple[Template, ...]] = {}
    for kind, row in rows.items():
        seen = {kind}
        while isinstance(row, str):
            if row not in rows or row in seen:
                raise ValueError(f'the type "{kind}" is set as "{row}", which the style does not have')
            seen.add(row)
            row = rows[row]
        types[kind] = _alternatives(row, signs)
    if "misc" not in types:
        raise ValueError('the style has no type "misc", which every type without a template uses')
    return types


def _alternatives(value: object, signs: StyleWords) -> tuple[Template, ...]:
    texts = value if isinstance(value, list) else [value]
    return tuple(read_template(str(text), signs) for text in texts)


def _title_form(templates: tuple[Template, ...]) -> str:
    """Return the form of the title in this type: `italic`, `quoted` or ""."""
    for template in templates:
        for node in template:
            if isinstance(node, TemplateSlot) and "title" in node.names:
                return node.form
    return ""
