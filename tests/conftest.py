"""How every test runs: the examples that hypothesis draws are the same in every run, and a slow machine fails none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import pytest
from browsing import started
from built_sites import BuiltSite, Sites, build_copy
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("atlas", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, one for all tests of a process: each opens its own pages in it, and closes them."""
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Builds a sample site or `atlas` by name, once for all tests of a process: none may write into what it returns."""

    @cache
    def once(name: str) -> BuiltSite:
        return build_copy(name, tmp_path_factory.mktemp(name))

    return once
