"""The shape of the engine: imports run one way, each door has one keeper, and no country is known."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml
from engine_source import calls, changed_state, constants, imported, imports, modules, tree
from importlinter.cli import lint_imports
from site_copies import REPOSITORY

from atlas.core.rules import Rule

LONGEST = 500
DISK = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "rmdir", "touch", "rename",
        "glob", "rglob", "iterdir", "walk", "scandir", "listdir", "replace", "symlink_to", "copyfile", "rmtree"}  # fmt: skip
"""Functions and methods that reach the disk."""
AMBIGUOUS = {"open", "replace", "walk", "rename", "touch"}
"""Those of them that texts, syntax trees and brackets have too: of what is a path by its name they reach the disk."""
KEEPERS = {"sources", "former_build", "output", "output_state", "cache", "file_stats", "result_store"}
"""Who reads the input, who writes the output and who looks at it, who keeps what is between two builds, who only looks,
and who puts away in files without a name what several processes make.
"""
NETWORK = "link_checker"
"""The module that speaks to the network; it also waits, and dates what it has learned."""
PREVIEW = "server"
"""The module that answers browsers on this machine, and asks nobody."""
LINES = ("socket", "ssl", "http.", "urllib.", "ftplib", "smtplib", "asyncio", "requests", "httpx", "aiohttp", "tornado")
"""Libraries that reach the network."""
COUNTRIES = re.compile(r"\b(?:France|China|Chine|Chinois|Sino|Franco)\b|中国|法国|\b(?:french|chinese|franco|sino)-")
NAMES_OF_LANGUAGES = {"biblatex"}
"""Modules that list languages by all their names, such as `chinese-hans` of BibLaTeX."""

MODULES = modules()
NAMES = sorted(MODULES)


def last(name: str) -> str:
    """A module's own name."""
    return name.rpartition(".")[2]


def test_there_is_an_engine_to_look_at() -> None:
    assert {"problems", "sources", "output", "renderer", "planner", "pipeline"} <= {last(name) for name in NAMES}
    assert imported(MODULES[next(name for name in NAMES if last(name) == "pipeline")])


# Imports.


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: imported(path) for name, path in MODULES.items()}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(NAMES)


def test_packages_import_only_those_below_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert lint_imports(no_cache=True) == 0


