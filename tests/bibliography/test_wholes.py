"""References to parts of wholes and to wholes of several parts, by more than one hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
import yaml
from reference_lists import STYLES, citer, shown

NAMES = sorted({path.stem for path in STYLES.glob("*.yaml")} - {"words"})
BIBTEX = """
@book{both, author={Able, Ann}, editor={Bell, Bo}, translator={Bell, Bo}, title={Tales}, publisher={P}, date={2001},
         langid={english}} @book{apart, author={Able, Ann}, editor={Bell, Bo}, translator={Cole, Cy}, title={Odes},
         publisher={P}, date={2002}, langid={english}} @incollection{within, author={Able, Ann}, bookauthor={Dale, Di},
         title={Preface}, booktitle={Songs}, publisher={P}, pages={1--9}, date={2003}, langid={english}}
         @incollection{own, author={Able, Ann}, bookauthor={Able, Ann}, title={Prose}, booktitle={All}, publisher={P},
         pages={2--8}, date={2004}, langid={english}} @mvbook{all, author={Able, Ann}, title={Everything}, volumes={5},
         publisher={P}, date={2005}, langid={english}} @book{third, author={Able, Ann}, maintitle={Everything},
         volume={3}, title={Half}, publisher={P}, date={2006}, langid={english}} @article{series, author={Able, Ann},
         title={T}, journaltitle={Notes}, series={newseries}, volume={4}, pages={5--6}, date={2007}, langid={english}}
         @book{again, author={Able, Ann}, title={Old}, publisher={P}, date={2008}, origdate={1908}, langid={english}}
         @book{online, author={Able, Ann}, title={Older}, publisher={P}, date={2009}, origdate={1909}, doi={10.5555/x},
         langid={english}}
"""


@pytest.mark.parametrize(
    ("name", "key", "reference"),
    [
        # Chicago, "Editor and translator"; APA 10.2, "(T. L. Fine, Ed. & Trans.)".
        ("chicago-author-date", "both", "Able, Ann. 2001. <i>Tales</i>. Edited and translated by Bo Bell. P."),
        ("chicago-author-date", "apart", "Able, Ann. 2002. <i>Odes</i>. Edited by Bo Bell. Translated by Cy Cole. P."),
        ("apa", "both", "Able, A. (2001). <i>Tales</i> (B. Bell, Ed. & Trans.). P."),
        ("apa", "apart", "Able, A. (2002). <i>Odes</i> (B. Bell, Ed.; C. Cole, Trans.). P."),
        ("iso-690", "both", "ABLE, Ann, 2001. <i>Tales</i>. Edited and translated by Bo BELL. P."),
        # A chapter in the book of another: its author stands where the editor would, or before it.
        ("chicago-author-date", "within", "Able, Ann. 2003. “Preface.” In <i>Songs</i>, by Di Dale. P."),
        ("chicago-author-date", "own", "Able, Ann. 2004. “Prose.” In <i>All</i>. P."),
        ("apa", "within", "Able, A. (2003). Preface. In D. Dale, <i>Songs</i> (pp. 1–9). P."),
        ("iso-690", "within", "ABLE, Ann, 2003. Preface. In: DALE, Di, <i>Songs</i>. P. pp. 1-9."),
        ("gb-t-7714-2015-author-date", "within", "ABLE A, 2003. Preface[M]//DALE D. Songs. P: 1-9."),
        # APA 10.2, "(Vols. 1–5)", and a volume with a title of its own under that of the whole.
        ("apa", "all", "Able, A. (2005). <i>Everything</i> (Vols. 1–5). P."),
        ("apa", "third", "Able, A. (2006). <i>Everything</i>: <i>Vol. 3</i>. <i>Half</i>. P."),
        ("apa", "series", "Able, A. (2007). T. <i>Notes</i>, <i>New Series</i>, <i>4</i>, 5–6."),
        # APA 9.41: no full stop after the bracket, nor between an address and it.
        ("apa", "again", "Able, A. (2008). <i>Old</i>. P. (Original work published 1908)"),
        ("apa", "online", "Able, A. (2009). <i>Older</i>. P. https://doi.org/10.5555/x (Original work published 1909)"),
    ],
)
def test_say_who_did_what_and_what_belongs_to_what(name: str, key: str, reference: str) -> None:
    assert shown(citer(BIBTEX, name).reference(key)) == reference


@pytest.mark.parametrize("name", NAMES)
def test_name_everybody_in_every_style_and_language(name: str) -> None:
    for language in ("english", "french", "chinese"):
        of = citer(BIBTEX.replace("english", language), name)
        assert of.reference("apart").casefold().count("bell") == 1
        assert of.reference("within").casefold().count("dale") == 1
        assert not any("¦" in of.reference(key) for key in of.works)


def test_the_words_of_references_exist_in_every_language() -> None:
    words = yaml.safe_load((STYLES / "words.yaml").read_text("utf-8"))
    known = {language: set(_names_in(table)) for language, table in words.items()}
    missing = {language: set.union(*known.values()) - own for language, own in known.items()}
    assert missing == {language: set() for language in words}


def _names_in(table: Mapping[str, object], above: str = "") -> Iterator[str]:
    for name, value in table.items():
        if name in ("locators", "kinds", "dates") and isinstance(value, Mapping):
            yield from _names_in(value, f"{name}/")
        elif name != "spaces":
            yield above + str(name)
