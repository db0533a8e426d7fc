"""The scanner: what is code, link, citation or HTML in a text, and where each stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_atlases import passage, places, scanned, visible

from atlas.markdown.scanner import is_safe_address, scan
from atlas.markdown.slots import SLOT

MARK = "▶"
"""Stands just before the character that a slot or problem must name; it is not part of the text."""


def line_and_column(text: str) -> tuple[str, tuple[int, int]]:
    """A text without its mark, and where the mark stood."""
    before, _, after = text.partition(MARK)
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


# What is not read.

UNREAD = {
    "a code span": "see `[[lamps]] [@lamp1901] <b> {#x}` here",
    "a code span of two backticks": "see ``a ` [[lamps]] @lamp1901`` here",
    "a code span over two lines": "see `[[lamps]]\n@lamp1901` here",
    "a fence": "```\n[[lamps]] [@lamp1901]\n<script>\n## x\n```",
    "a fence with a language": "```yaml\nto: [[lamps]] # @lamp1901\n```",
    "a fence of tildes": "~~~\n[[lamps]]\n```\n@lamp1901\n~~~",
    "a long fence around a short one": "````\n```\n[[lamps]]\n```\n@lamp1901\n````",
    "an empty fence": "```\n```",
    "an escaped bracket": r"see \[[lamps]\] here",
    "an escaped at": r"see \@lamp1901 here",
    "an escaped less-than": r"a \<b\> c",
    "an escaped brace": r"a set \{a}",
    "an address": "see https://lamps.example/@lamp1901/x?a=b#c here",
    "an address in angle brackets": "see <https://lamps.example/@lamp1901> here",
    "an e-mail address": "write to keeper@lamps.example today",
    "an e-mail address in angle brackets": "write to <keeper@lamps.example> today",
    "a link to elsewhere": "see [the lamps](https://lamps.example/@lamp1901) here",
    "a link with brackets in its address": "see [the lamps](https://lamps.example/a_(b)) here",
    "a link with a title": 'see [the lamps](https://lamps.example/ "Lamps") here',
    "a link to write to": "see [the keeper](mailto:keeper@lamps.example) here",
    "a reference": "see [the lamps][l] here\n\n[l]: https://lamps.example/",
    "brackets": "a [remark] and [another][] here",
    "a task": "a list [x] of [ ] things",
    "comparisons": "a < b and c > d, 3 <4, a<=b",
    "an arrow": "this -> that => there <- here",
    "a braced word inside a line": "the set {a} of things",
    "entities": "a &lt;b&gt; c &amp; d",
    "an at that begins no key": "5 @ 3 and @ and @. end",
    "a number sign": "he came #1 and # was printed",
    "an indented list": "- a\n    - b\n    - c",
    "a definition list": "Term\n: meaning",
    "a table": "| a | b |\n|---|---|\n| c | d |",
    "a note": "a note[^1] here\n\n[^1]: the note",
    "full-width signs": "甲：“乙”，《丙》（丁）；戊——己……",
}  # fmt: skip


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD.keys())
def test_what_is_no_reference_is_left_as_it_is(text: str) -> None:
    result = scanned(text)
    assert result.text == text
    assert result.slots == []
    assert result.problems == []


def test_a_comment_is_taken_out_with_all_that_it_holds() -> None:
    result = scanned("one <!-- [[lamps]]\n\n<script> @lamp1901 -->two")
    assert (result.text, result.slots, result.problems) == ("one two", [], [])


def test_a_fence_that_never_closes_goes_on_to_the_end_and_is_one_problem() -> None:
    """CommonMark 0.31.2, example 127; what it holds is not reported as well."""
    result = scanned("a\n\n```\n[[Lamps]] [@a\n")
    assert visible(result.text) == "a\n\n```\n[[Lamps]] [@a\n"
    assert places(result.problems) == [("wrong-type", 3, 1)]


def test_a_lone_backtick_begins_no_code() -> None:
    assert visible(scanned("a ` and [[lamps]]").text) == "a ` and ⟦0⟧"


def test_code_ends_with_its_paragraph() -> None:
    """A backtick too many must not hide the links of the paragraphs after it: Markdown reads paragraph by paragraph."""
    assert visible(scanned("A stray ` here.\n\nSee [[lamps]] and `code`.").text) == (
        "A stray ` here.\n\nSee ⟦0⟧ and `code`."
    )


def test_indented_text_is_no_code() -> None:
    assert visible(scanned("    [[lamps]]").text) == "    ⟦0⟧"


# Records.


@pytest.mark.parametrize(
    ("text", "target", "fragment", "label"),
    [
        ("[[lamps]]", "lamps", "", ""),
        ("[[lamps|the lamps]]", "lamps", "", "the lamps"),
        ("[[lamps#first-lamp]]", "lamps", "first-lamp", ""),
        ("[[lamps#first-lamp|its first]]", "lamps", "first-lamp", "its first"),
        ("[[ lamps | the lamps ]]", "lamps", "", "the lamps"),
        ("[[lamps|第一盏灯]]", "lamps", "", "第一盏灯"),
        ("[[lamps|a #1 lamp]]", "lamps", "", "a #1 lamp"),
        (r"[[lamps\|the lamps]]", "lamps", "", "the lamps"),
        ("[[a-1-b]]", "a-1-b", "", ""),
    ],
)
def test_a_record_link_has_its_target_fragment_and_label(text: str, target: str, fragment: str, label: str) -> None:
    result = scanned(f"see {text}, then")
    assert result.problems == []
    assert visible(result.text) == "see ⟦0⟧, then"
    [slot] = result.slots
    assert (slot.kind, slot.target, slot.fragment, slot.label) == ("record", target, fragment, label)


@pytest.mark.parametrize("bar", ["|", r"\|"])
def test_a_record_link_in_a_table_keeps_its_bar_from_the_table(bar: str) -> None:
    result = scanned(f"| a | b |\n|---|---|\n| [[lamps{bar}the lamps]] | d |")
    assert visible(result.text) == "| a | b |\n|---|---|\n| ⟦0⟧ | d |"
    assert (result.slots[0].target, result.slots[0].label) == ("lamps", "the lamps")


@pytest.mark.parametrize(
    "target", ["", "Lamps", "../lamps", "a b", "a_b", "société", "-a", "a--b", "灯", "/actors/lamps/"]
)
def test_what_is_no_id_is_no_target(target: str) -> None:
    text, place = line_and_column(f"see\nalso {MARK}[[{target}]] here")
    assert places(scanned(text).problems) == [("bad-id", *place)]


def test_a_label_that_holds_a_citation_is_not_lost_in_silence() -> None:
    result = scanned("see [[lamps|the lamps [@lamp1901]]] here")
    assert result.problems or [slot.kind for slot in result.slots] == ["record", "cite"]


# Links.


@pytest.mark.parametrize(
    ("address", "kind", "target", "fragment"),
    [
        ("/actors/by-side/north/", "path", "/actors/by-side/north/", ""),
        ("/actors/lamps/#first-lamp", "path", "/actors/lamps/", "first-lamp"),
        ("/", "path", "/", ""),
        ("#situation", "path", "", "situation"),
        ("/files/report.pdf", "file", "report.pdf", ""),
        ("/files/year/report.pdf", "file", "year/report.pdf", ""),
    ],
)
def test_a_link_into_the_atlas_is_a_pair_around_its_words(address: str, kind: str, target: str, fragment: str) -> None:
    result = scanned(f"see [the *lamps*]({address}) here")
    assert result.problems == []
    assert visible(result.text) == "see ⟦0⟧the *lamps*⟦1⟧ here"
    opening, closing = result.slots
    assert (opening.kind, opening.target, opening.fragment) == (kind, target, fragment)
    assert (closing.kind, closing.label, closing.target) == ("close", kind, target)


def test_a_citation_in_a_links_words_is_no_citation() -> None:
    for address in ("/actors/", "#x", "https://lamps.example/"):
        kinds = [slot.kind for slot in scanned(f"[see @lamp1901]({address})").slots]
        assert "cite" not in kinds


def test_a_picture_is_a_slot_with_its_caption() -> None:
    result = scanned("![A lamp, lit](/files/lamp.png)")
    slot, end = result.slots
    assert (slot.kind, slot.target, end.label, end.fragment) == ("picture", "lamp.png", "picture", "A lamp, lit")
    assert (visible(result.text), result.problems) == ("⟦0⟧A lamp, lit⟦1⟧", [])


@pytest.mark.parametrize("address", ["https://lamps.example/a.png", "lamp.png", "/actors/", "//lamps.example/a.png"])
def test_a_picture_comes_from_the_files_of_the_atlas(address: str) -> None:
    text, place = line_and_column(f"a\n\n{MARK}![A lamp]({address})")
    assert places(scanned(text).problems) == [("bad-address", *place)]


@pytest.mark.parametrize(
    "address", ["lamps.html", "//lamps.example/", "ftp://lamps.example/", "../lamps/", "tel:123", ""]
)
def test_an_address_that_leads_nowhere_is_reported(address: str) -> None:
    text, place = line_and_column(f"see {MARK}[the lamps]({address})")
    assert places(scanned(text).problems) == [("bad-address", *place)]


@pytest.mark.parametrize(
    "link",
    [
        "[a](javascript:alert(1))",
        "[a](JavaScript:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](<javascript:alert(1)>)",
        "[a]( javascript:alert(1) )",
        "[a](javascript:alert(1) 'x')",
        '[a](javascript:alert(1) "x")',
        "[a](javascript:alert(1) (x))",
        "[a](data:text/html;base64,PGI+)",
        "[a](vbscript:x)",
        "![a](javascript:alert(1))",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "[a]: javascript:alert(1)",
        "[a]: <javascript:alert(1)>",
        "[an *odd* [b](javascript:alert(1)) one](/actors/)",
        "[an [b](javascript:alert(1)) one](https://lamps.example/)",
    ],
)
def test_an_address_that_could_run_is_reported(link: str) -> None:
    rules = {problem.rule for problem in scanned(f"see\n\n{link}").problems}
    assert rules == {"unsafe-html"}


@pytest.mark.parametrize(
    "address", ["https://a.example", "http://a.example", "mailto:a@b.example", "HTTPS://a.example"]
)
def test_https_http_and_mailto_are_safe(address: str) -> None:
    assert is_safe_address(address)


@given(st.text())
def test_only_three_schemes_are_safe_however_they_are_dressed(address: str) -> None:
    if is_safe_address(address):
        assert "http" in address.lower() or "mailto" in address.lower() or "&" in address


@given(
    st.sampled_from(["javascript:", "data:", "vbscript:", "file:", "blob:"]),
    st.text("\t\n\r\x00\x01  \u200b\xad"),
    st.data(),
)
def test_no_disguise_makes_a_script_safe(scheme: str, dirt: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(scheme)))
    assert not is_safe_address(scheme[:at] + dirt + scheme[at:] + "https://a.example")


# Languages.


def test_words_in_another_language_are_a_pair() -> None:
    result = scanned("called [民间外交]{lang=zh} there")
    assert visible(result.text) == "called ⟦0⟧民间外交⟦1⟧ there"
    assert [(slot.kind, slot.target or slot.label) for slot in result.slots] == [
        ("language", "zh"),
        ("close", "language"),
    ]


def test_words_in_another_language_may_hold_links_citations_and_others() -> None:
    result = scanned("[甲 [[lamps]] [乙]{lang=ja} [@lamp1901, p. 3]]{lang=zh-Hans}。")
    assert visible(result.text) == "⟦0⟧甲 ⟦2⟧ ⟦3⟧乙⟦4⟧ ⟦5⟧⟦1⟧。"
    kinds = ["language", "close", "record", "language", "close", "cite"]
    assert [slot.kind for slot in result.slots] == kinds
    assert result.problems == []


@pytest.mark.parametrize(
    "text", ["[甲]{lang=ZH}", "[甲]{lang=chinese}", "a [甲]{lang=ZH} b", "a [甲]{lang=} b", "a [甲]{.x} b"]
)
def test_a_bracketed_span_that_says_no_language_is_reported(text: str) -> None:
    """Otherwise its braces would be printed."""
    assert scanned(text).problems != []


def test_a_span_that_would_close_inside_code_is_no_span() -> None:
    result = scanned("[a `b\nc]{lang=zh} d` e")
    assert visible(result.text).count("⟦") == len(result.slots)


# Citations.


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@lamp1901]", ["lamp1901"]),
        ("[@lamp1901, p. 3]", ["lamp1901"]),
        ("[see @lamp1901, pp. 3–5; @tide1910]", ["lamp1901", "tide1910"]),
        ("[-@lamp1901]", ["lamp1901"]),
        ("@lamp1901", ["lamp1901"]),
        ("@lamp1901 [p. 3]", ["lamp1901"]),
        ("-@lamp1901", ["lamp1901"]),
        ("[@lamp1901, 页 12；@tide1910]", ["lamp1901", "tide1910"]),
    ],
)
def test_a_citation_is_one_slot_with_its_keys(text: str, keys: list[str]) -> None:
    result = scanned(f"so {text}.")
    assert visible(result.text) == "so ⟦0⟧."
    assert [cite.key for cite, _ in result.slots[0].cites] == keys


def test_citations_are_in_tables_notes_headings_and_quotations() -> None:
    text = "## A [@a] {#a}\n\n> — [@b, p. 3]\n\n| c |\n|---|\n| [@c] |\n\n[^1] so\n\n[^1]: d [@d]"
    assert [cite.key for slot in scanned(text).slots for cite, _ in slot.cites] == list("abcd")


@pytest.mark.parametrize("text", [f"so [{MARK}p. 3] it is", f"so [@lamp1901, p. 3; {MARK}p. 7] it is"])
def test_a_locator_without_its_work_is_a_warning(text: str) -> None:
    text, place = line_and_column(text)
    [problem] = scanned(text).problems
    assert (problem.rule, problem.severity, problem.span.line, problem.span.column) == (
        "incomplete-citation",
        "warning",
        *place,
    )


# Attributes and headings.


@pytest.mark.parametrize(
    ("text", "target", "dimension", "reading"),
    [
        ("{#first-lamp dimension=origin}", "first-lamp", "origin", False),
        ("{#first-lamp}", "first-lamp", "", False),
        ("{dimension=origin}", "", "origin", False),
        ('{#first-lamp dimension="origin"}', "first-lamp", "origin", False),
        ("{: #first-lamp }", "first-lamp", "", False),
        ("{.reading}", "", "", True),
        ("{#first-lamp .reading}", "first-lamp", "", True),
    ],
)
def test_attributes_end_a_block(text: str, target: str, dimension: str, reading: bool) -> None:
    for before in ("Lit early.", "Lit early.\n", "- Lit early.", "1. Lit early."):
        result = scanned(f"{before} {text}  ")
        slot = result.slots[-1]
        assert (slot.kind, slot.target, slot.dimension, slot.reading) == ("attributes", target, dimension, reading)
        assert result.problems == []


@pytest.mark.parametrize(
    ("attributes", "rule"),
    [
        ("{.readng}", "unknown-key"),
        ("{#a dimesion=origin}", "unknown-key"),
        ("{#a origin}", "unknown-key"),
        ("{#A}", "bad-id"),
        ("{#a_b}", "bad-id"),
        ("{#société}", "bad-id"),
        ("{onclick=alert(1)}", "unsafe-html"),
        ("{#a style=color:red}", "unknown-key"),
        ("{class=reading}", "unknown-key"),
    ],
)
def test_an_attribute_that_no_paragraph_has_is_reported_with_its_place(attributes: str, rule: str) -> None:
    text, place = line_and_column(f"one\n\nLit early. {MARK}{attributes}")
    assert places(scanned(text).problems) == [(rule, *place)]


@pytest.mark.parametrize("text", [f"A lamp. {MARK}{{#a}}", f"{MARK}## A lamp", f"{MARK}## A lamp {{#a}}"])
def test_a_text_of_one_paragraph_has_no_heading_and_no_attributes(text: str) -> None:
    text, place = line_and_column(text)
    found = places(scanned(text, block=False).problems)
    assert ("wrong-type", *place) in found
    assert {rule for rule, _, _ in found} == {"wrong-type"}


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("# Title {#title}", "heading-level"),
        ("## Situation", "missing-id"),
        ("## Situation ##", "missing-id"),
        ("## Situation {.reading}", "missing-id"),
        ("## A set \\{#a}", "missing-id"),
        ("##Situation", "missing-id"),
        ("Title {#title}\n===", "heading-level"),
        ("Situation\n---", "missing-id"),
        ("Situation \\{#a}\n---", "missing-id"),
        ("> ## Situation", "missing-id"),
    ],
)
def test_a_heading_begins_with_two_signs_and_ends_with_an_id(heading: str, rule: str) -> None:
    """Also where Markdown makes a heading of what does not look like one."""
    assert [problem.rule for problem in scanned(f"one\n\n{heading}\n\ntwo").problems] == [rule]


def test_a_line_that_begins_with_a_number_sign_is_text() -> None:
    result = scanned("one\n\n#1 of the list")
    assert (result.text, result.problems) == ("one\n\n#1 of the list", [])


def test_a_heading_may_hold_links_and_citations() -> None:
    result = scanned("## The [[lamps]] [@lamp1901] {#lamps}")
    assert visible(result.text) == "## The ⟦0⟧ ⟦1⟧ ⟦2⟧"
    assert result.problems == []


# HTML.


@pytest.mark.parametrize("tag", ["<b>", "</b>", "<br>", "<br/>", '<span class="x">', "<a.b>", "<b\nclass=x>"])
def test_html_is_reported(tag: str) -> None:
    text, place = line_and_column(f"one\ntwo {MARK}{tag} three")
    assert places(scanned(text).problems) == [("raw-html", *place)]


@pytest.mark.parametrize(
    "tag",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//a.example>",
        "<script",
        "<img src=x onerror=alert(1)>",
        "<b/onclick=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src=https://a.example>",
        "<a href=javascript:alert(1)>",
        "<style>p{}</style>",
        "<object data=x>",
        "<form action=x>",
        "<meta http-equiv=refresh>",
        "<base href=x>",
    ],
)
def test_html_that_could_run_is_reported_as_such(tag: str) -> None:
    text, place = line_and_column(f"one\ntwo {MARK}{tag} three")
    found = places(scanned(text).problems)
    assert found[0] == ("unsafe-html", *place)
    assert {rule for rule, _, _ in found} == {"unsafe-html"}


@pytest.mark.parametrize(
    "text",
    [
        "[a <b>c</b>](/actors/)",
        "[a <b>c</b>](https://a.example)",
        "[[lamps|a <b>c</b>]]",
        "![a <b>c</b>](/files/a.png)",
    ],
)
def test_html_in_the_words_of_a_link_is_reported(text: str) -> None:
    assert "raw-html" in [problem.rule for problem in scanned(text).problems]


@pytest.mark.parametrize(
    "text",
    ["[a <script>c](/actors/)", "[a <script>c](https://a.example)", "[[lamps|<script>]]", "![<script>](/files/a.png)"],
)
def test_a_script_in_the_words_of_a_link_is_reported(text: str) -> None:
    assert "unsafe-html" in [problem.rule for problem in scanned(text).problems]


@pytest.mark.parametrize(
    "text", ["[a [[lamps]] b](/actors/)", "[a [b](/cases/) c](/actors/)", "[a [[lamps]] b](https://a.example)"]
)
def test_a_link_in_the_words_of_a_link_is_reported(text: str) -> None:
    """A page cannot show it; printed as it is written it would look like a mistake of the engine's."""
    assert scanned(text).problems != []


