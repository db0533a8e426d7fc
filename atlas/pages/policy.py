"""What browsers may do with a page of the atlas: its content security policy, and the files that tell hosts."""

from __future__ import annotations

from typing import Final

from atlas.sources import Asset

POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
"""Nothing but files of the site itself is loaded, and no script or style that stands in a page runs (W3C, CSP 3)."""

_BY_HEADER: Final = ("frame-ancestors 'none'",)
"""What browsers heed in a header only (CSP 3, § 3.3)."""


def policy_of_pages() -> str:
    """The policy as each page says it, for hosts that send no headers of ours."""
    return "; ".join(POLICY)


def headers() -> dict[str, str]:
    """The headers that a host is asked to send with every file."""
    return {
        "Content-Security-Policy": "; ".join((*POLICY, *_BY_HEADER)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def host_files() -> tuple[Asset, ...]:
    """`_headers`, as Netlify and Cloudflare read it, and `.nojekyll`, for GitHub Pages to publish names with `_`."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers().items())]
    data = ("\n".join(lines) + "\n").encode()
    return Asset("_headers", len(data), data), Asset(".nojekyll", 0, b"")
