"""Markup in every place where a text may stand, in a real browser with the policy taken out: nothing runs.

The places are computed: every free text that the schema knows, every field of the bibliography, the texts of Markdown,
the words of the interface, the names of files. A key that no sample file uses fails the first test here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
import yaml
from browsing import Quiet, serving
from built_sites import Sites
from site_copies import SITES
from small_atlases import made
from small_pages import STYLES, engine, guides, style

from atlas.bibliography.parsing.biblatex import FIELDS, TYPES
from atlas.content.records import read_records
from atlas.content.site_config import read_files, read_site
from atlas.core.sources import Asset, Source
from atlas.i18n.messages import Catalog, read_catalog
from atlas.pages.final_plan import complete_plan, draw_page
from atlas.pages.planner import outline
from atlas.pages.rendering.renderer import Renderer
from atlas.schema import families, field_types, site_schema
from atlas.schema.dataset_schema import OneOrMore, TextOrLabel
from atlas.schema.field_types import KEY, URL, Date, DeclaredId, FieldType, Line, Markdown, WithSpan
from atlas.schema.object_types import ListOf, MapOf, ObjectType
from atlas.schema.own_fields import OwnFields
from atlas.schema.signatures import AuthorName

if TYPE_CHECKING:
    from playwright.sync_api import Browser

THREE = SITES / "three"
RUN = "top.ran()"
ELEMENTS = (
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>",
    f"<body onload={RUN}>", f"<iframe srcdoc='<script>{RUN}</script>'></iframe>", f"<iframe src=javascript:{RUN}></iframe>",
    f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}></video>", f"<audio src=x onerror={RUN}>",
    f"<input autofocus onfocus={RUN}>", f"<select autofocus onfocus={RUN}>", f"<textarea autofocus onfocus={RUN}>",
    f"<object data=javascript:{RUN}></object>", f"<embed src=javascript:{RUN}>", f"<a href=javascript:{RUN}>x</a>",
    f"<form action=javascript:{RUN}><button>x</button></form>", f"<math><mi xlink:href=javascript:{RUN}>x</mi></math>",
    f"<style onload={RUN}></style>", f"<link rel=stylesheet href=x onerror={RUN}>", f"<base href=javascript:{RUN}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>", f"<marquee onstart={RUN}>", f"<b style=animation:x onanimationstart={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<svg><set attributeName=onload to={RUN}>",
    f"<img src='>' onerror={RUN}>", f"<img alt='<' src=x onerror={RUN}>", f"<xss onpointerenter={RUN} style=display:block>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>", f"<template><img src=x onerror={RUN}></template>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>", f"<isindex onfocus={RUN}>", f"<keygen onfocus={RUN}>",
)  # fmt: skip
DISGUISES: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: f"\"'>{text}",
    lambda text: f'" {text[1:].partition(" ")[2].rstrip(">")} x="',
    lambda text: f"--></script></title></textarea></style>{text}",
    lambda text: f"]]>*/;{{{{{text}}}}}${{{RUN}}}",
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("<", "&amp;lt;"),
    lambda text: text.replace("<", "&#60;").replace("=", "&#x3d;"),
    lambda text: text.replace("<", "\uff1c").replace(">", "\uff1e"),
    lambda text: text.replace("s", "\u017f").replace("S", "\u017f"),
    lambda text: re.sub("([a-z])([a-z])", "\\1\u00ad\\2", text, count=2),
    lambda text: text.upper().replace(RUN.upper(), RUN),
    lambda text: text.replace("<", r"\textless{}").replace(">", r"\textgreater{}"),
    lambda text: text.replace("<", "{<}").replace("on", "o{}n"),
    lambda text: text.replace("<", r"\<"),
    lambda text: f"[x](javascript:{RUN}) `{text}` **{text}**",
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace(" ", "\t").replace(">", "\t>"),
    lambda text: f"<<{text}//",
)
CITING = "content/cases/gift-of-plum-trees.md"
"""The text that cites the works with markup in them: others are on no page."""
UPLOADS = {
    "pier-light.png": "pier\"onerror=x'&lt;b&gt;`{{x}}\u017fcript.png",
    "tide-table.txt": "tide';\"onfocus=x&quot;autofocus&gt;.txt",
}
"""Names of uploads as far as an address of Markdown can hold them, by those of the site."""
VECTORS = tuple(dict.fromkeys(disguise(each) for each in ELEMENTS for disguise in DISGUISES))
KEYS = {KEY.wanted, "a citation style", "a path of the atlas", "the name of a text, such as summary or facts/ID"}
"""Texts that name something: what names nothing is left out, and reported."""


def is_door(shape: FieldType) -> bool:
    """Whether a value of this shape is free text."""
    if isinstance(shape, Line):
        return shape == URL or not (shape.pattern or shape.wanted in KEYS)
    return isinstance(shape, Markdown | AuthorName)


def doors(shape: FieldType, within: str) -> Iterator[str]:
    """Every place for free text that a shape has, by its way: `site.sides.*.label.*`."""
    if isinstance(shape, ObjectType):
        for key in shape.keys:
            yield from doors(key.shape, f"{within}.{key.name}")
    elif isinstance(shape, MapOf):
        yield from doors(shape.value, f"{within}.*")
    elif isinstance(shape, ListOf | WithSpan | OneOrMore):
        yield from doors(shape.shape, within)
    elif isinstance(shape, TextOrLabel):
        yield from (within, f"{within}.*")
    elif isinstance(shape, OwnFields):
        yield f"{within}.*"
    elif is_door(shape):
        yield within


SAMPLES: tuple[tuple[type, Any], ...] = ((Line, "https://a.example/"), (Markdown, "Words"), (AuthorName, "Words"),
                                         (Date, "2026-11-22"))  # fmt: skip


def sample(shape: FieldType) -> Any:
    """A value of a shape, as far as none of it must be declared; else None."""
    if isinstance(shape, ObjectType):
        return {key.name: own for key in shape.keys if (own := sample(key.shape)) is not None} or None
    if isinstance(shape, MapOf):
        keys = ("fr", "en", "zh") if shape.key == DeclaredId("language") else [sample(shape.key)]
        return {key: sample(shape.value) for key in keys if key and key != "https://a.example/"} or None
    if isinstance(shape, ListOf | WithSpan):
        own = sample(shape.shape)
        return own if isinstance(shape, WithSpan) or own is None else [own]
    if shape == KEY:
        return "quillon1904arches"
    if isinstance(shape, OwnFields):
        return {"shelf": "Words"}
    return next((own for kind, own in SAMPLES if isinstance(shape, kind)), None)


def filled(value: Any, shape: FieldType, within: str, write: Callable[[str, str, FieldType], str]) -> Any:
    """A value of a file with something written at each place for free text, and with the keys that it has not."""
    if isinstance(shape, ObjectType) and shape.short and isinstance(value, str):
        value = {shape.short: value}
    if isinstance(shape, ObjectType) and isinstance(value, dict):
        absent = (key for key in shape.keys if key.name not in value and [*doors(key.shape, "")])
        value = value | {key.name: own for key in absent if (own := sample(key.shape)) is not None}
        known = {key.name: key.shape for key in shape.keys}
        return {name: filled(own, known[name], f"{within}.{name}", write) for name, own in value.items()}
    if isinstance(shape, MapOf) and isinstance(value, dict):
        return {name: filled(own, shape.value, f"{within}.*", write) for name, own in value.items()}
    if isinstance(shape, OwnFields) and isinstance(value, dict):
        return {name: write(own, f"{within}.*", Line()) for name, own in value.items()}
    if isinstance(shape, OneOrMore):
        return filled(value, shape.shape, within, write)
    if isinstance(shape, TextOrLabel):
        if isinstance(value, dict):
            return {name: write(own, f"{within}.*", Line()) for name, own in value.items()}
        return write(value, within, URL if value.startswith("https:") else Line())
    if isinstance(shape, ListOf) and isinstance(value, list):
        return [filled(own, shape.shape, within, write) for own in value]
    if isinstance(shape, WithSpan):
        return filled(value, shape.shape, within, write)
    return write(value, within, shape) if isinstance(value, str) and is_door(shape) else value


DATASET = """\
lang: en
date: 2026-11-22
title: Crossings
summary: When each opened [@quillon1904arches].
table:
  columns:
    - {id: crossing, label: {fr: Passage, en: Crossing, zh: 渡口}}
    - {id: site, label: {fr: Site, en: Website, zh: 网站}, type: url}
  rows:
    - id: ferry
      cells:
        crossing: {value: {fr: le bac, en: the ferry}, sources: [{work: quillon1904arches, locator: p. 3, quote: Words}]}
        site: https://a.example/
      sources: [{work: quillon1904arches, locator: p. 3, quote: Words}]
