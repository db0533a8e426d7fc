"""One language of an atlas: the ways between pages, what records are called, and the words that are another
language's.
"""

from __future__ import annotations

from posixpath import normpath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_atlases import BRIDGES, GIFT, LAMPS, Made, actor, case, made, passage
from small_pages import locale_site

from atlas.core.html import Html
from atlas.i18n.edtf import parse_edtf
from atlas.markdown.prose import convert
from atlas.pages.locale_site import address, plain_text, relative
from atlas.pages.view_parts import Phrase

NAMES = st.sampled_from(["actors", "by-side", "lamps", "fr", "zh", "a", "b"])
FOLDERS = st.lists(NAMES, max_size=5).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))
PATHS = st.builds(lambda folder, name: folder + name, FOLDERS, st.sampled_from(["", "index.html", "404.html"]))
CONCEPT = "content/concepts/glow.md"
NAMED = """\
lang: en
date: 2026-11-22
names: NAMES
sides: [north]
kind: society
summary: A society.
"""


def resolved(start: str, way: str) -> str:
    """Where a browser at `start` comes by following `way`."""
    joined = start.rpartition("/")[0] + "/" + way
    plain = normpath(joined)
    return plain + "/" if joined.endswith("/") and plain != "/" else plain


@given(PATHS, PATHS)
@example("/", "/")
@example("/actors/", "/")
@example("/actors/lamps/", "/actors/")
@example("/a/b/", "/a/b/c/")
@example("/a/a/a/", "/a/a/")
@example("/404.html", "/a/404.html")
def test_the_way_from_one_page_leads_to_the_other(start: str, target: str) -> None:
    way = relative(start, target)
    assert way
    assert not way.startswith("/")
    assert resolved(start, way) == target


@given(PATHS, PATHS)
def test_a_way_goes_up_no_further_than_it_must(start: str, target: str) -> None:
    climbs = relative(start, target).split("/").count("..")
    shared = 0
    here, there = start.split("/")[1:-1], target.split("/")[1:-1]
    while here[shared : shared + 1] == there[shared : shared + 1] != []:
        shared += 1
    assert climbs == len(here) - shared


@pytest.mark.parametrize(
    ("start", "target", "way"),
    [
        ("/", "/", "./"),
        ("/", "/actors/", "actors/"),
        ("/actors/", "/", "../"),
        ("/actors/lamps/", "/actors/bridges/", "../bridges/"),
        ("/actors/lamps/", "/actors/lamps/", "./"),
        ("/fr/actors/lamps/", "/actors/lamps/", "../../../actors/lamps/"),
        ("/actors/", "/static/atlas.css", "../static/atlas.css"),
    ],
)
def test_ways(start: str, target: str, way: str) -> None:
    assert relative(start, target) == way


def test_the_address_of_a_record_may_name_a_place_in_it() -> None:
    record = made({LAMPS: actor("Lamps")}).record("lamps")
    assert (address(record), address(record, "founding")) == ("/actors/lamps/", "/actors/lamps/#founding")


# What records are called.


def named(names: str, language: str) -> Phrase:
    """What a record with these names is called in a language."""
    atlas = made({LAMPS: NAMED.replace("NAMES", names)})
    assert atlas.problems == ()
    return locale_site(atlas, language).title(atlas.record("lamps"))


