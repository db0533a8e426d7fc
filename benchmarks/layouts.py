"""The corpus laid out as the source tree of each peer, and of this atlas, ready to build.

Cross-links become the plain relative links of each peer. Citations stay citations where the peer has a
bibliography; elsewhere they become plain words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from corpus import CITIES, RELATIONS, Case, Corpus, slug, to_bibtex, to_yaml

Link = Callable[[str], str]  # actor id -> link target, from a page one folder deep
Cite = Callable[[list[tuple[str, str]]], str]  # [(key, locator)] -> Markdown

CITATION = re.compile(r"\[(@[^\]]+)\]")
ACTOR_LINK = re.compile(r"\]\(actor:([^)]+)\)")
CSS = "body{max-width:50rem;margin:auto;font:1rem/1.5 serif}table{border-collapse:collapse}\n"


# What every layout shares


def plain_cite(parts: list[tuple[str, str]]) -> str:
    return "(" + "; ".join(key + (f", {locator}" if locator else "") for key, locator in parts) + ")"


def split_citation(text: str) -> list[tuple[str, str]]:
    parts = []
    for part in text.split(";"):
        key, _, locator = part.strip().removeprefix("@").partition(",")
        parts.append((key, locator.strip()))
    return parts


def body_markdown(text: str, link: Link, cite: Cite) -> str:
    text = CITATION.sub(lambda match: cite(split_citation(match[1])), text)
    return ACTOR_LINK.sub(lambda match: f"]({link(match[1])})", text)


def actor_markdown(actor: dict[str, Any], names: dict[str, str], link: Link, cite: Cite) -> str:
    rows = [
        ("French name", actor["names"]["fr"]),
        ("Chinese name", actor["names"]["zh"]),
        ("Side", actor["side"]),
        ("Kind", actor["kind"]),
        ("Founded", actor["founded"]),
        ("Seat", actor["seat"]),
        ("Coordinates", ", ".join(map(str, actor["coordinates"]))),
    ]
    table = "\n".join(["| Fact | Value |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])
    relations = "\n".join(
        f"- {relation['type']}: [{names[relation['to']]}]({link(relation['to'])}) since {relation['since']}"
        for relation in actor["relations"]
    )
    sources = " ".join(cite([(key, "")]) for key in actor["sources"])
    return f"{actor['summary']}\n\n{table}\n\n## Relations\n\n{relations}\n\n## Sources\n\nDrawn from {sources}.\n"


def case_markdown(case: Case, link: Link, cite: Cite) -> str:
    return body_markdown(case.body, link, cite)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def front_matter(data: dict[str, Any]) -> str:
    return f"---\n{to_yaml(data)}---\n\n"


def pages(corpus: Corpus, link: Link, cite: Cite = plain_cite):
    """(section, id, title, front matter, Markdown) of every page."""
    names = {actor["id"]: actor["names"]["en"] for actor in corpus.actors}
    for actor in corpus.actors:
        yield "actors", actor["id"], actor["names"]["en"], {}, actor_markdown(actor, names, link, cite)
    for case in corpus.cases:
        front = {name: value for name, value in case.front.items() if name != "title"}
        yield "cases", case.id, case.front["title"], front, case_markdown(case, link, cite)


def index_markdown(corpus: Corpus, section: str, suffix: str = ".md") -> str:
    if section == "actors":
        return "".join(f"- [{actor['names']['en']}]({actor['id']}{suffix})\n" for actor in corpus.actors)
    return "".join(f"- [{case.front['title']}]({case.id}{suffix})\n" for case in corpus.cases)


def bibliography(corpus: Corpus) -> str:
    return "\n".join(to_bibtex(entry) for entry in corpus.entries)


SHELL = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} | Atlas</title><link rel="stylesheet" href="/style.css"></head>
<body><header><nav><a href="/">Atlas</a> <a href="/actors/">Actors</a> <a href="/cases/">Cases</a></nav></header>
<main><h1>{title}</h1>
{content}
</main><footer>An atlas of two countries.</footer></body>
</html>
"""


