"""The preview in a real browser and by plain requests: what an author saves is what is shown, and mistakes lie over
it.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from previews import PATIENCE, Served, shows, window
from site_copies import REPOSITORY, copy_site, edit, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLOT = "content/actors/plot-two.yaml"

COLOURED = """wanted => new Promise(done => {
  const look = () => (getComputedStyle(document.body).color === "rgb(1, 2, 3)") === wanted ? done() :
           requestAnimationFrame(look); look();
})"""
"""Waits until the body has the colour of the test, or has it no more."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas to edit."""
    return copy_site("allotments", tmp_path_factory.mktemp("previewed"))


@pytest.fixture(scope="module")
def served(root: Path) -> Iterator[Served]:
    """Its preview."""
    preview = Served(root, "--port", "8700")
    yield preview
    preview.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A window on the page of a record."""
    with window(browser, served, "actors/plot-two/") as opened:
        yield opened


SCROLLED = """wanted => new Promise(done => {
  const look = () => window.scrollY === wanted ? done() : requestAnimationFrame(look);
  look();
})"""
"""Waits until the window has been scrolled so far."""


def test_an_edit_is_in_the_browser_and_the_address_stays(page: Page, root: Path) -> None:
    edit(root, PLOT, "A plot in the shade", "A plot in deep shade")
    shows(page, "A plot in deep shade")
    edit(root, PLOT, "A plot in deep shade", "A plot in the shade")
    shows(page, "A plot in the shade")
    assert page.url.endswith("/actors/plot-two/")


def test_a_mistake_lies_over_the_last_good_page_and_goes_away_when_fixed(page: Page, root: Path) -> None:
    edit(root, PLOT, "kind: plot", "kind: plod")
    reported = page.locator("._preview[role=alert]")
    reported.wait_for(timeout=30_000)
    assert re.search(r"content/actors/plot-two\.yaml:\d+:\d+", reported.inner_text())
    assert "plot" in reported.inner_text()
    assert page.get_by_text("A plot in the shade").count() >= 1
    edit(root, PLOT, "kind: plod", "kind: plot")
    reported.wait_for(state="detached", timeout=30_000)


def test_what_cannot_even_be_read_stops_nothing(page: Page, root: Path) -> None:
    good = (root / PLOT).read_bytes()
    for bad in (b"\xff\xfe\x00", b"{", b"lang: en\n\tx", b"", b"- a\n- b\n"):
        (root / PLOT).write_bytes(bad)
        page.locator("._preview").wait_for(timeout=30_000)
    (root / PLOT).write_bytes(good)
    page.locator("._preview").wait_for(state="detached", timeout=30_000)
    shows(page, "A plot in the shade")


def test_a_stylesheet_changes_without_a_reload(page: Page, root: Path) -> None:
    page.evaluate("window.stays = true")
    write(root, "templates/static/atlas.css", "body { color: rgb(1, 2, 3); }")
    page.evaluate(COLOURED, True)
    assert page.evaluate("window.stays") is True
    (root / "templates/static/atlas.css").unlink()
    page.evaluate(COLOURED, False)


def test_new_renamed_and_deleted_files_are_seen_and_drafts_marked(browser: Browser, root: Path, served: Served) -> None:
    text = (root / PLOT).read_text("utf-8").replace("Plot Two", "Plot Nine")
    with window(browser, served, "actors/") as page:  # open before the files change, or its reload ends the opening
        write(root, "content/actors/plot-nine.yaml", text + "draft: true\n")
        shows(page, "Plot Nine")
        shows(page, "Draft")
        (root / "content/actors/plot-nine.yaml").rename(root / "content/actors/plot-ten.yaml")
        page.locator("a[href='plot-ten/']").first.wait_for(timeout=PATIENCE)
        (root / "content/actors/plot-ten.yaml").unlink()
        page.locator("a[href='plot-ten/']").first.wait_for(state="detached", timeout=PATIENCE)


def test_a_page_that_is_loaded_again_stays_where_it_was(page: Page, root: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 150})
    page.evaluate("window.scrollTo(0, 120)")
    edit(root, PLOT, "A plot in the shade", "A plot in deep shade")
    shows(page, "A plot in deep shade")
    page.evaluate(SCROLLED, 120)
    edit(root, PLOT, "A plot in deep shade", "A plot in the shade")
    shows(page, "A plot in the shade")


def test_every_window_shows_an_edit(page: Page, browser: Browser, root: Path, served: Served) -> None:
    with window(browser, served, "actors/") as other:
        edit(root, PLOT, "A plot in the shade", "A plot in deep shade")
        shows(page, "A plot in deep shade")
        shows(other, "A plot in deep shade")
        edit(root, PLOT, "A plot in deep shade", "A plot in the shade")
        shows(page, "A plot in the shade")
        shows(other, "A plot in the shade")


def test_another_branch_is_one_change_and_not_one_for_each_file(page: Page, root: Path, served: Served) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    git("add", "content", "bibliography.bib")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "two")
    for number in range(30):
        write(root, f"content/cases/marrow-{number}.md", (root / "content/cases/the-marrow.md").read_text())
    edit(root, PLOT, "A plot in the shade", "A plot in deep shade")
    git("add", "content")
    git("commit", "-qm", "two")
    git("checkout", "-q", "one")
    shows(page, "A plot in the shade")
    before = served.state("actors/plot-two/")
    git("checkout", "-q", "two")
    shows(page, "A plot in deep shade")
    git("checkout", "-q", "one")
    shows(page, "A plot in the shade")
    assert served.state("actors/plot-two/") - before < 15


def test_the_whole_atlas_may_disappear_and_come_back(page: Page, root: Path) -> None:
    root.rename(root.with_name("elsewhere"))
    page.locator("._preview[role=alert]").wait_for(timeout=PATIENCE)
    root.with_name("elsewhere").rename(root)
    page.locator("._preview").wait_for(state="detached", timeout=PATIENCE)
    shows(page, "A plot in the shade")


@pytest.mark.parametrize("finder", ["", "static/atlas.css"])
def test_a_working_process_that_dies_is_replaced_and_reported(
    finder: str, page: Page, root: Path, served: Served
) -> None:
    lists = Path(f"/proc/{served.process.pid}/task").glob("*/children")  # a list for each thread that starts processes
    children = [child for each in lists for child in each.read_text().split()]
    workers = [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    assert workers
    for child in workers:
        os.kill(int(child), signal.SIGKILL)
    if finder:  # another request than that of the page finds it ended
        served.get(f"/{finder}")
    page.locator("._preview", has_text="SIGKILL; another was started").wait_for(timeout=PATIENCE)
    shows(page, "A plot in the shade")
    edit(root, PLOT, "A plot in the shade", "A plot in deep shade")
    shows(page, "A plot in deep shade")
    page.locator("._preview").wait_for(state="detached", timeout=PATIENCE)
    edit(root, PLOT, "A plot in deep shade", "A plot in the shade")
    shows(page, "A plot in the shade")


def test_a_folder_that_disappears_is_reported_and_may_come_back(page: Page, root: Path) -> None:
    (root / "content").rename(root / "away")
    page.locator("._preview[role=alert]").wait_for(timeout=30_000)
    (root / "away").rename(root / "content")
    page.locator("._preview").wait_for(state="detached", timeout=30_000)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
    ],
)
def test_only_its_own_pages_may_talk_to_it(headers: dict[str, str], status: int, served: Served) -> None:
    assert served.get("/", **headers)[0] == status
    if status == 403:
        upgrade: Any = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        }
        assert served.get("/livereload", **upgrade, **{"Sec-WebSocket-Version": "13"}, **headers)[0] == 403


@pytest.mark.parametrize(
    "path", ["/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/static/../../x"]
)
def test_no_path_leaves_the_site(path: str, served: Served) -> None:
    status, text = served.get(path)
    assert status == 404
    assert "root:" not in text


def test_files_of_works_and_the_sitemap_are_there_when_wanted(served: Served) -> None:
    assert served.get("/sitemap.xml")[0] == 200
    assert "@" in served.get("/sources/bibliography.bib")[1]


@pytest.mark.parametrize(
    "path", ["/actors/plot-two", "//actors/plot-two", "/actors///plot-two/", "/%2Factors/plot-two"]
)
def test_another_spelling_of_an_address_leads_to_the_page_on_this_machine(path: str, served: Served) -> None:
    assert served.get(path) == (302, "/actors/plot-two/")


@pytest.mark.parametrize(
    "path", ["/", "/actors/plot-two/", "/static/atlas.css", "/none", "/livereload.js", "/_preview.css"]
)
def test_the_head_of_an_answer_may_be_wanted(path: str, served: Served) -> None:
    assert served.get(path, method="HEAD") == (served.get(path)[0], "")


def test_the_name_of_the_machine_may_be_written_in_capitals(served: Served) -> None:
    own = f"LOCALHOST:{served.port}"
    assert served.get("/", Host=own, Origin=f"http://{own}")[0] == 200


MALFORMED = [
    b"\x81\x81\0\0\0\0{", b"\x81\x82\0\0\0\0[]", b"\x81\x84\0\0\0\0null", b"\x81\x82\0\0\0\0{}",
    b'\x81\x8f\0\0\0\0{"command": []}', b'\x81\x93\0\0\0\0{"command": "info"}', b"\x82\x81\0\0\0\0\xff",
    b"\x81\x81\0\0\0\0\xff", b"\xff\xff", b"\x81\x01{", b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", b"\x81",
    b"\x81\xfe\xff\xff\0\0\0\0" + b"[" * 0xFFFF,
]  # fmt: skip
"""What no browser sends over a WebSocket: other JSON, other frames, half a frame."""


def test_malformed_messages_make_no_noise(root: Path) -> None:
    preview = Served(root, "--port", "8780")
    try:
        for message in MALFORMED:
            with socket.create_connection(("127.0.0.1", preview.port)) as line:
                head = f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\nUpgrade: websocket\r\n"
                key = "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13"
                line.sendall(f"{head}{key}\r\n\r\n".encode())
                assert line.recv(4096).startswith(b"HTTP/1.1 101")
                line.sendall(message)
                line.shutdown(socket.SHUT_WR)
                while line.recv(4096):
                    pass
        assert preview.get("/")[0] == 200
        assert preview.stop() == 0
    finally:
        preview.process.kill()
    assert re.fullmatch(r"\d\d:\d\d:\d\d no errors\n", preview.rest)


def test_a_port_that_is_taken_gives_the_next(root: Path, served: Served) -> None:
    second = Served(root, "--port", str(served.port))
    assert second.port > served.port
    assert second.stop() == 0


def test_control_c_ends_it_and_frees_the_port(root: Path) -> None:
    preview = Served(root, "--port", "8790")
    assert preview.stop() == 0
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", preview.port))


def test_control_c_ends_it_while_it_reads(root: Path) -> None:
    preview = Served(root, "--port", "8790")
    edit(root, PLOT, "A plot in the shade", "A plot in deep shade")
    try:
        assert preview.get("/")[0] == 200
        assert preview.stop() == 0
    finally:
        edit(root, PLOT, "A plot in deep shade", "A plot in the shade")


@pytest.mark.parametrize("port", ["65535", "70000", "-1"])
def test_where_no_port_is_free_it_says_so(port: str, root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "port" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_published_site_has_no_drafts(root: Path, tmp_path: Path) -> None:
    from site_copies import build

    text = (root / PLOT).read_text("utf-8").replace("Plot Two", "Plot Nine")
    write(root, "content/actors/plot-nine.yaml", text + "draft: true\n")
    try:
        assert build(root, tmp_path / "site").code == 0
        assert not (tmp_path / "site/actors/plot-nine").exists()
        assert build(root, tmp_path / "drafts", "--drafts").code == 0
        assert (tmp_path / "drafts/actors/plot-nine").exists()
    finally:
        (root / "content/actors/plot-nine.yaml").unlink()
