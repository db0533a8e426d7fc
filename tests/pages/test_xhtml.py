"""HTML of the engine becomes well-formed XHTML."""

from __future__ import annotations

import pytest

from atlas.pages.book.xhtml import to_xhtml

SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def written(html: str) -> str:
    """The XHTML of a document, each address in brackets, without its first lines."""
    return to_xhtml(html).text(lambda name, value: f"[{value}]").split("\n", 2)[2]


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<p>a<br>b<hr></p>", "<p>a<br/>b<hr/></p>"),
        ("<p>a&nbsp;b &amp; c &lt; d &eacute;</p>", "<p>a\u00a0b &amp; c &lt; d é</p>"),
        ("<p hidden>a</p>", '<p hidden="hidden">a</p>'),
        ("<p title='\"&amp;'>a</p>", '<p title="&quot;&amp;">a</p>'),
        ('<p lang="zh">a</p>', '<p lang="zh" xml:lang="zh">a</p>'),
        ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</li></li></ul>"),
        ("<p>a</b></p>", "<p>a</p>"),
        ("<div><p>a", "<div><p>a</p></div>"),
        ("<p>a\x0bb<!-- c --></p>", "<p>ab</p>"),
        ('<a href="x">a</a>', '<a href="[x]">a</a>'),
        (
            '<a class="cite" href="#w">a</a>',
            '<a class="cite" href="[#w]" epub:type="biblioref" role="doc-biblioref">a</a>',
        ),
        ('<img src="a.png" alt="b" loading="lazy">', '<img src="[a.png]" alt="b"/>'),
        ('<p><img src="a.avif" alt="b"></p>', '<p><a href="[a.avif]">b</a></p>'),
        ('<video src="a.mp4" aria-label="b"><track src="c"></video><p>d</p>', '<a href="[a.mp4]">b</a><p>d</p>'),
        ("<math><mi>x</mi></math>", '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'),
        ("<html><body></body></html>", f"<html {SPACES}><body></body></html>"),
    ],
)
def test_each_element_is_written_as_xml(html: str, xhtml: str) -> None:
    assert written(html) == xhtml


def test_footnotes_become_asides() -> None:
    html = (
        '<p>a<sup id="r"><a class="footnote-ref" href="#n">1</a></sup></p><div class="footnote"><hr><ol>'
        '<li id="n"><p>b <a class="footnote-backref" href="#r">↩</a></p><ul><li>c</li></ul></li></ol></div>'
    )
    assert written(html) == (
        '<p>a<sup id="r"><a class="footnote-ref" href="[#n]" epub:type="noteref" role="doc-noteref">1</a></sup></p>'
        '<section class="footnote" epub:type="footnotes"><hr/><div>'
        '<aside id="n" epub:type="footnote" role="doc-footnote"><span class="note-number">1</span>'
        '<p>b <a class="footnote-backref" href="[#r]" role="doc-backlink">↩</a></p><ul><li>c</li></ul></aside>'
        "</div></section>"
    )


def test_an_address_that_leads_nowhere_is_left_out() -> None:
    assert to_xhtml('<a href="#x">a</a>').text(lambda name, value: "").endswith("<a>a</a>")


def test_ids_and_formulas_are_collected() -> None:
    found = to_xhtml('<p id="a"></p><math id="b"></math>')
    assert (found.ids, found.has_formulas) == (("a", "b"), True)