def test_no_module_is_outside_the_packages() -> None:
    found = {path.name for path in (REPOSITORY / "atlas").iterdir() if path.is_file()}
    assert found == {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("name", NAMES)
def test_modules_use_of_each_other_what_is_public(name: str) -> None:
    rows = [found for found in imports(MODULES[name]) if found.startswith("atlas.")]
    assert [found for found in rows if last(found).startswith("_")] == []


LATE = {
    "atlas.cli.build": "the pipeline: a build with nothing to do needs 0.07 instead of 0.44 processor seconds",
    "atlas.i18n.collation": "pypinyin: an edit without a new name needs 0.2 processor seconds and 50 MB less",
}
"""Modules that may import inside a function: what, and what it saves. A test below sees that it does."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LATE])
def test_imports_are_at_the_top(name: str) -> None:
    functions = [node for node in ast.walk(tree(MODULES[name])) if isinstance(node, ast.FunctionDef)]
    inside = [each for node in functions for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in inside] == []


def test_a_build_with_nothing_to_do_does_not_load_the_pipeline() -> None:
    program = "import sys, atlas.cli.main, atlas.cli.build; print('atlas.build.pipeline' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_the_pipeline_loads_no_dictionary_of_chinese_before_a_name_needs_it() -> None:
    program = "import sys, atlas.build.pipeline; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


# Doors.


@pytest.mark.parametrize("name", [name for name in NAMES if last(name) != "renderer"])
def test_templates_are_known_to_one_module_only(name: str) -> None:
    assert not any(found.split(".")[0] == "jinja2" for found in imports(MODULES[name]))


@pytest.mark.parametrize("name", [name for name in NAMES if last(name) not in KEEPERS])
def test_the_disk_is_reached_through_its_keepers_only(name: str) -> None:
    found = [ast.unparse(call.func) for called, call in calls(MODULES[name]) if called in DISK and _is_disk(call)]
    assert found == []
    assert not {"shutil", "tempfile", "glob", "io"} & {each.split(".")[0] for each in imports(MODULES[name])}


def _is_disk(call: ast.Call) -> bool:
    """Whether a call of such a name reaches the disk of the atlas: texts have `replace` too, syntax trees are walked,
    and the metadata of an installed library are read by importlib.
    """
    function = call.func
    if isinstance(function, ast.Name):
        return function.id == "open"
    assert isinstance(function, ast.Attribute)
    if ast.unparse(function.value).startswith("distribution("):
        return False
    if function.attr in AMBIGUOUS:
        return bool(re.search(r"\bos\b|\bio\b|path|file|root|\bout\b", ast.unparse(function.value)))
    return True


@pytest.mark.parametrize("name", NAMES)
def test_there_is_no_clock_and_no_chance(name: str) -> None:
    roots = {found.split(".")[0] for found in imports(MODULES[name])}
    assert not {"random", "uuid"} & roots
    assert "time" not in roots or last(name) in ("console", "executor", NETWORK)  # which people read, and no file
    assert "secrets" not in roots or name == "atlas.cli.check"
    found = [called for called, _ in calls(MODULES[name]) if called in ("now", "utcnow", "today", "getenv")]
    # A new atlas is dated on the day it begins, a release on the day it is made; builds read that date from content/site.yaml.
    assert found == [] or last(name) == NETWORK or name in ("atlas.cli.init", "atlas.cli.release")


@pytest.mark.parametrize("name", [name for name in NAMES if last(name) not in (NETWORK, PREVIEW)])
def test_the_network_is_reached_through_one_module_only(name: str) -> None:
    found = {each for each in imports(MODULES[name]) if each.startswith(LINES) and not each.startswith("urllib.parse")}
    assert found == set()


def test_no_stage_of_a_build_knows_the_module_of_the_network() -> None:
    knowing = {last(name) for name in NAMES if any(last(other) == NETWORK for other in imported(MODULES[name]))}
    assert knowing == {"review"}


PUBLIC = {"_replace", "_asdict", "_value_"}
"""Names with an underscore that the documentation of Python offers to all: of named tuples and of enumerations."""
FORKED = "os._exit"
"""How a forked child ends, as the documentation of `os.fork` asks for."""


@pytest.mark.parametrize("name", NAMES)
def test_no_private_name_of_a_library_is_used(name: str) -> None:
    assert not [found for found in imports(MODULES[name]) if re.search(r"\._[a-z]", found)]
    attributes = [node for node in ast.walk(tree(MODULES[name])) if isinstance(node, ast.Attribute)]
    private = [node for node in attributes if re.match(r"_[a-zA-Z]", node.attr) and node.attr not in PUBLIC]
    used = {ast.unparse(node) for node in private if ast.unparse(node.value) not in ("self", "cls")}
    assert used <= ({FORKED} if last(name) in ("parallel",) else set())


# State.


@pytest.mark.parametrize("name", NAMES)
def test_no_module_keeps_state(name: str) -> None:
    assert list(changed_state(tree(MODULES[name]))) == []


@pytest.mark.parametrize(
    "change", ["ROWS[key] = 1", "ROWS.setdefault(key, 1)", "del ROWS[key]", "ROWS[key].append(1)", "other.ROWS = {}"]
)
def test_state_is_found_however_it_is_changed(change: str) -> None:
    text = f"from atlas import other\n\nROWS = {{}}\n\ndef keep(key):\n    {change}\n"
    assert len(list(changed_state(ast.parse(text)))) == 1
    assert not list(changed_state(ast.parse(f"{text}".replace("(key):", "(key, ROWS, other):"))))


# What the engine does not know.


@pytest.mark.parametrize("name", NAMES)
def test_no_country_is_in_the_engine(name: str) -> None:
    text = re.sub("|".join(re.escape(rule.value) for rule in Rule), "", MODULES[name].read_text(encoding="utf-8"))
    found = [text[each.start() - 20 : each.end() + 20] for each in COUNTRIES.finditer(text)]
    assert found == [] or last(name) in NAMES_OF_LANGUAGES
    assert not re.search(r"\bFrance\b|\bChina\b|中国|法国", text)


@pytest.mark.parametrize("name", NAMES)
def test_what_this_atlas_declares_is_in_no_module(name: str) -> None:
    site = yaml.load((REPOSITORY / "content/site.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for table in ("sides", "dimensions", "contributions", "relation_types"):
        assert site[table].keys() & constants(MODULES[name]) == set(), table


@pytest.mark.parametrize("path", sorted((REPOSITORY / "templates").glob("*.*")), ids=lambda path: str(path.name))
def test_no_country_is_in_a_template(path: Path) -> None:
    assert not COUNTRIES.search(path.read_text(encoding="utf-8"))


# Reading it.


def public(node: ast.Module | ast.ClassDef, inside: str = "") -> list[tuple[str, bool]]:
    """The public classes, functions and methods of a part of a module, and whether each says what it is."""
    found = []
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            found.append((inside + child.name, bool(ast.get_docstring(child))))
            if isinstance(child, ast.ClassDef):
                found += public(child, f"{child.name}.")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_what_is_public_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(tree(MODULES[name]))
    assert [each for each, text in public(tree(MODULES[name])) if not text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_module_can_be_read_at_a_sitting(name: str) -> None:
    lines = len(MODULES[name].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_no_module_changes_what_it_shares(name: str) -> None:
    nodes = ast.walk(tree(MODULES[name]))
    assert [ast.unparse(node) for node in nodes if isinstance(node, ast.Global)] == []


# HTML.

MAKERS = {"citer.reference", "locale_site.marked", "facts.body_parts", "facts.with_cites", "html.escaped", "pair_pages._pair_view",
          "print_pages._deepened", "page_citations._in_script", "parallel_pages._body", "parallel_pages._cells",
          "parallel_pages._phrase", "site_pages._sections", "two_languages.both"}  # fmt: skip
"""The functions that make HTML of texts, or of HTML."""


def test_a_text_becomes_html_in_few_functions_only() -> None:
    found = set()
    for name in NAMES:
        for function in ast.walk(tree(MODULES[name])):
            if isinstance(function, ast.FunctionDef):
                calls_within = (node for node in ast.walk(function) if isinstance(node, ast.Call))
                made = [call for call in calls_within if ast.unparse(call.func) == "Html"]
                if any(not isinstance(call.args[0], ast.Constant) for call in made):
                    found.add(f"{last(name)}.{function.name}")
    assert found == MAKERS


@pytest.mark.parametrize("name", [name for name in NAMES if name != "atlas.pages.head"])
def test_one_module_decides_what_a_page_says_about_itself(name: str) -> None:
    made = [call for called, call in calls(MODULES[name]) if called == "Head"]
    changed = [
        call
        for called, call in calls(MODULES[name])
        if called == "replace" and any(word.arg == "head" for word in call.keywords)
    ]
    assert made + changed == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".views", ".view_parts"))])
def test_what_is_called_html_in_a_view_is_html_and_nothing_else(name: str) -> None:
    rows = [node for node in ast.walk(tree(MODULES[name])) if isinstance(node, ast.AnnAssign)]
    named = {ast.unparse(row.target) for row in rows if ast.unparse(row.target).rpartition("_")[2] == "html"}
    typed = {ast.unparse(row.target) for row in rows if ast.unparse(row.annotation) == "Html"}
    assert named == typed