def test_the_hint_for_a_plain_less_than_is_true() -> None:
    [problem] = scanned("a <b> c").problems
    assert r"\<" in problem.hint or "&lt;" in problem.hint


# Notes.


def test_a_note_that_is_called_and_not_written_is_reported_with_the_nearest() -> None:
    text, place = line_and_column(f"one[^lamp] two{MARK}[^lamps]\n\n[^lamp]: A lamp.")
    [problem] = scanned(text).problems
    assert (problem.rule, problem.span.line, problem.span.column) == ("unknown-footnote", *place)
    assert "lamp" in problem.hint


def test_a_note_that_is_written_and_never_called_is_reported() -> None:
    text, place = line_and_column(f"one[^lamp]\n\n[^lamp]: A lamp.\n\n{MARK}[^other]: Another.")
    assert places(scanned(text).problems) == [("unknown-footnote", *place)]


# Characters.


@pytest.mark.parametrize(
    "character", ["\ue000", "\ue001", "\x0e", "\x0f", "\x00", "\x02", "\x03", "\x0b", "\x0c", "\x1b", "\x7f"]
)
def test_a_control_or_private_character_is_reported(character: str) -> None:
    result = scanned(f"one\ntwo {character} three")
    assert places(result.problems) == [("bad-character", 2, 5)]
    assert character not in result.text


