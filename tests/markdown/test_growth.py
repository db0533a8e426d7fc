"""Texts are read in time that grows in proportion to their length: twice the text, twice the work.

Work is counted in calls of functions. What is copied within one call is not counted: `benchmarks/texts.py` measures it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import calls
from small_atlases import converted, html_of

from atlas.markdown.blocks import read_blocks

LENGTH = 200


def repeated(text: str) -> Callable[[int], str]:
    return lambda times: text * times


TEXTS: dict[str, Callable[[int], str]] = {
    "definitions": repeated("Term\n:   What it means [@lamp1901].\n\n"),
    "entities": repeated("&amp; "),
    "escapes": repeated("\\* "),
    "code": repeated("`a` "),
    "emphasis": repeated("*a* **b** "),
    "open emphasis": repeated("*a "),
    "links": repeated("[a](https://a.example/) "),
    "citations": repeated("Words [@lamp1901, p. 3]. "),
    "citations without stops": repeated("words [@lamp1901, p. 3] "),
    "records": repeated("To [[lamp|the club]]. "),
    "footnotes": lambda times: "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(times)),
    "one footnote": lambda times: "a[^1] " * times + "\n\n[^1]: b\n",
    "pictures among words": repeated("a ![b](/files/c.png) "),
    "brackets that cite nothing": repeated("[a] "),
    "headings": repeated("## A {#a}\n\n"),
    "rows": lambda times: "| a | b |\n| --- | --- |\n" + "| one [@lamp1901] | other |\n" * times,
    "paragraphs": repeated("a\n\n"),
    "lists": repeated("- a\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_is_at_most_twice_the_work(name: str) -> None:
    write = TEXTS[name]
    converted(write(2))[0].with_places()  # what is imported and built once
    short, long = write(LENGTH), write(2 * LENGTH)
    assert calls(lambda: converted(long)[0].with_places()) < 2.1 * calls(lambda: converted(short)[0].with_places())


@pytest.mark.parametrize("name", [*TEXTS, "comments", "open comments"])
def test_twice_the_text_has_at_most_twice_the_work_for_its_blocks(name: str) -> None:
    write = {**TEXTS, "comments": repeated("<!-- a -->"), "open comments": repeated("<!-- a\n")}[name]
    read_blocks(write(2))
    short, long = write(LENGTH), write(2 * LENGTH)
    assert calls(lambda: read_blocks(long)) < 2.1 * calls(lambda: read_blocks(short))


# What reads marks within a paragraph is our own; the forms are those of Markdown.pl, "Span elements".


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("&amp; &#169; &copy; AT&T", "&amp; © © AT&amp;T"),
        ("*a* _b_ **c** __d__ ***e***", "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> "
         "<strong><em>e</em></strong>"),
        ("*a **b** c* **d *e* f**", "<em>a <strong>b</strong> c</em> <strong>d <em>e</em> f</strong>"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("\\*a\\* \\`b\\` \\\\`c`", "*a* `b` \\<code>c</code>"),
        ("`a` ``b ` c`` `&amp;` `*d*`", "<code>a</code> <code>b ` c</code> <code>&amp;amp;</code> <code>*d*</code>"),
        ("[*a* `b`](https://a.example/?c&d) e  \nf", '<a href="https://a.example/?c&amp;d"><em>a</em> <code>b</code></a>'
         " e<br>\nf"),
        ("*`a`* *[b](https://b.example/)* c", '<em><code>a</code></em> <em><a href="https://b.example/">b</a></em> c'),
        ("<https://a.example/_b_> <m@a.example>", '<a href="https://a.example/_b_">https://a.example/_b_</a> '
         '<a href="mailto:m@a.example">m@a.example</a>'),
    ],
)  # fmt: skip
def test_marks_within_a_paragraph(text: str, html: str) -> None:
    assert html_of(text, block=False) == html


def test_marks_of_emphasis_cut_no_other_mark() -> None:
    """The library cut a mark that stood where emphasis in another text was found ahead, and showed its own sign."""
    prose, _ = converted("a*****`c`**> ** *`c`*", block=False)
    assert prose.html == "a***<strong><code>c</code></strong>&gt; ** <em><code>c</code></em>"
