"""A translator's day: units go out as a PO file, come back edited, and are taken only if all of them fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from site_copies import contents, copy_atlas, copy_site, edit

from atlas.authoring.translation_export import Export, export
from atlas.authoring.translation_import import Import, take_back
from atlas.authoring.translations import CheckedFiles, read_atlas
from atlas.core.problems import Problem
from atlas.lint.translation_status import TranslationStatus, parts, translation_statuses

CLUB = "content/actors/hauterive-lamp-club"
TWINNING = "content/cases/twinning-of-two-piers"
LANGUAGES = ("en", "fr", "zh")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of tests/sites/three to change."""
    return copy_site("three", tmp_path)


def exported(root: Path, language: str = "fr", *, everything: bool = True) -> Path:
    """The PO file of a language, beside the atlas."""
    made = export(root, language, everything=everything)
    assert made.text, made.problems
    path = root.parent / f"{language}.po"
    path.write_text(made.text, encoding="utf-8")
    return path


def texts_of(root: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The words of every text of every record in every language, without the spaces around sections."""
    return texts_in(read_atlas(root))


def texts_in(atlas: CheckedFiles) -> dict[tuple[str, str], dict[str, str]]:
    """The same of an atlas that was read."""
    assert atlas.site
    return {
        (record.id, language): {name: part.words.strip() for name, part in parts(record, language).items()}
        for record in atlas.records.values()
        for language in atlas.site.languages
    }


def statuses(root: Path) -> list[TranslationStatus]:
    """How every translation stands, but for who has signed it."""
    return statuses_in(read_atlas(root))


def statuses_in(atlas: CheckedFiles) -> list[TranslationStatus]:
    """The same of an atlas that was read."""
    assert atlas.site
    return list(translation_statuses(atlas.records.values(), atlas.site.languages))


def translate(path: Path, context: str, words: str) -> None:
    """Write a translation of one unit into a PO file, as a translator does, and remove its mark fuzzy."""
    text = path.read_text(encoding="utf-8")
    quoted = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    pattern = re.compile(rf'(?ms)^(#, fuzzy\n)?(msgctxt "{re.escape(context)}"\nmsgid .*?\n)msgstr .*?(?=\n\n|\Z)')
    changed, count = pattern.subn(lambda found: f'{found[2]}msgstr "{quoted}"', text)
    assert count == 1, context
    path.write_text(changed, encoding="utf-8")


def line_of(path: Path, context: str) -> int:
    """The line of `msgid` of a unit."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return lines.index(f'msgctxt "{context}"') + 2


def errors(came: Import) -> list[Problem]:
    """The problems that keep a file from being taken."""
    return [problem for problem in came.problems if problem.severity == "error"]


# What goes out.


def test_an_export_holds_what_is_missing_and_what_is_behind_and_no_more(root: Path) -> None:
    edit(root, f"{CLUB}.yaml", "when the last", "after the last")
    (root / f"{TWINNING}.fr.md").unlink()
    catalog = read_po(exported(root, everything=False).read_bytes().splitlines())
    found = {str(message.context): message for message in catalog if message.id}
    behind = found.pop("hauterive-lamp-club/facts/polishers")
    assert behind.fuzzy
    assert behind.string == texts_of(root)["hauterive-lamp-club", "fr"]["facts/polishers"]
    assert behind.locations[0][0] == f"{CLUB}.yaml"
    assert {context.partition("/")[0] for context in found} == {"twinning-of-two-piers", "eastern-kite-club"}
    assert all(not message.string and not message.fuzzy for message in found.values())


def test_a_paragraph_is_a_unit_without_its_attributes_and_says_what_to_keep(root: Path) -> None:
    made = export(root, "en", everything=True)
    entry = next(
        block for block in made.text.split("\n\n") if 'msgctxt "dispute-over-third-arch/body/situation:2"' in block
    )
    assert entry.split("\n") == [
        "#. Keep the citations: @gazette1912arche",
        "#. Keep the numbers: 8",
        "#: content/cases/dispute-over-third-arch.md:21",
        'msgctxt "dispute-over-third-arch/body/situation:2"',
        'msgid "La troisième arche fut livrée avec 8 mois de retard [@gazette1912arche]."',
        'msgstr "The third arch was delivered 8 months late [@gazette1912arche]."',
    ]


def test_names_of_records_are_given_as_terms(root: Path) -> None:
    made = export(root, "fr", everything=True)
    assert "#. Term: Phares du Nord = " not in made.text  # a name is no term of its own language
    assert re.search(r"(?m)^#\. Term: [^=\n]+ = [^=\n]+$", made.text)


def test_an_export_of_one_state_is_always_the_same(root: Path) -> None:
    assert export(root, "zh", everything=True) == export(root, "zh", everything=True)


def test_an_export_into_no_language_of_the_site_says_which_there_are(root: Path) -> None:
    made: Export = export(root, "de")
    assert (made.text, [problem.rule for problem in made.problems]) == ("", ["unknown-language"])
    assert made.problems[0].hint == "choose one of en, fr, zh"


# The round trip.


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unchanged_file_changes_nothing(root: Path, language: str) -> None:
    before = contents(root)
    came = take_back(root, exported(root, language))
    assert (came.files, errors(came), contents(root)) == (0, [], before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lost_when_a_language_comes_back_from_its_file_alone(root: Path, language: str) -> None:
    before, stood = texts_of(root), statuses(root)
    path = exported(root, language)
    translations = sorted((root / "content").glob(f"*/*.{language}.*"))
    assert len(translations) > 5
    for file in translations:
        file.unlink()
    came = take_back(root, path)
    assert came.problems == ()
    assert came.files == len(translations)
    assert texts_of(root) == before
    assert statuses(root) == stood


def test_nothing_of_real_records_is_lost(tmp_path: Path) -> None:
    root = copy_atlas(tmp_path)
    ids = ("actors/alda", "actors/sironet", "cases/mask-aid-twin-cities", "cases/charter-flights-2022", "pages/glossary",
           "concepts/city-diplomacy", "claims/foreign-ngos", "comparisons/france-medias-monde-and-cgtn")  # fmt: skip
    before = texts_of(root)
    paths = [exported(root, language) for language in ("fr", "zh")]
    for file in [file for id in ids for file in (root / "content").glob(f"{id}.*.*")]:
        file.unlink()
    for path in paths:
        came = take_back(root, path)
        assert (came.problems, came.files) == ((), len(ids))
    atlas = read_atlas(root)
    assert texts_in(atlas) == before
    assert [status for status in statuses_in(atlas) if status.missing or status.behind] == []


# What translators do.


def test_a_new_translation_is_written_and_current(root: Path) -> None:
    path = exported(root, everything=False)
    translate(path, "eastern-kite-club/summary", "Un club de cerfs-volants [@lin1936meishu, p. 16].")
    came = take_back(root, path)
    assert (errors(came), came.units, came.files) == ([], 1, 1)
    assert came.empty > 0
    [now] = [each for each in statuses(root) if (each.record, each.language) == ("eastern-kite-club", "fr")]
    assert ("summary" in now.missing, now.behind) == (False, ())


def test_a_text_behind_is_current_when_its_mark_is_removed_and_all_else_stays(root: Path) -> None:
    edit(root, f"{CLUB}.yaml", "when the last", "after the last")
    path = exported(root, everything=False)
    old = (root / f"{CLUB}.fr.yaml").read_text(encoding="utf-8")
    words = texts_of(root)["hauterive-lamp-club", "fr"]["facts/polishers"]
    assert take_back(root, path).files == 0  # still fuzzy
    translate(path, "hauterive-lamp-club/facts/polishers", words)
    assert take_back(root, path).files == 1
    new = (root / f"{CLUB}.fr.yaml").read_text(encoding="utf-8")
    differing = [pair for pair in zip(old.split("\n"), new.split("\n"), strict=True) if pair[0] != pair[1]]
    assert [line.partition(":")[0] for line, _ in differing] == ["  facts/polishers"]
    assert not [each for each in statuses(root) if each.language == "fr" and each.behind]


def test_units_may_be_in_another_order_or_left_out(root: Path) -> None:
    path = exported(root)
    translate(path, "hauterive-lamp-club/facts/polishers", "Ouvert entre 2003 et 2005.")
    head, *entries = path.read_text(encoding="utf-8").strip().split("\n\n")
    kept = [entry for entry in reversed(entries) if "twinning-of-two-piers" not in entry]
    path.write_text("\n\n".join([head, *kept]) + "\n", encoding="utf-8")
    before = texts_of(root)
    assert errors(take_back(root, path)) == []
    before["hauterive-lamp-club", "fr"]["facts/polishers"] = "Ouvert entre 2003 et 2005."
    assert texts_of(root) == before


BROKEN = {
    "twinning-of-two-piers/body/situation:3": (
        "La [[phare-du-nord|société des phares]] et la [[southern-bridge-society]] ont signé pour 1 lampe commune "
        "[@quillon1901piers, pp. 102–103; @brumecourt1887phares].",
        {("unit-differs", "the link [[phares-du-nord]]"), ("unknown-record", "phare-du-nord")},
    ),
    "twinning-of-two-piers/body/sequel:2": (
        "Un seul péage payait les deux jetées [@quillon1904arches, p. 21].",
        {("unit-differs", "the original has @quillon1904arches, page 20, the translation @quillon1904arches, page 21")},
    ),
    "twinning-of-two-piers/body/sequel:3": (
        "Les gardiens se voyaient une fois par an, comme la fondation l’avait promis [@quillon1904arches].",
        {("unit-differs", "the link to #situation")},
    ),
    "hauterive-lamp-club/facts/polishers": (
        "Ouvert entre 2003 et 2006.",
        {("unit-differs", "the original has 2005, the translation 2006")},
    ),
    "hauterive-lamp-club/summary": (
        "Un club d’amateurs [@tarn2004courtesy, p. 88].\n\nIl polit des lampes.",
        {("wrong-type", "several blocks")},
    ),
}


def test_every_unit_that_does_not_fit_is_reported_at_once_with_line_and_remedy_and_nothing_is_written(
    root: Path,
) -> None:
    path = exported(root)
    for context, (words, _) in BROKEN.items():
        translate(path, context, words)
    translate(path, "hauterive-lamp-club/relations/club-of-society", "Comme jeune membre.")  # this one is right
    before = contents(root)
    found = errors(take_back(root, path))
    assert contents(root) == before
    for context, (_, wanted) in BROKEN.items():
        own = [problem for problem in found if problem.message.startswith(f"{context}: ")]
        assert {problem.rule for problem in own} == {rule for rule, _ in wanted}, own
        for rule, words in wanted:
            assert any(problem.rule == rule and words in problem.message for problem in own), (words, own)
        lines = {(problem.span.path, problem.span.line) for problem in own}
        assert lines == {(path.as_posix(), line_of(path, context))}
    assert all(problem.hint for problem in found)
    assert len(found) == sum(len(wanted) for _, wanted in BROKEN.values())


def test_units_that_are_no_texts_of_the_atlas_are_reported(root: Path) -> None:
    path = exported(root)
    text = path.read_text(encoding="utf-8")
    twice = text[text.index('msgctxt "hauterive-lamp-club/summary"') :].split("\n\n")[0]
    more = '\nmsgctxt "hauterive-lamp-club/facts/polisher"\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'
    path.write_text(f"{text}\n{twice}\n{more}", encoding="utf-8")
    before = contents(root)
    found = errors(take_back(root, path))
    assert [problem.rule for problem in found] == ["duplicate-id", "unknown-text", "unknown-text"]
    assert found[0].hint.endswith(f"line {line_of(path, 'hauterive-lamp-club/summary')}")
    assert found[1].hint == 'did you mean "hauterive-lamp-club/facts/polishers"?'
    assert "msgctxt" in found[2].message
    assert contents(root) == before


def test_a_unit_whose_original_has_changed_since_is_left_out_and_the_rest_is_taken(root: Path) -> None:
    path = exported(root)
    translate(path, "hauterive-lamp-club/facts/polishers", "Ouvert entre 2003 et 2005.")
    translate(path, "hauterive-lamp-club/relations/club-of-society", "Comme jeune membre.")
    edit(root, f"{CLUB}.yaml", "when the last", "after the last")
    before = texts_of(root)
    came = take_back(root, path)
    assert [(problem.rule, problem.span.line) for problem in came.problems] == [
        ("unit-outdated", line_of(path, "hauterive-lamp-club/facts/polishers"))
    ]
    before["hauterive-lamp-club", "fr"]["relations/club-of-society"] = "Comme jeune membre."
    assert texts_of(root) == before


def test_a_body_is_taken_only_as_a_whole(root: Path) -> None:
    path = exported(root)
    (root / f"{TWINNING}.fr.md").unlink()
    translate(path, "twinning-of-two-piers/body/keeper:3", "")
    came = take_back(root, path)
    assert [(problem.rule, problem.severity) for problem in came.problems] == [("unfinished-body", "warning")]
    assert "twinning-of-two-piers/body/keeper:3" in came.problems[0].hint
    [now] = [each for each in statuses(root) if (each.record, each.language) == ("twinning-of-two-piers", "fr")]
    assert now.missing == ("body/situation", "body/sequel", "body/keeper")  # title and summary are taken


def test_one_paragraph_of_a_body_is_replaced_and_its_section_is_current_when_all_of_it_is_confirmed(root: Path) -> None:
    edit(root, f"{TWINNING}.md", "had no lamp, and", "had no lamp and")
    path = exported(root, everything=False)
    old = texts_of(root)["twinning-of-two-piers", "fr"]["body/situation"]
    first = "La jetée n’avait pas de lampe, et la lampe pas de jetée [@quillon1901piers, p. 101]."
    translate(path, "twinning-of-two-piers/body/situation:2", first)
    assert errors(take_back(root, path)) == []
    new = texts_of(root)["twinning-of-two-piers", "fr"]["body/situation"]
    assert new.split("\n\n") == [old.split("\n\n")[0], first, old.split("\n\n")[2]]
    [now] = [each for each in statuses(root) if (each.record, each.language) == ("twinning-of-two-piers", "fr")]
    assert now.behind == ("body/situation",)
    for number, words in ((1, "Situation"), (3, old.split("\n\n")[2].split("\n")[0])):
        translate(path, f"twinning-of-two-piers/body/situation:{number}", words)
    assert errors(take_back(root, path)) == []
    [now] = [each for each in statuses(root) if (each.record, each.language) == ("twinning-of-two-piers", "fr")]
    assert now.behind == ()


def test_the_signature_of_an_editor_goes_with_the_words_that_it_was_for(root: Path) -> None:
    file = root / f"{CLUB}.fr.yaml"
    signed = "reviewed: {by: Ada Quill, date: 2027-01-02}\n# a remark\n" + file.read_text(encoding="utf-8")
    file.write_text(signed, encoding="utf-8")
    path = exported(root)
    assert take_back(root, path).files == 0
    translate(path, "hauterive-lamp-club/relations/club-of-society", "Comme jeune membre.")
    assert take_back(root, path).files == 1
    assert file.read_text(encoding="utf-8").startswith("# a remark\nsummary: ")


# Files that cannot be taken.


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"Language: fr\\n"', '"Language: de\\n"', "bad-translation-file"),
        ('"Language: fr\\n"\n', "", "bad-translation-file"),
        ('msgid "', 'msgidd "', "bad-translation-file"),
        ('msgid "', '\x0bmsgid "', "bad-character"),
    ],
)
def test_what_is_no_translators_file_of_this_atlas_is_refused(root: Path, old: str, new: str, rule: str) -> None:
    path = exported(root)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = contents(root)
    found = errors(take_back(root, path))
    assert [problem.rule for problem in found] == [rule]
    assert found[0].hint
    assert contents(root) == before


def test_a_file_that_is_not_there_is_a_problem(root: Path) -> None:
    assert [problem.rule for problem in take_back(root, root / "none.po").problems] == ["cannot-read"]


@pytest.mark.parametrize("header", ["fr_FR", "fr-CA", "FR"])
def test_the_language_that_a_program_writes_with_a_country_is_understood(root: Path, header: str) -> None:
    path = exported(root)
    path.write_text(path.read_text(encoding="utf-8").replace("Language: fr\\n", f"Language: {header}\\n"), "utf-8")
    translate(path, "hauterive-lamp-club/relations/club-of-society", "Comme jeune membre.")
    assert take_back(root, path).files == 1


def test_a_file_that_another_program_has_wrapped_and_put_in_order_is_the_same_file(root: Path) -> None:
    path = exported(root)
    before = contents(root)
    catalog = read_po(path.read_bytes().splitlines())
    with path.open("wb") as file:
        write_po(file, catalog, width=40, sort_output=True)
    came = take_back(root, path)
    assert (came.problems, came.files, contents(root)) == ((), 0, before)
