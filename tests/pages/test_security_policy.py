"""Own templates are checked against the content security policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_copies import REPOSITORY, build, copy_site, write

from atlas.pages.security_policy import blocked_by_policy


def found(text: str) -> list[tuple[int, int]]:
    """The line and column of each part of a template that the policy blocks."""
    problems = list(blocked_by_policy("own.html", text))
    assert all(problem.rule == "blocked-by-policy" and problem.hint for problem in problems)
    return [(problem.span.line, problem.span.column) for problem in problems]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ('<p>\n<p ▶style="color:red">', '<p>\n<p class="own-red">'),
        ("<▶style>p { color: red }</style>", '<link rel="stylesheet" href="{{ view.head.root }}static/own.css">'),
        ('<a href="#x" ▶onclick="go()">', '<a href="#x" class="own-link">'),
        ("<▶script>go()</script>", '<script src="{{ r }}static/own.js" integrity="{{ frame.scripts["own.js"] }}"></script>'),
        ('<▶script src="{{ r }}static/own.js"></script>',
         '<script src="{{ r }}static/own.js" integrity="{{ frame.scripts["own.js"] }}"></script>'),
        ('<img alt="" ▶src="https://example.org/a.png">', '<img alt="" src="{{ r }}static/a.png">'),
        ('<▶iframe title="x" href="https://example.org/"></iframe>', '<a href="https://example.org/">x</a>'),
    ],
)  # fmt: skip
def test_what_browsers_will_not_apply_is_a_warning_at_its_place(text: str, fixed: str) -> None:
    before, _, after = text.partition("▶")
    assert found(before + after) == [(before.count("\n") + 1, len(before) - before.rfind("\n"))]
    assert found(fixed) == []


@pytest.mark.parametrize(
    "text",
    [
        '{# <p style="color:red"> #}',
        "<!-- <script>x</script> -->",
        '<script type="application/ld+json">{}</script>',
        "<p>style=fine</p>",
        '<p data-style="x">',
    ],
)
def test_what_is_no_breach_is_not_reported(text: str) -> None:
    assert found(text) == []


def test_the_templates_of_the_engine_keep_to_the_policy() -> None:
    for path in (REPOSITORY / "templates").glob("*.html"):
        assert list(blocked_by_policy(path.name, path.read_text(encoding="utf-8"))) == []


def test_an_own_template_is_checked_in_a_build(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    write(root, "templates/actor.html", '{% extends "_record.html" %}\n{% block opening %}<p style="x">{% endblock %}')
    report = build(root, tmp_path / "out")
    assert [(row["path"], row["line"], row["rule"]) for row in report.problems] == [
        ("templates/actor.html", 2, "blocked-by-policy")
    ]
