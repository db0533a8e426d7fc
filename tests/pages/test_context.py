"""How things are said on one page: addresses relative to it, links, citations, notices."""

from __future__ import annotations

import re
from posixpath import normpath

import pytest
from small_atlases import BRIDGES, GIFT, LAMPS, SITE, Made, actor, case, made, passage
from small_pages import context

from atlas.bibliography.citing.syntax import read_locator
from atlas.content.files import File
from atlas.content.model import Reference, Text
from atlas.core.html import Html
from atlas.core.problems import Span
from atlas.markdown.prose import convert
from atlas.pages.context import PageContext
from atlas.pages.records.record_pages import record_view
from atlas.pages.view_parts import Notice, Phrase

LABEL = {"en": "A lamp", "fr": "Une lampe", "zh": "灯"}
FILM = File(
    "film.webm", 1500, b"", {"fr": "Un film"}, "Ada Quill", "CC0", {}, "",
    transcript="film.txt", captions={"en": "film.en.vtt"},
)  # fmt: skip
PHOTO = File("photo.jpg", 1500, b"", LABEL, "Ada Quill", "CC-BY-4.0", {}, "")
TABLE = File("tides/table.pdf", 340_000, b"", LABEL, "Ada Quill", "CC-BY-4.0", {}, "")


@pytest.fixture(scope="module")
def small() -> Made:
    """Two actors, a case that cites, and two files."""
    files = {
        LAMPS: actor("Lamps", "facts: [{id: lit, dimension: origin, text: Lit., sources: [lamp1901, tide1910]}]\n"),
        BRIDGES: actor("Ponts", lang="fr"),
        GIFT: case("One [@bridge1904]. {#deed dimension=origin}"),
    }
    return made(files, assets={"photo.jpg": PHOTO, "tides/table.pdf": TABLE, "film.webm": FILM})


def shown(page: PageContext, text: str, *, block: bool = False, written: str = "en") -> str:
    """A text as the page shows it."""
    prose, problems = convert(passage(text), block=block)
    assert problems == ()
    return page.phrase(Text(written, {written: prose})).html


# Addresses.


@pytest.mark.parametrize(
    ("path", "language", "place"),
    [("/", "en", "/"), ("/actors/", "en", "/actors/"), ("/", "fr", "/fr/"), ("/actors/", "zh", "/zh/actors/")],
)
def test_a_page_is_in_the_folder_of_its_language(path: str, language: str, place: str, small: Made) -> None:
    assert context(small, path, language).place == place


@pytest.mark.parametrize("start", ["/", "/actors/", "/actors/lamps/"])
@pytest.mark.parametrize("target", ["/", "/actors/", "/actors/lamps/", "/sources/lamp1901/"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("other", ["en", "fr", "zh"])
def test_every_address_leads_from_the_page_to_its_target(
    start: str, target: str, language: str, other: str, small: Made
) -> None:
    page = context(small, start, language)
    way = page.url(target + "#x", page.atlas.site.languages[other])
    path, _, fragment = way.partition("#")
    assert fragment == "x"
    wanted = page.in_language(page.atlas.site.languages[other], target)
    assert normpath(page.place + path) == normpath(wanted)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/actors/lamps/", "./"),
        ("/actors/lamps/#lit", "#lit"),
        ("#lit", "#lit"),
        ("/actors/bridges/#lit", "../bridges/#lit"),
        ("/", "../../"),
    ],
)
def test_addresses_of_one_page(path: str, expected: str, small: Made) -> None:
    assert context(small, "/actors/lamps/").url(path) == expected


@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [("en", "/", "/atlas/"), ("fr", "/actors/", "/atlas/fr/actors/"), ("fr", "/actors/#x", "/atlas/fr/actors/#x")],
)
def test_a_page_for_what_is_not_there_links_by_paths_of_its_host(
    language: str, path: str, expected: str, small: Made
) -> None:
    page = context(small, "/", language, absolute=True)
    assert page.url(path) == expected
    assert page.file_url("/static/atlas.css") == "/atlas/static/atlas.css"


@pytest.mark.parametrize(
    ("base", "expected"),
    [("https://a.example/", "/x"), ("https://a.example", "/x"), ("https://a.example:80/b/c", "/b/c/x")],
)
def test_paths_of_the_host_follow_the_address_of_the_site(base: str, expected: str) -> None:
    atlas = made({LAMPS: actor("Lamps")}, site=SITE.replace("https://valleys.example/atlas/", base))
    assert context(atlas, "/").host_path("/x") == expected


def test_files_have_no_language(small: Made) -> None:
    assert context(small, "/actors/", "fr").file_url("/static/atlas.css") == "../../static/atlas.css"


