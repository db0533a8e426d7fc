"""Texts drawn by grammar with hypothesis: records, `site.yaml`, Markdown, BibTeX and dates, plausible and hostile.

Records and `site.yaml` are drawn from the schema itself, so that a new key is drawn from its first day.
"""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from atlas.bibliography.parsing.biblatex import FIELDS, TYPES
from atlas.schema import families, site_schema
from atlas.schema.field_types import Date, FieldType, Flag, Line, WithSpan
from atlas.schema.object_types import ListOf, MapOf, ObjectType

Texts = st.SearchStrategy[str]

HOSTILE = [
    "", " ", "\t", "\n", "\\", "\x00", "\x0b", "\x1b[2J", "\x85", "\u2028", "\ue000", "\ufffe", "\u202e", "\u0301", "🫨",
    "{", "}", "[[", "]]", "[@", "](", "![", "`", "***", "$$", "<script>", "&#0;", "&#xd800;", "&amp;", "::error ", "{{x}}",
    "null", "~", "0", "-1", "9" * 40, "1e999", ".nan", "yes", "2026-02-30", "!!python/object:x", "*a", "&a", "%", "@", "#",
    "a" * 300, "字" * 100, "../../etc/passwd", "/", "//", "javascript:x", "=1+1", "- " * 70, "[" * 70, "{" * 70, "> " * 70,
]  # fmt: skip
NAMES = [
    "plot-one",
    "plot-two",
    "the-marrow",
    "sunny",
    "shady",
    "watering",
    "plot",
    "quarrel",
    "neighbour-of",
    "en",
    "zh",
]
PLAIN = ["Sheds", "of our street", "né à", "陈明远", "1999", "https://a.example/x?y=z", "p. 3", "Turnip’s", "“so”"]
WORDS: Texts = st.sampled_from(PLAIN) | st.sampled_from(NAMES) | st.sampled_from(HOSTILE) | st.text(max_size=12)


# Dates.

YEARS: Texts = st.sampled_from(
    ["0000", "-0044", "1883", "188X", "18XX", "XXXX", "1X83", "Y17000", "Y-12000", "Y1985", "19", "²001"]
)
"""What stands where EDTF has a year."""
PARTS: Texts = st.sampled_from(
    ["01", "02", "12", "13", "00", "21", "24", "25", "XX", "X1", "1", "29", "30", "31", "٣١"]
)
MARKS: Texts = st.sampled_from(["", "", "", "~", "?", "%", "~?", "T10:00", "S2", "E7", " "])
POINTS: Texts = st.builds(
    lambda year, parts, mark: "-".join([year, *parts]) + mark, YEARS, st.lists(PARTS, max_size=3), MARKS
) | st.sampled_from(["", "..", "[1667,1668]", "{1960}", "?1983", "1883-07~-02"])
EDTF: Texts = POINTS | st.lists(POINTS, min_size=2, max_size=3).map("/".join)
"""Dates and intervals in EDTF, many of them of level 2 or wrong."""


# Markdown.

CITES: Texts = st.builds(
    lambda before, key, after: f"[{before}@{key}{after}]",
    st.sampled_from(["", "-", "see ", "x @a, "]),
    st.sampled_from(["sprout1999sheds", "nobody2000", "{sprout1999sheds}", "", "a/b", "中文"]),
    st.sampled_from(["", ", p. 3", ", §", ", p. 3; @sprout1999sheds", ", {p. [x]}", ", p. 1-2 [@y]"]),
)
INLINE: Texts = st.recursive(
    WORDS | CITES,
    lambda inner: st.builds(
        lambda form, text, other: form.replace("1", text).replace("2", other),
        st.sampled_from(["*1*", "**1**", "`1`", "[1](2)", "![1](2)", "[[plot-one|1]]", "[[1]]", "$1$", "1 2", "<1>", "[^1]",
                         "~~1~~", "[1][2]", "_1_ **2", "“1”", "[1]{.2}", "1^2^", "\\1", "<https://1>", "&1;"]),
        inner,
        inner,
    ),
    max_leaves=6,
)  # fmt: skip
BLOCKS: Texts = st.builds(
    lambda form, text, other: form.replace("1", text).replace("2", other),
    st.sampled_from(["1", "## 1", "# 1", "###### 1 {#2}", "- 1\n- 2", "- 1\n\n      2", "1. 1\n3. 2", "> 1\n> > 2", "```2\n1\n```",
                     "```\n1", "    1", "| a | b |\n|---|---|\n| 1 | 2 |", "| a |\n|--|\n| 1 | 2", "1\n: 2", "[^1]: 2", "[1]: 2",
                     "$$\n1\n$$", "<div>\n1\n</div>", "---", "***", "1 {.reading}", "1\n{#2 .reading}", "1\n===", "![1](2)",
                     "*[1]: 2", "<!-- 1", "::: 1\n2\n:::", "[TOC]"]),
    INLINE,
    INLINE,
)  # fmt: skip
MARKDOWN: Texts = st.lists(BLOCKS, max_size=8).map("\n\n".join)
"""Texts with all that Markdown has, closed or not."""


# BibTeX.

