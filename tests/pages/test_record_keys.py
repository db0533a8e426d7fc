"""Every key of a record is read, shown on its page and handed out as JSON: the test that fails names the place that
was forgotten.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from small_atlases import SITE, Made, actor, made
from small_pages import context, engine, locale_site

from atlas.pages.data.data_rows import Tabling
from atlas.pages.records.record_json import record_json_files
from atlas.pages.records.record_pages import record_view
from atlas.pages.records.views import RecordView
from atlas.schema.dataset_schema import COLUMN_TYPES, OneOrMore, TextOrLabel
from atlas.schema.families import FAMILIES, Family
from atlas.schema.field_types import (
    ALIAS,
    ID,
    KEY,
    PATH,
    TAG,
    URL,
    Coordinates,
    Date,
    DeclaredId,
    FieldType,
    Flag,
    Line,
    Markdown,
    OneOf,
    WithSpan,
)
from atlas.schema.identifiers import IDENTIFIERS, Identifier
from atlas.schema.object_types import Field, ListOf, MapOf, ObjectType, RecordIds
from atlas.schema.own_fields import OwnFields
from atlas.schema.signatures import AuthorName

PLACES = "harbour: {label: {en: A, fr: A, zh: A}, coordinates: [1, 2]}\nquay: {label: {en: B, fr: B, zh: B}, coordinates: [3, 4]}\n"
SCALE = """\
views: [cite, compare, data, json]
profile:
  founded: {label: {en: Founded, fr: Fondé, zh: 创}}
  money: {label: {en: Money, fr: Argent, zh: 钱}}
scale:
  label: {en: Scale, fr: Échelle, zh: 尺}
  questions:
    first: {label: {en: First, fr: Un, zh: 一}}
    second: {label: {en: Second, fr: Deux, zh: 二}}
  answers:
    yes: {label: {en: Yes, fr: Oui, zh: 是}, counted: true}
    no: {label: {en: No, fr: Non, zh: 否}}