# Texts.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[lamps]]", '<a href="../actors/lamps/">Lamps</a>'),
        ("[[lamps|the lamps]]", '<a href="../actors/lamps/">the lamps</a>'),
        ("[[lamps#lit|the lighting]]", '<a href="../actors/lamps/#lit">the lighting</a>'),
        ("[[bridges]]", '<a href="../actors/bridges/"><span lang="fr">Ponts</span></a>'),
        ("[there](/actors/)", '<a href="../actors/">there</a>'),
        ("[there](/actors/#x)", '<a href="../actors/#x">there</a>'),
        ("[here](#deed)", '<a href="#deed">here</a>'),
        ("[灯]{lang=zh}", '<span lang="zh-Hans">灯</span>'),
        ("[out](https://a.example/?b=c&d=e)", '<a href="https://a.example/?b=c&amp;d=e">out</a>'),
    ],
)
def test_what_an_author_links(text: str, expected: str, small: Made) -> None:
    assert shown(context(small, "/cases/"), text) == expected


def test_links_lead_to_pages_of_the_readers_language(small: Made) -> None:
    page = context(small, "/cases/gift/", "fr")
    assert shown(page, "[[lamps]]", written="fr") == '<a href="../../actors/lamps/"><span lang="en">Lamps</span></a>'


def test_links_by_path_are_kept_for_the_plan_to_check(small: Made) -> None:
    page = context(small, "/cases/")
    shown(page, "[a](/nowhere/) and [b](#here)")
    assert [slot.target for slot in page.linked_paths] == ["/nowhere/"]


@pytest.mark.parametrize(("language", "size"), [("en", "340 kB"), ("fr", "340\u202fko"), ("zh", "340 kB")])
def test_a_download_states_its_size(language: str, size: str, small: Made) -> None:
    html = shown(context(small, "/", language), "[Tides](/files/tides/table.pdf).", written=language)
    way = "files/tides/table.pdf" if language == "en" else "../files/tides/table.pdf"
    assert html == f'<a class="download" href="{way}">Tides</a> <span class="size">(PDF, {size})</span>.'


def test_a_picture_has_its_alternative_credit_and_licence(small: Made) -> None:
    html = shown(context(small, "/cases/gift/"), "![Oil & wick](/files/photo.jpg)", block=True)
    assert '<img src="../../files/photo.jpg" alt="A lamp" loading="lazy">' in html
    assert '<figcaption>Oil &amp; wick <span class="credit">Ada Quill, CC-BY-4.0</span></figcaption>' in html


def test_a_reference_shows_the_number_of_its_figure_and_leads_to_it(small: Made) -> None:
    text = "See @fig-b and @tbl-c.\n\n![A [@lamp1901]](/files/photo.jpg){#fig-b}\n\n| a |\n|---|\n| b |\n: C {#tbl-c}"
    for language, figure, table in (("en", "Figure\u00a01", "Table\u00a01"), ("zh", "图1", "表1")):
        html = shown(context(small, "/cases/gift/", language), text, block=True, written=language)
        assert f'<a href="#fig-b">{figure}</a>' in html
        assert f'<figcaption><a class="number" href="#fig-b">{figure}</a> A ' in html
        assert f'<caption><a class="number" href="#tbl-c">{table}</a> C</caption>' in html
        assert 'href="#_ref-lamp1901"' in html


def test_a_video_has_its_captions_and_transcript(small: Made) -> None:
    html = shown(context(small, "/cases/gift/"), "![](/files/film.webm)", block=True)
    assert '<video controls preload="none" src="../../files/film.webm" aria-label="Un film" lang="fr">' in html
    assert '<track kind="captions" src="../../files/film.en.vtt" srclang="en" label="English" default></video>' in html
    assert '<span class="credit">Ada Quill, CC0</span> <a href="../../files/film.txt">Transcript</a>' in html


def test_words_from_right_to_left_say_so(small: Made) -> None:
    html = shown(context(small, "/cases/gift/"), "[سلام]{lang=ar} and [灯]{lang=zh}")
    assert html == '<span lang="ar" dir="rtl">سلام</span> and <span lang="zh-Hans">灯</span>'


def test_the_alternative_of_a_picture_is_in_the_readers_language(small: Made) -> None:
    assert 'alt="Une lampe"' in shown(context(small, "/cases/", "fr"), "![x](/files/photo.jpg)", block=True)


def test_a_text_in_another_language_is_marked(small: Made) -> None:
    gift = small.record("gift")
    assert context(small, "/cases/gift/", "fr").phrase(gift.summary) == Phrase(Html("A gift."), "en")
    assert context(small, "/cases/gift/").phrase(gift.summary) == Phrase(Html("A gift."))
    assert context(small, "/cases/gift/").phrase(None) == Phrase(Html(""))


def test_a_fact_in_a_body_has_its_permanent_link(small: Made) -> None:
    html = context(small, "/cases/gift/").phrase(small.record("gift").body).html
    assert '<p id="deed" class="fact">' in html
    assert '<a class="permalink" href="#deed" aria-label="' in html


