"""The private-use characters that the engine puts into texts while it works on them. Each has one meaning.

No input contains them (`atlas.core.characters` refuses them) and no output does: whoever puts them in takes them out.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class MarkPair(NamedTuple):
    """The two characters around a marked run of text."""

    begin: str
    end: str


PROTECTED: Final = MarkPair("\ue000", "\ue001")
"""Begin and end of words in `{…}` of a bibliography, whose capitals stay."""
ITALIC: Final = MarkPair("\ue002", "\ue003")
RAISED: Final = MarkPair("\ue004", "\ue005")
LOWERED: Final = MarkPair("\ue006", "\ue007")
QUOTED: Final = MarkPair("\ue008", "\ue009")
LATEX_MARKS: Final = "\ue000-\ue009"
"""All of the above, as the inside of a regular expression's brackets."""
KEPT: Final = MarkPair("\ue010", "\ue011")
"""Begin and end of the number of a tag that is put aside while a reference is punctuated."""
HOLE: Final = "\ue012"
"""In a mask: a character within a line that is not prose."""
EDGE: Final = "\ue013"
"""In a mask: a character of a block's own marks, or of a block that is not prose."""
SEAM: Final = "\ue014"
"""In a text to be indexed: where a raised letter or number begins or ends."""
PAIR: Final = MarkPair("\ue015", "\ue016")
"""In a title: the places of the two records of a pair."""
