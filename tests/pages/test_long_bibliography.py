"""A bibliography that is too long for one page."""

from __future__ import annotations

from small_atlases import LAMPS, actor, made
from small_pages import planned

from atlas.pages.sources.views import SourcesView

KEYS = [f"work{number:03}" for number in range(250)]
WORKS = "".join(f"@book{{{key}, author = {{Quill, {key}}}, title = {{T}}, year = {{2000}}}}\n" for key in KEYS)


def test_a_long_bibliography_has_several_pages_and_each_leads_to_all_groups() -> None:
    result = made({LAMPS: actor("Lamps", f"nocite: [{', '.join(KEYS)}]\n")}, works=WORKS)
    views = {one.path: one.view for one in planned(result)[0].pages}
    first, second = views["sources/index.html"], views["sources/by-author/2/index.html"]
    assert isinstance(first, SourcesView)
    assert isinstance(second, SourcesView)
    assert [sum(len(group.entries) for group in view.groups) for view in (first, second)] == [240, 10]
    assert [part.url for part in first.head.parts] == ["./", "by-author/2/"]
    assert [jump.url for jump in second.jumps] == ["../../#_group-0"]
    assert "sources/by-year/2/index.html" in views
