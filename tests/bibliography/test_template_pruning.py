"""Templates from which what a work cannot fill is taken out: no reference may lose anything by that."""

from __future__ import annotations

import pytest
from reference_lists import HERE, STYLES, specimens, style

from atlas.bibliography.formatting.reference_formatter import ReferenceFormatter
from atlas.bibliography.formatting.reference_parts import NEEDS, PARTS
from atlas.bibliography.formatting.template_pruning import TemplatePruner, unpruned_template
from atlas.bibliography.parsing.biblatex import TYPES
from atlas.bibliography.parsing.works import read_works

NAMES = sorted({path.stem for path in STYLES.glob("*.yaml")} - {"words"})
FIELDS = """
organization institution publisher howpublished journaltitle series number volume part volumes eid location venue
         eventtitle titleaddon library shelfmark version type edition
"""
FULL = ", ".join(f"{name} = {{{name.title()}}}" for name in FIELDS.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_is_the_same_by_its_shape_and_by_all_templates(name: str) -> None:
    examples, _ = read_works((HERE / "biblatex" / "biblatex-examples.bib").read_text("utf-8"), "examples.bib")
    every = "\n".join(f"@{kind}{{{kind}1, title = {{T}}, {FULL}}}\n@{kind}{{{kind}2, title = {{T}}}}" for kind in TYPES)
    by = style(name)
    shapes = TemplatePruner()
    for work in (*specimens().values(), *examples, *read_works(every, "every.bib")[0]):
        for language in by.sheets:
            sheet = by.sheet(language)
            short = ReferenceFormatter(work, sheet, by, "en", shapes.shape(work, sheet))
            assert short.html() == ReferenceFormatter(work, sheet, by, "en", unpruned_template(work, sheet)).html(), (
                work.key,
                language,
            )


def test_what_a_part_needs_is_shown_of_parts_only() -> None:
    assert set(NEEDS) - set(PARTS) == {"journal"}
    assert set(PARTS) - set(NEEDS) == {"edition"}  # the field of its name