def shell(title: str, content: str) -> str:
    return SHELL.replace("{title}", title).replace("{content}", content)


# One function for each peer


def hugo(corpus: Corpus, out: Path) -> None:
    for section, name, title, front, text in pages(corpus, lambda target: f"../../actors/{target}/"):
        write(out / f"content/{section}/{name}.md", front_matter({"title": title, **front}) + text)
    for section in ("actors", "cases"):
        write(out / f"content/{section}/_index.md", front_matter({"title": section.title()}))
    write(out / "content/_index.md", front_matter({"title": "Atlas"}) + "An atlas.\n")
    write(
        out / "hugo.toml",
        'baseURL = "https://example.org/"\ntitle = "Atlas"\ndisableKinds = ["taxonomy", "term", "rss"]\n',
    )
    write(out / "layouts/_default/single.html", shell("{{ .Title }}", "{{ .Content }}"))
    write(
        out / "layouts/_default/list.html",
        shell(
            "{{ .Title }}",
            '{{ .Content }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>',
        ),
    )
    write(out / "static/style.css", CSS)


def hugo_templates(corpus: Corpus, out: Path) -> None:
    """Hugo doing the atlas's work in hand-written templates.

    A cite shortcode over the bibliography as JSON, references on every page, a bibliography
    page with what cites each work, backlinks on actors, and a JSON search index.
    """

    def cite(parts: list[tuple[str, str]]) -> str:
        return '{{< cite "' + ";".join(f"{key}|{locator}" for key, locator in parts) + '" >}}'

    hugo(corpus, out)
    names = {actor["id"]: actor["names"]["en"] for actor in corpus.actors}

    def link(target: str) -> str:
        return f"../../actors/{target}/"

    for actor in corpus.actors:
        front = {"title": actor["names"]["en"], "relations": actor["relations"], "works": actor["sources"]}
        write(out / f"content/actors/{actor['id']}.md", front_matter(front) + actor_markdown(actor, names, link, cite))
    for case in corpus.cases:
        works = sorted({key for match in CITATION.finditer(case.body) for key, _ in split_citation(match[1])})
        front = {**case.front, "works": works}
        write(out / f"content/cases/{case.id}.md", front_matter(front) + case_markdown(case, link, cite))
    data = {entry.key: {"type": entry.type, **entry.fields} for entry in corpus.entries}
    write(out / "data/bib.json", json.dumps(data, ensure_ascii=False))
    write(out / "content/bibliography.md", front_matter({"title": "Bibliography", "layout": "bibliography"}))
    write(out / "content/search.md", front_matter({"title": "Search", "layout": "search", "url": "/search.json"}))
    entry = (
        "{{ .author }} ({{ .year }}). <em>{{ .title }}</em>. "
        "{{ with .journal }}{{ . }}, {{ end }}{{ with .volume }}{{ . }}{{ end }}"
        "{{ with .booktitle }}In {{ . }}. {{ end }}{{ with .publisher }}{{ . }}{{ end }}"
        '{{ with .pages }}, {{ . }}{{ end }}{{ with .url }} <a href="{{ . }}">{{ . }}</a>{{ end }}'
    )
    write(out / "layouts/partials/entry.html", entry)
    write(
        out / "layouts/shortcodes/cite.html",
        '({{ range $i, $part := split (.Get 0) ";" }}{{ if $i }}; {{ end }}{{ $kl := split $part "|" }}'
        '{{ $key := index $kl 0 }}{{ $work := index hugo.Data.bib $key }}{{ if not $work }}{{ errorf "unknown %s" $key }}{{ end }}'
        '{{ $.Page.Store.SetInMap "cited" $key true }}'
        '<a href="#ref-{{ $key }}">{{ index (split $work.author ",") 0 }} {{ $work.year }}</a>'
        "{{ with index $kl 1 }}, {{ . }}{{ end }}{{ end }})",
    )
    write(
        out / "layouts/partials/backlinks.html",
        "{{ $all := newScratch }}"
        '{{ range (where site.RegularPages "Section" "cases") }}{{ $page := . }}'
        "{{ range .Params.actors }}{{ $all.Add . (slice $page) }}{{ end }}{{ end }}"
        '{{ range (where site.RegularPages "Section" "actors") }}{{ $page := . }}'
        "{{ range .Params.relations }}{{ $all.Add .to (slice $page) }}{{ end }}{{ end }}"
        "{{ return $all }}",
    )
    write(
        out / "layouts/partials/citedby.html",
        "{{ $all := newScratch }}"
        "{{ range site.RegularPages }}{{ $page := . }}"
        "{{ range .Params.works }}{{ $all.Add . (slice $page) }}{{ end }}{{ end }}{{ return $all }}",
    )
    pages_list = '<ul>{{ range . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
    single = (
        "{{ .Content }}"
        '{{ with (partialCached "backlinks.html" site "backlinks").Get .File.ContentBaseName }}'
        f"<h2>Mentioned by</h2>{pages_list}{{{{ end }}}}"
        '{{ with .Store.Get "cited" }}<h2>References</h2><ol>{{ range $key, $_ := . }}'
        '<li id="ref-{{ $key }}">{{ partial "entry.html" (index hugo.Data.bib $key) }}</li>'
        "{{ end }}</ol>{{ end }}"
    )
    write(out / "layouts/_default/single.html", shell("{{ .Title }}", single))
    write(
        out / "layouts/_default/bibliography.html",
        shell(
            "{{ .Title }}",
            '{{ $cited := partialCached "citedby.html" site "citedby" }}'
            '<ol>{{ range $key, $work := hugo.Data.bib }}<li id="ref-{{ $key }}">{{ partial "entry.html" $work }}'
            f"{{{{ with $cited.Get $key }}}}{pages_list}{{{{ end }}}}</li>{{{{ end }}}}</ol>",
        ),
    )
    # An HTML page under the name of a JSON file: a second output format would render every body twice.
    write(
        out / "layouts/_default/search.html",
        '{{ $index := slice }}{{ range (where site.RegularPages "Section" "in" (slice "actors" "cases")) }}'
        "{{ $index = $index | append "
        '(dict "url" .RelPermalink "title" .Title "text" (.Plain | truncate 1000)) }}{{ end }}{{ $index | jsonify | safeHTML }}',
    )


