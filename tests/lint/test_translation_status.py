"""Which translations keep up: changing one text puts exactly that text and section behind, and accepting mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_copies import build, copy_site, edit, write
from small_atlases import GIFT, LAMPS, SITE, actor, case, made

from atlas.authoring.translations import accept, overview
from atlas.core.problems import Problem
from atlas.lint.translation_status import (
    TranslationStatus,
    check_parity,
    digest_of,
    parts,
    translation_status,
    translation_statuses,
    with_digests,
)

FRENCH = LAMPS.replace(".yaml", ".fr.yaml")
DON = GIFT.replace(".md", ".fr.md")
FACTS = """\
facts:
- {id: lit, dimension: origin, text: Lit in 1883., sources: [lamp1901]}
- {id: oil, dimension: upkeep, text: Oil from the north., sources: [lamp1901]}
relations:
- {id: pact, type: partner-of, to: bridges, note: A pact.}
changes:
- {date: 2026-12-01, text: A date mended.}
"""
LAMPES = """\
summary: Une société [@lamp1901].
facts:
  lit: Allumée en 1883.
  oil: De l’huile du nord.
relations:
  pact: Un pacte.
changes:
  2026-12-01: Une date corrigée.
"""
BODY = """\
Before [@lamp1901].

## First {#first}

