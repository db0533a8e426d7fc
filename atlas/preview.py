"""The preview: a server for the author alone, which shows each page as the files are now, and what is wrong over it.

The atlas is read and its pages are made in a process of its own, so that nothing an author saves can stop the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from html import escape
from mimetypes import guess_type
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from msgspec import Struct
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from atlas.building import Options
from atlas.problems import Problem, has_errors
from atlas.sources import engine_text
from atlas.unchanged import look_at_inputs
from atlas.workshop import Made, News, Workshop

HOST = "127.0.0.1"
_LOOK = 0.04
"""Seconds between two looks at the files."""
_TRIES = 50
_STYLE, _SCRIPT, _SOCKET = "/_preview.css", "/livereload.js", "/livereload"
_COOKIE = "_preview"


class Preview(Struct, frozen=True):
    """What to preview, and how. said: told what to say to the author at the terminal."""

    root: Path
    port: int
    opens: bool
    today: str
    said: Callable[[str], None]


def serve(preview: Preview) -> int:
    """Serve until Ctrl-C; the exit code."""
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    sockets = _sockets(preview.port)
    if sockets is None:
        preview.said(f"no port from {preview.port} to {preview.port + _TRIES - 1} is free: name another with --port")
        return 2
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_Server(preview, sockets).run())
    return 0


def _sockets(first: int) -> list[socket.socket] | None:
    """The first free port of this machine alone."""
    for port in range(first, min(first + _TRIES, 65536)):
        try:
            return bind_sockets(port, HOST)
        except OSError:
            continue
    return None


# The process in which the atlas is read and its pages are made.


def _work(line: Connection, root: Path, options: Options) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to stop
    workshop = Workshop(root, options)
    deeds: dict[str, Callable[..., Any]] = {
        "refresh": workshop.refresh,
        "go_on": workshop.go_on,
        "get": workshop.get,
        "missing": workshop.missing,
    }
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            name, arguments = line.recv()
            line.send((deeds[name](*arguments), workshop.problems, workshop.state))


class _Workers:
    """The working process, started anew when it dies."""

    def __init__(self, root: Path, options: Options) -> None:
        self.root, self.options = root, options
        self.one_at_a_time = ThreadPoolExecutor(1)
        self.problems: tuple[Problem, ...] = ()
        self.state = 0
        self.start()

    def start(self) -> None:
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.root, self.options), daemon=True)
        self.process.start()
        theirs.close()

    async def ask(self, name: str, *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.one_at_a_time, self._ask, name, arguments)

    def _ask(self, name: str, arguments: tuple[object, ...]) -> Any:
        for _ in range(2):
            try:
                self.line.send((name, arguments))
                result, self.problems, self.state = self.line.recv()
                return result
            except (EOFError, OSError):
                self.start()
                self.line.send(("refresh", ()))
                with contextlib.suppress(EOFError, OSError):
                    self.line.recv()
        return None

    def stop(self) -> None:
        self.process.kill()
        self.one_at_a_time.shutdown(wait=False, cancel_futures=True)


# The server.


class _Server:
    def __init__(self, preview: Preview, sockets: list[socket.socket]) -> None:
        self.preview, self.sockets = preview, sockets
        self.port = sockets[0].getsockname()[1]
        self.address = f"http://{HOST}:{self.port}/"
        self.workers = _Workers(preview.root, Options(self.address, preview.today, drafts=True))
        self.seen = ""

    async def run(self) -> None:
        try:
            await self.workers.ask("refresh")
            rules = {"server": self}
            routes = [
                (_STYLE, _Style, rules),
                (_SCRIPT, _Script, rules),
                (_SOCKET, _Socket, rules),
                (".*", _Page, rules),
            ]
            HTTPServer(Application(routes)).add_sockets(self.sockets)
            self.preview.said(f"{self.address} shows the atlas as its files are · Ctrl-C ends")
            self._tell()
            if self.preview.opens:
                webbrowser.open(self.address)
            await self._watch()
        finally:
            self.workers.stop()

    async def _watch(self) -> None:
        """Look at the files again and again; when they have come to rest after a change, read them."""
        self.seen = self._look()
        through = False
        while True:
            await asyncio.sleep(_LOOK)
            now = self._look()
            if now == self.seen:
                through = through or await self._go_on()
                continue
            while True:  # a burst of saves is one change
                await asyncio.sleep(_LOOK)
                again = self._look()
                if again == now:
                    break
                now = again
            self.seen, through = now, False
            news = await self.workers.ask("refresh")
            if news:
                self._announce(news)

    async def _go_on(self) -> bool:
        before = self.workers.problems
        done = bool(await self.workers.ask("go_on"))
        if self.workers.problems != before:
            self._tell()
            self._reload("*")
        return done

    def _announce(self, news: News) -> None:
        self._tell()
        if news.pages:
            self._reload("*")
        for path in news.static:
            self._reload(path if path.endswith(".css") else "*")

    def _look(self) -> str:
        try:
            return look_at_inputs(str(self.preview.root), ()).digest
        except OSError:  # a folder has gone; what is left is read, and its absence told
            return "gone"

    def _tell(self) -> None:
        for problem in self.workers.problems:
            if problem.severity != "note":
                self.preview.said(str(problem))

    def _reload(self, path: str) -> None:
        for waiter in set(LiveReloadHandler.waiters):
            waiter.send_message(_reload(path))

    def admits(self, request: Any) -> bool:
        """Whether a request names this server and comes from its own pages: other sites cannot make a browser ask."""
        own = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        origin = request.headers.get("Origin", "")
        return request.host in own and (not origin or origin.removeprefix("http://") in own)


class _Door(RequestHandler):
    """What every request passes."""

    def initialize(self, server: _Server) -> None:
        self.server = server

    def prepare(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        if not self.server.admits(self.request):
            self.set_status(403)
            self.finish("This preview answers its own pages only.\n")


class _Page(_Door):
    async def get(self) -> None:
        path = unquote(self.request.path)
        workers = self.server.workers
        made: Made | None = await workers.ask("get", path)
        if made is None:
            folder = await workers.ask("get", f"{path}/") if not path.endswith("/") else None
            if folder:
                self.redirect(f"{path}/")
                return
            self.set_status(404)
            made = await workers.ask("missing", path) or Made(b"")
        kind = guess_type(path)[0] or "text/html"
        if path.endswith("/") or kind == "text/html":
            problems = (*((made.problem,) if made.problem else ()), *workers.problems)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_cookie(_COOKIE, str(workers.state), samesite="Strict", httponly=True)
            self.finish(with_problems(made.data, dict.fromkeys(problems), self.server.port))
        else:
            self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.finish(made.data)


class _Style(_Door):
    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(engine_text("preview.css"))


class _Script(_Door, LiveReloadJSHandler):  # type: ignore[misc]
    pass


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    def initialize(self, server: _Server) -> None:
        self.server = server

    def prepare(self) -> None:
        if not self.server.admits(self.request):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        return self.server.admits(self.request)

    def on_message(self, message: str) -> None:
        super().on_message(message)
        # What changed between the page and its first word here would else never be seen.
        if self in LiveReloadHandler.waiters and self.get_cookie(_COOKIE) != str(self.server.workers.state):
            self.send_message(_reload("*"))


def _reload(path: str) -> dict[str, object]:
    """What a browser is told when a file has changed, or with `*` the page (LiveReload protocol 7)."""
    return {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}


def with_problems(page: bytes, problems: Iterable[Problem], port: int) -> bytes:
    """A page with the script that reloads it, and over it what is wrong."""
    html = page.decode("utf-8", "replace") or "<!DOCTYPE html><html><head></head><body></body></html>"
    source = f"connect-src 'self' ws://{HOST}:{port} ws://localhost:{port}"
    html = html.replace("connect-src 'self'", source).replace("connect-src &#39;self&#39;", escape(source))
    head = f'<link rel="stylesheet" href="{_STYLE}"><script src="{_SCRIPT}?port={port}" defer></script></head>'
    return html.replace("</head>", head, 1).replace("</body>", f"{_shown(list(problems))}</body>", 1).encode()


def _shown(problems: list[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    told = "".join(_row(problem) for problem in errors)
    if warnings:
        rows = "".join(_row(problem) for problem in warnings)
        told += f"<li><details><summary>{len(warnings)} ⚠</summary><ul>{rows}</ul></details></li>"
    role = "alert" if has_errors(problems) else "status"
    return f'<aside class="_preview" role="{role}" lang="en"><ul>{told}</ul></aside>' if told else ""


def _row(problem: Problem) -> str:
    hint = f"<br><em>{escape(problem.hint)}</em>" if problem.hint else ""
    return f"<li><code>{escape(str(problem.span))}</code> {escape(problem.message)}{hint}</li>"