def _mkdocs_tree(corpus: Corpus, out: Path, cite: Cite = plain_cite) -> dict[str, Any]:
    def link(target: str) -> str:
        return f"../actors/{target}.md"

    for section, name, title, front, text in pages(corpus, link, cite):
        write(out / f"docs/{section}/{name}.md", front_matter({"title": title, **front}) + text)
    for section in ("actors", "cases"):
        write(out / f"docs/{section}/index.md", f"# {section.title()}\n\n" + index_markdown(corpus, section))
    write(out / "docs/index.md", "# Atlas\n\nAn atlas.\n")
    return {
        "site_name": "Atlas",
        "site_url": "https://example.org/",
        "nav": [{"Atlas": "index.md"}, {"Actors": "actors/index.md"}, {"Cases": "cases/index.md"}],
        "validation": {"nav": {"omitted_files": "ignore"}},
        "markdown_extensions": ["footnotes", "attr_list"],
        "theme": {"name": "mkdocs"},
    }


def mkdocs_bibtex(corpus: Corpus, out: Path) -> None:
    """mkdocs-bibtex in its simple mode, which takes no locators: they stay beside the citation."""

    def cite(parts: list[tuple[str, str]]) -> str:
        locators = [locator for _, locator in parts if locator]
        return "[" + "; ".join("@" + key for key, _ in parts) + "]" + (f" ({', '.join(locators)})" if locators else "")

    config = _mkdocs_tree(corpus, out, cite)
    write(out / "bibliography.bib", bibliography(corpus))
    write(out / "docs/bibliography.md", "# Bibliography\n\n\\full_bibliography\n")
    config["plugins"] = ["search", {"bibtex": {"bib_file": "bibliography.bib"}}]
    write(out / "mkdocs.yml", yaml.safe_dump(config))


