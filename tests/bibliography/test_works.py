"""A bibliography as it is read: every form that BibTeX and BibLaTeX know, and one line for every mistake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from atlas.bibliography.parsing.biblatex import TYPES, language_tag
from atlas.bibliography.parsing.entries import pieces_of
from atlas.bibliography.parsing.person_names import OTHERS, PersonName
from atlas.bibliography.parsing.works import Work, read_works


def work(bibtex: str) -> Work:
    """The first work of a bibliography without mistakes."""
    found, problems = read_works(bibtex, "bibliography.bib")
    assert problems == ()
    return found[0]


def mistakes(bibtex: str) -> list[str]:
    """Its mistakes as `line:column rule`, warnings with an exclamation mark."""
    _, problems = read_works(bibtex, "b.bib")
    assert all(problem.hint for problem in problems)
    return [
        f"{problem.span.line}:{problem.span.column} {problem.rule}{'!' if problem.severity == 'warning' else ''}"
        for problem in sorted(problems)
    ]


class TestFields:
    def test_have_bibtexs_names_or_biblatexs(self) -> None:
        old = work("@article{a, title={T}, journal={J}, address={London}, number=3}")
        new = work("@article{a, title={T}, journaltitle={J}, location={London}, number={3}}")
        assert old.fields == new.fields == {"title": "T", "journaltitle": "J", "location": "London", "number": "3"}

    def test_are_joined_by_a_hash_and_take_strings(self) -> None:
        text = '@string{pup = "Presses"}\n@book{a, title={T}, publisher = pup # { of } # "X", month = mar, year = 2004}'
        found = work(text)
        assert (found.text("publisher"), found.date) == ("Presses of X", "2004-03")

    def test_may_be_in_parentheses_and_any_case(self) -> None:
        assert work("@BOOK(a, TITLE = {T}, Author = {Doe, Jane})").people["author"] == (PersonName("Doe", "Jane"),)

    def test_keep_a_percent_sign_in_an_address(self) -> None:
        found = work(r"@online{a, title={T}, url={https://example.org/a%20b\_c?d=1&e=2}}")
        assert found.url == "https://example.org/a%20b_c?d=1&e=2"

    def test_that_begin_with_x_are_private(self) -> None:
        found = work("@book{a, title={T}, x-seen={in a library}}")
        assert found.private == {"x-seen": "in a library"}
        assert "x-seen" not in found.raw
        assert "x-seen" not in found.fields

    def test_say_how_a_work_was_consulted_and_a_part_does_not_take_it_from_its_whole(self) -> None:
        found, problems = read_works(
            "@inbook{a, title={T}, crossref={b}}\n@book{b, title={B}, consulted={Abstract}}", "b.bib"
        )
        assert ([one.consulted for one in found], problems) == (["", "abstract"], ())

    def test_name_a_voice_among_those_that_are_declared_if_any_are(self) -> None:
        text = "@book{a, title={T}, x-voice = {press}}"
        assert work(text).voice == "press"
        assert read_works(text, "b.bib", ("press", "scholars"))[1] == ()
        (problem,) = read_works(text, "b.bib", ("scholars", "presses"))[1]
        assert (problem.rule, problem.span.column, problem.hint) == ("unknown-voice", 32, 'did you mean "presses"?')

    def test_of_other_tools_are_known_and_silent(self) -> None:
        tools = "file={a.pdf}, timestamp={2020}, groups={g}, bdsk-url-1={u}, abstract={A}, keywords={k}, owner={me}, date-added={x}"
        assert work(f"@book{{a, title={{T}}, {tools}}}").text("abstract") == "A"

    def test_keep_the_doi_bare(self) -> None:
        assert work("@book{a, title={T}, doi={https://doi.org/10.5555/ab.c}}").url == "https://doi.org/10.5555/ab.c"

    def test_comments_between_entries_are_silent(self) -> None:
        assert work("% Encoding: UTF-8\nA remark.\n@comment{jabref-meta: x}\n@book{a, title={T}}").key == "a"


class TestLatex:
    # The commands of the LaTeX Companion's tables of accents and symbols.
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            (r"{\'E}cole fran\c{c}aise", "École française"),
            (r"\'ecole d'\'{e}t{\'e} \`a l'\^{\i}le na{\"\i}ve", "école d'été à l'île naïve"),
            (r"\v{S}koda, \H{o}, \u{g}, \k{a}, \r{u}, \.z", "Škoda, ő, ğ, ą, ů, ż"),
            (r"L'\oe uvre, \OE{}uvre, Stra\ss e, \O re, \aa, \l", "L'œuvre, Œuvre, Straße, Øre, å, ł"),
            (r"50\% \& more \$ \# \_", "50% & more $ # _"),
            ("1999--2000 --- ``so''", "1999–2000 — “so”"),
            ("no~break", "no\u00a0break"),
            (r"\textit{a} \textsc{b} \emph{c}", "a b c"),
            (r"\enquote{said}", "“said”"),
            ("two\n   lines", "two lines"),
            ("两行\n   汉字", "两行汉字"),
            ("cafe\u0301", "café"),
            (r"{\noopsort{b}}Title", "Title"),
        ],
    )
    def test_is_decoded_in_text(self, written: str, meant: str) -> None:
        assert work(f"@book{{a, title={{{written}}}}}").title == meant

    def test_that_is_not_known_is_reported_and_its_text_kept(self) -> None:
        bibtex = "@book{a,\n  title={A \\strange{word}},\n}"
        assert mistakes(bibtex) == ["2:12 unknown-latex!"]
        assert read_works(bibtex, "b.bib")[0][0].title == "A word"

    def test_braces_without_end_do_not_overflow(self) -> None:
        _, problems = read_works("@book{a, title={" + "{" * 5000 + "T" + "}" * 5000 + "}}", "b.bib")
        assert [problem.rule for problem in problems] == ["over-limit"]


class TestNames:
    # Markey, Tame the BeaST, §11; biblatex manual, "Name lists"; a Han name has no space.
    @pytest.mark.parametrize(
        ("written", "names"),
        [
            ("Doe, Jane", [PersonName("Doe", "Jane")]),
            ("Jane Ann Doe", [PersonName("Doe", "Jane Ann")]),
            ("von der Berg, Ada", [PersonName("Berg", "Ada", "von der")]),
            ("Ada von der Berg", [PersonName("Berg", "Ada", "von der")]),
            ("King, Jr., Martin", [PersonName("King", "Martin", "", "Jr.")]),
            ("Plato", [PersonName("Plato")]),
            ("{The Body and Soul} and Doe, Jane", [PersonName(literal="The Body and Soul"), PersonName("Doe", "Jane")]),
            ("Doe, Jane and others", [PersonName("Doe", "Jane"), OTHERS]),
            ("family=Berg, given=Ada, prefix=von", [PersonName("Berg", "Ada", "von")]),
            (r"{\'E}mile Z{\^o}la", [PersonName("Zôla", "Émile")]),
            ("张三 and 李四", [PersonName(literal="张三"), PersonName(literal="李四")]),
            ("张, 三", [PersonName("张", "三")]),
            ("d'Arc, Jeanne", [PersonName("d'Arc", "Jeanne")]),
        ],
    )
    def test_are_read_in_every_form(self, written: str, names: list[PersonName]) -> None:
        assert list(work(f"@book{{a, title={{T}}, author={{{written}}}}}").people["author"]) == names

    def test_have_a_form_in_their_own_script(self) -> None:
        found = work("@book{a, title={T}, author={Zhang, San and Doe, Jane}, author+an={1=张三; 2=student}}")
        assert [name.own for name in found.people["author"]] == ["张三", ""]

    def test_take_their_prefix_with_useprefix(self) -> None:
        found = work("@book{a, title={T}, author={de Berg, Ada}, options={useprefix=true}}")
        assert found.people["author"] == (PersonName("de Berg", "Ada"),)

    def test_may_be_five_thousand(self) -> None:
        names = " and ".join(f"Doe{number}, Jane" for number in range(5000))
        assert len(work(f"@article{{a, title={{T}}, author={{{names}}}}}").people["author"]) == 5000


class TestDates:
    @pytest.mark.parametrize(
        ("fields", "date"),
        [
            ("date={2004-05-06}", "2004-05-06"),
            ("date={1886~}", "1886~"),
            ("date={188X}", "188X"),
            ("date={2003/2005}", "2003/2005"),
            ("date={2004/..}", "2004/.."),
            ("date={2006-21}", "2006-21"),
            ("date={2004-05-06T10:00:00}", "2004-05-06"),
            ("year=2004", "2004"),
            ("year=2004, month=may", "2004-05"),
            ("year={2004}, month={5}, day={6}", "2004-05-06"),
            ("year={2004}, month={Sept.}", "2004-09"),
            ("year={2004}, month={mai}", "2004-05"),
            ("year={1997--1999}", "1997/1999"),
            ("year={c. 1990}", "1990~"),
            ("year={[1990?]}", "1990?"),
            ("year={forthcoming}", ""),
            ("", ""),
        ],
    )
    def test_become_edtf(self, fields: str, date: str) -> None:
        assert work(f"@book{{a, title={{T}}, {fields}}}").date == date

    def test_that_differ_are_reported(self) -> None:
        assert mistakes("@book{a, title={T}, year={2003}, date={2004-05-06}}") == ["1:27 dates-differ!"]


class TestLanguages:
    @pytest.mark.parametrize(
        ("spelling", "tag"),
        [
            ("french", "fr"),
            ("francais", "fr"),
            ("Français", "fr"),
            ("fr_FR", "fr-FR"),
            ("fre", "fr"),
            ("法语", "fr"),
            ("chinese", "zh"),
            ("zh-hans", "zh-Hans"),
            ("zho", "zh"),
            ("中文", "zh"),
            ("british", "en-GB"),
            ("ngerman", "de"),
            ("langenglish", "en"),
            ("Esperanto", "eo"),
            ("klingonish", ""),
            ("xx", ""),
        ],
    )
    def test_are_known_in_any_spelling(self, spelling: str, tag: str) -> None:
        assert language_tag(spelling) == tag

    def test_a_title_in_han_characters_is_chinese_unless_it_has_kana(self) -> None:
        assert work("@book{a, title={北方的桥}}").language == "zh"
        assert work("@book{a, title={北の橋}}").language == ""


class TestWholes:
    def test_give_their_parts_title_and_imprint(self) -> None:
        found = work(
            "@incollection{a, title={Part}, author={Doe, Jane}, pages={3--5}, crossref={b}}\n"
            "@collection{b, title={Whole}, editor={Roe, Rae}, publisher={P}, date={2004}}"
        )
        assert found.title == "Part"
        assert (found.text("booktitle"), found.text("publisher"), found.date) == ("Whole", "P", "2004")
        assert found.people["editor"] == (PersonName("Roe", "Rae"),)

    def test_xdata_gives_every_field_and_is_no_work(self) -> None:
        found, problems = read_works("@book{a, title={T}, xdata={x}}\n@xdata{x, publisher={P}, location={L}}", "b")
        assert problems == ()
        assert [(one.key, one.text("location")) for one in found] == [("a", "L")]

    def test_own_fields_win(self) -> None:
        found = work("@inbook{a, title={T}, crossref={b}, publisher={Own}}\n@book{b, title={B}, publisher={P}}")
        assert found.text("publisher") == "Own"

    def test_many_shared_wholes_cost_no_more_than_one_look_each(self) -> None:
        chain = "".join(f"@xdata{{x{n}, xdata={{x{n + 1},x{n + 2}}}, note{n}={{}}}}\n" for n in range(8))
        text = "@book{a, title={T}, xdata={x0}}\n" + chain + "@xdata{x8, title={}}\n@xdata{x9, publisher={P}}"
        assert read_works(text, "b.bib")[0][0].text("publisher") == "P"


class TestTypes:
    @pytest.mark.parametrize("form", ["@{}{{a, title = {{T}}}}", "@{} (a, title = {{T}})"])
    def test_every_type_of_biblatex_is_read(self, form: str) -> None:
        for kind in TYPES:
            for written in (kind, kind.upper()):
                works, problems = read_works(form.format(written), "bibliography.bib")
                assert ([work.key for work in works], [row.rule for row in problems]) == (["a"], []), written

    @pytest.mark.parametrize(
        ("entry", "kind"),
        [
            ("@phdthesis{a, title={T}}", "thesis"),
            ("@techreport{a, title={T}}", "report"),
            ("@article{a, title={T}, entrysubtype={newspaper}}", "newspaper"),
            ("@electronic{a, title={T}}", "online"),
            ("@legal{a, title={T}}", "legislation"),
            ("@treaty{a, title={T}}", "treaty"),
            ("@movie{a, title={T}}", "film"),
            ("@archival{a, title={T}}", "archival"),
            ("@misc{a, title={T}, entrysubtype={archive}}", "archival"),
        ],
    )
    def test_are_those_of_bibtex_and_biblatex(self, entry: str, kind: str) -> None:
        assert work(entry).type == kind

    def test_every_type_that_is_read_leads_to_one_of_the_atlas(self) -> None:
        assert all(TYPES[kind] == kind for kind in set(TYPES.values()))


class TestMistakes:
    """Each has one line with line, column and rule."""

    @pytest.mark.parametrize(
        ("bibtex", "lines"),
        [
            ("@book{a, title={S}}\n@book{a, title={T}}", ["2:7 duplicate-key"]),
            ("@book{a, title={S}}\n@book{A, title={T}}", ["2:7 duplicate-key"]),
            ("@book{a,\n  title = {T}\n  year = 2004,\n}", ["2:14 missing-comma"]),
            ("@book{a,\n  year = 2004\n  title = {T},\n}", ["2:14 missing-comma"]),
            ("@book{a\n  title = {T},\n}", ["1:8 missing-comma"]),
            ("@book{a,\n  title = {T,\n  year = {2004},\n}\n\n@book{b, title={S}}", ["2:3 unclosed-entry"]),
            ('@book{a,\n  title = "T,\n  year = {2004},\n}\n\n@book{b, title={S}}', ["2:3 unclosed-entry"]),
            ("@book{a, title = {T},\n  year = {2004}\n", ["1:1 unclosed-entry"]),
            ("@book{a, title={T}},\n  year = {2004},\n}", ["2:3 stray-text"]),
            ("@book{a, title {T}}", ["1:16 missing-equals"]),
            ("@book{a, title={T}, publisher = pup}", ["1:33 undefined-string"]),
            ("@book{a, title={T}, publisher = {P} # pup}", ["1:39 undefined-string"]),
            ("@book{, title={T}}", ["1:7 empty-key"]),
            ("@book{a b, title={T}}", ["1:7 bad-key"]),
            ("@book{../a, title={T}}", ["1:7 bad-key"]),
            ("@book{by-year, title={T}}", ["1:7 bad-key"]),
            ("@book{a, author={Doe, Jane}}", ["1:7 missing-title"]),
            ("@book{a, title={T}, Title={S}}", ["1:7 duplicate-field"]),
            ("@artcle{a, title={T}}", ["1:2 unknown-type!"]),
            ("@set{a, entryset={b,c}}", ["1:2 unknown-type!"]),
            ("@book{a, title={T}, autor={Doe, Jane}}", ["1:21 unknown-bib-field!"]),
            ("@book{a, title={T},\n  date={2020-13-45}}", ["2:9 bad-date"]),
            ("@book{a, title={T}, year={soon}}", ["1:27 bad-date"]),
            ("@book{a, title={T}, year=2004, month={foo}}", ["1:39 bad-date"]),
            ("@online{a, title={T}, urldate={June 2020}}", ["1:32 bad-date"]),
            ("@book{a, title={T}, author={a,b,c,d,e}}", ["1:29 bad-name"]),
            ("@book{a, title={T}, author={Doe, Jane and and Roe}}", ["1:43 bad-name"]),
            ("@book{a, title={T}, author={Doe, J.; Roe, R.}}", ["1:29 bad-name"]),
            ("@book{a, title={T}, author={张三、李四}}", ["1:29 joined-names!"]),
            ("@book{a, title={T}, doi={11.5555/x}}", ["1:26 bad-doi"]),
            ("@online{a, title={T}, url={www.example.org}}", ["1:28 bad-url"]),
            ("@book{a, title={T}, langid={klingonish}}", ["1:29 unknown-language"]),
            ("@inbook{a, title={T}, crossref={nobody}}", ["1:33 unknown-crossref"]),
            (
                "@book{a, title={S}, crossref={b}}\n@book{b, title={T}, crossref={a}}",
                ["2:31 crossref-cycle"],
            ),
            ("@book{a, title={S}, crossref={a}}", ["1:31 crossref-cycle"]),
            ("@book{a, title={T}}\n@book{b, title={T}, x-note={n}}", ["2:1 similar-works!"]),
            ("@book{a, title={<script>alert(1)</script>}}", ["1:17 unsafe-html"]),
            ("@book{a, title={An <img src=x onerror=alert(1)> image}}", ["1:20 unsafe-html"]),
            ("@online{a, title={T}, url={javascript:alert(1)}}", ["1:28 unsafe-html"]),
            ("@online{a, title={T}, url={data:text/html,x}}", ["1:28 unsafe-html"]),
            ("@book{a, title={T}, note={<a href='javascript:x'>y</a>}}", ["1:30 unsafe-html"]),
            ("@book{a, title={{<}script src=/files/x.js{>}{<}/script{>}}}", ["1:17 unsafe-html"]),
            ("@book{a, title={\\textless{}img src=x onerror=alert(1)\\textgreater{}}}", ["1:17 unsafe-html"]),
            ("@book{a, title={T}, series={<img src=x on{}error=alert(1)>}}", ["1:29 unsafe-html"]),
            ("@book{a, title={T}, series={<img src=x on\\relax error=alert(1)>}}", ["1:29 unsafe-html"]),
            ('@book{a, title={T}, series={<img src=">"onerror=alert(1)>}}', ["1:29 unsafe-html"]),
            ("@book{a, title={T}, note={&lt;script&gt;alert(1)&lt;/script&gt;}}", ["1:27 unsafe-html"]),
            ("@book{a, title={T}, note={&amp;l{}t;script>}}", ["1:27 unsafe-html"]),
            ("@book{a, title={T}, note={\uff1cscript\uff1e}}", ["1:27 unsafe-html"]),
            ("@book{a, title={T}, note={<scr\u00adipt>}}", ["1:27 unsafe-html"]),
            ("@book{a, title={T}, author={{<iframe>}}}", ["1:30 unsafe-html"]),
            ("@online{a, title={T}, url={java{}script:alert(1)}}", ["1:28 unsafe-html"]),
            ("@book{a, title={JavaScript: The Good Parts}, subtitle={Data: p < 0.05 & on = 1; A \\& B}}", []),
            ("@book{a, title={A <b>bold</b> title}}", ["1:19 html-in-field!"]),
            ("@book{a, title={T\u202ex}}", ["1:18 bidi-mark!"]),
        ],
    )
    def test_are_reported_at_their_places(self, bibtex: str, lines: list[str]) -> None:
        assert mistakes(bibtex) == lines

    def test_of_one_file_are_reported_together(self) -> None:
        text = "@book{a, title={T}, doi={x}}\n@book{, title={T}}\n@artcle{b, title={S}}\n"
        assert mistakes(text) == ["1:26 bad-doi", "2:7 empty-key", "3:2 unknown-type!"]

    def test_have_the_place_right_after_a_backslash_at_the_end_of_a_line(self) -> None:
        assert mistakes("@book{a, title={T\\\n\\\n}}\n@book{b, title={S}, doi={x}}")[-1] == "4:26 bad-doi"

    @pytest.mark.parametrize(
        ("names", "column"),
        [
            ("Doe, Jo and ", 29 + len("Doe, Jo and ")),
            ("Doe, Jo and  and Roe, Al", 29 + len("Doe, Jo and  ")),
            ("{The Body} and and Roe, Al", 29 + len("{The Body} and ")),
            ("and Roe, Al", 29),
            ("Doe, Jo and Roe, Al and A, B, C, D, E", 29 + len("Doe, Jo and Roe, Al and ")),
            ("Roe, Al and {The Body} and Roe, Al; Doe", 29 + len("Roe, Al and {The Body} and ")),
        ],
    )
    def test_of_a_name_are_at_the_name(self, names: str, column: int) -> None:
        assert mistakes(f"@book{{a, title={{T}}, author={{{names}}}}}") == [f"1:{column} bad-name"]

    @pytest.mark.parametrize(
        ("language", "hint"),
        [
            ("Klingonese", "write its English name or its tag, as in french or fr"),
            ("frnech", 'did you mean "french"?'),
            ("chineese", 'did you mean "chinese"?'),
            ("xx", "write its English name or its tag, as in french or fr"),
        ],
    )
    def test_of_a_language_name_one_that_is_near(self, language: str, hint: str) -> None:
        (problem,) = read_works(f"@book{{a, title={{T}}, langid={{{language}}}}}", "b.bib")[1]
        assert (problem.rule, problem.hint) == ("unknown-language", hint)

    def test_name_the_nearest(self) -> None:
        _, problems = read_works("@artcle{a, title={T}, autor={x}}", "b.bib")
        assert [problem.hint for problem in sorted(problems)] == [
            'did you mean "article"?',
            'did you mean "author"?; a field of your own begins with x-',
        ]

    def test_a_title_that_speaks_of_data_or_javascript_is_none(self) -> None:
        assert mistakes("@book{a, title={JavaScript: the data: a history, 3 < 4}}") == []

    def test_invisible_marks_do_not_reach_the_title(self) -> None:
        assert read_works("@book{a, title={T\u202ex}}", "b.bib")[0][0].title == "Tx"


@settings(max_examples=300)
@given(some.text(alphabet='@{}(),="#\\ab \n%$<', max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found, problems = read_works("@book{ok, title={T}}\n" + text, "b.bib")
    assert found[0].key == "ok"
    assert all(problem.span.line >= 1 and problem.span.column >= 1 for problem in problems)


CATALOGUED = [
    # AACR2, 1.4F7: decade certain, decade probable, century certain, century probable, year probable
    ("[197-]", "197X"),
    ("[197-?]", "197X?"),
    ("[18--]", "18XX"),
    ("[18--?]", "18XX?"),
    ("[1989?]", "1989?"),
    ("19--", "19XX"),
    ("19--?", "19XX?"),
    ("19??", "19XX"),
    ("19xx", "19XX"),
    ("198x", "198X"),
    ("1480s", "148X"),
    ("1854-1971", "1854/1971"),
    ("1854--1971", "1854/1971"),
    ("1853--54", "1853/1854"),
    ("1962-64", "1962/1964"),
    ("1970-", "1970/.."),
    ("1987--present", "1987/.."),
]
"""Years as catalogues write them, and the same in EDTF (ISO 8601-2, levels 0 and 1)."""


@pytest.mark.parametrize("text", ["1900s", "1971-1854", "1962-60", "[1667,1668]", "19-", "198"])
def test_reports_years_that_may_mean_two_things_once(text: str) -> None:
    assert mistakes(f"@book{{a, title={{T}}, date={{{text}}}}}") == ["1:27 bad-date"]


def test_the_remedy_for_a_year_in_words_works() -> None:
    _, (problem,) = read_works("@book{a, title={T}, date={1900s}}", "b.bib")
    assert "a decade is written 188X, a century 18XX" in problem.message
    assert [work(f"@book{{a, title={{T}}, date={{{year}}}}}").date for year in ("190X", "19XX")] == ["190X", "19XX"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year={1980}, month={Spring}", "1980-21"),
        ("date={1906-6-2}", "1906-06-02"),
        ("year={cop. 2002}", "2002"),
        ("year={p1988}", "1988"),
        ("year={2004}, month={7--8}", "2004-07"),
        ("year={}", ""),
        *((f"{name}={{{text}}}", edtf) for name in ("date", "year") for text, edtf in CATALOGUED),
    ],
)
def test_reads_dates_that_other_programs_write(fields: str, date: str) -> None:
    found, problems = read_works(f"@book{{a, title={{Kites}}, {fields}}}", "bibliography.bib")
    assert (found[0].date, problems) == (date, ())


@pytest.mark.parametrize(
    ("howpublished", "kept"),
    [
        ("https://example.org/a_b", False),
        (r"\url{https://example.org/a_b}", False),
        ("https://example.org/other", True),
        ("Pamphlet", True),
    ],
)
def test_an_address_that_is_given_twice_is_kept_once(howpublished: str, kept: bool) -> None:
    text = f"@misc{{a, title={{Kites}}, url={{https://example.org/a_b}}, howpublished={{{howpublished}}}}}"
    [work], problems = read_works(text, "bibliography.bib")
    assert ("howpublished" in work.fields, problems) == (kept, ())


def test_reports_a_string_of_biblatex_that_is_not_known() -> None:
    assert mistakes(r"@book{a, title={\bibstring{kite} Kites}}") == ["1:17 unknown-latex!"]


def closing(text: str) -> int:
    """Where the group closes that opens a text: BibTeX counts braces but for those behind a backslash."""
    depth = 0
    for position, sign in enumerate(text):
        if sign in "{}" and text[position - 1 : position] != "\\":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                return position
    return len(text)


@given(some.text(alphabet='{{{}}}\\a "', max_size=40))
def test_a_value_ends_where_its_braces_close(text: str) -> None:
    raw = "{" + text
    pieces, end = pieces_of(raw, 0)
    assert (pieces[0], end) == ((raw[1 : closing(raw)], False), closing(raw) + 1)
