"""What CITATION.cff, codemeta.json and .zenodo.json say of authors and licences."""

from __future__ import annotations

import json

import pytest
from small_atlases import actor, made

from atlas.releases.metadata import CODEMETA, ZENODO, Described, metadata_files, spdx_id


def test_names_have_their_particle_and_their_suffix() -> None:
    authors = 'authors: ["van Gogh, Vincent", "King, Jr., Martin Luther", "d\'Este, Isabella", Plato]\n'
    atlas = made({"content/actors/lamps.yaml": actor("Lamps", authors)}).atlas
    files = metadata_files(Described(atlas, "1.0", "2027-03-01", "2027-03-01", "en"), {})
    zenodo = [row["name"] for row in json.loads(files[ZENODO])["creators"]]
    assert set(zenodo) == {"Two Valleys", "van Gogh, Vincent", "King, Martin Luther, Jr.", "d'Este, Isabella", "Plato"}
    people = {row["familyName"]: row for row in json.loads(files[CODEMETA])["author"] if "familyName" in row}
    assert people == {
        "van Gogh": {"type": "Person", "givenName": "Vincent", "familyName": "van Gogh"},
        "King": {
            "type": "Person",
            "givenName": "Martin Luther",
            "familyName": "King",
            "honorificSuffix": "Jr.",
        },
        "d'Este": {"type": "Person", "givenName": "Isabella", "familyName": "d'Este"},
        "Plato": {"type": "Person", "familyName": "Plato"},
    }


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("https://opensource.org/license/mit", "MIT"),
        ("https://opensource.org/license/mit/", "MIT"),
        ("https://opensource.org/license/apache-2-0", "Apache-2.0"),
        ("https://opensource.org/license/bsd-3-clause", "BSD-3-Clause"),
        ("https://opensource.org/license/gpl-3-0", "GPL-3.0-only"),
        ("https://opensource.org/license/a-licence-of-ours", ""),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://opensource.org/licenses/BSD-3-Clause", "BSD-3-Clause"),
        ("https://opensource.org/licenses/mit-license.php", ""),
        ("https://spdx.org/licenses/ODbL-1.0.html", "ODbL-1.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
        ("https://valleys.example/licence", ""),
    ],
)
def test_the_id_of_a_licence_is_that_of_the_list_of_spdx(address: str, id: str) -> None:
    assert spdx_id(address) == id