def pelican(corpus: Corpus, out: Path, cite: Cite = plain_cite, extra: str = "PLUGINS = []\n") -> None:
    for section, name, title, _, text in pages(corpus, lambda target: f"../actors/{target}.html", cite):
        write(out / f"content/{section}/{name}.md", f"Title: {title}\n\n{text}")
    write(out / "theme/static/style.css", CSS)
    body = "{{ page.content }}{% if page.bibliography %}{{ page.bibliography.rendered }}{% endif %}"
    write(out / "theme/templates/page.html", shell("{{ page.title }}", body))
    write(
        out / "theme/templates/index.html",
        shell(
            "Atlas",
            ('<ul>{% for page in pages %}<li><a href="{{ page.url }}">{{ page.title }}</a></li>{% endfor %}</ul>'),
        ),
    )
    write(
        out / "pelicanconf.py",
        f"""\
SITENAME = "Atlas"
SITEURL = ""
TIMEZONE = "Europe/Paris"
PATH = "content"
THEME = "theme"
PAGE_PATHS = ["actors", "cases"]
ARTICLE_PATHS = []
PATH_METADATA = r"(?P<section>actors|cases)/(?P<slug>.*)\\.md"
PAGE_URL = PAGE_SAVE_AS = "{{section}}/{{slug}}.html"
DIRECT_TEMPLATES = ["index"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {{"extension_configs": {{"markdown.extensions.footnotes": {{}}, "markdown.extensions.tables": {{}},
            "markdown.extensions.toc": {{}}, "markdown.extensions.attr_list": {{}}, "markdown.extensions.meta": {{}}}},
            "output_format": "html5"}}
{extra}""",
    )


def pelican_cite(corpus: Corpus, out: Path) -> None:
    """pelican-cite2: one key a bracket, no locators, so they stay beside the citation."""

    def cite(parts: list[tuple[str, str]]) -> str:
        return " ".join(f"[@{key}]" + (f" ({locator})" if locator else "") for key, locator in parts)

    pelican(corpus, out, cite, 'PLUGINS = ["pelican_cite2"]\nPUBLICATIONS_SRC = "content/bibliography.bib"\n')
    write(out / "content/bibliography.bib", bibliography(corpus))


def sphinx(corpus: Corpus, out: Path) -> None:
    def cite(parts: list[tuple[str, str]]) -> str:
        return "{cite:p}`" + ",".join(key + (f"{{{locator}}}" if locator else "") for key, locator in parts) + "`"

    for section, name, title, _, text in pages(corpus, lambda target: f"../actors/{target}.md", cite):
        write(out / f"{section}/{name}.md", f"# {title}\n\n{text}")
    for section in ("actors", "cases"):
        write(out / f"{section}/index.md", f"# {section.title()}\n\n```{{toctree}}\n:glob:\n:maxdepth: 1\n\n*\n```\n")
    write(out / "index.md", "# Atlas\n\n```{toctree}\nactors/index\ncases/index\nbibliography\n```\n")
    write(out / "bibliography.md", "# Bibliography\n\n```{bibliography}\n```\n")
    write(out / "bibliography.bib", bibliography(corpus))
    write(
        out / "conf.py",
        """\
project = "Atlas"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_bibfiles = ["bibliography.bib"]
html_theme = "alabaster"
html_sidebars = {"**": ["searchbox.html"]}
html_copy_source = False
html_use_index = False
""",
    )


def atlas_full(corpus: Corpus, out: Path) -> None:
    """The corpus in the format of this project, with all that an atlas can show: relations count and are drawn."""
    atlas(corpus, out, full=True)


