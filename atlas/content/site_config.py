"""Reads content/site.yaml, content/places.yaml and the descriptions of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode

from atlas.content.events import read_events
from atlas.content.files import VARIED, File
from atlas.content.image_sizes import size_of
from atlas.content.looks import low_contrast, menu_groups, menu_links, menu_problems, read_looks
from atlas.content.looks_model import OwnField
from atlas.content.made_books import date_of_book, is_made_book
from atlas.content.model import (
    Dimension,
    Kind,
    Licence,
    Link,
    Place,
    RegisteredSigner,
    RelationType,
    Release,
    Scale,
    Side,
    Site,
)
from atlas.content.uploads import check_upload, kind_of
from atlas.core import pillow
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import LARGE_FILE, LARGE_PICTURE, Asset, Source
from atlas.core.yaml_nodes import read_yaml
from atlas.i18n.edtf import EdtfDate, parse_edtf
from atlas.i18n.locales import Language, is_known
from atlas.schema import site_schema
from atlas.schema.families import KINDED
from atlas.schema.field_types import FieldType, FileContext
from atlas.schema.identifiers import IDENTIFIERS
from atlas.schema.own_fields import SHOWN, type_key

_WIDE = 2400
"""Pixels that a screen of high density shows at the width of the text."""
SITE_PATH = "content/site.yaml"
PLACES_PATH = "content/places.yaml"
_TABLES = {"sides": "side", "dimensions": "dimension", "fields": "field", "contributions": "contribution",
           "relation_types": "relation-type", "languages": "language", "voices": "voice",
           "profile": "question:profile"}  # fmt: skip


def read_site(
    sources: Mapping[str, Source], today: str = "", base_url: str = ""
) -> tuple[Site | None, dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Read content/site.yaml and content/places.yaml.

    There is a site as soon as the values that every page needs are valid, so that all other mistakes can be reported at
    the same time.

    Args:
        sources: the text files by path.
        today: replaces `as_of` (YYYY-MM-DD), if given.
        base_url: replaces the declared one, if given.

    Returns:
        The site or None, the declared ids by what they name, and the problems.
    """
    source = sources.get(SITE_PATH)
    if source is None:
        hint = "run init in an empty folder, which writes one with an example of each kind of record"
        return None, {}, (Problem(Span(SITE_PATH), Rule.MISSING_KEY, "content/site.yaml does not exist", hint),)
    node, problems = read_yaml(source)
    if node is None:
        return None, {}, problems
    declared = _declared(node)
    values, found = _read(site_schema.SITE, source, node, declared)
    found = (*problems, *found)
    places: dict[str, Place] = {}
    place_ids: dict[str, tuple[str, ...]] = {"place": ()}
    if PLACES_PATH in sources:
        places, place_ids, more = _read_places(sources[PLACES_PATH], declared)
        found += more
    declared |= place_ids
    languages = (values or {}).get("languages") or {}
    found += tuple(menu_problems((values or {}).get("navigation") or ()))
    found += tuple(low_contrast((values or {}).get("looks")))
    wrong = (*_same_folders(languages), *_same_tags(languages), *_unknown_locales(languages))
    found += wrong
    required = ("title", "description", "author", "base_url", "as_of", "languages")
    if values is None or wrong or not all(values[key] for key in required) or not _whole(languages, declared):
        return None, declared, found
    values |= {"base_url": base_url or values["base_url"]}
    return _site(values, places, today), declared, found


def _read(shape: FieldType, source: Source, node: Node, declared: Mapping[str, Any]) -> tuple[Any, tuple[Problem, ...]]:
    context = FileContext(source.path, source.text, declared)
    values = shape.read(node, context)
    return values, tuple(context.problems)


