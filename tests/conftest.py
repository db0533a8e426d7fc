"""How every test runs: the examples that hypothesis draws are the same in every run, and a slow machine fails none.

Sites that several tests look at are built once in a run, whatever process needs them first.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import started
from built_sites import BuiltSite, Sites, build_copy
from hypothesis import settings
from site_copies import Report, Workplace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("atlas", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=5000)
settings.load_profile("atlas")


SLOW = {"build", "build_site", "copy_atlas", "copy_site", "subprocess", "Served", "browser", "built", "workplace"}
"""What a test or its module uses that takes time: whole sites, browsers and other processes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `make quick` leaves out with `site`."""
    for item in items:
        assert isinstance(item, pytest.Function)
        if SLOW & (set(item.fixturenames) | set(vars(item.module))):
            item.add_marker("site")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, one for all tests of a process: each opens its own pages in it, and closes them."""
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Builds a sample site or `atlas` by name, once for all tests of a run: none may write into what it returns."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared

    @cache
    def once(name: str) -> BuiltSite:
        return _built_once(name, shared / f"built-{name}")

    return once


def _built_once(name: str, folder: Path) -> BuiltSite:
    """A site that this process builds, or that another one of the run has built."""
    folder.mkdir(exist_ok=True)
    reported = folder / "report.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not reported.exists():
            made = build_copy(name, folder)
            reported.write_text(json.dumps(asdict(made.report)), encoding="utf-8")
            return made
    said = json.loads(reported.read_text(encoding="utf-8"))
    return BuiltSite(folder / name, folder / "out", Report(**said | {"problems": tuple(said["problems"])}))


@pytest.fixture(scope="session")
def _workplace(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    return Workplace("three", tmp_path_factory.mktemp("workplace"))


@pytest.fixture
def workplace(_workplace: Workplace) -> Workplace:
    """The sample site of three languages, built, with its cache: tests may do with it what they like."""
    _workplace.restore()
    return _workplace
