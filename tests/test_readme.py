"""What README.md and docs/content.md show authors as commands does what they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from site_copies import REPOSITORY
from small_atlases import GIFT, LAMPS, Made, actor, case, made
from small_pages import context, rendered

from atlas.cli.main import COMMANDS, DEFAULT, load, parser_of, split
from atlas.content.files import File
from atlas.content.model import Text
from atlas.core.problems import Span
from atlas.core.rules import Rule
from atlas.markdown.passages import Passage
from atlas.markdown.prose import convert

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/content.md", "docs/publishing.md"]
ALT = {"en": "A pier at night", "fr": "Une jetée", "zh": "码头"}
PHOTO = File("photo.jpg", 1_500, b"", ALT, "Ada Quill", "CC-BY-4.0", {}, "")
TALK = File("talk.mp3", 90_000, b"", ALT, "Ada Quill", "CC-BY-4.0", {}, "", transcript="talk.txt")
REPORT = File("report.pdf", 340_000, b"", ALT, "Ada Quill", "CC-BY-4.0", {}, "")


def read(name: str) -> str:
    """A document of the repository."""
    return (REPOSITORY / name).read_text(encoding="utf-8")


def typed(text: str) -> list[str]:
    """The commands of a document, between backticks or in fences, each a line."""
    fences = re.findall(r"(?ms)^[ ]*```[a-z]*\n(.*?)^[ ]*```", text)
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"(?ms)^[ ]*```.*?^[ ]*```", "", text))
    return [line.partition("  #")[0].strip() for fence in fences for line in fence.splitlines()] + spans


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_command_has_its_target(document: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", read("Makefile")))
    commands = [line.split() for line in typed(read(document)) if re.match(r"make( [a-z]|$)", line)]
    for words in commands:
        assert {word for word in words[1:] if "=" not in word} <= targets, words


def test_the_readme_names_both_commands() -> None:
    lines = typed(read("README.md"))
    assert {"make site", "make test"} <= {line.partition("#")[0].strip() for line in lines}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_of_the_tool_is_understood(document: str) -> None:
    for line in typed(read(document)):
        words = shlex.split(line) if "build.py" in line else []
        places = [number for number, word in enumerate(words) if word.endswith("build.py")]
        if places and words[0].endswith(("python", "build.py")) and "--help" not in words:
            name, rest = split(words[places[0] + 1 :])
            parser_of(load(name or DEFAULT)).parse_args(rest)


def test_some_command_of_the_tool_is_named() -> None:
    assert any("build.py" in line for line in typed(read("README.md")))
    assert any("build.py" in line for line in typed(read("docs/content.md")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_options_that_are_named_exist(document: str) -> None:
    known = {form for name in COMMANDS for option in load(name).options for form in option.names} | {"--help"}
    lines = [line for line in typed(read(document)) if line.startswith("--") or "build.py" in line]
    named = {option for line in lines for option in re.findall(r"(?<!\S)--[a-z][a-z-]*", line)}
    assert named <= known


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_that_are_named_exist(document: str) -> None:
    for address in re.findall(r"\]\((?!https?:|/|#)([^)#]+)\)", read(document).partition("## Links, citations")[0]):
        assert ((REPOSITORY / document).parent / address).exists(), address
    for path in re.findall(r"`((?:content|tests|templates|docs)/[\w./-]+)`", read("README.md")):
        assert "my-" in path or (REPOSITORY / path).exists(), path


def test_the_message_that_the_readme_shows_is_such_as_the_tool_writes() -> None:
    rows = re.findall(r"(?m)^\s*content/\S+:\d+:\d+ ([a-z-]+): .* · .*$", read("README.md"))
    assert rows
    assert set(rows) <= {rule.value for rule in Rule}


# Every form of docs/content.md.


def forms() -> list[str]:
    """What “you write” in the table of forms."""
    table = read("docs/content.md").split("## Links, citations, quotations", 1)[1].split("\n\n", 3)[1]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    return [row[2:].rpartition(" | ")[0].strip() for row in rows]


EXPECTED = {
    "`[[alliance-francaise]]`": ("[[lamps]]", '<a href="../../actors/lamps/">Lamps</a>'),
    "`[[alliance-francaise|the Alliance]]`": ("[[lamps|the Society]]", '<a href="../../actors/lamps/">the Society</a>'),
    "`[[alliance-francaise#committee-of-1883|its founding]]`": (
        "[[lamps#lit|its founding]]", '<a href="../../actors/lamps/#lit">its founding</a>'),
    "`[text](/actors/by-side/france/)`": (
        "[text](/actors/by-side/north/)", '<a href="../../actors/by-side/north/">text</a>'),
    "`[text](#situation)`": ("[text](#situation)", '<a href="#situation">text</a>'),
    "`[@key]`, `[see @key, pp. 3–5; @other]`, `@key [p. 3]`, `[-@key]`": (
        "One [@lamp1901], [see @lamp1901, pp. 3–5; @tide1910], @lamp1901 [p. 3], [-@lamp1901].",
        "see <a class=\"cite\" href=\"#_ref-lamp1901\""),
    "`[民间外交]{lang=zh}`": ("[民间外交]{lang=zh}", '<span lang="zh-Hans">民间外交</span>'),
    "`> …` then `> — [@key, p. 3]`": ("> Words.\n>\n> — [@lamp1901, p. 3]", "<blockquote>"),
    "`https://example.org/a`, `www.example.org`, `me@example.org`": (
        "See https://example.org/a.", '<a href="https://example.org/a">https://example.org/a</a>.'),
    "`XIX^e^`, `H~2~O`, `~~struck~~`": (
        "XIX^e^, H~2~O, ~~struck~~", "XIX<sup>e</sup>, H<sub>2</sub>O, <del>struck</del>"),
    "`\\` or two spaces at the end of a line": ("One\\\ntwo", "One<br>"),
    "`[^1]` and `[^1]: …`": ("One.[^1]\n\n[^1]: A note.", 'class="footnote"'),
    "`Term` then `: meaning`": ("Term\n: meaning", "<dt>Term</dt>"),
    "`| a | b |`": ("| a | b |\n| - | - |\n| 1 | 2 |", "<table>"),
    "`![caption](/files/photo.jpg)` alone in a paragraph, list item, definition or footnote": (
        "![caption](/files/photo.jpg)", '<img src="../../files/photo.jpg" alt="A pier at night"'),
    "`![caption [@key]](/files/photo.jpg){#fig-pier width=60%}`, `@fig-pier`": (
        "@fig-pier\n\n![caption [@lamp1901]](/files/photo.jpg){#fig-pier width=60%}",
        '<p><a href="#fig-pier">Figure\u00a01</a></p>\n<figure id="fig-pier" class="of-60">'),
    "`: caption {#tbl-lamps}` below a table, `@tbl-lamps`": (
        "| a |\n| - |\n| 1 |\n\n: caption {#tbl-lamps}\n\n@tbl-lamps", '<a href="#tbl-lamps">Table\u00a01</a>'),
    "`![caption](/files/talk.mp3)` alone in a paragraph": (
        "![caption](/files/talk.mp3)", '<audio controls preload="none" src="../../files/talk.mp3" aria-label="A pier at night">'),
    "`> [!NOTE]`, then lines that begin with `>`": (
        "> [!NOTE]\n> Words.", '<div class="callout note" role="note"><p class="kind">Note</p>\n<p>Words.</p>'),
    "`*[UN]: United Nations` in a line of its own": (
        "The UN.\n\n*[UN]: United Nations", '<abbr title="United Nations">UN</abbr>'),
    "`| a line`, one below the other": ("| One\n| two", '<div class="verse">\n<p>One<br>'),
    "`$E=mc^2$`, `$$…$$`": ("So $E=mc^2$.", "So <math><mrow><mi>E</mi><mo>"),
    "`[the report](/files/report.pdf)`": ("[the report](/files/report.pdf)", "(PDF, 340 kB)"),
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Made:
    """What the examples name."""
    facts = "facts: [{id: lit, dimension: origin, text: Lit., sources: [lamp1901]}]\n"
    body = "## Situation {#situation}\n\nOne [@lamp1901; @tide1910].\n"
    return made(
        {LAMPS: actor("Lamps", facts), GIFT: case(body)},
        assets={"photo.jpg": PHOTO, "report.pdf": REPORT, "talk.mp3": TALK},
    )


def test_every_form_of_the_table_is_tried_here() -> None:
    assert forms() == list(EXPECTED)


@pytest.mark.parametrize(("written", "shown"), EXPECTED.values(), ids=EXPECTED)
def test_a_form_becomes_what_the_table_says(written: str, shown: str, small: Made) -> None:
    prose, problems = convert(Passage(written, Span(GIFT, 1, 1), written), block=True)
    assert problems == ()
    html = context(small, "/cases/gift/").phrase(Text("en", {"en": prose})).html
    assert shown in html
    assert not re.search(r"[⟦]|\[\[|\[@|\]\(|\{lang", html)


@pytest.mark.parametrize("text", ["<b>bold</b>", "<!-- a comment -->", "    indented", "`code`", "```\ncode\n```"])
def test_what_is_reported_of_html_and_code(text: str) -> None:
    prose, problems = convert(Passage(f"One.\n\n{text}\n\nTwo.", Span(GIFT, 1, 1), text), block=True)
    expected = {"raw-html"} if "<b>" in text else {"unread-markup"} if text.startswith(" ") else set()
    assert {problem.rule for problem in problems} == expected
    assert ("<code>" in prose.html or "<pre>" in prose.html) == ("`" in text)
    assert "comment" not in prose.html


def test_a_reading_of_the_atlas_is_marked() -> None:
    pages, _ = rendered(made({GIFT: case("A reading. {.reading}")}))
    assert re.search(r"<(p|div) class=\"[^\"]*reading", pages["cases/gift/index.html"])


def test_the_examples_of_whole_files_are_such_as_are_read() -> None:
    text = read("docs/content.md")
    records = [block for block in re.findall(r"(?ms)^```yaml\n(.*?)^```", text) if block.startswith("lang:")]
    assert records
    for key in re.findall(r"(?m)^([a-z]+):", records[0]):
        assert f"| `{key}` |" in read("docs/reference.md"), key


def test_there_is_a_sample_for_another_atlas() -> None:
    named = re.search(r"`(tests/sites/[a-z]+)/`", read("README.md"))
    assert named
    assert (Path(REPOSITORY) / named[1] / "content/site.yaml").exists()