"""
DATASETS = {"content/datasets/crossings.yaml": DATASET, "content/datasets/crossings.fr.yaml": "title: Passages\n"}
"""A dataset, which the sample site has not."""


class Hostile:
    """The files of tests/sites/three with markup everywhere, each place with the next few vectors."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}
        self.vectors = cycle(VECTORS)
        self.given: set[str] = set()
        self.keys = {kind: f"hostile-{kind}{self.key()}" for kind in TYPES}
        self.files = {renamed(path): self.rewritten(path) for path in sorted(map(str, self.paths()))}
        for path, text in DATASETS.items():
            self.files[path] = self.dumped(text, *self.table(path))

    def paths(self) -> Iterator[Path]:
        """The text files of the site, from its root."""
        return (path.relative_to(THREE) for path in THREE.glob("content/**/*") if path.suffix in (".yaml", ".md"))

    def some(self, count: int = 5) -> str:
        """The next few vectors."""
        found = [next(self.vectors) for _ in range(count)]
        self.given.update(found)
        return " ".join(found)

    def write(self, value: str, within: str, shape: FieldType) -> str:
        """What stands at a place in the place of a value."""
        self.used[within] = self.used.get(within, 0) + 1
        if shape == URL:
            return f"{value}?'onerror={RUN};x='&lt;script&gt;{RUN}&lt;/script&gt;`"
        if isinstance(shape, AuthorName):
            return "{" + re.sub(r"[{}\\]", "", self.some(1)) + "}"
        return f"{value} {self.some()}"

    def rewritten(self, path: str) -> str:
        """A file with markup in it."""
        text = renamed((THREE / path).read_text(encoding="utf-8"))
        name, table = self.table(path)
        if path.endswith(".yaml"):
            return self.dumped(text, name, table)
        _, matter, body = text.split("---\n", 2)
        self.used[f"{name} body"] = 1
        lines = "\n\n".join(f"{vector} {{.reading}}" for vector in (self.some(1) for _ in range(8)))
        lines += "".join(f"\n\nA work [see @{{{key}}}, p. 3]." for key in self.keys.values()) if path == CITING else ""
        return f"---\n{self.dumped(matter, name, table)}---\n{body}\n\n{lines}\n\n## {self.some(1)} {{#hostile}}\n"

    def table(self, path: str) -> tuple[str, FieldType]:
        """The shape of a file, and what it is called."""
        known: dict[str, FieldType] = {"content/site.yaml": site_schema.SITE, "content/places.yaml": site_schema.PLACES}
        if path in known:
            return Path(path).stem, known[path]
        folder = path.split("/")[1]
        if folder == "files":
            return "file", site_schema.FILE
        family = families.BY_FOLDER[folder]
        if Path(path).name.count(".") > 1:
            return f"{family.id} translated", families.translation_table(family)
        return family.id, family.table

    def dumped(self, text: str, name: str, table: FieldType) -> str:
        values = filled(yaml.load(text, yaml.BaseLoader), table, name, self.write)
        return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)

    def works(self) -> str:
        """Works of every type with markup in every field, after those of the site."""
        names = sorted(name for name, kind in FIELDS.items() if kind in ("text", "names"))
        rows = []
        for kind in TYPES:
            fields = "".join(
                f"{name} = {{T {self.balanced()}}},\n" for name in names if name not in ("year", "month", "day")
            )
            rows.append(
                f"@{kind}{{{self.keys[kind]},\n{fields}year = {{2001}}, url = {{https://a.example/?'\"><b>}},\n}}\n"
            )
        return (THREE / "bibliography.bib").read_text(encoding="utf-8") + "".join(rows)

    def key(self) -> str:
        """What of a vector a key can hold."""
        return re.sub(r"[^\w.:+&$~'!()-]", "", self.some(1))

    def balanced(self) -> str:
        """A vector that ends no field."""
        vector = self.some(1)
        return vector if vector.count("{") == vector.count("}") else re.sub("[{}]", "", vector)


