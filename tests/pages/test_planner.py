"""The plan: every page once in every language, each at its own address, and links that lead to pages."""

from __future__ import annotations

from collections import Counter

import pytest
from small_atlases import BRIDGES, GIFT, LAMPS, SITE, Made, actor, case, made, page, places
from small_pages import engine, planned

from atlas.content.files import File
from atlas.core.sources import Asset
from atlas.pages.indexes.views import IndexGroup, IndexView
from atlas.pages.plan import Page
from atlas.pages.records.views import RecordView
from atlas.pages.site.views import HomeView, SitemapView
from atlas.pages.view_parts import PageView

ABOUT = "content/pages/about.md"
METHOD = "content/pages/method.md"
LABEL = {"en": "A", "fr": "A", "zh": "A"}


@pytest.fixture(scope="module")
def small() -> Made:
    """Two actors of which one is joint, a case, and three pages of which one is the home page."""
    return made(
        {
            LAMPS: actor("Lamps"),
            BRIDGES: actor("Bridges", sides="north, south", kind="club"),
            GIFT: case("One [@bridge1904]. {#deed dimension=origin}"),
            "content/pages/home.md": page("Welcome."),
            ABOUT: page("About."),
            METHOD: page("How.", "path: about/method\n"),
        }
    )


def paths(atlas: Made) -> list[str]:
    """Where the pages will stand, where nothing is wrong."""
    plan, problems = planned(atlas)
    assert problems == ()
    return [each.path for each in plan.pages]


def reported(files: dict[str, str], **how: str) -> list[tuple[str, str, int, int]]:
    """File, rule, line and column of what is wrong with a plan."""
    problems = planned(made(files, **how))[1]  # type: ignore[arg-type]
    assert all(problem.hint for problem in problems)
    return [(problem.span.path, *place) for problem, place in zip(problems, places(problems), strict=True)]


def page_at(atlas: Made, path: str) -> Page:
    """The page of a path."""
    return next(each for each in planned(atlas)[0].pages if each.path == path)


def test_every_page_is_once_and_in_every_language(small: Made) -> None:
    found = paths(small)
    assert max(Counter(path.casefold() for path in found).values()) == 1
    english = {path for path in found if not path.startswith(("fr/", "zh/"))}
    english -= {"sitemap.xml", "robots.txt", "llms.txt"}
    for language in ("fr", "zh"):
        assert {path.removeprefix(f"{language}/") for path in found if path.startswith(f"{language}/")} == english


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "actors/index.html",
        "actors/lamps/index.html",
        "actors/by-side/index.html",
        "actors/by-side/north/index.html",
        "actors/by-side/south/index.html",
        "actors/by-side/joint/index.html",
        "actors/by-kind/society/index.html",
        "actors/by-letter/index.html",
        "cases/gift/index.html",
        "about/index.html",
        "about/method/index.html",
        "sources/index.html",
        "sources/lamp1901/index.html",
        "404.html",
        "sitemap.xml",
    ],
)
def test_there_is_a_page(path: str, small: Made) -> None:
    assert path in paths(small)


@pytest.mark.parametrize(
    "path", ["persons/index.html", "pages/index.html", "home/index.html", "sources/tide1910/index.html"]
)
def test_there_is_no_page_for_what_there_is_not(path: str, small: Made) -> None:
    assert path not in paths(small)


def test_every_template_that_a_page_names_exists(small: Made) -> None:
    assert {each.template for each in planned(small)[0].pages} <= engine().templates.keys()


def test_a_record_counts_in_each_of_its_sides_and_apart(small: Made) -> None:
    view = page_at(small, "actors/by-side/index.html").view
    assert isinstance(view, IndexView)
    members: dict[str, list[str]] = {group.id: [card.id for card in group.cards] for group in view.groups}
    assert members == {"north": ["bridges", "lamps"], "south": ["bridges"], "joint": ["bridges"]}
    assert view.total == 2


def test_a_group_links_to_its_own_page_but_not_there(small: Made) -> None:
    view = page_at(small, "actors/by-side/index.html").view
    own = page_at(small, "actors/by-side/north/index.html").view
    assert isinstance(view, IndexView)
    assert isinstance(own, IndexView)
    first: IndexGroup = view.groups[0]
    assert (first.url, own.groups[0].url) == ("north/", "")


