"""The scale: the answers of an actor to its questions, and the order of the actors by them."""

from __future__ import annotations

from atlas.content.coverage import reading
from atlas.content.model import Record, Scale
from atlas.pages.setting import Setting
from atlas.pages.views import AnswerRow, ScaleSection

SCALE_PATH = "/compare/by-scale/"


def scale_section(setting: Setting, record: Record) -> ScaleSection | None:
    """The questions of the scale with the answers of a record; nothing where the site has no scale."""
    site = setting.atlas.site
    if site.scale is None:
        return None
    counted, known = reading(site.scale, record)
    rows = []
    for question, label in site.scale.questions.items():
        answer = record.answers.get(question)
        words = setting.label(site.scale.answers[answer.sort]) if answer else ""
        facts = tuple(setting.url(f"{record.address}#{link.target}") for link in answer.facts) if answer else ()
        rows.append(AnswerRow(setting.label(label), words, facts))
    url = ""
    return ScaleSection(
        setting.label(site.scale.label), tuple(rows), sort_label(setting, site.scale), counted, known, url
    )


def sort_label(setting: Setting, scale: Scale) -> str:
    """What the sort of answer that the scale counts is called; several are joined."""
    return " / ".join(setting.label(label) for id, label in scale.answers.items() if id in scale.counted)
