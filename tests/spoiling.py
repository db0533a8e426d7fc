"""What may happen to an atlas between two builds: edits, accidents, crashes, and the hands of others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

from site_copies import REPOSITORY, build, contents

from atlas.core.former_build import OUTPUT_LIST

TEXTS = ("*.md", "*.yaml", "*.bib")
RENAMED = ("anew", "a-second", "by-hand", "X")


class Spoilt:
    """A copy of a site with its output, and what was in it at first. random: where each accident happens."""

    def __init__(self, root: Path, out: Path, seed: int) -> None:
        self.root, self.out, self.random = root, out, Random(seed)
        self.first = contents(root)
        self.options: list[str] = []
        self.engine = root.parent / "engine"

    def sources(self) -> list[Path]:
        """The files that authors write."""
        found = [path for pattern in TEXTS for path in self.root.rglob(pattern)]
        return sorted(path for path in found if ".cache" not in path.parts)

    def any_source(self) -> Path:
        """One of them."""
        return self.random.choice(self.sources())

    # What authors do.

    def write_a_sentence(self) -> None:
        """A sentence more, in a text or on a page of Markdown."""
        path = self.random.choice(sorted(self.root.glob("content/*/*.md")))
        path.write_text(path.read_text() + f"\nUn passage {self.random.randrange(999)}.\n")

    def change_a_line(self) -> None:
        """A line doubled, lost, or with one word in place of another."""
        path = self.any_source()
        lines = path.read_text().split("\n")
        number = self.random.randrange(len(lines))
        words = lines[number].split(" ")
        words[self.random.randrange(len(words))] = self.random.choice(" ".join(lines).split() or ["x"])
        new = [[], [lines[number]] * 2, [" ".join(words)], [" ".join(words)]]
        lines[number : number + 1] = self.random.choice(new)
        path.write_text("\n".join(lines))

    def change_without_a_trace(self) -> None:
        """Other bytes of the same size, with the time of the old."""
        path = self.any_source()
        stat, data = path.stat(), bytearray(path.read_bytes())
        places = [number for number, byte in enumerate(data) if chr(byte).islower()]
        if places:
            place = self.random.choice(places)
            data[place] = ord("e") if data[place] != ord("e") else ord("a")
            path.write_bytes(bytes(data))
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def break_a_file(self) -> None:
        """Bytes that are no text, or nothing at all."""
        self.any_source().write_bytes(self.random.choice([b"\xff\xfe", b"", b"---\nopen: [\n", b"a: *b\n"]))

    def rename(self) -> None:
        """Another name for a record or a translation."""
        path = self.any_source()
        stem, _, rest = path.name.partition(".")
        path.rename(path.with_name(f"{self.random.choice(RENAMED)}-{stem}.{rest}"))

    def delete(self) -> None:
        """A file less."""
        self.any_source().unlink()

    def correct(self) -> None:
        """Everything as it was at first, as when another branch is checked out."""
        for path in self.sources():
            if path.relative_to(self.root).as_posix() not in self.first:
                path.unlink()
        shutil.rmtree(self.root / "templates", ignore_errors=True)
        for name, data in self.first.items():
            path = self.root / name
            if not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def change_a_template(self) -> None:
        """A template, a catalogue of words or the stylesheet of the atlas's own."""
        name = self.random.choice(["base.html", "source.html", "_inline.html", "words/fr.yaml", "static/atlas.css"])
        path = self.root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (REPOSITORY / "templates" / name).read_text()
        more = {"fr.yaml": "", "_inline.html": "{# x #}"}.get(path.name, f"\n<!-- {self.random.randrange(99)} -->\n")
        path.write_text((text + more).replace("Aller au", self.random.choice(["Passer au", "Vers le"])))

    def change_the_settings(self) -> None:
        """Another address."""
        self.options = self.random.choice([[], ["--base-url", "https://a.example/b/"], ["--verify"]])

    # What others do.

    def tamper(self) -> None:
        """A page edited, replaced, lost, or a folder of them; a file of somebody else."""
        pages = sorted(path for path in self.out.rglob("*") if path.is_file())
        if not pages:
            return
        path = self.random.choice(pages)
        act = self.random.randrange(5)
        if act == 0:
            path.write_bytes(path.read_bytes() + b"<!-- -->")
        elif act == 1:
            path.unlink()
        elif act == 2 and path.parent != self.out:
            shutil.rmtree(path.parent)
        elif act == 3:
            (path.parent / "mine.txt").write_text("mine")
        else:
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2])

    def spoil_the_list(self) -> None:
        """The list of what is ours lost, cut off, without a line, of another tool, or of a build long ago."""
        path = self.out / OUTPUT_LIST
        if not path.exists():
            return
        lines = path.read_text().splitlines(keepends=True)
        number = self.random.randrange(len(lines))
        act = self.random.randrange(5)
        if act == 0:
            path.unlink()
        elif act == 1:
            path.write_text("".join(lines[:number]))
        elif act == 2:
            path.write_text('{"files": []}')
        elif act == 3:
            path.write_text("".join(line for line in lines if not self.random.randrange(3)))
        else:
            path.write_text("".join(lines[:number] + lines[number + 1 :]))

    def put_back_a_page(self) -> None:
        """A page as it was at some time, of a record that may be gone."""
        pages = sorted(self.out.rglob("index.html"))
        kept = self.root.parent / "old-pages"
        if pages:
            path = self.random.choice(pages)
            old = kept / path.relative_to(self.out)
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_bytes(path.read_bytes())
        for old in sorted(kept.rglob("*.html")):
            path = self.out / old.relative_to(kept)
            if self.random.randrange(2) and not any(above.is_file() for above in path.parents):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(old.read_bytes())

    def spoil_the_cache(self) -> None:
        """A file of the cache cut off, with a byte changed, open to all, or gone."""
        files = sorted(path for path in self.root.glob(".cache/*/*") if path.is_file())
        if not files:
            return
        path = self.random.choice([*files, *(path for path in files if path.name in ("build-state", "state.json"))])
        data = path.read_bytes()
        act = self.random.randrange(5)
        if act == 0:
            path.write_bytes(data[: len(data) // 2])
        elif act == 1 and data:
            at = self.random.randrange(len(data))
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        elif act == 2:
            path.chmod(0o666)
        elif act == 3:
            path.unlink()
        else:
            shutil.rmtree(self.root / ".cache")

    def kill(self, latest: float = 2.5) -> int:
        """A build killed at some moment, after so many seconds at the latest; how it ended (-9: killed)."""
        command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(self.root), "-o", str(self.out), "-q"]
        building = subprocess.Popen([*command, *self.options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            building.wait(timeout=self.random.uniform(0.05, latest))
        except subprocess.TimeoutExpired:
            building.kill()
        return building.wait()

    def upgrade(self) -> None:
        """A build by another version of the engine, which writes other pages; the next is by this one again."""
        if not self.engine.exists():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(REPOSITORY / "atlas", self.engine / "atlas", ignore=ignored)
            shutil.copytree(REPOSITORY / "templates", self.engine / "templates", ignore=ignored)
        module = self.engine / "atlas/pages/head.py"
        text = (REPOSITORY / "atlas/pages/head.py").read_text()
        module.write_text(text.replace("title=title,", f'title=title + " {self.random.randrange(9)}",'))
        shutil.copy(REPOSITORY / "build.py", self.engine)
        command = [sys.executable, str(self.engine / "build.py"), "--root", str(self.root), "-o", str(self.out), "-q"]
        subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": ""})

    # What must be true after each.

    def is_right(self, clean: Path) -> None:
        """A build now gives the problems and the files of a clean build; one that fails touches nothing."""
        before = _ours(self.out)
        report = build(self.root, self.out, *self.options)
        again = build(self.root, self.out, *self.options)
        shutil.rmtree(clean, ignore_errors=True)
        wanted = build(self.root, clean, *self.options, "--force")
        theirs = {row["rule"] for row in report.problems if row["severity"] == "note"} & {
            "unmanaged-file",
            "edited-page",
        }
        assert _told(report.problems) == _told(wanted.problems), theirs
        assert [row for row in report.problems if row["rule"] != "edited-page"] == list(again.problems)
        assert again.written == 0
        assert _ours(self.out) == (_ours(clean) if wanted.code == 0 else before)
        for folder in self.root.glob(f".cache/{clean.name}-*"):
            shutil.rmtree(folder)


def _told(problems: tuple[dict[str, object], ...]) -> list[dict[str, object]]:
    """The problems of the atlas; what others put into the output folder is reported besides."""
    return [row for row in problems if row["rule"] not in ("unmanaged-file", "edited-page")]


def _ours(out: Path) -> dict[str, bytes]:
    """The files in an output folder, without those of others."""
    return {path: data for path, data in contents(out).items() if not path.endswith("mine.txt")} if out.exists() else {}
