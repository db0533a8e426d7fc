"""Writes a new atlas: what `site.yaml` declares, one example of each kind of record, workflows and settings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from yaml.nodes import MappingNode

from atlas.authoring.engine_pin import UNKNOWN, requirements
from atlas.authoring.slugs import slug
from atlas.content.site_config import read_site
from atlas.core.output import write_text
from atlas.core.sources import Source, engine_text, read_input
from atlas.core.yaml_nodes import read_yaml
from atlas.i18n.locales import Language, show_language, subtag_of
from atlas.schema.json_schema import schemas

FILES: Final = {
    "content/site.yaml": "site.yaml",
    "content/places.yaml": "places.yaml",
    "content/actors/first-example.yaml": "first-example.yaml",
    "content/actors/second-example.yaml": "second-example.yaml",
    "content/instruments/example-agreement.yaml": "instrument.yaml",
    "content/persons/example-person.yaml": "person.yaml",
    "content/cases/example-case.md": "case.md",
    "content/concepts/example-exchange.md": "concept.md",
    "content/claims/example-claim.md": "claim.md",
    "content/comparisons/example-comparison.md": "comparison.md",
    "content/datasets/example-dataset.yaml": "dataset.yaml",
    "content/pages/home.md": "home.md",
    "content/pages/about.md": "about.md",
    "content/files/example.svg": "example.svg",
    "content/files/example.svg.yaml": "example.svg.yaml",
    "bibliography.bib": "bibliography.bib",
    "README.md": "README.{language}.md",
    ".gitignore": "gitignore",
    ".vscode/extensions.json": "extensions.json",
    ".vscode/settings.json": "settings.json",
    ".github/workflows/pages.yml": "github-pages.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    "netlify.toml": "netlify.toml",
    "Containerfile": "Containerfile",
}
"""The files of a new atlas, each with the file of `atlas/authoring/starter/` that it is made from."""
CATALOGUED: Final = ("en", "fr", "zh")
"""The languages in which the engine has interface texts and examples; the first is used for all others."""
_TAGS: Final = {"zh": "zh-Hans"}
"""The tag of a language that is named by its id alone."""
_SLOT = re.compile(r"<<<([a-z-]+)>>>|<<([a-z-]+)>>")
_KEPT: Final = {"content": "records are in content/ already", "bibliography.bib": "there is a bibliography.bib already"}


class NewAtlas(Struct, frozen=True):
    """What a new atlas is begun with.

    Attributes:
        title: its title by the id of a language, "" for all others.
        languages: the languages; the first is the default.
        sides: the names of the sides.
        today: the date of its examples, YYYY-MM-DD.
        engine: where CI installs the engine from; see `engine_pin`.
    """

    title: Mapping[str, str]
    languages: tuple[Language, ...]
    sides: tuple[str, ...]
    today: str
    engine: str = ""

    @property
    def default(self) -> Language:
        """Return the default language."""
        return self.languages[0]


def language_of(tag: str) -> Language:
    """Return the language of a site for a BCP 47 tag, or for an id such as `zh`."""
    id = tag.lower()
    tag = _TAGS.get(id, tag)
    own = Language(id, tag, "")
    name = show_language(tag, own)
    return Language(id, tag, name[:1].upper() + name[1:], id)


def occupied(root: Path) -> str:
    """Return why no atlas can begin in a folder, or ""."""
    return next((why for name, why in _KEPT.items() if (root / name).exists()), "")


def write_atlas(root: Path, new: NewAtlas) -> tuple[str, ...]:
    """Write the files of a new atlas; files that are there already, such as README.md, stay as they are.

    Returns:
        The paths of the files written.
    """
    texts = {path: _filled(name, new) for path, name in FILES.items()}
    texts["requirements.txt"] = "\n".join(_requirements(new)) + "\n"
    written = [path for path in texts if not (root / path).exists()]
    for path in written:
        write_text(root / path, texts[path])
    return (*written, *_write_schemas(root))


def engine_is_known(new: NewAtlas) -> bool:
    """Return whether requirements.txt says where the engine is installed from."""
    return requirements(new.engine)[0] != UNKNOWN


def _requirements(new: NewAtlas) -> Iterable[str]:
    yield "# The engine at one commit, and the libraries that it was tested with. CI installs these."
    yield from requirements(new.engine)


def _write_schemas(root: Path) -> Iterable[str]:
    files, _ = read_input(root)
    _, declared, _ = read_site({source.path: source for source in files.sources})
    for name, text in schemas(declared).items():
        write_text(root / "schema" / name, text)
        yield f"schema/{name}"


def _filled(name: str, new: NewAtlas) -> str:
    """Return a file of the starter with its slots filled: `<<x>>` as YAML, `<<<x>>>` as it is."""
    own_language = subtag_of(new.default.tag)
    language = own_language if own_language in CATALOGUED else CATALOGUED[0]
    source = Source(name, engine_text(f"authoring/starter/{name.format(language=language)}"))
    texts = _texts()
    labelled = name in ("site.yaml", "places.yaml", "example.svg.yaml", "dataset.yaml")
    sides = tuple(_sides(new))
    title = _text_in(new.default, new.title)
    own = {
        "lang": new.default.id,
        "tag": new.default.id if new.default.id == subtag_of(new.default.tag) else new.default.tag,
        "today": new.today,
        "first-side": sides[0],
        "second-side": sides[-1],
        "strict": " --strict" if all(language.id in CATALOGUED for language in new.languages) else "",
        "languages": "\n".join(f"  {one.id}: {{tag: {one.tag}, name: {_quoted(one.name)}}}" for one in new.languages),
        "sides": "\n".join(
            f"  {id}: {{label: {_label({'': text}, new)}}}" for id, text in zip(sides, new.sides, strict=True)
        ),
        "title": _label(new.title, new),
        "title-text": _quoted(title),
    }

    def fill(match: re.Match[str]) -> str:
        raw, key = match[1], match[1] or match[2]
        if key == "title" and raw:
            return title
        if key in own:
            return own[key]
        if labelled and not raw:
            return _label(texts[key], new)
        text = _text_in(new.default, texts[key])
        return text if raw else _quoted(text)

    return _SLOT.sub(fill, source.text)


def _sides(new: NewAtlas) -> Iterable[str]:
    ids: list[str] = []
    for side in new.sides:
        ids.append(slug(side, ids, "side"))
    return ids


def _label(texts: Mapping[str, str], new: NewAtlas) -> str:
    """Return a label in every language of the site, as YAML."""
    rows = (f"{one.id}: {_quoted(_text_in(one, texts))}" for one in new.languages)
    return f"{{{', '.join(rows)}}}"


def _text_in(language: Language, texts: Mapping[str, str]) -> str:
    """Return a text in a language: under `fr-ca`, else `fr`, else for all languages, else English, else the first."""
    ids = (language.id, subtag_of(language.tag), "", CATALOGUED[0], *texts)
    return next((texts[id] for id in ids if texts.get(id)), "")


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar in quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def _texts() -> dict[str, dict[str, str]]:
    """Return the texts of the examples by key and language."""
    node, _ = read_yaml(Source("texts.yaml", engine_text("authoring/starter/texts.yaml")))
    rows = ((key.value, value) for key, value in (node.value if node else ()) if isinstance(value, MappingNode))
    return {key: {lang.value: text.value for lang, text in value.value} for key, value in rows}
