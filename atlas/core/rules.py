"""All rules that a problem can name: text, severity, and whether `--fix` handles it."""

from __future__ import annotations

from enum import Enum
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""An error stops the build; a warning does so only with `--strict`; a note is information."""


class Rule(str, Enum):  # noqa: UP042 - a StrEnum cannot carry further values
    """A rule that a problem can break; its value is its id.

    Attributes:
        text: what the rule asks, in a sentence or two.
        severity: how serious it is to break the rule.
        fixable: whether `check --fix` handles it.
    """

    text: str
    severity: Severity
    fixable: bool

    def __new__(cls, id: str, text: str = "", severity: Severity = "error", fixable: bool = False) -> Rule:
        """Make a member whose value is its id, so that `Rule(id)` finds it."""
        rule = str.__new__(cls, id)
        rule._value_ = id
        rule.text, rule.severity, rule.fixable = text, severity, fixable
        return rule

    def __str__(self) -> str:
        return str.__str__(self.value)

    EMPTY_CONTENT = ("empty-content", "The folder holds `content/` with `site.yaml` and at least one record.")
    BAD_UTF8 = ("bad-utf8", "Text files are UTF-8. A byte order mark and Windows line ends are accepted.")
    CONFLICT_MARKER = ("conflict-marker", "No file holds the markers of a merge that Git could not finish.")
    BAD_CHARACTER = (
        "bad-character",
        "Texts, names and keys hold no control, private or unpaired characters, also none written as an escape"
        " (`\\x0b`) or entity;"
        " lines end with the line end of the file. Letters that Unicode has had only since version 15.0 are not read"
        " (Han characters are): the supported versions of Python differ in them.",
    )
    OVER_LIMIT = ("over-limit", "A file keeps to the numbers under “Limits” in this reference.")
    OUTSIDE_LINK = ("outside-link", "Symbolic links lead to files inside the atlas.")
    CANNOT_READ = ("cannot-read", "The build may read every file.")
    PREVIEW_RESTARTED = (
        "preview-restarted",
        "The worker process of the preview runs; one that ends is replaced.",
        "warning",
    )
    PREVIEW_FAILED = ("preview-failed", "The preview can start a process that reads the atlas.")
    STRAY_FILE = ("stray-file", "Every file of `content/` is a record, a translation, or in `files/`.")
    BAD_ID = ("bad-id", "Ids and names of files are lower-case letters, digits and hyphens; none begins with `by-`.")
    BAD_IDENTIFIER = (
        "bad-identifier",
        "An ORCID, ROR or Wikidata identifier has the form and the check digits of its register.",
    )
    DUPLICATE_ID = (
        "duplicate-id",
        "An id belongs to one record; ids of facts, relations and headings are unique in their record.",
    )
    TODO_LEFT = (
        "todo-left",
        "Every blank (`TODO`) that `new` left is filled in, except in records that say `draft: true`.",
    )
    TODO_IN_DRAFT = ("todo-in-draft", "A draft may have blanks (`TODO`): they stop no build.", "note")
    MISSING_ALT = (
        "missing-alt",
        "Every picture or download has a `.yaml` beside it with `alt`, `credit` and `licence`.",
    )
    MISSING_TRANSCRIPT = (
        "missing-transcript",
        "Sound and video on a page have a `transcript`: a file with what is said in them.",
        "warning",
    )
    UNTRANSLATED_FILE = (
        "untranslated-file",
        "The `alt` and `caption` of a file are in every language of the site; else another language is shown.",
        "note",
    )
    BAD_UPLOAD = (
        "bad-upload",
        "A file of `content/files/` is of a type that docs/content.md lists, holds what its name says, and cannot run"
        " in a browser or on a server.",
    )
    LARGE_FILE = (
        "large-file",
        "Pictures and downloads have at most 500 kB, or pages show smaller copies of them (`image_variants`); a picture"
        " has at most 80 million pixels.",
        "warning",
    )
    DAMAGED_PICTURE = (
        "damaged-picture",
        "With `image_variants`, JPEG, PNG and WebP files can be read to their end.",
        "warning",
    )
    YAML_SYNTAX = ("yaml-syntax", "YAML is well formed: spaces, no tabs, no tags, one document.")
    YAML_COMMENT = (
        "yaml-comment",
        "No comment cuts off an unquoted text: a space and # begin one. A comment that is meant has two spaces before"
        " its # and one after it.",
        "warning",
    )
    YAML_ALIAS = ("yaml-alias", "YAML has no anchors and aliases.")
    DUPLICATE_YAML_KEY = ("duplicate-yaml-key", "A mapping gives each key once.")
    NO_FRONT_MATTER = ("no-front-matter", "A Markdown record begins with front matter between two lines `---`.")
    OPEN_FRONT_MATTER = ("open-front-matter", "Front matter is closed by a line `---`.")
    UNKNOWN_KEY = ("unknown-key", "Only the keys of this reference are used.")
    MISSING_KEY = ("missing-key", "Required keys are there; a fact names a source, a locator its work.")
    INCOMPLETE_CITATION = (
        "incomplete-citation",
        "Every part of a citation in brackets names a work: `[@key, p. 3; @other]`.",
        "warning",
    )
    MISSING_ID = ("missing-id", "Facts, relations and headings have ids.", "error", True)
    WRONG_TYPE = ("wrong-type", "A value has the type of its key.")
    BAD_DATE = ("bad-date", "Dates are EDTF (ISO 8601-2), levels 0 and 1, and exist in the calendar.")
    DATES_DIFFER = ("dates-differ", "The fields `year` and `date` of an entry agree.", "warning")
    END_BEFORE_START = ("end-before-start", "Nothing ends before it begins.")
    FUTURE_DATE = ("future-date", "No record is dated after `as_of`.", "warning")
    UPDATED_WITHOUT_CHANGE = ("updated-without-change", "A day in `updated` has its line in `changes`.")
    BAD_LOCATOR = ("bad-locator", "A locator is a place in a work: `p. 3`, `§ 4`, `ch. 2`, `页 12`.")
    BAD_COORDINATES = ("bad-coordinates", "Coordinates are [latitude, longitude] on earth.")
    BAD_ADDRESS = (
        "bad-address",
        "Addresses begin with https:// or http://; links in texts may also begin with mailto:, / or #.",
    )
    UNKNOWN_SIDE = ("unknown-side", "A side is declared in `site.yaml`.")
    UNKNOWN_DIMENSION = ("unknown-dimension", "A dimension is declared in `site.yaml`.")
    UNKNOWN_FIELD = ("unknown-field", "A field is declared in `site.yaml`.")
    UNKNOWN_CONTRIBUTION = ("unknown-contribution", "A contribution is declared in `site.yaml`.")
    UNKNOWN_KIND = ("unknown-kind", "A kind is declared in `site.yaml`, for the family of the record.")
    UNKNOWN_RELATION_TYPE = ("unknown-relation-type", "A relation type is declared in `site.yaml`.")
    UNKNOWN_LANGUAGE = (
        "unknown-language",
        "A language is declared in `site.yaml`, or a language tag; a translation is in another.",
    )
    UNREAD_LANGUAGE = ("unread-language", "The field `language` of an entry names a language.", "warning")
    UNKNOWN_PLACE = ("unknown-place", "A place is declared in `places.yaml`.")
    UNKNOWN_RECORD = (
        "unknown-record",
        "A record that is linked, listed or related exists, and is of a family that is allowed there.",
    )
    UNKNOWN_SIGNER = ("unknown-signer", "A signer that `site.yaml` registers signs a record or the atlas.", "warning")
    UNKNOWN_FACT = ("unknown-fact", "Fields, contributions, answers and `differs` name facts of their own record.")
    UNKNOWN_QUESTION = ("unknown-question", "A question of the scale or of the profile is declared in `site.yaml`.")
    UNKNOWN_ANSWER = ("unknown-answer", "A sort of answer is declared in `site.yaml`, with the scale.")
    UNKNOWN_WORK = ("unknown-work", "A cited work is in `bibliography.bib`.")
    UNCITED_WORK = ("uncited-work", "Every work of the bibliography is cited.", "note")
    BAD_STYLE = (
        "bad-style",
        "A citation style of an atlas has the keys, templates and words that the engine knows.",
    )
    UNKNOWN_STYLE = (
        "unknown-style",
        "A citation style is one of `atlas/bibliography/data/`, or `content/styles/NAME.yaml` of the atlas.",
    )
    EMPTY_BOOK = (
        "empty-book",
        "A book of `content/books/` has `families`, `records` or `path`, and with it at least one record.",
    )
    TWO_CONTENTS = (
        "two-contents",
        "A book of `content/books/` has only one of `families`, `records` and `path`.",
    )
    TWO_LANGUAGES = ("two-languages", "`parallel` of a book of `content/books/` has two different languages.")
    UNKNOWN_PAGE = ("unknown-page", "A link by path points to a page of the atlas.")
    UNKNOWN_FRAGMENT = ("unknown-fragment", "A link with a # points to an id of its page.")
    UNKNOWN_FOOTNOTE = ("unknown-footnote", "Every footnote reference has a footnote, and every footnote a reference.")
    UNKNOWN_FILE = ("unknown-file", "A picture or download that is used is in `content/files/`.")
    UNKNOWN_TEXT = ("unknown-text", "A translation translates something that the original has.")
    MISSING_TEXT = ("missing-text", "The translation of a Markdown text has all ids of the original.")
    SELF_RELATION = ("self-relation", "No record is related to itself, and no fact differs from itself.")
    REPEATED_RELATION = ("repeated-relation", "A relation is given once, from one of its ends.")
    NEEDLESS_UNANSWERED = ("needless-unanswered", "A dimension with a fact is not listed as unanswered.", "warning")
    BAD_ALIAS = ("bad-alias", "An alias is a path such as `/actors/old-name/`, without language.")
    TAKEN_ALIAS = ("taken-alias", "No page, file or other alias has the address of an alias.")
    UNCONNECTED_ACTOR = ("unconnected-actor", "An actor has a relation.", "note")
    WEAK_EVIDENCE = ("weak-evidence", "A fact cites at least two works, or as many as `--min-evidence` says.", "note")
    INSUFFICIENT_EVIDENCE = (
        "insufficient-evidence",
        "A fact cites as many works as `check --strict --min-evidence` requires.",
    )
    EMPTY_DIMENSION = (
        "empty-dimension",
        "Actors answer the dimensions; `check` counts by side those that do not.",
        "note",
    )
    LINK_BROKEN = ("link-broken", "An external link is not broken (`check --external`).", "warning")
    LINK_REDIRECTED = ("link-redirected", "An external link has not moved permanently (`check --external`).", "note")
    LINK_UNREACHABLE = ("link-unreachable", "An external link answers (`check --external`).", "note")
    LOST_ADDRESS = (
        "lost-address",
        "Every address of an earlier edition, or of the build that `check --against` names, still exists or redirects.",
        "warning",
    )
    LOST_ANCHOR = ("lost-anchor", "Every id of the earlier build still exists (`check --against`).", "warning")
    EDITION_LIST = (
        "edition-list",
        "The list of an edition, `content/releases/VERSION.txt`, is as `release` wrote it.",
        "warning",
    )
    UNFIT_RELEASE = (
        "unfit-release",
        "A release has a new version and a date, a public address and complete translations.",
    )
    BAD_IMPORT = ("bad-import", "A file for `import` is of a form that is read, and whole.")
    LOW_CONTRAST = (
        "low-contrast",
        "The colours of text in `looks` have a contrast of 4.5 to 1 with those behind them (WCAG 2.2, 1.4.3).",
        "warning",
    )
    SAME_URL = ("same-url", "Two pages never have one address.")
    UNCITED_PARAGRAPH = (
        "uncited-paragraph",
        "A lead cites a work; a paragraph of a case, concept, claim or comparison does so or is marked `{.reading}`.",
        "warning",
    )
    UNPLACED_QUOTATION = (
        "unplaced-quotation",
        "A quotation of six words or more, or ten Chinese characters, has a locator.",
        "warning",
    )
    UNCITED_QUOTE = ("uncited-quote", "A row of `evidence` quotes a work that its paragraph cites.")
    LONG_QUOTE = (
        "long-quote",
        "The words of a work beside a statement are at most 40, or 80 Chinese characters.",
        "warning",
    )
    UNSEEN_QUOTE = (
        "unseen-quote",
        "A work whose words stand beside a statement was seen: it is `consulted` whole, as an excerpt or an abstract.",
        "warning",
    )
    QUOTE_DIFFERS = (
        "quote-differs",
        "A statement has the numbers, years and names of the words beside it, and they have those of the statement"
        " where each of its works is quoted. All names of a place or record are one name.",
        "warning",
    )
    UNANSWERED_DIMENSION = (
        "unanswered-dimension",
        "An actor answers every dimension, or lists it in `unanswered`.",
        "warning",
    )
    BAD_DIGEST = ("bad-digest", "A digest is eight hexadecimal digits, written by `translations --accept`.")
    TRANSLATION_BEHIND = (
        "translation-behind",
        "A translation names the digest of the original as it is now.",
        "warning",
    )
    BAD_TRANSLATION_FILE = (
        "bad-translation-file",
        "A file for `translations --import` is a PO file whose header names a language of the site.",
    )
    UNIT_DIFFERS = (
        "unit-differs",
        "A unit that a translator sends back has the links, citations and numbers of its original.",
    )
    UNIT_OUTDATED = (
        "unit-outdated",
        "The original of a unit that a translator sends back is as it was in the export.",
        "warning",
    )
    UNFINISHED_BODY = (
        "unfinished-body",
        "A body is taken from a translator's file when all of it is translated.",
        "warning",
    )
    CITATION_DIFFERS = ("citation-differs", "The versions of a text cite the same works at the same places.", "warning")
    NUMBER_DIFFERS = ("number-differs", "The versions of a text have the same years and numbers.", "warning")
    APOSTROPHE = ("apostrophe", "An apostrophe is ’.", "warning", True)
    QUOTATION_MARKS = (
        "quotation-marks",
        "Quotation marks are those of the language: “ ”, «\xa0», “ ”.",
        "warning",
        True,
    )
    ELLIPSIS = ("ellipsis", "An ellipsis is …, in Chinese …….", "warning", True)
    FRENCH_SPACE = (
        "french-space",
        "French spaces its signs: fine no-break before ; ! ?, no-break before : and % and inside « ».",
        "warning",
        True,
    )
    FIRST_OF_MONTH = ("first-of-month", "In French the first of a month is 1er.", "warning", True)
    ORDINAL = ("ordinal", "French ordinals are 1er, 1re, 2e.", "warning", True)
    FULL_WIDTH = ("full-width", "Punctuation beside Chinese characters is full-width.", "warning", True)
    HAN_SPACE = ("han-space", "There is no space between Chinese characters.", "warning", True)
    DASH = ("dash", "The Chinese dash is ——.", "warning", True)
    BOOK_TITLE = ("book-title", "Chinese titles are in 《》, titles within titles in 〈〉.", "warning", True)
    TRADITIONAL_CHARACTERS = (
        "traditional-characters",
        "A text in simplified Chinese has no traditional characters.",
        "warning",
    )
    UNSAFE_HTML = ("unsafe-html", "Nothing in a text, a key or the bibliography can run in the reader's browser.")
    HTML_IN_FIELD = ("html-in-field", "A field of an entry holds no HTML tag: tags are shown as text.", "warning")
    RAW_HTML = ("raw-html", "Texts are Markdown without HTML.")
    HEADING_LEVEL = ("heading-level", "Headings begin at `##`.")
    SKIPPED_HEADING = (
        "skipped-heading",
        "A heading is at most one level below the heading before it; the first is `##`.",
        "warning",
    )
    UNREAD_MARKUP = (
        "unread-markup",
        "Texts hold no marks that pages show as they are typed: marks that nothing closes, and forms of other tools.",
        "warning",
    )
    BAD_FORMULA = ("bad-formula", "A formula between `$` is one that latex2mathml reads, without links and styles.")
    MISSING_TEMPLATE = ("missing-template", "Every template that is named exists.")
    TEMPLATE_ERROR = ("template-error", "Templates are well formed and use what their view holds.")
    BLOCKED_BY_POLICY = (
        "blocked-by-policy",
        "Own templates hold nothing that the content security policy blocks: inline styles and scripts, event"
        " attributes, scripts without digest, files of other sites (docs/publishing.md).",
        "warning",
    )
    MISSING_WORDS = (
        "missing-words",
        "The message catalogue of every language in `templates/words/` has all messages; English is shown for others.",
        "warning",
    )
    MISSING_WORD = ("missing-word", "Every message that a template uses is in a catalogue.")
    UNUSED_WORD = ("unused-word", "Every message of a catalogue is used.")
    UNKNOWN_SLOT = ("unknown-slot", "A message has the same slots as in the first language.")
    BAD_WORD = ("bad-word", "Messages are texts with closed slots.")
    ENGINE_FAILURE = (
        "engine-failure",
        "The engine itself fails: `.cache/failure.txt` is the report for its maintainers.",
    )
    NO_SHARE_IMAGE = (
        "no-share-image",
        "`share_images` needs Pillow, and fonts with all characters of the titles; a page without an image shows the"
        " picture of its kind.",
        "note",
    )
    NO_IMAGE_VARIANTS = (
        "no-image-variants",
        "`image_variants` needs Pillow; without it pages show the pictures as they are.",
        "note",
    )
    BAD_FONT = ("bad-font", "The files that `image_fonts` names are fonts (ttf, otf or ttc).")
    MISSING_CHARACTER = ("missing-character", "For a book as PDF, a font has every character of its text.")
    BAD_PICTURE = ("bad-picture", "Pictures of a book as PDF can be read, and have at most 50 million pixels.")
    NOT_TYPESET = ("not-typeset", "There is enough memory to set a book as PDF.")
    CANNOT_WRITE = ("cannot-write", "The output folder can be written.")
    LONG_NAME = ("long-name", "The parts of an address have at most 240 bytes: file systems take no more.")
    UNMANAGED_FILE = (
        "unmanaged-file",
        "The build leaves files alone that it did not make.",
        "note",
    )
    OCCUPIED_PATH = ("occupied-path", "Nothing that the build did not make is in the place of a page.")
    EDITED_PAGE = ("edited-page", "Pages are not edited in the output folder: they are replaced.", "note")
    DUPLICATE_KEY = ("duplicate-key", "A key belongs to one work.")
    MISSING_COMMA = ("missing-comma", "A comma ends the key and every field of an entry.")
    MISSING_EQUALS = ("missing-equals", "A field and its value are joined by =.")
    UNCLOSED_ENTRY = ("unclosed-entry", "The braces and quotation marks of an entry are closed.")
    UNDEFINED_STRING = ("undefined-string", "A string that is used is defined by `@string`.")
    EMPTY_KEY = ("empty-key", "An entry has a key.")
    BAD_KEY = ("bad-key", "A key can be part of an address.")
    DUPLICATE_FIELD = ("duplicate-field", "An entry gives each field once.")
    STRAY_TEXT = ("stray-text", "Only comments are between entries.")
    MISSING_TITLE = ("missing-title", "A work has a title; [in brackets] where it is a description.")
    UNKNOWN_TYPE = ("unknown-type", "The type of an entry is one that BibTeX or BibLaTeX has.", "warning")
    UNKNOWN_BIB_FIELD = (
        "unknown-bib-field",
        "A field is one that BibTeX or BibLaTeX has, or begins with `x-`.",
        "warning",
    )
    UNKNOWN_LATEX = ("unknown-latex", "Commands of LaTeX in a field are among those that are read.", "warning")
    UNKNOWN_CROSSREF = ("unknown-crossref", "A parent entry of another entry is in the file.")
    LOST_CROSSREF = (
        "lost-crossref",
        "The parent of an entry is in the file, even if the entry is complete.",
        "warning",
    )
    CROSSREF_CYCLE = ("crossref-cycle", "No work is part of itself.")
    BAD_NAME = ("bad-name", "Names have the parts that BibTeX knows.")
    JOINED_NAMES = ("joined-names", "The names of an entry are joined by `and`, Chinese names too.", "warning")
    BAD_CONSULTED = ("bad-consulted", "`consulted` is `whole`, `excerpt`, `abstract` or `cited`.")
    UNKNOWN_VOICE = (
        "unknown-voice",
        "The voice of a work (`x-voice`) is declared in `site.yaml`, where that declares voices.",
    )
    BAD_DOI = ("bad-doi", "A DOI begins with 10.")
    OTHER_IDENTIFIER = ("other-identifier", "The field `doi` holds a DOI; other identifiers are not shown.", "warning")
    BAD_URL = ("bad-url", "The address of a work begins with https:// or http://.")
    SIMILAR_WORKS = ("similar-works", "Two entries that differ only by key are one.", "warning")
    BIDI_MARK = ("bidi-mark", "No field holds marks that turn the direction of writing.", "warning")
