"""References and citations in every style: golden strings in bibliographies/references.txt, and the rules between
them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from reference_lists import STYLES, citer, expected, shown, specimens, style, works

from atlas.bibliography.citing.syntax import Cite, Locator, Mode, parse_citation
from atlas.bibliography.formatting.citer import Citer, load_style
from atlas.bibliography.parsing.biblatex import TYPES

NAMES = sorted({row[0] for row in expected()})
AUTHOR_DATE = [name for name in NAMES if "numeric" not in name]

TWO = """
@book{smith, author={Smith, Jane and Doe, John}, title={The book}, date={2004}, langid={english}}
@book{brown, author={Brown, Al and Cole, Bo and Dale, Cy}, title={The other}, date={1999}, langid={english}}
@book{zhang, author={张三 and 李四 and 王五}, title={书}, date={2001}, langid={chinese}}
@book{durand, author={Durand, Ève and Petit, Léo}, title={Le livre}, date={2010}, langid={french}}
"""


def text(pieces: Sequence[tuple[str | None, str]]) -> str:
    """A citation as a reader sees it."""
    return shown("".join(words for _, words in pieces))


def label(of: Citer, written: str) -> str:
    """What a citation becomes."""
    citation = parse_citation(written, 0)
    assert citation
    return text(of.label(citation.cites))


@pytest.fixture(scope="module")
def citers() -> dict[tuple[str, str], Citer]:
    """A citer of the specimens for each style and language."""
    own = specimens()
    return {(name, language): Citer(own, style(name), language) for name, language, _, _ in expected()}


class TestReferences:
    @pytest.mark.parametrize(("name", "language", "key", "reference"), expected())
    def test_follow_the_rule(
        self, citers: dict[tuple[str, str], Citer], name: str, language: str, key: str, reference: str
    ) -> None:
        assert shown(citers[name, language].reference(key)) == reference

    def test_of_all_sixty_are_expected_in_two_default_styles_each_on_pages_of_its_language(self) -> None:
        defaults = {("chicago-author-date", "en"), ("iso-690", "fr"), ("gb-t-7714-2015-author-date", "zh-Hans")}
        pages = {key: {(name, page) for name, page, own, _ in expected() if own == key} for key in specimens()}
        assert len(pages) == 60
        assert [key for key, rows in pages.items() if len(rows & defaults) < 2] == []
        languages = [work.language for work in specimens().values()]
        assert {language: languages.count(language) for language in languages} == {"en": 20, "fr": 20, "zh": 20}

    def test_of_twelve_are_expected_in_every_style_on_pages_of_every_language(self) -> None:
        rows = [(name, page, key) for name, page, key, _ in expected()]
        assert len(rows) == len(set(rows))
        names = {path.stem for path in STYLES.glob("*.yaml")} - {"words"}
        everywhere = {(name, page) for name in names for page in ("en", "fr", "zh-Hans")}
        whole = [key for key in specimens() if everywhere <= {(name, page) for name, page, own in rows if own == key}]
        assert len(everywhere) == 21
        assert [sum(key.startswith(language) for key in whole) for language in ("en", "fr", "zh")] == [4, 4, 4]

    def test_cover_every_type_three_times(self) -> None:
        kinds = [work.type for work in specimens().values()]
        wanted = set(TYPES.values()) - {
            "magazine",
            "periodical",
            "jurisdiction",
            "audio",
            "artwork",
            "patent",
            "standard",
            "map",
            "preprint",
        }
        assert {kind for kind in wanted if kinds.count(kind) < 3} == set()

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("key", ["en_article", "fr_book", "zh_article", "en_law"])
    def test_differ_between_pages_only_in_what_is_foreign(self, name: str, key: str) -> None:
        pages = {shown(Citer(specimens(), style(name), language).reference(key)) for language in ("en", "fr", "zh")}
        assert len(pages) == 1

    @pytest.mark.parametrize("name", NAMES)
    def test_exist_for_every_type_in_every_style(self, name: str) -> None:
        bibtex = "\n".join(
            f"@{kind}{{k{n}, title={{The {kind}}}, date={{2004}}}}" for n, kind in enumerate(sorted(TYPES))
        )
        of = citer(bibtex, name)
        assert all("he" in of.reference(key) for key in of.works)

    def test_mark_a_title_with_its_language_on_a_page_in_another(self) -> None:
        of = citer(
            "@article{a, author={Aubert, Anne}, title={Le pont}, journaltitle={Revue}, date={2009}, langid={french}}"
        )
        assert '<span lang="fr">« Le pont »</span>. <i lang="fr">Revue</i>'.replace("« ", "«\u00a0") in of.reference(
            "a"
        ).replace("\u00a0»", " »")

    def test_set_a_work_in_any_other_language_by_the_rules_of_the_page(self) -> None:
        bibtex = "@book{a, author={Müller, Jo}, title={Die Stadt}, edition={2}, date={1990}, langid={german}}"
        assert citer(bibtex).reference("a") == 'Müller, Jo. 1990. <i lang="de">Die Stadt</i>. 2nd ed.'
        assert (
            citer(bibtex, language="fr").reference("a") == 'Müller, Jo. 1990. <i lang="de">Die Stadt</i>. 2e\u00a0éd.'
        )

    def test_have_the_spaces_of_french_signs(self) -> None:
        bibtex = "@article{a, title={Qui : un « exemple » ?}, journaltitle={Revue}, volume={3}, pages={1--2}, langid={french}}"
        reference = citer(bibtex, "iso-690", "fr").reference("a")
        assert reference.startswith(
            "Qui\u00a0: un «\u00a0exemple\u00a0»\u202f?, s.\u00a0d. <i>Revue</i>. Vol.\u00a03, p.\u00a01-2"
        )

    def test_never_set_a_description_in_italics_or_quotation_marks(self) -> None:
        bibtex = "@book{a, title={[Notes of a meeting]}, date={1990}}\n@online{b, title={[Front page]}, date={1991}}"
        for name in NAMES:
            of = citer(bibtex, name)
            assert not re.search(r"<i>|“|《", of.reference("a") + of.reference("b"))

    def test_keep_protected_capitals_and_marks_of_latex(self) -> None:
        bibtex = r"@article{a, title={On {NATO}, \emph{Homo sapiens} and H\textsubscript{2}O: {iPhone} users}, langid={english}}"
        assert "On NATO, <i>Homo sapiens</i> and H<sub>2</sub>O: iPhone users" in citer(bibtex, "apa").reference("a")

    def test_turn_quotation_marks_inside_a_quoted_title(self) -> None:
        bibtex = r"@article{a, title={The \enquote{old} and ``new'' bridge}, langid={english}}"
        assert "“The ‘Old’ and ‘New’ Bridge.”" in citer(bibtex).reference("a")

    def test_keep_a_question_mark_in_place_of_the_full_stop(self) -> None:
        bibtex = "@article{a, author={Doe, J.}, title={Who goes?}, journaltitle={J}, date={2004}, langid={english}}"
        assert citer(bibtex).reference("a") == "Doe, J. 2004. “Who Goes?” <i>J</i>."

    @pytest.mark.parametrize("name", NAMES)
    def test_escape_what_is_no_markup(self, name: str) -> None:
        bibtex = '@book{a, author={{A & B < C}}, title={1 < 2 & "3"}, publisher={P > Q}, date={2001}, langid={english}}'
        html = citer(bibtex, name).reference("a")
        assert "&amp;" in html
        assert re.findall(r"<(?!/?i>)[^ ]", html) == []

    def test_quote_addresses_for_their_attribute(self) -> None:
        html = citer('@online{a, title={T}, url={https://example.org/?a="b"&c=d}}').reference("a")
        assert '<a href="https://example.org/?a=%22b%22&amp;c=d">' in html

    @pytest.mark.parametrize(
        ("count", "chicago", "apa"),
        [
            (6, "A0, B., B. A1, B. A2, B. A3, B. A4, and B. A5.", "A0, B., A1, B., A2, B., A3, B., A4, B., & A5, B."),
            (7, "A0, B., B. A1, B. A2, et al.", "A0, B., A1, B., A2, B., A3, B., A4, B., A5, B., & A6, B."),
        ],
    )
    def test_cut_long_lists_of_names_where_the_style_says(self, count: int, chicago: str, apa: str) -> None:
        names = " and ".join(f"A{n}, B." for n in range(count))
        bibtex = f"@book{{a, author={{{names}}}, title={{T}}, date={{2001}}, langid={{english}}}}"
        assert citer(bibtex).reference("a").startswith(chicago)
        assert citer(bibtex, "apa").reference("a").startswith(apa)

    def test_of_five_thousand_authors_name_a_few(self) -> None:
        names = " and ".join(f"A{n}, B." for n in range(5000))
        of = citer(f"@book{{a, author={{{names}}}, title={{T}}, date={{2001}}, langid={{english}}}}", "apa")
        assert of.reference("a").startswith("A0, B., A1, B.,")
        assert ", A18, B., . . . A4999, B. (2001)" in of.reference("a")

    def test_cut_page_ranges_in_chicagos_manner_only(self) -> None:
        # Chicago, "Inclusive numbers".
        ranges = {"3--10": "3–10", "71--72": "71–72", "100--104": "100–104", "101--108": "101–8", "321--328": "321–28",
                  "498--532": "498–532", "1087--1089": "1087–89", "1496--1500": "1496–500"}  # fmt: skip
        for written, cut in ranges.items():
            bibtex = (
                f"@article{{a, title={{T}}, journaltitle={{J}}, volume={{1}}, pages={{{written}}}, langid={{english}}}}"
            )
            assert f"1: {cut}." in citer(bibtex).reference("a")
            assert f", {written.replace('--', '–')}." in citer(bibtex, "apa").reference("a")


class TestVagueDates:
    @pytest.mark.parametrize(
        ("date", "english", "french", "chinese"),
        [
            ("1886~", "ca. 1886", "vers 1886", "约1886"),
            ("1886?", "1886?", "1886 ?", "1886?"),
            ("188X", "1880s", "années 1880", "1880年代"),
            ("2003/2005", "2003–2005", "2003–2005", "2003–2005"),
            ("2004/..", "2004–", "2004–", "2004–"),
        ],
    )
    def test_are_in_the_language_of_the_work(self, date: str, english: str, french: str, chinese: str) -> None:
        for language, year in (("english", english), ("french", french), ("chinese", chinese)):
            bibtex = f"@book{{a, author={{Doe, Jo}}, title={{T}}, date={{{date}}}, langid={{{language}}}}}"
            assert shown(citer(bibtex).reference("a")).startswith(f"Doe, Jo. {year}")

    @pytest.mark.parametrize("name", AUTHOR_DATE)
    def test_that_are_missing_are_shown_in_the_text_in_the_words_of_its_language(self, name: str) -> None:
        # A citation is part of the text around it, and in its language; GB/T 7714 words it by the language of the work, as its
        # 等 and et al. in 10.2 (after the CSL file: （李时珍，无日期）, （Einstein，n.d.）).
        words = {"english": "n.d.", "french": "s. d.", "chinese": "无日期"}
        for page, own in (("en", "english"), ("fr", "french"), ("zh-Hans", "chinese")):
            for language in words:
                bibtex = f"@book{{a, author={{Doe, Jo}}, title={{T}}, langid={{{language}}}}}"
                said = label(citer(bibtex, name, page), "[@a]")
                assert words[language if name.startswith("gb") else own] in said, (page, language)
                assert said.count("Doe") == 1

    def test_that_are_vague_are_shown_in_the_words_of_the_text_in_it_and_of_the_work_in_the_list(self) -> None:
        of = citer("@book{a, author={张三}, title={书}, date={1886~}, langid={chinese}}")
        assert label(of, "[@a]") == "(张三 ca. 1886)"
        assert shown(of.reference("a")).startswith("张三. 约1886.")


class TestLabels:
    @pytest.mark.parametrize(
        ("name", "language", "written", "said"),
        [
            # Chicago 13.117–13.128: three and more are cut to the first; the locator after a comma.
            (
                "chicago-author-date",
                "en",
                "[see @smith, pp. 3--5; @brown]",
                "(see Smith and Doe 2004, 3–5; Brown et al. 1999)",
            ),
            ("chicago-author-date", "en", "@smith [p. 3]", "Smith and Doe (2004, 3)"),
            (
                "chicago-author-date",
                "en",
                "@smith [p. 3; see @brown]",
                "Smith and Doe (2004, 3; see Brown et al. 1999)",
            ),
            ("chicago-author-date", "en", "[-@smith, chap. 2, my italics]", "(2004, chap. 2, my italics)"),
            ("chicago-author-date", "en", "[@zhang]", "(张三等 2001)"),
            ("chicago-author-date", "fr", "[@smith, p. 3]", "(Smith et Doe 2004, 3)"),
            ("chicago-author-date", "zh-Hans", "[@smith, p. 3; @zhang]", "（Smith and Doe 2004，3；张三等 2001）"),
            ("chicago-author-date", "zh-Hans", "@zhang", "张三等（2001）"),
            # APA 8.11–8.17.
            ("apa", "en", "[@smith, pp. 3-5; @brown]", "(Brown et al., 1999; Smith & Doe, 2004, pp. 3–5)"),
            ("apa", "fr", "[@durand, chap. 4]", "(Durand et Petit, 2010, chap. 4)"),
            ("apa", "zh-Hans", "[@zhang, 第12页]", "（张三等，2001，第12页）"),
            # ISO 690, name and date.
            ("iso-690", "fr", "[@durand, p. 12-14]", "(Durand et Petit, 2010, p. 12-14)"),
            ("iso-690", "fr", "@brown", "Brown, Cole et Dale (1999)"),
            # GB/T 7714—2015 10.2.1, 10.2.2, 10.2.4: one name, a space before 等, the page raised after the brackets.
            ("gb-t-7714-2015-author-date", "zh-Hans", "[@zhang, 第12页]", "（张三 等，2001）<sup>12</sup>"),
            ("gb-t-7714-2015-author-date", "zh-Hans", "[@smith]", "（Smith et al.，2004）"),
            # GB/T 7714—2015 10.1: numbers in brackets, raised, the page after them.
            ("gb-t-7714-2015-numeric", "zh-Hans", "[@smith, p. 3]", "<sup>[3]3</sup>"),
        ],
    )
    def test_follow_style_and_page(self, name: str, language: str, written: str, said: str) -> None:
        assert label(citer(TWO, name, language), written) == said

    def test_are_pieces_so_that_each_work_is_a_link(self) -> None:
        citation = parse_citation("[see @smith; @brown]", 0)
        assert citation
        assert citer(TWO).label(citation.cites) == (
            (None, "("),
            (None, "see "),
            ("smith", "Smith and Doe 2004"),
            (None, "; "),
            ("brown", "Brown et al. 1999"),
            (None, ")"),
        )

    def test_are_sorted_unless_a_prefix_makes_the_order_the_authors(self) -> None:
        assert label(citer(TWO), "[@smith; @brown]") == "(Brown et al. 1999; Smith and Doe 2004)"
        assert label(citer(TWO), "[@smith; cf. @brown]") == "(Smith and Doe 2004; cf. Brown et al. 1999)"

    def test_name_an_author_once_in_a_row(self) -> None:
        bibtex = (
            "@book{a, author={Doe, Jo}, title={A}, date={2001}}\n@book{b, author={Doe, Jo}, title={B}, date={2003}}"
        )
        assert label(citer(bibtex), "[@b; @a]") == "(Doe 2001, 2003)"
        assert label(citer(bibtex), "[@a, p. 3; @b]") == "(Doe 2001, 3; Doe 2003)"

    def test_distinguish_works_of_one_year_in_the_order_of_the_list(self) -> None:
        bibtex = "@book{b, author={Doe, Jo}, title={Beta}, date={2001}}\n@book{a, author={Doe, Jo}, title={Alpha}, date={2001}}"
        of = citer(bibtex)
        assert (label(of, "[@a]"), label(of, "[@b]")) == ("(Doe 2001a)", "(Doe 2001b)")
        assert of.reference("a").startswith("Doe, Jo. 2001a. ")

    def test_distinguish_undated_works_of_one_body(self) -> None:
        bibtex = "@online{a, author={{Body}}, title={A}, langid={english}}\n@online{b, author={{Body}}, title={B}, langid={english}}"
        of = citer(bibtex)
        assert (label(of, "[@a]"), label(of, "[@b]")) == ("(Body n.d.-a)", "(Body n.d.-b)")
        assert of.reference("b").startswith("Body. n.d.-b. ")

    def test_distinguish_persons_of_one_family_name_by_initials(self) -> None:
        bibtex = (
            "@book{a, author={Doe, Jo}, title={A}, date={2001}}\n@book{b, author={Doe, Al}, title={B}, date={2001}}"
        )
        assert label(citer(bibtex), "[@a; @b]") == "(A. Doe 2001; J. Doe 2001)"

    def test_name_the_body_or_else_the_short_title_of_a_work_without_author(self) -> None:
        bibtex = """
        @online{a, title={A page}, organization={The Body}, date={2001}, langid={english}}
        @book{b, title={A title that is much too long to stand in any sentence of a text: a subtitle}, date={2001},
                 langid={english}} @book{c, title={The whole long title}, shorttitle={Whole}, date={2001},
                 langid={english}} @article{d, title={Some news}, date={2001}, langid={english}}
        @article{e, title={Other news}, entrysubtype={newspaper}, journaltitle={The Post}, date={2001},
                 langid={english}}
        """
        of = citer(bibtex)
        assert label(of, "[@a]") == "(The Body 2001)"
        assert label(of, "[@b]") == "(<i>A Title That Is Much Too Long to Stand in Any…</i> 2001)"
        assert label(of, "[@c]") == "(<i>Whole</i> 2001)"
        assert label(of, "[@d]") == "(“Some News” 2001)"
        assert label(of, "[@e]") == "(<i>The Post</i> 2001)"

    # APA 7, section 9.22: a description in place of a title stands in brackets, without quotation marks.
    @pytest.mark.parametrize(
        ("title", "short"),
        [
            ("[On two offices]", "[On two offices]"),
            (
                "[On the two offices that supervise one organisation in a large country]",
                "[On the two offices that supervise one…]",
            ),
            ("[Speech: the two offices that supervise one organisation in a country]", "[Speech]"),
            (
                "[Talk of {Luigi Agrofoglio of the University} of a town in the north-west]",
                "[Talk of Luigi Agrofoglio of the University of…]",
            ),
        ],
    )
    def test_keep_a_description_in_its_brackets_and_in_the_language_of_the_page(self, title: str, short: str) -> None:
        of = citer(f"@online{{a, title={{{title}}}, date={{2001}}, langid={{chinese}}}}")
        assert "".join(words for _, words in of.label([Cite("a")])) == f"({short} 2001)"

    def test_cut_a_title_before_the_space_of_a_french_colon(self) -> None:
        title = "Les organisations sociales : ce que la loi demande depuis un siècle"
        of = citer(f"@online{{a, title={{{title}}}, date={{2001}}, langid={{french}}}}", language="fr")
        assert label(of, "[@a]") == "(« Les organisations sociales » 2001)"

    @pytest.mark.parametrize(
        ("title", "short"),
        [
            ("[第五届中法地方政府合作高层论坛在成都开幕]", "[第五届中法地方政府合作高层论坛…]"),
            ("《中华人民共和国境外非政府组织境内活动管理法》解读", "《〈中华人民共和国境外非政府组织境…〉》"),
        ],
    )
    def test_close_what_a_cut_title_opened(self, title: str, short: str) -> None:
        of = citer(f"@online{{a, title={{{title}}}, date={{2001}}, langid={{chinese}}}}", language="zh")
        assert short in label(of, "[@a]")

    def test_use_a_romanised_name_where_the_reader_needs_it(self) -> None:
        bibtex = "@book{a, author={Zhang, San}, author+an={1=张三}, title={书}, date={2001}, langid={chinese}}"
        assert label(citer(bibtex), "[@a]") == "(Zhang 2001)"
        assert label(citer(bibtex, language="zh"), "[@a]") == "（张三 2001）"
        assert label(citer(bibtex, "gb-t-7714-2015-author-date"), "[@a]") == "(张三, 2001)"

    def test_of_a_body_have_its_own_script_beside_it_in_the_list_alone(self) -> None:
        bibtex = "@online{a, author={{Xinhua}}, author+an={1=新华社}, title={书}, date={2001}, langid={chinese}}"
        assert label(citer(bibtex), "[@a]") == "(Xinhua 2001)"
        assert shown(citer(bibtex).reference("a")).startswith("Xinhua 新华社. 2001.")
        assert shown(citer(bibtex, "iso-690", "fr").reference("a")).startswith("XINHUA 新华社, 2001.")
        assert shown(citer(bibtex, language="zh").reference("a")).startswith("新华社.")

    def test_mark_han_names_with_their_language_on_other_pages(self) -> None:
        assert '<span lang="zh">张三</span>等 2001' in citer(TWO).label([Cite("zhang")])[1][1]

    def test_escape_prefix_and_suffix_but_for_emphasis(self) -> None:
        cite = Cite("smith", prefix="*see* <b>", suffix=", & so")
        assert "".join(words for _, words in citer(TWO).label([cite])) == (
            "(<em>see</em> &lt;b&gt; Smith and Doe 2004, &amp; so)"
        )

    def test_take_the_numbers_of_the_page_in_a_numeric_style(self) -> None:
        of = citer(TWO, "gb-t-7714-2015-numeric", "zh-Hans")
        pieces = of.label([Cite("smith"), Cite("brown")], {"smith": 1, "brown": 2})
        assert text(pieces) == "<sup>[1-2]</sup>"

    @pytest.mark.parametrize("name", AUTHOR_DATE)
    @pytest.mark.parametrize("mode", ["normal", "author-in-text", "suppress-author"])
    def test_say_every_kind_of_locator(self, name: str, mode: Mode) -> None:
        for language in ("en", "fr", "zh"):
            of = citer(TWO, name, language)
            for kind in style(name).sheet(language).locators:
                assert "7" in text(of.label([Cite("smith", locator=Locator(kind, "7"), mode=mode)]))


class TestOrder:
    def test_is_by_name_then_year_then_title(self) -> None:
        bibtex = """
        @book{d, author={Doe, Jo}, title={B}, date={2003}}
        @book{c, author={Doe, Jo}, title={A}, date={2003}}
        @book{b, author={Doe, Jo}, title={Z}, date={2001}}
        @book{e, author={Doe, Jo and Roe, Al}, title={A}, date={1999}}
        @book{a, author={Able, Ann}, title={Z}, date={2020}}
        """
        assert citer(bibtex).sort(["e", "d", "c", "b", "a"]) == ["a", "b", "c", "d", "e"]

    def test_folds_accents(self) -> None:
        bibtex = """
        @book{z, author={Zola, A}, title={T}, langid={french}}
        @book{e, author={Étienne, A}, title={T}, langid={french}}
        @book{f, author={Faure, A}, title={T}, langid={french}}
        """
        assert citer(bibtex, "iso-690", "fr").sort(["z", "e", "f"]) == ["e", "f", "z"]

    def test_is_by_pinyin_for_chinese_with_an_authors_sortname_first(self) -> None:
        # 曾 is zēng as a surname, céng elsewhere; 单 is shàn; a sortname always wins.
        bibtex = """
        @book{z, author={曾三}, title={书}, langid={chinese}}
        @book{s, author={单四}, title={书}, langid={chinese}}
        @book{w, author={王五}, title={书}, langid={chinese}}
        @book{a, author={赵六}, sortname={An, Liu}, title={书}, langid={chinese}}
        """
        assert citer(bibtex, "gb-t-7714-2015-author-date", "zh-Hans").sort(["z", "s", "w", "a"]) == ["a", "s", "w", "z"]

    def test_is_by_title_without_brackets_where_nobody_is_named(self) -> None:
        bibtex = "@misc{b, title={[Beta]}}\n@misc{a, title={Alpha}}\n@misc{c, title={“Gamma”}}"
        assert citer(bibtex).sort(["c", "b", "a"]) == ["a", "b", "c"]

    def test_is_the_same_however_the_keys_come(self) -> None:
        of = citer(TWO)
        assert of.sort(["smith", "brown", "zhang", "durand"]) == of.sort(["zhang", "durand", "smith", "brown", "smith"])


class TestStyles:
    def test_a_further_style_is_a_file(self) -> None:
        text_of_style = "name: Short\nrule: mine\ntypes:\n  misc: ['{head}', '<{year}>', '{title italic}']\n"
        own = load_style(text_of_style, (STYLES / "words.yaml").read_text("utf-8"))
        reference = Citer(works("@book{a, author={Doe, Jo}, title={T}, date={2001}}"), own, "en").reference("a")
        assert reference == "Jo Doe. 2001. <i>T</i>."

    @pytest.mark.parametrize(
        ("text_of_style", "message"),
        [
            ("name: X\nrule: r\ntypes: {}", "misc"),
            ("name: X\nrule: r\ntypes: {misc: ['{title']}", "slot"),
            ("name: X\nrule: r\ntypes: {misc: ['<{title}']}", "not closed"),
            ("name: X\nrule: r\ntypes: {misc: ['{a b}']}", "two names"),
            ("name: X\nrule: r\ntypes: {book: article, misc: ['{title}']}", "does not have"),
            ("name: X\nrule: r\nnames: {shape: round}\ntypes: {misc: ['{title}']}", "shape"),
            ("- a list", "mapping"),
            ("rule: [", "YAML"),
        ],
    )
    def test_a_style_with_a_mistake_says_what_it_is(self, text_of_style: str, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            load_style(text_of_style, (STYLES / "words.yaml").read_text("utf-8"))

    @pytest.mark.parametrize("name", NAMES)
    def test_each_names_the_rule_it_follows(self, name: str) -> None:
        assert style(name).rule
        assert set(style(name).sheets) == {"en", "fr", "zh"}


class TestPartsOfLargerWorks:
    BIBTEX = """
    @book{volume, author={Doe, Jo}, title={The part}, maintitle={The whole}, volume={2}, volumes={5}, publisher={P},
             date={2001}, langid={english}} @book{reprint, author={Doe, Jo}, title={Old book}, origdate={1890},
             publisher={P}, date={2002}, langid={english}} @article{series, author={Doe, Jo}, title={T},
             journaltitle={J}, series={3}, volume={4}, pages={5--6}, date={2003}, langid={english}} @online{eprint,
             author={Doe, Jo}, title={T}, eprint={2101.00001}, eprinttype={arxiv}, date={2004}, langid={english}}
             @book{translated, translator={Doe, Jo}, title={Sayings}, publisher={P}, date={2005}, langid={english}}
    """

    @pytest.mark.parametrize(
        ("key", "reference"),
        [
            # As pandoc 3.9 sets them after the CSL file of the 18th edition.
            ("volume", "Doe, Jo. 2001. <i>The Part</i>. Vol. 2 of <i>The Whole</i>. 5 vols. P."),
            ("reprint", "Doe, Jo. (1890) 2002. <i>Old Book</i>. P."),
            ("series", "Doe, Jo. 2003. “T.” <i>J</i>, 3rd series, vol. 4: 5–6."),
            ("eprint", "Doe, Jo. 2004. “T.” https://arxiv.org/abs/2101.00001."),
            ("translated", "Doe, Jo, trans. 2005. <i>Sayings</i>. P."),
        ],
    )
    def test_say_what_they_belong_to(self, key: str, reference: str) -> None:
        assert shown(citer(self.BIBTEX).reference(key)) == reference

    def test_lose_no_title_in_any_style(self) -> None:
        for name in NAMES:
            reference = citer(self.BIBTEX, name).reference("volume").lower()
            assert "the part" in reference
            assert "the whole" in reference


def test_works_whose_citations_differ_by_an_interval_need_no_letter() -> None:
    bibtex = (
        "@book{a, author={Doe, Jo}, title={A}, date={1984/1986}}\n@book{b, author={Doe, Jo}, title={B}, date={1984}}"
    )
    assert label(citer(bibtex), "[@a; @b]") == "(Doe 1984, 1984–1986)"


def test_french_elides_before_a_vowel() -> None:
    bibtex = "@incollection{a, title={T}, booktitle={B}, editor={Alain, Anne}, langid={french}}"
    assert "sous la direction d’Anne Alain" in citer(bibtex).reference("a")