LATEX: Texts = st.recursive(
    WORDS
    | st.sampled_from(
        ["\\'e", "\\'", '\\"{u}', "\\c{c}", "\\textless{}", "$x$", "\\&", "--", "~", " and ", ", ", "\\o", "\\", "%"]
    ),
    lambda inner: (
        st.builds("{{{}}}".format, inner)
        | st.builds("\\emph{{{}}}".format, inner)
        | st.builds("\\unknown{}[x]{{y}}".format, inner)
        | st.builds("{}{}".format, inner, inner)
    ),
    max_leaves=8,
)
VALUES: Texts = st.one_of(
    LATEX.map("{{{}}}".format), LATEX.map('"{}"'.format), EDTF.map("{{{}}}".format), WORDS,
    st.sampled_from(["jan", "undefined", "a # b", "{x} # jan", "{", '"', "1999", ""]),
)  # fmt: skip
KEYS: Texts = st.sampled_from(["sprout1999sheds", "a", "B", "", "a b", "é", "字", "a" * 300, "../x", "a,b", "con"])
FIELD: Texts = st.builds(
    lambda name, equals, value, comma: f"  {name}{equals}{value}{comma}\n",
    st.sampled_from([*FIELDS, "x-own", "unknown", "AUTHOR", ""]),
    st.sampled_from([" = ", " = ", " = ", "=", " ", " == "]),
    VALUES,
    st.sampled_from([",", ",", ",", "", ",,"]),
)
ENTRY: Texts = st.builds(
    lambda kind, key, fields, end: f"@{kind}{{{key},\n{''.join(fields)}{end}\n",
    st.sampled_from([*TYPES, "set", "Book", "xdata", "unknown", ""]),
    KEYS,
    st.lists(FIELD, max_size=8),
    st.sampled_from(["}", "}", "}", "", "}}", ")"]),
) | st.sampled_from(
    ["@string{a = a # a}\n", "@string{b = {x}}\n", "@comment{x\n", "@preamble{x}\n", "% x\n", "stray\n", "@\n"]
)
BIBTEX: Texts = st.lists(ENTRY, max_size=6).map("".join)
"""Bibliographies with entries of all types and fields, closed or not."""


# YAML.

SCALARS = WORDS | EDTF | st.booleans() | st.integers() | st.floats() | st.none()
VALUE: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=5
)
"""What need not have the shape that is asked for."""


def wanted(shape: FieldType) -> st.SearchStrategy[Any]:
    """Values that have, or nearly have, a shape of the schema."""
    if isinstance(shape, ObjectType):
        return objects(shape)
    if isinstance(shape, MapOf):
        return st.dictionaries(st.sampled_from(NAMES) | WORDS, st.deferred(lambda: wanted(shape.value)), max_size=3)
    if isinstance(shape, ListOf):
        return st.lists(st.deferred(lambda: wanted(shape.shape)), max_size=3)
    if isinstance(shape, WithSpan):
        return wanted(shape.shape)
    if isinstance(shape, Date):
        return EDTF
    if isinstance(shape, Flag):
        return st.sampled_from([True, False, "true", "maybe"])
    return WORDS if isinstance(shape, Line) else st.sampled_from(NAMES) | MARKDOWN


@st.composite
def objects(draw: st.DrawFn, shape: ObjectType) -> dict[str, Any]:
    """A mapping with some of the keys of an object, now and then one that it has not or a value of another shape."""
    value = {}
    for key in draw(st.lists(st.sampled_from(shape.keys), unique_by=lambda key: key.name)):
        fits = draw(st.integers(0, 7))
        value[key.name] = draw(wanted(key.shape) if fits else VALUE)
    if not draw(st.integers(0, 5)):
        value[draw(WORDS)] = draw(VALUE)
    return value


def dumped(values: st.SearchStrategy[Any]) -> Texts:
    """YAML of values in the block or the flow style; now and then something stands before or after it."""
    return st.builds(
        lambda value, flow, before, after: (
            f"{before}{yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow)}{after}"
        ),
        values,
        st.booleans(),
        st.sampled_from(["", "", "", "", "---\n", "%YAML 1.1\n", "\ufeff", "- "]),
        st.sampled_from(
            ["", "", "", "", "...\n", "---\nx: y\n", "x: &a [*a]\n", "? {\n", "\t- x\n", "x: |\n  y\n z\n"]
        ),
    )


SITE: Texts = dumped(wanted(site_schema.SITE))


@st.composite
def texts(draw: st.DrawFn, family: families.Family) -> tuple[str, str]:
    """The path of a record of a family or of its translation, and what stands in it."""
    is_translated = draw(st.booleans())
    text = draw(dumped(wanted(families.translation_table(family) if is_translated else family.table)))
    if family.form == "md":
        text = f"---\n{text}---\n{draw(MARKDOWN)}\n"
    name = draw(st.sampled_from(["drawn", "plot-one", "the-marrow", "by-x", "X", "drawn.en", "é"]))
    return f"content/{family.folder}/{name}{'.zh' if is_translated else ''}.{family.form}", text


def records() -> st.SearchStrategy[tuple[str, str]]:
    """The path of a record of some family, and what stands in it."""
    return st.sampled_from(families.FAMILIES).flatmap(texts)
