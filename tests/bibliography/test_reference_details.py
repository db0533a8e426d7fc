"""Details of references that no table of a standard holds: events, days, notes, kinds, numbers, unnamed authors."""

from __future__ import annotations

import re

import pytest
from reference_lists import citer, shown

from atlas.bibliography.citing.syntax import parse_citation
from atlas.bibliography.formatting.title_case import sentence_case

PAPER = (
    "@inproceedings{a, author={Ames, Ann}, title={Of Kites}, eventtitle={Kite Days}, venue={Paris}, "
    "date={2022-05-03}, langid={english}}"
)
PAPIER = (
    "@inproceedings{a, author={Ames, Ann}, title={Du vent}, eventtitle={Journées du vent}, date={2022-05-03}, "
    "langid={french}}"
)
LUNWEN = "@inproceedings{a, author={李妍}, title={风筝研究}, eventtitle={第31次风筝学术年会}, date={2022-05-03}}"
DAYS = "@presentation{a, author={Ames, Ann}, title={Of Kites}, eventtitle={Kite Days}, eventdate={%s}, langid={%s}}"
MANY = "@article{a, author={Ames, Ann and Bell, Bo and others}, title={Of kites}, journaltitle={Wind}, date={2020}}"


def reference(bibtex: str, style: str, language: str = "en") -> str:
    """The reference to the work of an entry, as a reader sees it, with stars for italics."""
    return re.sub("</?i>", "*", shown(citer(bibtex, style, language).reference("a")))


def label(bibtex: str, style: str) -> str:
    """What a citation of the work of an entry becomes."""
    citation = parse_citation("[@a]", 0)
    assert citation
    return shown("".join(words for _, words in citer(bibtex, style, "en").label(citation.cites)))


class TestEvents:
    @pytest.mark.parametrize(
        ("bibtex", "style", "expected"),
        [
            (
                PAPER,
                "chicago-author-date",
                "Ames, Ann. 2022. “Of Kites.” Paper presented at Kite Days, Paris, May 3.",
            ),  # 14.115
            (
                PAPER,
                "apa",
                "Ames, A. (2022, May 3). *Of kites* [Paper presentation]. Kite Days, Paris.",
            ),  # 10.5
            (
                PAPIER,
                "iso-690",
                "AMES, Ann, 2022. Du vent. Communication présentée à : Journées du vent, 3 mai.",
            ),
            (LUNWEN, "apa", "李妍. (2022年5月3日). 《风筝研究》 [会议论文]. 第31次风筝学术年会."),
        ],
    )
    def test_of_papers_without_a_book_are_named(self, bibtex: str, style: str, expected: str) -> None:
        language = "fr" if style == "iso-690" else "en"
        assert reference(bibtex, style, language) == expected

    @pytest.mark.parametrize(
        ("days", "langid", "expected"),
        [
            ("2017-07-12/2017-07-15", "english", "(2017, July 12–15)"),
            ("2016-03-30/2016-04-02", "english", "(2016, March 30–April 2)"),
            ("2017-07-01/2017-07-15", "french", "(2017, 1–15 juillet)"),
            ("2017-07-12/2017-07-15", "chinese", "(2017年7月12–15日)"),
            ("2017-12-30/2018-01-02", "english", "(2017–2018)"),
        ],
    )
    def test_of_several_days_have_all_of_them(self, days: str, langid: str, expected: str) -> None:
        assert expected in reference(DAYS % (days, langid), "apa")


class TestAuthorsLeftUnnamed:
    def test_count_in_citations(self) -> None:
        assert label(MANY, "chicago-author-date") == "(Ames et al. 2020)"  # more than two (13.124)
        assert label(MANY, "apa") == "(Ames et al., 2020)"  # three or more (8.17)

    def test_do_not_shorten_the_list(self) -> None:
        assert reference(MANY, "apa").startswith("Ames, A., Bell, B., et al. (2020).")


class TestKinds:
    @pytest.mark.parametrize(
        ("bibtex", "expected"),
        [
            ("@software{a, title={Kite}, entrysubtype={Mobile app}, date={2019}}", "*Kite* [Mobile app]. (2019)."),
            ("@image{a, title={Kite}, type={painting}, date={2019}}", "*Kite* [Painting]. (2019)."),
            ("@image{a, title={Kite}, entrysubtype={xyz}, date={2019}}", "*Kite*. (2019)."),
            ("@video{a, title={Kite}, date={2019-05-03}}", "*Kite* [Video]. (2019, May 3)."),
            ("@dataset{a, titleaddon={Raw data on kites}, date={2019}}", "[Raw data on kites]. (2019)."),
            ("@dataset{a, title={Kites}, version={V1}, date={2019}}", "*Kites* (Version V1) [Data set]. (2019)."),
        ],
    )
    def test_are_those_of_the_entry(self, bibtex: str, expected: str) -> None:
        assert reference(bibtex, "apa") == expected

    def test_have_a_chinese_word_for_their_number(self) -> None:
        bibtex = "@report{a, author={邓刚}, title={风筝}, type={报告}, number={12}, date={2006}}"
        assert "报告 第12号" in reference(bibtex, "chicago-author-date")


