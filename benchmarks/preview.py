"""Measure how long an edit takes to be seen in a browser: `python benchmarks/preview.py --help`.

The preview serves the neutral corpus, and a page of it is open in chromium. A file is saved; the page notes when it is
drawn with the new text. Content, bibliography, template and stylesheet are edited in turn, and the medians are told.
Playwright and chromium are needed; nothing is measured through them: both times are those of the machine's clock.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import time
from typing import Any

from corpus import make_corpus
from layouts import atlas, write

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
CASE = "content/cases/case-00007.md"
NOTES = """
(() => {
  const drawn = new Set();
  const look = () => {
    const words = document.body ? document.body.textContent : "";
    const style = document.body ? getComputedStyle(document.body).getPropertyValue("--edit") : "";
    for (const [mark] of `${words} ${style}`.matchAll(/edit[0-9]+x/g)) {
      if (!drawn.has(mark)) console.debug(`${mark} ${performance.timeOrigin + performance.now()}`);
      drawn.add(mark);
    }
    requestAnimationFrame(look);
  };
  look();
})();
"""
"""Tells of each mark in a page when it is first drawn, in milliseconds since 1970."""

Edit = Callable[[Path, str], None]
"""Writes a mark into a file of the atlas that the page shows."""


def content(root: Path, mark: str) -> None:
    """Another word in a paragraph of the page."""
    _mark(root / CASE, r"^(edit\d+x )?(?=[A-Z][a-z]* [a-z])", f"{mark} ")


def bibliography(root: Path, mark: str) -> None:
    """Another word in the title of a work that the page cites."""
    [key, *_] = re.findall(r"\[@(\w+)\]", (root / CASE).read_text())
    _mark(root / "bibliography.bib", rf"(\{{{key},(?:.|\n)*?title = \{{)(edit\d+x )?", rf"\g<1>{mark} ")


def template(root: Path, mark: str) -> None:
    """Another word in the template of the page."""
    text = (REPOSITORY / "templates/_record.html").read_text()
    write(root / "templates/_record.html", text.replace("{% block main %}", f"{{% block main %}}<p>{mark}</p>"))


def stylesheet(root: Path, mark: str) -> None:
    """Another value in the stylesheet."""
    text = (REPOSITORY / "templates/static/atlas.css").read_text()
    write(root / "templates/static/atlas.css", f"{text}\nbody {{ --edit: {mark}; }}\n")


EDITS: dict[str, Edit] = {
    "content": content, "bibliography": bibliography, "template": template, "stylesheet": stylesheet,
}  # fmt: skip


def _mark(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text(), count=1, flags=re.MULTILINE)
    if not count:
        raise SystemExit(f"{path} has nothing to edit")
    path.write_text(text)


def measure(root: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds from each save to the drawing of the page, by what was edited."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", "8600"]
    found: dict[str, list[float]] = {name: [] for name in EDITS}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        try:
            assert server.stdout
            address = server.stdout.readline().split()[0]
            page = _opened(playwright, f"{address}cases/case-00007/")
            for number in range(rounds * len(EDITS)):
                name = list(EDITS)[number % len(EDITS)]
                page.wait_for_timeout(900 + 37 * (number % 11))  # an author pauses, and not in step with the server
                mark = f"edit{number}x"
                with page.expect_console_message(lambda said, mark=mark: said.text.startswith(mark)) as told:
                    EDITS[name](root, mark)
                    saved = time()
                found[name].append(float(told.value.text.split()[1]) / 1000 - saved)
        finally:
            server.kill()
    return found


def _opened(playwright: Any, address: str) -> Any:
    """A page in a browser, once it listens."""
    page = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS).new_page()
    page.add_init_script(NOTES)
    with page.expect_websocket() as socket:
        page.goto(address)
    socket.value.wait_for_event("framesent", predicate=lambda sent: "info" in str(sent))
    return page


def main() -> None:
    """Measure, and print the rows of a table."""
    parser = argparse.ArgumentParser(description="Measure how long an edit takes to be seen in a browser.")
    parser.add_argument("--pages", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=20, help="edits of each sort")
    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else HERE
    parser.add_argument("--work", type=Path, default=shared / "atlas-preview")
    options = parser.parse_args()
    print("| pages | edit of | median s | 9 of 10 within s | most s | load before | load after |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for pages in options.pages:
        root = options.work / str(pages)
        shutil.rmtree(root, ignore_errors=True)
        atlas(make_corpus(pages), root)
        before = os.getloadavg()[0]
        found = measure(root, options.rounds)
        after = os.getloadavg()[0]
        for name, rows in found.items():
            tenth = sorted(rows)[len(rows) * 9 // 10]
            row = f"{median(rows):.3f} | {tenth:.3f} | {max(rows):.3f} | {before:.1f} | {after:.1f}"
            print(f"| {pages} | {name} | {row} |", flush=True)


if __name__ == "__main__":
    main()