"""
OTHER_KINDS = "    letter: {label: {en: Letter, fr: Lettre, zh: 信}}\n"
DECLARED = {
    "language": ("en", "fr"),
    "side": ("north", "south"),
    "dimension": ("origin", "upkeep"),
    "field": ("light", "wind"),
    "contribution": ("trust", "talk"),
    "relation-type": ("funded-by", "partner-of"),
    "place": ("harbour", "quay"),
    "question": ("first", "second"),
    "question:profile": ("founded", "money"),
    "answer": ("yes", "no"),
    "kind:actor": ("society", "club"),
    "kind:instrument": ("charter", "letter"),
    "kind:case": ("gift", "loan"),
}
"""Two ids of each sort that the site declares."""
TEXTS: dict[FieldType, tuple[str, str]] = {
    URL: ("https://one.example/", "https://two.example/"),
    ID: ("lamps", "bridges"),
    TAG: ("en", "fr"),
    KEY: ("lamp1901", "bridge1904"),
    PATH: ("here", "there/else"),
    ALIAS: ("/old/", "/older/"),
}
OTHER_IDENTIFIERS = {"orcid": "0000-0001-5109-3700", "ror": "05a0ya142", "wikidata": "Q7"}
NOT_SHOWN = {
    "aliases": "they are addresses that lead to the page",
    "profile": "it fills the table of the pages of pairs",
}
NOT_IN_JSON = {
    "aliases": NOT_SHOWN["aliases"],
    "draft": "a draft is not published",
    "nocite": "it lists what the record does not say",
}
"""Keys that the page of a record, or its JSON, does not say, and why."""


def sample(shape: FieldType, number: int) -> Any:
    """One of two values of a shape."""
    if shape == COLUMN_TYPES:
        return "text"
    if isinstance(shape, WithSpan | OneOrMore):
        return sample(shape.shape, number)
    if isinstance(shape, RecordIds):
        return ["lamps", "bridges"] if number else ["bridges", "mills"]
    if isinstance(shape, ListOf):
        return [sample(shape.shape, number)]
    if isinstance(shape, MapOf):
        return {sample(shape.key, number): sample(shape.value, number)}
    if isinstance(shape, ObjectType):
        return {key.name: sample(key.shape, number) for key in shape.keys}
    if isinstance(shape, DeclaredId):
        return DECLARED[shape.table][number]
    if isinstance(shape, Identifier):
        key = next(key for key, each in IDENTIFIERS.items() if each == shape)
        return (shape.example, OTHER_IDENTIFIERS[key])[number]
    if isinstance(shape, Date):
        return ("1901-02-03", "1902-03-04")[number]
    if isinstance(shape, OneOf):
        return shape.words[number]
    if isinstance(shape, Flag):
        return ("false", "true")[number]
    if isinstance(shape, Coordinates):
        return ([1, 2], [3, 4])[number]
    if isinstance(shape, AuthorName):
        return ("Doe, Jo", "Roe, Al")[number]
    if isinstance(shape, OwnFields):
        return {"shelf": ("One", "Two")[number]}
    if isinstance(shape, Line | Markdown | TextOrLabel):
        return (("One", "Two") if isinstance(shape, TextOrLabel) else TEXTS.get(shape, ("One", "Two")))[number]
    raise AssertionError(f"give two samples of the shape {type(shape).__name__}")


def atlas_with(family: Family, keys: dict[str, Any], words: str = "Words.") -> Made:
    """An atlas in which the record `one` of a family has some keys, and words if it has a text."""
    text = yaml.safe_dump(keys, allow_unicode=True)
    own = text if family.form == "yaml" else f"---\n{text}---\n\n{words}\n"
    return atlas_of(f"content/{family.folder}/one.{family.form}", own)


@cache
def atlas_of(path: str, own: str) -> Made:
    """An atlas with a file beside some actors. No test changes what it is given."""
    site = (
        SITE.replace("fields:\n", "fields:\n  wind: {label: {en: Wind, fr: Vent, zh: 风}}\n")
        .replace("contributions:\n", "contributions:\n  talk: {label: {en: Talk, fr: Mot, zh: 话}}\n")
        .replace("  instrument:\n", "  instrument:\n" + OTHER_KINDS)
        .replace("  case:\n", "  case:\n    loan: {label: {en: Loan, fr: Prêt, zh: 借}}\n")
    )
    site += "extra:\n  shelf: {label: {en: Shelf, fr: Rayon, zh: 架}}\n"
    others = {f"content/actors/{id}.yaml": actor(id.title()) for id in ("lamps", "bridges", "mills")}
    return made({path: own, "content/places.yaml": PLACES, **others}, site=site + SCALE)


def base_of(family: Family) -> dict[str, Any]:
    """The keys that a record of a family cannot be without."""
    return {key.name: sample(key.shape, 0) for key in family.table.keys if key.required}


def words_for(key: Field) -> str:
    """A text in which a key has a meaning: the paragraph whose work `evidence` quotes."""
    return "Words [@bridge1904].\n{#bridges dimension=origin}" if key.name == "evidence" else "Words."


def without_key(family: Family, key: Field) -> Made:
    """An atlas whose record has only the keys that it cannot be without."""
    return atlas_with(family, base_of(family), words_for(key))


def with_key(family: Family, key: Field) -> Made:
    """An atlas whose record has another value of a key than `base_of` gives it."""
    keys = base_of(family)
    if key.name == "updated":
        keys["changes"] = [sample(key.shape, 1)]
    return atlas_with(family, keys | {key.name: sample(key.shape, 1)}, words_for(key))


def shown(atlas: Made) -> RecordView:
    """The page of the record."""
    record = atlas.record("one")
    return record_view(context(atlas, record.address), record, ())


def handed_out(atlas: Made) -> bytes:
    """The record as JSON."""
    sites = {language: locale_site(atlas, language) for language in atlas.site.languages}
    files = record_json_files(Tabling(atlas.atlas, sites))
    return next(file.make() for file in files if "/one/" in file.path)


KEYS = [(family, key) for family in FAMILIES for key in family.table.keys]
NAMES = [f"{family.id}-{key.name}" for family, key in KEYS]


@pytest.mark.parametrize(("family", "key"), KEYS, ids=NAMES)
def test_a_key_is_read(family: Family, key: Field) -> None:
    without, own = without_key(family, key).record("one"), with_key(family, key).record("one")
    assert own != without, f"RecordBuilder makes nothing of {key.name}"


@pytest.mark.parametrize(("family", "key"), KEYS, ids=NAMES)
def test_a_key_is_shown_on_the_page(family: Family, key: Field) -> None:
    same = shown(with_key(family, key)) == shown(without_key(family, key))
    assert same == (key.name in NOT_SHOWN), f"record_view: {key.name}"


@pytest.mark.parametrize(
    ("family", "key"),
    [row for row in KEYS if row[0].has_index],
    ids=[name for name, row in zip(NAMES, KEYS, strict=True) if row[0].has_index],
)
def test_a_key_is_in_the_json_of_the_record(family: Family, key: Field) -> None:
    same = handed_out(with_key(family, key)) == handed_out(without_key(family, key))
    assert same == (key.name in NOT_IN_JSON), f"_record_json: {key.name}"


def test_templates_print_every_part_of_the_page_of_a_record() -> None:
    texts = "".join(engine().templates[name] for name in engine().templates if name.endswith(".html"))
    assert [name for name in RecordView.__struct_fields__ if f"view.{name}" not in texts and name != "id"] == []


def test_the_json_of_a_signed_record_names_its_authors() -> None:
    atlas = atlas_with(FAMILIES[0], base_of(FAMILIES[0]) | {"authors": ["Doe, Jo", "{The Body}"]})
    assert b'"authors": [\n  "Jo Doe",\n  "The Body"\n ]' in handed_out(atlas)
