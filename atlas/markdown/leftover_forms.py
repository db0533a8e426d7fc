"""The forms of other tools, and broken forms of Markdown, that a page would show as they are typed."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from atlas.markdown.nodes import CALLOUTS


class Form(NamedTuple):
    """A form that is not read.

    Attributes:
        name: its name.
        signs: texts without any of these do not hold it.
        pattern: what it looks like; code and escaped signs are control characters, `^` and `$` stand at each line.
        what: what it is, for a message.
        hint: what to write instead.
    """

    name: str
    signs: tuple[str, ...]
    pattern: str
    what: str
    hint: str

    def regex(self) -> re.Pattern[str]:
        """Return the pattern, compiled when a text first may hold it."""
        return _compiled(self.pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


FORMS: Final = (
    Form(
        "liquid",
        ("{%",),
        r"\{%.*?%\}",
        "a tag of Jekyll or Hugo",
        "write the form of docs/content.md for it, or remove it",
    ),
    Form(
        "hugo",
        ("{{<",),
        r"\{\{<.*?>\}\}",
        "a shortcode of Hugo or Quarto",
        "write the form of docs/content.md for it, or remove it",
    ),
    Form(
        "braces",
        ("{{",),
        r"\{\{.*?\}\}",
        "a variable or template of another tool",
        "write the words that it stands for",
    ),
    Form(
        "colons",
        (":::",),
        r"^[ \t>]*:{3,}(?:[ \t]*[\w{].*|[ \t]+)$(?:\n[ \t>]*:[\w-]+:.*$)*",
        "a block of Quarto, Pandoc or MyST",
        "write > [!NOTE] in place of the first line, > before its words, and remove the last; or keep the words alone",
    ),
    Form(
        "admonition",
        (
            "!!!",
            "???",
        ),
        r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+\w.*$",
        "an admonition of MkDocs",
        "write > [!NOTE] in place of this line, and > before its words",
    ),
    Form(
        "alert",
        ("[!",),
        rf"^[ \t]*\[!\w+\](?!\()|^[ \t>]*\[!(?!(?i:{'|'.join(CALLOUTS)})\][ \t]*$)\w+\](?!\()",
        "a callout of another kind",
        "write > [!NOTE] (or TIP, IMPORTANT, WARNING, CAUTION) alone in its first line, and > before each line",
    ),
    Form(
        "role",
        (
            "}`",
            "}\x1a",
        ),
        r"\{[a-z][\w:+.-]*\}(?=[`\x1a])",
        "a role of MyST",
        "write [@key] for a citation, [[id]] for a record, or the words alone",
    ),
    Form(
        "target",
        (")=",),
        r"^\([\w-]+\)=[ \t]*$",
        "a target of MyST",
        "write {#id} at the end of the heading or paragraph",
    ),
    Form(
        "directive",
        (
            ".. ",
            ":`",
            ":\x1a",
        ),
        r"^[ \t]*\.\. [\w-]+::.*$|:[a-z]+:(?=[`\x1a])",
        "a directive or role of reStructuredText",
        "write the form of docs/content.md for it, or remove it",
    ),
    Form(
        "latex",
        ("\\",),
        r"\\[a-zA-Z]{2,}\*?(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*",
        "a command of LaTeX",
        "write [@key] for \\cite, *words* for \\emph, **words** for \\textbf, ## for \\section, and \\\\ for "
        "a plain \\",
    ),
    Form(
        "quotes",
        ("``",),
        r"(?<!`)``(?!`)(?=[^`\n]*'')",
        "a quotation mark of LaTeX",
        "write the quotation marks of the language",
    ),
    Form(
        "embed",
        ("![[",),
        r"!(?=\[\[[a-z0-9-]+[\]|#])",
        "an embedded note of Obsidian",
        "write ![caption](/files/name) for a picture, [[id]] for a record",
    ),
    Form(
        "block_id",
        ("^",),
        r"\^(?<=\s\^)[a-z][a-z0-9-]*(?=\s|$)",
        "the id of a block in Obsidian",
        "write {#id} at the end of the paragraph",
    ),
    Form(
        "highlight",
        ("==",),
        r"(?<![=\w])==(?=[^\s=])[^=\n]*?(?<=[^\s=])==(?!=)",
        "highlighted words",
        "write **words**",
    ),
    Form(
        "remark",
        ("%%",),
        r"%%.+?%%",
        "a comment of Obsidian",
        "write <!-- … -->",
    ),
    Form(
        "inline_note",
        ("^[",),
        r"\^\[",
        "a note within the line",
        "write [^1] here, and [^1]: with the words of the note in a line of its own",
    ),
    Form(
        "contents",
        (
            "TOC",
            "toc]",
        ),
        r"^[ \t]*\[(?:TOC|toc)\][ \t]*$|\[\[_TOC_\]\]|^[ \t]*(?:__TOC__|@\[toc\]).*$",
        "a table of contents",
        "remove it: pages have one of their own",
    ),
    Form(
        "box",
        (
            "[ ]",
            "[x]",
            "[X]",
        ),
        r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\](?=[ \t])",
        "the box of a task",
        "remove it, or write ☐ or ☑",
    ),
    Form(
        "word",
        (
            "Error!",
            "Erreur",
            "错误",
            "ADDIN",
            "_Toc",
            "_Ref",
            "REF ",
            "SEQ ",
            "HYPERLINK ",
        ),
        (
            r"(?:Error! (?:Reference source|Bookmark) not (?:found|defined)"
            r"|Erreur ?! (?:Source du renvoi introuvable|Signet non défini)|错误！?未找到引用源)\.?"
            r"|\b(?:ADDIN (?:ZOTERO|EN\.|CSL)|_Toc\d{4,}|_Ref\d{4,})\S*|\{ ?(?:REF|PAGEREF|SEQ"
            r"|HYPERLINK) [^}\n]*\}"
        ),
        "a field of Word",
        "write the words that it stands for, or [@key] for a citation",
    ),
    Form(
        "wiki_link",
        ("[http",),
        r"\[http[^\s\]]+[ ][^\]\n]+\](?!\()",
        "a link of a wiki",
        "write [words](https://…)",
    ),
    Form(
        "reversed",
        (")[",),
        r"\([^()\n]+\)\[(?=http|/)",
        "a link with its brackets the wrong way round",
        "write [words](https://…)",
    ),
    Form(
        "apart",
        (
            "] (",
            "]\t(",
        ),
        r"\][ \t]+\((?=http|/[a-z])",
        "a link whose two parts stand apart",
        "write [words](https://…) without a space between",
    ),
    Form(
        "wiki_marks",
        ("''",),
        r"(?<!')'{2,3}(?=[^\s'])[^'\n]+'{2,3}(?!')",
        "emphasis of a wiki",
        "write *words* or **words**",
    ),
    Form(
        "emoji",
        (":",),
        r":(?<![\w:]:)[a-z][a-z0-9_+-]{2,}:(?![\w:])",
        "the name of an emoji",
        "write the character itself, or words",
    ),
    Form(
        "open_braces",
        ("{#",),
        r"\{#[\w-]+(?![^{}\n]*\})",
        "an id whose braces are never closed",
        "write {#id}",
    ),
    Form(
        "open_address",
        ("<",),
        r"<(?=(?:http|www\.)[^\s<>]*(?:\s|$))",
        "an address in angle brackets that are never closed",
        "write > after it, or leave both out",
    ),
    Form(
        "open_code",
        ("`",),
        r"`+",
        "a backtick that nothing closes",
        "write one after the code, or \\` for a plain one",
    ),
)
