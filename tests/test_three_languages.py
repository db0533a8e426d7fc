"""Sites in several languages: their twins and addresses, order, words, translations and what authors get wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from built_sites import BuiltPage, BuiltSite, Sites, build_site, is_unlisted
from plain_html import PlainReader
from site_copies import REPOSITORY, Report, Workplace, copy_atlas, copy_site, edit, write

from atlas.build.options import ReadOptions
from atlas.cli.main import main
from atlas.preview.session import PreviewSession

PHARES = "content/actors/phares-du-nord.yaml"
PHARES_EN = "content/actors/phares-du-nord.en.yaml"
PHARES_ZH = "content/actors/phares-du-nord.zh.yaml"
NOT_REVIEWED = "A native editor has not yet reviewed this text."
BEHIND = "The original has changed since this translation was made."


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was built: its sources, its content/site.yaml, its output, and its pages by path."""

    root: Path
    declared: dict[str, Any]
    folder: Path
    pages: dict[str, BuiltPage]

    def prefix(self, language: str) -> str:
        """The folder of a language; the first is at the root."""
        return "" if language == next(iter(self.declared["languages"])) else f"{language}/"

    def language_of(self, path: str) -> str:
        """The language in whose folder a page stands."""
        first, *others = self.declared["languages"]
        return str(next((language for language in others if path.startswith(f"{language}/")), first))

    def text(self, path: str) -> str:
        """A file of the output."""
        return (self.folder / path).read_text(encoding="utf-8")


def made(root: Path) -> Site:
    """Build a site that has no error."""
    return of(build_site(root))


def of(site: BuiltSite) -> Site:
    return Site(site.root, site.declared, site.out, site.pages)


def run(*arguments: str | Path) -> tuple[int, str]:
    """Run a command; its exit code, and what it printed."""
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(StringIO()):
        code = main([str(argument) for argument in arguments])
    return code, printed.getvalue()


def check(root: Path) -> Report:
    """What `check` says of an atlas, without the notes on what it lacks."""
    code, said = run("check", "--json", "--root", root)
    reported = json.loads(said)
    problems = tuple(row for row in reported["problems"] if row["severity"] != "note")
    return Report(code, problems, reported["written"], reported["kept"])


@pytest.fixture(scope="module")
def three(built: Sites) -> Site:
    """The invented atlas of three valleys."""
    return of(built("three"))