def test_the_home_page_shows_the_words_of_the_page_home(small: Made) -> None:
    view = page_at(small, "index.html").view
    assert isinstance(view, HomeView)
    assert [section.intro_html for section in view.sections] == ["<p>Welcome.</p>"]
    assert {tally.family: tally.count for tally in view.tallies} == {"actor": 2, "case": 1, "work": 2}
    french = page_at(small, "fr/index.html").view
    assert isinstance(french, HomeView)
    assert (french.sections[0].lang, french.notice.language) == ("en", "anglais")


@pytest.mark.parametrize(
    ("path", "crumbs"),
    [
        ("index.html", []),
        ("actors/index.html", ["../"]),
        ("actors/lamps/index.html", ["../../", "../"]),
        ("actors/by-side/north/index.html", ["../../../", "../../", "../"]),
        ("about/index.html", ["../"]),
        ("about/method/index.html", ["../../", "../"]),
        ("sources/lamp1901/index.html", ["../../", "../"]),
    ],
)
def test_the_way_to_a_page(path: str, crumbs: list[str], small: Made) -> None:
    view = page_at(small, path).view
    assert isinstance(view, PageView)
    assert [crumb.url for crumb in view.head.crumbs] == crumbs


def test_every_page_names_its_twins_and_its_own_address(small: Made) -> None:
    for path, canonical in [
        ("fr/actors/index.html", "https://valleys.example/atlas/fr/actors/"),
        ("actors/index.html", "https://valleys.example/atlas/actors/"),
        ("index.html", "https://valleys.example/atlas/"),
    ]:
        view = page_at(small, path).view
        assert isinstance(view, PageView)
        assert view.head.canonical == canonical
        assert [twin.tag for twin in view.head.alternates] == ["en", "fr", "zh-Hans"]
        assert [twin.absolute for twin in view.head.alternates if twin.current] == [canonical]


def test_a_page_that_falls_back_names_the_original_as_its_address(small: Made) -> None:
    view = page_at(small, "fr/about/index.html").view
    assert isinstance(view, RecordView)
    assert view.head.canonical == "https://valleys.example/atlas/about/"


def test_the_sitemap_has_every_page_but_those_without_a_translation_and_for_what_is_not_there(small: Made) -> None:
    plan, _ = planned(small)
    view = next(each.view for each in plan.pages if each.path == "sitemap.xml")
    assert isinstance(view, SitemapView)
    urls = [row.url.removeprefix("https://valleys.example/atlas/") for row in view.rows]
    expected = [
        each.path.removesuffix("index.html")
        for each in plan.pages
        if each.path.endswith("index.html") and "embed/" not in each.path
    ]
    records = ("actors/lamps/", "actors/bridges/", "cases/gift/", "about/", "about/method/")
    untranslated = {f"{language}/{path}" for language in ("fr", "zh") for path in records}
    assert sorted(urls) == sorted(set(expected) - untranslated)
    assert len(urls) == len(set(urls))


def test_files_and_what_the_templates_bring_are_copied() -> None:
    file = File("a/b.jpg", 3, b"abc", LABEL, "A", "MIT", {}, "")
    plan, problems = planned(made({LAMPS: actor("Lamps")}, assets={"a/b.jpg": file}), (Asset("x.css", 1, b"p"),))
    assert problems == ()
    copies = {file.path: file.content() for file in plan.files}
    assert (copies["files/a/b.jpg"], copies["static/x.css"]) == (b"abc", b"p")


def test_the_navigation_has_the_titles_of_its_pages(small: Made) -> None:
    frames = planned(small)[0].frames
    assert [(row.label, row.path) for row in frames["en"].navigation] == [("Actors", "actors/")]
    assert [(row.label, row.path) for row in frames["fr"].navigation] == [("Acteurs", "actors/")]


GROUPS = "navigation: [{label: {en: Who, fr: Qui, zh: 谁}, pages: [/actors/, /actors/by-kind/, /gone/]}, /sources/]"


def test_a_menu_of_groups_has_their_pages_and_keeps_apart_those_of_none(small: Made) -> None:
    site = SITE.replace("navigation: [/actors/]", GROUPS)
    plan, problems = planned(made({LAMPS: actor("Lamps")}, site=site))
    frame = plan.frames["fr"]
    assert [(one.label, [page.path for page in one.pages]) for one in frame.groups] == [
        ("Qui", ["actors/", "actors/by-kind/"])
    ]
    assert [page.path for page in frame.beside] == ["sources/"]
    assert [page.path for page in frame.navigation] == ["actors/", "actors/by-kind/", "sources/"]
    assert [(problem.span.path, str(problem.rule)) for problem in problems] == [("content/site.yaml", "unknown-page")]
    assert (planned(small)[0].frames["en"].groups, planned(small)[0].frames["en"].beside) == ((), ())


