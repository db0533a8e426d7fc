"""The private-use characters that the engine puts into texts while it works on them. Each has one meaning.

No input contains them (`atlas.core.characters` refuses them) and no output does: the code that adds them removes them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class MarkPair(NamedTuple):
    """The two characters around a marked run of text."""

    begin: str
    end: str


PROTECTED: Final = MarkPair("\ue000", "\ue001")
"""Start and end of words in `{…}` of a bibliography, which keep their capitals."""
ITALIC: Final = MarkPair("\ue002", "\ue003")
RAISED: Final = MarkPair("\ue004", "\ue005")
LOWERED: Final = MarkPair("\ue006", "\ue007")
QUOTED: Final = MarkPair("\ue008", "\ue009")
LATEX_MARKS: Final = "\ue000-\ue009"
"""All of the above, for use inside the brackets of a regular expression."""
KEPT: Final = MarkPair("\ue010", "\ue011")
"""Start and end of the number of a tag that is set aside while a reference is punctuated."""
HOLE: Final = "\ue012"
"""In a mask: a character within a line that is not prose."""
EDGE: Final = "\ue013"
"""In a mask: a character of the markup of a block, or of a block that is not prose."""
SEAM: Final = "\ue014"
"""In a text for the search index: where a raised letter or number begins or ends."""
FORMULA: Final = ("\ue017", "\ue018", "\ue019", "\ue01a", "\ue01b")
"""In a formula: the signs `<`, `>`, `&`, `$` and `%` while it is converted."""
ASIDE: Final = "\U000f0000"
"""In a line that is imported: the first piece of code. The next characters stand for those after it."""
PAIR: Final = MarkPair("\ue015", "\ue016")
"""In a title: the places of the two records of a pair."""
