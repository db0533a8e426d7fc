"""What a page would show as it is typed: each form is one warning at its place, and its remedy works."""

from __future__ import annotations

import pytest
from small_atlases import converted, places, rules_of

# A form with ▶ where the warning must stand, and the same after its remedy was applied.
FORMS = {
    "an unclosed citation": ("A ▶[@w1.", "A [@w1]."),
    "an unclosed link": ("A ▶[[leopoldina] text [@w1].", "A [[leopoldina]] text [@w1]."),
    "an unclosed bracket": ("A ▶[remark is here.", "A \\[remark is here."),
    "a superscript without its end": ("the XIX▶^e siècle", "the XIX^e^ siècle"),
    "a power": ("so 2▶^10 of them", "so 2^10^ of them"),
    "a bracket that nothing opens": ("one▶] and two] so", "one\\] and two\\] so"),
    "a formula without its end": ("so ▶$x^2^ is", "so $x^2$ is"),
    "an unclosed picture": ("A\n\n▶![caption (/files/a.png)", "A\n\n![caption](/files/a.png)"),
    "unclosed bold": ("A ▶**bold word [@w1].", "A **bold** word [@w1]."),
    "unclosed emphasis": ("A ▶*word here.", "A *word* here."),
    "unclosed emphasis by underscores": ("A ▶_word here.", "A \\_word here."),
    "bold with a space before its end": ("A ▶**bold **word.", "A **bold** word."),
    "bold in the middle of Chinese words": ("▶__测试__一些", "**测试**一些"),
    "unclosed code": ("A ▶`code here.", "A `code` here."),
    "an unclosed id": ("A paragraph. ▶{#one", "A paragraph. {#one}"),
    "an unclosed address": ("See ▶<https://a.example/ here.", "See <https://a.example/> here."),
    "rows of bars": ("▶| a | b |\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    "rows of bars with a short line below the first": ("▶| a | b |\n| - |\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 | 2 |"),
    "rows with too long a line below the first": ("a | b\n▶--|--|--\nc | d", "a | b\n--|--\nc | d"),
    "text below a table": ("| a |\n| - |\n| b |\n▶text", "| a |\n| - |\n| b |\n\ntext"),
    "bullets of Word": ("▶•\tFirst point\n•\tSecond", "- First point\n- Second"),
    "bullets of Word in a paragraph": ("Points:\n▶• one\n• two", "Points:\n- one\n- two"),
    "numbers without a space": ("1.one\n▶2.two", "1. one\n2. two"),
    "a list that begins at two below text": ("Points:\n2. two\n▶3. three", "Points:\n\n2. two\n3. three"),
    "Chinese numbers": ("1、一\n▶2、二", "1. 一\n2. 二"),
    "indented code": ("A\n\n    ▶code", "A\n\n```\ncode\n```"),
    "a skipped level": ("## A {#a}\n\nb\n\n▶#### C {#c}", "## A {#a}\n\nb\n\n### C {#c}"),
    "a first heading of level three": ("▶### A {#a}", "## A {#a}"),
    "Liquid": ("Quire ▶{% cite 'Evans 1938' %} and so on.", "Quire [@evans1938] and so on."),
    "Hugo": ('Hugo ▶{{< figure src="x.png" >}}.', "Hugo."),
    "a variable": ("It is ▶{{ page.title }}.", "It is the title."),
    "a block of Quarto": ("▶::: {.callout-note}\nNote this.\n:::", "Note this."),
    "a directive of MyST in a fence": ("a\n\n▶```{note}\nMyST directive\n```", "a\n\nMyST directive"),
    "a chunk of Quarto": ("▶```{r}\nx <- 1\n```", "```r\nx <- 1\n```"),
    "the id of a block within a line": ("See ▶^block-id and more", "See [it](#block-id) and more"),
    "a directive of MyST with options": ("▶:::{figure} x.png\n:name: fig\n:::", "![caption](/files/x.png)"),
    "a directive of MyST with colons": ("▶:::{figure} x.png\n:::", "![caption](/files/x.png)"),
    "an admonition": ('▶!!! note "Material"\n    body', "body"),
    "a callout of another kind": ("> ▶[!DANGER]\n> body", "> [!CAUTION]\n> body"),
    "a callout with a title": ("> ▶[!NOTE] Title\n> body", "> [!NOTE]\n> **Title**\n> body"),
    "a callout outside a quotation": ("▶[!NOTE]\nbody", "> [!NOTE]\n> body"),
    "a callout without words": ("▶> [!NOTE]\n\nbody", "> [!NOTE]\n> body"),
    "a callout whose words are not quoted": ("▶> [!NOTE]\nbody", "> [!NOTE]\n> body"),
    "a callout that begins with a colon": ("> [!NOTE]\n> ▶: x", "> [!NOTE]\n> Term\n> : x"),
    "a second caption": ("| a |\n|---|\n: b\n▶: c", "| a |\n|---|\n: b\n  c"),
    "a second caption apart": ("| a |\n|---|\n: b\n\n▶: c", "| a |\n|---|\n: b c"),
    "an empty caption": ("| a |\n|---|\n▶: ", "| a |\n|---|\n: b"),
    "bars alone": ("▶|\n|", "\\|\n\\|"),
    "a name of the shell": ("Use ▶$HOME or `a$b`.", "Use `$HOME` or `a$b`."),
    "a dollar before Chinese words": ("公式▶$x 为", "公式$x$为"),
    "a dollar before a citation": ("▶$x [@w1] y$", "\\$x [@w1] y$"),
    "an abbreviation that is in an address only": ("▶*[UN]: United\n\nhttps://UN.org", "*[UN]: United\n\nUN, https://UN.org"),
    "an abbreviation that no text has": ("▶*[UN]: United\n\nthe UNO", "*[UNO]: United\n\nthe UNO"),
    "an abbreviation that nothing explains": ("▶*[UN]:\n\nthe UN", "*[UN]: United\n\nthe UN"),
    "a role of MyST": ("MyST ▶{cite:p}`doe2001` so.", "MyST [@doe2001] so."),
    "a target of MyST": ("▶(label)=\n\nText", "Text {#label}"),
    "a directive of reStructuredText": ("▶.. note:: This", "This"),
    "a role of reStructuredText": ("see ▶:ref:`x` now", "see [x](#x) now"),
    "a command of LaTeX": ("LaTeX ▶\\cite{doe2001}.", "LaTeX [@doe2001]."),
    "emphasis of LaTeX": ("LaTeX ▶\\emph{word}.", "LaTeX *word*."),
    "quotation marks of LaTeX": ("He said ▶``so''.", "He said “so”."),
    "an embedded note": ("Obsidian ▶![[embed]].", "Obsidian [[embed]]."),
    "the id of a block": ("A paragraph ▶^block-id", "A paragraph {#block-id}"),
    "highlighted words": ("A ▶==hl== word.", "A **hl** word."),
    "a comment of Obsidian": ("A ▶%%no%% word.", "A <!-- no --> word."),
    "a note in a line": ("A▶^[like this one].", "A[^1].\n\n[^1]: like this one"),
    "a table of contents": ("▶[TOC]\n\nText", "Text"),
    "the boxes of tasks": ("▶- [ ] to do\n- [x] done", "- ☐ to do\n- ☑ done"),
    "a field of Word": ("See ▶Error! Reference source not found.", "See the table."),
    "a French field of Word": ("Voir ▶Erreur ! Source du renvoi introuvable.", "Voir le tableau."),
    "a Chinese field of Word": ("见▶错误！未找到引用源。", "见表。"),
    "a citation of Zotero in Word": ("So ▶ADDIN ZOTERO_ITEM CSL_CITATION it is.", "So [@w1] it is."),
    "an address of Google Docs": ("See [it](▶https://www.google.com/url?q=https://a.example/&sa=D).", "See [it](https://a.example/)."),
    "a link of a wiki": ("See ▶[https://a.example/ it] now.", "See [it](https://a.example/) now."),
    "a reversed link": ("See ▶(it)[https://a.example/] now.", "See [it](https://a.example/) now."),
    "a link in two parts": ("See [it▶] (https://a.example/) now.", "See [it](https://a.example/) now."),
    "emphasis of a wiki": ("See ▶'''it''' now.", "See **it** now."),
    "an emoji": ("Well done ▶:tada: now.", "Well done 🎉 now."),
}  # fmt: skip


def line_and_column(text: str) -> tuple[str, tuple[int, int]]:
    """A text without its ▶, and where that stood."""
    before, _, after = text.partition("▶")
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(("form", "remedied"), FORMS.values(), ids=FORMS.keys())
def test_a_form_that_is_not_read_is_one_warning_whose_remedy_works(form: str, remedied: str) -> None:
    text, place = line_and_column(form)
    problems = converted(text)[1]
    assert [(line, column) for _, line, column in places(problems)] == [place]
    assert [problem.severity for problem in problems] == ["warning"]
    assert problems[0].hint
    assert rules_of(remedied) == []


PLAIN = {
    "a product": "2*3 and 2 * 3",
    "an asterisk behind a word": "born* in 1901",
    "names with underscores": "snake_case_name and _private_",
    "an approximate number": "~100 people, ~200 more",
    "a range": "1990~1995年，2000~2005年",
    "a time": "at 12:30:45 and 10:20",
    "a path": "`C:\\Users` and \\\\server",
    "a year at the beginning of a line": "He left in\n1999. It rained.",
    "a dialogue": "— Bonjour.\n— Bonsoir.",
    "a colon between words": "one : two : three",
    "an interval": "the interval \\[0, 1)",
    "everything in code": "`{% x %}` and ``{{ `y` }}``\n\n```\n::: note\n\\cite{x}\n• a\n| b |\n```",
    "everything in a comment": "a <!-- {% x %} \\cite{y} **z --> b",
    "what is escaped": "\\*\\*a \\`b \\{% c %}",
    "percentages": "10% of 20% and 30 %",
    "a citation": "[see @doe2001, pp. 3–5; @w1]",
    "bars in words": "a | b",
    "indented lines of a paragraph": "- a\n\n  b\n      c",
}  # fmt: skip


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN.keys())
def test_what_is_meant_as_it_is_is_not_reported(text: str) -> None:
    assert rules_of(text) == []


def test_one_kind_of_form_is_reported_once_in_a_paragraph() -> None:
    assert rules_of("a {% b %} c {% d %}\n\n{% e %}") == ["unread-markup", "unread-markup"]
