"""Ctrl-C ends a command in one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from previews import heed_ctrl_c

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_ctrl_c_ends_a_command_in_one_line(tmp_path: Path) -> None:
    pipe = tmp_path / "rows.csv"
    os.mkfifo(pipe)
    words = [sys.executable, str(ROOT / "build.py"), "import", str(pipe), "--root", str(ROOT / "tests/sites/three")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, preexec_fn=heed_ctrl_c, **pipes) as process:  # type: ignore[call-overload]
        writer = os.open(pipe, os.O_WRONLY)  # returns when the command has opened the pipe
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate()
        os.close(writer)
    assert (process.returncode, out, errors) == (130, "", "stopped\n")
