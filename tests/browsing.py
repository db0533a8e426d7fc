"""What tests need to see pages as readers do: a real browser, the tools of npm, and plain servers on this machine."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from site_copies import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODULES = REPOSITORY / "node_modules"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def needs(*tools: str) -> None:
    """Skip where a tool is not installed; where all tests are wanted, fail."""
    missing = [tool for tool in tools if not (shutil.which(tool) or (MODULES / tool).exists())]
    if missing:
        message = f"not installed: {', '.join(missing)}"
        pytest.fail(message) if os.environ.get("ATLAS_TESTS") == "all" else pytest.skip(message)


@contextmanager
def started() -> Iterator[Browser]:
    """Debian's chromium. Tests take it from the fixture `browser`: a process can start one only."""
    needs("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain server of files that says nothing of what it is asked."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve by a handler, each request in its own thread; the address, without a slash at its end."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