One [@lamp1901, p. 1]. {#deed dimension=origin}

### Inner {#inner}

Two.

## Second {#second}

Three.
"""
CORPS = """\
---
title: Un don
summary: Un don.
---

Avant [@lamp1901].

## Premier {#first}

Un [@lamp1901, p. 1]. {#deed}

### Dedans {#inner}

Deux.

## Second {#second}

Trois.
"""
ALL = ("summary", "facts/lit", "facts/oil", "relations/pact", "changes/2026-12-01")
SECTIONS = ("title", "summary", "body", "body/first", "body/inner", "body/second")
WORDS = st.text("abcdé甲 .", min_size=1).filter(str.strip)


def files(facts: str = FACTS, lampes: str = LAMPES, body: str = BODY, corps: str = CORPS) -> dict[str, str]:
    """An actor and a case, each with its French translation."""
    others = {"content/actors/bridges.yaml": actor("Bridges")}
    return {LAMPS: actor("Lamps", facts), FRENCH: lampes, GIFT: case(body), DON: corps} | others


def stood(texts: dict[str, str], id: str = "lamps", language: str = "fr") -> TranslationStatus:
    """How a record stands in a language."""
    return translation_status(made(texts).record(id), language)


def accepted(texts: dict[str, str]) -> dict[str, str]:
    """The files with the digests of the originals as they are."""
    atlas = made(texts)
    given = {
        FRENCH: with_digests(texts[FRENCH], atlas.record("lamps"), "fr", True),
        DON: with_digests(texts[DON], atlas.record("gift"), "fr", False),
    }
    return texts | given


def behind(texts: dict[str, str]) -> list[tuple[str, str]]:
    """The path and the text that each warning of a translation behind names."""
    problems = list(check_parity(made(texts).content.records))
    assert {(problem.rule, problem.severity) for problem in problems} <= {("translation-behind", "warning")}
    return [(problem.span.path, problem.message.partition(":")[0]) for problem in problems]


def test_the_texts_of_a_record_by_name() -> None:
    atlas = made(files())
    assert tuple(parts(atlas.record("lamps"), "en")) == ALL
    assert tuple(parts(atlas.record("lamps"), "fr")) == ALL
    assert tuple(parts(atlas.record("gift"), "en")) == SECTIONS
    assert tuple(parts(atlas.record("gift"), "fr")) == SECTIONS
    assert parts(atlas.record("lamps"), "zh") == {}


def test_a_body_is_cut_at_its_headings_and_nothing_is_lost() -> None:
    record = made(files()).record("gift")
    pieces = [part.words for name, part in parts(record, "en").items() if name.startswith("body")]
    assert "".join(pieces).strip() == BODY.strip()


def test_each_part_begins_at_its_place_in_its_file() -> None:
    found = parts(made(files()).record("gift"), "fr")
    lines = CORPS.split("\n")
    assert lines[found["body/inner"].span.line - 1].startswith("### Dedans")
    assert lines[found["body"].span.line - 1].startswith("Avant")
    assert found["summary"].span.line == 3


def test_a_translation_that_names_no_digest_is_behind_in_every_text() -> None:
    expected = [*((DON, name) for name in SECTIONS), *((FRENCH, name) for name in ALL)]
    assert sorted(behind(files())) == sorted(expected)


def test_what_was_accepted_is_not_behind() -> None:
    assert behind(accepted(files())) == []
    assert stood(accepted(files())) == TranslationStatus("lamps", "fr", FRENCH, (), (), None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Lit in 1883.", "Lit in 1884.", "facts/lit"),
        ("Oil from the north.", "Oil.", "facts/oil"),
        ("A pact.", "A pact!", "relations/pact"),
        ("A date mended.", "Mended.", "changes/2026-12-01"),
    ],
)
def test_changing_one_text_puts_exactly_that_text_behind(old: str, new: str, expected: str) -> None:
    texts = accepted(files())
    assert behind(texts | {LAMPS: texts[LAMPS].replace(old, new)}) == [(FRENCH, expected)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Before", "After", ["body"]),
        ("One [@", "Won [@", ["body/first"]),
        ("p. 1]", "p. 2]", ["body/first"]),
        ("Two.", "Too.", ["body/inner"]),
        ("## Second", "## Last", ["body/second"]),
        ("## Second {#second}", "## Second {#last}", ["body/second", "body/last"]),
        ("Three.", "Four.", ["body/second"]),
        ("title: A gift", "title: The gift", ["title"]),
        ("summary: A gift.", "summary: The gift.", ["summary"]),
        ("Two.", "## Two {#two}\n\nTwo.", ["body/inner"]),
    ],
)
def test_changing_one_section_puts_exactly_that_section_behind(old: str, new: str, expected: list[str]) -> None:
    texts = accepted(files())
    changed = texts | {GIFT: texts[GIFT].replace(old, new)}
    found = stood(changed, "gift")
    assert set(found.behind) <= set(expected)
    assert found.behind or found.missing
    if "last" not in new:
        assert list(found.behind) == expected


def test_a_change_of_the_translation_alone_puts_nothing_behind() -> None:
    texts = accepted(files())
    assert behind(texts | {FRENCH: texts[FRENCH].replace("Allumée", "Éclairée")}) == []


def test_marks_and_line_breaks_are_no_change() -> None:
    texts = accepted(files())
    broken = texts[GIFT].replace("One [@", "One\n[@").replace("{#deed dimension=origin}", "\n{#deed dimension=upkeep}")
    assert behind(texts | {GIFT: broken}) == []


def test_what_is_not_translated_is_missing_and_not_behind() -> None:
    texts = accepted(files(lampes=LAMPES.replace("  oil: De l’huile du nord.\n", "")))
    found = stood(texts)
    assert (found.missing, found.behind) == (("facts/oil",), ())


def test_a_record_without_a_file_in_a_language_lacks_everything() -> None:
    found = stood(files(), language="zh")
    assert (found.path, found.missing, found.behind, found.reviewed) == ("", ALL, (), None)


def test_every_record_is_somewhere_in_every_language_but_its_own() -> None:
    atlas = made(files())
    rows = [
        (row.record, row.language) for row in translation_statuses(atlas.content.records.values(), atlas.site.languages)
    ]
    assert sorted(rows) == sorted((id, language) for id in ("bridges", "gift", "lamps") for language in ("fr", "zh"))


def test_who_has_reviewed_is_known() -> None:
    found = stood(files(lampes="reviewed: {by: Ada Quill, date: 2027-01-02}\n" + LAMPES))
    assert found.reviewed is not None
    assert (found.reviewed.name, str(found.reviewed.date)) == ("Ada Quill", "2027-01-02")


def test_a_digest_that_belongs_to_no_text_is_reported_with_the_nearest() -> None:
    texts = files(lampes=LAMPES + "of:\n  facts/lits: 12345678\n")
    found = [problem for problem in check_parity(made(texts).content.records) if problem.severity == "error"]
    assert [(problem.rule, problem.span.path) for problem in found] == [("unknown-text", FRENCH)]
    assert found[0].hint == 'did you mean "facts/lit"?'
    line = texts[FRENCH].split("\n")[found[0].span.line - 1]
    assert line.startswith("  facts/lits")


@pytest.mark.parametrize("digest", ["1234567", "123456789", "xyz45678", "1234567G", "ABCDEF12"])
def test_what_is_no_digest_is_reported(digest: str) -> None:
    assert made(files(lampes=LAMPES + f"of: {{summary: {digest}}}\n")).rules() == ["bad-digest"]


# Digests.


@given(WORDS)
def test_a_digest_is_eight_hexadecimal_digits(words: str) -> None:
    assert len(digest_of(words)) == 8
    assert set(digest_of(words)) <= set("0123456789abcdef")


@given(WORDS)
def test_spaces_line_ends_and_forms_of_a_letter_are_no_change(words: str) -> None:
    spaced = words.replace(" ", " \n ").replace("é", "e\u0301")
    assert digest_of(f"  {spaced}\n") == digest_of(words)


@given(WORDS, WORDS)
def test_other_words_have_another_digest(first: str, second: str) -> None:
    assert (digest_of(first) == digest_of(second)) == (first.split() == second.split())


def test_a_digest_does_not_change_from_one_release_to_the_next() -> None:
    assert digest_of("Lit in 1883.") == "5e2fa407"


# Accepting.


def test_accepting_writes_one_line_a_text_and_leaves_the_rest() -> None:
    texts = accepted(files())
    assert texts[FRENCH].startswith(LAMPES)
    assert [line.partition(":")[0].strip() for line in texts[FRENCH].removeprefix(LAMPES).splitlines()] == ["of", *ALL]
    head, _, body = CORPS.partition("\n---\n")
    assert texts[DON].startswith(head + "\nof:\n")
    assert texts[DON].endswith("\n---\n" + body)


def test_accepting_twice_changes_nothing() -> None:
    once = accepted(files())
    assert accepted(once) == once


@pytest.mark.parametrize(
    "old",
    [
        "of:\n  summary: 12345678\n",
        "of: {summary: 12345678}\n",
        "of:\n  summary: 12345678\n\n  facts/lit: 12345678\n",
        "of: {summary: 12345678,\n  facts/lit: 12345678}\n",
        "of:\n  # why\n  summary: 12345678\n",
        "of:\n",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_accepting_replaces_older_digests_wherever_they_are(old: str, first: bool) -> None:
    texts = files(lampes=old + LAMPES if first else LAMPES + old)
    assert accepted(texts)[FRENCH].strip() == accepted(files())[FRENCH].strip()


def test_what_is_like_a_digest_in_the_text_of_a_body_is_left() -> None:
    corps = CORPS.replace("Trois.", "Trois :\n\nof: all\n  things\n\n---\n\nFin.")
    texts = files(corps=corps)
    assert accepted(texts)[DON].partition("\n---\n")[2] == corps.partition("\n---\n")[2]


# The commands for translators.


def root(folder: Path, texts: dict[str, str]) -> Path:
    """A folder with these files, a site and a bibliography."""
    for path, text in {"content/site.yaml": SITE, **texts}.items():
        write(folder, path, text)
    (folder / "bibliography.bib").write_text("@book{lamp1901, author = {Ada Quill}, title = {Lamps}, year = {1901}}\n")
    return folder


def cells(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows of a table of Markdown, without the line below its head."""
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    return rows[:1] + rows[2:]


def test_the_list_names_what_is_missing_and_on_demand_what_is_not_reviewed(tmp_path: Path) -> None:
    signed = accepted(files(lampes="reviewed: {by: Ada Quill, date: 2027-01-02}\n" + LAMPES))
    folder = root(tmp_path, signed)
    stand = overview(folder)
    assert not [problem for problem in stand.problems if problem.severity == "error"]
    head, *rows = cells(stand.rows)
    assert head == ("record", "language", "missing", "behind", "reviewed")
    assert {row[:2] for row in rows} == {("bridges", "fr"), ("bridges", "zh"), ("gift", "zh"), ("lamps", "zh")}
    assert ("lamps", "zh", "everything", "–", "no") in rows
    more = cells(overview(folder, unsigned=True).rows)
    assert ("gift", "fr", "–", "–", "no") in more
    assert ("lamps", "fr") not in [row[:2] for row in more]


def test_progress_counts_records_and_texts_by_language_and_kind(tmp_path: Path) -> None:
    texts = accepted(files(lampes="reviewed: {by: Ada Quill, date: 2027-01-02}\n" + LAMPES))
    texts[LAMPS] = texts[LAMPS].replace("Oil from the north.", "Oil from the south.")
    head, *rows = cells(overview(root(tmp_path, texts)).progress)
    assert head == ("language", "kind", "records", "complete", "texts missing", "texts behind", "reviewed")
    assert rows == [
        ("fr", "actors", "2", "0", "1", "1", "1"),  # of bridges the summary; of lamps the oil
        ("fr", "cases", "1", "1", "0", "0", "0"),
        ("zh", "actors", "2", "0", str(len(ALL) + 1), "0", "0"),
        ("zh", "cases", "1", "0", str(len(SECTIONS)), "0", "0"),
    ]


def test_accepting_by_command_writes_the_files_that_change(tmp_path: Path) -> None:
    folder = root(tmp_path, files())
    assert accept(folder, ["lamps"])[0] == 1
    assert (folder / FRENCH).read_text(encoding="utf-8") == accepted(files())[FRENCH]
    assert (folder / DON).read_text(encoding="utf-8") == CORPS
    assert accept(folder, ["lamps"])[0] == 0
    assert accept(folder, ["gift.fr", "lamps"])[0] == 1
    assert (folder / DON).read_text(encoding="utf-8") == accepted(files())[DON]


def test_accepting_keeps_byte_order_mark_and_line_ends(tmp_path: Path) -> None:
    folder = root(tmp_path, files())
    (folder / FRENCH).write_bytes(b"\xef\xbb\xbf" + LAMPES.replace("\n", "\r\n").encode())
    assert accept(folder, ["lamps"])[0] == 1
    expected = "\ufeff" + accepted(files())[FRENCH].replace("\n", "\r\n")
    assert (folder / FRENCH).read_bytes() == expected.encode()


@pytest.mark.parametrize("id", ["lamp", "lamps.de", "lamps.zh"])
def test_accepting_what_is_not_there_writes_nothing_and_says_so(id: str, tmp_path: Path) -> None:
    folder = root(tmp_path, files())
    written, problems = accept(folder, ["gift", id])
    errors: list[Problem] = [problem for problem in problems if problem.severity == "error"]
    assert (written, len(errors)) == (0, 1)
    assert errors[0].hint
    assert (folder / DON).read_text(encoding="utf-8") == CORPS


def test_a_text_changed_on_disk_is_reported_once_a_language_until_it_is_accepted(tmp_path: Path) -> None:
    folder, out = copy_site("three", tmp_path), tmp_path / "site"
    edit(folder, "content/actors/hauterive-lamp-club.yaml", "when the last", "after the last")
    reported = [(row["path"], row["rule"], row["severity"]) for row in build(folder, out).problems]
    paths = [f"content/actors/hauterive-lamp-club.{language}.yaml" for language in ("fr", "zh")]
    assert reported == [(path, "translation-behind", "warning") for path in paths]
    assert accept(folder, ["hauterive-lamp-club.fr"])[0] == 1
    assert [row["path"] for row in build(folder, out).problems] == paths[1:]
    assert accept(folder, ["hauterive-lamp-club"])[0] == 1
    assert build(folder, out).problems == ()


def test_a_case_without_translations_may_mark_a_fact(tmp_path: Path) -> None:
    folder = copy_site("three", tmp_path)
    write(folder, GIFT, case("Lit [@quillon1901piers, p. 2].\n{#lit dimension=origin}"))
    assert {row["rule"] for row in build(folder, tmp_path / "site").problems} <= {"translation-missing"}