def _declared(site: MappingNode) -> dict[str, tuple[str, ...]]:
    """Return the ids that the tables of the site declare, before their rows are checked, since rows name each other."""
    declared: dict[str, tuple[str, ...]] = {f"kind:{family.id}": () for family in KINDED}
    declared |= dict.fromkeys((*_TABLES.values(), "question", "answer"), ())
    for key, value in site.value:
        if key.value in _TABLES:
            declared[_TABLES[key.value]] = _keys(value)
        elif key.value == "extra":
            declared |= _own_fields(value)
        elif key.value == "scale" and isinstance(value, MappingNode):
            tables = {table.value: rows for table, rows in value.value}
            declared |= {one: _keys(tables[f"{one}s"]) for one in ("question", "answer") if f"{one}s" in tables}
        elif key.value == "kinds" and isinstance(value, MappingNode):
            declared |= {f"kind:{family.value}": _keys(kinds) for family, kinds in value.value}
    return declared


def _own_fields(node: Node) -> dict[str, tuple[str, ...]]:
    """Return the ids of the own fields of each type."""
    types: dict[str, list[str]] = {}
    for key, row in node.value if isinstance(node, MappingNode) else ():
        keys = {name.value: value.value for name, value in row.value} if isinstance(row, MappingNode) else {}
        types.setdefault(str(keys.get("type", "text")), []).append(key.value)
    return {type_key(name): tuple(ids) for name, ids in types.items()}


def _keys(node: Node) -> tuple[str, ...]:
    return (
        tuple(key.value for key, _ in node.value if isinstance(key, ScalarNode))
        if isinstance(node, MappingNode)
        else ()
    )