@pytest.fixture(scope="module", params=["three", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> Site:
    """The sites in three languages: the invented one, and this repository's own."""
    return of(built(request.param))


@pytest.fixture
def root(workplace: Workplace) -> Path:
    """The atlas of three valleys to change, as it is after a build."""
    return workplace.root


def originals(site: Site) -> Iterator[tuple[Path, str]]:
    """The files of records as first written, but of pages and books, and the language of each."""
    for path in sorted((site.root / "content").glob("*/*")):
        if path.parent.name not in ("files", "pages", "books") and "." not in path.stem:
            yield path, re.findall(r"(?m)^lang: (\w+)$", path.read_text(encoding="utf-8"))[0]


# Addresses.


def test_the_default_language_is_the_one_for_readers_of_no_other(site: Site) -> None:
    tags = [row["tag"] for row in site.declared["languages"].values()]
    for path, page in site.pages.items():
        if not is_unlisted(path):
            first = next(tag for tag in tags if tag in page.alternates)
            assert page.alternates["x-default"] == page.alternates[first], path


def test_canonical_addresses_lead_to_the_original_of_what_is_not_translated(site: Site) -> None:
    elsewhere = {}
    for path, page in site.pages.items():
        [address] = [link["href"] for link in page.all("link") if link.get("rel") == "canonical"] or [""]
        own = site.declared["base_url"] + path.removesuffix("index.html")
        if address != own and not is_unlisted(path):
            elsewhere[path] = address.removeprefix(site.declared["base_url"])
    assert elsewhere == dict(_fallbacks(site))


def _fallbacks(site: Site) -> Iterator[tuple[str, str]]:
    """The pages of records without a file in their language, and the address of the original."""
    for path, original in originals(site):
        for language in site.declared["languages"]:
            if language != original and not path.with_suffix(f".{language}{path.suffix}").exists():
                page = f"{path.parent.name}/{path.stem}/"
                yield f"{site.prefix(language)}{page}index.html", f"{site.prefix(original)}{page}"


def test_the_sitemap_names_each_page_with_its_twins(site: Site) -> None:
    rows = re.findall(r"<url>(.*?)</url>", site.text("sitemap.xml"), re.DOTALL)
    named = {}
    for row in rows:
        twins = re.findall(r'hreflang="([^"]+)" href="([^"]+)"', row)
        named[row.partition("<loc>")[2].partition("</loc>")[0]] = dict(twins)
    for path, page in site.pages.items():
        if not is_unlisted(path) and "/by-letter/" not in path:
            own = site.declared["base_url"] + path.removesuffix("index.html")
            if page.canonical != own:
                assert own not in named, path
                continue
            assert named[own].items() | {("x-default", page.alternates["x-default"])} == page.alternates.items(), path


# Words of the interface.


class Spoken(PlainReader):
    """The texts and labels of a page that are in its own language."""

    def __init__(self, html: str) -> None:
        self.found: set[str] = set()
        self.open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the labels that the element has."""
        attributes = dict(attrs)
        foreign = tag != "html" and ("lang" in attributes or any(other for _, other in self.open))
        if not foreign:
            self.found |= {attributes[name] or "" for name in ("aria-label", "title", "alt") if name in attributes}
        if tag not in ("meta", "link", "img", "br", "hr", "input", "col", "source"):
            self.open.append((tag, foreign or tag in ("script", "style")))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text in the language of the page."""
        if not any(foreign for _, foreign in self.open):
            self.found.add(" ".join(data.split()))


def catalogue(language: str) -> dict[str, list[str]]:
    """The forms of every word of the interface."""
    values = yaml.load((REPOSITORY / f"templates/words/{language}.yaml").read_bytes(), yaml.CBaseLoader)
    return {key: list(word.values()) if isinstance(word, dict) else [word] for key, word in values.items()}


def said_in_english_only(language: str) -> list[list[str]]:
    """The English words that no word of another language is the same as, as pieces between slots for anything."""
    own = {form for forms in catalogue(language).values() for form in forms}
    found = []
    for form in {form for forms in catalogue("en").values() for form in forms} - own:
        pieces = re.split(r"\{[^}]*\}", form)
        rest = "".join(pieces).strip()
        if len(rest) > 3 and any(map(str.isalpha, rest)):  # "{format} ({size}, {date})" is in no language
            found.append(pieces)
    return found


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_no_english_word_of_the_interface_is_on_another_page(language: str, site: Site) -> None:
    words = said_in_english_only(language)
    assert len(words) > 100
    said: set[str] = set()
    for path in site.pages:
        if site.language_of(path) == language:
            said |= Spoken(site.text(path)).found
    assert len(said) > 100
    plain = {"".join(pieces) for pieces in words if len(pieces) == 1}
    slotted = [re.compile(".*?".join(map(re.escape, pieces))) for pieces in words if len(pieces) > 1]
    assert len(plain) > len(slotted) > 10
    assert plain & said == set()
    assert [(word.pattern, text) for word in slotted for text in said if word.fullmatch(text)] == []


def test_the_interface_is_in_english_where_the_page_is(three: Site) -> None:
    assert {"Skip to content", "Main menu", "You are here"} <= Spoken(three.text("en/actors/index.html")).found


# Order.


def person(language: str, name: str, more: str = "") -> str:
    return (
        f"lang: {language}\ndate: 2026-11-22\nnames:\n  - {{lang: {language}, text: {name}{more}, "
        "sources: [lin1933shuiyue]}\nsides: [east]\nsummary: …\n"
    )


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Persons whose names are easily put in the wrong place."""
    folder = tmp_path_factory.mktemp("ordered")
    root = copy_site("three", folder)
    names = {
        "zeng": ("zh", "曾雨", ""),
        "shan": ("zh", "单雨", ""),
        "qiu": ("zh", "仇雨", ""),
        "keyed": ("zh", "重雨", ", sort_key: bai yu"),
        "elysee": ("fr", "Élysée", ""),
        "oeuvre": ("fr", "Œuvre", ""),
        "emile": ("fr", "Emile", ""),
        "odile": ("fr", "Odile", ""),
        "ouest": ("fr", "Ouest", ""),
    }
    for id, (language, name, more) in names.items():
        write(root, f"content/persons/{id}.yaml", person(language, name, more))
    return made(root)


def shown(page: BuiltPage, names: list[str]) -> list[str]:
    """Names in the order in which a page shows them in its text."""
    text = page.text_within("_main")
    return sorted(names, key=text.index)


@pytest.mark.parametrize("prefix", ["", "en/", "zh/"])
def test_names_are_by_surname_and_without_accents_in_every_language(prefix: str, ordered: Site) -> None:
    expected = ["重雨", "Élysée", "Emile", "Odile", "Œuvre", "Ouest", "仇雨", "单雨", "曾雨"]
    assert shown(ordered.pages[f"{prefix}persons/index.html"], list(reversed(expected))) == expected


@pytest.mark.parametrize("prefix", ["", "en/", "zh/"])
def test_each_name_is_under_its_own_letter(prefix: str, ordered: Site) -> None:
    page = ordered.pages[f"{prefix}persons/by-letter/index.html"]
    letters = {"b": "重雨", "e": "Élysée", "o": "Œuvre", "q": "仇雨", "s": "单雨", "z": "曾雨"}
    for letter, name in letters.items():
        assert name in page.text_within(f"_group-{letter}"), letter
    assert "_group-c" not in page.ids


# Translations that keep up, or do not.


def notices(text: str) -> list[str]:
    """What the page of a record says about the translation as a whole, or of one statement of it."""
    return re.findall(r'<p class="(?:notice|behind)">([^<]*)', text)


def test_an_original_says_nothing_of_translations(site: Site) -> None:
    reported = {
        path: notices(site.text(f"{site.prefix(language)}{path.parent.name}/{path.stem}/index.html"))
        for path, language in originals(site)
    }
    assert len(reported) > 5
    assert [path for path, notice in reported.items() if notice] == []


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented atlas after a change of one fact in one original."""
    folder = tmp_path_factory.mktemp("changed")
    root = copy_site("three", folder)
    edit(root, PHARES, "Elle prête chaque année", "Elle prête tous les ans")
    return made(root)


def test_a_changed_fact_puts_exactly_itself_behind_in_each_other_language(changed: Site) -> None:
    found = check(changed.root).problems
    assert [(row["rule"], row["path"], row["message"].partition(":")[0]) for row in found] == [
        ("translation-behind", path, "facts/lantern-exchange") for path in (PHARES_EN, PHARES_ZH)
    ]
    rows = [line.split(" | ") for line in run("translations", "--root", changed.root)[1].splitlines()]
    behind = [(row[0].strip("| "), row[1], row[3]) for row in rows if len(row) == 5 and "facts" in row[3]]
    assert behind == [("phares-du-nord", language, "facts/lantern-exchange") for language in ("en", "zh")]


def test_readers_see_which_statement_is_behind_and_no_other_is_marked(changed: Site) -> None:
    marked = {}
    for path in changed.pages:
        for id, words in re.findall(r'<li id="([^"]+)">((?:(?!</li>).)*)</li>', changed.text(path), re.DOTALL):
            if '<p class="behind">' in words:
                marked[path] = id
    assert marked == {f"{lang}/actors/phares-du-nord/index.html": "lantern-exchange" for lang in ("en", "zh")}
    assert notices(changed.text("en/actors/phares-du-nord/index.html")).count(BEHIND) == 2


def test_a_typo_that_is_fixed_can_be_accepted(root: Path) -> None:
    edit(root, PHARES, "Elle prête chaque année", "Elle prête tous les ans")
    assert run("translations", "--accept", "phares-du-nord.en", "--root", root)[0] == 0
    assert [row["path"] for row in check(root).problems] == [PHARES_ZH]
    assert run("translations", "--accept", "phares-du-nord", "--root", root)[0] == 0
    assert check(root).problems == ()


def test_readers_see_that_nobody_has_reviewed_until_somebody_has(three: Site, root: Path, tmp_path: Path) -> None:
    page = "en/actors/phares-du-nord/index.html"
    assert NOT_REVIEWED in notices(three.text(page))
    write(root, PHARES_EN, "reviewed: {by: Ada Quillon, date: 2027-02-01}\n" + (root / PHARES_EN).read_text())
    after = made(root)
    assert notices(after.text(page)) == ["Reviewed by Ada Quillon, 1 February 2027"]
    assert len(notices(after.text("zh/actors/phares-du-nord/index.html"))) == 1
    assert "phares-du-nord | en" not in run("translations", "--root", root)[1]


def test_what_is_not_translated_is_reported_in_the_words_of_the_reader(three: Site) -> None:
    page = "actors/eastern-kite-club/index.html"
    assert notices(three.text(f"en/{page}")) == [
        "This page has not been translated into English yet. It is shown in Chinese."
    ]
    [reported] = notices(three.text(page))
    assert "(chinois)" in reported


def test_a_statement_that_is_not_translated_is_marked_and_reported(root: Path, tmp_path: Path) -> None:
    text = (root / PHARES_EN).read_text(encoding="utf-8")
    write(root, PHARES_EN, re.sub(r"(?m)^.*lantern-exchange: .*\n", "", text))
    page = made(root).text("en/actors/phares-du-nord/index.html")
    assert '<li id="lantern-exchange">\n<p lang="fr">Elle prête' in page
    assert "Parts of this page have not been translated into English yet." in notices(page)[0]
    row = "| phares-du-nord | en | facts/lantern-exchange | – | no |"
    assert row in run("translations", "--root", root)[1].splitlines()


# Agreement and typography.

SEEDS = {
    "citation": re.compile(r"(?<=\[@)[a-z0-9_]+(?=[\];, ])"),
    "year": re.compile(r"(?<![\d.–-])(?:19|20)\d\d(?=年|, |\.$| \[)"),
    "number": re.compile(r"(?<![\d.,\u202f\xa0–-])[2-9]\d(?=个|人|余|%|所|万|名| )"),
}


def seeded(root: Path, wanted: int) -> dict[tuple[str, int], str]:
    """Change a citation, a year or a number in turn, one a translation; the rule that each breaks by file and line."""
    expected: dict[tuple[str, int], str] = {}
    kinds = list(SEEDS)
    for path in sorted((root / "content").glob("*/*.*.*")):
        if path.parent.name == "files" or len(expected) == wanted:
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        kind = kinds[len(expected) % len(kinds)]
        for number, line in enumerate(lines):
            found = SEEDS[kind].search(line)
            if found and not line.startswith(("title", "  title")):
                lines[number] = line[: found.start()] + another(found[0]) + line[found.end() :]
                path.write_text("\n".join(lines), encoding="utf-8")
                rule = "citation-differs" if kind == "citation" else "number-differs"
                expected[path.relative_to(root).as_posix(), number + 1] = rule
                break
    return expected


def another(text: str) -> str:
    """A year or number that is not this one, or the key of another work."""
    if text.isdigit():
        return str(int(text) + 3)
    return "zhao2018minjian" if text != "zhao2018minjian" else "wu2019remarks"


def test_twenty_seeded_differences_are_twenty_warnings_and_no_other(tmp_path: Path) -> None:
    root = copy_atlas(tmp_path)
    session = PreviewSession(root, ReadOptions("https://atlas.example/", "", drafts=False))
    session.refresh()
    assert [problem for problem in session.problems if problem.severity != "note"] == []
    expected = seeded(root, 20)
    assert len(expected) == 20
    session.refresh()  # reads the changed files again
    found = [problem for problem in session.problems if problem.severity != "note"]
    assert {(problem.span.path, problem.span.line): problem.rule for problem in found} == expected
    assert len(found) == 20
    assert {problem.severity for problem in found} == {"warning"}
    assert all("see the original at content/" in problem.hint for problem in found)
    printed = check(root).problems
    assert sorted((row["path"], row["line"], row["rule"]) for row in printed) == sorted(
        (path, line, rule) for (path, line), rule in expected.items()
    )


def test_typography_is_fixed_but_never_in_quotations(root: Path) -> None:
    sentence = '\nC\'est "dit" !\n\n> C\'est "écrit" !\n>\n> — [@brumecourt1887phares, p. 3]\n'
    path = "content/pages/home.md"
    write(root, path, (root / path).read_text(encoding="utf-8") + sentence)
    zh = "content/pages/home.zh.md"
    write(root, zh, (root / zh).read_text(encoding="utf-8") + "\n灯 与桥,都亮.\n\n> 灯 与桥,都亮.\n")
    assert run("check", "--fix", "--root", root)[0] == 0
    french, chinese = ((root / name).read_text(encoding="utf-8") for name in (path, zh))
    assert "\nC’est «\xa0dit\xa0»\u202f!\n" in french
    assert '> C\'est "écrit" !\n' in french
    assert "\n灯与桥，都亮。\n" in chinese
    assert "> 灯 与桥,都亮.\n" in chinese


# Mistakes of authors about languages. Those that are one line stand in mistakes.txt.


def test_a_language_taken_out_of_the_declaration_is_reported_file_by_file(root: Path) -> None:
    edit(root, "content/site.yaml", "  zh: {tag: zh-Hans, name: 简体中文}\n", "")
    found = check(root)
    assert found.code == 1
    rest = {path.relative_to(root).as_posix() for path in (root / "content").glob("*/*.zh.*")}
    assert rest
    assert rest <= {row["path"] for row in found.problems if row["rule"] == "unknown-language"}
    assert all(row["line"] and row["hint"] for row in found.problems)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("zh: {tag: zh-Hans, name: 简体中文, path: ▶en}", "same-url"),
        ("zh: {tag: ▶qqq, name: 简体中文}", "unknown-language"),
        ("zh: {tag: ▶xx-Qq, name: 简体中文}", "unknown-language"),
        ("zh: ▶{name: 简体中文}", "missing-key"),
        ("zh: ▶{tag: zh-Hans}", "missing-key"),
        ("zh: ▶nothing", "wrong-type"),
    ],
)
def test_a_language_that_no_page_could_be_made_in_is_one_line(row: str, rule: str, root: Path) -> None:
    place = edit(root, "content/site.yaml", "zh: {tag: zh-Hans, name: 简体中文}", row)
    found = [(each["path"], each["rule"], (each["line"], each["column"])) for each in check(root).problems]
    assert found == [("content/site.yaml", rule, place)]


