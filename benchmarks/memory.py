"""Measure how much memory the preview takes after many edits: `python benchmarks/memory.py --help`.

The preview serves a copy of an atlas. Texts of its records are edited in turn; each edit is awaited on a page, then the
preview rests for a while. The memory of its server and of its worker process (PSS) is printed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
LIMIT = 120
"""Seconds after which an edit that is not shown ends the measurement."""


def memory(process: int) -> tuple[float, float]:
    """Megabytes that a process takes, and those that it started, each page of memory counted once."""
    sizes, waiting = [], [process]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        rows = (folder / "smaps_rollup").read_text().splitlines()
        sizes.append(sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024)
        waiting += map(int, (folder / f"task/{folder.name}/children").read_text().split())
    return sizes[0], sum(sizes[1:])


def measure(root: Path, edits: int, every: int, rest: float) -> dict[int, float]:
    """Megabytes after some edits. every: how many edits lie between two looks; rest: seconds after each edit."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", "8650"]
    texts = {path: path.read_text("utf-8") for path in sorted((root / "content/cases").glob("*.md"))}
    paths = [path for path in texts if path.name.count(".") == 1 and path.with_suffix(".en.md") not in texts]
    found: dict[int, float] = {}
    with (root / "said").open("w") as said, subprocess.Popen(command, stdout=said) as server:
        try:
            address = _address(root / "said")
            for number in range(1, edits + 1):
                path, mark = paths[number % len(paths)], f"edit{number}x"
                path.write_text(f"{texts[path]}\n{mark}\n", "utf-8")
                _await(f"{address}cases/{path.stem}/", mark)
                time.sleep(rest)
                if number % every == 0:
                    time.sleep(5)
                    own, workers = memory(server.pid)
                    found[number] = own + workers
                    print(f"| {number} | {own:.0f} | {workers:.0f} | {own + workers:.0f} |", flush=True)
        finally:
            server.kill()
    return found


def _address(said: Path) -> str:
    """The address that a preview says once it is ready."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end and "\n" not in said.read_text():
        time.sleep(0.1)
    return said.read_text().split()[0]


def _await(address: str, mark: str) -> None:
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        with urlopen(address) as page:
            if mark in page.read().decode():
                return
        time.sleep(0.05)
    raise SystemExit(f"{address} does not show {mark}")


def main() -> None:
    """Measure, and print the rows of a table."""
    parser = argparse.ArgumentParser(description="Measure how much memory the preview takes after many edits.")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help="the atlas; it is copied")
    parser.add_argument("--work", type=Path, default=Path("/tmp/atlas-memory"))
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--rest", type=float, default=1.0, help="seconds between two edits")
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    shutil.copytree(options.root / "content", options.work / "content")
    shutil.copy(options.root / "bibliography.bib", options.work)
    print("| edits | server, MB | worker, MB | together, MB |")
    print("| ---: | ---: | ---: | ---: |")
    found = measure(options.work, options.edits, options.every, options.rest)
    print(f"last ÷ first: {list(found.values())[-1] / next(iter(found.values())):.2f}")


if __name__ == "__main__":
    main()
