"""The titles that works are sorted by."""

from __future__ import annotations

import re

from atlas.bibliography.parsing.works import Work
from atlas.i18n.locales import subtag_of

_ARTICLES = {
    "en": re.compile(r"^(?:a|an|the)\s+(?=\w)", re.IGNORECASE),
    "fr": re.compile(r"^(?:(?:le|la|les|un|une|des)\s+|l[’'])(?=\w)", re.IGNORECASE),
    "de": re.compile(r"^(?:der|die|das|ein|eine)\s+(?=\w)", re.IGNORECASE),
    "es": re.compile(r"^(?:el|la|los|las|un|una)\s+(?=\w)", re.IGNORECASE),
    "it": re.compile(r"^(?:(?:il|lo|la|i|gli|le|un|uno|una)\s+|(?:l|un)[’'])(?=\w)", re.IGNORECASE),
    "pt": re.compile(r"^(?:o|a|os|as|um|uma)\s+(?=\w)", re.IGNORECASE),
    "nl": re.compile(r"^(?:de|het|een)\s+(?=\w)", re.IGNORECASE),
}
"""The leading articles of a language, which do not count in sorting."""


def sorted_title(work: Work) -> str:
    """Return the title that a work is sorted by: without a leading article of its language, or of English."""
    own = work.text("sorttitle")
    if own:
        return own
    title = work.title.strip("[]“”\"'«»《》 ")
    articles = _ARTICLES.get(subtag_of(work.language or "en"))
    return articles.sub("", title) if articles else title
