"""Runs the preview server: shows each page from the current files, with problems over it.

A separate process reads the atlas and renders its pages, so that no input can stop the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import socket
import webbrowser
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from html import escape
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from msgspec import Struct
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from atlas.build.options import ReadOptions
from atlas.build.up_to_date import snapshot_inputs
from atlas.core.problems import Problem, folded, has_errors
from atlas.core.sources import engine_text
from atlas.preview.session import PreviewChanges, PreviewFile
from atlas.preview.states import state_line
from atlas.preview.workers import Failed, WorkerProcess

HOST = "127.0.0.1"
_REST = 0.02
"""The minimum pause between two checks of the files, in seconds."""
_SHARE = 4
"""The pause after a check, as a multiple of its duration: checks use at most a fifth of a core."""
_PAUSE = 0.5
"""Seconds without a request before all pages are checked, because browsers request several files in a row."""
_TRIES = 50
_STYLE, _SCRIPT, _SOCKET = "/_preview.css", "/livereload.js", "/livereload"
_COOKIE = "_preview"


class PreviewOptions(Struct, frozen=True):
    """The options of the preview.

    Attributes:
        root: the folder of the atlas.
        port: the first port to try.
        opens: whether to open a browser.
        today: replaces the date of content/site.yaml.
        report: prints a message on the terminal.
        clock: returns the time of day.
    """

    root: Path
    port: int
    opens: bool
    today: str
    report: Callable[[str], None]
    clock: Callable[[], str]


def serve(preview: PreviewOptions) -> int:
    """Serve until Ctrl-C, and return the exit code."""
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    sockets = _sockets(preview.port)
    if sockets is None:
        preview.report(f"no port from {preview.port} to {preview.port + _TRIES - 1} is free: name another with --port")
        return 2
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_Server(preview, sockets).run())
    return 0


def _sockets(first: int) -> list[socket.socket] | None:
    """Bind the first free port, for this machine only."""
    for port in range(first, min(first + _TRIES, 65536)) if first >= 0 else ():
        try:
            return bind_sockets(port, HOST)
        except OSError:
            continue
    return None


# The server.


class _Server:
    def __init__(self, preview: PreviewOptions, sockets: list[socket.socket]) -> None:
        self.preview, self.sockets = preview, sockets
        self.port = sockets[0].getsockname()[1]
        self.address = f"http://{HOST}:{self.port}/"
        self.workers = WorkerProcess(preview.root, ReadOptions(self.address, preview.today, drafts=True, varied=False))
        self.one_at_a_time, self.looking = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self.seen, self.rest, self.last_request, self.starts = "", 0.0, 0.0, 1
        self.failures: tuple[Problem, ...] = ()
        self.shown: tuple[Problem, ...] = ()
        self.costs: deque[float] = deque(maxlen=8)

    async def run(self) -> None:
        try:
            self.seen = await self._look(0)
            await self.ask("refresh")
            rules = {"server": self}
            routes = [
                (_STYLE, _StyleHandler, rules),
                (_SCRIPT, _ScriptHandler, rules),
                (_SOCKET, _SocketHandler, rules),
                (".*", _PageHandler, rules),
            ]
            HTTPServer(Application(routes)).add_sockets(self.sockets)
            self.preview.report(f"{self.address} shows the atlas as its files are · Ctrl-C ends")
            self._report_problems()
            if self.preview.opens:
                webbrowser.open(self.address)
            await self._watch()
        finally:
            self.workers.stop()
            for each in (self.one_at_a_time, self.looking):
                each.shutdown(wait=False, cancel_futures=True)

    async def ask(self, name: str, *arguments: object) -> Any:
        """Return the answer of the worker process; it stops background work for a request that is waited for."""
        loop, awaited = asyncio.get_running_loop(), name != "go_on"
        if awaited:
            self.last_request = loop.time()
        self.workers.wait(awaited)
        try:
            return await loop.run_in_executor(self.one_at_a_time, self.workers.ask, name, *arguments)
        finally:
            self.workers.wait(-awaited)
            self._report_failures()

    async def _watch(self) -> None:
        """Check the files again and again, and read them when they have stopped changing."""
        through: asyncio.Task[bool] | None = None
        while True:
            now = await self._look(self.rest)
            if now == self.seen:
                at_rest = asyncio.get_running_loop().time() > self.last_request + _PAUSE
                to_do = through is None or (through.done() and not (through.result() and self.workers.is_alive()))
                if at_rest and to_do:
                    through = asyncio.create_task(self._go_on())
                continue
            while (again := await self._look(_REST)) != now:  # a burst of saves is one change
                now = again
            self.seen, through = now, None
            news = await self.ask("refresh")
            if news is not None:
                self._announce(news)

    async def _go_on(self) -> bool:
        """Check some more pages in the background.

        Returns:
            Whether all pages have been checked.
        """
        before = self.workers.problems
        done = bool(await self.ask("go_on"))
        if self.workers.problems != before:
            self._report_problems()
            self._reload("*")
        return done

    async def _look(self, rest: float) -> str:
        """Return the state of the files after a pause.

        Args:
            rest: the pause, in seconds.
        """
        await asyncio.sleep(rest)
        loop = asyncio.get_running_loop()
        began = loop.time()
        found = await loop.run_in_executor(self.looking, self._seen)
        self.costs.append(loop.time() - began)
        self.rest = max(_REST, _SHARE * min(self.costs))  # the minimum excludes the load of a busy machine
        return found

    def _seen(self) -> str:
        try:
            look = snapshot_inputs(str(self.preview.root), ())
            self.workers.files = len(look.lines)
            return look.digest
        except OSError:  # a folder is missing, which the next reading reports
            return "gone"

    def _announce(self, news: PreviewChanges | Failed) -> None:
        self._report_problems()
        if isinstance(news, Failed):
            self._reload("*")
            return
        styles = [path for path in news.static if path.endswith(".css")]
        for path in ["*"] if news.pages or len(styles) < len(news.static) else styles:
            self._reload(path)

    def _report_problems(self) -> None:
        """Print the state in one line, with the time."""
        now = tuple(problem for problem in self.workers.problems if problem not in self.workers.failures)
        before, self.shown = self.shown, now
        self.preview.report(f"{self.preview.clock()} {state_line(before, now)}")

    def _report_failures(self) -> None:
        """Report a replaced worker process, whichever request found it ended, and reload what its pages say of it."""
        before, self.failures = self.failures, self.workers.failures
        is_new, self.starts = self.workers.starts > self.starts, self.workers.starts
        for problem in self.failures if is_new else ():
            self.preview.report(str(problem))
        if is_new or self.failures != before:
            self._reload("*")

    def _reload(self, path: str) -> None:
        for waiter in set(LiveReloadHandler.waiters):
            waiter.send_message(_reload(path))

    def admits(self, request: Any) -> bool:
        """Return whether a request names this server and comes from its own pages, not from another site."""
        own = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        origin = request.headers.get("Origin", "").lower()
        return request.host.lower() in own and (not origin or origin.removeprefix("http://") in own)


class _Handler(RequestHandler):
    """Checks that apply to every request."""

    def initialize(self, server: _Server) -> None:
        self.server = server

    def prepare(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        if not self.server.admits(self.request):
            self.set_status(403)
            self.finish("This preview answers its own pages only.\n")


class _PageHandler(_Handler):
    async def get(self) -> None:
        path = unquote(self.request.path)
        plain = re.sub("//+", "/", path)
        ask = self.server.ask
        made: PreviewFile | Failed | None = await ask("get", plain)
        if made is None and not plain.endswith("/") and await ask("get", f"{plain}/"):
            plain += "/"
        elif made is None:
            self.set_status(404)
            plain, made = path, await ask("missing", path) or PreviewFile(b"")
        if plain != path:
            self.redirect(quote(plain))
        else:
            self._answer(path, made or PreviewFile(b""))

    head = get

    def _answer(self, path: str, made: PreviewFile | Failed) -> None:
        workers = self.server.workers
        if isinstance(made, Failed):
            if made.problem not in workers.problems:  # those are reported already
                self.server.preview.report(str(made.problem))
            self.set_status(500)
            made = PreviewFile(b"", made.problem)
        kind = guess_type(path)[0] or "text/html"
        if path.endswith("/") or kind == "text/html":
            problems = (*((made.problem,) if made.problem else ()), *workers.problems)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_cookie(_COOKIE, str(workers.state), samesite="Strict", httponly=True)
            self.finish(with_problems(made.data, dict.fromkeys(problems), self.server.port))
        else:
            self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.finish(made.data)


class _StyleHandler(_Handler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(engine_text("preview/preview.css"))

    head = get


class _ScriptHandler(_Handler, LiveReloadJSHandler):  # type: ignore[misc]
    head = LiveReloadJSHandler.get


class _SocketHandler(LiveReloadHandler):  # type: ignore[misc]
    def initialize(self, server: _Server) -> None:
        self.server = server

    def prepare(self) -> None:
        if not self.server.admits(self.request):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        return self.server.admits(self.request)

    def on_message(self, message: str | bytes) -> None:
        try:
            message_data = json.loads(message)
        except (ValueError, RecursionError):
            return
        if not isinstance(message_data, dict) or message_data.get("command") not in ("hello", "info"):
            return  # not a message of livereload.js
        super().on_message(json.dumps(message_data))
        # Otherwise changes between the page and its first message here would be missed.
        if self in LiveReloadHandler.waiters and self.get_cookie(_COOKIE) != str(self.server.workers.state):
            self.send_message(_reload("*"))


def _reload(path: str) -> dict[str, object]:
    """Return the message that reloads a changed file, or the page for `*` (LiveReload protocol 7)."""
    return {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}


def with_problems(page: bytes, problems: Iterable[Problem], port: int) -> bytes:
    """Return a page with the script that reloads it and a list of problems."""
    html = page.decode("utf-8", "replace") or "<!DOCTYPE html><html><head></head><body></body></html>"
    source = f"connect-src 'self' ws://{HOST}:{port} ws://localhost:{port}"
    html = html.replace("script-src ", "script-src 'self' ", 1).replace("connect-src 'self'", source)
    html = html.replace("connect-src &#39;self&#39;", source.replace("'", "&#39;"))
    head = f'<link rel="stylesheet" href="{_STYLE}"><script src="{_SCRIPT}?port={port}" defer></script></head>'
    return html.replace("</head>", head, 1).replace("</body>", f"{_shown(folded(problems))}</body>", 1).encode()


def _shown(problems: list[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    items = "".join(_row(problem) for problem in errors)
    if warnings:
        rows = "".join(_row(problem) for problem in warnings)
        items += f"<li><details><summary>{len(warnings)} ⚠</summary><ul>{rows}</ul></details></li>"
    role = "alert" if has_errors(problems) else "status"
    return f'<aside class="_preview" role="{role}" lang="en"><ul>{items}</ul></aside>' if items else ""


def _row(problem: Problem) -> str:
    hint = f"<br><em>{_coded(problem.hint)}</em>" if problem.hint else ""
    return f"<li><code>{escape(str(problem.span))}</code> {_coded(problem.message)}{hint}</li>"


def _coded(words: str) -> str:
    """Return words as HTML, with what is between backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(words))