def renamed(text: str) -> str:
    """A text with the names of uploads that `UPLOADS` gives."""
    for name, hostile in UPLOADS.items():
        text = text.replace(f"files/{name}", f"files/{hostile}")
    return text


def patterns(shape: FieldType, within: str) -> Iterator[tuple[str, str]]:
    """Every place for an id or another text of a fixed form that a shape has, keys of mappings too, with its pattern."""
    if isinstance(shape, ObjectType):
        for key in shape.keys:
            yield from patterns(key.shape, f"{within}.{key.name}")
    elif isinstance(shape, MapOf):
        yield from patterns(shape.key, f"{within}.key")
        yield from patterns(shape.value, f"{within}.*")
    elif isinstance(shape, ListOf | WithSpan | OneOrMore):
        yield from patterns(shape.shape, within)
    elif isinstance(shape, Line) and shape.pattern and shape != URL:
        yield within, shape.pattern


def shapes() -> dict[str, FieldType]:
    """The shape of every sort of file."""
    found: dict[str, FieldType] = {"site": site_schema.SITE, "places": site_schema.PLACES, "file": site_schema.FILE}
    for family in families.FAMILIES:
        found |= {family.id: family.table, f"{family.id} translated": families.translation_table(family)}
    return found


def all_doors() -> set[str]:
    """Every place for free text that the schema knows."""
    found = {door for name, shape in shapes().items() for door in doors(shape, name)}
    found |= {f"{family.id} body" for family in families.FAMILIES if family.form == "md"}
    return found