# Citations.


def test_a_citation_leads_to_its_reference_on_the_page(small: Made) -> None:
    page = context(small, "/cases/gift/")
    html = shown(page, "Lit [@lamp1901, p. 3].")
    assert html == 'Lit (<a class="cite" href="#_ref-lamp1901" id="_c1">Quill 1901, 3</a>).'
    assert [(entry.key, entry.url) for entry in page.references()] == [("lamp1901", "../../sources/lamp1901/")]


def test_a_reference_leads_back_to_each_place_that_cites_it(small: Made) -> None:
    page = context(small, "/cases/gift/")
    shown(page, "Lit [@lamp1901; @tide1910]. Paid [@lamp1901].")
    assert {entry.key: entry.citations for entry in page.references()} == {
        "lamp1901": ("_c1", "_c3"),
        "tide1910": ("_c2",),
    }
    assert "id=" not in shown(page.in_chapter("gift"), "Lit [@lamp1901].")


def test_a_citation_of_several_works_leads_to_each(small: Made) -> None:
    html = shown(context(small, "/cases/gift/"), "Lit [@lamp1901; @tide1910].")
    assert re.findall('href="#_ref-([^"]*)"', html) == ["lamp1901", "tide1910"]


def test_references_are_what_the_page_has_cited_in_the_order_of_the_style(small: Made) -> None:
    page = context(small, "/cases/gift/")
    for key in ("tide1910", "lamp1901", "tide1910", "bridge1904"):
        shown(page, f"One [@{key}].")
    assert [entry.key for entry in page.references()] == ["bridge1904", "lamp1901", "tide1910"]
    assert [entry.key for entry in page.entries(["tide1910", "bridge1904"])] == ["bridge1904", "tide1910"]


def test_in_a_numeric_style_works_are_numbered_as_they_come(small: Made) -> None:
    page = context(small, "/cases/gift/", "zh", "gb-t-7714-2015-numeric")
    first = shown(page, "一 [@tide1910]。", written="zh")
    second = shown(page, "二 [@lamp1901]。", written="zh")
    third = shown(page, "三 [@tide1910]。", written="zh")
    assert [re.findall(r">\[?(\d)", html) for html in (first, second, third)] == [["1"], ["2"], ["1"]]
    assert [entry.key for entry in page.references()] == ["tide1910", "lamp1901"]


def test_a_work_that_is_not_there_is_not_cited(small: Made) -> None:
    page = context(small, "/cases/gift/")
    gone = Reference("gone1999", None, Span("x"))
    assert page.cites([gone]) == ""
    assert page.cites([]) == ""
    there = Reference("lamp1901", read_locator("p. 3")[0], Span("x"))
    assert page.cites([gone, there]) == '(<a class="cite" href="#_ref-lamp1901" id="_c1">Quill 1901, 3</a>)'
    assert [entry.key for entry in page.references()] == ["lamp1901"]


def test_every_citation_of_a_page_has_its_reference_there(small: Made) -> None:
    page = context(small, "/actors/lamps/")
    view = record_view(page, small.record("lamps"), ())
    cited = set(re.findall('href="#_ref-([^"]*)"', str(view)))
    assert cited == {entry.key for entry in view.references} == {"lamp1901", "tide1910"}


# Notices.


FRENCH = "---\ntitle: Un don\nsummary: Un don.\n---\n\nUn [@bridge1904]. {#deed}\n"


def noticed(language: str, french: str | None = FRENCH) -> Notice:
    """What readers of a language see about the words of the case."""
    files = {GIFT: case("One [@bridge1904]. {#deed dimension=origin}")}
    atlas = made(files | ({GIFT.replace(".md", ".fr.md"): french} if french else {}))
    return context(atlas, "/cases/gift/", language).notice(atlas.record("gift"))


def test_readers_of_the_original_see_no_notice() -> None:
    assert noticed("en") == Notice(parallel="../../parallel/cases/gift/")


def test_readers_of_a_page_that_is_not_translated_see_its_language() -> None:
    assert noticed("zh") == Notice("英语", parallel="../../../parallel/cases/gift/")
    assert noticed("fr", None) == Notice("anglais")


def test_readers_of_a_translation_that_is_behind_or_not_reviewed_see_so() -> None:
    notice = noticed("fr")
    assert (notice.language, notice.behind, notice.unreviewed) == ("", True, True)


def test_readers_see_who_has_reviewed() -> None:
    signed = FRENCH.replace("summary:", "reviewed: {by: Bo Arch, date: 2027-01-02}\nsummary:")
    notice = noticed("fr", signed)
    assert (notice.unreviewed, notice.reviewer, notice.reviewed) == (False, "Bo Arch", "2 janvier 2027")
