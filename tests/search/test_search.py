"""The search in a real browser: every word that authors wrote is found where it is, and none that is nowhere."""

from __future__ import annotations

import json
import os
import random
import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html import unescape
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Quiet, serving
from built_sites import Sites
from plain_html import PlainReader

from atlas.core.traditional import SIMPLIFIED
from atlas.search.shards import file_names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"
"""A content security policy without a single exception."""
UNDER = "a/b"
"""The path at which the atlas is published."""
SEED = int(os.environ.get("ATLAS_SEED", "1954"))
DRAWN = 200
SITES_AND_LANGUAGES = [
    ("atlas", ""),
    ("atlas", "fr/"),
    ("atlas", "zh/"),
    ("three", ""),
    ("three", "en/"),
    ("three", "zh/"),
]
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
INLINE = "a|abbr|b|bdi|cite|code|dfn|em|i|kbd|mark|q|small|span|strong|time|u"
WITHIN_LINES = {*INLINE.split("|")}


@dataclass(frozen=True, slots=True)
class Served:
    """A built site, where it is served, and how many bytes each request was answered with."""

    folder: Path
    address: str
    answers: dict[str, bytes]


@contextmanager
def served(out: Path, folder: Path) -> Iterator[Served]:
    """Serve a site under a path, with a strict policy and nothing compressed."""
    (folder / UNDER).parent.mkdir(parents=True)
    (folder / UNDER).symlink_to(out, target_is_directory=True)
    answers: dict[str, bytes] = {}

    class Handler(Quiet):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def copyfile(self, source: Any, outputfile: Any) -> None:
            data = source.read()
            answers[self.path] = data
            outputfile.write(data)

    with serving(partial(Handler, directory=str(folder))) as host:
        yield Served(out, f"{host}/{UNDER}/", answers)


@pytest.fixture(scope="module", params=["atlas", "three"])
def site(
    request: pytest.FixtureRequest, built: Sites, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Served]]:
    """A site, built and served."""
    with served(built(request.param).out, tmp_path_factory.mktemp("served")) as server:
        yield request.param, server


@dataclass(slots=True)
class Found:
    """What the page of the search shows."""

    status: str
    count: int
    urls: list[str]
    excerpts: list[str]
    unmarked: int


ASK = """async (queries) => {
  const found = [];
  const input = document.getElementById("_query");
  for (const query of queries) {
    document.documentElement.dataset.search = "asked";
    input.value = query;
    input.form.requestSubmit();
    while (document.documentElement.dataset.search !== "done") await new Promise((next) => setTimeout(next));
    found.push({
      status: document.getElementById("_found").textContent,
      urls: [...document.querySelectorAll("#_results a")].map((link) => link.getAttribute("href")),
      excerpts: [...document.querySelectorAll("#_results .card-summary")].map((words) => words.textContent),
      unmarked: [...document.querySelectorAll("#_results li")].filter((row) => !row.querySelector("mark")).length,
    });
  }
  return found;
}"""
"""Asks one query after another, as Enter does."""


def ask(page: Page, *queries: str) -> list[Found]:
    """What the page of the search shows for each query."""
    return [
        Found(row["status"], int(re.sub(r"\D", "", row["status"]) or 0), row["urls"], row["excerpts"], row["unmarked"])
        for row in page.evaluate(ASK, list(queries))
    ]


def fold(text: str) -> str:
    """A text as a reader would hold two words to be the same: without case, accents and traditional characters."""
    return unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae")).translate(FOLDED)


class Folded(dict[int, str]):
    """Letters, each found out when it is first met: a combining sign is nothing, a traditional character another one."""

    def __missing__(self, code: int) -> str:
        self[code] = "" if unicodedata.combining(chr(code)) else SIMPLIFIED.get(chr(code), chr(code))
        return self[code]


FOLDED = Folded()


class Authored(PlainReader):
    """The words of a page that authors wrote: its title, summary, lead, body and facts."""

    def __init__(self) -> None:
        self.open: list[tuple[str, str]] = []
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}:
            self.open.append((tag, dict(attrs).get("class") or ""))
        if tag not in WITHIN_LINES:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag not in WITHIN_LINES:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if is_authored(tuple(self.open)):
            self.pieces.append(data.replace("\n", " "))


