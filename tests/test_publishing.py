"""What is published works on any host: under any path, by its own policy, compressed or not."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
import yaml
from browsing import Quiet, needs, serving
from built_sites import Sites, is_unlisted, read_pages
from site_copies import REPOSITORY, SITES, build, contents, copy_site

from atlas.cli.main import load, parser_of, split
from atlas.core.sources import Asset
from atlas.pages import security_policy

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def three(built: Sites) -> Path:
    """The atlas of three valleys, published as it is."""
    return built("three").out


@pytest.fixture(scope="module")
def allotments(built: Sites) -> Path:
    """The smallest atlas, published as it is."""
    return built("allotments").out


# The policy.


def headers(folder: Path) -> dict[str, str]:
    """What a host is asked to send with every file of a published atlas."""
    files = sorted((folder / "static").glob("*.js"))
    scripts = security_policy.scripts_of(Asset(path.name, 0, path.read_bytes()) for path in files)
    template = (REPOSITORY / "templates/picture.svg").read_text(encoding="utf-8")
    return security_policy.headers(scripts, security_policy.styles_of({"picture.svg": template}))


def read_headers(folder: Path) -> dict[str, str]:
    """What a host that reads `_headers` sends with every file."""
    first, *lines = (folder / "_headers").read_text(encoding="utf-8").splitlines()
    assert first == "/*"
    return dict(line.strip().split(": ", 1) for line in lines)


def test_hosts_get_rules_of_what_to_send(three: Path) -> None:
    assert read_headers(three) == headers(three)
    asked = dict(part.split(" ", 1) for part in headers(three)["Content-Security-Policy"].split("; "))
    assert asked["default-src"] == "'none'"
    # Nobody can sign in, so pages may be shown in a frame of another site.
    assert "frame-ancestors" not in asked
    assert "X-Frame-Options" not in headers(three)
    assert all(source.startswith("'sha256-") for source in asked["script-src"].split())
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & set(" ".join(asked.values()).split())
    assert (three / ".nojekyll").read_bytes() == b""


def test_every_page_says_the_policy_itself_and_keeps_to_it(three: Path) -> None:
    sent = headers(three)["Content-Security-Policy"]
    policy = re.sub(r"(?<=style-src 'self')[^;]*", "", sent)
    pages = read_pages(three)
    for page in pages.values():
        said = [row["content"] for row in page.all("meta") if row.get("http-equiv") == "Content-Security-Policy"]
        assert said == [policy], page.path
        assert not [name for _, row in page.elements for name in row if name == "style" or name.startswith("on")]
        assert not page.all("style")
        assert all(row.get("integrity", "") in policy for row in page.all("script") if row.get("src"))
        assert all(row.get("src") or row.get("type") == "application/ld+json" for row in page.all("script"))
        # Browsers heed a policy from where it stands on: before anything is loaded.
        heads = [tag for tag, _ in page.elements]
        assert heads.index("meta") < heads.index("link")
    assert len(pages) > 300


def test_a_picture_that_is_opened_by_its_address_keeps_its_style(three: Path, browser: Browser) -> None:
    pictures = list(three.rglob("picture.svg"))
    with publishing({"/": three}) as (host, _):
        page = browser.new_page()
        for path in pictures:
            page.goto(f"{host}/{path.relative_to(three).as_posix()}")
            fill = "getComputedStyle(document.querySelector('.paper')).fill"
            assert page.evaluate(fill) == "rgb(252, 251, 248)", path
        page.close()
    assert len(pictures) == 12


# Two atlases on one host.


@contextmanager
def publishing(places: dict[str, Path]) -> Iterator[tuple[str, list[str]]]:
    """A plain server with each folder under its path, that sends the headers asked for; its address, and what it
    missed.
    """
    missed: list[str] = []
    sent = headers(next(iter(places.values())))

    class Host(Quiet):
        def translate_path(self, path: str) -> str:
            for place, folder in places.items():
                if path.startswith(place):
                    self.directory = str(folder)
                    return super().translate_path("/" + path.removeprefix(place))
            return "/nowhere/at/all"

        def end_headers(self) -> None:
            for name, value in sent.items():
                self.send_header(name, value)
            super().end_headers()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            missed.append(self.path)
            super().send_error(code, message, explain)

    with serving(Host) as host:
        yield host, missed


class _Addresses(HTMLParser):
    """Where a page leads and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        row = dict(attrs)
        if row.get("rel") not in ("canonical", "alternate"):
            self.found |= {value for name in ("href", "src") if (value := row.get(name))}


