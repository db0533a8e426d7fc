"""Parses names of persons and organisations in the forms of BibTeX and BibLaTeX.

`Last, First`, `von Last, Jr, First`, `First von Last`, `{A Body}`, `family=…, given=…`, `others`, and
Han names without a space; a name's form in its own script comes from `author+an = {1=陈健}`.
The forms are those of "Tame the BeaST" (Markey 2009, §11) and of biblatex's manual, "Name lists".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from atlas.bibliography.parsing.latex import decode, plain
from atlas.core.scripts import HAN


class PersonName(Struct, frozen=True):
    """A person or a body.

    Attributes:
        family: the family name.
        given: the given names.
        prefix: the particle before the family name.
        suffix: the part after the name, such as Jr.
        literal: the whole name, if it has no parts (a body; a Han name written as one word).
        own: the form in the name's own script, if the parts are a romanisation.
        others: whether it is "and others".
    """

    family: str = ""
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    literal: str = ""
    own: str = ""
    others: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it has parts, or is a Han name of two to four characters."""
        return bool(self.family) or (is_han(self.literal) and len(self.literal) <= 4)

    @property
    def text(self) -> str:
        """The name in the order of its language: `Ludwig van Beethoven`, `陈健`."""
        if self.literal:
            return self.literal
        if is_han(self.family):
            return self.family + self.given
        parts = (self.given, with_particle(self.prefix, self.family))
        joined = " ".join(part for part in parts if part)
        return f"{joined}, {self.suffix}" if self.suffix else joined


HEADS = ("author", "editor", "compiler", "director", "composer", "translator")
"""The roles that can be at the head of a reference; the first that a work has is used."""

OTHERS = PersonName(others=True)
"""The value of `and others`."""

