"""The forms of other tools, and broken forms of Markdown, that a page would show as they are typed."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Form(NamedTuple):
    """A form that is not read.

    Attributes:
        name: its name.
        signs: texts without any of these do not hold it.
        pattern: what it looks like; code and escaped signs are control characters.
        what: what it is, for a message.
        hint: what to write instead.
    """

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    what: str
    hint: str


FORMS: Final = (
    Form(
        "liquid",
        ("{%",),
        re.compile(
            r"\{%.*?%\}",
            re.MULTILINE,
        ),
        "a tag of Jekyll or Hugo",
        "write the form of docs/content.md for it, or remove it",
    ),
    Form(
        "hugo",
        ("{{<",),
        re.compile(
            r"\{\{<.*?>\}\}",
            re.MULTILINE,
        ),
        "a shortcode of Hugo or Quarto",
        "write the form of docs/content.md for it, or remove it",
    ),
    Form(
        "braces",
        ("{{",),
        re.compile(
            r"\{\{.*?\}\}",
            re.MULTILINE,
        ),
        "a variable or template of another tool",
        "write the words that it stands for",
    ),
    Form(
        "colons",
        (":::",),
        re.compile(
            r"^[ \t>]*:{3,}(?:[ \t]*[\w{].*|[ \t]+)$(?:\n[ \t>]*:[\w-]+:.*$)*",
            re.MULTILINE,
        ),
        "a block of Quarto, Pandoc or MyST",
        "write its words as a paragraph, and remove the lines of colons",
    ),
    Form(
        "admonition",
        (
            "!!!",
            "???",
        ),
        re.compile(
            r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+\w.*$",
            re.MULTILINE,
        ),
        "an admonition of MkDocs",
        "write its words as a paragraph, and remove the marks before them",
    ),
    Form(
        "alert",
        ("[!",),
        re.compile(
            r"^[ \t>]*\[!\w+\](?!\()",
            re.MULTILINE,
        ),
        "an aside of GitHub",
        "write its words as a paragraph, with **Note** before them",
    ),
    Form(
        "role",
        (
            "}`",
            "}\x1a",
        ),
        re.compile(
            r"\{[a-z][\w:+.-]*\}(?=[`\x1a])",
            re.MULTILINE,
        ),
        "a role of MyST",
        "write [@key] for a citation, [[id]] for a record, or the words alone",
    ),
    Form(
        "target",
        (")=",),
        re.compile(
            r"^\([\w-]+\)=[ \t]*$",
            re.MULTILINE,
        ),
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
        re.compile(
            r"^[ \t]*\.\. [\w-]+::.*$|:[a-z]+:(?=[`\x1a])",
            re.MULTILINE,
        ),
        "a directive or role of reStructuredText",
        "write the form of docs/content.md for it, or remove it",
    ),
    Form(
        "latex",
        ("\\",),
        re.compile(
            r"\\[a-zA-Z]{2,}\*?(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})*",
            re.MULTILINE,
        ),
        "a command of LaTeX",
        "write [@key] for \\cite, *words* for \\emph, **words** for \\textbf, ## for \\section, and \\\\ for "
        "a plain \\",
    ),
    Form(
        "quotes",
        ("``",),
        re.compile(
            r"(?<!`)``(?!`)(?=[^`\n]*'')",
            re.MULTILINE,
        ),
        "a quotation mark of LaTeX",
        "write the quotation marks of the language",
    ),
    Form(
        "embed",
        ("![[",),
        re.compile(
            r"!(?=\[\[[a-z0-9-]+[\]|#])",
            re.MULTILINE,
        ),
        "an embedded note of Obsidian",
        "write ![caption](/files/name) for a picture, [[id]] for a record",
    ),
    Form(
        "block_id",
        ("^",),
        re.compile(
            r"(?<=\s)\^[a-z][a-z0-9-]*(?=\s|$)",
            re.MULTILINE,
        ),
        "the id of a block in Obsidian",
        "write {#id} at the end of the paragraph",
    ),
    Form(
        "highlight",
        ("==",),
        re.compile(
            r"(?<![=\w])==(?=[^\s=])[^=\n]*?(?<=[^\s=])==(?!=)",
            re.MULTILINE,
        ),
        "highlighted words",
        "write **words**",
    ),
    Form(
        "remark",
        ("%%",),
        re.compile(
            r"%%.+?%%",
            re.MULTILINE,
        ),
        "a comment of Obsidian",
        "write <!-- … -->",
    ),
    Form(
        "inline_note",
        ("^[",),
        re.compile(
            r"\^\[",
            re.MULTILINE,
        ),
        "a note within the line",
        "write [^1] here, and [^1]: with the words of the note in a line of its own",
    ),
    Form(
        "contents",
        (
            "TOC",
            "toc]",
        ),
        re.compile(
            r"^[ \t]*\[(?:TOC|toc)\][ \t]*$|\[\[_TOC_\]\]|^[ \t]*(?:__TOC__|@\[toc\]).*$",
            re.MULTILINE,
        ),
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
        re.compile(
            r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\](?=[ \t])",
            re.MULTILINE,
        ),
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
        re.compile(
            r"(?:Error! (?:Reference source|Bookmark) not (?:found|defined)"
            r"|Erreur ?! (?:Source du renvoi introuvable|Signet non défini)|错误！?未找到引用源)\.?"
            r"|\b(?:ADDIN (?:ZOTERO|EN\.|CSL)|_Toc\d{4,}|_Ref\d{4,})\S*|\{ ?(?:REF|PAGEREF|SEQ"
            r"|HYPERLINK) [^}\n]*\}",
            re.MULTILINE,
        ),
        "a field of Word",
        "write the words that it stands for, or [@key] for a citation",
    ),
    Form(
        "wiki_link",
        ("[http",),
        re.compile(
            r"\[http[^\s\]]+[ ][^\]\n]+\](?!\()",
            re.MULTILINE,
        ),
        "a link of a wiki",
        "write [words](https://…)",
    ),
    Form(
        "reversed",
        (")[",),
        re.compile(
            r"\([^()\n]+\)\[(?=http|/)",
            re.MULTILINE,
        ),
        "a link with its brackets the wrong way round",
        "write [words](https://…)",
    ),
    Form(
        "apart",
        (
            "] (",
            "]\t(",
        ),
        re.compile(
            r"\][ \t]+\((?=http|/[a-z])",
            re.MULTILINE,
        ),
        "a link whose two parts stand apart",
        "write [words](https://…) without a space between",
    ),
    Form(
        "wiki_marks",
        ("''",),
        re.compile(
            r"(?<!')'{2,3}(?=[^\s'])[^'\n]+'{2,3}(?!')",
            re.MULTILINE,
        ),
        "emphasis of a wiki",
        "write *words* or **words**",
    ),
    Form(
        "abbreviation",
        ("*[",),
        re.compile(
            r"^[ \t]*\*\[[^\]\n]+\]:.*$",
            re.MULTILINE,
        ),
        "an abbreviation of PHP Markdown Extra",
        "write the words in full where the abbreviation first occurs, and remove this line",
    ),
    Form(
        "emoji",
        (":",),
        re.compile(
            r":(?<![\w:]:)[a-z][a-z0-9_+-]{2,}:(?![\w:])",
            re.MULTILINE,
        ),
        "the name of an emoji",
        "write the character itself, or words",
    ),
    Form(
        "open_braces",
        ("{#",),
        re.compile(
            r"\{#[\w-]+(?![^{}\n]*\})",
            re.MULTILINE,
        ),
        "an id whose braces are never closed",
        "write {#id}",
    ),
    Form(
        "open_address",
        ("<",),
        re.compile(
            r"<(?=(?:http|www\.)[^\s<>]*(?:\s|$))",
            re.MULTILINE,
        ),
        "an address in angle brackets that are never closed",
        "write > after it, or leave both out",
    ),
    Form(
        "open_code",
        ("`",),
        re.compile(
            r"`+",
            re.MULTILINE,
        ),
        "a backtick that nothing closes",
        "write one after the code, or \\` for a plain one",
    ),
)
