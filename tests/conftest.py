"""How every test runs: the examples that hypothesis draws are the same in every run, and a slow machine fails none."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("atlas", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile("atlas")
