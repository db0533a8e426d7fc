"""Markdown as pages show it: its blocks, what can be pointed at, sentences, and what never gets through."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_atlases import converted, html_of, in_words, places, rules_of, visible

from atlas.markdown.prose import Prose, convert, fill, mark_han, plain, sentence_with
from atlas.markdown.slots import SLOT

# Blocks.

FORMS = {
    "a paragraph": ("one", "<p>one</p>"),
    "two paragraphs": ("one\n\ntwo", "<p>one</p><p>two</p>"),
    "emphasis": ("*one* **two** _three_", "<p><em>one</em> <strong>two</strong> <em>three</em></p>"),
    "code": ("see `a < b`", "<p>see <code>a &lt; b</code></p>"),
    "a fence": ("```\na < b\n\n[[lamps]]\n```", "<pre><code>a &lt; b\n\n[[lamps]]\n</code></pre>"),
    "a list": ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    "a numbered list": ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
    "a nested list": ("- one\n    - two\n- three", "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"),
    "a rule": ("one\n\n---\n\ntwo", "<p>one</p><hr><p>two</p>"),
    "a line end": ("one  \ntwo", "<p>one<br>two</p>"),
    "a quotation": ("> one\n> two", "<blockquote><p>one two</p></blockquote>"),
    "a quotation with its source": (
        "> one\n>\n> — [@lamp1901, p. 3]",
        "<blockquote><p>one</p><footer>— ⟦0⟧</footer></blockquote>",
    ),
    "a quotation with its source in the next line": (
        "> one\n> — [@lamp1901, p. 3]",
        "<blockquote><p>one</p><footer>— ⟦0⟧</footer></blockquote>",
    ),
    "a quotation of two paragraphs with its source": (
        "> one\n>\n> two\n>\n> — [@lamp1901]",
        "<blockquote><p>one</p><p>two</p><footer>— ⟦0⟧</footer></blockquote>",
    ),
    "a dialogue quoted": (
        "> — Bonjour.\n>\n> — Bonsoir.\n>\n> — [@lamp1901]",
        "<blockquote><p>— Bonjour.</p><p>— Bonsoir.</p><footer>— ⟦0⟧</footer></blockquote>",
    ),
    "a definition list": ("Lamp\n: a light", "<dl><dt>Lamp</dt><dd>a light</dd></dl>"),
    "two meanings": ("Lamp\n: a light\n: a sign", "<dl><dt>Lamp</dt><dd>a light</dd><dd>a sign</dd></dl>"),
    "a heading": ("## One {#one}", '<h2 id="one">One</h2>'),
    "a heading below a heading": ("## One {#one}\n### Two {#two}", '<h2 id="one">One</h2><h3 id="two">Two</h3>'),
    "a heading above its text": ("## One {#one}\nand two", '<h2 id="one">One</h2><p>and two</p>'),
    "a Chinese heading above its text": ("## 灯 {#one}\n灯塔", '<h2 id="one">灯</h2><p>灯塔</p>'),
    "a heading with closing signs": ("## One ## {#one}", '<h2 id="one">One</h2>'),
    "an underlined heading": ("One {#one}\n---\nand two", '<h2 id="one">One</h2><p>and two</p>'),
    "an underlined heading of two lines": ("One\nand two {#one}\n---", '<h2 id="one">One and two</h2>'),
    "a list below text": ("two:\n- one\n- two", "<p>two:</p><ul><li>one</li><li>two</li></ul>"),
    "a list that begins at three": ("3. one\n4. two", '<ol start="3"><li>one</li><li>two</li></ol>'),
    "a list of two spaces in a list": ("- one\n  - two", "<ul><li>one<ul><li>two</li></ul></li></ul>"),
    "two lists": ("1. one\n\n- two", "<ol><li>one</li></ol><ul><li>two</li></ul>"),
    "a fence in a list": ("- one\n\n  ```\n  a\n  ```", "<ul><li><p>one</p><pre><code>a\n</code></pre></li></ul>"),
    "two terms": ("Lamp\n: a light\nPier\n: a walk", "<dl><dt>Lamp</dt><dd>a light</dd><dt>Pier</dt><dd>a walk</dd></dl>"),
    "a number sign at the beginning of a line": ("one\n#1 of the list", "<p>one #1 of the list</p>"),
    "a comment": ("one\n\n<!-- two -->\n\nthree", "<p>one</p><p>three</p>"),
    "a picture alone": ("![A lamp](/files/lamp.png)", "<figure>⟦0⟧<figcaption>A lamp⟦1⟧</figcaption></figure>"),
    "a picture between paragraphs": (
        "one\n\n![A lamp](/files/lamp.png)\n\ntwo",
        "<p>one</p><figure>⟦0⟧<figcaption>A lamp⟦1⟧</figcaption></figure><p>two</p>",
    ),
    "a callout": (
        "> [!Note]\n> one\n>\n> two {.reading}\n\n> three",
        '<div class="callout note" role="note">⟦1⟧<p>one</p><p class="reading">two</p></div>'
        "<blockquote><p>three</p></blockquote>",
    ),
    "a callout of a list": (
        "> [!TIP]\n>\n> - one",
        '<div class="callout tip" role="note">⟦0⟧<ul><li>one</li></ul></div>',
    ),
    "a callout of a definition list": (
        "> [!NOTE]\n> Term\n> : meaning",
        '<div class="callout note" role="note">⟦0⟧<dl><dt>Term</dt><dd>meaning</dd></dl></div>',
    ),
    "a callout of a rule": ("> [!NOTE]\n> ---", '<div class="callout note" role="note">⟦0⟧<hr></div>'),
    "a callout of verse": (
        "> [!NOTE]\n> | a\n> | b",
        '<div class="callout note" role="note">⟦0⟧<div class="verse"><p>a<br>b</p></div></div>',
    ),
    "a callout of a list that begins at two": (
        "> [!NOTE]\n> 2. one",
        '<div class="callout note" role="note">⟦0⟧<ol start="2"><li>one</li></ol></div>',
    ),
    "a formula of several lines in a quotation": (
        "> $$\n> x\n> +y\n> $$\n> one",
        "<blockquote><p>⟦0⟧ one</p></blockquote>",
    ),
    "a caption that ends with a citation": (
        "![A lamp [@lamp1901]](/files/lamp.png)",
        "<figure>⟦0⟧<figcaption>A lamp ⟦2⟧⟦1⟧</figcaption></figure>",
    ),
    "a caption that ends with a record": (
        "![See [[lamps]]](/files/lamp.png){#fig-lamp}",
        '<figure id="fig-lamp">⟦0⟧<figcaption>See ⟦2⟧⟦1⟧</figcaption></figure>',
    ),
    "a caption that is words in another language": (
        "![[灯]{lang=zh}](/files/lamp.png)",
        "<figure>⟦0⟧<figcaption>⟦2⟧灯⟦3⟧⟦1⟧</figcaption></figure>",
    ),
    "a caption that ends with a link": (
        "![a [b](/actors/)](/files/lamp.png)",
        "<figure>⟦0⟧<figcaption>a ⟦2⟧b⟦3⟧⟦1⟧</figcaption></figure>",
    ),
    "a caption that is a formula": (
        "![$x$](/files/lamp.png)",
        "<figure>⟦0⟧<figcaption>⟦2⟧⟦1⟧</figcaption></figure>",
    ),
    "a picture alone in an item": (
        "- ![A lamp](/files/lamp.png){#fig-lamp}\n- one",
        '<ul><li><figure id="fig-lamp">⟦0⟧<figcaption>A lamp⟦1⟧</figcaption></figure></li><li>one</li></ul>',
    ),
    "a picture above a list in its item": (
        "- ![A lamp](/files/lamp.png)\n  - one",
        "<ul><li><figure>⟦0⟧<figcaption>A lamp⟦1⟧</figcaption></figure><ul><li>one</li></ul></li></ul>",
    ),
    "a picture as a meaning": (
        "Lamp\n: ![A lamp](/files/lamp.png)",
        "<dl><dt>Lamp</dt><dd><figure>⟦0⟧<figcaption>A lamp⟦1⟧</figcaption></figure></dd></dl>",
    ),
    "a picture as a note": (
        "one[^1]\n\n[^1]: ![A lamp](/files/lamp.png)",
        '<p>one<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p><div class="footnote"><hr><ol>'
        '<li id="fn:1"><figure>⟦0⟧<figcaption>A lamp⟦1⟧</figcaption></figure>'
        '<p><a class="footnote-backref" href="#fnref:1" title="↩1">↩</a></p></li></ol></div>',
    ),
    "an abbreviation in another script": (
        "*[ООН]: N\n*[ΣΑ]: S\n\nООН, ООНовец, ΣΑΣ ΣΑ, UN은",
        '<p><abbr title="N">ООН</abbr>, ООНовец, ΣΑΣ <abbr title="S">ΣΑ</abbr>, UN은</p>',
    ),
    "an abbreviation before Korean and Japanese": (
        "*[UN]: N\n\nUN은 UNの",
        '<p><abbr title="N">UN</abbr>은 <abbr title="N">UN</abbr>の</p>',
    ),
    "an abbreviation beside combining marks": (
        "*[AB]: N\n*[क]: K\n\nAB, AB\u0301 e\u0301AB, क की",
        '<p><abbr title="N">AB</abbr>, AB\u0301 e\u0301AB, <abbr title="K">क</abbr> की</p>',
    ),
    "an abbreviation in scripts without spaces": (
        "*[UN]: N\n\nที่UNใน, ສUNສ",
        '<p>ที่<abbr title="N">UN</abbr>ใน, ສ<abbr title="N">UN</abbr>ສ</p>',
    ),
    "an abbreviation that is the name of an entity": (
        "*[amp]: A\n*[lt]: L\n\na & b < c amp lt",
        '<p>a &amp; b &lt; c <abbr title="A">amp</abbr> <abbr title="L">lt</abbr></p>',
    ),
    "an abbreviation in an address": (
        "*[UN]: N\n\nUN, https://UN.org, a@UN.org, [UN](https://UN.org)",
        '<p><abbr title="N">UN</abbr>, <a href="https://UN.org">https://UN.org</a>, '
        '<a href="mailto:a@UN.org">a@UN.org</a>, <a href="https://UN.org"><abbr title="N">UN</abbr></a></p>',
    ),
    "an abbreviation": (
        "*[ABC]: A \"b\" <c>\nABC, ABCD, 用ABC `ABC`",
        '<p><abbr title="A &quot;b&quot; &lt;c&gt;">ABC</abbr>, ABCD, '
        '用<abbr title="A &quot;b&quot; &lt;c&gt;">ABC</abbr> <code>ABC</code></p>',
    ),
    "verse": ("| one\n| *two*\n|\n| three", '<div class="verse"><p>one<br><em>two</em></p><p>three</p></div>'),
    "verse with two empty lines": ("| one\n|\n|\n| two", '<div class="verse"><p>one</p><p>two</p></div>'),
    "verse with a line end by a backslash": ("| one\\\n| two", '<div class="verse"><p>one<br>two</p></div>'),
    "verse that ends with a backslash": ("| one\n| two\\\\", '<div class="verse"><p>one<br>two\\</p></div>'),
    "a formula with bars in verse": ("| $|x|$\n| two", '<div class="verse"><p>⟦0⟧<br>two</p></div>'),
    "a formula with bars in the head of a table": (
        "| $|x|$ | b |\n|---|---|",
        '<div class="table" tabindex="0"><table><thead><tr><th scope="col">⟦0⟧</th><th scope="col">b</th></tr></thead>'
        "</table></div>",
    ),
    "a table whose head has one bar": (
        "| one\n|---|\n| two",
        '<div class="table" tabindex="0"><table><thead><tr><th scope="col">one</th></tr></thead>'
        "<tbody><tr><td>two</td></tr></tbody></table></div>",
    ),
    "a figure": (
        "![A *lamp* [@lamp1901]](/files/lamp.png){#fig-lamp width=60%}",
        '<figure id="fig-lamp" class="of-60">⟦0⟧<figcaption>A <em>lamp</em> ⟦2⟧⟦1⟧</figcaption></figure>',
    ),
    "a table with its caption": (
        "| a |\n|---|\n: A *lamp* {#tbl-lamp}",
        '<div class="table" tabindex="0"><table id="tbl-lamp"><caption>A <em>lamp</em></caption>'
        '<thead><tr><th scope="col">a</th></tr></thead></table></div>',
    ),
    "a caption apart from its table": (
        "| a |\n|---|\n\n: Lamps\n  and piers\n\none",
        '<div class="table" tabindex="0"><table><caption>Lamps and piers</caption>'
        '<thead><tr><th scope="col">a</th></tr></thead></table></div><p>one</p>',
    ),
    "a link to elsewhere": ("[one](https://a.example/)", '<p><a href="https://a.example/">one</a></p>'),
    "an address": ("<https://a.example/>", '<p><a href="https://a.example/">https://a.example/</a></p>'),
    "an e-mail address": ("<a@b.example>", '<p><a href="mailto:a@b.example">a@b.example</a></p>'),
    "an address as it stands": (
        "See https://a.example/b_(c)?d=e_f, www.a.example/x. Then",
        '<p>See <a href="https://a.example/b_(c)?d=e_f">https://a.example/b_(c)?d=e_f</a>, '
        '<a href="http://www.a.example/x">www.a.example/x</a>. Then</p>',
    ),
    "an address among Chinese signs": (
        "见https://a.example/b，然后",
        '<p>见<a href="https://a.example/b">https://a.example/b</a>，然后</p>',
    ),
    "an e-mail address as it stands": (
        "To keeper.one@a.example.",
        '<p>To <a href="mailto:keeper.one@a.example">keeper.one@a.example</a>.</p>',
    ),
    "an address as the words of its link": (
        "[https://a.example/](https://a.example/)",
        '<p><a href="https://a.example/">https://a.example/</a></p>',
    ),
    "an address in code": ("`https://a.example/` `a@b.example`", "<p><code>https://a.example/</code> <code>a@b.example</code></p>"),
    "a line end by a backslash": ("one\\\ntwo", "<p>one<br>two</p>"),
    "a superscript": ("the XIX^e^ and 10^-6^", "<p>the XIX<sup>e</sup> and 10<sup>-6</sup></p>"),
    "a subscript": ("H~2~O and x~i+1~", "<p>H<sub>2</sub>O and x<sub>i+1</sub></p>"),
    "struck words": ("~~one *two*~~ three", "<p><del>one <em>two</em></del> three</p>"),
    "ranges": ("1990~1995年，2000~2005年", "<p>1990~1995年，2000~2005年</p>"),
    "a less-than": (r"a < b, a \<b\>", "<p>a &lt; b, a &lt;b&gt;</p>"),
    "an ampersand": ("a & b &amp; c", "<p>a &amp; b &amp; c</p>"),
    "quotation marks": ("\"one\" 'two' -- three...", "<p>\"one\" 'two' -- three...</p>"),
    "an escape": (r"a \* b \[c\]", "<p>a * b [c]</p>"),
    "links and citations": ("see [[lamps]] [@lamp1901].", "<p>see ⟦0⟧ ⟦1⟧.</p>"),
    "links on two lines": ("see [[lamps]]\n[[bridges]] too", "<p>see ⟦0⟧ ⟦1⟧ too</p>"),
    "a citation on its own line": ("So it was.\n[@lamp1901]\n[@tide1910]", "<p>So it was. ⟦0⟧ ⟦1⟧</p>"),
    "words in another language": ("the [灯]{lang=zh} lamp", "<p>the ⟦0⟧灯⟦1⟧ lamp</p>"),
}  # fmt: skip


def without_permalinks(text: str) -> str:
    """The HTML of a text that has no problem, its slots as `⟦0⟧`, without those that become links to their block."""
    prose, problems = converted(text)
    assert problems == ()
    own = {number for number, slot in prose.used() if slot.kind == "attributes"}
    return visible(SLOT.sub(lambda found: "" if int(found[1]) in own else found[0], prose.html))


def in_one_line(html: str) -> str:
    """HTML without the line ends that a browser does not show."""
    kept = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    return "".join(
        part if part.startswith("<pre>") else re.sub(r"(?<=>)\n+|\n+(?=<)", "", part).replace("\n", " ")
        for part in kept
    )


@pytest.mark.parametrize(("text", "html"), FORMS.values(), ids=FORMS.keys())
def test_each_form_becomes_its_html(text: str, html: str) -> None:
    assert in_one_line(without_permalinks(text)) == html


def test_a_table_has_headers_and_may_be_wider_than_the_page() -> None:
    html = in_one_line(html_of("| a | b |\n|---|--:|\n| `c|d` | [[lamps|the lamps]] |"))
    assert "<code>e|f</code>" in html_of("| a |\n|---|\n| `e\\|f` |")
    assert html.startswith('<div class="table" tabindex="0"><table><thead><tr><th scope="col">a</th>')
    assert '<th scope="col" class="to-right">b</th>' in html
    assert "<tbody><tr><td><code>c|d</code></td>" in html
    assert "⟦0⟧</td></tr></tbody></table></div>" in html


def test_a_row_that_is_too_long_for_its_table_loses_nothing_in_silence() -> None:
    prose, problems = converted("| a |\n|---|\n| b | see [[lamps]] |")
    assert problems or len(prose.used()) == 1


def test_a_note_is_at_the_foot_with_ways_there_and_back() -> None:
    html = html_of("one[^lamp] two[^lamp]\n\n[^lamp]: A lamp [@lamp1901].")
    assert html.count('href="#fn:lamp"') == 2
    assert '<li id="fn:lamp">' in html
    assert 'id="fnref:lamp"' in html
    assert 'href="#fnref:lamp"' in html
    assert "A lamp ⟦0⟧" in html


def test_a_picture_inside_a_line_is_reported() -> None:
    """A figure cannot stand in a paragraph."""
    assert rules_of("see ![A lamp](/files/lamp.png) there") == ["wrong-type"]
    assert rules_of("![A lamp](/files/lamp.png)", block=False) == ["wrong-type"]


def test_verse_keeps_the_spaces_that_indent_a_line() -> None:
    assert "<br>\n\u00a0\u00a0two lamps" in converted("| one\n|   two lamps")[0].html


def test_figures_and_tables_are_numbered_apart_in_the_order_of_the_text() -> None:
    text = "See @fig-b, [@fig-a] and @tbl-c.\n\n![](/files/a.png){#fig-a}\n\n![](/files/b.png)\n\n"
    prose, problems = converted(text + "![](/files/b.png){#fig-b}\n\n| a |\n|---|\n| b |\n: C {#tbl-c}")
    assert problems == ()
    assert [(slot.target, slot.label) for slot in prose.slots if slot.kind == "figure"] == [
        ("fig-b", "2"), ("fig-a", "1"), ("tbl-c", "1")
    ]  # fmt: skip
    assert prose.anchors == {"fig-a", "fig-b", "tbl-c"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("![A](/files/a.png){#a}", "bad-id"),
        ("| a |\n|---|\n: A {#fig-a}", "bad-id"),
        ("| a |\n|---|\n: A {#tbl-a width=50%}", "unknown-key"),
        ("A {#a width=50%}", "unknown-key"),
        ("![A](/files/a.png){fig-alt=A}", "unknown-key"),
        ("![A](/files/a.png){#fig-a .reading}", "unknown-key"),
        ("![A](/files/a.png){#fig-a}\n\n![B](/files/a.png){#fig-a}", "duplicate-id"),
        ("See @fig-a.", "unknown-fragment"),
        ("## H {#h}\n\n: Above\n\n| a |\n|---|", "unread-markup"),
    ],
)
def test_a_mistake_in_a_figure_or_table_is_reported(text: str, rule: str) -> None:
    assert rule in rules_of(text)


def test_a_picture_by_reference_is_reported() -> None:
    """Otherwise it would vanish: pictures come from the files of the atlas."""
    assert rules_of("see ![A lamp][l] there\n\n[l]: https://a.example/l.png") != []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("*see [the* lamps](/actors/)", 1, 6),
        ("| a | b |\n|---|---|\n| [c | d](/actors/) |", 3, 3),
        ("| a |\n|---|\n| b | c |", 3, 1),
        ("see\n[lamps](https://a.example/ (Lamps))", 2, 1),
        ('see [lamps](/actors/ "Lamps")', 1, 5),
        ("see\n\n```\nno end", 3, 1),
        ("> Lit.\n>\n> — [@lamp1901] {#lit dimension=origin}", 3, 17),
        ("one\n\n- ![A lamp](/files/lamp.png) two", 3, 3),
        ("- ![A lamp](/files/lamp.png)\n  two", 1, 3),
        ("| a |\n|---|\n| ![A lamp](/files/lamp.png) |", 3, 3),
        ("see <https://a.example/> and [a <https://a.example/>](/actors/)", 1, 33),
        ("see [a note[^1]](/actors/)\n\n[^1]: Noted.", 1, 12),
        ("a [lamp][l] and [a [[lamps]]][l]\n\n[l]: https://a.example/", 1, 20),
        ("[a [lamp][l] b](/actors/)\n\n[l]: https://a.example/", 1, 4),
        ("[a [l] b](/actors/)\n\n[l]: https://a.example/", 1, 4),
        ("[a <me@a.example>](/actors/)", 1, 4),
        ("[a https://a.example/](/actors/)", 1, 1),
        ("[[lamps|the [lit] [@lamp1901] @tide1910]]", 1, 19),
        ("![A lamp](/files/lamp.png){width=55%}", 1, 27),
        ("see [@fig-lamp; @lamp1901]", 1, 7),
    ],
)
def test_what_a_page_would_not_show_as_written_is_reported_once(text: str, line: int, column: int) -> None:
    _, problems = converted(text)
    assert places(problems) == [("wrong-type", line, column)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a [lamp][l] b](/actors/)\n\n[l]: https://a.example/", "<p>⟦0⟧a lamp b⟦1⟧</p>"),
        ("[a <https://a.example/b_c_>](/actors/)", "<p>⟦0⟧a https://a.example/b_c_⟦1⟧</p>"),
        ("[a <me@a.example>](/actors/)", "<p>⟦0⟧a me@a.example⟦1⟧</p>"),
    ],
)
def test_what_is_reported_in_the_words_of_a_link_stays_as_plain_words(text: str, html: str) -> None:
    assert visible(converted(text)[0].html) == html


def test_a_note_that_is_reported_in_the_words_of_a_link_leaves_no_link_there() -> None:
    prose, _ = converted("[a note[^1]](/actors/)\n\n[^1]: Noted.")
    assert visible(prose.html).startswith("<p>⟦0⟧a note⟦1⟧</p>")


def test_two_links_with_something_in_their_words_are_reported_each() -> None:
    _, problems = converted("[a <https://a.example/>](/actors/) [b https://a.example/](/actors/)")
    assert places(problems) == [("wrong-type", 1, 4), ("wrong-type", 1, 36)]


def test_the_title_of_a_link_is_plain_text() -> None:
    for text in ('[a](https://a.example/ "b [[lamps]]")', '[a]\n\n[a]: https://a.example/ "b [[lamps]]"'):
        prose, problems = converted(text)
        assert (problems, prose.slots) == ((), ())
        assert 'title="b [[lamps]]"' in prose.html


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20000, "[a" * 20000, "[[" * 10000, "[a](" * 10000, "![" * 10000, "[" * 10000 + "]" * 10000,
        "\n".join("    " * depth + "- a" for depth in range(300)),
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_what_could_be_read_for_ever_is_one_problem(text: str) -> None:
    assert rules_of(text) == ["over-limit"]
    assert converted(text)[0].html == ""


@pytest.mark.parametrize("depth", range(60, 300, 7))
def test_a_text_that_is_nested_too_deeply_leaves_no_trace_on_the_next(depth: int) -> None:
    converted("\n".join("    " * level + "- a" for level in range(depth)))
    assert converted("- a\n- b\n\n*c*")[0].html == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p><em>c</em></p>"


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 20000, " ".join("`" * size for size in range(1, 301)), "[[lamps]] " * 5000, "[@a] " * 3000,
        "*a" * 20000, "<a " * 20000, "{#" * 20000, "| a " * 10000, "|-|\n" * 3000, "[a]{lang=zh} " * 5000,
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_long_texts_are_read_to_their_end(text: str) -> None:
    """Each takes minutes where reading is quadratic."""
    prose, _ = converted(text)
    assert prose.html
    assert all(sentence_with(prose, number) for number, _ in prose.used()[-100:])


# Texts of one paragraph.


def test_an_abbreviation_that_one_paragraph_explains_is_reported() -> None:
    """It is marked in the texts of several paragraphs only."""
    assert places(converted("*[UN]: United Nations\nThe UN.", block=False)[1]) == [("wrong-type", 1, 1)]


def test_one_paragraph_has_no_tag_around_it() -> None:
    assert html_of("see *the* [[lamps]] & more", block=False) == "see <em>the</em> ⟦0⟧ &amp; more"
    assert html_of("a plain text", block=False) == "a plain text"
    assert html_of('"a" & b', block=False) == '"a" &amp; b'


@pytest.mark.parametrize(
    "text", ["one\n\ntwo", "- one", "> one", "1. one", "| a |\n|---|\n| b |", "```\na\n```", "---"]
)
def test_one_paragraph_is_not_several_blocks(text: str) -> None:
    assert places(list(converted(text, block=False)[1])) == [("wrong-type", 1, 1)]


# What can be pointed at.


def test_headings_are_listed_with_their_levels_ids_and_words() -> None:
    prose, problems = converted("## The *lamps* {#lamps}\n\none\n\n### Of [[bridges]] {#of-bridges}\n\ntwo")
    assert problems == ()
    rows = [(heading.level, heading.id, visible(heading.html)) for heading in prose.headings]
    assert rows == [(2, "lamps", "The <em>lamps</em>"), (3, "of-bridges", "Of ⟦0⟧")] or rows == [
        (2, "lamps", "The <em>lamps</em>"),
        (3, "of-bridges", "Of ⟦1⟧"),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Lit *early* [@lamp1901]. {#lit dimension=origin}", '<p id="lit" class="fact">Lit <em>early</em> ⟦0⟧.</p>'),
        ("Lit early.\n{#lit dimension=origin}\n\nAnd late.", '<p id="lit" class="fact">Lit early.</p><p>And late.</p>'),
        ("- Lit. {#lit dimension=origin}\n- Dark.", '<ul><li id="lit" class="fact">Lit.</li><li>Dark.</li></ul>'),
        ("- Dark.\n- Lit.\n{#lit dimension=origin}", '<ul><li>Dark.</li><li id="lit" class="fact">Lit.</li></ul>'),
        ("1. Lit. {#lit dimension=origin}", '<ol><li id="lit" class="fact">Lit.</li></ol>'),
        ("> Lit. {#lit dimension=origin}", '<blockquote><p id="lit" class="fact">Lit.</p></blockquote>'),
        ("So it seems. {.reading}", '<p class="reading">So it seems.</p>'),
        ("So it seems. {#seems .reading}", '<p id="seems" class="reading">So it seems.</p>'),
        ("Lit. {#lit}", '<p id="lit">Lit.</p>'),
    ],
)  # fmt: skip
def test_attributes_go_to_the_block_that_they_end(text: str, html: str) -> None:
    assert in_one_line(without_permalinks(text)) == html


@pytest.mark.parametrize("text", ["Lit. {#lit}", "Lit.\n{#lit dimension=origin}", "- Lit. {#lit}", "## Lit. {#lit}"])
def test_a_block_with_an_id_ends_with_the_slot_of_its_attributes(text: str) -> None:
    """It becomes the link to the block; the words that are listed do without it."""
    prose, _ = converted(text)
    assert "Lit.⟦0⟧</" in visible(prose.html)
    assert [heading.html for heading in prose.headings] + [mark.html for mark in prose.marked] == ["Lit."]


def test_loose_list_items_are_marked_as_items() -> None:
    html = in_one_line(without_permalinks("- Lit. {#lit dimension=origin}\n\n- Dark."))
    assert html.startswith('<ul><li id="lit" class="fact"><p>Lit.</p></li><li><p>Dark.</p>')


def test_an_item_with_items_below_it_is_marked_with_its_own_words() -> None:
    prose, problems = converted("- Lit [@lamp1901]. {#lit dimension=origin}\n    - Dark [@tide1910].")
    assert problems == ()
    assert [(mark.id, visible(mark.html)) for mark in prose.marked] == [("lit", "Lit ⟦0⟧.")]


def test_what_is_marked_is_listed_with_its_words_and_place() -> None:
    prose, _ = converted(
        "## A {#a}\n\nLit [@lamp1901].\n{#lit dimension=origin}\n\nSo. {#so .reading}\n\nAnd. {.reading}"
    )
    rows = [(mark.id, mark.dimension, mark.reading, mark.span.line, mark.span.column) for mark in prose.marked]
    assert rows == [("lit", "origin", False, 4, 1), ("so", "", True, 6, 5)]
    assert re.fullmatch("Lit ⟦[0-9]⟧.", visible(prose.marked[0].html))
    assert prose.anchors == {"a", "lit", "so"}


@pytest.mark.parametrize(
    "text",
    [
        "{#lit dimension=origin}",
        "one\n\n{#lit dimension=origin}",
        "| a |\n|---|\n| b | {#lit}",
        "one {#lit}\ntwo",
        "one {#lit}\ntwo {#two}",
        "one[^a]\n\n[^a]: two {#lit dimension=origin}",
        "one {#lit} {#two}",
    ],
)
def test_attributes_that_end_no_paragraph_or_item_are_reported(text: str) -> None:
    prose, problems = converted(text)
    assert "wrong-type" in [problem.rule for problem in problems]
    reported = {problem.span for problem in problems}
    assert not [slot for _, slot in prose.used() if slot.span in reported]


@pytest.mark.parametrize("second", ["Two. {#one}", "## Two {#one}", "- Two. {#one dimension=origin}"])
def test_an_id_that_is_given_twice_is_reported_where_it_comes_again(second: str) -> None:
    _, problems = converted(f"## One {{#one}}\n\n{second}")
    assert places(list(problems)) == [("duplicate-id", 3, second.index("{") + 1)]
    assert "line 1" in problems[0].hint


# Han characters.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第一\n第二", "第一第二"),
        ("第一，\n第二", "第一，第二"),
        ("第一  第二", "第一  第二"),
        ("- 第一\n  第二", "第一第二"),
        ("> 第一\n> 第二", "第一第二"),
        ("**第一**\n第二", "第一第二"),
        ("第一\n**第二**", "第一第二"),
        ("第一[@lamp1901]。\n第二", "第一。第二"),
        ("第一\n[[lamps]]\n第二", "第一第二"),
        ("[第一]{lang=zh}\n第二", "第一第二"),
        ("first\nsecond", "first second"),
        ("第一\nsecond", "第一 second"),
        ("first\n第二", "first 第二"),
        ("第一\n\n第二", "第一 第二"),
        ("- 第一\n- 第二", "第一 第二"),
        ("词\n: 义", "词 义"),
        ("see [[lamps]]\n[[bridges]]", "see "),
    ],
)
def test_a_line_end_between_han_characters_is_no_space(text: str, words: str) -> None:
    prose, problems = converted(text)
    assert problems == ()
    assert " ".join(SLOT.sub("", plain(prose.html)).split()) == " ".join(words.split())


def test_the_lines_of_code_are_never_joined() -> None:
    assert html_of("```\n第一\n第二\n```") == "<pre><code>第一\n第二\n</code></pre>"


def test_a_forced_line_end_stays_between_han_characters() -> None:
    assert "<br>" in html_of("第一  \n第二")


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("the 灯 lamp", 'the <span lang="zh-Hans">灯</span> lamp'),
        ("灯，灯。", '<span lang="zh-Hans">灯，灯。</span>'),
        ("the 灯, a 塔", 'the <span lang="zh-Hans">灯</span>, a <span lang="zh-Hans">塔</span>'),
        ("<em>灯</em>", '<em><span lang="zh-Hans">灯</span></em>'),
        ('<a title="灯">lamp</a>', '<a title="灯">lamp</a>'),
        ('<span lang="ja">灯</span>', '<span lang="ja">灯</span>'),
        (
            '<span lang="ja"><em>灯</em> 灯</span> 灯',
            '<span lang="ja"><em>灯</em> 灯</span> <span lang="zh-Hans">灯</span>',
        ),
        ("灯<br>塔", '<span lang="zh-Hans">灯</span><br><span lang="zh-Hans">塔</span>'),
        ("a “lamp”, “灯”", 'a “lamp”, “<span lang="zh-Hans">灯</span>”'),
        (
            '<span lang="ja">灯<math><mspace width="1em"/></math></span> 灯',
            '<span lang="ja">灯<math><mspace width="1em"/></math></span> <span lang="zh-Hans">灯</span>',
        ),
        ("<track>灯", '<track><span lang="zh-Hans">灯</span>'),
        ("no lamp", "no lamp"),
        ("𠀀", '<span lang="zh-Hans">𠀀</span>'),
    ],
)
def test_han_characters_in_another_language_are_marked(html: str, marked: str) -> None:
    assert mark_han(html, "zh-Hans") == marked


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("سلام {lang=ar}", '<p lang="ar" dir="rtl">سلام</p>'),
        ("- lampe {lang=fr}", '<ul>\n<li lang="fr">lampe</li>\n</ul>'),
        ("灯 {lang=zh-Hans .reading}", '<p lang="zh-Hans" class="reading">灯</p>'),
        ("*[UN]:\n\nUN", "<p>UN</p>"),
    ],
)
def test_a_whole_block_can_be_in_another_language(text: str, html: str) -> None:
    prose, _ = converted(text)
    assert fill(prose.html, prose.slots, {}) == html


# Slots.


def test_slots_are_filled_and_those_without_words_vanish() -> None:
    prose, _ = converted("see [[lamps]] and [[bridges]].")
    assert fill(prose.html, prose.slots, {0: "<b>the lamps</b>"}) == "<p>see <b>the lamps</b> and .</p>"


def test_the_slots_of_a_part_are_those_that_are_in_it() -> None:
    prose, _ = converted("## A {#a}\n\nLit [[lamps]]. {#lit dimension=origin}\n\nDark [[bridges]].")
    assert [slot.target for _, slot in prose.used() if slot.kind == "record"] == ["lamps", "bridges"]
    assert [slot.target for _, slot in prose.used(prose.marked[0].html)] == ["lamps"]


def test_a_slot_is_below_the_nearest_thing_that_can_be_pointed_at() -> None:
    text = """\
