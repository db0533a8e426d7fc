"""What is mended in authors' files: ids where they lack, typography, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_atlases import GIFT, LAMPS, SITE, actor, case

from atlas.authoring.fixes import add_ids, add_missing_ids, fix_typography
from atlas.core.sources import Source

FRENCH = LAMPS.replace(".yaml", ".fr.yaml")


def lots() -> Callable[[], str]:
    """Lots that come in a known order: x1, x2, …"""
    numbers = count(1)
    return lambda: f"x{next(numbers)}"


def mended(text: str, path: str = LAMPS) -> str:
    """The text of a record with the ids that it lacked; once mended it stays as it is."""
    once = add_ids(Source(path, text), lots())
    assert add_ids(Source(path, once), lots()) == once
    return once


def body(text: str) -> str:
    """The text of a case with the ids that it lacked."""
    head = case("")
    whole = mended(head + text, GIFT)
    assert whole.startswith(head)
    return whole.removeprefix(head)


def proof(files: Mapping[str, str]) -> dict[str, str]:
    """The files whose typography was mended."""
    texts = {"content/site.yaml": SITE, **files}
    return fix_typography({path: Source(path, text) for path, text in texts.items()})


# Ids in YAML.


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("facts:\n- dimension: origin\n  text: a\n", "facts:\n- id: f-x1\n  dimension: origin\n  text: a\n"),
        ("facts:\n  - dimension: origin\n    text: a\n", "facts:\n  - id: f-x1\n    dimension: origin\n    text: a\n"),
        (
            "facts:\n  -   text: a\n      dimension: origin\n",
            "facts:\n  -   id: f-x1\n      text: a\n      dimension: origin\n",
        ),
        ("facts:\n  - {dimension: origin, text: a}\n", "facts:\n  - {id: f-x1, dimension: origin, text: a}\n"),
        ("facts: [{text: a}, {text: b}]\n", "facts: [{id: f-x1, text: a}, {id: f-x2, text: b}]\n"),
        ("facts:\n  - { text: a }\n", "facts:\n  - {id: f-x1,  text: a }\n"),
        ("relations:\n- type: partner-of\n  to: b\n", "relations:\n- id: r-x1\n  type: partner-of\n  to: b\n"),
        ("relations: [{type: partner-of, to: b}]\n", "relations: [{id: r-x1, type: partner-of, to: b}]\n"),
        ("facts:\n-\n  text: a\n", "facts:\n-\n  id: f-x1\n  text: a\n"),
        ('facts:\n- "text": a\n', 'facts:\n- id: f-x1\n  "text": a\n'),
        ("facts:\n# why\n- text: a  # here\n", "facts:\n# why\n- id: f-x1\n  text: a  # here\n"),
    ],
)
def test_a_fact_or_relation_without_an_id_gets_one_first(written: str, expected: str) -> None:
    assert mended(actor("Lamps", written)) == actor("Lamps", expected)


@pytest.mark.parametrize(
    "written",
    [
        "facts: [{id: a, dimension: origin, text: b}]\n",
        "facts:\n- dimension: origin\n  text: b\n  id: last\n",
        "facts: []\n",
        "facts:\n",
        "facts: [a, b]\n",
        "facts: {}\n",
        "facts: [{}]\n",
        "names: [{lang: en, text: b}]\n",
        "changes: [{date: 2026-11-22, text: b}]\n",
        "facts: [{text: a}\n",
        "facts:\n\t- text: a\n",
    ],
)
def test_what_has_ids_or_cannot_be_read_stays_as_it_is(written: str) -> None:
    assert mended(written) == written


def test_ids_are_given_only_where_they_lack() -> None:
    written = "facts:\n- id: a\n  text: one\n- text: two\n- {id: c, text: three}\n- {text: four}\n"
    expected = (
        "facts:\n- id: a\n  text: one\n- id: f-x1\n  text: two\n- {id: c, text: three}\n- {id: f-x2, text: four}\n"
    )
    assert mended(written) == expected


def test_columns_count_characters_and_not_bytes() -> None:
    written = "summary: 甲𝄞é\nfacts: [{text: 𝄞é}, {text: b}]\n"
    found = mended(written)
    assert found.startswith("summary: 甲𝄞é\nfacts: [{id: f-x")
    assert found.endswith(", text: b}]\n")
    assert found.count("id: f-x") == 2


# Ids in Markdown.


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("## Situation\n", "## Situation {#situation}\n"),
        ("## La scène à part\n", "## La scène à part {#la-scene-a-part}\n"),
        (
            "### One two three four five six seven eight\n",
            "### One two three four five six seven eight {#one-two-three-four-five-six}\n",
        ),
        ("## 背景\n", "## 背景 {#s-x1}\n"),
        ("Situation\n---\n", "Situation {#situation}\n---\n"),
        ("In two\nlines\n---\n", "In two\nlines {#in-two-lines}\n---\n"),
        ("## Situation  \n", "## Situation {#situation}  \n"),
        ("Lit [@lamp1901].\n{dimension=origin}\n", "Lit [@lamp1901].\n{#f-x1 dimension=origin}\n"),
        ("Lit [@lamp1901]. {dimension=origin}\n", "Lit [@lamp1901]. {#f-x1 dimension=origin}\n"),
        ("- one [@lamp1901] {dimension=origin}\n- two\n", "- one [@lamp1901] {#f-x1 dimension=origin}\n- two\n"),
        ("Lit. {dimension=origin .reading}\n", "Lit. {#f-x1 dimension=origin .reading}\n"),
    ],
)
def test_a_heading_or_fact_of_a_text_gets_an_id_at_its_end(written: str, expected: str) -> None:
    assert body(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "## Situation {#here}\n",
        "# Title\n",
        "Lit. {#a dimension=origin}\n",
        "Lit. {.reading}\n",
        "`## Code` and `{dimension=origin}`\n",
        "```\n## Code\nLit. {dimension=origin}\n```\n",
        "<!-- ## Comment\n{dimension=origin} -->\n",
        "[灯]{lang=zh}\n",
        "no heading\n",
    ],
)
def test_what_has_an_id_or_needs_none_stays_as_it_is(written: str) -> None:
    assert body(written) == written


def test_two_headings_of_the_same_words_get_two_ids() -> None:
    found = body("## Then\n\n## Then\n")
    ids = [line.partition("{#")[2] for line in found.splitlines() if line]
    assert len(set(ids)) == 2


def test_a_heading_does_not_take_the_id_of_a_fact() -> None:
    assert "{#closure}\n" not in body("Shut [@lamp1901]. {#closure dimension=origin}\n\n## Closure\n")


def test_front_matter_is_left_alone() -> None:
    text = case("## One").replace("title: A gift", "title: '## A gift'")
    assert mended(text, GIFT) == text.replace("## One", "## One {#one}")


@pytest.mark.parametrize(
    "path", [FRENCH, GIFT.replace(".md", ".fr.md"), "content/site.yaml", "content/files/a.jpg.yaml", "bibliography.bib"]
)
def test_translations_and_what_is_no_record_get_no_ids(path: str) -> None:
    text = "facts: [{text: a}]\n" if path.endswith("yaml") else case("## One")
    assert add_ids(Source(path, text), lots()) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "## One",
                "## 二",
                "One. {dimension=origin}",
                "- a\n- b {dimension=upkeep}",
                "```\n## x\n```",
                "One *two*.",
            ]
        )
    )
)
def test_fixing_adds_ids_and_changes_nothing_else(blocks: list[str]) -> None:
    text = case("\n\n".join(blocks))
    found = add_ids(Source(GIFT, text), lots())
    rest = iter(found)
    assert all(character in rest for character in text)
    assert add_ids(Source(GIFT, found), lots()) == found


# Files as they are written back.


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_marks_and_line_ends_stay_what_they_were(mark: str, newline: str) -> None:
    sources = {
        LAMPS: Source(LAMPS, actor("Lamps", "facts:\n- text: a\n"), mark, newline),
        GIFT: Source(GIFT, case("## One"), mark, newline),
    }
    texts = add_missing_ids(sources, lots())
    assert texts.keys() == {LAMPS, GIFT}
    for path, text in texts.items():
        assert text.startswith(mark + ("lang" if path == LAMPS else "---"))
        assert text.count("\r\n") == (text.count("\n") if newline == "\r\n" else 0)
    assert "- id: f-" in texts[LAMPS]
    assert "## One {#one}" in texts[GIFT]


def test_only_files_that_change_are_written_back() -> None:
    sources = {path: Source(path, text) for path, text in {LAMPS: actor("Lamps"), GIFT: case("## One {#one}")}.items()}
    assert add_missing_ids(sources, lots()) == {}


# Typography.


@pytest.mark.parametrize(
    ("lang", "written", "expected"),
    [
        ("fr", "C'est la lampe...", "C’est la lampe…"),
        ("fr", "La lampe : une.", "La lampe\u00a0: une."),
        ("fr", '"La lampe"', "«\u00a0La lampe\u00a0»"),
        ("en", "It's lit.", "It’s lit."),
        ("en", 'A "lamp" here.', "A “lamp” here."),
        ("zh", "灯,桥.", "灯，桥。"),
    ],
)
def test_the_typography_of_a_text_is_fixed(lang: str, written: str, expected: str) -> None:
    files = {GIFT: case(written + " {#one}", lang=lang)}
    found = proof(files)
    assert found == {GIFT: files[GIFT].replace(written, expected)}
    assert proof(found) == {}


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("summary: It's lit.\n", "summary: It’s lit.\n"),
        ("summary: 'It''s lit.'\n", "summary: 'It’s lit.'\n"),
        ('summary: "It\'s lit."\n', 'summary: "It’s lit."\n'),
        ("summary: >-\n  One lamp.\n  It's lit.\n", "summary: >-\n  One lamp.\n  It’s lit.\n"),
        ("summary: |\n  It's lit.\n", "summary: |\n  It’s lit.\n"),
        ("summary: One lamp.\n  It's lit.\n", "summary: One lamp.\n  It’s lit.\n"),
    ],
)
def test_typography_is_fixed_however_yaml_writes_a_text(yaml: str, expected: str) -> None:
    assert proof({LAMPS: actor("Lamps", yaml)}) == {LAMPS: actor("Lamps", expected)}


@pytest.mark.parametrize(
    "text",
    [
        '`it\'s` and `"x"` {#one}',
        "```\nit's\n```",
        "[link](https://a.example/it's) {#one}",
        "[[lamps]] and [@lamp1901, p. 3] {#one}",
        "<!-- it's -->",
        "It’s “right”. {#one}",
    ],
)
def test_code_addresses_and_right_texts_stay_as_they_are(text: str) -> None:
    assert proof({GIFT: case(text), LAMPS: actor("Lamps")}) == {}


def test_a_translation_is_fixed_as_its_own_language_asks() -> None:
    files = {LAMPS: actor("Lamps", "summary: Lit; dark.\n"), FRENCH: "summary: Allumée; sombre.\n"}
    assert proof(files) == {FRENCH: "summary: Allumée\u202f; sombre.\n"}


def test_names_and_works_are_no_texts() -> None:
    assert proof({LAMPS: actor('"It\'s"', "facts: []\n")}) == {}


def test_fixed_typography_keeps_byte_order_mark_and_line_ends() -> None:
    source = Source(LAMPS, actor("Lamps", "summary: It's lit.\n"), "\ufeff", "\r\n")
    [(path, text)] = fix_typography({"content/site.yaml": Source("content/site.yaml", SITE), LAMPS: source}).items()
    assert path == LAMPS
    assert text == "\ufeff" + source.text.replace("It's", "It’s").replace("\n", "\r\n")


def test_nothing_is_fixed_where_the_site_cannot_be_read() -> None:
    sources = {
        "content/site.yaml": Source("content/site.yaml", "{"),
        LAMPS: Source(LAMPS, actor("Lamps", "summary: It's.\n")),
    }
    assert fix_typography(sources) == {}
