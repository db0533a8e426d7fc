"""Writes the content security policy of every page, and the header files for hosts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import Asset

_STYLES: Final = "style-src 'self'"
_POLICY: Final = (
    "default-src 'none'",
    _STYLES,
    "img-src 'self'",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
"""Only files of the site itself are loaded, and no inline style is applied (W3C, CSP 3).

Other sites may show a page in a frame: there is no login and no form that changes anything, so a click that is caught
in a frame has no power (`frame-ancestors` and `X-Frame-Options` are against that).
"""

_STYLE: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


Scripts = Mapping[str, str]
"""The `integrity` attribute of each script of `templates/static/`: the digest of its content."""


_BLOCKED: Final = {
    r"<[a-z][^<>]*?\s(style)\s*=": ("an inline style", "write a class, and its style in a file of templates/static/"),
    r"<(style)\b": ("an inline style", "put the style into a file of templates/static/"),
    r"<[a-z][^<>]*?\s(on[a-z]+)\s*=\s*[\"']": (
        "an event attribute",
        "put the script into templates/static/ and let it listen to the event",
    ),
    r"<(script)(?![^>]*\b(?:src|application/ld\+json)\b)": (
        "an inline script",
        "put it into templates/static/ and name it with src and integrity",
    ),
    r"<(script)(?=[^>]*\bsrc\b)(?![^>]*\bintegrity\b)": (
        "a script without its digest",
        'add integrity="{{ frame.scripts["NAME.js"] }}"',
    ),
    r"<(?:img|script|audio|video|source)[^<>]*?\s(src)\s*=\s*[\"'](?:https?:)?//": (
        "a file of another site",
        "put a copy into templates/static/",
    ),
    r"<(iframe|object|embed)\b": ("an embedded page", "link to it instead"),
}
"""What the policy keeps browsers from applying, as a template would write it: the name and the remedy of each."""
_COMMENT: Final = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)


def blocked_by_policy(name: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each part of a template that the policy keeps browsers from applying.

    Args:
        name: the name of the template.
        text: its source.
    """
    plain = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for pattern, (what, hint) in _BLOCKED.items():
        for found in re.finditer(pattern, plain, re.IGNORECASE):
            before = plain[: found.start(1)]
            span = Span(f"templates/{name}", before.count("\n") + 1, len(before) - before.rfind("\n"))
            message = f"{what} is here, which the content security policy of the pages blocks"
            yield Problem(span, Rule.BLOCKED_BY_POLICY, message, hint)


def scripts_of(static: Iterable[Asset]) -> Scripts:
    """Return the digests of the scripts among the static files."""
    return {asset.path: _digest(asset.data) for asset in static if asset.path.endswith(".js")}


def styles_of(templates: Mapping[str, str]) -> tuple[str, ...]:
    """Return the digests of the styles inside the pictures that are published as files of their own.

    A browser that opens such a picture by its address applies the header to it. The style has no Jinja in it, so that
    its digest is that of every picture. Those in folders are for books, not for the site.

    Args:
        templates: the texts of the templates by name.
    """
    texts = (text for name, text in sorted(templates.items()) if name.endswith(".svg") and "/" not in name)
    return tuple(_digest(style.encode()) for text in texts for style in _STYLE.findall(text))


def _digest(data: bytes) -> str:
    return f"sha256-{b64encode(sha256(data).digest()).decode()}"


def policy_of_pages(scripts: Scripts, *, worker: bool = False, offline: bool = False) -> str:
    """Return the policy for the `<meta>` tag of each page, for hosts that do not send our headers.

    Only scripts with a known digest run, so a file that an author publishes cannot run. Browsers compare no digests of
    files on a disk, so all scripts beside such pages may run.

    Args:
        scripts: the digests of the scripts.
        worker: whether a service worker may run.
        offline: whether the pages are to work from a disk.
    """
    if offline:
        return "; ".join((_POLICY[0], "script-src 'self' file:", *(_with_disk(one) for one in _POLICY[1:])))
    digests = " ".join(f"'{digest}'" for digest in sorted(set(scripts.values()))) or "'none'"
    workers = ("worker-src 'self'",) if worker else ()
    return "; ".join((_POLICY[0], f"script-src {digests}", *workers, *_POLICY[1:]))


def _with_disk(directive: str) -> str:
    return f"{directive} file:" if directive.endswith("-src 'self'") else directive


def headers(scripts: Scripts, styles: Iterable[str] = (), *, worker: bool = False) -> dict[str, str]:
    """Return the headers for every file.

    Args:
        scripts: the digests of the scripts.
        styles: the digests of the styles inside pictures; pages need none, so their own policy leaves them out.
        worker: whether a service worker may run.
    """
    policy = policy_of_pages(scripts, worker=worker)
    policy = policy.replace(_STYLES, " ".join((_STYLES, *(f"'{digest}'" for digest in styles))))
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def host_files(scripts: Scripts, styles: Iterable[str] = (), *, worker: bool = False) -> tuple[Asset, ...]:
    """Return `_headers`, for Netlify and Cloudflare, and `.nojekyll`, for GitHub Pages to publish names with `_`.

    Args:
        scripts: the digests of the scripts.
        styles: the digests of the styles inside pictures.
        worker: whether a service worker may run.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers(scripts, styles, worker=worker).items())]
    data = ("\n".join(lines) + "\n").encode()
    return Asset("_headers", len(data), data), Asset(".nojekyll", 0, b"")