TWO = "[{lang: en, text: Lamps}, {lang: fr, text: Lampes}]"


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        (TWO, "en", Phrase(Html("Lamps"))),
        (TWO, "fr", Phrase(Html("Lampes"))),
        (TWO, "zh", Phrase(Html("Lamps"), "en")),
        ("[{lang: fr, text: Lampes}, {lang: en, text: Lamps}]", "zh", Phrase(Html("Lampes"), "fr")),
        ("[{lang: en, text: Old, kind: former}, {lang: fr, text: Lampes}]", "en", Phrase(Html("Lampes"), "fr")),
        ("[{lang: en, text: LL, kind: abbreviation}, {lang: en, text: Lamps}]", "en", Phrase(Html("Lamps"))),
        ("[{lang: en, text: Old, kind: former}]", "en", Phrase(Html("Old"))),
        ("[{lang: en, text: Lamps, kind: short}, {lang: fr, text: Lampes}]", "fr", Phrase(Html("Lampes"))),
        ("[{lang: zh, text: 灯社}]", "en", Phrase(Html("灯社"), "zh-Hans")),
        ("[{lang: zh, text: 灯社}, {lang: en, text: Lamps}]", "fr", Phrase(Html("Lamps"), "en")),
        ("[{lang: en, text: Lamps}, {lang: ja, text: 灯会}]", "zh", Phrase(Html("灯会"), "ja")),
        ("[{lang: zh-Hans, text: 灯社}, {lang: en, text: Lamps}]", "zh", Phrase(Html("灯社"))),
        ("[{lang: la, text: Lucernae}]", "en", Phrase(Html("Lucernae"), "la")),
        ("[{lang: en, text: A & B <c>}]", "en", Phrase(Html("A &amp; B &lt;c&gt;"))),
    ],
)
def test_the_name_shown(names: str, language: str, expected: Phrase) -> None:
    assert named(names, language) == expected


def test_a_language_tag_of_another_script_is_no_name_of_the_language() -> None:
    assert named("[{lang: zh-Latn, text: Dengshe}, {lang: zh, text: 灯社}]", "zh") == Phrase(Html("灯社"))


@pytest.fixture(scope="module")
def small() -> Made:
    """A case in English and French, an actor in French alone."""
    gift = case("One. [[lamps]] gave. {#deed dimension=origin}\n\nTwo [@lamp1901]. {#second}").replace(
        "A gift.", "A gift of [[lamps|lamps]] [@lamp1901]."
    )
    french = "---\ntitle: Un don\nsummary: Un don des [[lamps]] [@lamp1901].\n---\n\nUn. {#deed}\n\nDeux. {#second}\n"
    return made({GIFT: gift, GIFT.replace(".md", ".fr.md"): french, LAMPS: actor("Lampes", lang="fr")})


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", Phrase(Html("A gift")), Phrase(Html("A gift of lamps."))),
        ("fr", Phrase(Html("Un don")), Phrase(Html("Un don des Lampes."))),
        ("zh", Phrase(Html("A gift"), "en"), Phrase(Html("A gift of lamps."), "en")),
    ],
)
def test_what_is_not_translated_appears_in_its_language_and_says_so(
    language: str, title: Phrase, summary: Phrase, small: Made
) -> None:
    own = locale_site(small, language)
    assert own.title(small.record("gift")) == title
    assert own.excerpt(small.record("gift")) == summary


def test_the_summary_of_a_card_comes_only_where_it_is_wanted(small: Made) -> None:
    own = locale_site(small)
    assert own.card("gift", summary=True).summary.html
    assert own.card("gift", summary=False).summary == Phrase(Html(""))
    assert own.card("gift", summary=False).sides == ("North", "South")
    assert own.card("gift", summary=False).kind == "Gift"


def test_records_are_sorted_by_what_they_are_called_here() -> None:
    names = {
        "a": "[{lang: en, text: Zebra}, {lang: fr, text: Âne}]",
        "b": "[{lang: en, text: Apple}, {lang: fr, text: Zibeline}]",
        "c": "[{lang: en, text: Mango}, {lang: fr, text: Eau}]",
    }
    atlas = made({f"content/actors/{id}.yaml": NAMED.replace("NAMES", rows) for id, rows in names.items()})
    assert locale_site(atlas, "en").sorted(["a", "b", "c", "a"]) == ["b", "c", "a"]
    assert locale_site(atlas, "fr").sorted(["c", "b", "a"]) == ["a", "c", "b"]