@pytest.mark.parametrize("entry", ["{pages: [/actors/]}", "{label: {en: Who, fr: Qui, zh: 谁}}", "{}"])
def test_a_menu_entry_is_a_page_or_a_group_with_a_name_and_pages(entry: str) -> None:
    site = SITE.replace("navigation: [/actors/]", f"navigation: [/actors/, {entry}]")
    assert made({LAMPS: actor("Lamps")}, site=site).rules() == ["missing-key"]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/", ""),
        ("/actors/", "actors/"),
        ("/actors/lamps/", "actors/"),
        ("/actors/by-kind/society/", "actors/by-kind/"),
        ("/sources/lamp1901/", "sources/"),
        ("/search/", ""),
    ],
)
def test_a_page_belongs_to_the_menu_page_with_the_longest_path_above_it(path: str, section: str) -> None:
    site = SITE.replace("navigation: [/actors/]", GROUPS.replace(", /gone/", ""))
    pages = planned(made({LAMPS: actor("Lamps")}, site=site))[0].pages
    views = [page.view for page in pages if page.language == "en"]
    assert {view.head.section for view in views if isinstance(view, PageView) and view.head.path == path} == {section}


# What is wrong with links and addresses.


def test_a_link_by_path_to_no_page_is_reported_in_the_text_that_was_written() -> None:
    found = reported({ABOUT: page("See [all](/actor/) here."), LAMPS: actor("Lamps")})
    assert set(found) == {(ABOUT, "unknown-page", 7, 5)}


def test_the_remedy_is_the_nearest_path() -> None:
    problem = planned(made({ABOUT: page("See [all](/actor/) here."), LAMPS: actor("Lamps")}))[1][0]
    assert problem.hint == 'did you mean "/actors/"?'


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("/actors/", None),
        ("/actors/by-side/north/", None),
        ("/sources/lamp1901/", None),
        ("/", None),
        ("/actors/lamps/", None),
        ("/actors/lamps/#lit", None),
        ("/actors/lamps/#unlit", "unknown-fragment"),
        ("/sources/tide1910/", "unknown-page"),
        ("/fr/actors/", "unknown-page"),
        ("/pages/about/", "unknown-page"),
    ],
)
def test_links_by_path(link: str, rule: str | None) -> None:
    facts = "facts: [{id: lit, dimension: origin, text: Lit., sources: [lamp1901]}]\n"
    files = {ABOUT: page(f"See [this]({link})."), LAMPS: actor("Lamps", facts)}
    assert {found[1] for found in reported(files)} == ({rule} if rule else set())


def test_a_navigation_that_leads_nowhere_is_reported_where_it_is_declared() -> None:
    site = SITE.replace("navigation: [/actors/]", "navigation: [/actors/, /actor/]")
    line = site.split("\n").index("navigation: [/actors/, /actor/]") + 1
    assert reported({LAMPS: actor("Lamps")}, site=site) == [("content/site.yaml", "unknown-page", line, 24)]


@pytest.mark.parametrize(
    "path", ["actors", "actors/lamps", "actors/by-side", "sources", "sources/lamp1901", "fr", "fr/actors"]
)
def test_a_page_in_the_place_of_one_that_the_atlas_makes_is_reported_once(path: str) -> None:
    files = {LAMPS: actor("Lamps"), METHOD: page("How.", f"path: {path}\n")}
    assert reported(files) == [(METHOD, "same-url", 1, 1)]


def test_two_pages_of_one_address_are_reported_once() -> None:
    files = {ABOUT: page("About."), METHOD: page("How.", "path: about\n"), LAMPS: actor("Lamps")}
    [(path, rule, _, _)] = reported(files)
    assert path in (ABOUT, METHOD)
    assert rule == "same-url"


def test_a_page_in_the_place_of_a_file_is_reported() -> None:
    file = File("index.html", 3, b"abc", LABEL, "A", "MIT", {}, "")
    atlas = made({LAMPS: actor("Lamps"), "content/pages/files.md": page("Files.")}, assets={"index.html": file})
    assert [problem.rule for problem in planned(atlas)[1]] == ["same-url"]


def test_two_files_whose_names_differ_by_case_alone_are_reported() -> None:
    files = {name: File(name, 3, b"abc", LABEL, "A", "MIT", {}, "") for name in ("a.jpg", "A.jpg")}
    assert [problem.rule for problem in planned(made({LAMPS: actor("Lamps")}, assets=files))[1]] == ["same-url"]
