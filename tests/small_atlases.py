"""Atlases of a few lines, in memory: what a test of one module gives to it and to those before it."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.bibliography.parsing.works import read_works
from atlas.content.files import File
from atlas.content.linking import Atlas, link
from atlas.content.model import Record, Site
from atlas.content.records import Content, read_records
from atlas.content.site_config import read_site
from atlas.core.problems import Problem, Span
from atlas.core.sources import Source
from atlas.markdown.passages import Passage
from atlas.markdown.prose import Prose, convert
from atlas.markdown.scanner import scan
from atlas.markdown.slots import CLOSE, OPEN, SLOT, Scanned, Slot

SITE = """\
title: {en: Two Valleys, fr: Deux vallées, zh: 两谷}
description: {en: An invented atlas., fr: Un atlas inventé., zh: 虚构图志。}
author: {en: Two Valleys, fr: Deux vallées, zh: 两谷}
base_url: https://valleys.example/atlas/
as_of: 2027-03-01
languages:
  en: {tag: en, name: English}
  fr: {tag: fr, name: Français}
  zh: {tag: zh-Hans, name: 简体中文}
sides:
  north: {label: {en: North, fr: Nord, zh: 北}}
  south: {label: {en: South, fr: Sud, zh: 南}}
  beyond: {label: {en: Beyond, fr: Ailleurs, zh: 外}, compared: false}
dimensions:
  origin: {label: {en: Origin, fr: Origine, zh: 起源}, question: {en: Whence?, fr: D’où ?, zh: 何来？}}
  upkeep: {label: {en: Upkeep, fr: Entretien, zh: 维护}, question: {en: Who pays?, fr: Qui paie ?, zh: 谁付？}}
fields:
  light: {label: {en: Light, fr: Lumière, zh: 灯火}}
contributions:
  trust: {label: {en: Trust, fr: Confiance, zh: 信任}}
kinds:
  actor:
    club: {label: {en: Club, fr: Club, zh: 社}, not_applicable: [upkeep]}
    society: {label: {en: Society, fr: Société, zh: 会}}
  instrument:
    charter: {label: {en: Charter, fr: Charte, zh: 约}}
  case:
    gift: {label: {en: Gift, fr: Don, zh: 礼}}
relation_types:
  funded-by: {label: {en: funded by, fr: financée par, zh: 受资助于}, inverse: {en: funds, fr: finance, zh: 资助}}
  partner-of: {label: {en: partner of, fr: partenaire de, zh: 伙伴}, symmetric: true}
navigation: [/actors/]
"""
WORKS = """\
@book{lamp1901, author = {Ada Quill}, title = {Lamps}, year = {1901}, publisher = {Pier}}
@book{bridge1904, author = {Bo Arch}, title = {Bridges}, year = {1904}, publisher = {Pier}}
@book{tide1910, author = {Cy Tide}, title = {Tides}, year = {1910}, publisher = {Pier}}
"""
LAMPS = "content/actors/lamps.yaml"
BRIDGES = "content/actors/bridges.yaml"
GIFT = "content/cases/gift.md"


def passage(text: str, path: str = "content/cases/gift.md") -> Passage:
    """A text that stands alone in its file."""
    return Passage(text, Span(path, 1, 1), text)


def scanned(text: str, *, block: bool = True) -> Scanned:
    """A text scanned."""
    return scan(passage(text), block=block)


def converted(text: str, *, block: bool = True) -> tuple[Prose, tuple[Problem, ...]]:
    """A text converted, with its problems."""
    return convert(passage(text), block=block)


def html_of(text: str, *, block: bool = True) -> str:
    """The HTML of a text that has no problem, its slots as `⟦0⟧`."""
    prose, problems = converted(text, block=block)
    assert problems == ()
    return visible(prose.html)


def rules_of(text: str, *, block: bool = True) -> list[str]:
    """The rules that a text breaks when it is read."""
    return [problem.rule for problem in converted(text, block=block)[1]]


def visible(text: str) -> str:
    """A text with its slots as `⟦0⟧`."""
    return text.replace(OPEN, "⟦").replace(CLOSE, "⟧")


def in_words(text: str, slots: tuple[Slot, ...]) -> str:
    """A text in which each link shows its label or id, and each citation its keys."""

    def shown(slot: Slot) -> str:
        if slot.kind == "cite":
            return "(" + "; ".join(cite.key for cite, _ in slot.cites) + ")"
        return (slot.label or slot.target) if slot.kind == "record" else ""

    return SLOT.sub(lambda found: shown(slots[int(found[1])]), text)


def actor(name: str, rest: str = "", *, lang: str = "en", sides: str = "north", kind: str = "society") -> str:
    """A record of an actor with a name and whatever keys follow."""
    head = f"lang: {lang}\ndate: 2026-11-22\nnames: [{{lang: {lang}, text: {name}}}]\nsides: [{sides}]\nkind: {kind}\n"
    return head + ("" if "summary:" in rest else "summary: A society [@lamp1901].\n") + rest


def case(body: str, rest: str = "", *, lang: str = "en") -> str:
    """A record of a case with a body and whatever keys follow."""
    head = f"---\nlang: {lang}\ndate: 2026-11-22\ntitle: A gift\nkind: gift\nsides: [north, south]\nsummary: A gift.\n"
    return f"{head}{rest}---\n\n{body}\n"


def page(body: str, rest: str = "", *, lang: str = "en") -> str:
    """A page with a body and whatever keys follow."""
    return f"---\nlang: {lang}\ndate: 2026-11-22\ntitle: A page\n{rest}---\n\n{body}\n"


@dataclass(frozen=True, slots=True)
class Made:
    """What the stages before planning make of some files."""

    site: Site
    content: Content
    atlas: Atlas
    problems: tuple[Problem, ...]

    def record(self, id: str) -> Record:
        """A record."""
        return self.content.records[id]

    def rules(self) -> list[str]:
        """The rules broken."""
        return sorted(problem.rule for problem in self.problems)


def made(files: dict[str, str], *, works: str = WORKS, assets: dict[str, File] | None = None, site: str = SITE) -> Made:
    """Read, check and link some files of content/ beside `SITE`."""
    sources = {path: Source(path, text) for path, text in {"content/site.yaml": site, **files}.items()}
    declarations, declared, problems = read_site(sources)
    assert declarations is not None, problems
    content, found = read_records(sources, declared)
    entries, flaws = read_works(works, "bibliography.bib")
    atlas, dangling = link(
        declarations, content, {work.key: work for work in entries}, assets or {}, set(assets or ()), works
    )
    return Made(declarations, content, atlas, (*problems, *found, *flaws, *dangling))


def places(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, int, int]]:
    """The rule, line and column of each problem."""
    return [(problem.rule, problem.span.line, problem.span.column) for problem in problems]
