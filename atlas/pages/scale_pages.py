"""The scale: the answers of an actor to its questions, and the order of the actors by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from atlas.content.coverage import compared_sides, reading, works_of_facts
from atlas.content.model import Record, Scale
from atlas.pages.citing_pages import page_downloads
from atlas.pages.comparing import COMPARE, crumb, sides
from atlas.pages.editions import Edition, address
from atlas.pages.openings import opened, opening, works_behind
from atlas.pages.setting import Setting
from atlas.pages.views.comparisons import ScaleMark, ScaleRow, ScaleView
from atlas.pages.views.parts import WorksBehind
from atlas.pages.views.records import AnswerRow, ScaleSection

SCALE_PATH = f"{COMPARE}by-scale/"
LEAST = 2
"""The known answers that an actor needs to be given a place."""
_STEP = 16
"""The room of one mark in a drawing."""


def scale_section(setting: Setting, record: Record) -> ScaleSection | None:
    """The questions of the scale with the answers of a record; nothing where the site has no scale."""
    site = setting.atlas.site
    if site.scale is None:
        return None
    counted, known = reading(site.scale, record)
    url = setting.url(SCALE_PATH) if "compare" in site.views else ""
    rows = _answers(setting, site.scale, record)
    return ScaleSection(setting.label(site.scale.label), rows, sort_label(setting, site.scale), counted, known, url)


def sort_label(setting: Setting, scale: Scale) -> str:
    """What the sort of answer that the scale counts is called; several are joined."""
    return " / ".join(setting.label(label) for id, label in scale.answers.items() if id in scale.counted)


def scale_page(edition: Edition) -> tuple[Setting, ScaleView, str]:
    """The page of the order; the site has a scale."""
    setting = Setting(edition, SCALE_PATH)
    scale = edition.atlas.site.scale
    assert scale is not None
    begun = opening(setting, setting.label(scale.label))
    actors = {actor.id: actor for actor in edition.atlas.family("actor")}
    rows = [_row(setting, scale, actors[id]) for id in edition.sorted(actors)]
    placed = [row for row in rows if row.known >= LEAST]
    view = ScaleView(
        head=opened(setting, begun, crumb(setting)),
        opening=begun,
        sort=sort_label(setting, scale),
        questions=tuple(setting.label(label) for label in scale.questions.values()),
        width=_STEP * len(scale.questions),
        placed=tuple(sorted(placed, key=lambda row: (-row.counted, row.known))),
        unplaced=tuple(row for row in rows if row.known < LEAST),
        works=_works(setting, actors.values()),
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view, "scale.html"


def _answers(setting: Setting, scale: Scale, record: Record) -> tuple[AnswerRow, ...]:
    rows = []
    for question, label in scale.questions.items():
        answer = record.answers.get(question)
        words = setting.label(scale.answers[answer.sort]) if answer else ""
        facts = tuple(setting.url(address(record, link.target)) for link in answer.facts) if answer else ()
        rows.append(AnswerRow(setting.label(label), words, facts))
    return tuple(rows)


def _row(setting: Setting, scale: Scale, record: Record) -> ScaleRow:
    counted, known = reading(scale, record)
    answers = _answers(setting, scale, record)
    return ScaleRow(setting.card(record.id), counted, known, _marks(scale, record), answers)


def _marks(scale: Scale, record: Record) -> tuple[ScaleMark, ...]:
    """One mark a question, in their order."""
    marks = []
    for number, question in enumerate(scale.questions):
        answer = record.answers.get(question)
        form = "unknown" if answer is None else "counted" if answer.sort in scale.counted else "other"
        marks.append(ScaleMark(number * _STEP, form))  # type: ignore[arg-type]
    return tuple(marks)


def _works(setting: Setting, actors: Iterable[Record]) -> WorksBehind:
    """The works behind the facts that answer, by side."""
    groups = []
    for side in sides(setting):
        own: Sequence[Record] = [one for one in actors if side.id in compared_sides(setting.atlas.site, one)]
        named = [(one, {link.target for answer in one.answers.values() for link in answer.facts}) for one in own]
        facts = [fact for one, ids in named for fact in one.facts if fact.id in ids]
        groups.append((setting.label(side.label), works_of_facts(facts)))
    return works_behind(setting, groups)
