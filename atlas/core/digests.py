"""Digests of bytes."""

from __future__ import annotations

from hashlib import sha256


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def short_digest(data: bytes) -> bytes:
    """The digest of some bytes where many are kept: 128 bits of SHA-256."""
    return sha256(data).digest()[:16]
