"""Measure how long an edit takes to be seen in a browser: `python benchmarks/preview.py --help`.

The preview serves the neutral corpus or a copy of an atlas, and a page of it is open in chromium. A file is saved; the
page notes when it is drawn with the new text. Content, bibliography, template, stylesheet and interface word are edited
in turn, and the medians are printed, with the processor seconds of the preview from the save to the drawing.
Playwright and chromium are needed; nothing is measured through them: both times are those of the machine's clock.

Before that the preview starts twice, and the time to the first page of the second start is printed.
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
from time import sleep, time
from typing import Any
from urllib.request import urlopen

from corpus import make_corpus
from layouts import atlas, write

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
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
"""Prints for each mark in a page when it is first drawn, in milliseconds since 1970."""

Edit = Callable[[Path, str, str], None]
"""Writes a mark into a file of the atlas in a folder that the page of a case shows."""


def content(root: Path, case: str, mark: str) -> None:
    """Another word in a paragraph of the page."""
    _mark(_file(root, case), r"^(edit\d+x )?(?=[A-Z][A-Za-z]* [a-z])", f"{mark} ")


def bibliography(root: Path, case: str, mark: str) -> None:
    """Another word in the title of a work that the page cites."""
    [key, *_] = re.findall(r"\[@(\w+)", _file(root, case).read_text())
    _mark(root / "bibliography.bib", rf"(\{{{key},(?:.|\n)*?title = \{{)(edit\d+x )?", rf"\g<1>{mark} ")


def template(root: Path, case: str, mark: str) -> None:
    """Another word in the template of the page."""
    text = (REPOSITORY / "templates/_record.html").read_text()
    write(root / "templates/_record.html", text.replace("{% block main %}", f"{{% block main %}}<p>{mark}</p>"))


def stylesheet(root: Path, case: str, mark: str) -> None:
    """Another value in the stylesheet."""
    text = (REPOSITORY / "templates/static/atlas.css").read_text()
    write(root / "templates/static/atlas.css", f"{text}\nbody {{ --edit: {mark}; }}\n")


def word(root: Path, case: str, mark: str) -> None:
    """Another interface word, which the path at the top of the page shows."""
    text = (REPOSITORY / "templates/words/en.yaml").read_text()
    write(root / "templates/words/en.yaml", text.replace("\nhome: Home\n", f"\nhome: Home {mark}\n"))


EDITS: dict[str, Edit] = {
    "content": content, "bibliography": bibliography, "template": template, "stylesheet": stylesheet, "word": word,
}  # fmt: skip


def _file(root: Path, case: str) -> Path:
    return root / f"content/cases/{case}.md"


def _mark(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text(), count=1, flags=re.MULTILINE)
    if not count:
        raise SystemExit(f"{path} has nothing to edit")
    path.write_text(text)


def _served(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", "8600"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _address(server: subprocess.Popen[str]) -> str:
    """The address of a preview once it is ready."""
    assert server.stdout
    return next(line.split()[0] for line in server.stdout if line.startswith("http"))


def _processor(process: int) -> float:
    """Processor seconds of a process and of those that it started."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_processor(int(child)) for child in children)


def first_page(root: Path, case: str) -> tuple[float, float]:
    """Seconds, and processor seconds, from the start of a preview with a warm cache to its first page."""
    with _served(root) as server:  # until all pages are checked and the cache is written
        try:
            _address(server)
            while not any(root.glob(".cache/preview-*/build-state")):
                sleep(0.2)
        finally:
            server.kill()
    began = time()
    with _served(root) as server:
        try:
            with urlopen(f"{_address(server)}cases/{case}/") as answer:
                answer.read()
            return time() - began, _processor(server.pid)
        finally:
            server.kill()


def measure(root: Path, case: str, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds, and processor seconds, from each save to the drawing of the page, by what was edited."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[tuple[float, float]]] = {name: [] for name in EDITS}
    with _served(root) as server, sync_playwright() as playwright:
        try:
            page = _opened(playwright, f"{_address(server)}cases/{case}/")
            for number in range(rounds * len(EDITS)):
                name = list(EDITS)[number % len(EDITS)]
                page.wait_for_timeout(900 + 37 * (number % 11))  # an author pauses, and not in step with the server
                mark = f"edit{number}x"
                before = _processor(server.pid)
                with page.expect_console_message(lambda printed, mark=mark: printed.text.startswith(mark)) as message:
                    EDITS[name](root, case, mark)
                    saved = time()
                seconds = float(message.value.text.split()[1]) / 1000 - saved
                found[name].append((seconds, _processor(server.pid) - before))
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
    parser.add_argument("--pages", type=int, default=1000, help="pages of the corpus")
    parser.add_argument("--root", type=Path, help="an atlas in place of the corpus; it is copied")
    parser.add_argument("--case", default="case-00007", help="the id of a case in English whose page is looked at")
    parser.add_argument("--rounds", type=int, default=20, help="edits of each sort")
    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else HERE
    parser.add_argument("--work", type=Path, default=shared / "atlas-preview")
    options = parser.parse_args()
    root: Path = options.work
    shutil.rmtree(root, ignore_errors=True)
    if options.root:
        shutil.copytree(options.root / "content", root / "content")
        shutil.copy(options.root / "bibliography.bib", root)
    else:
        atlas(make_corpus(options.pages), root)
    seconds, processor = first_page(root, options.case)
    print(f"first page of a warm start: {seconds:.2f} s, {processor:.2f} processor s, load {os.getloadavg()[0]:.1f}\n")
    print("| edit of | median s | 9 of 10 within s | most s | median processor s | load |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for name, rows in measure(root, options.case, options.rounds).items():
        times = sorted(seconds for seconds, _ in rows)
        row = f"{median(times):.3f} | {times[len(times) * 9 // 10]:.3f} | {times[-1]:.3f}"
        print(f"| {name} | {row} | {median(used for _, used in rows):.2f} | {os.getloadavg()[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
