"""Citations as authors write them: pandoc's grammar (User's Guide, "Citation syntax"), and what stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from atlas.bibliography.citing.syntax import Cite, Locator, parse_citation, read_locator, stray_part


def first(text: str) -> Cite:
    """The first work of the citation that a text is."""
    citation = parse_citation(text, 0)
    assert citation
    assert (citation.start, citation.end) == (0, len(text))
    return citation.cites[0]


class TestBrackets:
    def test_hold_several_works_each_with_prefix_locator_and_suffix(self) -> None:
        citation = parse_citation("[see @key, pp. 3–5; @b, 页 12]", 0)
        assert citation
        assert citation.cites == (
            Cite("key", "see", Locator("page", "3–5"), "", "normal", 6),
            Cite("b", "", Locator("page", "12"), "", "normal", 21),
        )

    def test_with_a_minus_leave_out_the_author(self) -> None:
        assert first("[-@key]").mode == "suppress-author"

    def test_keep_what_follows_the_locator_as_a_suffix(self) -> None:
        assert first("[@key, p. 3, my italics]") == Cite("key", "", Locator("page", "3"), ", my italics", "normal", 2)

    def test_keep_emphasis_of_a_prefix_as_written(self) -> None:
        assert first("[*voir* @key]").prefix == "*voir*"

    def test_may_hold_brackets_and_code_with_a_semicolon(self) -> None:
        assert first("[@key, p. 3 [a; b] `;`]").suffix == "[a; b] `;`"

    def test_take_the_full_width_signs_of_chinese_typing(self) -> None:
        citation = parse_citation("[@a，第12页；@b]", 0)
        assert citation
        assert [(cite.key, cite.locator) for cite in citation.cites] == [("a", Locator("page", "12")), ("b", None)]

    def test_may_run_over_one_line_break_but_not_over_an_empty_line(self) -> None:
        assert parse_citation("[see\n@a]", 0)
        assert parse_citation("[see\n\n@a]", 0) is None

    @pytest.mark.parametrize(
        "text",
        [
            "[text]",
            "[]",
            "[see below; @a]",
            "[@a; p. 3]",
            "[write to me@example.org]",
            "[@a](https://example.org/)",
            "[@a]{lang=zh}",
            "[@a][1]",
            "[^1]",
            "[@a",
            "[@]",
            "[@ a]",
            "[https://example.org/@a]",
        ],
    )
    def test_without_a_key_in_each_part_stay_text(self, text: str) -> None:
        assert parse_citation(text, 0) is None

    def test_that_never_close_cost_no_time(self) -> None:
        assert parse_citation("[" * 100_000, 0) is None


class TestInText:
    def test_a_key_alone_names_the_author(self) -> None:
        assert first("@key") == Cite("key", mode="author-in-text", offset=1)

    def test_brackets_after_it_hold_its_locator(self) -> None:
        assert first("@key [p. 3]").locator == Locator("page", "3")

    def test_brackets_after_it_may_hold_further_works(self) -> None:
        citation = parse_citation("@key [p. 3; see @b, chap. 2]", 0)
        assert citation
        assert [(cite.key, cite.prefix, cite.mode) for cite in citation.cites] == [
            ("key", "", "author-in-text"),
            ("b", "see", "normal"),
        ]

    @pytest.mark.parametrize(
        "text", ["@key [[actor-id]]", "@key [^1]", "@key [text](/path/)", "@key [民间外交]{lang=zh}"]
    )
    def test_brackets_that_are_something_else_are_left_alone(self, text: str) -> None:
        citation = parse_citation(text, 0)
        assert citation
        assert text[: citation.end] == "@key"

    @pytest.mark.parametrize("text", ["me@example", "a.b@example", "https://example.org/@name", "x_@name"])
    def test_an_address_is_no_citation(self, text: str) -> None:
        assert parse_citation(text, text.index("@")) is None

    def test_a_han_character_may_touch_the_sign(self) -> None:
        assert parse_citation("见@key", 1) is not None


class TestKeys:
    # The examples of the User's Guide.
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("@Foo_bar.baz.", "Foo_bar.baz"),
            ("@{Foo_bar.baz.}", "Foo_bar.baz."),
            ("@Foo_bar--baz", "Foo_bar"),
            ("@key, and", "key"),
            ("@key:2004.", "key:2004"),
            ("@DBLP:conf/x/Y98", "DBLP:conf/x/Y98"),
            ("@{https://example.com/bib?name=foobar&date=2000}", "https://example.com/bib?name=foobar&date=2000"),
            ("@2004key", "2004key"),
            ("@陈2004", "陈2004"),
        ],
    )
    def test_have_letters_digits_and_single_signs_between_them(self, text: str, key: str) -> None:
        citation = parse_citation(text, 0)
        assert citation
        assert citation.cites[0].key == key


class TestLocators:
    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            ("p. 3", "page", "3"),
            ("pp. 33-35, 38-39", "page", "33-35, 38-39"),
            ("33", "page", "33"),
            ("page 3", "page", "3"),
            ("pages 3 et 5", "page", "3 et 5"),
            ("p. xii", "page", "xii"),
            ("12 ff.", "page", "12 ff."),
            ("p. 3 sq.", "page", "3 sq."),
            ("chap. II", "chapter", "II"),
            ("ch. 2", "chapter", "2"),
            ("chapitre 4", "chapter", "4"),
            ("§ 12", "section", "12"),
            ("§12", "section", "12"),
            ("art. 3", "article", "3"),
            ("n° 7", "issue", "7"),
            ("vol. 2", "volume", "2"),
            ("t. III", "volume", "III"),
            ("fig. 4a", "figure", "4a"),
            ("s.v. Bridge", "sub-verbo", "Bridge"),
            ("页 12", "page", "12"),
            ("页12—15", "page", "12—15"),
            ("第12页", "page", "12"),
            ("第12–15页", "page", "12–15"),
            ("第三章", "chapter", "三"),
            ("第 5 条", "article", "5"),
            ("{pp. iv, vi-xi, (xv)-(xvii)}", "page", "iv, vi-xi, (xv)-(xvii)"),
            ("{ii, A, D-Z}", "page", "ii, A, D-Z"),
        ],
    )
    def test_are_known_by_their_words_in_three_languages(self, text: str, kind: str, value: str) -> None:
        assert read_locator(text) == (Locator(kind, value), "")

    @pytest.mark.parametrize(
        "text", ["no longer true", "note that", "l'autre", "passim", "p", "chapter and verse", "vivid"]
    )
    def test_are_not_seen_in_words(self, text: str) -> None:
        assert read_locator(text) == (None, text)

    def test_leave_the_rest_as_a_suffix(self) -> None:
        assert read_locator(", pp. 33-35 and nowhere else") == (Locator("page", "33-35"), "and nowhere else")

    def test_empty_braces_say_that_there_is_none(self) -> None:
        assert first("[@smith{}, 99 years later]") == Cite("smith", "", None, ", 99 years later", "normal", 2)


class TestStrayParts:
    @pytest.mark.parametrize(
        ("text", "offset", "kind"),
        [
            ("[p. 3]", 1, "locator"),
            ("[@, p. 3]", 1, "locator"),
            ("[@a, p. 3; p. 7]", 11, "locator"),
            ("[第3页]", 1, "locator"),
            ("[see p. 3; @a]", 5, "locator"),
            ("[@a; see also, ch. 2]", 15, "locator"),
            ("@a [p. 3; p. 7]", 10, "locator"),
            ("[@a;; @b]", 3, "part"),
            ("[@a; ]", 3, "part"),
            ("[; @a]", 1, "part"),
            ("[-@a；]", 4, "part"),
            ("@a [p. 3;]", 8, "part"),
            ("[@a; see also]", 5, "words"),
        ],
    )
    def test_are_found_at_their_places_and_are_text_as_in_pandoc(self, text: str, offset: int, kind: str) -> None:
        assert stray_part(text, text.index("[")) == (offset, kind)
        assert parse_citation(text, text.index("[")) is None

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "@a [p. 3]",
                "[3]",
                "[see below]",
                "[@a, p. 3]",
                "[1949]",
                "[page]",
                "[]",
                "[one; two]",
                "[see p. 3 below]",
            ),
            *("[our translation; see @a]", "@a [sic; my italics]", "[see p. 3 below; @a]", "[@a; @b]", "[;]"),
        ],
    )
    def test_are_not_seen_in_other_brackets(self, text: str) -> None:
        assert stray_part(text, text.index("[")) is None


@given(some.text(alphabet="[]@-{}a1 p.;,`\\\n；页(", max_size=40), some.integers(0, 40))
def test_any_text_is_read_without_an_error_and_within_its_bounds(text: str, offset: int) -> None:
    citation = parse_citation(text, offset)
    stray = stray_part(text, offset)
    assert stray is None or (citation is None and offset < stray.offset < len(text))
    if citation:
        assert offset == citation.start < citation.end <= len(text)
        assert all(text.startswith(cite.key, cite.offset) for cite in citation.cites)
