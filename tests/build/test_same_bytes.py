"""The bytes of a site depend on its input alone, and not on the machine or the person that builds it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from site_copies import REPOSITORY, contents, copy_site

OTHER = {"LC_ALL": "C", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "USER": "somebody"}


def built(root: Path, out: Path, umask: int, **surroundings: str) -> tuple[dict[str, bytes], set[int]]:
    """The files of a site, and the rights that they and their folders have."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, umask=umask, env=os.environ | surroundings)
    return contents(out), {path.stat().st_mode & 0o777 for path in out.rglob("*")}


def test_another_person_with_other_packages_in_another_place_makes_the_same_bytes(tmp_path: Path) -> None:
    packages = tmp_path / "more/site-packages"
    (packages / "six-1.17.0.dist-info").mkdir(parents=True)
    plain = built(copy_site("allotments", tmp_path / "one"), tmp_path / "one-site", 0o022, PYTHONHASHSEED="1")
    other = built(
        copy_site("allotments", tmp_path / "an odd – folder"),
        tmp_path / "other-site",
        0o077,
        PYTHONPATH=str(packages),
        HOME=str(tmp_path),
        **OTHER,
    )
    assert plain == other
    assert plain[1] == {0o644, 0o755}
