"""The working process of the preview: whatever happens to it, there is an answer, and a report."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_copies import copy_site

from atlas.build.options import ReadOptions
from atlas.preview.session import PreviewFile
from atlas.preview.workers import Failed, WorkerProcess


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An atlas."""
    return copy_site("allotments", tmp_path)


@pytest.fixture
def workers(root: Path) -> Iterator[WorkerProcess]:
    """Its working process, which has read it."""
    made = WorkerProcess(root, ReadOptions("http://127.0.0.1:8000/", "", drafts=True))
    made.ask("refresh")
    yield made
    made.stop()
    made.process.join()


def answers(workers: WorkerProcess) -> bool:
    """Whether it makes pages, and knows which there are not."""
    return isinstance(workers.ask("get", "/"), PreviewFile) and workers.ask("get", "/none/") is None


def reported(workers: WorkerProcess) -> list[tuple[str, str]]:
    """The severity of each report of a failure, and how the process ended."""
    words = (problem.message.partition("; ")[0].rpartition(" that was ")[2] for problem in workers.failures)
    return [(problem.severity, word) for problem, word in zip(workers.failures, words, strict=True)]


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
@pytest.mark.parametrize("question", ["get", "go_on", "refresh"])
def test_a_process_that_is_killed_is_replaced_and_the_question_answered(
    sign: signal.Signals, question: str, workers: WorkerProcess
) -> None:
    assert workers.process.pid
    os.kill(workers.process.pid, sign)
    workers.process.join()
    assert not workers.is_alive()
    assert not isinstance(workers.ask(question, *(["/"] if question == "get" else [])), Failed)
    assert workers.is_alive()
    assert [(severity, how.rpartition(" ")[2]) for severity, how in reported(workers)] == [("warning", sign.name)]
    assert answers(workers)
    workers.ask("refresh")
    assert workers.problems == ()


def test_the_state_of_a_new_process_is_never_one_that_a_page_has_seen(workers: WorkerProcess) -> None:
    seen = workers.state
    for _ in range(3):
        assert workers.process.pid
        os.kill(workers.process.pid, signal.SIGKILL)
        workers.process.join()
        workers.ask("go_on")
        assert workers.state > seen
        seen = workers.state


def test_a_process_that_does_not_answer_is_replaced(workers: WorkerProcess) -> None:
    assert workers.process.pid
    workers.patience = 0.2
    os.kill(workers.process.pid, signal.SIGSTOP)
    stopped = workers.process
    assert isinstance(workers.ask("get", "/"), Failed)
    assert stopped.exitcode == -signal.SIGKILL
    workers.patience = 60
    workers.ask("refresh")
    assert answers(workers)


def test_a_reading_that_is_never_answered_is_reported_for_every_page_until_the_next(workers: WorkerProcess) -> None:
    workers.patience = 0
    os.kill(workers.process.pid or 0, signal.SIGSTOP)
    starts = workers.starts
    assert isinstance(workers.ask("refresh"), Failed)
    for _ in range(3):
        assert isinstance(workers.ask("get", "/"), Failed)
        assert isinstance(workers.ask("missing", "/none"), Failed)
    assert [severity for severity, _ in reported(workers)] == ["error"]
    assert workers.starts == starts + 1
    workers.patience = 60
    assert not isinstance(workers.ask("refresh"), Failed)
    assert answers(workers)
    assert workers.problems == ()