@given(st.permutations(["lamps", "bridges", "ferries"]))
def test_the_order_does_not_depend_on_what_came_first(ids: list[str]) -> None:
    same = {f"content/actors/{id}.yaml": actor("Same name") for id in ids}
    assert locale_site(made(same)).sorted(ids) == ["bridges", "ferries", "lamps"]


# Words as other pages quote them.


def quoted(text: str, language: str = "en", written: str = "en") -> Phrase:
    """A text as a page in a language quotes it."""
    atlas = made({LAMPS: actor("Lamps"), BRIDGES: actor("Ponts", lang="fr")})
    prose, problems = convert(passage(text), block=False)
    assert problems == ()
    return locale_site(atlas, language).sentence(written, prose.html, prose.slots)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain.", "Plain."),
        ("See [[lamps]].", "See Lamps."),
        ("See [[lamps|the lamps & co]].", "See the lamps &amp; co."),
        ("See [[bridges]].", 'See <span lang="fr">Ponts</span>.'),
        ("Lit [@lamp1901, p. 3].", "Lit."),
        ("Lit [@lamp1901], and dark [@tide1910]", "Lit, and dark"),
        ("Go [there](/actors/), now.", "Go there, now."),
        ("Say [灯]{lang=zh} now.", 'Say <span lang="zh-Hans">灯</span> now.'),
        ("Say [lux]{lang=la} now.", 'Say <span lang="la">lux</span> now.'),
        ("*A* and `b`.", "<em>A</em> and <code>b</code>."),
    ],
)
def test_a_sentence_elsewhere_keeps_words_and_drops_links_and_citations(text: str, expected: str) -> None:
    assert quoted(text) == Phrase(Html(expected))


def test_a_sentence_in_another_language_says_so() -> None:
    assert quoted("Plain.", "fr") == Phrase(Html("Plain."), "en")
    assert quoted("Plain.", "fr", "fr") == Phrase(Html("Plain."))


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("The word 灯 there.", "en", 'The word <span lang="zh-Hans">灯</span> there.'),
        ("一盏灯。", "zh", "一盏灯。"),
        ("No Han.", "en", "No Han."),
    ],
)
def test_han_characters_are_marked_in_texts_of_other_scripts(text: str, written: str, expected: str) -> None:
    assert locale_site(made({LAMPS: actor("Lamps")})).marked(text, written) == expected


def test_a_phrase_without_markup() -> None:
    assert plain_text(Phrase(Html("A &amp; <em>B</em>"))) == "A & B"


# Tags, labels, dates.


@pytest.mark.parametrize(
    ("language", "tag", "foreign"),
    [("en", "en", ""), ("zh", "zh-Hans", "zh-Hans"), ("la", "la", "la"), ("zh-Latn", "zh-Latn", "zh-Latn")],
)
def test_the_tag_that_marks_words(language: str, tag: str, foreign: str, small: Made) -> None:
    assert (locale_site(small).tag(language), locale_site(small).foreign(language)) == (tag, foreign)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("", "", ""),
        ("1883", "", "since 1883"),
        ("1883", "1883", "1883"),
        ("1883", "1886", "1883–1886"),
        ("", "1886", "until 1886"),
        ("1883-07-21", "1883-07-21", "21 july 1883"),
    ],
)
def test_a_period_in_words(start: str, end: str, expected: str, small: Made) -> None:
    moments = [parse_edtf(text) if text else None for text in (start, end)]
    assert locale_site(small).period(*moments).casefold() == expected


def test_a_period_between_intervals_shows_both(small: Made) -> None:
    period = locale_site(small).period(parse_edtf("1883/1884"), parse_edtf("1890/1891"))
    assert "1883" in period
    assert "1891" in period


def test_what_is_shown_twice_is_the_same(small: Made) -> None:
    own = locale_site(small)
    assert own.title(small.record("gift")) is own.title(small.record("gift"))
    assert own.reference("lamp1901") == locale_site(small).reference("lamp1901")
