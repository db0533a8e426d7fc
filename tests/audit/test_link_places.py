"""An external link that is broken is reported where its address is written."""

from __future__ import annotations

from pathlib import Path

from site_copies import copy_site, edit

from atlas.audit.external_links import external_links
from atlas.build.options import BuildOptions, ReadOptions
from atlas.build.pipeline import dry_run

ADDRESS = "https://example.org/here"


def test_the_place_of_an_address_is_that_of_its_value(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    places = {
        edit(root, "content/actors/eastern-kite-club.yaml", "\nkind:", f"\nwebsite: ▶{ADDRESS}\nkind:"),
        edit(root, "content/files/pier-light.png.yaml", "\nsource: ", f"\nsource: ▶{ADDRESS}#"),
    }
    atlas = dry_run(root, tmp_path / "out", BuildOptions(ReadOptions("", "", False))).atlas
    assert atlas
    assert {(each.span.line, each.span.column) for each in external_links(atlas)[ADDRESS]} == places
