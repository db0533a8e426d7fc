"""The letters of the bibliography: a work stands under the letter of the text that it is sorted by."""

from __future__ import annotations

from small_atlases import LAMPS, actor, made
from small_pages import drawn

from atlas.pages.sources.views import SourcesView

WORKS = """
@online{body, organization = {沪江法语}, title = {85对中法友好省市}, year = {2017}}
@online{literal, author = {{中国侨网}}, title = {2014}, year = {2014}}
@book{person, author = {单士厘}, title = {Gui qian ji}, year = {1910}}
@online{title, title = {The 19 cities}, year = {2017}}
@online{digits, author = {{20 Minutes}}, title = {Un point}, year = {2006}}
@book{sorted, author = {{École}}, sortname = {{Ecole}}, title = {Z}, year = {2000}}
"""
LETTERS = [
    ("#", ["title", "digits"]),  # without its article
    ("E", ["sorted"]),
    ("H", ["body"]),
    ("S", ["person"]),  # the surname 单 is read Shan
    ("Z", ["literal"]),
]


def test_a_work_stands_under_the_letter_of_the_text_that_it_is_sorted_by() -> None:
    keys = [line.partition("{")[2].partition(",")[0] for line in WORKS.split("\n") if line]
    result = made({LAMPS: actor("Lamps", f"nocite: [{', '.join(keys)}]\n")}, works=WORKS)
    view = drawn(result, "sources/index.html").view
    assert isinstance(view, SourcesView)
    assert [(group.label, [entry.key for entry in group.entries]) for group in view.groups] == LETTERS