def crawl(starts: list[str]) -> tuple[set[str], list[str]]:
    """Every address of a host that can be reached from some pages, and those that answer with an error."""
    host = urlsplit(starts[0]).netloc
    seen, waiting, broken = set(starts), list(starts), []
    while waiting:
        address = waiting.pop()
        try:
            with urlopen(address) as answer:
                page = answer.read().decode() if "html" in answer.headers["content-type"] else ""
        except HTTPError:
            broken.append(address)
            continue
        reader = _Addresses()
        reader.feed(page)
        found = {urldefrag(urljoin(address, each)).url for each in reader.found}
        fresh = {each for each in found if urlsplit(each).netloc == host} - seen
        seen |= fresh
        waiting += fresh
    return seen, broken


def test_two_atlases_on_one_host_under_other_paths_than_declared_are_whole(three: Path, allotments: Path) -> None:
    places = {"/a/b/": three, "/c/": allotments}
    with publishing(places) as (host, missed):
        for place, folder in places.items():
            pages = [path.removesuffix("index.html") for path in read_pages(folder) if not is_unlisted(path)]
            seen, broken = crawl([host + place + path for path in pages])
            assert broken == []
            assert {urlsplit(each).path.startswith(place) for each in seen} == {True}
            assert len(seen) > len(pages)
        assert missed == []


PAGES = ("", "forms/", "en/forms/", "actors/", "actors/phares-du-nord/", "cases/twinning-of-two-piers/", "compare/",
         "explore/", "print/", "sources/", "search/", "map/", "network/", "timeline/")  # fmt: skip


def test_a_browser_blocks_nothing_by_the_policy_and_asks_nobody_else(
    three: Path, allotments: Path, browser: Browser
) -> None:
    with publishing({"/a/b/": three, "/c/": allotments}) as (host, missed):
        page = browser.new_page()
        said: list[str] = []
        asked: set[str] = set()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        paths = [f"/a/b/{path}" for path in PAGES if (three / path / "index.html").exists()]
        for path in [*paths, "/c/", "/c/actors/"]:
            page.goto(host + path)
            page.wait_for_load_state("networkidle")
            assert page.locator("body").evaluate("body => getComputedStyle(body).margin") == "0px", path
        page.close()
        assert said == []
        assert {url for url in asked if not url.startswith((f"{host}/a/b/", f"{host}/c/"))} <= {f"{host}/favicon.ico"}
        assert set(missed) <= {"/favicon.ico"}


def test_the_browser_of_these_tests_would_report_a_style_that_is_blocked(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "index.html").write_text('<title>x</title><p style="color: red">x')
    with publishing({"/": tmp_path}) as (host, _):
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(host + "/")
        page.close()
    assert any("Content Security Policy" in each for each in said)


