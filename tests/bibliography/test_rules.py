"""References, citations and entries by the rules that they once broke: the references stand in
bibliographies/rules.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from reference_lists import HERE, citer, shown

from atlas.bibliography.citing.syntax import parse_citation
from atlas.bibliography.parsing.works import read_works

TWELVE = """
@book{aa2004, author={Ames, Ann}, title={On Kites}, year={2004}, langid={english}}
@book{bb2005, author={Bell, Bob}, title={On Ropes}, year={2005}, langid={english}}
@book{cc2006, author={Cole, Cy}, title={On Tar}, year={2006}, langid={english}}
"""
NUMBERS = {"aa2004": 1, "bb2005": 2, "cc2006": 3}


def rules() -> Iterator[tuple[str, str, str, str]]:
    """The rows of rules.txt: the entry, style, language, reference."""
    for block in (HERE / "rules.txt").read_text("utf-8").split("\n== ")[1:]:
        _, entry, line = block.strip().splitlines()
        where, _, reference = line.partition(": ")
        name, _, language = where.partition(" ")
        yield entry, name, language, reference


@pytest.mark.parametrize(("entry", "name", "language", "reference"), tuple(rules()))
def test_a_reference_follows_its_rule(entry: str, name: str, language: str, reference: str) -> None:
    assert shown(citer(entry, name, language).reference("a")) == reference


def label(written: str, name: str, language: str = "en", bibtex: str = TWELVE) -> str:
    """A citation as readers see it, on a page that cites the three works in their order."""
    citation = parse_citation(written, 0)
    assert citation
    assert citation.end == len(written)
    words = "".join(words for _, words in citer(bibtex, name, language).label(citation.cites, NUMBERS))
    return re.sub("</?span[^>]*>", "", words)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[@aa2004, secs. 3.2–3.5]", "(Ames, 2004, secs. 3.2–3.5)"),
        ("[@aa2004, pp. 1:12–1:15]", "(Ames, 2004, pp. 1:12–1:15)"),
        ("[*see* @aa2004 p. **32**]", "(<em>see</em> Ames, 2004, p. 32)"),
        (r"[@aa2004 {584 \[78\]}]", "(Ames, 2004, p. 584 [78])"),
        (r"[@aa2004\; too]", "(Ames, 2004; too)"),
        (
            "[@aa2004, p. 3, see [here](https://example.org/x)]",
            '(Ames, 2004, p. 3, see <a href="https://example.org/x">here</a>)',
        ),
        ("[@aa2004, p. 3, and `a_b` here]", "(Ames, 2004, p. 3, and <code>a_b</code> here)"),
        ("[@aa2004, p. A-3]", "(Ames, 2004, p. A-3)"),
        ("[@aa2004 {p. 12{b}}]", "(Ames, 2004, p. 12{b})"),
        ("[see @aa2004 and also @bb2005]", "(see Ames, 2004 and also Bell, 2005)"),
        ("[@aa2004, p. 3, cited after @cc2006, p. 7]", "(Ames, 2004, p. 3, cited after Cole, 2006, p. 7)"),
        ("[@aa2004, vol. 2, p. 3, mine]", "(Ames, 2004, vol. 2, p. 3, mine)"),
        ("@aa2004 [among others]", "Ames (2004, among others)"),
    ],
)
def test_a_citation_is_read_as_pandoc_reads_it(written: str, expected: str) -> None:
    assert label(written, "apa") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[@aa2004; @bb2005; @cc2006]", "<sup>[1-3]</sup>"),
        ("[@aa2004; @cc2006]", "<sup>[1,3]</sup>"),
        ("[@cc2006; @bb2005]", "<sup>[2-3]</sup>"),
        ("[see @aa2004, p. 3; cf. @bb2005, p. 4]", "see <sup>[1]3</sup>；cf. <sup>[2]4</sup>"),
        ("[see @aa2004 and also @bb2005]", "see <sup>[1]</sup> and also <sup>[2]</sup>"),
        ("@aa2004 [{pp. iv, vi-xi}; see @bb2005, fig. 2]", "Ames<sup>[1]iv, vi-xi</sup>；see <sup>[2]图2</sup>"),
    ],
)
def test_numbers_are_in_one_pair_of_brackets(written: str, expected: str) -> None:
    assert label(written, "gb-t-7714-2015-numeric", "zh-Hans") == expected  # 10.1.2


def test_the_dash_of_a_range_leads_to_the_works_between() -> None:
    citation = parse_citation("[@aa2004; @bb2005; @cc2006]", 0)
    assert citation
    pieces = citer(TWELVE, "gb-t-7714-2015-numeric", "zh-Hans").label(citation.cites, NUMBERS)
    assert [key for key, _ in pieces if key] == ["aa2004", "bb2005", "cc2006"]
    assert dict(pieces)["bb2005"] == '<span role="img" aria-label="2" title="2">-</span>'


NAMESAKES = """
@book{w1, author={Wang, Lin}, title={A}, year={2010}, langid={english}}
@book{w2, author={Wang, Hui}, title={B}, year={2015}, langid={english}}
@book{l1, author={Li, Xiaolin}, author+an={1=李小林}, title={C}, year={2010}, langid={english}}
@book{l2, author={Li, Xin}, title={D}, year={2012}, langid={english}}
@book{l3, author={Li, Jun}, title={D}, year={2013}, langid={english}}
@book{s1, author={Smith, Al}, title={E}, year={2010}, langid={english}}
@book{s2, author={Smith, A.}, title={F}, year={2011}, langid={english}}
"""


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("w1", "(L. Wang 2010)"),
        ("w2", "(H. Wang 2015)"),
        ("l1", "(Li Xiaolin 2010)"),
        ("l2", "(Xin Li 2012)"),
        ("l3", "(J. Li 2013)"),
        ("s1", "(Smith 2010)"),
    ],
)
def test_namesakes_have_initials_whatever_the_years(key: str, expected: str) -> None:
    """APA 8.20, CMOS 13.116; given names in full where initials agree. Smith, Al and Smith, A. may be one person."""
    assert label(f"[@{key}]", "chicago-author-date", bibtex=NAMESAKES) == expected


def test_a_list_is_grouped_by_script() -> None:
    """GB/T 7714—2015, 10.2: Chinese, Japanese, Western, Russian, others, each in its own order."""
    bibtex = """
    @book{ar, author={الخطيب, سامي}, title={تاريخ}, langid={arabic}}
    @book{ru, author={Иванов, Иван}, title={История}, langid={russian}}
    @book{en, author={Ames, Ann}, title={Kites}, langid={english}}
    @book{anon, title={Zebras of the world}, langid={english}}
    @book{ja, author={山田, 太郎}, title={凧の歴史}, langid={japanese}}
    @book{zh, author={周正}, title={风筝}, langid={chinese}}
    @book{an, title={绳论}, langid={chinese}}
    """
    of = citer(bibtex, "gb-t-7714-2015-author-date", "zh-Hans")
    assert of.sort(of.works) == ["an", "zh", "ja", "en", "anon", "ru", "ar"]


def test_leading_articles_do_not_count_in_the_order() -> None:
    """APA 9.47 and 9.49; the order gives the letters of one year."""
    titles = ("A Litany of Kites", "An Awful Kite", "Bright Kites", "The Anatomy of Kites")
    bibtex = "\n".join(
        f"@book{{x{n}, author={{Smith, Al}}, title={{{title}}}, year={{2014}}, langid={{english}}}}"
        for n, title in enumerate(titles, 1)
    )
    of = citer(bibtex, "apa")
    assert of.sort(of.works) == ["x4", "x2", "x3", "x1"]
    assert "(2014d)" in of.reference("x1")


@pytest.mark.parametrize("name", ["chicago-author-date", "apa", "iso-690"])
def test_scripts_without_italics_stay_upright_and_run_their_way(name: str) -> None:
    bibtex = """
    @book{ja, author={山田, 太郎}, title={凧の歴史}, date={1988}, langid={japanese}}
    @book{ko, author={김, 세훈}, title={연의 역사}, date={1988}, langid={korean}}
    @book{ar, author={الخطيب, سامي}, title={تاريخ الطائرات}, date={1995}, langid={arabic}}
    @book{he, author={כהן, דן}, title={תולדות העפיפון}, date={1995}, langid={hebrew}}
    @book{ru, author={Иванов, Иван}, title={История змеев}, date={1961}, langid={russian}}
    """
    of = citer(bibtex, name)
    assert [key for key in of.works if "<i" in of.reference(key)] == ["ru"]
    assert '<span lang="ja">' in of.reference("ja")
    for key, language in (("ar", "ar"), ("he", "he")):
        assert of.reference(key).count(f'<span lang="{language}" dir="rtl">') == 2  # the name and the title
    assert '<span lang="ru">' in of.reference("ru")


def mixed() -> Iterator[tuple[str, str, list[str]]]:
    """The lists of mixed.txt: style, language of the page, the references in their order."""
    for block in (HERE / "mixed.txt").read_text("utf-8").split("\n== ")[1:]:
        where, *lines = block.strip().splitlines()
        name, _, language = where.partition(" ")
        yield name, language, lines


@pytest.mark.parametrize(("name", "language", "expected"), tuple(mixed()))
def test_a_list_in_seven_languages_is_right_entry_by_entry(name: str, language: str, expected: list[str]) -> None:
    of = citer((HERE / "mixed.bib").read_text("utf-8"), name, language)
    assert [f"{key}: {of.reference(key)}" for key in of.sort(of.works)] == expected


READ = [
    ("@book{a, author={Mart{\\' i}n, J and M{\\\" u}ller, K}, title={Caf{\\' e}}}", "author", "J Martín; K Müller"),
    ("@book{a, author={d'{\\null} Este, Beatrice}, title={T}}", "author", "Beatrice d'Este"),
    ("@book{a, author={Li Zhang 0001}, title={T}}", "author", "Li Zhang"),
    ("@book{a, title={{{5 {\\textmu}m, {\\textpm}2}}}}", "title", "5 µm, ±2"),
    ("@article{a, title={T}, journal={\\aap}}", "journaltitle", "Astronomy and Astrophysics"),
    ("@article{a, title={T}, year={{2018}}, month={{OCT 1}}}", "date", "2018-10-01"),
    ('@article{a, title={T}, year={2018}, month=may # "~5"}', "date", "2018-05-05"),
    ("@book{a, title={T}, year={c1988}}", "date", "1988"),
    ("@book{a, title={T}, year={[1936]}}", "date", "1936"),
    ("@book{a, title={T}, year={1865（清同治四年）}}", "date", "1865"),
    ("@periodical{a, title={T}, year={1984-}}", "date", "1984/.."),
    ("@book{a, title={T}, doi={10/d9c537}}", "doi", "10/d9c537"),
    ("@book{a, title={风筝}, language={中文;}}", "language", "zh"),
    ("@book{a, title={T}, publisher={Wind},% made up\n  isbn={978-3-16-148410-0},% by hand\n  url={https://example.org/a%20b}}", "url", "https://example.org/a%20b"),
    ('%@string{wind = {Wind Pr.}}\n@string{wind = {Wind}}\n%@book{old, title={T}}\n@book{a, title={T}, publisher=wind}', "publisher", "Wind"),
    ("@movie{a, editor={Bell, Bo}, editortype={director}, title={T}}", "director", "Bo Bell"),
    ("@book{O'Hara_1999, title={T}}", "title", "T"),
]  # fmt: skip


@pytest.mark.parametrize(("bibtex", "name", "expected"), READ)
def test_an_entry_of_another_program_is_read_without_a_problem(bibtex: str, name: str, expected: str) -> None:
    works, problems = read_works(bibtex, "b.bib")
    assert [problem.message for problem in problems] == []
    (work,) = works
    found = {
        **work.dates,
        "language": work.language,
        **{role: "; ".join(one.text for one in names) for role, names in work.people.items()},
    }
    assert (found.get(name) or work.text(name)) == expected


@pytest.mark.parametrize("joined", ["马辉, 吴斌, 李文", "马辉，吴斌，李文", "马辉;吴斌;李文"])
def test_chinese_names_between_commas_are_all_read_and_reported(joined: str) -> None:
    (work,), (problem,) = read_works(f"@book{{a, author={{{joined}}}, title={{书}}}}", "b.bib")
    assert [name.text for name in work.people["author"]] == ["马辉", "吴斌", "李文"]
    assert (problem.rule, problem.severity, problem.hint) == ("joined-names", "warning", "write 马辉 and 吴斌 and 李文")


@pytest.mark.parametrize("author", ["欧阳, 修", "山田, 太郎"])
def test_a_long_family_name_before_a_comma_is_one_name(author: str) -> None:
    language = "japanese" if author[0] == "山" else "chinese"
    (work,), problems = read_works(f"@book{{a, author={{{author}}}, title={{书}}, langid={{{language}}}}}", "b.bib")
    assert (len(work.people["author"]), problems) == (1, ())


def test_a_part_of_a_book_takes_its_author() -> None:
    """biblatex, appendix B: @book hands on `author` to @inbook as `author` and as `bookauthor`."""
    works, _ = read_works(
        "@inbook{part, crossref={whole}, title={P}}\n@book{whole, author={Ames, Ann}, title={W}, year={2001}}", "b.bib"
    )
    assert [name.text for name in works[0].people["author"]] == ["Ann Ames"]


def test_a_missing_whole_of_a_complete_entry_is_a_warning() -> None:
    entry = "@inproceedings{a, title={T}, booktitle={B}, crossref={conf/x}}"
    assert [problem.severity for problem in read_works(entry, "b.bib")[1]] == ["warning"]


def test_a_command_that_nobody_knows_is_reported_and_never_printed_in_names_too() -> None:
    (work,), problems = read_works("@book{a, author={Doe, J\\nonsense o}, title={A \\nonsense{b} c}}", "b.bib")
    assert [problem.rule for problem in problems] == ["unknown-latex"] * 2
    assert (work.people["author"][0].text, work.title) == ("Jo Doe", "A b c")


def test_one_cause_has_one_warning_with_its_number() -> None:
    bibtex = "\n".join(f"@book{{k{n}, title={{T {n}}}, weight={{3}}}}" for n in range(51))
    (problem,) = read_works(bibtex, "b.bib")[1]
    assert problem.message == 'no field "weight": it is kept, and shown nowhere (51 times in this file)'
