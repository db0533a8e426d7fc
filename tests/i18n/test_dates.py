"""Dates as they are read. Patterns and months: CLDR. 1er: Lexique de l'Imprimerie nationale. The dash of Chinese
intervals of time: GB/T 15834-2011, 4.13 (2011年2月3日—10日)."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.core.sources import Source
from atlas.i18n.dates import show_beginning, show_date
from atlas.i18n.edtf import parse_edtf
from atlas.i18n.locales import Language
from atlas.i18n.messages import Catalog, read_catalog

CATALOGUES = Path(__file__).parent.parent.parent / "templates" / "words"
LANGUAGES = (
    Language("en", "en", "English"),
    Language("fr", "fr", "Français", "fr"),
    Language("zh", "zh-Hans", "简体中文", "zh"),
)


@pytest.fixture(scope="module")
def catalogues() -> list[Catalog]:
    texts = [(CATALOGUES / f"{language.id}.yaml").read_text(encoding="utf-8") for language in LANGUAGES]
    return [read_catalog(Source("w.yaml", text), language)[0] for text, language in zip(texts, LANGUAGES, strict=True)]


@pytest.mark.parametrize(
    ("edtf", "english", "french", "chinese"),
    [
        ("1883", "1883", "1883", "1883年"),
        ("2004-03", "March 2004", "mars 2004", "2004年3月"),
        ("2004-03-01", "1 March 2004", "1er mars 2004", "2004年3月1日"),
        ("2004-03-21", "21 March 2004", "21 mars 2004", "2004年3月21日"),
        ("1883~", "about 1883", "vers 1883", "1883年前后"),
        ("1886?", "1886 (uncertain)", "1886 (date incertaine)", "1886年（存疑）"),
        ("1886%", "about 1886 (uncertain)", "vers 1886 (date incertaine)", "1886年前后（存疑）"),
        ("2004-06-11~", "about 11 June 2004", "vers le 11 juin 2004", "2004年6月11日前后"),
        ("188X", "1880s", "années 1880", "19世纪80年代"),
        ("190X", "1900–1909", "années 1900", "20世纪头十年"),
        ("188X~", "about the 1880s", "vers les années 1880", "19世纪80年代前后"),
        ("18XX", "19th century", "XIXe siècle", "19世纪"),
        ("20XX", "21st century", "XXIe siècle", "21世纪"),
        ("00XX", "1st century", "Ier siècle", "1世纪"),
        ("2006-21", "spring 2006", "printemps 2006", "2006年春季"),
        ("2006-22~", "about summer 2006", "vers l’été 2006", "2006年夏季前后"),
        ("2004-XX", "2004", "2004", "2004年"),
        ("1985-04-XX", "April 1985", "avril 1985", "1985年4月"),
        ("-0043-03-15", "15 March 44 BC", "15 mars 44 av.\u00a0J.-C.", "公元前44年3月15日"),
        ("-04XX", "5th century BC", "Ve siècle av.\u00a0J.-C.", "公元前5世纪"),
        ("-039X", "400 BC – 391 BC", "400 av.\u00a0J.-C. – 391 av.\u00a0J.-C.", "公元前400年—公元前391年"),
        ("Y12345", "12345", "12345", "12345年"),
    ],
)
def test_a_date_is_shown_in_each_language(
    edtf: str, english: str, french: str, chinese: str, catalogues: list[Catalog]
) -> None:
    assert [show_date(parse_edtf(edtf), words) for words in catalogues] == [english, french, chinese]


@pytest.mark.parametrize(
    ("edtf", "english", "french", "chinese"),
    [
        ("2003-10-06/2005-09-18", "6 October 2003 – 18 September 2005", "6 octobre 2003 – 18 septembre 2005",
         "2003年10月6日—2005年9月18日"),
        ("2011-02-03/2011-02-10", "3–10 February 2011", "3–10 février 2011", "2011年2月3日—10日"),
        ("2011-02-01/2011-02-10", "1–10 February 2011", "1er–10 février 2011", "2011年2月1日—10日"),
        ("2003-10-06/2003-12-18", "6 October – 18 December 2003", "6 octobre – 18 décembre 2003", "2003年10月6日—12月18日"),
        ("2003-10/2003-12", "October – December 2003", "octobre – décembre 2003", "2003年10月—12月"),
        ("2003-10/2005-09", "October 2003 – September 2005", "octobre 2003 – septembre 2005", "2003年10月—2005年9月"),
        ("1883/1886", "1883–1886", "1883–1886", "1883—1886年"),
        ("2004/2004", "2004", "2004", "2004年"),
        ("1883~/1886~", "about 1883–1886", "vers 1883–1886", "1883—1886年前后"),
        ("1883/1886~", "1883 – about 1886", "1883 – vers 1886", "1883年—1886年前后"),
        ("1883/1886-03", "1883 – March 1886", "1883 – mars 1886", "1883年—1886年3月"),
        ("2004/..", "since 2004", "depuis 2004", "2004年至今"),
        ("2004-03-01/..", "since 1 March 2004", "depuis le 1er mars 2004", "2004年3月1日至今"),
        ("2006-22/..", "since summer 2006", "depuis l’été 2006", "2006年夏季至今"),
        ("1883~/..", "since about 1883", "depuis 1883 environ", "1883年前后至今"),
        ("../1985", "until 1985", "jusqu’en 1985", "至1985年"),
        ("../1985-03-03", "until 3 March 1985", "jusqu’au 3 mars 1985", "至1985年3月3日"),
        ("1985/", "1985 – date not known", "1985 – date inconnue", "1985年—时间不详"),
        ("/1985-04", "date not known – April 1985", "date inconnue – avril 1985", "时间不详—1985年4月"),
        ("1886?/..", "since 1886 (uncertain)", "depuis 1886 (date incertaine)", "1886年至今（存疑）"),
    ],
)  # fmt: skip
def test_an_interval_does_not_repeat_what_its_ends_share(
    edtf: str, english: str, french: str, chinese: str, catalogues: list[Catalog]
) -> None:
    assert [show_date(parse_edtf(edtf), words) for words in catalogues] == [english, french, chinese]


GERMAN = """\
date-first-day: "1"
date-about: "um {date}"
date-range: {closed: "{start}–{end}", other: "{start} – {end}"}
date-century: "{nth}. Jahrhundert"
date-before-christ: "{date} v. Chr."
"""


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2004-03-01", "1. März 2004"),
        ("2003-10-06/2003-10-18", "6.–18. Oktober 2003"),
        ("1883~", "um 1883"),
        ("18XX", "19. Jahrhundert"),
        ("-0043", "44 v. Chr."),
    ],
)
def test_a_fourth_language_needs_a_catalogue_and_no_code(edtf: str, shown: str) -> None:
    words, problems = read_catalog(Source("de.yaml", GERMAN), Language("de", "de", "Deutsch", "de"))
    assert (show_date(parse_edtf(edtf), words), problems) == (shown, ())


@pytest.mark.parametrize(
    ("edtf", "english", "french", "chinese"),
    [
        ("1954", "from 1954", "dès 1954", "1954年起"),
        ("1954-05-03", "from 3 May 1954", "dès le 3 mai 1954", "1954年5月3日起"),
        ("1954~", "from about 1954", "dès 1954 environ", "1954年前后起"),
        ("195X", "from the 1950s", "dès les années 1950", "20世纪50年代起"),
    ],
)
def test_the_beginning_of_what_is_over_does_not_read_as_current(
    edtf: str, english: str, french: str, chinese: str, catalogues: list[Catalog]
) -> None:
    assert [show_beginning(parse_edtf(edtf), words) for words in catalogues] == [english, french, chinese]