def test_a_page_opened_as_a_file_has_its_style(three: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((three / "actors/index.html").as_uri())
    assert page.locator("body").evaluate("body => getComputedStyle(body).margin") == "0px"
    page.close()


# Compressed.


def test_compressed_twins_say_the_same_and_are_the_same_in_every_build(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    assert build(root, tmp_path / "plain").code == 0
    assert build(root, tmp_path / "one", "--precompress").code == 0
    assert build(root, tmp_path / "two", "--precompress").code == 0
    plain, one = contents(tmp_path / "plain"), contents(tmp_path / "one")
    assert contents(tmp_path / "two") == one
    twins = {path for path in one if path.endswith((".gz", ".br"))} - plain.keys()
    assert {"index.html.gz", "static/atlas.css.gz"} <= twins
    assert ("index.html.br" in twins) == bool(find_spec("brotli"))
    for path in twins:
        if path.endswith(".gz"):
            assert gzip.decompress(one[path]) == plain[path.removesuffix(".gz")]
            assert one[path][4:8] == bytes(4)  # no date (RFC 1952, 2.3.1)
            assert len(one[path]) < len(plain[path.removesuffix(".gz")])
    again = build(root, tmp_path / "one")
    assert again.code == 0
    assert contents(tmp_path / "one") == plain


# The workflows.

SKIPPED = "pip install"
"""What a test leaves out: the libraries are there already."""


def steps_of(path: str) -> list[tuple[str, dict[str, str]]]:
    """The commands of a workflow in their order, with the environment that the file itself gives them."""
    whole = yaml.safe_load((REPOSITORY / path).read_text(encoding="utf-8"))
    if "jobs" in whole:
        steps = [step for job in whole["jobs"].values() for step in job["steps"]]
        return [(step["run"], step.get("env", {})) for step in steps if "run" in step]
    scripts = [whole["before_script"], *(job["script"] for job in whole.values() if "script" in job)]
    found = [(command, whole["variables"]) for script in scripts for command in script]
    return [(command, own) for command, own in found if not command.startswith("make ")]


def test_the_tests_run_in_a_job_of_their_own_with_pinned_actions_and_a_time_limit() -> None:
    text = (REPOSITORY / ".github/workflows/test.yml").read_text(encoding="utf-8")
    [job] = yaml.safe_load(text)["jobs"].values()
    assert any(step.get("run", "").startswith("make test") for step in job["steps"])
    assert job["timeout-minutes"] <= 60
    assert re.findall(r"uses: \S+@(?![0-9a-f]{40} )", text) == []
    gitlab = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["test"]["script"] == ["make test"]


def test_the_container_takes_its_headers_from_the_build(tmp_path: Path, allotments: Path) -> None:
    text = (REPOSITORY / "publish/Containerfile").read_text(encoding="utf-8")
    [command] = re.findall(r"(?ms)^RUN (\{ echo.*?default\.conf)$", text)
    shutil.copytree(allotments, tmp_path / "site")
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    written = (tmp_path / "default.conf").read_text(encoding="utf-8")
    for name, value in headers(allotments).items():
        assert f'add_header {name} "{value}" always;' in written


@pytest.mark.parametrize("path", ["netlify.toml", ".pre-commit-hooks.yaml"])
def test_commands_of_other_hosts_and_hooks_are_understood(path: str) -> None:
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    commands = re.findall(r"(?:python build\.py|entry: atlas) ([a-z][^&\"\n]*)", text)
    assert commands
    for command in commands:
        name, rest = split(command.split())
        parser_of(load(name)).parse_args(rest)


WORKFLOWS = {".github/workflows/pages.yml": "site", ".github/workflows/rsync.yml": "site", ".gitlab-ci.yml": "public"}


@pytest.mark.parametrize("path", WORKFLOWS)
def test_the_steps_of_a_workflow_publish_a_clean_clone(path: str, tmp_path: Path) -> None:
    needs("git", *(["rsync"] if path.endswith("rsync.yml") else []))
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--no-local", REPOSITORY, clone], check=True)
    for part in (".github", ".gitlab-ci.yml", "publish"):  # as they are now, committed or not
        source, target = REPOSITORY / part, clone / part
        shutil.copytree(source, target, dirs_exist_ok=True) if source.is_dir() else shutil.copy(source, target)
    shutil.rmtree(clone / "content")
    shutil.copytree(SITES / "allotments/content", clone / "content")
    shutil.copy(SITES / "allotments/bibliography.bib", clone)
    known = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "RSYNC_TARGET": f"{tmp_path}/host/",
        "BASE_URL": "https://pages.example/atlas",
        "CI_PAGES_URL": "https://pages.example/atlas",
    }
    ran = []
    for command, own in steps_of(path):
        assert own.keys() <= {*known, "RSYNC_KEY", "RSYNC_HOST_KEY", "PIP_CACHE_DIR"}
        if SKIPPED not in command:
            done = subprocess.run(
                command, shell=True, cwd=clone, env=known, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, (command, done.stderr)
            ran.append(command)
    assert any("check --strict" in command for command in ran)
    out = clone / WORKFLOWS[path]
    assert (out / "index.html").exists()
    assert (out / "files/books/atlas-en.epub").exists()
    assert ("https://pages.example/atlas/" in (out / "index.html").read_text()) != path.endswith("rsync.yml")
    if path.endswith("rsync.yml"):
        published = {name for name in contents(out) if name not in (".gitkeep", ".atlas-files")}
        assert contents(tmp_path / "host").keys() == published


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_checks_before_it_publishes_keeps_the_cache_and_pins_what_it_uses(path: str) -> None:
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    commands = [command for command, _ in steps_of(path)]
    assert all("--require-hashes" in command for command in commands if SKIPPED in command)
    first = next(number for number, command in enumerate(commands) if "build.py build" in command)
    assert any("check --strict" in command for command in commands[:first])
    assert re.search(r"path: \|\n +\.cache\n +site$|paths: \[\.cache/, \.pip/, public/\]", text, re.MULTILINE)
    used = re.findall(r"uses: (.+)", text)
    assert [
        each for each in used if not re.fullmatch(r"actions/[a-z-]+(?:/restore)?@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)
    ] == []
    assert text.count("persist-credentials: false") == sum("checkout@" in each for each in used)
    jobs = yaml.safe_load(text).get("jobs", {}).values()
    assert all(job["timeout-minutes"] <= 30 for job in jobs)
    assert all(
        rights == "read" or not any("run" in step for step in job["steps"])
        for job in jobs
        for rights in job.get("permissions", {}).values()
    )
    assert not re.search(r"https?://|pypi|npmjs|docker\.io", text)
