"""Makes redirects from old addresses to the pages that replaced them, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Asset
from atlas.i18n.locales import Language
from atlas.pages.context import PageContext
from atlas.pages.head import absolute
from atlas.pages.locale_site import LocaleSite
from atlas.pages.redirects.views import RedirectView


class Redirect(Struct, frozen=True):
    """An old path and the path of the page that replaced it, both without language."""

    alias: str
    target: str
    span: Span

    @property
    def file(self) -> str:
        """Return the file at the old path, relative to the folder of its language."""
        return self.alias.lstrip("/") + ("index.html" if self.alias.endswith("/") else "")

    def path_in(self, language: Language) -> str:
        """Return the file at the old path in a language, from the root of the site."""
        return f"{language.path}/{self.file}".lstrip("/")


def redirects(
    atlas: Atlas, known: Iterable[str], taken: Iterable[str]
) -> tuple[tuple[Redirect, ...], tuple[Problem, ...]]:
    """Check the aliases of records and of content/site.yaml.

    Args:
        atlas: the atlas.
        known: the paths of the pages of a language.
        taken: the files of the site so far.

    Returns:
        The aliases that are possible, and the problems of the others.
    """
    rows = [
        Redirect(link.target, record.address, link.span) for record in atlas.records.values() for link in record.aliases
    ]
    rows += [Redirect(alias, link.target, link.span) for alias, link in atlas.site.aliases.items()]
    if not rows:
        return (), ()
    places = _SiteAddresses(atlas, frozenset(known), taken)
    return tuple(row for row in rows if places.has_room(row)), tuple(places.problems)


class _SiteAddresses:
    """The paths of the site, on a host that ignores case."""

    def __init__(self, atlas: Atlas, known: frozenset[str], taken: Iterable[str]) -> None:
        self.folders = [language.path for language in atlas.site.languages.values()]
        self.known, self.broken = known, atlas.broken_paths
        self.files: dict[str, Span | None] = {path.casefold(): None for path in taken}
        self.within = {parent for path in self.files for parent in _parents(path)}
        self.problems: list[Problem] = []

    def has_room(self, row: Redirect) -> bool:
        """Return whether an alias is possible; if so, reserve its path."""
        first = row.alias.split("/")[1]
        if first in self.folders:
            hint = f"write {row.alias.removeprefix('/' + first)}: an alias holds in every language"
            self._note(row, Rule.BAD_ALIAS, f'"{first}" is a language', hint)
        elif row.target not in self.known:
            if row.target not in self.broken:
                hint = nearest(row.target, self.known)
                self._note(row, Rule.UNKNOWN_PAGE, f'there is no page "{row.target}"', hint)
        elif (found := self._in_the_way(row.file.casefold())) is not None:
            other = f"{found} has it too" if found.path else "a page or file has this address"
            self._note(row, Rule.TAKEN_ALIAS, f"{row.alias} is taken: {other}", "remove this alias, or the other")
        else:
            path = row.file.casefold()
            self.files[path] = row.span
            self.within |= set(_parents(path))
            return True
        return False

    def _in_the_way(self, path: str) -> Span | None:
        """Return the alias at a path or above it; an empty span for a page or file of the site, None for nothing."""
        if path in self.within:
            return Span("")
        for each in (path, *_parents(path)):
            if each in self.files:
                return self.files[each] or Span("")
        return None

    def _note(self, row: Redirect, rule: Rule, message: str, hint: str) -> None:
        self.problems.append(Problem(row.span, rule, message, hint))


def _parents(path: str) -> Iterator[str]:
    return (parent.as_posix() for parent in PurePosixPath(path).parents if parent.name)


def redirect_view(
    locale_site: LocaleSite, row: Redirect, titles: Mapping[str, str]
) -> tuple[PageContext, RedirectView]:
    """Return the page at an old path in a language.

    Args:
        locale_site: the language.
        row: the redirect.
        titles: the title of each page by its path.
    """
    context = PageContext(locale_site, row.alias)
    return context, RedirectView(
        lang=locale_site.language.tag,
        title=titles[row.target],
        url=context.url(row.target),
        root=context.file_url("/").removeprefix("./"),
        canonical=absolute(locale_site.atlas, locale_site.language, row.target),
    )


def redirect_file(locale_sites: Iterable[LocaleSite], rows: Sequence[Redirect]) -> tuple[Asset, ...]:
    """Return `_redirects`, by which Netlify, Cloudflare and GitLab answer 301 at old addresses, if there are any."""
    lines = [
        f"{quote(context.place)} {quote(context.host_path(context.in_language(locale_site.language, row.target)))} 301"
        for locale_site in locale_sites
        for row in rows
        for context in [PageContext(locale_site, row.alias)]
    ]
    data = "".join(f"{line}\n" for line in lines).encode()
    return (Asset("_redirects", len(data), data),) if lines else ()
