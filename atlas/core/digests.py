"""Digests of bytes."""

from __future__ import annotations

from hashlib import sha256


def digest(data: bytes) -> str:
    """Return the SHA-256 digest of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def short_digest(data: bytes) -> bytes:
    """Return the first 128 bits of the SHA-256 digest of some bytes, for use where many are kept."""
    return sha256(data).digest()[:16]
