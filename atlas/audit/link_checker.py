"""Checks whether external links still answer. The only module that uses the network.

It checks each URL once, one request at a time for each host with a pause between them, HEAD before
GET, and identifies itself. Results stay valid for some days. It is the only module that reads the clock,
to wait and to date its results.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from msgspec import Struct
from msgspec.structs import asdict

_LASTING: Final = (301, 308)
_ELSEWHERE: Final = (*_LASTING, 302, 303, 307)
_HOPS: Final = 5
_HOSTS: Final = 8
_DAYS_GOOD: Final = 7
_DAYS_BAD: Final = 1
_RESOLVERS: Final = frozenset({"doi.org", "hdl.handle.net"})
"""Hosts that only redirect. It is enough that they know the name, because publishers refuse machines."""


class LinkStatus(Struct, frozen=True):
    """The result of checking a URL.

    Attributes:
        status: the HTTP status; 0 for none.
        moved: the URL to which it has moved permanently.
        reason: why there is no status.
        day: the day of the check, YYYY-MM-DD.
    """

    status: int
    moved: str = ""
    reason: str = ""
    day: str = ""

    @property
    def is_good(self) -> bool:
        """Return whether the URL answers with success."""
        return 200 <= self.status < 300


class LinkCheckOptions(Struct, frozen=True):
    """The options of the check.

    Attributes:
        agent: the user agent.
        timeout: the time limit of a request, in seconds.
        pause: the pause between requests to a host, in seconds.
        patience: the time limit of the whole check, in seconds.
    """

    agent: str
    timeout: float = 10.0
    pause: float = 1.0
    patience: float = 900.0


def check_links(
    addresses: Iterable[str], known: Mapping[str, LinkStatus], options: LinkCheckOptions
) -> dict[str, LinkStatus]:
    """Check external URLs.

    Args:
        addresses: the URLs.
        known: the results of earlier checks.
        options: the options.

    Returns:
        The result of each URL, without those for which the time was too short.
    """
    today = datetime.now(UTC).date()
    answers = {address: known[address] for address in addresses if address in known and _holds(known[address], today)}
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        if address not in answers:
            by_host[urlsplit(address).netloc].append(address)
    end = time.monotonic() + options.patience
    with ThreadPoolExecutor(_HOSTS) as pool:
        for found in pool.map(lambda own: _check_host(own, options, end, today.isoformat()), by_host.values()):
            answers |= found
    return answers


def _holds(answer: LinkStatus, today: date) -> bool:
    age = (today - date.fromisoformat(answer.day)).days
    return 0 <= age < (_DAYS_GOOD if answer.is_good else _DAYS_BAD)


def _check_host(addresses: list[str], options: LinkCheckOptions, end: float, day: str) -> dict[str, LinkStatus]:
    """Check the URLs of one host, one after another, until the time is over or the host answers 429."""
    answers: dict[str, LinkStatus] = {}
    for address in addresses:
        if answers:
            time.sleep(options.pause)
        if time.monotonic() > end:
            break
        answer = _follow(address, options)
        answers[address] = LinkStatus(answer.status, answer.moved, answer.reason, day)
        if answer.status == 429:
            break
    return answers


def _follow(address: str, options: LinkCheckOptions) -> LinkStatus:
    """Return the result at the end of all redirects."""
    current, moved, lasting = address, "", True
    for _ in range(_HOPS):
        status, onward, reason = _request(current, "HEAD", options)
        if status >= 400 and status != 429:  # many hosts answer HEAD badly
            status, onward, reason = _request(current, "GET", options)
        if status not in _ELSEWHERE or not onward:
            return LinkStatus(status, moved, reason)
        if urlsplit(current).netloc in _RESOLVERS:
            return LinkStatus(200)
        current = urljoin(current, onward)
        lasting = lasting and status in _LASTING
        moved = current if lasting else moved
        if urlsplit(current).scheme not in ("http", "https"):
            break
    return LinkStatus(0, "", "it redirects without end")


class _NoRedirects(HTTPRedirectHandler):
    """Does not follow redirects."""

    def redirect_request(self, *arguments: Any) -> None:
        """Return no request."""


def _request(address: str, method: str, options: LinkCheckOptions) -> tuple[int, str, str]:
    """Send one request.

    Returns:
        The status, the target of a redirect, and the reason if there is no status.
    """
    try:
        request = Request(_in_ascii(address), method=method, headers={"User-Agent": options.agent, "Accept": "*/*"})  # noqa: S310 - http and https only, by the schema
        with build_opener(_NoRedirects).open(request, timeout=options.timeout) as answer:
            return answer.status, "", ""
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", ""), ""
    except TimeoutError:
        return 0, "", f"no answer in {options.timeout:g} s"
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return 0, "", f"no answer in {options.timeout:g} s" if isinstance(reason, TimeoutError) else str(reason)


def _in_ascii(address: str) -> str:
    """Convert a URL to ASCII for a request (RFC 3987, § 3.1)."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    safe = "/:;,@!$&'()*+=~%-._"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe + "?"), ""))


# Saved results.


def to_remember(answers: Mapping[str, LinkStatus]) -> str:
    """Convert results to a text that `remembered` reads."""
    return json.dumps({address: asdict(answers[address]) for address in sorted(answers)}, indent=1) + "\n"


def remembered(text: str) -> dict[str, LinkStatus]:
    """Return the results in a text; none if it is invalid, so that all URLs are checked again."""
    try:
        answers = {address: LinkStatus(**row) for address, row in json.loads(text).items()}
        for answer in answers.values():
            date.fromisoformat(answer.day)
    except (ValueError, TypeError, AttributeError):
        return {}
    return answers
