"""Formulas become MathML, prices stay text, and what a formula does not say is reported."""

from __future__ import annotations

import pytest
from counting import calls
from small_atlases import converted, places, rules_of

from atlas.markdown.formulas import to_mathml
from atlas.markdown.tokens import read_tokens


def formulas(text: str) -> list[str]:
    """The formulas of a text that has no problem."""
    prose, problems = converted(text)
    assert problems == ()
    return [slot.target for slot in prose.slots if slot.kind == "math"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is $E=mc^2$ and $a<b$.", ["E=mc^2", "a<b"]),
        ("$$\n\\frac{a}{b}\n$$", ["\\frac{a}{b}"]),
        ("$\\begin{aligned}a&=b\\\\c&=d\\end{aligned}$", ["\\begin{aligned}a&=b\\\\c&=d\\end{aligned}"]),
        ("| a |\n|---|\n| $|x|$ |", ["|x|"]),
        ("*$y_1$* and [a $x$](/actors/)", ["y_1", "x"]),
        ("$\\text{a \\$ b}$", ["\\text{a \\$ b}"]),
        ("- $x$\n- $y$", ["x", "y"]),
        ("为$x$是", ["x"]),
        ("$x = 5\\$$ and $\\$$", ["x = 5\\$", "\\$"]),
        ("> $$\n> x\n> +y\n> $$", ["x\n+y"]),
        ("> - $a > b\n>   +c$", ["a > b\n+c"]),
        ("> $$\nx\n$$", ["x"]),
        ("CO$_2$, n$^{th}$, 10$^{-3}$ and 3$\\alpha$", ["_2", "^{th}", "^{-3}", "\\alpha"]),
        ("see 2$x$ here, n$k$ and non-$p$-groups", ["x", "k", "p"]),
        ("$0 \\in NP$, $5x$ and $P(A | B)$", ["0 \\in NP", "5x", "P(A | B)"]),
        ("It cost $5 for tea, $x$", ["x"]),
    ],
)
def test_what_dollars_enclose_is_a_formula(text: str, found: list[str]) -> None:
    assert formulas(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "It cost $5 and $6.", "From US$5 to US$6, A$7 (HK$8).", "$20,000 and $30,000", "\\$x\\$", "`$x$`", "a $ b $ c",
        "5$ and 6$", "$.50", "$$$$", "```\n$x$\n```", "US$, HK$ and NT$", "in US$/HK$ terms", "Ke$ha and A$AP",
        "US$$, HK$$ and NT$$", "US-$5 and 6 HK-$.", "costs $5, or 7 US$.", "$5, or 6 HK-$.", "20$US and 30$US",
        "5$, 6$, 7$", "_in US$_, or _in HK$_", "US$m or 6 HK$.",
    ],
)  # fmt: skip
def test_money_and_code_are_no_formulas(text: str) -> None:
    """The rule is that of pandoc (User's Guide, "Extension: tex_math_dollars")."""
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "column"),
    [
        ("so $\\foo x$", "bad-formula", 4),
        ("so $\\frac{a$", "bad-formula", 4),
        ("so $a}$", "bad-formula", 4),
        ("so $x^2^3$", "bad-formula", 4),
        ("so $x_$", "bad-formula", 4),
        ("so $\\left( a$", "bad-formula", 4),
        ("so $\\begin{gather}a\\end{gather}$", "bad-formula", 4),
        ("so $a & b$", "bad-formula", 4),
        ("so $\\href{javascript:x}{y}$", "bad-formula", 4),
        ("so $\\style{color:red}{y}$", "bad-formula", 4),
        ("so $x + 1", "unread-markup", 4),
        ("so $x $", "unread-markup", 4),
        ("so $$5", "unread-markup", 4),
        ("so f$(x)$", "unread-markup", 5),
        ("so 2$x + y$", "unread-markup", 5),
        ("so $5 and then x$", "unread-markup", 4),
    ],
)
def test_a_mistake_in_a_formula_is_reported_at_its_place(text: str, rule: str, column: int) -> None:
    _, problems = converted(f"One.\n\n{text}")
    assert places(problems) == [(rule, 3, column)]
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize("quote", ["", "> "])
@pytest.mark.parametrize("row", ["| $5 | 20 US$ |", "| $5 | x$ |", "| $x$ | $|y|$ |"])
def test_a_bar_between_spaces_ends_a_formula_in_a_table(row: str, quote: str) -> None:
    for text in (f"| a | b |\n|---|---|\n{row}", f"{row}\n|---|---|\n| a | b |"):
        prose, _ = converted("\n".join(quote + line for line in text.split("\n")))
        assert (prose.html.count("</th>"), prose.html.count("</td>")) == (2, 2)


def test_a_formula_holds_no_markup_of_html() -> None:
    html, fault = to_mathml("\\text{<script>a & b</script>} <b>", display=False)
    assert fault
    html, fault = to_mathml("\\text{<script>a \\& b</script>} < c", display=True)
    assert fault is None
    assert "<script" not in html
    assert "&lt;script&gt;a" in html
    assert html.startswith('<math display="block">')


@pytest.mark.parametrize("formula", ["x = 50%", "x = 50\\%", "\\text{50%}", "\\text{50\\%}", "50% x"])
def test_a_percent_sign_in_a_formula_is_shown_and_hides_nothing(formula: str) -> None:
    """In LaTeX it would begin a comment, and the lines of a formula are one here."""
    html, fault = to_mathml(formula, display=False)
    assert fault is None
    assert html.count("%") == 1
    assert "\\" not in html
    assert ("x" in formula.replace("text", "")) == ("<mi>x</mi>" in html)


@pytest.mark.parametrize("text", ["$a ", "$`a` ", "a$ $b `", "$$a $ ", "a$b ", "$5 ab ", "$5 ab-$5", "| $a "])
def test_dollars_that_nothing_closes_are_read_in_time_that_grows_with_the_text(text: str) -> None:
    """Each would look for its end up to the end of the paragraph."""
    read_tokens(text)
    assert calls(lambda: read_tokens(text * 400)) < 2.1 * calls(lambda: read_tokens(text * 200))


def test_a_formula_within_the_name_of_a_record_is_reported() -> None:
    assert rules_of("see [[lamps|a $x$]]") == ["wrong-type"]
