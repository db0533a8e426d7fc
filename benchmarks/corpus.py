"""A neutral corpus: the same pages for every generator that is measured, the same bytes every time.

Half of the pages are actors, half are case studies in Markdown, with citations, links, tables, lists and
footnotes; there are half as many works as pages. The sentences mean nothing, but the shape is that of a real
atlas: names in three languages, relations, and a few actors and works that draw most of the links and citations.
Every item has a random generator of its own, seeded with its kind and number.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

import yaml

T = TypeVar("T")

DEFAULT_SEED = 1964  # the year the two countries opened diplomatic relations

# English kind -> the French and Chinese words that name it.
KINDS = {
    "cultural institute": ("Institut culturel", "文化中心"),
    "friendship association": ("Association d'amitié", "友好协会"),
    "think tank": ("Centre de réflexion", "智库"),
    "foundation": ("Fondation", "基金会"),
    "university": ("Université", "大学"),
    "museum": ("Musée", "博物馆"),
    "youth council": ("Conseil de la jeunesse", "青年联合会"),
    "city": ("Ville", "市"),
    "media": ("Maison de presse", "报社"),
}

# (English, French, Chinese, latitude, longitude)
CITIES = {
    "france": [
        ("Paris", "Paris", "巴黎", 48.8566, 2.3522),
        ("Lyon", "Lyon", "里昂", 45.7640, 4.8357),
        ("Marseille", "Marseille", "马赛", 43.2965, 5.3698),
        ("Strasbourg", "Strasbourg", "斯特拉斯堡", 48.5734, 7.7521),
        ("Toulouse", "Toulouse", "图卢兹", 43.6047, 1.4442),
        ("Montpellier", "Montpellier", "蒙彼利埃", 43.6108, 3.8767),
    ],
    "china": [
        ("Beijing", "Pékin", "北京", 39.9042, 116.4074),
        ("Shanghai", "Shanghai", "上海", 31.2304, 121.4737),
        ("Wuhan", "Wuhan", "武汉", 30.5928, 114.3055),
        ("Chengdu", "Chengdu", "成都", 30.5728, 104.0668),
        ("Guangzhou", "Canton", "广州", 23.1291, 113.2644),
        ("Xi'an", "Xi'an", "西安", 34.3416, 108.9398),
    ],
}

RELATIONS = [
    "funded-by",
    "founded-by",
    "supervised-by",
    "member-of",
    "partner-of",
    "counterpart-of",
    "hosts",
    "operates",
    "twinned-with",
]

SUBJECTS = [
    "The board",
    "A joint committee",
    "The municipal council",
    "The programme office",
    "A group of volunteers",
    "The ministry",
    "The second delegation",
    "An alumni circle",
    "The exhibition team",
    "The language school",
    "The secretariat",
    "The host family network",
]
VERBS = [
    "renewed",
    "reviewed",
    "extended",
    "financed",
    "suspended",
    "translated",
    "opened",
    "described",
    "negotiated",
    "evaluated",
    "reorganised",
    "presented",
]
OBJECTS = [
    "the exchange of students",
    "a touring exhibition",
    "the twinning agreement",
    "a series of public lectures",
    "the *année croisée* programme",
    "the residency scheme",
    "a bilingual reading room",
    "the festival of new cinema",
    "a register of partners",
    "the **people-to-people** dialogue",
    "a training course for guides",
    "the 民间外交 seminar",
]
MANNERS = [
    "with a modest budget",
    "after long consultations",
    "under a new charter",
    "despite the change of statute",
    "with the support of local firms",
    "in agreement with the embassy",
    "without a formal treaty",
    "for a wider public",
]
TIMES = [
    "in the first year",
    "before the anniversary",
    "over two seasons",
    "in the autumn",
    "after the reform of the law",
    "during the closing decade",
    "at the end of the mandate",
]
TOPICS = [
    "Origins",
    "First contacts",
    "Funding and staff",
    "The programme",
    "Public reception",
    "Relations with the state",
    "Results",
    "Difficulties",
    "What remains",
    "Lessons",
]
MEASURES = ["Participants", "Events held", "Partner towns", "Grants awarded", "Press articles", "Visitors"]
LINK_SENTENCES = [
    "{} hosted the opening session and kept the minutes of the meeting.",
    "A parallel effort was led by {}, which supplied the interpreters.",
    "The accounts name {} among the three main contributors of that year.",
    "When the first agreement lapsed, {} took over the daily work.",
]
NOTES = [
    "The figures exclude online events.",
    "Dates follow the minutes, not the press.",
    "Both language versions of the charter are valid.",
    "The name changed twice in this period.",
]

FRENCH_AUTHORS = [
    "Lefèvre, Hélène",
    "Dubois, François",
    "Garnier, Zoé",
    "Moreau, Jean-Marie",
    "Béranger, Cécile",
    "Noël, André",
    "Rousseau, Agnès",
    "Petit, Benoît",
]
CHINESE_AUTHORS = [
    "Zhang, Wei",
    "Li, Xiaoming",
    "Wang, Fang",
    "Chen, Guoqiang",
    "Liu, Yating",
    "Zhao, Min",
    "Huang, Jianhua",
    "Zhou, Ling",
]
OTHER_AUTHORS = ["Smith, Laura", "Okafor, Daniel", "Keller, Anna", "Rossi, Marco", "Jones, Peter"]
TITLES = {
    "english": [
        "Cultural exchange and the provincial city",
        "Friendship societies between two states",
        "Soft power seen from below",
        "Town twinning as public diplomacy",
    ],
    "french": [
        "La diplomatie des peuples à l'épreuve",
        "Les échanges culturels franco-chinois",
        "L'exception culturelle et ses acteurs",
        "Jumelages et coopération décentralisée",
    ],
    "chinese": ["中法民间外交的历史与现状", "城市外交与友好城市", "文化交流中的民间组织", "公共外交的法国经验"],
}
JOURNALS = [
    "Revue d'histoire diplomatique",
    "International Journal of Cultural Policy",
    "公共外交季刊",
    "Perspectives chinoises",
    "Place Branding and Public Diplomacy",
]
PUBLISHERS = [
    ("Presses universitaires de Rennes", "Rennes"),
    ("Routledge", "London"),
    ("世界知识出版社", "北京"),
    ("L'Harmattan", "Paris"),
]
ASCII = str.maketrans("àâäçèéêëîïôöùûü", "aaaceeeeiioouuu")


@dataclass(frozen=True)
class Entry:
    """One work of the bibliography."""

    key: str
    type: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Case:
    """One case study: its front matter and its Markdown body."""

    id: str
    front: dict[str, Any]
    body: str


@dataclass(frozen=True)
class Corpus:
    actors: list[dict[str, Any]]
    cases: list[Case]
    entries: list[Entry]


def make_corpus(pages: int, seed: int = DEFAULT_SEED) -> Corpus:
    """Make a corpus of that many pages, in memory."""
    count = pages // 2
    entries = make_entries(count, seed)
    keys = [entry.key for entry in entries]
    actors = make_actors(count, keys, seed)
    cases = [make_case(number, actors, keys, seed) for number in range(1, pages - count + 1)]
    return Corpus(actors, cases, entries)


# Bibliography


def make_entries(count: int, seed: int) -> list[Entry]:
    entries = []
    taken: dict[str, int] = {}
    for number in range(1, count + 1):
        rng = rng_for(seed, "entry", number)
        language = rng.choice(["english", "french", "chinese"])
        own = {"french": FRENCH_AUTHORS, "chinese": CHINESE_AUTHORS, "english": OTHER_AUTHORS}[language]
        authors = rng.sample(own + OTHER_AUTHORS, k=1) + rng.sample(own, k=rng.choice([0, 0, 1]))
        authors = list(dict.fromkeys(authors))
        year = str(rng.randint(1965, 2024))
        stem = slug(authors[0].split(",")[0]) + year
        taken[stem] = taken.get(stem, 0) + 1
        fields = {
            "author": " and ".join(authors),
            "title": f"{rng.choice(TITLES[language])} {number}",
            "year": year,
            "langid": language,
        }
        kind = rng.choice(["article", "book", "incollection", "online"])
        fields.update(publication_fields(rng, kind, number))
        entries.append(Entry(f"{stem}{letters(taken[stem])}", kind, fields))
    return entries


def publication_fields(rng: Random, kind: str, number: int) -> dict[str, str]:
    """The fields that say where a work of this kind came out."""
    publisher, address = rng.choice(PUBLISHERS)
    first = rng.randint(1, 300)
    pages = f"{first}--{first + rng.randint(5, 30)}"
    if kind == "article":
        return {
            "journal": rng.choice(JOURNALS),
            "volume": str(rng.randint(1, 60)),
            "number": str(rng.randint(1, 4)),
            "pages": pages,
        }
    if kind == "book":
        return {"publisher": publisher, "address": address}
    if kind == "incollection":
        return {
            "booktitle": rng.choice(TITLES["english"]),
            "editor": rng.choice(FRENCH_AUTHORS),
            "publisher": publisher,
            "address": address,
            "pages": pages,
        }
    return {"url": f"https://example.org/report/{number}", "urldate": f"2024-0{rng.randint(1, 9)}-15"}


def to_bibtex(entry: Entry) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.fields.items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}\n"


# Actors


def make_actors(count: int, keys: Sequence[str], seed: int) -> list[dict[str, Any]]:
    actors = [make_actor(number, keys, seed) for number in range(1, count + 1)]
    ids = [actor["id"] for actor in actors]
    for number, actor in enumerate(actors, start=1):
        rng = rng_for(seed, "relations", number)
        others = pick(rng, ids, 3, 6, without=actor["id"])
        actor["relations"] = [
            {"type": rng.choice(RELATIONS), "to": other, "since": str(rng.randint(1970, 2020))} for other in others
        ]
    return actors


def make_actor(number: int, keys: Sequence[str], seed: int) -> dict[str, Any]:
    """One actor, as yet without relations."""
    rng = rng_for(seed, "actor", number)
    side = rng.choice(["france", "china"])
    kind = rng.choice(list(KINDS))
    kind_fr, kind_zh = KINDS[kind]
    city_en, city_fr, city_zh, latitude, longitude = rng.choice(CITIES[side])
    return {
        "id": f"{slug(kind)}-{slug(city_en)}-{number:05}",
        "names": {
            "en": f"{city_en} {kind} {number}",
            "fr": f"{kind_fr} – {city_fr} {number}",
            "zh": f"{city_zh}{kind_zh}{number}",
        },
        "side": side,
        "kind": slug(kind),
        "founded": random_date(rng, 1950, 2015),
        "seat": city_en,
        "coordinates": [round(latitude + rng.uniform(-0.05, 0.05), 4), round(longitude + rng.uniform(-0.05, 0.05), 4)],
        "summary": " ".join(sentence(rng) for _ in range(rng.randint(4, 8))),
        "sources": pick(rng, keys, 2, 4),
    }


# Case studies


def make_case(number: int, actors: Sequence[dict[str, Any]], keys: Sequence[str], seed: int) -> Case:
    rng = rng_for(seed, "case", number)
    cast = pick(rng, actors, 3, 6)
    places = {actor["seat"]: actor["coordinates"] for actor in cast[:3]}
    start = rng.randint(1965, 2015)
    front = {
        "title": f"{rng.choice(TITLES['english'])}: case {number}",
        "actors": [actor["id"] for actor in cast],
        "start": random_date(rng, start, start),
        "end": random_date(rng, start + 1, start + 8),
        "places": [{"name": name, "coordinates": spot} for name, spot in places.items()],
    }
    linked = [rng.choice(cast) for _ in range(3)] + pick(rng, actors, 3, 3)
    return Case(f"case-{number:05}", front, case_body(rng, linked, keys))


def case_body(rng: Random, linked: Sequence[dict[str, Any]], keys: Sequence[str]) -> str:
    """A Markdown body of 3 to 8 kB: sections of paragraphs, a table, a list and a footnote."""
    sections = rng.sample(TOPICS, k=rng.randint(3, 6))
    paragraphs = make_paragraphs(rng, target_size=rng.randint(1500, 5900))
    add_links(rng, paragraphs, linked)
    add_citations(rng, paragraphs, keys)
    rng.choice(paragraphs)[0] += "[^1]"

    blocks = [" ".join(paragraph) for paragraph in paragraphs]
    blocks.insert(rng.randint(1, len(blocks)), make_table(rng))
    blocks.insert(rng.randint(1, len(blocks)), make_list(rng))
    for place, topic in zip(spread(len(sections), len(blocks)), reversed(sections), strict=True):
        blocks.insert(place, f"## {topic}")
    blocks.append(f"[^1]: {rng.choice(NOTES)}")
    return "\n\n".join(blocks) + "\n"


def make_paragraphs(rng: Random, target_size: int) -> list[list[str]]:
    """Paragraphs, each a list of sentences, of about that many characters in all."""
    paragraphs = []
    size = 0
    while size < target_size:
        paragraph = [sentence(rng) for _ in range(rng.randint(3, 6))]
        size += sum(len(text) + 1 for text in paragraph)
        paragraphs.append(paragraph)
    return paragraphs


def add_links(rng: Random, paragraphs: list[list[str]], linked: Sequence[dict[str, Any]]) -> None:
    for actor in linked:
        name = actor["names"][rng.choice(["en", "en", "fr", "zh"])]
        rng.choice(paragraphs).append(rng.choice(LINK_SENTENCES).format(f"[{name}](actor:{actor['id']})"))


def add_citations(rng: Random, paragraphs: list[list[str]], keys: Sequence[str]) -> None:
    """Add eight citations, each before the full stop of some sentence."""
    for number in range(8):
        cited = pick(rng, keys, 2, 2)
        if number < 4:
            citation = f"[@{cited[0]}]"
        elif number < 6:
            citation = f"[@{cited[0]}, p. {rng.randint(1, 300)}]"
        else:
            citation = f"[@{cited[0]}, p. {rng.randint(1, 300)}; @{cited[-1]}]"
        paragraph = rng.choice(paragraphs)
        place = rng.randrange(len(paragraph))
        paragraph[place] = f"{paragraph[place].removesuffix('.')} {citation}."


def make_table(rng: Random) -> str:
    year = rng.randint(1980, 2015)
    rows = [f"| {measure} | {rng.randint(1, 900)} | {rng.randint(1, 900)} |" for measure in rng.sample(MEASURES, k=4)]
    return "\n".join([f"| Measure | {year} | {year + 5} |", "| --- | ---: | ---: |", *rows])


def make_list(rng: Random) -> str:
    return "\n".join(f"- {rng.choice(TOPICS)}: {rng.choice(OBJECTS)}" for _ in range(4))


# Helpers


def rng_for(seed: int, kind: str, number: int) -> Random:
    return Random(f"{seed}/{kind}/{number}")


def pick(rng: Random, items: Sequence[T], low: int, high: int, without: T | None = None) -> list[T]:
    """Pick low to high different items, the first ones of the sequence far more often."""
    wanted = min(rng.randint(low, high), len(items) - (without is not None))
    places: dict[int, None] = {}
    while len(places) < wanted:
        place = int(len(items) * rng.random() ** 2)
        if without is None or items[place] != without:
            places[place] = None
    return [items[place] for place in places]


def sentence(rng: Random) -> str:
    return (
        f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} {rng.choice(MANNERS)} {rng.choice(TIMES)}."
    )


def random_date(rng: Random, first_year: int, last_year: int) -> str:
    """A date known to the day, the month or only the year."""
    date = f"{rng.randint(first_year, last_year)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return date[: rng.choice([4, 7, 10])]


def spread(parts: int, length: int) -> list[int]:
    """Evenly spaced places in a list of that length, the last one first."""
    return [part * length // parts for part in reversed(range(parts))]


def slug(text: str) -> str:
    return text.lower().translate(ASCII).replace(" ", "-").replace("'", "")


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa, as in keys such as noel1999b."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = string.ascii_lowercase[rest] + text
    return text


def to_yaml(data: dict[str, Any]) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