@lru_cache
def is_authored(elements: tuple[tuple[str, str], ...]) -> bool:
    """Whether authors wrote what stands inside elements, each by its name and its class."""
    around = {*elements}
    if {tag for tag, _ in around} & {"summary", "footer"}:  # of the own words of a source
        return False
    if around & {("h1", ""), ("p", "lede"), ("p", "lead"), ("div", "prose")}:
        return True
    return around >= {("section", "dimension"), ("ul", "statements"), ("p", "")}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the words that authors wrote, those folded, and all its words and names, folded."""

    written: str
    authored: str
    whole: str


@cache
def texts(folder: Path, language: str) -> dict[str, Shown]:
    """The pages of a language that can be found."""
    others = tuple(f"{path.parent.name}/" for path in folder.glob("*/404.html"))
    found = {}
    for path in sorted((folder / language).rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        html = path.read_text(encoding="utf-8")
        if "data-family=" not in html or (not language and name.startswith(others)):
            continue
        names = re.findall(r'<meta name="(?:keywords|geo.placename)" content="([^"]*)"', html)
        whole = _words(html[html.index("<body") :])
        authored = Authored()
        if 'class="record' in html and "title-page" not in html:
            authored.feed(html[html.index("<main") : html.index("</main>")])
        written = "".join(authored.pieces)
        found[name] = Shown(written, fold(written), fold("\n".join([whole, *map(unescape, names)])))
    return found


def _words(html: str) -> str:
    html = re.sub(r"<(script|style)\b.*?</\1>", "<p>", html, flags=re.DOTALL).replace("\n", " ")
    html = re.sub(r'<img\b[^>]*\balt="([^"]*)"[^>]*>', r"<p>\1<p>", html)
    html = re.sub(rf"</?(?:{INLINE})\b[^>]*>", "", html)
    return unescape(re.sub(r"[^\S\n]+", " ", re.sub(r"<[^>]*>", "\n", html)))


def draw(rng: random.Random, pages: dict[str, Shown]) -> str:
    """A word that authors wrote on a page drawn at random: any run of letters and digits; of a Chinese one, a part."""
    names = list(pages)
    while True:
        text = pages[rng.choice(names)].written
        words = re.findall(rf"[{HAN}]+|[^\W_{HAN}]+", text)
        word = rng.choice(words) if words else ""
        if re.match(f"[{HAN}]", word) and len(word) > 1:
            length = rng.randint(2, min(len(word), 8))
            start = rng.randint(0, len(word) - length)
            return word[start : start + length]
        if word and not re.match(f"[{HAN}]", word):
            return word


class Texts:
    """The texts of pages, one after another, in which a word is looked for in all at once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.names = list(texts)
        self.text = "\n".join(texts.values())
        self.ends = list(accumulate(len(text) + 1 for text in texts.values()))

    def standing(self, word: str) -> set[str]:
        """The pages on which a word stands, by a way that has nothing of the index."""
        folded = fold(word)
        assert folded
        assert "\n" not in folded
        is_han = re.match(f"[{HAN}]", folded)
        whole = re.compile(rf"(?<![^\W_{HAN}]){re.escape(folded)}(?![^\W_{HAN}])")
        found, place = set(), self.text.find(folded)
        while place >= 0:
            if is_han or whole.match(self.text, place):
                page = bisect(self.ends, place)
                found.add(self.names[page])
                place = self.text.find(folded, self.ends[page])
            else:
                place = self.text.find(folded, place + 1)
        return found


@cache
def authored(folder: Path, language: str) -> Texts:
    """What authors wrote on the pages of a language."""
    return Texts({name: shown.authored for name, shown in texts(folder, language).items()})


@cache
def whole(folder: Path, language: str) -> Texts:
    """All words and names of the pages of a language."""
    return Texts({name: shown.whole for name, shown in texts(folder, language).items()})


def languages(name: str) -> list[str]:
    return [language for site, language in SITES_AND_LANGUAGES if site == name]


def each_language(site: tuple[str, Served], browser: Browser) -> Iterator[tuple[str, Page, dict[str, Shown]]]:
    """The page of the search in each language of a site, with the texts of its pages."""
    name, served = site
    for language in languages(name):
        page = browser.new_page()
        page.goto(f"{served.address}{language}search/")
        yield language, page, texts(served.folder, language)
        page.close()


