"""The words of the interface: the catalogues of the engine have all that are used."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from site_copies import REPOSITORY

from atlas.pages.interface_words import engine_words, used_words

TEMPLATES = REPOSITORY / "templates"


def test_words_are_found_where_they_are_used() -> None:
    found = used_words({"a.html": 'x\n{{ t("map") }} {{ t( "tie", n=1) }}', "b.html": "{{ t('map') }}"})
    assert {word: str(span) for word, span in found.items()} == {"map": "a.html:2:1", "tie": "a.html:2:1"}


@pytest.mark.parametrize("catalogue", sorted((TEMPLATES / "words").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_catalogue_has_every_word_that_is_used(catalogue: Path) -> None:
    texts = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in TEMPLATES.rglob("*")
        if path.suffix in (".html", ".svg", ".xml", ".txt")
    }
    assert "book/package.xml" in texts
    written = yaml.load(catalogue.read_bytes(), yaml.CBaseLoader)
    assert {*engine_words(), *used_words(texts)} - set(written) == set()
