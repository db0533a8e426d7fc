"""Rendering: what a template is given, and each of its mistakes with file and line."""

from __future__ import annotations

import pytest
from msgspec import Struct
from small_atlases import LAMPS, Made, actor, made
from small_pages import engine, planned, render, rendered, words

from atlas.core.html import Html
from atlas.core.problems import Problem, Span
from atlas.pages.plan import Page, Plan
from atlas.pages.registry import PAGE_TEMPLATES
from atlas.pages.rendering.renderer import Renderer
from atlas.pages.rendering.templates import check_templates, is_template, messages_used
from atlas.pages.view_parts import Frame, Phrase


class Lamp(Struct, frozen=True):
    """A view whose keys are called like the methods of a dict."""

    name: str
    items: tuple[str, ...] = ("wick", "oil")
    keys: str = "three"
    get: str = "got"
    phrase: Phrase = Phrase(Html("<em>a</em>"), "fr")


@pytest.fixture(scope="module")
def small() -> Made:
    """An atlas of one actor."""
    return made({LAMPS: actor("Lamps & <b>")})


def reported(problems: tuple[Problem, ...]) -> list[tuple[str, str, int]]:
    """The rule, path and line of each problem."""
    assert all(problem.hint for problem in problems)
    return [(problem.rule, problem.span.path, problem.span.line) for problem in problems]


