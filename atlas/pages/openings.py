"""What the pages that the atlas makes itself have in common: how they begin, shares, and the works behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from atlas.markup import escaped
from atlas.pages.citing_pages import described
from atlas.pages.editions import NOTHING, plain_text
from atlas.pages.heads import head
from atlas.pages.setting import Setting
from atlas.pages.views.parts import Anchor, Head, Notice, Opening, Phrase, Share, ShareRow, WorksBehind
from atlas.tongues.languages import show_language, show_percent, subtag_of


def opening(setting: Setting, title: str | Phrase) -> Opening:
    """How a page begins: with the words of the record of family `page` that has its path, if there is one."""
    record = setting.atlas.addresses.get(setting.path)
    own = title if isinstance(title, Phrase) else Phrase(escaped(title))
    if record is None:
        return Opening(own, NOTHING, NOTHING, Notice())
    summary, body = setting.phrase(record.summary), setting.phrase(record.body)
    return Opening(setting.edition.title(record), summary, body, setting.notice(record))


def opened(setting: Setting, begun: Opening, crumbs: Iterable[Anchor] = ()) -> Head:
    """The head of a page that begins so."""
    record = setting.atlas.addresses.get(setting.path)
    updated = str(record.last_updated) if record else ""
    words = plain_text(setting.edition.excerpt(record)) if record else ""
    title = plain_text(begun.title)
    return described(setting, head(setting, title, crumbs=crumbs, description=words, updated=updated))


def share(setting: Setting, count: int, of: int) -> Share:
    """A count of a whole."""
    part = count / of if of else 0.0
    return Share(count, of, round(100 * part), show_percent(part, setting.language))


def works_behind(setting: Setting, groups: Sequence[tuple[str, Iterable[str]]]) -> WorksBehind:
    """The works behind some statements. groups: whose they are, and the keys of the works; all come last, once each."""
    known = setting.atlas.works
    columns = [(label, {key for key in keys if key in known}) for label, keys in groups]
    if len(columns) > 1:
        columns.append((setting.edition.words.say("together"), set().union(*(keys for _, keys in columns))))
    sets = [keys for _, keys in columns]
    languages = {key: subtag_of(known[key].language) for key in set().union(*sets)}
    voices = {key: voice for key in languages if (voice := known[key].voice)}
    return WorksBehind(
        tuple(label for label, _ in columns),
        tuple(len(keys) for keys in sets),
        _rows(setting, sets, languages, {tag: _language(setting, tag) for tag in languages.values()}),
        _rows(setting, sets, voices, {id: _voice(setting, id) for id in voices.values()}),
    )


def _language(setting: Setting, tag: str) -> str:
    return show_language(tag, setting.language) if tag else setting.edition.words.say("unknown-language")


def _voice(setting: Setting, id: str) -> str:
    """What a voice is called; its id where the site declares none."""
    label = setting.atlas.site.voices.get(id)
    return setting.label(label) if label else id


def _rows(
    setting: Setting, sets: Sequence[set[str]], values: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[ShareRow, ...]:
    """The share of each value in each set of works, the most frequent first. values: by work."""
    counts = {value: [sum(values.get(key) == value for key in keys) for keys in sets] for value in labels}
    order = sorted(counts, key=lambda value: (-counts[value][-1], labels[value]))
    return tuple(
        ShareRow(
            labels[value],
            tuple(share(setting, count, len(keys)) for count, keys in zip(counts[value], sets, strict=True)),
        )
        for value in order
    )