class TestDates:
    def test_of_periodicals_without_volume_have_their_day(self) -> None:
        bibtex = "@article{a, author={Ames, Ann}, title={Of kites}, journaltitle={Wind}, date={2019-05-03}%s}"
        assert reference(bibtex % "", "apa") == "Ames, A. (2019, May 3). Of kites. *Wind*."
        assert reference(bibtex % "", "chicago-author-date").endswith("*Wind*, May 3.")
        assert "(2019)" in reference(bibtex % ", volume={3}", "apa")

    def test_of_seasons_are_in_brackets_in_chicago(self) -> None:
        bibtex = "@article{a, title={Kites}, journaltitle={Wind}, date={1978-22}%s, pages={3--9}, langid={english}}"
        assert reference(bibtex % "", "chicago-author-date") == "“Kites.” 1978. *Wind* (Summer): 3–9."
        assert "*Wind* 61 (Summer): 3–9." in reference(bibtex % ", volume={61}", "chicago-author-date")

    def test_run_on_in_words_where_the_style_says_so(self) -> None:
        bibtex = "@audio{a, author={Ames, Ann}, title={Kites}, date={2015/..}}"
        assert "(2015–present)" in reference(bibtex, "apa")
        assert "2015–." in reference(bibtex, "chicago-author-date")


class TestNotes:
    @pytest.mark.parametrize("style", ["apa", "chicago-author-date", "iso-690"])
    @pytest.mark.parametrize("kind", ["article", "newspaper", "report", "thesis", "online", "patent", "misc", "movie"])
    def test_are_printed_for_every_type(self, style: str, kind: str) -> None:
        bibtex = f"@{kind}{{a, author={{Ames, Ann}}, title={{Kites}}, note={{In Frisian}}, date={{2015}}}}"
        assert "In Frisian" in reference(bibtex, style)

    def test_say_how_an_article_was_published(self) -> None:
        bibtex = (
            "@article{a, title={Kites}, journaltitle={Wind}, howpublished={Advance online publication}, date={2015}}"
        )
        assert reference(bibtex, "apa").endswith("*Wind*. Advance online publication.")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (r"Sympathy in \enquote{The Dead}", "“Sympathy in ‘The Dead.’” 2001."),  # CMOS 6.9
        (r"\bibstring{reviewof} \emph{Kites}, \bibstring{by} Al Ode", "“Review of *Kites*, by Al Ode.” 2001."),
    ],
)
def test_titles_hold_quotations_and_the_strings_of_biblatex(title: str, expected: str) -> None:
    bibtex = f"@article{{a, title={{{title}}}, journaltitle={{Wind}}, date={{2001}}, langid={{english}}}}"
    assert reference(bibtex, "chicago-author-date").startswith(expected)


def test_a_note_in_brackets_ends_with_its_own_stop() -> None:
    bibtex = "@book{a, title={Kites}, note={(Published in 1963.)}, date={2001}}"
    assert reference(bibtex, "chicago-author-date").endswith("2001. (Published in 1963.)")


def test_revisers_are_no_editors() -> None:
    bibtex = "@book{a, author={Ode, Al}, editor={Roe, Bo}, editortype={reviser}, title={Kites}, date={2001}}"
    assert "Revised by Bo Roe." in reference(bibtex, "chicago-author-date")
    assert "(B. Roe, Rev.)" in reference(bibtex, "apa")


def test_identifiers_have_no_capital() -> None:
    bibtex = "@article{a, author={Ames, Ann}, title={Kites}, journaltitle={CoRR}, volume={abs/1901.00002}, date={2015}}"
    assert "*CoRR*. abs/1901.00002." in reference(bibtex, "iso-690", "fr")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Authorizes First Pump Intended to Allow Patients to Customize Treatment Through their Individual Devices",
            "Authorizes first pump intended to allow patients to customize treatment through their individual devices",
        ),
        ("Kites over the garden of Emperor Qianlong", "Kites over the garden of Emperor Qianlong"),
    ],
)
def test_a_headline_with_a_single_small_word_is_one(written: str, expected: str) -> None:
    assert sentence_case(written) == expected


@pytest.mark.parametrize(
    ("addon", "chicago", "apa"),
    [
        # Chicago on pseudonyms: the real name in brackets, [pseud.]; on social media: the screen name in parentheses.
        # APA, 10.15: the screen name in brackets; of a pseudonym it says nothing more.
        ("Ann Bell", "Ames, Ann [Ann Bell]. 2001. ", "Ames, A. (2001). "),
        (r"\bibstring{pseudonym}", "Ames, Ann [pseud.]. 2001. ", "Ames, A. (2001). "),
        ("@kites", "Ames, Ann (@kites). 2001. ", "Ames, A. [@kites]. (2001). "),
        ("(@kites)", "Ames, Ann (@kites). 2001. ", "Ames, A. [@kites]. (2001). "),
    ],
)
def test_what_is_added_to_a_name_is_behind_the_authors(addon: str, chicago: str, apa: str) -> None:
    bibtex = f"@book{{a, author={{Ames, Ann}}, nameaddon={{{addon}}}, title={{Kites}}, date={{2001}}}}"
    assert reference(bibtex, "chicago-author-date").startswith(chicago)
    assert reference(bibtex, "apa").startswith(apa)
    unnamed = bibtex.replace("author={Ames, Ann}, ", "")
    assert addon not in reference(unnamed, "chicago-author-date") + reference(unnamed, "apa")
