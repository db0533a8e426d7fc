"""The pages of a book in two languages: which blocks stand beside each other, and what becomes of their ids."""

from __future__ import annotations

import pytest

from atlas.pages.book.side_by_side import side_by_side

TAGS = ("fr", "zh-Hans")


def joined(first: str, second: str, tags: tuple[str, str] = TAGS) -> str:
    """The body of a page that has two texts."""
    pages = [
        f"<html><head><title>{tag}</title></head><body>{text}</body></html>"
        for tag, text in zip(tags, (first, second), strict=True)
    ]
    made = side_by_side(pages, tags)
    assert f"<title>{' / '.join(tags)}</title>" in made
    return made.partition("<body>")[2].removesuffix("</body></html>").replace("\n", "")


def cells(first: str, second: str) -> str:
    """A pair of two blocks."""
    return f'<div class="pair"><div lang="fr">{first}</div><div lang="zh-Hans">{second}</div></div>'


@pytest.mark.parametrize(
    ("first", "second", "made"),
    [
        ("<p>Un.</p>", "<p>一。</p>", cells("<p>Un.</p>", "<p>一。</p>")),
        ("<p>1891</p>", "<p>1891</p>", "<p>1891</p>"),
        (
            '<h2 id="a">Un</h2>',
            '<h2 id="a">一</h2>',
            '<h2 class="pair" id="a"><span lang="fr">Un</span> <span lang="zh-Hans">一</span></h2>',
        ),
        ('<h2 id="a">Un</h2>', "<h2></h2>", '<h2 id="a" lang="fr">Un</h2>'),
        ("<p></p>", '<p id="b">一。</p>', '<div class="alone" lang="zh-Hans"><p id="b">一。</p></div>'),
        (
            '<ul class="references"><li>Un</li></ul>',
            '<ul class="references"><li>一</li></ul>',
            '<ul class="references"><li>Un</li></ul>',
        ),
        (
            '<p lang="en">One.</p>',
            "<p>一。</p>",
            '<div class="pair"><div lang="en"><p lang="en">One.</p></div><div lang="zh-Hans"><p>一。</p></div></div>',
        ),
    ],
)
def test_two_blocks(first: str, second: str, made: str) -> None:
    assert joined(first, second) == made


def test_a_block_without_a_partner_stands_alone_in_its_place() -> None:
    first, second = '<p class="a">Un.</p><p class="c">Trois.</p>', '<p class="b">二。</p><p class="c">三。</p>'
    lone = '<div class="alone" lang="fr"><p class="a">Un.</p></div>'
    other = '<div class="alone" lang="zh-Hans"><p class="b">二。</p></div>'
    pair = cells('<p class="c">Trois.</p>', '<p class="c">三。</p>')
    assert joined(first, second) == f"{lone}{other}{pair}"


def test_statements_are_paired_one_by_one_and_keep_the_ids_of_the_first() -> None:
    first = '<ul class="statements"><li id="x--a"><p>Un.</p></li><li id="x--b"><p>Deux.</p></li></ul>'
    second = '<ul class="statements"><li id="x--a"><p>一。</p></li><li id="x--b"><p></p></li></ul>'
    paired = '<li class="pair" id="x--a"><div lang="fr"><p>Un.</p></div><div lang="zh-Hans"><p>一。</p></div></li>'
    assert joined(first, second) == f'<ul class="statements">{paired}<li id="x--b"><p>Deux.</p></li></ul>'


def test_lists_of_different_length_stay_whole() -> None:
    first, second = '<ul class="statements"><li>Un</li></ul>', '<ul class="statements"><li>一</li><li>二</li></ul>'
    assert joined(first, second) == cells(first, second)


def test_a_body_is_paired_by_its_sections() -> None:
    first = '<div class="prose"><p>Un.</p><h2 id="x--a">A</h2><p>Deux.</p><p>Trois.</p></div>'
    second = '<div class="prose"><p>一。</p><h2 id="x--a">甲</h2><p>二三。</p></div>'
    made = joined(first, second)
    assert made.startswith(f'<div class="prose">{cells("<p>Un.</p>", "<p>一。</p>")}<h2 class="pair" id="x--a">')
    assert made.endswith(f"{cells('<p>Deux.</p><p>Trois.</p>', '<p>二三。</p>')}</div>")


def test_footnotes_of_the_second_language_have_ids_of_their_own() -> None:
    text = (
        '<p>{}<sup id="x--fnref:a"><a href="#x--fn:a">1</a></sup></p>'
        '<div class="footnote"><ol><li id="x--fn:a"><p>{}<a href="#x--fnref:a">↩</a></p></li></ol></div>'
    )
    made = joined(text.format("Un", "Note"), text.format("一", "注"))
    for id in ("x--fn:a", "x--fnref:a", "x--fn:a--zh-Hans", "x--fnref:a--zh-Hans"):
        assert made.count(f'id="{id}"') == made.count(f'href="#{id}"') == 1


def test_a_wide_table_stands_below_that_of_the_other_language() -> None:
    row = "<tr><td>1</td><td>2</td><td>3</td><td>{}</td></tr>"
    first, second = (f'<div class="table"><table>{row.format(word)}</table></div>' for word in ("Un", "一"))
    alone = [f'<div class="alone" lang="{tag}">{block}</div>' for tag, block in zip(TAGS, (first, second), strict=True)]
    assert joined(first, second) == "".join(alone)


def test_the_direction_is_said_where_one_language_is_read_from_the_right() -> None:
    made = joined("<p>a</p>", "<p>b</p>", ("ar", "fr"))
    assert (
        made == '<div class="pair"><div lang="ar" dir="rtl"><p>a</p></div><div lang="fr" dir="ltr"><p>b</p></div></div>'
    )
