"""Colours of `looks`: their contrast is that of WCAG, and text that is hard to read is reported where it is chosen."""

from __future__ import annotations

import re

import pytest
from site_copies import REPOSITORY
from small_atlases import SITE

from atlas.content.looks import contrast
from atlas.content.model import Site
from atlas.content.site_config import SITE_PATH, read_site
from atlas.core.problems import Problem
from atlas.core.sources import Source
from atlas.schema.looks_schema import DARK, LIGHT


def site_with(text: str) -> tuple[Site | None, list[Problem]]:
    """A small site with more in it, and its problems."""
    site, _, problems = read_site({SITE_PATH: Source(SITE_PATH, SITE + text)})
    return site, list(problems)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#ffffff", 21.0), ("#777777", "#fff", 4.48), ("#767676", "#ffffff", 4.54), ("#abc", "#aabbcc", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """21 to 1 is the largest (WCAG 2.2); #767676 is the lightest grey with 4.5 to 1 on white."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_text_that_is_hard_to_read_is_reported_where_it_is_chosen() -> None:
    site, problems = site_with('looks:\n  colours: {paper: "#fff", link: "#999"}\n  dark_colours: {paper: "#888"}\n')
    assert site
    rows = {(problem.rule.value, problem.severity, problem.span.line) for problem in problems}
    start = SITE.count("\n")
    assert rows == {("low-contrast", "warning", start + 2), ("low-contrast", "warning", start + 3)}
    assert any("link #999 on paper #fff has a contrast of 2.8 to 1" in problem.message for problem in problems)


def test_the_colours_of_the_engine_can_be_read() -> None:
    rows = [f'  {key}: {{ink: "{table["ink"]}"}}\n' for key, table in (("colours", LIGHT), ("dark_colours", DARK))]
    assert site_with("looks:\n" + "".join(rows))[1] == []


def test_the_colours_of_the_schema_are_those_of_the_stylesheet() -> None:
    sheet = (REPOSITORY / "templates/static/atlas.css").read_text(encoding="utf-8")
    light, system, chosen = (dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", part)) for part in _schemes(sheet))
    assert light == LIGHT
    assert system == chosen == DARK


def _schemes(sheet: str) -> list[str]:
    """The colours of light pages, of dark ones where the system asks for them, and where the reader has chosen."""
    selectors = (":root", ':root:not([data-theme="light"])', ':root[data-theme="dark"]')
    return [re.findall(rf"(?ms)^ *{re.escape(selector)} \{{(.*?)\}}", sheet)[0] for selector in selectors]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("looks: {colours: {link: red}}\n", "wrong-type"),
        ("looks: {colours: {lnk: '#000'}}\n", "unknown-key"),
        ("looks: {fonts: {serif: 'a; b'}}\n", "wrong-type"),
        ("looks: {font_files: [{family: A}]}\n", "missing-key"),
        ("looks: {footer: [{label: {en: x, fr: x, zh: x}, url: 'ftp://x'}]}\n", "bad-address"),
    ],
)
def test_looks_that_cannot_be_are_errors(text: str, rule: str) -> None:
    assert [problem.rule.value for problem in site_with(text)[1]] == [rule]


@pytest.mark.parametrize(
    "entry",
    [
        "{label: {en: a, fr: a, zh: a}}",
        "{url: 'https://x.example/'}",
        "{label: {en: a, fr: a, zh: a}, pages: [{url: 'https://x.example/'}]}",
    ],
)
def test_a_menu_entry_that_leads_nowhere_is_an_error(entry: str) -> None:
    text = SITE.replace("navigation: [/actors/]", f"navigation: [{entry}]")
    _, _, problems = read_site({SITE_PATH: Source(SITE_PATH, text)})
    assert [problem.rule.value for problem in problems] == ["missing-key"]