Above [[a]].

## One {#one}

In a paragraph [[b]].

Marked [[c]]. {#marked dimension=origin}

After it [[d]].

- Item [[e]]. {#item dimension=origin}
- Other [[f]].

> Quoted [[g]].

| Cell |
|------|
| [[h]] |

## Two [[i]] {#two}

A note.[^n]

[^n]: Noted [[j]].
"""
    prose, problems = converted(text)
    assert problems == ()
    found = {slot.target: prose.anchor_of(number) for number, slot in prose.used() if slot.kind == "record"}
    assert found == {
        "a": "", "b": "one", "c": "marked", "d": "one", "e": "item", "f": "one", "g": "one", "h": "one", "i": "two",
        "j": "fn:n",
    }  # fmt: skip


# Sentences.

SENTENCES = [
    # English.
    ("First. The [[lamps]] were lit. Then dark.", "The lamps were lit."),
    ("The [[lamps]] were lit", "The lamps were lit"),
    ("Was it lit? By [[lamps]]! Yes.", "By lamps!"),
    ("Mr. Quill and Dr. Arch lit [[lamps]] in St. Mary. Then.", "Mr. Quill and Dr. Arch lit lamps in St. Mary."),
    ("See p. 3 of vol. 2, ed. A. B. Quill, on [[lamps]]. Then.", "See p. 3 of vol. 2, ed. A. B. Quill, on lamps."),
    ("The U.S. President lit [[lamps]]. Then.", "The U.S. President lit lamps."),
    ("Lights, e.g. Lamps and i.e. [[lamps]], were lit. Then.", "Lights, e.g. Lamps and i.e. lamps, were lit."),
    ("In fig. A and chap. IV of [[lamps]] so. Then.", "In fig. A and chap. IV of lamps so."),
    ("It cost 3.5 crowns. In 1901 [[lamps]] had 12.8% of it. Then.", "In 1901 lamps had 12.8% of it."),
    ("He said: “Light the [[lamps]].” Then dark.", "He said: “Light the lamps.”"),
    ("(So it was.) The [[lamps]] (lit. the lights) burn. Then.", "The lamps (lit. the lights) burn."),
    ("It ended [@tide1910]. [[lamps]] went on. Then.", "lamps went on."),
    ("Lit… The [[lamps]] burn… Then.", "The lamps burn…"),
    ("The lamp.fr site of [[lamps]] at v2.5 is up. Then.", "The lamp.fr site of lamps at v2.5 is up."),
    ("Works of art. The [[lamps]] too. Then.", "The lamps too."),
    # French.
    ("D’abord. M. Quai et Mme Arche allument [[lamps]]. Puis.", "M. Quai et Mme Arche allument lamps."),
    ("D’abord. MM. Quai, J.-P. Arche et J. Rive allument [[lamps]]. Puis.", "MM. Quai, J.-P. Arche et J. Rive allument lamps."),
    ("Vers 50 av. J.-C. Les [[lamps]] brillent. Puis.", "Vers 50 av. J.-C. Les lamps brillent."),
    ("Voir art. 3, chap. II et p. 12 de [[lamps]]. Puis.", "Voir art. 3, chap. II et p. 12 de lamps."),
    ("Il dit non. Les [[lamps]] aussi. Puis.", "Les lamps aussi."),
    ("Est-ce tout\u202f? Non\u202f! «\u00a0Les [[lamps]] brillent.\u00a0» Puis.", "« Les lamps brillent. »"),
    ("Au XIXe siècle. Étienne allume [[lamps]]. Et puis.", "Étienne allume lamps."),
    # Chinese.
    ("起初没有灯。后来[[lamps]]亮了。再后来。", "后来lamps亮了。"),
    ("他说：“点亮[[lamps]]。”然后走了。", "他说：“点亮lamps。”"),
    ("亮了吗？[[lamps]]亮了！好。", "lamps亮了！"),
    ("起初没有灯[@tide1910]。后来[[lamps]]亮了[@lamp1901]。再后来。", "后来lamps亮了(lamp1901)。"),
    ("有3.5盏灯，即[[lamps]]。再后来。", "有3.5盏灯，即lamps。"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), SENTENCES, ids=[text[:30] for text, _ in SENTENCES])
def test_the_sentence_of_a_link_ends_where_a_reader_would_end_it(text: str, sentence: str) -> None:
    prose, problems = converted(text)
    assert problems == ()
    [number] = [number for number, slot in prose.used() if slot.kind == "record"]
    found = unescape(in_words(sentence_with(prose, number), prose.slots))
    assert " ".join(found.split()) == " ".join(sentence.split())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("| Lamp | Lit |\n|---|---|\n| the [[lamps]] | in *1901* |\n| b | c |", ""),
        ("> Light them.\n>\n> — by [[lamps]]", "Light them. — by lamps"),
        ("- One.\n- The [[lamps]]. Lit. {#a dimension=origin}", "The lamps."),
        ("Lamp\n: of the [[lamps]]. Lit.", "of the lamps."),
        ("## The [[lamps]] {#a}\n\nLit.", "The lamps"),
        ("A note.[^1] The *old* [[lamps]]. Lit.\n\n[^1]: Noted.", "The old lamps."),
        ("A note.[^1]\n\n[^1]: On [[lamps]]. Lit.", "On lamps."),
        ("A note.[^1]\n\n[^1]: On the [[lamps]].", "On the lamps."),
        ("The XIX^e^ and the 20^th^[^1] [[lamps]].\n\n[^1]: Noted.", "The XIXe and the 20th lamps."),
        ("Lit^*[[lamps]]*^ once.", "Litlamps once."),
        ("## Lit^[[lamps]]^ {#a}\n\nOnce.", "Litlamps"),
        ("A note.[^1]\n\n[^1]: Lit^[[lamps]]^. Once.", "Litlamps."),
        ("Lit^[[lamps]][^1]^ once.\n\n[^1]: Noted.", "Litlamps once."),
        ("Said `a b` of <https://a.example/> & [[lamps]]. Lit.", "Said a b of https://a.example/ &amp; lamps."),
    ],
)
def test_a_sentence_is_plain_words_out_of_its_block(text: str, sentence: str) -> None:
    prose, _ = converted(text)
    [number] = [number for number, slot in prose.used() if slot.kind == "record"]
    found = in_words(sentence_with(prose, number), prose.slots)
    assert "<" not in found
    assert found == sentence


# What never gets through.

ALLOWED = {
    "a": {"href", "title", "class", "id"}, "p": {"id", "class", "lang", "dir"}, "li": {"id", "class", "lang", "dir"}, "sup": {"id"}, "ol": {"start"},
    "div": {"class", "tabindex"}, "th": {"class", "scope"}, "td": {"class", "data-column"}, "code": {"class"}, "dd": {"id", "class", "lang", "dir"},
    "dt": {"id", "class", "lang", "dir"}, "blockquote": set(), "h2": {"id", "class", "lang", "dir"}, "h3": {"id", "class", "lang", "dir"}, "h4": {"id", "class", "lang", "dir"},
    "h5": {"id", "class", "lang", "dir"}, "h6": {"id", "class", "lang", "dir"}, "em": set(), "strong": set(), "pre": set(), "ul": set(),
    "footer": set(), "table": {"id"}, "caption": set(), "figure": {"id", "class"}, "figcaption": set(), "thead": set(), "tbody": set(), "tr": set(), "span": set(), "hr": set(),
    "br": set(), "dl": set(),
}  # fmt: skip
ONLY_INLINE = {"p", "h2", "h3", "h4", "h5", "h6", "dt"}
BLOCKS = {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "footer",
    "table",
    "dl",
    "dd",
    "dt",
    "div",
    "pre",
    "hr",
    "figure",
    *ONLY_INLINE,
}


class Strict(HTMLParser):
    """A reader that fails on what no text may become: other tags and attributes, and tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert tag in ALLOWED, f"<{tag}>"
        assert set(names) <= ALLOWED[tag], f"<{tag} {names}>"
        assert len(names) == len(set(names)), f"<{tag} {names}>"
        assert not (tag in BLOCKS and set(self.open) & ONLY_INLINE), f"<{tag}> in {self.open}"
        assert not (tag == "a" and "a" in self.open)
        for name, value in attrs:
            assert "\x0e" not in (value or ""), f"a slot in {name}"
            if name == "href":
                assert re.match(r"https?://|mailto:|#fn", value or "", re.IGNORECASE), value
            if name == "class" and tag in ("th", "td"):
                assert re.fullmatch(r"to-(left|right|center)", value or ""), value
            if name == "id":
                self.ids.append(value or "")
        if tag not in ("hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open}"
        self.open.pop()


def read_strictly(html: str) -> None:
    """Fail unless the HTML is well formed and of what is allowed."""
    reader = Strict()
    reader.feed(html)
    reader.close()
    assert reader.open == []


PIECES = [
    "<script>alert(1)</script>", "<b onclick=x>", "<img src=x onerror=y>", "</p>", "<p>", "<!--", "-->", "<", ">", "&lt;",
    "[a](javascript:x)", "[a](javascript:x 'y')", "[a](data:x)", "[", "]", "(", ")", "[a]: javascript:x", "[a]",
    "](https://a.example)", "![a](/files/a.png)", "![", "[[lamps]]", "[[lamps|*a*]]", "[@a]", "@a", "[甲]{lang=zh}",
    "{lang=zh}", "{#a}", "{#b dimension=c}", "{.reading}", "[^1]", "[^1]: a", '"', "'", "`", "```\n", "*", "**", "_",
    "|", "\n| a |\n|---|\n| b |\n", "\n\n", "\n", "    ", "- ", "> ", "> — ", "1. ", "## ", "\n: a", "Term", "---", "甲",
    "，", "a", " ", "\\", "&", "#", "!", "~~~\n", "\x0e", "\x0f0", "<https://a.example>", "  \n", "“", "\u2028",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.text(max_size=60))


@given(TEXTS, st.booleans())
@example('[a]: https://a.example "b [[lamps]]"\n\nsee [a]', True)
@example("> — one\n>\n> — two", True)
@example("one[^1]\n\n[^1]: two {#a}", True)
@example("one {#a}\ntwo {#b}", True)
@example("[\x0e9\x0f](/x/) [[lamps]]", True)
def test_whatever_is_written_only_allowed_markup_comes_out(text: str, block: bool) -> None:
    prose, _ = converted(text, block=block)
    assert len({number for number, _ in prose.used()}) == len(prose.used())
    if block:
        read_strictly(prose.html)
    for html in [heading.html for heading in prose.headings] + [mark.html for mark in prose.marked]:
        read_strictly(html)


@given(TEXTS)
def test_a_text_without_problems_is_safe_as_one_paragraph(text: str) -> None:
    prose, problems = converted(text, block=False)
    if not problems:
        read_strictly(f"<h2>{prose.html}</h2>")


@given(TEXTS)
def test_every_sentence_is_escaped_text(text: str) -> None:
    prose, _ = converted(text)
    for number, _ in prose.used():
        sentence = sentence_with(prose, number)
        assert "<" not in sentence
        in_row = re.search(rf"<tr>(?:(?!</tr>).)*\x0e{number}\x0f", prose.html, re.DOTALL)
        assert f"\x0e{number}\x0f" in sentence or (not sentence and in_row)


def test_texts_are_converted_one_by_one() -> None:
    """One converter serves all texts: nothing of one may show in the next."""
    first = converted("one[^1]\n\n[^1]: two\n\n[a]: https://a.example/")[0]
    second, _ = converted("three [a] `b`")
    assert second.html == "<p>three [a] <code>b</code></p>"
    assert isinstance(first, Prose)
    assert convert(first.passage, block=True)[0].html == first.html