def test_words_drawn_at_random_are_found_where_authors_wrote_them_and_nowhere_else(
    site: tuple[str, Served], browser: Browser
) -> None:
    rng = random.Random(SEED)
    faults = []
    for language, page, pages in each_language(site, browser):
        drawn = [draw(rng, pages) for _ in range(DRAWN)]
        by_authors, by_all = (read(site[1].folder, language) for read in (authored, whole))
        for word, found in zip(drawn, ask(page, *map(quoted, drawn)), strict=True):
            least, most = by_authors.standing(word), by_all.standing(word)
            elsewhere = {path for path in pages_of(found, language) if path not in most}
            if not len(least) <= found.count <= len(most) or found.unmarked or elsewhere:
                faults.append((language, word, found.count, len(least), len(most), found.unmarked, elsewhere))
    assert faults == []


def quoted(word: str) -> str:
    """A query for a word as it is written."""
    return f"“{word}”"


def pages_of(found: Found, language: str) -> list[str]:
    """The paths of the pages shown, from the root of the site."""
    up = "../../" if language else "../"
    return [f"{url.removeprefix(up).partition('#')[0]}index.html" for url in found.urls]


def test_words_that_are_nowhere_are_not_found(site: tuple[str, Served], browser: Browser) -> None:
    rng = random.Random(SEED)
    faults = []
    for language, page, pages in each_language(site, browser):
        drawn = [absent(rng, pages, whole(site[1].folder, language)) for _ in range(DRAWN)]
        for word, found in zip(drawn, ask(page, *map(quoted, drawn)), strict=True):
            if found.count or found.urls or not found.status:
                faults.append((language, word, found.count))
    assert faults == []


def test_what_every_page_has_is_not_found(site: tuple[str, Served], browser: Browser) -> None:
    if site[0] != "atlas":
        pytest.skip("interface words of the atlas in English")
    page = opened(browser, site[1].address)
    # How to cite a page, the colophon, the export lists and the introduction of a permanent link.
    found = ask(page, '"Zotero"', '"BibTeX"', '"Skip to content"', '"How to cite this page"', '"First published"')
    assert [row.count for row in found][2:] == [0, 0, 0]
    assert max(row.count for row in found) < 10
    page.close()