_HAN = re.compile(f"[{HAN}]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_JOINER = re.compile(r"\s*and(?=\s)", re.IGNORECASE)
_BRACES_OR_AND = re.compile(r"(?<!\\)[{}]|(?<=\s)and(?=\s)", re.IGNORECASE)
_BRACES_OR_COMMA = re.compile(r"(?<!\\)[{}]|,")
_PART = re.compile(
    r"^\s*\"?\s*(?P<name>family|given|prefix|suffix|useprefix|[a-z]+-i)\s*=\s*(?P<value>.*?)\s*\"?\s*$", re.DOTALL
)
_OUTER_AND = re.compile(r"^\s*and\s|\sand\s*$", re.IGNORECASE)
_ANNOTATION = re.compile(r"^\s*(?P<number>\d+)\s*[=:]\s*\"?(?P<text>[^\":=]+?)\"?\s*$")
_NUMBER_OF_NAMESAKE = re.compile(r"\s+0\d{3}$")  # DBLP: Li Zhang 0001
_SPACES = re.compile(r"\s*")
_LATIN = re.compile(r"[A-Za-z]")
_JOINERS = re.compile(r"[;；、，]")


def is_han(text: str) -> bool:
    """Return whether a name is written in Han characters."""
    return bool(text) and not text.isascii() and bool(_HAN.search(text))


def read_names(value: str) -> tuple[tuple[PersonName, ...], tuple[tuple[int, str, str], ...]]:
    """Return the names in a field, and the mistakes: the offset and the text of the faulty part, and what is wrong."""
    names: list[PersonName] = []
    mistakes: list[tuple[int, str, str]] = []
    end = 0
    for part in _split(value):
        begin = value.find(part, end)
        joiner = _JOINER.match(value, begin + len(part))
        end = joiner.end() if joiner else begin + len(part)
        text = part.strip()
        if text.lower() == "others":
            names.append(OTHERS)
            continue
        mistake = _mistake(text)
        if mistake:
            mistakes.append((_fault(value, part, begin), text, mistake))
        else:
            names.append(_name(text))
    return tuple(names), tuple(mistakes)


def han_names(part: str) -> tuple[str, ...]:
    """Return the Chinese names that commas join in one name, or none: 马辉, 吴斌.

    A Chinese family name has one character, or is one of a few with two; there are no suffixes.
    """
    names = tuple(name.strip() for name in _BETWEEN_HAN.split(part.strip(" ,;；，、\n")))
    if not _BETWEEN_HAN.search(part) or not all(_WHOLE_HAN_NAME.fullmatch(name) for name in names):
        return ()
    return () if len(names) == 2 and "," in part and _LONG_SURNAMES.fullmatch(names[0]) else names


_BETWEEN_HAN = re.compile("[,;；，、]")
_WHOLE_HAN_NAME = re.compile(f"[{HAN}]{{2,4}}")
_LONG_SURNAMES = re.compile(
    "欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|轩辕|东方|南宫|端木|百里|呼延|赫连|钟离|澹台|申屠|太史|公冶|宗政"
    "|濮阳|淳于|单于|拓跋|独孤|耶律|完颜|万俟|闻人|歐陽|司馬|諸葛|東方|南宮|鍾離|長孫|軒轅"
)


def with_own_forms(names: tuple[PersonName, ...], annotations: str) -> tuple[PersonName, ...]:
    """Return the names with their forms in another script (`1=陈健; 2=王芳`), without annotations in Latin letters."""
    own: dict[int, str] = {}
    for item in annotations.split(";"):
        found = _ANNOTATION.match(item)
        if found and not _LATIN.search(found["text"]):
            own[int(found["number"])] = found["text"]
    return tuple(replace(name, own=own.get(number, "")) for number, name in enumerate(names, 1))


def with_prefix(name: PersonName) -> PersonName:
    """Return the name with its prefix as part of the family name (BibLaTeX's `useprefix`): de Gaulle, Charles."""
    return replace(name, family=with_particle(name.prefix, name.family), prefix="") if name.prefix else name


def _split(value: str) -> list[str]:
    """Return the names between the words "and" outside braces."""
    if "{" not in value:
        return _AND.split(value)
    depth, begin = 0, 0
    parts: list[str] = []
    for found in _BRACES_OR_AND.finditer(value):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            parts.append(value[begin : found.start()])
            begin = found.end()
    return [*parts, value[begin:]]


def _fault(value: str, part: str, begin: int) -> int:
    """Return the offset of the fault in a name that begins there."""
    dangling = _OUTER_AND.search(part)
    if dangling and dangling.start():
        return begin + dangling.start() + 1
    spaces = _SPACES.match(value, begin)
    return spaces.end() if spaces else begin


def _commas(text: str) -> list[str]:
    """Return the parts between commas outside braces."""
    if "{" not in text:
        return text.split(",")
    depth, begin = 0, 0
    parts: list[str] = []
    for found in _BRACES_OR_COMMA.finditer(text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]


def _mistake(text: str) -> str:
    """Return what is wrong with a name, or ""."""
    if not text or _OUTER_AND.search(text):
        return "a name is empty"
    commas = len(_commas(text)) - 1
    if commas > 2 and "=" not in text:
        return f"a name has {commas} commas, and takes two at most"
    if not text.startswith("{") and _JOINERS.search(text) and "\\" not in text and "&" not in text:
        return "names are joined by the word and"
    return ""


def with_particle(prefix: str, family: str) -> str:
    """Return a family name after its particle: van Gogh, d'Este."""
    return f"{prefix}{family}" if prefix.endswith(("'", "’")) else f"{prefix} {family}".strip()


def _name(text: str) -> PersonName:
    text = _NUMBER_OF_NAMESAKE.sub("", text.replace("{\\null} ", ""))  # Better BibTeX: d'{\null} Este
    if text[0] == "{" and text[-1] == "}" and _closes_at_end(text):
        return PersonName(literal=_text(text[1:-1]))
    parts = _commas(text)
    if "=" in text and _PART.match(parts[0]):
        return _of_named_parts(parts)
    if len(parts) == 1:
        return _in_reading_order(text)
    prefix, family = _prefix(parts[0].split() if "{" not in parts[0] else _words(parts[0]))
    suffix = _text(parts[1]) if len(parts) == 3 else ""
    return PersonName(_text(family), _text(parts[-1]), _text(prefix), suffix)


def _closes_at_end(text: str) -> bool:
    """Return whether the first brace closes with the last character."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return position == len(text) - 1
    return False


def _of_named_parts(parts: list[str]) -> PersonName:
    """Read `family=Beethoven, given=Ludwig, prefix=van, useprefix=true`."""
    found = [match for part in parts if (match := _PART.match(part))]
    given: Mapping[str, str] = {match["name"]: _text(match["value"].strip("{}")) for match in found}
    name = PersonName(given.get("family", ""), given.get("given", ""), given.get("prefix", ""), given.get("suffix", ""))
    return with_prefix(name) if given.get("useprefix", "").lower() == "true" else name


def _in_reading_order(text: str) -> PersonName:
    """Read `Ludwig van Beethoven`, `陈健`, `陈 健`, `Plato`."""
    words = _words(text)
    if is_han(text):
        whole = not _LATIN.search(text) and len(words) == 2
        return PersonName(family=words[0], given=words[1]) if whole else PersonName(literal=_text(text))
    if len(words) == 1:
        return PersonName(family=_text(text))
    lower = [position for position, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return PersonName(_text(words[-1]), _text(" ".join(words[:-1])))
    first, last = lower[0], lower[-1] + 1
    return PersonName(_text(" ".join(words[last:])), _text(" ".join(words[:first])), _text(" ".join(words[first:last])))


def _words(text: str) -> list[str]:
    """Return the words between spaces outside braces."""
    if "{" not in text:
        return text.replace("~", " ").split()
    words = [""]
    depth = 0
    for character in text.strip():
        depth += (character == "{") - (character == "}")
        if depth == 0 and character in " \t\n~":
            words.append("")
        else:
            words[-1] += character
    return [word for word in words if word]


def _prefix(words: list[str]) -> tuple[str, str]:
    """Divide `von der Leyen` into `von der` and `Leyen`: the first words in lower case, but never the last word."""
    count = 0
    while count < len(words) - 1 and _is_lower(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_lower(word: str) -> bool:
    r"""Return whether a word begins in lower case; `{Corp}` does not, `\'e` does."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = word if word[0].isalpha() else plain(decode(word))
    return letters[:1].islower() and "'" not in letters[1:2]


def _text(value: str) -> str:
    return plain(decode(value))
