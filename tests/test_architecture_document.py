"""docs/architecture.md: its generated parts are current."""

from __future__ import annotations

import re

from architecture_document import DOCUMENT, architecture, data_flow, layers, package_tree
from engine_source import modules
from site_copies import REPOSITORY


def test_the_document_is_current() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == architecture(text), "run `make reference`"
    assert text.count("<!-- /") == 3


def test_every_stage_is_in_the_data_flow() -> None:
    drawing = data_flow()
    for stage in ("read", "check", "link", "plan", "render", "post", "write"):
        assert re.search(rf"\| {stage}\n|--> {stage}\n", drawing), stage


def test_every_module_is_in_the_package_tree_with_a_summary() -> None:
    lines = package_tree().splitlines()
    tree = {line.partition("`: ")[0] for line in lines if line.startswith("- `")}
    packages = {name for layer in layers() for name in layer}
    for name, path in modules().items():
        if path.name == "__init__.py" or name == "atlas.__main__":
            continue
        package, _, inner = name.removeprefix("atlas.").partition(".")
        assert package in packages
        assert f"- `{inner.replace('.', '/')}.py" in tree, name
    assert not any(line.endswith("`: ") for line in lines)


def test_the_core_types_of_contributing_exist() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (.*`[A-Z]\w+`.*?) \| (.*?\.py`) \|", text)
    assert len(rows) >= 10
    for types, places in rows:
        names = re.findall(r"`([A-Z]\w+)`", types)
        texts = [
            path.read_text(encoding="utf-8")
            for place in re.findall(r"`([\w/*]+\.py)`", places)
            for path in (REPOSITORY / "atlas").glob(place)
        ]
        for name in names:
            assert any(re.search(rf"(?m)^class {name}\b", each) for each in texts), (name, places)
