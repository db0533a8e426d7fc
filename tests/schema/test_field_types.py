"""Shapes, lists, mappings and tables: what each reads, what it refuses and where, and what it says of itself."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from atlas.core.problems import Span
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.markdown.passages import Passage
from atlas.schema.field_types import (
    ID,
    PATH,
    TAG,
    URL,
    Coordinates,
    Date,
    DeclaredId,
    FieldType,
    FileContext,
    Flag,
    Line,
    Located,
    Markdown,
    OneOf,
    WithSpan,
)
from atlas.schema.object_types import Field, ListOf, MapOf, ObjectType

DECLARED = {"side": ("north", "south"), "language": ("en", "fr"), "kind:actor": ("club",), "place": ()}
LAMP = ObjectType(
    "lamp",
    (
        Field("name", Line("a name"), "what it is called", required=True),
        Field("id", WithSpan(ID), "its id", required=True),
        Field("lit", Flag(), "whether it is lit"),
        Field("sides", ListOf(DeclaredId("side")), "where it stands"),
        Field("labels", MapOf(DeclaredId("language"), Line()), "its labels"),
    ),
)
SOURCE = ObjectType(
    "source", (Field("work", WithSpan(Line()), "the work", required=True), Field("page", Line(), "where")), "work"
)
SHAPES: list[FieldType] = [
    Line(), ID, TAG, URL, PATH, Markdown(), Date(), Date(day=True), Flag(), Coordinates(), OneOf(("a", "b")),
    DeclaredId("side"), WithSpan(ID), ListOf(ID), ListOf(ID, least=1), MapOf(ID, Line()),
    MapOf(DeclaredId("language"), Line(), whole=True), LAMP, SOURCE,
]  # fmt: skip


def read(shape: FieldType, value: str, first_line: int = 1) -> tuple[Any, list[tuple[str, int, int]]]:
    """The value of a YAML text by a shape, and the rule, line and column of each problem."""
    text = f"key: {value}\n"
    node, problems = read_yaml(Source("x.yaml", text), first_line)
    assert node is not None, problems
    context = FileContext("x.yaml", text, DECLARED, first_line)
    found = shape.read(node.value[0][1], context)
    assert all(problem.hint and problem.message for problem in context.problems)
    return found, [(problem.rule, problem.span.line, problem.span.column) for problem in context.problems]


def good(shape: FieldType, value: str) -> Any:
    """The value of a YAML text in which the shape finds nothing wrong."""
    found, problems = read(shape, value)
    assert problems == []
    return found


def rules(shape: FieldType, value: str) -> list[str]:
    """The rules that a value breaks."""
    return [rule for rule, _, _ in read(shape, value)[1]]


# Words.


@pytest.mark.parametrize("value", ["no", "1949-12-15", "0x10", "甲", "a b"])
def test_a_line_is_the_words_as_they_are_written(value: str) -> None:
    assert good(Line(), value) == value


@pytest.mark.parametrize(
    "shape", [Line(), ID, Markdown(), Date(), Flag(), OneOf(("a",)), DeclaredId("side"), WithSpan(ID)]
)
@pytest.mark.parametrize("value", ["[a, b]", "{a: b}", "", "' '"])
def test_a_list_a_mapping_or_nothing_is_no_word(shape: FieldType, value: str) -> None:
    assert read(shape, value) == (None, [("wrong-type", 1, 6 if value else 5)])


@pytest.mark.parametrize("shape", [Line(), Markdown()])
def test_what_is_there_is_shown(shape: FieldType) -> None:
    for value, noun in (("[a]", "a list"), ("{a: b}", "a mapping"), ("", "nothing")):
        text = f"key: {value}\n"
        node, _ = read_yaml(Source("x.yaml", text))
        assert node is not None
        context = FileContext("x.yaml", text, DECLARED)
        shape.read(node.value[0][1], context)
        assert context.problems[0].message == f"{noun} is here"


@pytest.mark.parametrize("value", ["a", "a-b", "1958", "x2-y3", "a-b-c"])
def test_an_id_is_letters_digits_and_hyphens(value: str) -> None:
    assert good(ID, value) == value


@pytest.mark.parametrize("value", ["A", "a_b", "-a", "a-", "a--b", "../a", "a/b", "é", "a b", "'a\n'", "ａ"])
def test_what_is_no_id_is_reported(value: str) -> None:
    assert read(ID, value) == (None, [("bad-id", 1, 6)])


def test_an_id_that_ends_in_a_line_feed_is_no_id() -> None:
    assert rules(ID, '"a\\n"') == ["bad-id"]


@pytest.mark.parametrize("value", ["fr", "zh-Hans", "zh-Latn", "la", "fr-CH", "es-419", "zh-Hant-TW"])
def test_a_language_tag(value: str) -> None:
    assert good(TAG, value) == value


@pytest.mark.parametrize("value", ["French", "FR", "zh_Hans", "f", "zh-hans-", "fr-"])
def test_what_is_no_language_tag_is_reported(value: str) -> None:
    assert rules(TAG, value) == ["unknown-language"]


@pytest.mark.parametrize("value", ["https://a.example/b?c=d", "http://a.example", "https://a.example/甲"])
def test_an_address(value: str) -> None:
    assert good(URL, value) == value


@pytest.mark.parametrize(
    "value",
    ["ftp://a.example", "mailto:a@b.example", "//a.example", "a.example", "'https://a b'",
     "'https://a\"b'", "'https://a<b'", "' https://a.example'", "https://"],
)  # fmt: skip
def test_what_is_no_address_is_reported(value: str) -> None:
    assert rules(URL, value) == ["bad-address"]


@pytest.mark.parametrize(
    "value",
    ["javascript:x", "' JavaScript:x'", "data:text/html,x", "vbscript:x", "a <script>x</script>", "<p onclick=x>",
     "< iframe src=x>", "<svg/onload=x>"],
)  # fmt: skip
@pytest.mark.parametrize("shape", [Line(), URL])
def test_what_could_run_in_a_browser_is_reported(shape: FieldType, value: str) -> None:
    text = f'"{value}"' if "'" not in value else value
    assert read(shape, text) == (None, [("unsafe-html", 1, 6)])


@pytest.mark.parametrize("value", ["On data and scripts", "x < y", "R&D <b>", "metadata: one", "onward = on"])
def test_words_that_only_look_so_are_fine(value: str) -> None:
    assert good(Line(), f"'{value}'") == value


@pytest.mark.parametrize("value", ["about", "about/method", "a-b/c-d/e"])
def test_a_path(value: str) -> None:
    assert good(PATH, value) == value


@pytest.mark.parametrize("value", ["/about", "about/", "a//b", "../a", "a/../b", "A", "a.html"])
def test_what_is_no_path_is_reported(value: str) -> None:
    assert rules(PATH, value) == ["bad-id"]


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("false", False), ("'true'", True)])
def test_a_flag(value: str, expected: bool) -> None:
    assert good(Flag(), value) is expected


@pytest.mark.parametrize("value", ["yes", "no", "True", "1", "on"])
def test_what_is_neither_true_nor_false_is_reported(value: str) -> None:
    assert read(Flag(), value) == (None, [("wrong-type", 1, 6)])


def test_one_of_a_few_words() -> None:
    assert good(OneOf(("former", "short")), "short") == "short"
    assert rules(OneOf(("former", "short")), "shrt") == ["wrong-type"]


def test_a_declared_id_with_its_place() -> None:
    assert good(DeclaredId("side"), "south") == Located("south", Span("x.yaml", 1, 6))
    assert good(DeclaredId("kind:actor"), "club") == Located("club", Span("x.yaml", 1, 6))


@pytest.mark.parametrize(
    ("table", "rule"), [("side", "unknown-side"), ("kind:actor", "unknown-kind"), ("place", "unknown-place")]
)
def test_an_id_that_is_not_declared_is_reported_by_what_it_names(table: str, rule: str) -> None:
    assert read(DeclaredId(table), "sooth") == (None, [(rule, 1, 6)])


def test_an_id_is_taken_as_it_is_where_what_is_declared_could_not_be_read() -> None:
    assert good(DeclaredId("dimension"), "origin").value == "origin"


# Texts, dates, coordinates.


def test_markdown_keeps_its_place_and_how_it_is_written() -> None:
    assert good(Markdown(), "'it''s [@a]'") == Passage("it's [@a]", Span("x.yaml", 1, 6), "'it''s [@a]'")


def test_markdown_of_several_lines_is_folded_as_yaml_folds_it() -> None:
    assert good(Markdown(), ">-\n  one\n  two\n").text == "one two"


@pytest.mark.parametrize(
    "value", ["1883", "1883-07-21", "1886~", "188X", "2006-21", "2003-10-06/2005-09-18", "2004/.."]
)
def test_a_date(value: str) -> None:
    assert str(good(Date(), value)) == value


@pytest.mark.parametrize(
    ("value", "rule"),
    [("1949-02-30", "bad-date"), ("July 1883", "bad-date"), ("2005/2003", "end-before-start"), ("1883-13", "bad-date")],
)
def test_what_is_no_date_is_reported(value: str, rule: str) -> None:
    assert read(Date(), value) == (None, [(rule, 1, 6)])


@pytest.mark.parametrize("value", ["1883", "1883-07", "1883-07-21~", "1883-07-21/1884-01-01", "188X-01-01"])
def test_a_day_is_one_day(value: str) -> None:
    assert rules(Date(day=True), value) == ["bad-date"]
    assert str(good(Date(day=True), "1883-07-21")) == "1883-07-21"


@pytest.mark.parametrize("value", ["[48.857, 2.352]", "[-90, 180]", "[90, -180]", "['1', 2]"])
def test_coordinates(value: str) -> None:
    latitude, longitude = good(Coordinates(), value)
    assert abs(latitude) <= 90
    assert abs(longitude) <= 180


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("[91, 0]", "bad-coordinates"),
        ("[0, 181]", "bad-coordinates"),
        ("[nan, 0]", "bad-coordinates"),
        ("[0, inf]", "bad-coordinates"),
        ("[1]", "wrong-type"),
        ("[1, 2, 3]", "wrong-type"),
        ("[a, 2]", "wrong-type"),
        ("[[1], 2]", "wrong-type"),
        ("[{a: b}, 2]", "wrong-type"),
        ("48.8", "wrong-type"),
        ("{latitude: 1}", "wrong-type"),
    ],
)
def test_what_are_no_coordinates_is_reported(value: str, rule: str) -> None:
    assert read(Coordinates(), value) == (None, [(rule, 1, 6)])


# Lists, mappings, tables.


def test_a_list_keeps_what_is_good_and_reports_the_rest() -> None:
    assert read(ListOf(ID), "[a, B, c, D]") == (("a", "c"), [("bad-id", 1, 10), ("bad-id", 1, 16)])


@pytest.mark.parametrize("value", ["a", "{a: b}", ""])
def test_what_is_no_list_is_reported(value: str) -> None:
    found, [(rule, line, _)] = read(ListOf(ID), value)
    assert (found, rule, line) == ((), "wrong-type", 1)


@pytest.mark.parametrize(("value", "expected"), [("[]", ["missing-key"]), ("[a]", ["missing-key"]), ("[a, b]", [])])
def test_a_list_may_need_several(value: str, expected: list[str]) -> None:
    assert rules(ListOf(ID, least=2), value) == expected


def test_a_mapping_keeps_the_order_of_the_file() -> None:
    assert list(good(MapOf(ID, Line()), "{c: 1, a: 2, b: 3}").items()) == [("c", "1"), ("a", "2"), ("b", "3")]


def test_a_mapping_reports_bad_keys_and_bad_values() -> None:
    assert read(MapOf(ID, Flag()), "{A: true, b: maybe, c: true}") == (
        {"c": True},
        [("bad-id", 1, 7), ("wrong-type", 1, 19)],
    )


def test_a_whole_mapping_has_every_declared_key() -> None:
    shape = MapOf(DeclaredId("language"), Line(), whole=True)
    assert good(shape, "{fr: b, en: a}") == {"fr": "b", "en": "a"}
    assert read(shape, "{en: a}") == ({"en": "a", "fr": "…"}, [("missing-key", 1, 6)])
    assert rules(shape, "{en: a, fr: }") == ["wrong-type"]


@pytest.mark.parametrize("value", ["a", "[a]"])
def test_what_is_no_mapping_is_reported(value: str) -> None:
    assert read(MapOf(ID, Line()), value) == ({}, [("wrong-type", 1, 6)])


def test_a_table_has_every_key_and_the_places_of_those_written() -> None:
    values = good(LAMP, "{name: a, id: b}")
    assert values["lit"] is None
    assert (values["sides"], values["labels"]) == ((), {})
    assert values["span"] == Span("x.yaml", 1, 6)
    assert values["spans"] == {"name": Span("x.yaml", 1, 13), "id": Span("x.yaml", 1, 20)}


def test_a_misspelt_key_is_reported_at_its_place_with_the_nearest() -> None:
    text = "key: {name: a, id: b, sidse: [north]}\n"
    node, _ = read_yaml(Source("x.yaml", text))
    assert node is not None
    context = FileContext("x.yaml", text, DECLARED)
    LAMP.read(node.value[0][1], context)
    [problem] = context.problems
    assert (problem.rule, problem.span.column) == ("unknown-key", 23)
    assert problem.hint == 'did you mean "sides"?'


def test_required_keys_that_lack_are_reported_one_by_one() -> None:
    assert read(LAMP, "{lit: true}")[1] == [("missing-key", 1, 6), ("missing-id", 1, 6)]


def test_a_required_key_that_is_bad_is_reported_once() -> None:
    assert rules(LAMP, "{name: [a], id: b}") == ["wrong-type"]


@pytest.mark.parametrize("value", ["a", "[a]", ""])
def test_what_is_no_table_is_reported(value: str) -> None:
    found, [(rule, _, _)] = read(LAMP, value)
    assert (found, rule) == (None, "wrong-type")


def test_the_main_value_of_a_table_may_be_alone() -> None:
    assert good(SOURCE, "lamp1901")["work"] == Located("lamp1901", Span("x.yaml", 1, 6))
    assert good(SOURCE, "{work: lamp1901, page: 3}")["page"] == "3"
    assert good(SOURCE, "lamp1901").keys() == good(SOURCE, "{work: lamp1901}").keys()
    assert rules(SOURCE, "[lamp1901]") == ["wrong-type"]


def test_places_are_those_of_the_file() -> None:
    assert read(ID, "A", first_line=2)[1] == [("bad-id", 2, 6)]


def test_every_mistake_of_a_value_is_reported_at_once() -> None:
    value = "{name: [], id: A, lit: x, sides: [nort], labels: {xx: y}, other: 1}"
    assert rules(LAMP, value) == [
        "wrong-type", "bad-id", "wrong-type", "unknown-side", "unknown-language", "unknown-key",
    ]  # fmt: skip


# What a shape says of itself.


@pytest.mark.parametrize("shape", SHAPES, ids=[f"{shape.in_words()[:40]} {n}" for n, shape in enumerate(SHAPES)])
def test_the_schema_of_a_shape_is_json_schema(shape: FieldType) -> None:
    Draft202012Validator.check_schema(shape.as_schema(DECLARED))
    assert shape.in_words().strip()


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Line(), "a"),
        (Line(), "1901"),
        (ID, "a-b"),
        (URL, "https://a.example"),
        (Date(), "1883"),
        (Date(day=True), "1883-07-21"),
        (Flag(), "true"),
        (Coordinates(), "[48.8, 2.3]"),
        (OneOf(("a", "b")), "a"),
        (DeclaredId("side"), "north"),
        (ListOf(ID, least=1), "[a, b]"),
        (MapOf(ID, Line()), "{a: 1}"),
        (MapOf(DeclaredId("language"), Line(), whole=True), "{en: a, fr: b}"),
        (LAMP, "{name: a, id: b, lit: true, sides: [north]}"),
        (SOURCE, "lamp1901"),
        (SOURCE, "{work: lamp1901, page: 3}"),
    ],
)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader], ids=["words", "types"])
def test_editors_accept_what_the_build_accepts(shape: FieldType, value: str, loader: Any) -> None:
    assert good(shape, value) is not None
    if not (isinstance(shape, Date) and shape.day and loader is yaml.SafeLoader):
        Draft202012Validator(shape.as_schema(DECLARED)).validate(yaml.load(value, loader))


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Line(), "[a]"),
        (ID, "A b"),
        (URL, "javascript:x"),
        (Flag(), "maybe"),
        (Coordinates(), "[1]"),
        (OneOf(("a", "b")), "c"),
        (DeclaredId("side"), "nort"),
        (ListOf(ID, least=1), "[]"),
        (MapOf(DeclaredId("language"), Line(), whole=True), "{en: a}"),
        (MapOf(DeclaredId("language"), Line()), "{xx: a}"),
        (LAMP, "{name: a, id: b, sidse: [north]}"),
        (LAMP, "{name: a}"),
        (SOURCE, "{page: 3}"),
    ],
)
def test_editors_refuse_what_the_build_refuses(shape: FieldType, value: str) -> None:
    assert rules(shape, value)
    assert not Draft202012Validator(shape.as_schema(DECLARED)).is_valid(yaml.load(value, yaml.BaseLoader))
