"""The looks of an atlas on its pages: stylesheets, logo, foot, links to other sites, and files that are missing."""

from __future__ import annotations

import pytest
from small_atlases import LAMPS, SITE, actor, made
from small_pages import planned, rendered

from atlas.content.looks_model import Looks
from atlas.pages.looks_sheet import sheets_of, site_sheet

LABEL = "{en: Journal, fr: Revue, zh: 期刊}"
LOOKS = f"""\
looks:
  colours: {{link: "#036"}}
  dark_colours: {{quiet: "#ccc"}}
  fonts: {{serif: "EB Garamond, Georgia"}}
  footer: [/, /actors/, {{label: {LABEL}, url: "https://journal.example/"}}, {{label: {{en: ISSN, fr: ISSN, zh: ISSN}}}}]
"""


def test_an_atlas_without_looks_has_no_stylesheet_of_its_own() -> None:
    assert (site_sheet(Looks()), sheets_of(Looks())) == ("", ())


def test_the_stylesheet_sets_the_variables_of_that_of_the_engine() -> None:
    looks = Looks({"link": "#036"}, {"quiet": "#cccccc"}, {"sans": ("Inter", "Arial")})
    assert site_sheet(looks).splitlines() == [
        ':root { --latin-sans: "Inter", "Arial"; }',
        '@media screen and (prefers-color-scheme: light) { :root:not([data-theme="dark"]) '
        "{ --link: #036; --line: #00336673; } }",
        '@media screen { :root[data-theme="light"] { --link: #036; --line: #00336673; } }',
        '@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) '
        "{ --quiet: #cccccc; --dots: #cccccc99; } }",
        '@media screen { :root[data-theme="dark"] { --quiet: #cccccc; --dots: #cccccc99; } }',
    ]


def test_pages_have_the_looks_of_the_site() -> None:
    links = f"navigation: [/actors/, {{label: {LABEL}, url: 'https://journal.example/'}}]\n"
    site = SITE.replace("navigation: [/actors/]\n", links + LOOKS)
    pages, _ = rendered(made({LAMPS: actor("Lamps")}, site=site))
    page = pages["fr/actors/lamps/index.html"]
    assert page.index("static/atlas.css") < page.index('href="../../../static/site.css"')
    menu, foot = page.split("<main", 1)[0], page.split("<footer", 1)[1]
    assert '<a href="https://journal.example/">Revue</a>' in menu
    assert '<a href="https://journal.example/">Revue</a>' in foot
    assert "<li>ISSN</li>" in foot
    assert 'href="../../actors/"' in foot
    assert '<li><a href="../../">' in foot


@pytest.mark.parametrize(
    ("looks", "part"),
    [
        ("logo: logo.svg", "content/files/logo.svg"),
        ("stylesheet: own.css", "templates/static/own.css"),
        ("font_files: [{family: A, file: a.woff2}]", "templates/static/a.woff2"),
        ("footer: [/nowhere/]", '"/nowhere/"'),
    ],
)
def test_a_file_or_page_that_is_not_there_is_an_error_at_its_place(looks: str, part: str) -> None:
    _, problems = planned(made({LAMPS: actor("Lamps")}, site=f"{SITE}looks:\n  {looks}\n"))
    assert [(problem.span.line, part in problem.message) for problem in problems] == [(SITE.count("\n") + 2, True)]
