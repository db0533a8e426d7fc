"""The sequence of stages: how far it comes, what it leaves, and the steps after rendering."""

from __future__ import annotations

import gc
import subprocess
import sys
from gzip import decompress
from pathlib import Path

import pytest
from site_copies import REPOSITORY, copy_site

from atlas.build.build_state import BuildState
from atlas.build.options import BuildOptions, ReadOptions, silent
from atlas.build.pipeline import Outcome, Stage, build, dry_run, run
from atlas.build.post_steps import POST_STEPS, PostStep, add_post_files
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.problems import has_errors

OPTIONS = BuildOptions(ReadOptions(), precompress=True, force=True)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site."""
    return copy_site("allotments", tmp_path_factory.mktemp("pipeline"))


def reached(root: Path, out: Path, until: Stage) -> Outcome:
    """How far a build comes."""
    target = Target.to_look_at(root, out, OPTIONS)
    return run(target.read, OPTIONS.read_options, target, until)


def test_a_build_ends_after_the_stage_that_is_wanted(root: Path, tmp_path: Path) -> None:
    planned, rendered = reached(root, tmp_path / "out", "plan"), reached(root, tmp_path / "out", "render")
    assert planned.plan
    assert not planned.site
    assert rendered.site
    assert not rendered.written
    assert not (tmp_path / "out").exists()
    written = reached(root, tmp_path / "out", "write").written
    assert written
    assert written.written == len(written.files)


def test_no_garbage_is_collected_in_any_stage_and_again_after_the_last(root: Path, tmp_path: Path) -> None:
    collecting: dict[str, bool] = {}

    def look(stage: str, done: int, total: int) -> None:
        collecting[stage] = gc.isenabled()

    assert gc.isenabled()
    build(root, tmp_path / "out", OPTIONS, look)
    assert collecting.keys() >= {"reading", "rendering", "writing"}
    assert not any(collecting.values())
    assert gc.isenabled()


def test_without_a_target_the_sequence_ends_with_the_plan(root: Path, tmp_path: Path) -> None:
    read = Target.to_look_at(root, tmp_path / "out", OPTIONS).read
    outcome = run(read, ReadOptions(), None, "write")
    assert outcome.plan
    assert not outcome.site


def test_a_site_with_errors_is_drawn_for_its_problems_and_not_written(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    path = next(path.relative_to(root).as_posix() for path in sorted(root.glob("content/cases/*.md")))
    text = (root / path).read_text(encoding="utf-8")
    (root / path).write_text(f"{text}\nSee [[nobody-at-all]] and [there](/no/such/page/).\n", encoding="utf-8")
    report = build(root, tmp_path / "out", OPTIONS)
    assert {problem.rule.value for problem in report.problems} >= {"unknown-record", "unknown-page"}
    assert report.failed
    assert not (tmp_path / "out").exists()
    found = dry_run(root, tmp_path / "out", OPTIONS)
    assert found.report.problems == report.problems
    assert found.files == {}


def names(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """The paths of all files, in a file."""
    listed = sorted({*site.files, *site.kept})
    return PostResult({"list.txt": "\n".join([str(len(plan.outline.specs)), *listed]).encode()})


def test_a_step_sees_the_pages_the_plan_and_what_earlier_steps_made(root: Path, tmp_path: Path) -> None:
    target = Target(root, tmp_path / "out", OPTIONS, None, BuildState())
    outcome = run(target.read, OPTIONS.read_options, target, "render")
    assert outcome.site
    assert outcome.plan
    assert not has_errors(outcome.problems)
    names_of_steps = [step.name for step in POST_STEPS]
    assert names_of_steps == ["indexing", "copying", "drawing", "scaling", "caching", "compressing"]
    indexing, compressing = POST_STEPS[0], POST_STEPS[-1]
    site = add_post_files(
        outcome.site, outcome.plan, target, silent, (indexing, PostStep("listing", names), compressing)
    )
    number, *listed = site.files["list.txt"].decode().split("\n")
    assert int(number) == len(outcome.plan.outline.specs)
    assert "index.html" in listed
    assert any(path.startswith("search/index/") for path in listed)
    assert decompress(site.files["list.txt.gz"]) == site.files["list.txt"]


def test_a_step_that_is_not_wanted_makes_nothing(root: Path, tmp_path: Path) -> None:
    target = Target.to_look_at(root, tmp_path / "out", BuildOptions(ReadOptions(), force=True))
    outcome = run(target.read, ReadOptions(), target, "render")
    assert outcome.site
    assert outcome.plan
    said: list[str] = []
    site = add_post_files(outcome.site, outcome.plan, target, lambda stage, done, total: said.append(stage))
    assert said == ["indexing"]
    assert not [path for path in site.files if path.endswith(".gz")]


def test_a_build_that_knows_all_readings_does_not_load_the_dictionary_of_chinese() -> None:
    code = "import sys, atlas.build.pipeline; print([name for name in sys.modules if name.startswith('pypinyin')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "[]"
