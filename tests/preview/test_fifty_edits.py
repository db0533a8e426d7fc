"""Fifty edits, mistakes and corrections in a real browser: after each the page shows what it must, and at last a clean
build.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error
from previews import PATIENCE, Served, shows, window
from site_copies import REPOSITORY, build, copy_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STEPS = 50
SEED = int(os.environ.get("ATLAS_SEED", "7"))
RECORD = "content/actors/phares-du-nord.yaml"
CASE = "content/cases/gift-of-plum-trees.md"
BIBLIOGRAPHY = "bibliography.bib"
TEMPLATE = "templates/_record.html"
STYLE = "templates/static/atlas.css"
STYLED = """wanted => new Promise(done => {
  const look = () => getComputedStyle(document.body).getPropertyValue("--edit").trim() === wanted ? done() :
         requestAnimationFrame(look); look();
})"""
"""Waits until the stylesheet is that of an edit."""


class Author:
    """An author at work, who saves in both ways that editors have. page, people: windows on a record and on a list.

    texts: the files without mistakes, by path; marks: what the page must show of each file; shown: what it must show
    while a mistake is not corrected.
    """

    def __init__(self, root: Path, page: Page, people: Page, seed: int) -> None:
        self.root, self.page, self.people, self.random = root, page, people, Random(seed)
        self.texts = {path: (root / path).read_text() for path in (RECORD, CASE, BIBLIOGRAPHY)}
        self.texts |= {path: (REPOSITORY / path).read_text() for path in (TEMPLATE, STYLE)}
        self.marks: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.wrong: dict[str, str] = {}
        self.guests: list[str] = []
        self.number = 0

    def save(self, path: str, text: str) -> None:
        """Save in place, or a new file under the old name."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.random.random() < 0.5:
            file.write_text(text)
        else:
            file.with_name(f".{file.name}.new").write_text(text)
            file.with_name(f".{file.name}.new").replace(file)

    def step(self) -> str:
        """One thing that authors do, and the look at the page; what it was."""
        self.number += 1
        usual = [self.content, self.bibliography, self.template, self.style, self.mistake, self.come_and_go]
        act = self.random.choice([*usual, self.correct, self.correct] if self.wrong else [*usual, self.mistake])
        act()
        self.look()
        return f"{self.number} {act.__name__}"

    # Edits: each leaves a mark in what the page shows.

    def content(self) -> None:
        """Another word in the summary of the record."""
        self._edit(RECORD, r"loin de toute mer( \(relevé \d+\))?", f"loin de toute mer (relevé {self.number})")

    def bibliography(self) -> None:
        """Another word in the title of a work that the record cites."""
        new = rf"\g<1>Cote {self.number}. "
        self._edit(BIBLIOGRAPHY, r"(@\w+\{brumecourt1887phares,(?:.|\n)*?\btitle = \{)(Cote \d+\. )?", new)

    def template(self) -> None:
        """Another word in the template of the page."""
        new = f"{{% block main %}}<p>modèle {self.number}</p>"
        self._edit(TEMPLATE, r"\{% block main %\}(<p>modèle \d+</p>)?", new)

    def style(self) -> None:
        """Another value in the stylesheet; that it comes without a reload is proved where nothing else happens."""
        old, new = r"(\nbody \{ --edit: \d+; \})?\Z", f"\nbody {{ --edit: {self.number}; }}"
        self.texts[STYLE] = re.sub(old, new, self.texts[STYLE], count=1)
        self.save(STYLE, self.texts[STYLE])
        while not self._is_styled():
            pass

    def _is_styled(self) -> bool:
        """Wait until the style is that of the edit; False where the page was loaded again meanwhile."""
        try:
            self.page.evaluate(STYLED, str(self.number))
        except Error:
            return False
        return True

    def _edit(self, path: str, old: str, new: str) -> None:
        text, count = re.subn(old, new, self.texts[path], count=1)
        assert count == 1
        self.texts[path] = text
        self.marks[path] = {RECORD: "relevé", BIBLIOGRAPHY: "Cote", TEMPLATE: "modèle"}[path] + f" {self.number}"
        self.wrong.pop(path, None)
        self.save(path, text)

    # Mistakes: each is reported with its file and its line.

    def mistake(self) -> None:
        """A mistake in one of the files."""
        path, old, new = self.random.choice(
            [
                (RECORD, "kind: society", "kind: sociéty"),
                (RECORD, "sides: [north]", "sides: [north"),
                (CASE, "\n## ", "\nVoir [[personne-ici]].\n\n## "),
                (BIBLIOGRAPHY, "  publisher = threewaters,\n", "  publisher = threewatters,\n"),
                (TEMPLATE, "{% block crumb %}", "{% block crumb %}{% if %}"),
                (TEMPLATE, "{% block main %}", "{% block main %}{{ view.nothing_of_the_kind }}"),
            ]
        )
        before, found, after = self.texts[path].partition(old)
        assert found
        self.wrong[path] = rf"{path}:{(before + new[: len(new) - len(new.lstrip())]).count(chr(10)) + 1}\b"
        if new == "sides: [north":  # a bracket that is open is missed where the next line begins
            self.wrong[path] = rf"{path}:\d+\b"
        self.save(path, before + new + after)

    def correct(self) -> None:
        """One mistake less."""
        path = self.random.choice(sorted(self.wrong))
        del self.wrong[path]
        self.save(path, self.texts[path])

    # Files that come, change their names and go.

    def come_and_go(self) -> None:
        """A record more, one of another name, or one less; where nothing is wrong its page is there, or gone."""
        people = self.root / "content/persons"
        if not self.guests or self.random.random() < 0.5:
            text = (people / "ada-quillon.yaml").read_text()
            self.save(f"content/persons/guest-{self.number}.yaml", text.replace("Ada Quillon", f"Guest {self.number}"))
            self.guests.append(f"guest-{self.number}")
        else:
            old = self.guests.pop(self.random.randrange(len(self.guests)))
            if self.random.random() < 0.5:
                (people / f"{old}.yaml").unlink()
            else:
                (people / f"{old}.yaml").rename(people / f"guest-{self.number}.yaml")
                self.guests.append(f"guest-{self.number}")
        if not self.wrong:
            for guest in self.guests:
                self.people.locator(f"main a[href='{guest}/']").first.wait_for(state="attached", timeout=PATIENCE)
            others = "".join(f":not([href='{guest}/'])" for guest in self.guests)
            gone = self.people.locator(f"main a[href^='guest-']{others}").first
            gone.wait_for(state="detached", timeout=PATIENCE)

    # What the page shows.

    def look(self) -> None:
        """Wait until the page shows what it must: the mistakes, and the edits of files without one.

        A template with a mistake leaves the last good page. What a record with a mistake cites may be missing.
        """
        reported = self.page.locator("._preview[role=alert]")
        if TEMPLATE not in self.wrong:
            unread = {*self.wrong, BIBLIOGRAPHY} if RECORD in self.wrong else {*self.wrong}
            self.shown = {path: mark for path, mark in self.marks.items() if path not in unread}
        if not self.wrong:
            reported.wait_for(state="detached", timeout=PATIENCE)
        for place in self.wrong.values():
            reported.filter(has_text=re.compile(place)).wait_for(timeout=PATIENCE)
        for mark in self.shown.values():
            shows(self.page, re.compile(rf"{mark}(?!\d)"))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The preview of a sample site."""
    served = Served(copy_site("three", tmp_path), "--port", "8600")
    yield served
    served.close()


@pytest.fixture
def author(browser: Browser, served: Served, tmp_path: Path) -> Iterator[Author]:
    """An author with two windows."""
    with (
        window(browser, served, "actors/phares-du-nord/") as page,
        window(browser, served, "persons/") as people,
    ):
        yield Author(tmp_path / "three", page, people, SEED)


def test_after_fifty_edits_mistakes_and_fixes_the_preview_shows_what_a_clean_build_makes(
    author: Author, served: Served, tmp_path: Path
) -> None:
    done = [author.step() for _ in range(STEPS)]
    while author.wrong:
        author.correct()
        author.look()
    assert len(done) == STEPS
    assert build(author.root, tmp_path / "site", "--drafts", "--base-url", served.address).code == 0
    plain = _without_the_preview(served.port)
    differing = [
        path
        for path in sorted((tmp_path / "site").rglob("*.html"))
        if plain(served.get(f"/{path.relative_to(tmp_path / 'site').as_posix()}")[1]) != path.read_text()
    ]
    assert differing == []
    text = (tmp_path / "site/actors/phares-du-nord/index.html").read_text()
    main = "html => new DOMParser().parseFromString(html, 'text/html').querySelector('main h1').textContent"
    assert author.page.locator("main h1").text_content() == author.page.evaluate(main, text)


def _without_the_preview(port: int) -> Callable[[str], str]:
    """Takes from a page what the preview has put into it."""
    own = re.compile(
        rf'<link rel="stylesheet" href="/_preview\.css"><script src="/livereload\.js\?port={port}" defer></script>'
        rf'|<aside class="_preview".*?</aside>(?=</body>)|<mark class="_mistake".*?</mark>'
        rf"|(?<=script-src )'self' | ws://127\.0\.0\.1:{port} ws://localhost:{port}",
        re.DOTALL,
    )
    return lambda html: own.sub("", html)
