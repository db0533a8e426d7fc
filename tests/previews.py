"""Previews at work, and a browser that looks at them."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from site_copies import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 60_000
"""Milliseconds after which what should be shown is not awaited any longer."""


def heed_ctrl_c() -> None:
    """Take the signal of Ctrl-C in a new process: a shell lets what it starts in the background ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Served:
    """A preview at work. first, rest: what it said at the terminal, its first line and, once it has ended, the
    others. program: what is run in place of build.py.
    """

    def __init__(self, root: Path, *options: str, program: Path = REPOSITORY / "build.py") -> None:
        command = [sys.executable, str(program), "serve", "--root", str(root), *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=heed_ctrl_c
        )
        assert self.process.stdout
        self.first, self.rest = self.process.stdout.readline(), ""
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", self.first)
        assert found, self.first + self.process.stdout.read()
        self.port = int(found[1])
        self.address = f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, *, method: str = "GET", **headers: str) -> tuple[int, str]:
        """The status and the text of an answer; of a redirect, where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        with contextlib.closing(connection):
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location") or answer.read().decode("utf-8", "replace")

    def state(self, path: str) -> int:
        """The number of the state in which a page is served, asked without a browser, whose own reload would end the
        opening of a page.
        """
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            found = re.search(r"\b_preview=(\d+)", answer.headers["Set-Cookie"])
        assert found
        return int(found[1])

    def stop(self) -> int:
        """End it as Ctrl-C does; the exit code."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        self.rest = self.process.stdout.read()
        code = self.process.wait(10)
        self.close()
        return code

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@contextlib.contextmanager
def window(browser: Browser, served: Served, path: str) -> Iterator[Page]:
    """A window on a page, once it listens."""
    opened = browser.new_page()
    sent: list[str] = []
    opened.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    with opened.expect_websocket() as found:
        opened.goto(served.address + path, wait_until="commit")  # an edit may reload the page before it is loaded
    if not any("info" in frame for frame in sent):  # it may be sent before the page is loaded
        found.value.wait_for_event("framesent", predicate=lambda frame: "info" in str(frame))
    yield opened
    opened.close()


def shows(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until a page shows some words."""
    page.get_by_text(words).first.wait_for(state="attached", timeout=PATIENCE)