@pytest.fixture(scope="module")
def hostile() -> Hostile:
    """The files with markup in them."""
    return Hostile()


def test_every_place_for_a_text_is_written_to(hostile: Hostile) -> None:
    assert all_doors() - hostile.used.keys() == set()
    assert len(VECTORS) >= 600
    assert set(VECTORS) == hostile.given


def test_no_vector_is_an_id_or_the_key_of_a_mapping() -> None:
    found = [row for name, shape in shapes().items() for row in patterns(shape, name)]
    assert len(found) > 20
    assert [(where, vector) for where, pattern in found for vector in VECTORS if re.fullmatch(pattern, vector)] == []


def test_no_vector_is_the_id_of_a_record() -> None:
    _, declared, _ = read_site(
        {"content/site.yaml": Source("content/site.yaml", (THREE / "content/site.yaml").read_text(encoding="utf-8"))}
    )
    paths = [
        f"content/{family.folder}/{vector}.{family.form}" for family, vector in zip(cycle(families.FAMILIES), VECTORS)
    ]
    content, problems = read_records({path: Source(path, "title: {en: x}\n") for path in paths}, declared)
    assert content.records == {}
    assert {problem.span.path for problem in problems if problem.severity == "error"} == set(paths)


def hostile_words(hostile: Hostile, id: str) -> str:
    """The words of the interface in a language, with markup in each."""
    words: dict[str, str] = yaml.load(engine().templates[f"words/{id}.yaml"], yaml.BaseLoader)
    rows = {
        key: f"{text} {re.sub('[{}]', '', hostile.some(1))}" for key, text in words.items() if isinstance(text, str)
    }
    return yaml.safe_dump(words | rows, allow_unicode=True, width=10_000)


def publish(hostile: Hostile, out: Path) -> dict[str, list[str]]:
    """Write the pages of the site without their policy; their paths by template."""
    sources = {path: Source(path, text) for path, text in hostile.files.items()}
    site, declared, _ = read_site(sources)
    assert site
    found = [(name, (THREE / "content/files" / old).read_bytes()) for old, name in UPLOADS.items()]
    files, _ = read_files(tuple(Asset(name, len(data), data) for name, data in found), sources, declared)
    assert len(files) == len(found) > 1
    own = made(hostile.files, works=hostile.works(), assets=files)
    words: dict[str, Catalog] = {
        id: read_catalog(Source(f"templates/words/{id}.yaml", hostile_words(hostile, id)), language)[0]
        for id, language in site.languages.items()
    }
    styles = {id: style(STYLES[id]) for id in site.languages}
    whole, _ = outline(own.atlas, words, styles, guides(), engine().static, engine().land)
    rows = [draw_page(spec) for spec in whole.specs]
    end, _ = complete_plan(whole, [drawn for _, drawn in rows])
    renderer, paths = Renderer(engine().templates), dict[str, list[str]]()
    for page in [page for page, _ in rows if page.path.endswith(".html")]:
        data = renderer.rendered(page, end.frames[page.language], words[page.language])
        assert isinstance(data, bytes), data
        target = out / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", data.decode()), encoding="utf-8"
        )
        paths.setdefault(page.template, []).append(page.path)
    for file in end.files:
        (out / file.path).parent.mkdir(parents=True, exist_ok=True)
        (out / file.path).write_bytes(file.content())
    return paths


