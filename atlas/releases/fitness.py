"""Finds what makes an atlas unfit for a release besides mistakes: version, date, address, translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from atlas.content.editions import numbers_of
from atlas.content.linking import Atlas
from atlas.content.model import Release, Site
from atlas.content.site_config import SITE_PATH
from atlas.core.problems import Problem, Span
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.lint.translation_status import translation_status

_UNREACHABLE: Final = ("example", "invalid", "test", "localhost", "example.org", "example.com", "example.net")
"""How the names of hosts end that nobody can reach (RFC 2606, RFC 6761)."""


def check_version(site: Site, version: str, date: str) -> Iterator[Problem]:
    """Yield what is wrong with the version and the date of a release.

    Args:
        site: the settings, with the earlier releases.
        version: the version.
        date: the day.
    """
    numbers = numbers_of(version)
    if not numbers:
        yield _problem(f'"{version}" is not a version', "write two or three numbers with dots, such as 1.0 or 1.0.1")
        return
    for release in site.releases:
        if numbers_of(release.version) >= numbers:
            hint = f"choose a version above {release.version}"
            yield _problem(f"{version} is not newer than {release.version}", hint, release)
        elif str(release.date) > date:
            hint = f"choose {release.date} or a later day: --date {release.date}"
            yield _problem(f"{date} is before release {release.version} of {release.date}", hint, release)


def check_address(site: Site) -> Iterator[Problem]:
    """Yield the problem of an address that nobody can reach."""
    host = urlsplit(site.base_url).hostname or ""
    if any(host == name or host.endswith(f".{name}") for name in _UNREACHABLE):
        hint = "write as base_url in content/site.yaml the address where the atlas is published"
        yield _problem(f"the atlas has no public address: {site.base_url}", hint)


def untranslated(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the records that are not fully translated, or whose translation is behind, by language."""
    found: dict[str, tuple[str, ...]] = {}
    for language in atlas.site.languages:
        states = (translation_status(one, language) for one in atlas.records.values() if one.original != language)
        if ids := tuple(state.record for state in states if state.missing or state.behind):
            found[language] = ids
    return found


def check_translations(atlas: Atlas) -> Iterator[Problem]:
    """Yield a problem for each language that records lack."""
    for language, ids in untranslated(atlas).items():
        shown = ", ".join(ids[:3]) + (" …" if len(ids) > 3 else "")
        message = f"{len(ids)} record{'s' * (len(ids) != 1)} not fully translated into {language}: {shown}"
        hint = f"{command('translations')} lists the texts; --incomplete allows it, and the release says how many"
        yield _problem(message, hint)


def _problem(message: str, hint: str, release: Release | None = None) -> Problem:
    return Problem(release.span if release else Span(SITE_PATH), Rule.UNFIT_RELEASE, message, hint)