def render_lamps(small: Made, templates: dict[str, str], *names: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Pages of a lamp, one for each template that is named (`lamp.html` where none is)."""
    frame = Frame("en", "Site", "", "", "", (), "", "")
    pages = [
        Page(f"{number}.html", name, Lamp("A & <b>"), "en", Span(""))  # type: ignore[arg-type]
        for number, name in enumerate(names or ["lamp.html"])
    ]
    return render(templates, Plan(tuple(pages), {"en": frame}, ()), words(small))


def check(templates: dict[str, str]) -> list[Problem]:
    """What is wrong with templates before any page is made."""
    return list(check_templates(Renderer(templates).facts({})))


def page(small: Made, template: str, **others: str) -> str:
    """The page that a template makes."""
    more = {f"{name}.html": text for name, text in others.items()}
    files, problems = render_lamps(small, {"lamp.html": template} | more)
    assert problems == ()
    return files["0.html"]


# What a template is given.


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ view.name }}", "A &amp; &lt;b&gt;"),
        ("{{ view.phrase.html|safe }}", "<em>a</em>"),
        ("{{ view.phrase.html }}", "&lt;em&gt;a&lt;/em&gt;"),
        ("{{ frame.site_title }}", "Site"),
        ("{{ t('home') }}", "Home"),
        ("{{ is_right_to_left('az-Arab') }} {{ is_right_to_left('ar-Latn') }}", "True False"),
        ("{% for each in view['items'] %}{{ each }},{% endfor %}", "wick,oil,"),
        ("{% for each in view.items %}{{ each }},{% endfor %}", "wick,oil,"),
        ("{{ view.keys }} {{ view.get }}", "three got"),
        ("{% if view.name %}yes{% endif %}", "yes"),
        ("{% for k, v in view.phrase|dictsort %}{{ k }}{% endfor %}", "htmllang"),
        ("a\n{# no word #}\n{% if true %}\nb\n{% endif %}\n", "a\nb\n"),
    ],
)
def test_what_a_template_says(template: str, expected: str, small: Made) -> None:
    assert page(small, template) == expected


def test_a_template_may_use_others(small: Made) -> None:
    layout = "<{% block body %}{% endblock %}>"
    macros = "{% macro loud(word) %}{{ word|upper }}!{% endmacro %}"
    template = '{% extends "base.html" %}{% import "macros.html" as m %}{% block body %}{{ m.loud("a") }}{% endblock %}'
    assert page(small, template, base=layout, macros=macros) == "<A!>"


def test_once_returns_what_a_macro_returns_for_each_choice_of_arguments(small: Made) -> None:
    macros = "{% macro greet(word, loud) %}<{{ word }}{% if loud %}!{% endif %} {{ frame.site_title }}>{% endmacro %}"
    calls = '{{ once(greet, "a", true) }}{{ once(greet, "a", false) }}{{ once(greet, "&", true) }}'
    template = '{% from "macros.html" import greet %}' + calls * 2
    assert page(small, template, macros=macros) == "<a! Site><a Site><&amp;! Site>" * 2


def test_macros_are_called_in_loops_blocks_and_by_other_macros(small: Made) -> None:
    macros = (
        "{% macro row(word, last=false) %}{{ word }}{% if not last %}, {% endif %}{% endmacro %}"
        "{% macro boxed() %}[{{ caller() }}]{% endmacro %}"
    )
    template = (
        '{% from "macros.html" import row, boxed %}{% block body %}{% set end = "." %}'
        "{% for each in view.items %}{% call boxed() %}{{ row(each, last=loop.last) }}{{ end }}{% endcall %}{% endfor %}"
        "{% endblock %}"
    )
    assert page(small, template, macros=macros) == "[wick, .][oil.]"


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace"])
def test_there_are_no_globals(name: str, small: Made) -> None:
    _, problems = render_lamps(small, {"lamp.html": f"{{{{ {name}() }}}}"})
    assert reported(problems) == [("template-error", "templates/lamp.html", 1)]


# Mistakes.


WHOLE = dict.fromkeys(PAGE_TEMPLATES, "")
"""A template of nothing for every kind of page."""


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<p>\n{{ nobody }}\n", 2),
        ("<p>\n\n{{ view.nothing }}\n", 3),
        ("{{ view.phrase.nothing }}", 1),
        ("a\n{{ view.pop }}", 2),
        ("a\n{% if view.update %}{% endif %}", 2),
        ("a\n{{ t('no-such-word') }}", 2),
        ("a\nb\n{{ t('page-title') }}", 3),
        ("a\n{{ view.name + 1 }}", 2),
        ("a\n{{ 1 // 0 }}", 2),
        ("a\n{{ view.name() }}", 2),
        ("a\n{{ view.name|date }}", 2),
        ("a\n{% for x in %}{% endfor %}", 2),
        ("a\n{% endif %}", 2),
    ],
)
def test_a_mistake_is_reported_with_its_line(template: str, line: int, small: Made) -> None:
    files, problems = render_lamps(small, {"lamp.html": template})
    assert files == {}
    assert reported(problems) == [("template-error", "templates/lamp.html", line)]


def test_a_mistake_in_an_included_template_is_reported_there(small: Made) -> None:
    templates = {"lamp.html": 'a\n\n{% include "part.html" %}', "part.html": "b\n{{ nobody }}"}
    assert reported(render_lamps(small, templates)[1]) == [("template-error", "templates/part.html", 2)]


def test_what_is_imported_knows_the_words_and_what_all_pages_share(small: Made) -> None:
    macros = "{% macro hello() %}{{ frame.site_title }}: {{ t('references') }}{% endmacro %}"
    assert page(small, '{% from "m.html" import hello %}{{ hello() }}', m=macros) == "Site: References"


@pytest.mark.parametrize(
    ("macro", "call", "result"),
    [
        ("a, b='2'", "m('<')", "[&lt;|2]"),
        ("a, b='2'", "m('1', b='3')", "[1|3]"),
        ("a, b='2'", "m(b='3', a='1')", "[1|3]"),
        ("a, b", "m('1', '<i>' | safe)", "[1|<i>]"),
    ],
)
def test_a_macro_is_called_in_every_way(small: Made, macro: str, call: str, result: str) -> None:
    macros = "{% macro m(" + macro + ") %}[{{ a }}|{{ b }}]{% endmacro %}"
    assert page(small, '{% from "m.html" import m %}{{ ' + call + " }}", m=macros) == result


def test_a_macro_takes_more_than_it_names_and_the_words_that_its_caller_holds(small: Made) -> None:
    macros = "{% macro m(a) %}{{ a }}{{ varargs | join }}{{ kwargs.c }}{{ caller() }}{% endmacro %}"
    template = '{% from "m.html" import m %}{% call m(1, 2, 3, c=4) %}<b>{% endcall %}'
    assert page(small, template, m=macros) == "1234<b>"


def test_a_macro_that_is_handed_too_much_is_reported(small: Made) -> None:
    template = "{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m(1, 2) }}"
    assert reported(render_lamps(small, {"lamp.html": template})[1]) == [("template-error", "templates/lamp.html", 2)]


def test_a_mistake_in_a_macro_is_reported_there(small: Made) -> None:
    templates = {
        "lamp.html": '{% import "macros.html" as m %}\n{{ m.show(view) }}',
        "macros.html": "{% macro show(view) %}\n{{ view.nothing }}\n{% endmacro %}",
    }
    assert reported(render_lamps(small, templates)[1]) == [("template-error", "templates/macros.html", 2)]


def test_a_mistake_in_a_layout_is_reported_there(small: Made) -> None:
    templates = {"lamp.html": '{% extends "base.html" %}', "base.html": "a\n{{ nobody }}"}
    assert reported(render_lamps(small, templates)[1]) == [("template-error", "templates/base.html", 2)]


@pytest.mark.parametrize(
    "template",
    ['a\n{% include "prat.html" %}', 'a\n{% import "prat.html" as p %}', 'a\n{% extends "prat.html" %}'],
)
def test_a_template_that_is_not_there_is_reported_where_it_is_named_with_the_nearest(
    template: str, small: Made
) -> None:
    _, problems = render_lamps(small, {"lamp.html": template, "part.html": ""})
    assert reported(problems) == [("missing-template", "templates/lamp.html", 2)]
    assert problems[0].hint == 'did you mean "part.html"?'


def test_a_page_whose_template_is_not_there_is_reported(small: Made) -> None:
    _, problems = render_lamps(small, {"base.html": ""}, "lamp.html")
    assert [(each.rule, each.span.path) for each in problems] == [("missing-template", "templates/lamp.html")]
    assert "lamp.html" in problems[0].message


def test_a_mistake_names_the_page_that_met_it_and_the_other_pages_are_made(small: Made) -> None:
    templates = {"lamp.html": "{{ nobody }}", "good.html": "good"}
    files, [problem] = render_lamps(small, templates, "lamp.html", "good.html")
    assert files == {"1.html": "good"}
    assert "0.html" in problem.hint


@pytest.mark.parametrize(
    ("template", "line"),
    [("a\n{% if x %}\n", 3), ("{{ a b }}", 1), ("a\n{{ b", 2), ("a\n{% nothing %}", 2), ("a\n{{ 'b }}", 2)],
)
def test_templates_that_do_not_parse_are_reported_before_any_page(template: str, line: int) -> None:
    [problem] = check(WHOLE | {"lamp.html": template, "words/en.yaml": "{{ {%"})
    assert (problem.rule, problem.span.path) == ("template-error", "templates/lamp.html")
    assert abs(problem.span.line - line) <= 1
    assert problem.hint


def test_all_templates_that_do_not_parse_are_reported_at_once() -> None:
    problems = check(WHOLE | {"a.html": "{% if %}", "b.html": "fine", "c.xml": "{{"})
    assert [problem.span.path for problem in problems] == ["templates/a.html", "templates/c.xml"]


def test_templates_that_are_not_there_are_reported_with_who_names_them() -> None:
    whole = WHOLE | {"actor.html": 'lit\n{% include "lanp.html" %}', "lamp.html": ""}
    [problem] = check(whole)
    assert (problem.rule, str(problem.span)) == ("missing-template", "templates/actor.html:2:1")
    assert problem.hint == 'did you mean "lamp.html"?'
    [problem] = check({name: text for name, text in WHOLE.items() if name != "case.html"})
    assert (problem.rule, problem.span.path) == ("missing-template", "templates/case.html")


# The engine's own templates.


def test_the_engines_templates_have_no_mistake(small: Made) -> None:
    assert check(engine().templates) == []
    pages, problems = rendered(small)
    assert problems == ()
    assert pages.keys() == {each.path for each in planned(small)[0].pages}


def test_names_are_escaped_on_every_page(small: Made) -> None:
    pages, _ = rendered(small)
    assert "Lamps &amp; &lt;b&gt;" in pages["actors/lamps/index.html"]
    assert not any("Lamps & <b>" in text or "&amp;amp;" in text for text in pages.values())


def test_rendering_twice_is_the_same(small: Made) -> None:
    assert rendered(small) == rendered(small)


def test_a_template_of_an_atlas_replaces_that_of_the_engine(small: Made) -> None:
    pages, problems = rendered(small, {"actor.html": "mine: {{ view.title.html|safe }}"})
    assert problems == ()
    assert pages["actors/lamps/index.html"] == "mine: Lamps &amp; &lt;b&gt;"


# Words.


def test_the_words_that_templates_say_are_found_with_their_place() -> None:
    templates = {
        "a.html": "a\n{{ t('home') }}{{ t( \"on-this-page\", n=1) }}",
        "b.html": "{{ t('home') }} {{ essay('not') }}",
        "words/en.yaml": "x: t('nothing')",
    }
    said = messages_used(templates)
    assert said == {"home": Span("templates/a.html", 2, 1), "on-this-page": Span("templates/a.html", 2, 1)}


@pytest.mark.parametrize(("name", "expected"), [("a.html", True), ("sitemap.xml", True), ("words/en.yaml", False)])
def test_catalogues_of_words_are_no_templates(name: str, expected: bool) -> None:
    assert is_template(name) is expected


@pytest.mark.parametrize(
    "text", ["{{ view.name | safe }}", "{{ (view.phrase.html ~ view.name) | safe }}", "{{ view | safe }}"]
)
def test_nothing_but_the_html_of_a_view_is_taken_for_html(text: str) -> None:
    assert reported(tuple(check({"lamp.html": f"\n{text}"})))[-1] == ("template-error", "templates/lamp.html", 2)
    assert ("template-error", "templates/lamp.html", 1) not in reported(
        tuple(check({"lamp.html": "{{ view.phrase.html | safe }}"}))
    )
