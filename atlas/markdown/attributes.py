"""Parses the attributes `{#id .reading dimension=…}` at the end of a block."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, field

from atlas.core.problems import nearest
from atlas.core.rules import Rule
from atlas.markdown.link_targets import Fault
from atlas.markdown.passages import KEBAB, LANGUAGE_TAG

_WORD: Final = re.compile(r"#(?P<id>\S+)|\.(?P<class>\S+)|(?P<key>[\w-]+)=\"?(?P<value>[^\s\"]+)\"?|(?P<other>\S+)")
LANGUAGE: Final = re.compile(r"\{[ ]*lang=(\"?)([^\s\"{}]*)\1[ ]*\}")
"""What follows words in brackets that are in another language: `{lang=fr}`."""

_KNOWN: Final = ("#id", ".reading", "dimension", "lang", "width")
_WIDTH: Final = re.compile(r"(100|[1-9]0)%")


class Attributes(Struct):
    """What is between the braces: an id, a dimension, whether it is the atlas's own reading; and the faults.

    language: the tag of the language of a block that is in another one.
    width: of a figure, in hundredths of the text; 0 where none is given.
    """

    id: str = ""
    dimension: str = ""
    reading: bool = False
    width: int = 0
    language: str = ""
    faults: list[Fault] = field(default_factory=list)


def read_attributes(braces: str) -> Attributes:
    """Read `{…}` or `{: …}`."""
    read = Attributes()
    for found in _WORD.finditer(braces.strip("{}: ")):
        if found["id"] and KEBAB.fullmatch(found["id"]) and not read.id:
            read.id = found["id"]
        elif found["id"]:
            hint = "an id is lower-case letters, digits and hyphens; a block has one"
            read.faults.append(Fault(Rule.BAD_ID, f'"{found["id"]}" is not an id of this block', hint))
        elif found["class"] == "reading":
            read.reading = True
        elif found["key"] == "dimension":
            read.dimension = found["value"]
        elif found["key"] == "lang" and LANGUAGE_TAG.fullmatch(found["value"]):
            read.language = found["value"]
        elif found["key"] == "lang":
            hint = "write the tag of a language, such as zh or zh-Hans"
            read.faults.append(Fault(Rule.UNKNOWN_LANGUAGE, f'"{found["value"]}" is not a language', hint))
        elif found["key"] == "width" and (width := _WIDTH.fullmatch(found["value"])):
            read.width = int(width[1])
        elif found["key"] == "width":
            message = f'"{found["value"]}" is not the width of a figure'
            read.faults.append(Fault(Rule.WRONG_TYPE, message, "write it in steps of ten: width=10% to width=100%"))
        elif found["key"] in ("alt", "fig-alt"):
            hint = "write alt: into the .yaml file beside the picture"
            read.faults.append(Fault(Rule.UNKNOWN_KEY, "the alternative text of a picture is not given here", hint))
        else:
            word = found["class"] or found["key"] or found["other"]
            rule = Rule.UNSAFE_HTML if word.casefold().startswith("on") else Rule.UNKNOWN_KEY
            read.faults.append(Fault(rule, f"a paragraph has no attribute {word}", nearest(word, _KNOWN)))
    return read