@pytest.mark.parametrize(
    "around",
    ["`{}`", "```\n{}\n```", "[{}](/actors/)", "[{}](https://a.example)", "[[lamps|{}]]", "https://a.example/{}"],
)
def test_a_private_character_is_reported_wherever_it_is(around: str) -> None:
    """Else it would be taken for a slot."""
    result = scanned(around.format("\x0e7\x0f"))
    assert [problem.rule for problem in result.problems] == ["bad-character", "bad-character"]
    assert "\x0e7\x0f" not in result.text


# Places.


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}[[lamps]]",
        f"one\ntwo {MARK}[[lamps]]",
        f"一盏灯，\n甲 {MARK}[[lamps]]",
        f"𝄞 😀 {MARK}[[lamps]]",
        f"<!-- a\n\nb --> {MARK}[[lamps]]",
        f"`a\nb` {MARK}[[lamps]]",
        f"```\na\n```\n{MARK}[[lamps]]",
        f"[甲 {MARK}[[lamps]]]{{lang=zh}}",
        f"| a |\n|---|\n| {MARK}[[lamps]] |",
        f"see {MARK}[the lamps](/actors/)",
        f"see {MARK}![the lamps](/files/a.png)",
        f"so it was.\n{MARK}{{#first-lamp dimension=origin}}",
    ],
)
def test_a_slot_knows_its_place(text: str) -> None:
    text, place = line_and_column(text)
    spans = [slot.span for slot in scanned(text).slots if slot.kind not in ("language", "close")]
    assert [(span.line, span.column) for span in spans] == [place]


