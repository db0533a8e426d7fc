"""Makes the scale page: the answers of each actor, and the order of the actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from atlas.content.coverage import compared_sides, scale_score, works_of_facts
from atlas.content.model import Record, Scale
from atlas.pages.compare.columns import COMPARE, crumb, has_compared_side, sides
from atlas.pages.compare.views import ScaleMark, ScaleRow, ScaleView
from atlas.pages.context import PageContext
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite, address
from atlas.pages.page_citations import page_downloads
from atlas.pages.page_intro import NO_WORKS, intro, intro_head, share, works_behind
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.records.views import AnswerRow, ScaleSection
from atlas.pages.view_parts import WorksBehind

SCALE_PATH = f"{COMPARE}by-scale/"
MISSING = 1
"""How many answers of an actor in the order may be unknown: it has four of five, and two of two."""
_STEP = 16
"""The width of one mark in a drawing."""


def scale_section(context: PageContext, record: Record) -> ScaleSection | None:
    """Return the questions of the scale with the answers of a record; None where the site has no scale."""
    site = context.atlas.site
    if site.scale is None:
        return None
    counted, known = scale_score(site.scale, record)
    url = context.url(SCALE_PATH) if "compare" in site.views else ""
    rows = _answers(context, site.scale, record)
    return ScaleSection(context.label(site.scale.label), rows, sort_label(context, site.scale), counted, known, url)


def sort_label(context: PageContext, scale: Scale) -> str:
    """Return the name of the answers that the scale counts; several are joined."""
    return " / ".join(context.label(label) for id, label in scale.answers.items() if id in scale.counted)


def scale_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of the order, unless the site has no scale or compares no side."""
    scale = inputs.atlas.site.scale
    if scale and has_compared_side(locale_site):
        known = [scale_score(scale, actor)[1] > 0 for actor in inputs.atlas.compared()]
        part = Part(SCALE_PATH, total=max(known.count(True), known.count(False)), several=True)
        yield from list_pages(locale_site, part, locale_site.label(scale.label), partial(_scale_view, scale=scale))


def _scale_view(context: PageContext, scale: Scale) -> ScaleView:
    begun = intro(context, context.label(scale.label))
    actors = {actor.id: actor for actor in context.atlas.compared()}
    scores = {id: scale_score(scale, actors[id]) for id in context.locale_site.sorted(actors)}
    least = max(len(scale.questions) - MISSING, 2)
    placed = sorted(
        (-counted, known, place) for place, (counted, known) in enumerate(scores.values()) if known >= least
    )
    ids = list(scores)

    def rows(shown: Sequence[str]) -> tuple[ScaleRow, ...]:
        return tuple(_row(context, scale, actors[id]) for id in context.on_page(shown))

    return ScaleView(
        head=intro_head(context, begun, crumb(context)),
        intro=begun,
        sort=sort_label(context, scale),
        questions=tuple(context.label(label) for label in scale.questions.values()),
        width=_STEP * len(scale.questions),
        known=share(context, sum(known for _, known in scores.values()), len(actors) * len(scale.questions)),
        actors=len(actors),
        least=least,
        ordered=len(placed),
        grid=rows([id for id, (_, known) in scores.items() if known]),
        placed=rows([ids[place] for *_, place in placed]),
        unplaced=rows([id for id, (_, known) in scores.items() if not known]),
        works=NO_WORKS if context.is_further else _works(context, actors.values()),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _answers(context: PageContext, scale: Scale, record: Record) -> tuple[AnswerRow, ...]:
    rows = []
    for question, label in scale.questions.items():
        answer = record.answers.get(question)
        words = context.label(scale.answers[answer.sort]) if answer else ""
        facts = tuple(context.url(address(record, link.target)) for link in answer.facts) if answer else ()
        rows.append(AnswerRow(context.label(label), words, facts))
    return tuple(rows)


def _row(context: PageContext, scale: Scale, record: Record) -> ScaleRow:
    counted, known = scale_score(scale, record)
    answers = _answers(context, scale, record)
    return ScaleRow(context.card(record.id), counted, known, _marks(scale, record), answers)


def _marks(scale: Scale, record: Record) -> tuple[ScaleMark, ...]:
    """Return one mark for each question, in their order."""
    marks = []
    for number, question in enumerate(scale.questions):
        answer = record.answers.get(question)
        form = "unknown" if answer is None else "counted" if answer.sort in scale.counted else "other"
        marks.append(ScaleMark(number * _STEP, form))  # type: ignore[arg-type]
    return tuple(marks)


def _works(context: PageContext, actors: Iterable[Record]) -> WorksBehind:
    """Return the works cited by the facts behind the answers, by side."""
    groups = []
    for side in sides(context):
        own: Sequence[Record] = [one for one in actors if side.id in compared_sides(context.atlas.site, one)]
        named = [(one, {link.target for answer in one.answers.values() for link in answer.facts}) for one in own]
        facts = [fact for one, ids in named for fact in one.facts if fact.id in ids]
        groups.append((context.label(side.label), works_of_facts(facts)))
    return works_behind(context, groups)
