"""Files of content/files/ are what their names say, and none of them runs."""

from __future__ import annotations

import pytest
from site_copies import REPOSITORY

from atlas.content.uploads import TYPES, check_upload

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
PLAIN = {
    "png": b"\x89PNG\r\n\x1a\n...", "jpg": b"\xff\xd8\xff\xe0", "jpeg": b"\xff\xd8\xff\xe1", "gif": b"GIF89a",
    "webp": b"RIFF\n\x00\x00\x00WEBPVP8 ", "avif": b"\x00\x00\x00\x1cftypavif", "pdf": b"%PDF-1.7\n", "mp3": b"ID3\x03",
    "ogg": b"OggS", "oga": b"OggS", "ogv": b"OggS", "opus": b"OggS", "wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "flac": b"fLaC", "mp4": b"\x00\x00\x00\x18ftypisom", "m4a": b"\x00\x00\x00\x18ftypM4A ",
    "m4v": b"\x00\x00\x00\x18ftypM4V ", "webm": b"\x1aE\xdf\xa3", "svg": SVG.format("").encode(),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip"), b"PK\x03\x04"),
    **dict.fromkeys(("txt", "csv", "tsv", "json", "geojson", "bib", "ris", "srt", "vtt"), "p < 0.05, café".encode()),
}  # fmt: skip


@pytest.mark.parametrize("suffix", TYPES)
def test_every_type_is_accepted_for_what_it_holds_and_for_nothing_else(suffix: str) -> None:
    assert check_upload(f"folder/name.{suffix}", PLAIN[suffix]) is None
    assert check_upload(f"name.{suffix.upper()}", PLAIN[suffix]) is None
    for data in (
        b"<!doctype html><script>alert(1)</script>",
        b" <svg onload=alert(1)>",
        b"<?php system($_GET[0]);",
        b"\x00",
    ):
        problem = check_upload(f"name.{suffix}", data)
        assert problem
        assert problem.rule == "bad-upload"


@pytest.mark.parametrize(
    "name",
    [
        "x.html", "x.htm", "index.html", "x.xhtml", "x.xml", "x.js", "x.mjs", "x.php", "x.css", "x.svgz", "x.shtml",
        "x.wasm", "x.xsl", "x.swf", "_headers", "_redirects", "CNAME", "web.config", "x", "x.png.html", "x.php.png",
        "x.html.txt", "x.JS", "x.pht", "x.webmanifest", "x.hta",
    ],
)  # fmt: skip
@pytest.mark.parametrize("data", [b"", b"a", PLAIN["png"]])
def test_what_runs_or_steers_a_server_is_refused_by_its_name(name: str, data: bytes) -> None:
    problem = check_upload(name, data)
    assert problem
    assert problem.span.path == f"content/files/{name}"


@pytest.mark.parametrize("sign", "#%?\\")
@pytest.mark.parametrize("path", ["plan {}2.png", "{}/plan.png"])
def test_a_name_that_would_cut_or_change_the_address_is_refused(path: str, sign: str) -> None:
    problem = check_upload(path.format(sign), PLAIN["png"])
    assert problem
    assert problem.rule == "bad-upload"
    assert problem.hint == f'rename the file, without "{sign}"'


@pytest.mark.parametrize("path", ["plan (2) & “a”+b.png", "图/é=1.png"])
def test_a_name_may_have_other_signs_and_letters(path: str) -> None:
    assert check_upload(path, PLAIN["png"]) is None


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", "<script href='#a'/>", "<g onload='alert(1)'/>", "<g ONCLICK='alert(1)'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>", "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<image href='https://evil.example/p.png'/>", "<image xlink:href='//evil.example/p.png'/>",
        "<use href='other.svg#a'/>", "<use href='data:image/svg+xml,x#a'/>", "<image href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<a href='javascript:alert(1)'><path/></a>", "<a xlink:href='java&#10;script:alert(1)'><path/></a>",
        "<animate attributeName='href' to='javascript:alert(1)'/>", "<set attributeName='href' to='#x'/>",
        "<handler type='x'>alert(1)</handler>", "<style>@import 'https://evil.example/x.css';</style>",
        "<style>path{fill:u\\72l(https://evil.example)}</style>", "<style>path{fill:url( 'https://evil.example')}</style>",
        "<style><![CDATA[path{fill:url(//evil.example)}]]></style>", "<path style='fill:url(https://evil.example)'/>",
        "<path fill='url(//evil.example#a)'/>", "<g xml:base='https://evil.example/'/>", "<?xml-stylesheet href='x.css'?>",
        "<iframe/>", "<html/>", "<g>", "&undeclared;",
    ],
)  # fmt: skip
def test_drawings_hold_no_script_and_nothing_from_outside(inside: str) -> None:
    problem = check_upload("x.svg", SVG.format(inside).encode())
    assert problem
    assert (problem.rule, problem.span.line) == ("bad-upload", 1)


@pytest.mark.parametrize(
    "whole",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', b"<svg/>", b"", b"not XML",
        b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><desc>\x00</desc></svg>', b"\xff\xfe<\x00s\x00v\x00g\x00",
    ],
)  # fmt: skip
def test_drawings_are_plain_svg(whole: bytes) -> None:
    assert check_upload("x.svg", whole)


def test_drawings_of_programs_are_accepted() -> None:
    inside = (
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>"
        "<s:namedview xmlns:s='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'/><style>.a{fill:url(#b)}</style>"
        "<defs><linearGradient id='b' xlink:href='#c'/></defs><path class='a' fill='url(#b)' style='stroke:red'/>"
        "<image href='data:image/png;base64,iVBORw0KGgo='/><text>javascript: the good parts, once = one</text>"
    )
    assert check_upload("x.svg", SVG.format(inside).encode()) is None
    assert check_upload("x.svg", b'<?xml version="1.0" encoding="UTF-8"?>\n' + SVG.format("").encode()) is None


def test_the_manual_lists_the_types() -> None:
    manual = (REPOSITORY / "docs/content.md").read_text(encoding="utf-8")
    assert all(f"`{suffix}`" in manual for suffix in TYPES)