def atlas(corpus: Corpus, out: Path, *, full: bool = False) -> None:
    """The corpus in the format of this project, without pictures, comparisons and files unless `full`."""
    kinds = sorted({actor["kind"] for actor in corpus.actors})
    label = lambda words: {"en": words}
    site = {
        "title": label("Atlas"), "description": label("A corpus."), "author": label("Atlas"),
        "base_url": "https://example.org/", "as_of": "2026-11-22",
        "languages": {"en": {"tag": "en", "name": "English"}},
        "sides": {side: {"label": label(side.title())} for side in ("france", "china")},
        "dimensions": {"origin": {"label": label("Origin"), "question": label("Why?")}},
        "fields": {"culture": {"label": label("Culture")}},
        "kinds": {"actor": {kind: {"label": label(kind)} for kind in kinds},
                  "case": {"case": {"label": label("Case")}}},
        "relation_types": {
            name: {"label": label(name), "inverse": label(f"inverse {name}"), "arc": full} for name in RELATIONS
        },
        **({} if full else {"views": []}), "navigation": ["/actors/", "/cases/", "/sources/"],
    }  # fmt: skip
    places = {
        slug(city): {"label": label(_typed(city)), "coordinates": [latitude, longitude]}
        for cities in CITIES.values()
        for city, _, _, latitude, longitude in cities
    }
    write(out / "content/site.yaml", to_yaml(site))
    write(out / "content/places.yaml", to_yaml(places))
    for actor in corpus.actors:
        write(out / f"content/actors/{actor['id']}.yaml", to_yaml(_actor(actor)))
    for case in corpus.cases:
        write(out / f"content/cases/{case.id}.md", front_matter(_case_front(case)) + _case_body(case))
    write(out / "bibliography.bib", bibliography(corpus))


def _typed(text: str) -> str:
    return text.replace("'", "’")


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    relations = {(row["type"], row["to"]): row for row in actor["relations"]}.values()
    return {
        "lang": "en", "date": "2026-11-22",
        "names": [{"lang": language, "text": _typed(text)} for language, text in actor["names"].items()],
        "sides": [actor["side"]], "kind": actor["kind"], "start": str(actor["founded"]), "places": [slug(actor["seat"])],
        "summary": _typed(f"{actor['summary']} Drawn from {' '.join(f'[@{key}]' for key in actor['sources'])}."),
        "unanswered": {"origin": "not-researched"},
        "relations": [{"id": f"r{number}", "type": row["type"], "to": row["to"], "start": row["since"]}
                      for number, row in enumerate(relations)],
    }  # fmt: skip


def _case_front(case: Case) -> dict[str, Any]:
    front = case.front
    return {
        "lang": "en", "date": "2026-11-22", "title": _typed(front["title"]), "kind": "case", "sides": ["france"],
        "actors": list(dict.fromkeys(front["actors"])), "start": str(front["start"]), "end": str(front["end"]),
        "places": list(dict.fromkeys(slug(place["name"]) for place in front["places"])),
        "summary": "A case of the corpus.",
    }  # fmt: skip


def _case_body(case: Case) -> str:
    """The body with records linked by id; headings have ids, and what cites nothing is the atlas's own reading."""
    text = re.sub(r"\[([^\]]*)\]\(actor:([^)]*)\)", r"[[\2|\1]]", _typed(case.body))
    blocks = []
    for block in text.split("\n\n"):
        if block.startswith("## "):
            block = f"{block} {{#{slug(block[3:])}}}"
        elif "[@" not in block and not block.startswith(("|", "- ", "[^")):
            block = f"{block} {{.reading}}"
        elif block.startswith("- "):
            block = "\n".join(f"{line} {{.reading}}" for line in block.split("\n"))
        blocks.append(block)
    return "\n\n".join(blocks)


PEERS: dict[str, Callable[[Corpus, Path], None]] = {
    "atlas": atlas, "atlas-full": atlas_full, "hugo": hugo, "hugo-templates": hugo_templates, "pelican-cite2": pelican_cite,
    "mkdocs-bibtex": mkdocs_bibtex, "sphinx": sphinx,
}  # fmt: skip
