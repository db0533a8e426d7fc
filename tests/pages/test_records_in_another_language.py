"""Lists where some records are only in another language: they are marked so, and the home page shows them last."""

from __future__ import annotations

import re

import pytest
from built_sites import BuiltSite, build_site
from site_copies import copy_site

GARDEN, KITES = "dongshui-garden-society", "eastern-kite-club"
LISTS = ("{}actors/", "{}explore/", "{}actors/by-side/east/", "{}changes/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The three valleys, where two Chinese records have no French text."""
    root = copy_site("three", tmp_path_factory.mktemp("lacking"))
    (root / f"content/actors/{GARDEN}.fr.yaml").unlink()
    return build_site(root)


def entry(site: BuiltSite, page: str, id: str) -> str:
    """The item, cell or heading of a list that names a record, without what is marked up in it."""
    html = (site.out / page / "index.html").read_text("utf-8")
    links = [found.start() for found in re.finditer(rf'href="(?:[^"]*/)?{id}/"', html)]
    assert links, (page, id)
    return " ".join(re.sub(r"<[^>]*>", "", html[links[0] + 6 :].split("\n")[0].partition(">")[2]).split())


@pytest.mark.parametrize("page", LISTS)
def test_a_list_names_the_language_of_what_is_only_in_another(site: BuiltSite, page: str) -> None:
    for id in (GARDEN, KITES):
        assert entry(site, page.format(""), id).endswith(" seulement en chinois")
    assert entry(site, page.format("en/"), KITES).endswith(" only in Chinese")
    assert "only in" not in entry(site, page.format("en/"), GARDEN)
    assert "仅有" not in entry(site, page.format("zh/"), KITES)
