"""`init`: a new atlas has an example of each kind and no mistake, in any language, and what was asked for."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
import yaml
from check_reports import check
from site_copies import REPOSITORY, contents

from atlas.authoring.engine_pin import requirements
from atlas.authoring.new_atlas import FILES
from atlas.cli.main import main
from atlas.schema.families import FAMILIES

ASKED = ["--title", "Two Banks", "--sides", "Left bank,Right bank"]


def begin(root: Path, *more: str) -> int:
    """The exit code of `init` in a folder."""
    return main(["init", str(root), *ASKED, "-q", *more])


@pytest.mark.parametrize("languages", ["en", "fr", "zh", "zh,en,fr"])
def test_a_new_atlas_has_no_mistake_in_the_languages_of_the_engine(languages: str, tmp_path: Path) -> None:
    assert begin(tmp_path, "--languages", languages) == 0
    assert check(tmp_path, "--strict") == (0, [])
    assert "check --strict" in (tmp_path / ".github/workflows/pages.yml").read_text(encoding="utf-8")


def test_a_new_atlas_in_another_language_has_one_warning_and_a_workflow_that_lets_it_pass(tmp_path: Path) -> None:
    assert begin(tmp_path, "--languages", "pt-BR") == 0
    code, reported = check(tmp_path)
    assert (code, [row[0] for row in reported]) == (0, ["missing-words"])
    site = yaml.load((tmp_path / "content/site.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert site["languages"] == {"pt-br": {"tag": "pt-BR", "name": "Português (Brasil)"}}
    assert "check --strict" not in (tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8")


def test_each_kind_of_record_has_an_example(tmp_path: Path) -> None:
    assert begin(tmp_path) == 0
    for family in FAMILIES:
        assert list((tmp_path / "content" / family.folder).glob(f"*.{family.form}")), family.id
    assert (tmp_path / "schema/actor.json").exists()
    assert not re.search(r"<<|>>", "".join(data.decode() for data in contents(tmp_path).values()))


def test_title_and_sides_are_those_that_were_wanted(tmp_path: Path) -> None:
    more = ["--title", "fr=Deux rives", "--languages", "en,fr", "--sides", "Rive gauche，左岸"]
    assert begin(tmp_path, *more) == 0
    site = yaml.load((tmp_path / "content/site.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert site["title"] == {"en": "Two Banks", "fr": "Deux rives"}
    assert list(site["sides"]) == ["rive-gauche", "zuo-an"]
    assert site["sides"]["zuo-an"]["label"] == {"en": "左岸", "fr": "左岸"}


def test_a_title_in_a_language_is_that_of_its_regions_and_of_languages_without_one(tmp_path: Path) -> None:
    more = ["--title", "fr=Deux rives", "--sides", "Rive gauche,Rive droite", "--languages", "fr-CA,pt-BR", "-q"]
    assert main(["init", str(tmp_path), *more]) == 0
    site = yaml.load((tmp_path / "content/site.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert site["title"] == {"fr-ca": "Deux rives", "pt-br": "Deux rives"}
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("# Deux rives")


class Terminal(StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        """There is somebody to ask."""
        return True


def test_questions_are_not_part_of_the_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("Two Banks\n\nLeft, Right\n"))
    assert main(["init", str(tmp_path), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["problems"] == []
    assert printed.err.startswith("Title of the atlas: Languages, the first is the default [en]: ")


def test_an_end_of_input_at_a_question_is_a_wrong_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert main(["init", str(tmp_path)]) == 2
    assert "the question “Title of the atlas” has no answer" in capsys.readouterr().err


def test_files_that_are_there_stay_and_an_atlas_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("Mine.", encoding="utf-8")
    assert begin(tmp_path) == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "Mine."
    before = contents(tmp_path)
    assert begin(tmp_path) == 2
    assert "records are in content/ already" in capsys.readouterr().err
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--sides", "One,Other"], "--title is needed"),
        (["--title", "A"], "--sides is needed"),
        (["--title", "A", "--sides", "One"], "two sides or more"),
        ([*ASKED, "--languages", "en,xx-nonsense"], "there is no language 'xx-nonsense'"),
        ([*ASKED, "--languages", "en,EN"], "each language once"),
    ],
)
def test_what_cannot_be_an_atlas_is_one_line_and_writes_nothing(
    arguments: list[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "new"), *arguments]) == 2
    assert part in capsys.readouterr().err.splitlines()[-1]
    assert not (tmp_path / "new").exists()


def test_the_engine_is_pinned_to_what_was_named_and_no_registry_is(tmp_path: Path) -> None:
    engine = "git+https://forge.example/engine@0123abc"
    assert begin(tmp_path, "--engine", engine) == 0
    lines = (tmp_path / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"atlas @ {engine}"
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines[2:])
    assert {"babel", "jinja2", "markupsafe"} <= {line.partition("==")[0] for line in lines[2:]}
    assert requirements("engine/atlas.whl")[0] == "engine/atlas.whl"
    text = b"".join(contents(tmp_path).values()).decode()
    assert not re.search(r"pypi\.|index-url", text)


def test_workflows_use_the_same_actions_as_those_of_this_repository(tmp_path: Path) -> None:
    assert begin(tmp_path) == 0
    for path in (".github/workflows/pages.yml", ".gitlab-ci.yml"):
        own, theirs = ((root / path).read_text(encoding="utf-8") for root in (REPOSITORY, tmp_path))
        assert set(re.findall(r"uses: (\S+)|image: (\S+)", theirs)) <= set(re.findall(r"uses: (\S+)|image: (\S+)", own))
        assert yaml.safe_load(theirs)
    for path in (".vscode/settings.json", ".vscode/extensions.json"):
        assert (tmp_path / path).read_bytes() == (REPOSITORY / path).read_bytes()


def test_every_file_of_the_starter_is_used() -> None:
    used = {name.format(language=language) for name in FILES.values() for language in ("en", "fr", "zh")}
    folder = REPOSITORY / "atlas" / "authoring" / "starter"
    assert {path.name for path in folder.iterdir()} == used | {"texts.yaml"}