def test_each_work_of_a_citation_knows_where_its_key_is() -> None:
    text = "so\n[see @lamp1901, p. 3;\n@tide1910] it is"
    [slot] = scanned(text).slots
    assert [(span.line, span.column) for _, span in slot.cites] == [(2, 7), (3, 2)]


# What must hold of all texts.

PIECES = [
    "[", "]", "(", ")", "[[", "]]", "|", "#", "@", "@a", "-@a", "`", "``", "```", "~~~", "\\", "!", "{", "}", "{#a}",
    "{lang=zh}", "{.reading}", "<", ">", "<b>", "<!--", "-->", "https://a.example", "mailto:", "javascript:", "/files/",
    "/x/", "[^1]", "[^1]:", "[a]:", "*", "**", "_", ":", ";", "；", " ", "\n", "\n\n", "\n    ", "\n- ", "\n> ", "\n## ",
    "a", "甲", "，", "p. 3", '"', "'", "=", "&", "&amp;", "\ue000", "\ue001", "\x0e", "\x0f", "0", "\x02", "\x00", "😀", "\u2028", "\xa0",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.text("[](){}<>`@#|\\!^:*_ \nab0"))


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of a text stand in another in that order."""
    rest = iter(whole)
    return all(character in rest for character in part)


@given(TEXTS, st.booleans())
@example("[a `b\nc]{lang=zh} d` e", True)
@example("`\x0e7\x0f`", True)
def test_no_text_stops_the_scanner_and_nothing_is_invented(text: str, block: bool) -> None:
    result = scan(passage(text), block=block)
    numbers = [int(found[1]) for found in SLOT.finditer(result.text)]
    assert sorted(numbers) == list(range(len(result.slots)))
    assert is_within(SLOT.sub("", result.text), text)


@given(TEXTS)
def test_nothing_is_lost_unless_it_is_reported_or_became_a_slot(text: str) -> None:
    result = scanned(text)
    if not result.problems and not result.slots and "<!--" not in text:
        assert result.text == text


@given(TEXTS)
def test_every_place_that_is_named_is_in_the_text(text: str) -> None:
    result = scanned(text)
    lines = text.split("\n")
    spans = [slot.span for slot in result.slots] + [problem.span for problem in result.problems]
    spans += [span for slot in result.slots for _, span in slot.cites]
    for span in spans:
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1


KNOWN = {
    "words": "words",
    "甲乙": "甲乙",
    "`[[lamps]] @a`": "`[[lamps]] @a`",
    "``a ` [@b]``": "``a ` [@b]``",
    "[[lamps]]": "⟦⟧",
    "[[lamps#x|the lamps]]": "⟦⟧",
    "[@a, p. 3; see @b]": "⟦⟧",
    "@a [p. 3]": "⟦⟧",
    "[the *lamps*](/actors/)": "⟦⟧the *lamps*⟦⟧",
    "[here](#x)": "⟦⟧here⟦⟧",
    "[甲 [[lamps]]]{lang=zh}": "⟦⟧甲 ⟦⟧⟦⟧",
    "![a lamp](/files/a.png)": "⟦⟧a lamp⟦⟧",
    "@fig-lamp": "⟦⟧",
    "[@tbl-lamps]": "⟦⟧",
    "[there](https://a.example/@b)": "[there](https://a.example/@b)",
    "https://a.example/@b": "https://a.example/@b",
    "<https://a.example/>": "<https://a.example/>",
    "me@a.example": "me@a.example",
    r"\[[lamps]]": r"\[[lamps]]",
    r"\@a": r"\@a",
    "<!-- [[lamps]] -->": "",
    "3 < 4": "3 < 4",
    "{a} or {b} so": "{a} or {b} so",
}


@given(st.lists(st.tuples(st.sampled_from(sorted(KNOWN)), st.sampled_from(["; ", ".\n", ",\n\n", " — ", " and "]))))
def test_every_reference_becomes_its_slots_whatever_is_around_it(rows: list[tuple[str, str]]) -> None:
    result = scanned("".join(text + gap for text, gap in rows))
    assert result.problems == []
    shown = SLOT.sub("⟦⟧", result.text)
    assert shown == "".join(KNOWN[text] + gap for text, gap in rows)


@pytest.mark.parametrize("entity", ["&#14;0&#15;", "&#xE002;", "&#xD800;", "&#0;", "&#x110000;", "&#57344", "&#x2028;"])
def test_no_entity_stands_for_a_character_that_no_text_may_hold(entity: str) -> None:
    result = scanned(f"One {entity} two.")
    assert {problem.rule for problem in result.problems} == {"bad-character"}
    assert "&#" not in result.text
    assert places(result.problems)[0] == ("bad-character", 1, 5)
