"""Links of pages that are read from a disk name files."""

from __future__ import annotations

import pytest

from atlas.pages.rendering.disk_links import with_disk_links


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<a href="../actors/">a href="x/"</a>', '<a href="../actors/index.html">a href="x/"</a>'),
        ('<a href="./"><a href=".."><a href="">', '<a href="./index.html"><a href="../index.html"><a href="">'),
        ('<a href="../x/#lit"><a href="../x/?a=b/">', '<a href="../x/index.html#lit"><a href="../x/index.html?a=b/">'),
        ('<a href="#lit/"><a href="/x/"><a href="x.csv">', '<a href="#lit/"><a href="/x/"><a href="x.csv">'),
        (
            '<a href="https://a.example/"><a href="mailto:a@b.c">',
            '<a href="https://a.example/"><a href="mailto:a@b.c">',
        ),
        ('<meta content="0; url=../x/">', '<meta content="0; url=../x/index.html">'),
        ('<script src="a.js" integrity="sha256-x" defer>', '<script src="a.js" defer>'),
    ],
)
def test_a_link_to_a_folder_names_the_file_in_it(written: str, shown: str) -> None:
    assert with_disk_links(written) == shown