AUDIT = """async paths => {
  const bad = [];
  // Formulas and recordings hold only parts of their own kind, which link to nothing.
  const whole = element => [...element.querySelectorAll('*')].every(part =>
    !/^(a|img|mglyph|script|style|svg)$/.test(part.localName) && !part.hasAttribute('href')
    && !part.hasAttribute('xlink:href'));
  const look = (where, page) => {
    for (const element of page.querySelectorAll('*')) {
      const name = element.localName;
      const attributes = [...element.attributes].filter(({name, value}) => name.startsWith('on') || name === 'style'
        || name === 'srcdoc' || (/^(href|src|action|data|formaction|xlink:href)$/.test(name)
        && /^[\\s\\x00-\\x20]*(javascript|data|vbscript):/i.test(value)));
      const own = name === 'script' && (/static\\/[a-z]+\\.js$/.test(element.getAttribute('src') || '')
        || element.type === 'application/ld+json');
      if (attributes.length || (name === 'script' && !own) || (name === 'base' && element.hasAttribute('href'))
          || /^(iframe|object|embed|math|template|noscript|style|video|audio|xss|marquee|mglyph)$/.test(name)
          && !(/^(math|video|audio)$/.test(name) && whole(element)))
        bad.push(`${where}: ${element.outerHTML.slice(0, 200)}`);
      if (name === 'script' && element.type === 'application/ld+json') JSON.parse(element.textContent);
    }
  };
  for (const path of paths)
    look(path, new DOMParser().parseFromString(await (await fetch('/' + path)).text(), 'text/html'));
  return bad;
}"""
OPEN = """async paths => {
  const opened = paths.map(path => new Promise(done => {
    const frame = document.createElement('iframe');
    frame.onload = () => done(frame.contentDocument.querySelectorAll('*').length);
    frame.src = '/' + path;
    document.body.append(frame);
  }));
  const sizes = await Promise.all(opened);
  document.body.replaceChildren();
  return sizes;
}"""


def test_nothing_runs_in_a_browser_without_the_policy(
    hostile: Hostile, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is reported to authors is let through here: escaping needs no help from it.
    monkeypatch.setattr(field_types, "dangerous_part", lambda text: "")
    monkeypatch.setattr(field_types, "runs", lambda text: False)
    paths = publish(hostile, tmp_path)
    (tmp_path / "_all.html").write_text("<!DOCTYPE html><title>All</title><body>", encoding="utf-8")

    class Host(Quiet):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

    with serving(Host) as host:
        page = browser.new_page()
        ran: list[str] = []
        page.expose_function("ran", lambda *said: ran.append(str(said)))
        page.goto(f"{host}/_all.html")
        everywhere = [path for found in paths.values() for path in found]
        found = page.evaluate(AUDIT, everywhere)
        assert found == []
        shown = [path for name, found in paths.items() if name != "redirect.html" for path in [*found[:2], *found[-2:]]]
        for begin in range(0, len(shown), 10):
            assert min(page.evaluate(OPEN, shown[begin : begin + 10])) > 10
        page.close()
    assert ran == []
    pages = "".join((tmp_path / path).read_text(encoding="utf-8") for path in everywhere)
    assert [name for name in (*UPLOADS.values(), *hostile.keys.values()) if name not in unescape(pages)] == []
    assert len(paths) > 20
    assert len(everywhere) > 300


@pytest.mark.parametrize("vector", [f"<img src=x onerror={RUN}>", f"<script>{RUN}</script>", f"<svg onload={RUN}>"])
def test_the_browser_would_report_what_runs(vector: str, tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "_all.html").write_text("<!DOCTYPE html><title>All</title><body>", encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><title>x</title>{vector}" + "<p>" * 20, encoding="utf-8")

    class Host(Quiet):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(tmp_path))

    with serving(Host) as host:
        page = browser.new_page()
        ran: list[str] = []
        page.expose_function("ran", lambda *said: ran.append(str(said)))
        page.goto(f"{host}/_all.html")
        page.evaluate(OPEN, ["page.html"])
        page.wait_for_timeout(0)
        assert page.evaluate(AUDIT, ["page.html"]) != []
        page.close()
    assert ran


SEARCH = """async (queries) => {
  const input = document.getElementById("_query");
  for (const query of queries) {
    document.documentElement.dataset.search = "asked";
    input.value = query;
    input.form.requestSubmit();
    while (document.documentElement.dataset.search !== "done") await new Promise((next) => setTimeout(next));
  }
  return document.documentElement.outerHTML;
}"""


def test_no_query_of_the_search_runs(tmp_path: Path, built: Sites, browser: Browser) -> None:
    out = tmp_path / "site"
    shutil.copytree(built("three").out, out)
    path = out / "search/index.html"
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    path.write_text(policy.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")

    class Host(Quiet):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(out))

    with serving(Host) as host:
        page = browser.new_page()
        ran: list[str] = []
        page.expose_function("ran", lambda *said: ran.append(str(said)))
        for vector in VECTORS[::40]:
            page.goto(f"{host}/search/?{urlencode({'q': vector})}")
            page.wait_for_selector("html[data-search=done]", state="attached")
            assert page.input_value("#_query") == vector
        page.evaluate(SEARCH, list(VECTORS))
        bad = "script:not([src]):not([type]), iframe, object, embed, base, [onerror], [onload], [onfocus], img[src=x]"
        assert page.query_selector_all(bad) == []
        page.close()
    assert ran == []
