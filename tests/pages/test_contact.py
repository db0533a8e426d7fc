"""The e-mail address of the editors, on every page."""

from __future__ import annotations

from small_atlases import LAMPS, SITE, actor, made
from small_pages import rendered

CONTACT = "contact: editors@valleys.example\n"
REPORT = "report_url: 'https://files.example/new?title={title}'\n"


def test_every_page_shows_the_contact_and_errors_are_reported_to_it() -> None:
    pages, problems = rendered(made({LAMPS: actor("Lamps")}, site=SITE + CONTACT))
    assert problems == ()
    page = pages["fr/actors/lamps/index.html"]
    assert '<a href="mailto:editors@valleys.example">editors@valleys.example</a>' in page
    address = "https%3A%2F%2Fvalleys.example%2Fatlas%2Ffr%2Factors%2Flamps%2F"
    assert f'href="mailto:editors@valleys.example?subject=Lamps&amp;body={address}"' in page


def test_errors_are_reported_to_the_declared_address_where_there_is_one() -> None:
    pages, _ = rendered(made({LAMPS: actor("Lamps")}, site=SITE + CONTACT + REPORT))
    assert 'href="https://files.example/new?title=Lamps"' in pages["actors/lamps/index.html"]


def test_a_contact_that_is_no_e_mail_address_is_an_error() -> None:
    problems = made({LAMPS: actor("Lamps")}, site=f"{SITE}contact: https://valleys.example/\n").problems
    assert [problem.rule for problem in problems] == ["bad-address"]