@pytest.mark.parametrize(
    ("path", "sign", "rule", "remedy"),
    [
        (PHARES_ZH, "▶學會。", "traditional-characters", "by hand"),
        (PHARES_ZH, "灯▶,", "full-width", "check --fix"),
        (PHARES_EN, "L▶'eau. ", "apostrophe", "check --fix"),
        (PHARES_EN, 'A so-called ▶"lamp”. ', "quotation-marks", "by hand"),
    ],
)
def test_a_text_that_is_not_written_as_its_language_asks_is_a_warning(
    path: str, sign: str, rule: str, remedy: str, root: Path
) -> None:
    text = (root / path).read_text(encoding="utf-8")
    place = write(root, path, text.replace("summary: ", f"summary: {sign}", 1))
    [reported] = check(root).problems
    assert (reported["path"], reported["rule"], reported["severity"]) == (path, rule, "warning")
    assert (reported["line"], reported["column"]) == place
    assert remedy in reported["hint"]


# A fourth language.


def labels_in(text: str, language: str) -> str:
    """A declaration whose English labels stand in another language too."""
    return re.sub(r"\{en: ('[^']*'|[^{}]*)\}", lambda found: f"{{en: {found[1]}, {language}: {found[1]}}}", text)


def test_a_further_language_needs_a_line_a_catalogue_and_no_code(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    path = "content/site.yaml"
    text = labels_in((root / path).read_text(encoding="utf-8"), "de")
    line = "  en: {tag: en, name: English}\n"
    write(root, path, text.replace(line, f"{line}  de: {{tag: de, name: Deutsch}}\n"))
    [reported] = check(root).problems
    assert (reported["path"], reported["rule"], reported["severity"]) == (
        "templates/words/de.yaml",
        "missing-words",
        "warning",
    )
    assert main(["new", "words", "de", "--root", str(root), "-q"]) == 0
    catalogue = root / "templates/words/de.yaml"
    assert [check(root).problems] == [(reported,)]  # all of it is comments, and the texts are those of English
    catalogue.write_text(re.sub(r"(?m)^# ", "", catalogue.read_text("utf-8")), encoding="utf-8")
    assert check(root).problems == ()
    write(root, "content/actors/plot-two.de.yaml", "summary: Ein Beet im Schatten.\n")
    site = made(root)
    english = {path for path in site.pages if site.language_of(path) == "en"}
    assert {path.removeprefix("de/") for path in site.pages if site.language_of(path) == "de"} == english - {
        "parallel/actors/plot-two/index.html"  # both texts beside each other, once for all languages
    }
    page = site.pages["de/actors/plot-one/index.html"]
    assert (page.language, set(page.alternates)) == ("de", {"en", "x-default"})  # its text is English
    translated = site.pages["de/actors/plot-two/index.html"]
    assert (translated.language, set(translated.alternates)) == ("de", {"en", "de", "x-default"})
    assert "22. November 2026" in page.text_within()
    assert "22 November 2026" in site.pages["actors/plot-one/index.html"].text_within()
