"""Character classes: defined once, and those of the Unicode Character Database."""

from __future__ import annotations

import re
import sys
import unicodedata

from engine_source import modules

from atlas.core.scripts import HAN, KANA, LETTERS


def test_han_has_every_ideograph_and_nothing_that_is_named_otherwise() -> None:
    pattern = re.compile(f"[{HAN}]")
    for code in range(sys.maxunicode + 1):
        name = unicodedata.name(chr(code), "")
        if name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "CJK RADICAL", "KANGXI RADICAL")):
            assert pattern.match(chr(code)), name
        elif name and pattern.match(chr(code)):
            assert name.startswith(("IDEOGRAPHIC", "HANGZHOU", "VERTICAL IDEOGRAPHIC", "MASU")), name


def test_kana_are_kana() -> None:
    found = [chr(code) for code in range(0x3000, 0x3200) if re.match(f"[{KANA}]", chr(code))]
    assert {unicodedata.name(char, "COMBINING").split()[0] for char in found} <= {
        "HIRAGANA", "KATAKANA", "COMBINING", "KATAKANA-HIRAGANA",
    }  # fmt: skip


def test_letters_of_the_table_do_not_decompose() -> None:
    for letter in LETTERS:
        assert unicodedata.normalize("NFKD", letter) == letter
        assert letter == letter.lower()


def test_no_other_module_defines_han() -> None:
    found = [name for name, path in modules().items() if re.search(r"u4e00|一-", path.read_text(encoding="utf-8"))]
    assert found == ["atlas.core.scripts"]
