"""Writes the content security policy of every page, and the header files for hosts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from atlas.core.sources import Asset

_POLICY: Final = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
"""Only files of the site itself are loaded, and no inline style is applied (W3C, CSP 3)."""

_BY_HEADER: Final = ("frame-ancestors 'none'",)
"""Directives that browsers accept in a header only (CSP 3, § 3.3)."""


Scripts = Mapping[str, str]
"""The `integrity` attribute of each script of `templates/static/`: the digest of its content."""


def scripts_of(static: Iterable[Asset]) -> Scripts:
    """Return the digests of the scripts among the static files."""
    return {
        asset.path: f"sha256-{b64encode(sha256(asset.data).digest()).decode()}"
        for asset in static
        if asset.path.endswith(".js")
    }


def policy_of_pages(scripts: Scripts) -> str:
    """Return the policy for the `<meta>` tag of each page, for hosts that do not send our headers.

    Only scripts with a known digest run, so a file that an author publishes cannot run.
    """
    digests = " ".join(f"'{digest}'" for digest in sorted(set(scripts.values()))) or "'none'"
    return "; ".join((_POLICY[0], f"script-src {digests}", *_POLICY[1:]))


def headers(scripts: Scripts) -> dict[str, str]:
    """Return the headers for every file."""
    return {
        "Content-Security-Policy": "; ".join((policy_of_pages(scripts), *_BY_HEADER)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def host_files(scripts: Scripts) -> tuple[Asset, ...]:
    """Return `_headers`, for Netlify and Cloudflare, and `.nojekyll`, for GitHub Pages to publish names with `_`."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers(scripts).items())]
    data = ("\n".join(lines) + "\n").encode()
    return Asset("_headers", len(data), data), Asset(".nojekyll", 0, b"")
