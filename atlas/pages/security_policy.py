"""The content security policy of every page, and the header files for hosts."""

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
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
"""Nothing but files of the site itself is loaded, and no style that stands in a page is applied (W3C, CSP 3)."""

_BY_HEADER: Final = ("frame-ancestors 'none'",)
"""What browsers heed in a header only (CSP 3, § 3.3)."""


Scripts = Mapping[str, str]
"""The scripts of `templates/static/`, each with the digest of what it holds, as the attribute `integrity` has it."""


def scripts_of(static: Iterable[Asset]) -> Scripts:
    """The scripts among the files that are published for all pages."""
    return {
        asset.path: f"sha256-{b64encode(sha256(asset.data).digest()).decode()}"
        for asset in static
        if asset.path.endswith(".js")
    }


def policy_of_pages(scripts: Scripts) -> str:
    """The policy as each page says it, for hosts that send no headers of ours.

    Scripts run by their digests alone: no file that an author publishes is one of them, whatever it holds.
    """
    digests = " ".join(f"'{digest}'" for digest in sorted(set(scripts.values()))) or "'none'"
    return "; ".join((_POLICY[0], f"script-src {digests}", *_POLICY[1:]))


def headers(scripts: Scripts) -> dict[str, str]:
    """The headers that a host is asked to send with every file."""
    return {
        "Content-Security-Policy": "; ".join((policy_of_pages(scripts), *_BY_HEADER)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def host_files(scripts: Scripts) -> tuple[Asset, ...]:
    """`_headers`, as Netlify and Cloudflare read it, and `.nojekyll`, for GitHub Pages to publish names with `_`."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers(scripts).items())]
    data = ("\n".join(lines) + "\n").encode()
    return Asset("_headers", len(data), data), Asset(".nojekyll", 0, b"")
