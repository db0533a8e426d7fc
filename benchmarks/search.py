"""Measure the search of a built site: `python benchmarks/search.py SITE`.

Time: in one browser, in turn, A B A B: an empty page until it is loaded; the first answer, from the query until the
results stand, on the page of the search (*asked*); and the same from the address of a query (*opened*). Each with
nothing in the browser's store (*cold*: a new profile each time) and again (*warm*). Told: the median of the ratios of a
round to its empty page. Bytes: what words drawn at random from the index fetch of it, uncompressed.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import random
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, sync_playwright

from atlas.search.shards import file_names

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
EMPTY = "_empty.html"
LOADED = """() => new Promise((done) => {
  const look = () => { const { loadEventEnd } = performance.getEntriesByType("navigation")[0]; loadEventEnd ?
         done(loadEventEnd) : setTimeout(look); }; look();
})"""
ASKED = """async (query) => {
  const root = document.documentElement;
  while (root.dataset.search !== "done") await new Promise((next) => setTimeout(next));
  const input = document.getElementById("_query");
  const begun = performance.now();
  root.dataset.search = "asked";
  input.value = query;
  input.form.requestSubmit();
  while (root.dataset.search !== "done") await new Promise((next) => setTimeout(next));
  return performance.now() - begun;
}"""
OPENED = """async () => {
  while (document.documentElement.dataset.search !== "done") await new Promise((next) => setTimeout(next));
  return performance.now();
}"""


class Host(http.server.SimpleHTTPRequestHandler):
    """A plain server that keeps connections open and counts the bytes of the index."""

    protocol_version = "HTTP/1.1"
    fetched: dict[str, int] = {}  # noqa: RUF012 - one server, one count

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self) -> Any:
        """Answer with an empty page at its address, else as any plain server."""
        if self.path.endswith(EMPTY):
            data = b"<!DOCTYPE html><title>x</title>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return None
        return super().send_head()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file."""
        data = source.read()
        if "/search/index/" in self.path:
            Host.fetched[self.path] = len(data)
        with suppress(ConnectionError):  # a page that is closed waits for nothing
            outputfile.write(data)


def words(site: Path, language: str, count: int, seed: int) -> list[str]:
    """Terms of the index of a language, drawn at random."""
    folder = site / "search/index"
    manifest = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    parts = [folder / language / f"{name}.json" for name in file_names(manifest["terms"])]
    terms = [term for part in parts for term in json.loads(part.read_text(encoding="utf-8")) if "=" not in term]
    return random.Random(seed).sample(terms, count)


def rounds(context: BrowserContext, root: str, path: str, query: str) -> dict[str, float]:
    """An empty page, and the first answer of one query in two ways, in milliseconds."""
    page = context.new_page()
    page.goto(f"{root}{EMPTY}")
    found = {"empty": float(page.evaluate(LOADED))}
    page.goto(f"{root}{path}")
    found["asked"] = float(page.evaluate(ASKED, query))
    page.close()
    return found


def opened(context: BrowserContext, root: str, path: str, query: str) -> float:
    """From the address of a query to its answer, in milliseconds."""
    page = context.new_page()
    page.goto(f"{root}{path}?q={quote(query)}")
    found = float(page.evaluate(OPENED))
    page.close()
    return found


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--queries", type=int, default=50, help="for the bytes")
    parser.add_argument("--seed", type=int, default=1954)
    wanted = parser.parse_args()
    site = wanted.site.resolve()
    handler = functools.partial(Host, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    languages = {path.stem: path.stem for path in sorted((site / "search/index").glob("*.json"))}
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language in languages:
            path = "search/" if language == "root" else f"{language}/search/"
            queries = words(site, language, wanted.queries, wanted.seed)
            for store in ("cold", "warm"):
                print(
                    language,
                    store,
                    f"load {os.getloadavg()[0]:.1f}",
                    *_times(browser, root, path, queries, store, wanted.rounds),
                    flush=True,
                )
            print(language, "bytes", *_bytes(browser, root, path, queries), flush=True)
        browser.close()
    server.shutdown()


def _times(browser: Any, root: str, path: str, queries: list[str], store: str, count: int) -> list[str]:
    rows = []
    kept = browser.new_context()
    rounds(kept, root, path, queries[0])
    opened(kept, root, path, queries[0])
    for number in range(count):
        context = kept if store == "warm" else browser.new_context()
        query = queries[0] if store == "warm" else queries[number % len(queries)]
        row = rounds(context, root, path, query)
        context = kept if store == "warm" else browser.new_context()
        row["opened"] = opened(context, root, path, query)
        rows.append(row)
    lines = [f"{name} {median(row[name] for row in rows):.1f} ms" for name in rows[0]]
    return lines + [
        f"{name}/empty {median(row[name] / row['empty'] for row in rows):.2f}" for name in ("asked", "opened")
    ]


def _bytes(browser: Any, root: str, path: str, queries: list[str]) -> list[str]:
    found = []
    for query in queries:
        Host.fetched.clear()
        context = browser.new_context()
        rounds(context, root, path, query)
        context.close()
        found.append(sum(Host.fetched.values()))
    return [f"median {median(found):.0f}", f"most {max(found)}", f"of {len(found)}"]


if __name__ == "__main__":
    main()
