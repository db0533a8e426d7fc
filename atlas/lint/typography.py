"""Checks and fixes the typography of a text by the rules of its language.

French: Lexique des règles typographiques en usage à l'Imprimerie nationale (2002). Chinese: GB/T
15834-2011. English: the marks that CLDR gives (“ ” ‘ ’). Texts are Markdown source. Code, addresses, ids,
citations, attributes, blockquotes, `[words]{lang=…}` and text in the quotation marks of another language
are not checked. Text in the language's own quotation marks is checked but not fixed: quotations are not
changed automatically.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from atlas.i18n.locales import subtag_of
from atlas.lint.chinese import check_chinese
from atlas.lint.french import check_french
from atlas.lint.quotation_marks import (
    Flaw,
    QuotationMarks,
    check_apostrophes,
    check_quotation_marks,
    sparing_quotations,
    without_foreign_quotations,
)
from atlas.markdown.masks import mask, without_emphasis

ENGLISH = QuotationMarks(("“", "”"), ("‘", "’"), single=("‘", "’"), own=("“”", "‘’"), foreign=("«»",))


_SUSPECT = re.compile("[\"'«]")
"""A character that every flaw of an English text contains."""


def check_english(text: str) -> Iterator[Flaw]:
    """Yield the flaws of a Markdown text in English: straight marks, and those of another language."""
    if not _SUSPECT.search(text):
        return
    masked = without_emphasis(mask(text))
    yield from check_quotation_marks(masked, ENGLISH)
    prose = without_foreign_quotations(masked, ENGLISH)
    yield from sparing_quotations(check_apostrophes(prose), masked, ENGLISH)


_RULES: dict[str, Callable[[str], Iterator[Flaw]]] = {"en": check_english, "fr": check_french, "zh": check_chinese}


def find_flaws(text: str, language_tag: str) -> tuple[Flaw, ...]:
    """Return the flaws of a Markdown text in order, or none if its language has no rules here."""
    find = _RULES.get(subtag_of(language_tag))
    return tuple(sorted(find(text), key=lambda flaw: (flaw.offset, flaw.length, flaw.rule))) if find else ()