def absent(rng: random.Random, pages: dict[str, Shown], whole: Texts) -> str:
    """A word that stands nowhere: one that does, with a letter changed, cut off or moved, or two made into one."""
    changes: list[Callable[[str], str]] = [
        lambda word: word[:-1],
        lambda word: word + rng.choice("aesxq"),
        lambda word: word[::-1],
        lambda word: word[: len(word) // 2] + rng.choice("kqzw") + word[len(word) // 2 :],
        lambda word: word + draw(rng, pages),
    ]
    while True:
        word = rng.choice(changes)(draw(rng, pages))
        mixed = len(re.findall(rf"[{HAN}]+|[^\W_{HAN}]+", word)) != 1
        if len(word) > 1 and not mixed and not whole.standing(word):
            return word


def opened(browser: Browser, address: str, path: str = "search/") -> Page:
    """A page in a browser that has fetched nothing yet, with what its policy forbids as a failure."""
    page = browser.new_context().new_page()
    page.goto(address + path)
    page.wait_for_selector("html[data-search=done]")
    return page


def paths(found: Found) -> list[str]:
    """The pages shown, from the root of the language."""
    return [url.removeprefix("../").partition("#")[0] for url in found.urls]


def test_names_are_found_in_every_script_and_romanisation_and_former_names_and_abbreviations_too(
    site: tuple[str, Served], browser: Browser
) -> None:
    if site[0] != "atlas":
        pytest.skip("names of the atlas")
    wanted = {
        "actors/beijing/": ["Pékin", "pekin", "BEIJING", "Beijing", "北京", "京"],
        "actors/cpaffc/": ["中国人民对外友好协会", "对外友好", "外友", "CPAFFC", "zhongguorenminduiwaiyouhaoxiehui",
                           "Association du peuple chinois pour l'amitie", "中国人民对外文化协会",
                           '"Cultural Relations with Foreign Countries"'],
        "persons/li-shizeng/": ["lishizeng", "Li Shizeng", "李石曾"],
    }  # fmt: skip
    faults = []
    for language in languages("atlas"):
        page = opened(browser, site[1].address, f"{language}search/")
        for path, queries in wanted.items():
            for query in queries:
                page.select_option("#_kind", f"{path.partition('s/')[0]}")
                while (rows := paths(ask(page, query)[0])) and page.locator("#_more").is_visible():
                    before = page.locator("#_results li").count()
                    page.click("#_more")
                    page.wait_for_function(
                        "count => document.querySelectorAll('#_results li').length > count", arg=before
                    )
                    rows = page.eval_on_selector_all(
                        "#_results a", "links => links.map(link => link.getAttribute('href'))"
                    )
                    rows = [row.removeprefix("../").partition("#")[0] for row in rows]
                    break
                if not any(row.endswith(path) for row in rows):
                    faults.append((language, query, path, rows))
        page.close()
    assert faults == []


def test_plurals_spellings_and_scripts_find_each_other_unless_in_quotation_marks(
    site: tuple[str, Served], browser: Browser
) -> None:
    if site[0] != "three":
        pytest.skip("once is enough")
    page = opened(browser, site[1].address, "en/search/")
    for one, other in [("bridge", "bridges"), ("valley", "valleys"), ("society", "societies")]:
        found = ask(page, one, other, f'"{one}"', f'"{other}"')
        assert found[0].count == found[1].count >= max(found[2].count, found[3].count) > 0
        assert found[0].unmarked == found[1].unmarked == 0
    page.goto(f"{site[1].address}zh/search/")
    simplified, traditional = ask(page, "灯塔", "燈塔")
    assert simplified.count == traditional.count > 0
    assert traditional.unmarked == 0
    page.close()


def test_a_search_without_results_offers_the_nearest_words_and_the_parts_of_the_query(
    site: tuple[str, Served], browser: Browser
) -> None:
    if site[0] != "three":
        pytest.skip("once is enough")
    page = opened(browser, site[1].address, "en/search/")
    for query, wanted in [("brigde", "bridge"), ("lampp", "lamp"), ("bridge zzzz", "bridge")]:
        assert ask(page, query)[0].count == 0
        offered = page.locator("#_nearest button").all_inner_texts()
        assert wanted in [text.partition(" (")[0] for text in offered]
    button = page.locator("#_nearest button", has_text="bridge").first
    count = re.sub(r"\D", "", button.inner_text())
    button.click()
    page.wait_for_selector("#_results li mark")
    assert re.sub(r"\D", "", page.inner_text("#_found")) == count
    assert page.locator("#_nearest").is_hidden()
    page.close()


def test_all_results_can_be_shown_and_a_filter_says_how_many_of_all(site: tuple[str, Served], browser: Browser) -> None:
    if site[0] != "three":
        pytest.skip("once is enough")
    page = opened(browser, site[1].address)
    [found] = ask(page, "phares")
    assert found.count > len(found.urls)
    page.click("#_every")
    page.wait_for_function(f"() => document.querySelectorAll('#_results li').length === {found.count}")
    assert page.locator("#_every").is_hidden()
    page.evaluate("document.documentElement.dataset.search = 'asked'")
    page.select_option("#_kind", "actor")
    page.wait_for_selector("html[data-search=done]")
    numbers = list(map(int, re.findall(r"\d+", page.inner_text("#_found"))))
    assert numbers[1] == found.count > numbers[0] > 0
    page.close()


def test_the_first_result_is_seen_on_a_phone_without_scrolling(site: tuple[str, Served], browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    for language in languages(site[0]):
        page.goto(f"{site[1].address}{language}search/")
        ask(page, {"atlas": "Lyon", "three": "Hauterive"}[site[0]])
        box = page.locator("#_results li").first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844
    page.context.close()


def test_the_first_answer_is_small_and_asks_for_nothing_elsewhere_and_breaks_no_policy(
    site: tuple[str, Served], browser: Browser
) -> None:
    queries = {"Beijing": 60_000, "Pékin": 60_000, "外交部": 60_000, "soft power": 60_000, "人文交流": 60_000,
               "people-to-people diplomacy": 60_000, "中国人民对外友好协会": 75_000,
               "the role of the alliance in China": 75_000, "de la politique étrangère de la France": 75_000}  # fmt: skip
    faults: list[object] = []
    for language in languages(site[0]):
        for query, limit in queries.items():
            site[1].answers.clear()
            page = browser.new_context().new_page()
            page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
            page.on(
                "request", lambda asked: None if asked.url.startswith(site[1].address) else faults.append(asked.url)
            )
            page.goto(f"{site[1].address}{language}search/")
            ask(page, query)
            fetched = {path: data for path, data in site[1].answers.items() if "/search/index/" in path}
            assert fetched
            if sum(map(len, fetched.values())) > limit:
                faults.append((language, query, sum(map(len, fetched.values()))))
            page.context.close()
    assert faults == []


def test_the_search_is_used_by_keyboard_and_says_what_it_found(site: tuple[str, Served], browser: Browser) -> None:
    served, language = site[1], languages(site[0])[1]
    page = browser.new_page()
    page.goto(f"{served.address}{language}actors/")
    page.keyboard.press("/")
    page.wait_for_url(f"**/{UNDER}/{language}search/")
    page.wait_for_selector("html[data-search=done]")
    assert page.evaluate("document.activeElement.id") == "_query"
    word = {"atlas": "paris", "three": "pont"}[site[0]] if language == "fr/" else "lamp"
    page.keyboard.type(word)
    page.wait_for_selector("#_results li mark")
    assert page.get_attribute("#_found", "role") == "status"
    assert re.search(r"\d", page.inner_text("#_found"))
    focused = "[...document.querySelectorAll('#_results a')].indexOf(document.activeElement)"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == 0
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "_query"
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {focused} === 0")
    assert f"q={word}" in page.url
    target = str(page.get_attribute("#_results a", "href"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{target.removeprefix('../').removeprefix('../')}")
    page.go_back()
    page.wait_for_selector("#_results li mark")
    page.close()


def test_results_are_narrowed_by_kind_and_side(site: tuple[str, Served], browser: Browser) -> None:
    page = opened(browser, site[1].address)
    [everything] = ask(page, {"atlas": "amitié", "three": "phares"}[site[0]])
    page.evaluate("document.documentElement.dataset.search = 'asked'")
    page.select_option("#_kind", "actor")
    page.wait_for_selector("html[data-search=done]")
    actors = page.eval_on_selector_all("#_results a", "links => links.map(link => link.getAttribute('href'))")
    assert actors
    assert all("actors/" in url for url in actors)
    counted = int(re.findall(r"\d+", page.inner_text("#_found"))[0])
    assert f"({counted})" in str(page.eval_on_selector("#_kind", "choice => choice.selectedOptions[0].textContent"))
    assert counted < everything.count
    page.close()


@pytest.mark.parametrize("missing", ["of terms", "of texts", "of all"])
def test_a_missing_file_is_shown_and_never_taken_for_no_result(
    site: tuple[str, Served], browser: Browser, missing: str
) -> None:
    if site[0] != "three":
        pytest.skip("once is enough")
    manifest = json.loads((site[1].folder / "search/index/root.json").read_bytes())
    names = list(file_names(manifest["terms" if missing == "of terms" else "texts"]))
    gone = {f"/root/{name}.json" for name in names} if missing != "of all" else {"/index/root.json"}
    page = browser.new_context().new_page()
    page.route("**/search/index/**", lambda route: route.abort() if is_gone(route.request.url) else route.continue_())

    def is_gone(url: str) -> bool:
        return url.endswith(tuple(gone))

    page.goto(f"{site[1].address}search/")
    [found] = ask(page, "phares")
    said = {name: page.get_attribute("#_found", f"data-{name}") for name in ("partial", "failed", "nothing")}
    assert found.status == said["failed" if missing == "of all" else "partial"] != said["nothing"]
    assert page.locator("#_lists").is_visible()
    gone.clear()  # the site has been published
    assert ask(page, "phares")[0].count > 0
    assert page.locator("#_lists").is_hidden()
    page.context.close()


def test_without_javascript_the_page_says_what_to_do_and_leads_to_the_lists(
    site: tuple[str, Served], browser: Browser
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site[1].address}search/")
    assert page.locator("#_search").is_hidden()
    assert page.locator("#_without p").is_visible()
    page.click("#_without li a")
    assert page.locator("h1").is_visible()
    page.context.close()


def test_terms_are_cut_in_the_browser_as_they_were_for_the_index(site: tuple[str, Served], browser: Browser) -> None:
    if site[0] != "atlas":
        pytest.skip("once is enough")
    page = opened(browser, site[1].address)
    # Each stands on a page as it is written here, or in another form of the same letters.
    forms = ["L’AMITIÉ", "l'amitie", "cœur", "COEUR", "ﬁnance", "finance", "1954年", "１９５４年", "e\u0301tat", "État"]
    counts = [found.count for found in ask(page, *forms)]
    assert min(counts[:2]) > 0
    assert counts[0] == counts[1]
    assert counts[2::2] == counts[3::2]
    assert [found.count for found in ask(page, "constructor", "__proto__", "。", "“”", "*")] == [0, 0, 0, 0, 0]
    page.close()