def _read_places(
    source: Source, declared: Mapping[str, Any]
) -> tuple[dict[str, Place], dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Return the places, and their ids under "place"; no ids if the file cannot be read, so that any id is accepted."""
    node, problems = read_yaml(source)
    if node is None:
        return {}, {}, problems
    rows, more = _read(site_schema.PLACES, source, node, declared)
    problems += more
    known = {id: row for id, row in rows.items() if row["coordinates"]}
    places = {id: Place(id, row["label"], row["coordinates"]) for id, row in known.items()}
    return places, {"place": _keys(node)}, problems


def _licence(row: Mapping[str, Any]) -> Licence:
    return Licence(row["label"], row["url"], row["spans"]["url"])


def _site(values: Mapping[str, Any], places: Mapping[str, Place], today: str) -> Site:
    languages = values["languages"]
    licence = values["licence"]
    as_of: EdtfDate = parse_edtf(today) if today else values["as_of"]
    return Site(
        title=values["title"],
        description=values["description"],
        author=values["author"],
        base_url=values["base_url"].rstrip("/") + "/",
        as_of=as_of,
        languages={
            id: Language(id, row["tag"], row["name"], _folder(id, row) if number else "")
            for number, (id, row) in enumerate(languages.items())
        },
        sides={id: Side(id, row["label"], row["compared"] is not False) for id, row in values["sides"].items()},
        dimensions={
            id: Dimension(
                id,
                row["label"],
                row["question"],
                Link(row["contrast"].value, row["contrast"].span) if row["contrast"] else None,
            )
            for id, row in values["dimensions"].items()
        },
        profile={id: row["label"] for id, row in values["profile"].items()},
        fields={id: row["label"] for id, row in values["fields"].items()},
        contributions={id: row["label"] for id, row in values["contributions"].items()},
        kinds={
            family: {
                id: Kind(id, row["label"], frozenset(at.value for at in row["not_applicable"]))
                for id, row in kinds.items()
            }
            for family, kinds in values["kinds"].items()
        },
        relation_types={
            id: RelationType(
                id,
                row["label"],
                row["inverse"] or row["label"],
                bool(row["symmetric"]),
                row["tie"] is not False,
                bool(row["pairs"]),
                bool(row["arc"]),
                bool(row["membership"]),
                row["list"] or {},
            )
            for id, row in values["relation_types"].items()
        },
        navigation=menu_links(values["navigation"]),
        menu_groups=menu_groups(values["navigation"]),
        looks=read_looks(values["looks"]),
        styles={id: Link(at.value, at.span) for id, at in values["styles"].items()},
        views=frozenset(values["views"] if "views" in values["spans"] else site_schema.VIEWS),
        consulted=values["consulted"] or "",
        voices={id: row["label"] for id, row in (values["voices"] or {}).items()},
        releases=tuple(
            Release(row["date"], row["version"], row["text"], row["digest"] or "", row["spans"]["version"])
            for row in values["releases"]
            if row and row["date"] and row["version"] and row["text"]
        ),
        events=read_events(values["timeline"]),
        scale=_scale(values["scale"]),
        extra={
            id: OwnField(
                id, row["label"], row["type"] or "text", frozenset(row["show"] if "show" in row["spans"] else SHOWN)
            )
            for id, row in values["extra"].items()
        },
        service_worker=values["service_worker"],
        share_images=shared.span if (shared := values["share_images"]) and shared.value else None,
        image_variants=varied.span if (varied := values["image_variants"]) and varied.value else None,
        edit_url=values["edit_url"] or "",
        report_url=values["report_url"] or "",
        contact=values["contact"] or "",
        signers=tuple(
            RegisteredSigner(row["name"].value, {key: row[key] for key in IDENTIFIERS if row[key]}, row["name"].span)
            for row in values["signers"]
            if row and row["name"]
        ),
        aliases={alias: Link(at.value, at.span) for alias, at in values["aliases"].items()},
        licence=Licence(licence["label"], licence["url"], licence["spans"]["url"])
        if licence and licence["url"]
        else None,
        places=places,
    )


def _scale(row: Mapping[str, Any] | None) -> Scale | None:
    """Return the declared scale, if it has questions."""
    if not row or not row["questions"]:
        return None
    return Scale(
        row["label"] or {},
        {id: question["label"] for id, question in row["questions"].items()},
        {id: answer["label"] for id, answer in row["answers"].items()},
        frozenset(id for id, answer in row["answers"].items() if answer["counted"]),
    )


def _folder(id: str, row: Mapping[str, Any]) -> str:
    return str(row["path"].value) if row["path"] else id


def _same_folders(languages: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each language after the first whose addresses would equal those of another."""
    seen: dict[str, str] = {}
    for id, row in list(languages.items())[1:]:
        first = seen.setdefault(_folder(id, row), id)
        if first != id:
            span = row["path"].span if row["path"] else row["span"]
            message = f"the addresses of {id} and {first} would be the same"
            yield Problem(span, Rule.SAME_URL, message, "give one of them another path")


def _whole(languages: Mapping[str, Mapping[str, Any]], declared: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether every declared language has the tag and name that each page needs."""
    return languages.keys() == set(declared["language"]) and all(
        row["tag"] and row["name"] for row in languages.values()
    )


def _same_tags(languages: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each language with the tag of another, since browsers could not distinguish them."""
    seen: dict[str, str] = {}
    for id, row in languages.items():
        first = seen.setdefault(row["tag"] or id, id)
        if first != id:
            message = f"{id} and {first} have one tag"
            hint = "give one of them another tag, such as fr-CA"
            yield Problem(row["spans"]["tag"], Rule.DUPLICATE_ID, message, hint)


def _unknown_locales(languages: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each language that CLDR does not know, since its dates could not be written."""
    for id, row in languages.items():
        if row["tag"] and not is_known(row["tag"]):
            message = f'nothing is known of the language "{row["tag"]}"'
            yield Problem(
                row["spans"]["tag"], Rule.UNKNOWN_LANGUAGE, message, f"write the tag of {id} as in fr or zh-Hans"
            )


def read_files(
    assets: tuple[Asset, ...], sources: Mapping[str, Source], declared: Mapping[str, Any]
) -> tuple[dict[str, File], tuple[Problem, ...]]:
    """Return the pictures and downloads by path, each with its description from the `.yaml` file of the same name.

    Books that `book` made describe themselves.
    """
    files: dict[str, File] = {}
    problems: list[Problem] = []
    paths = {asset.path for asset in assets}
    for asset in assets:
        path = f"content/files/{asset.path}"
        wrong = check_upload(asset.path, asset.data)
        if wrong:
            problems.append(wrong)
            continue
        if is_made_book(asset.path) and f"{path}.yaml" not in sources:
            made = date_of_book(asset.path, asset.data)
            files[asset.path] = File(asset.path, asset.size, asset.data, {}, "", "", {}, "", made=made)
            continue
        width, height = size_of(asset.path, asset.data)
        if asset.size > LARGE_FILE or width * height > LARGE_PICTURE:
            problems.append(_too_large(asset, (width, height)))
        source = sources.get(f"{path}.yaml")
        if source is None:
            hint = f"write {path}.yaml with alt, credit and licence"
            problems.append(
                Problem(Span(path), Rule.MISSING_ALT, "nothing says what this file shows and whose it is", hint)
            )
            continue
        node, found = read_yaml(source)
        values, more = _read(site_schema.FILE, source, node, declared) if node else (None, ())
        problems += [*found, *(replace(problem, rule=_rule_of_file(problem)) for problem in more)]
        if values and not more and not values["alt"]:
            hint = "write alt: with the words of one language at least, such as {en: …}"
            problems.append(
                Problem(
                    values["spans"].get("alt", source.span), Rule.MISSING_ALT, "nothing says what this file shows", hint
                )
            )
        elif values and not more:
            problems += _untranslated(values, path, source, declared)
            problems += _missing_transcripts(values, asset.path, source, paths)
            row = {key: values[key] for key in ("alt", "credit", "licence", "caption")}
            files[asset.path] = File(
                asset.path,
                asset.size,
                asset.data,
                **row,
                source=values["source"] or "",
                source_span=values["spans"].get("source", source.span),
                width=width,
                height=height,
                transcript=values["transcript"].value if values["transcript"] else "",
                captions={id: at.value for id, at in (values["captions"] or {}).items()},
            )
    described = {f"content/files/{path}.yaml" for path in paths}
    for path in sources:
        if path.startswith("content/files/") and path not in described:
            hint = "put the file beside it, or remove this description"
            problems.append(Problem(Span(path, 1, 1), Rule.STRAY_FILE, "this describes a file that is not there", hint))
    return files, tuple(problems)


def _too_large(asset: Asset, size: tuple[int, int]) -> Problem:
    """Return the problem of a file that takes long to load."""
    message = f"this file has {asset.size // 1000} kB"
    hint = f"make it smaller than {LARGE_FILE // 1000} kB: many readers have slow lines"
    if max(size) > _WIDE:
        message += f" and {size[0]} × {size[1]} pixels"
        hint = f"scale it to {_WIDE} pixels at most, and save it as WebP or JPEG with less than {LARGE_FILE // 1000} kB"
    if size[0] * size[1] > LARGE_PICTURE:
        hint += ": a browser needs 4 bytes for each pixel, and no smaller copies are made of it"
    elif asset.path.rpartition(".")[2].lower() in VARIED:
        hint += f"; or let each build make smaller copies: image_variants: true in {SITE_PATH}, and {pillow.INSTALL}"
    return Problem(Span(f"content/files/{asset.path}"), Rule.LARGE_FILE, message, hint)


def _missing_transcripts(values: Mapping[str, Any], path: str, source: Source, paths: set[str]) -> Iterator[Problem]:
    """Yield a problem for a recording without a transcript, and for a transcript or captions that are not there."""
    if kind_of(path) in ("audio", "video") and not values["transcript"]:
        hint = "write what is said into a file of content/files/, and its name here as transcript: NAME.txt"
        yield Problem(source.span, Rule.MISSING_TRANSCRIPT, "this recording has no transcript", hint)
    for at in filter(None, (values["transcript"], *(values["captions"] or {}).values())):
        if at.value not in paths:
            hint = nearest(at.value, paths, f"put the file into content/files/ as {at.value}")
            yield Problem(at.span, Rule.UNKNOWN_FILE, f'no file "content/files/{at.value}"', hint)


def _untranslated(
    values: Mapping[str, Any], path: str, source: Source, declared: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield a problem for each text of a file that lacks a language."""
    for key in ("alt", "caption"):
        missing = [id for id in declared.get("language", ()) if id not in values[key]] if values[key] else []
        if missing:
            message = f"{key} is not in {', '.join(missing)}"
            span = values["spans"].get(key, source.span)
            yield Problem(span, Rule.UNTRANSLATED_FILE, message, f"write it as {{{missing[0]}: …}} beside the others")


def _rule_of_file(problem: Problem) -> str:
    return Rule.MISSING_ALT if problem.rule == Rule.MISSING_KEY and '"alt"' in problem.message else problem.rule
