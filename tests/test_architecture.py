"""The shape of the engine: imports run one way, each door has one keeper, and no country is known."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from graphlib import TopologicalSorter

import pytest
import yaml
from engine_source import calls, changed_state, constants, imported, imports, modules, nodes, tree
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


def faults(look: Callable[[str], Iterable[object]], names: Iterable[str] = NAMES) -> dict[str, list[object]]:
    """What a look at each module finds, by module: one test looks at all of them, since a test costs more than a look."""
    looked = {name: list(look(name)) for name in names}
    assert looked
    return {name: found for name, found in looked.items() if found}


def without(*known: str) -> list[str]:
    """The modules but those of some own names."""
    names = [name for name in NAMES if last(name) not in known]
    assert len(names) < len(NAMES)
    return names


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


def test_modules_use_of_each_other_what_is_public() -> None:
    def private(name: str) -> list[str]:
        rows = [found for found in imports(MODULES[name]) if found.startswith("atlas.")]
        return [found for found in rows if last(found).startswith("_")]

    assert faults(private) == {}


LATE = {
    "atlas.cli.build": "the pipeline: a build with nothing to do needs 0.07 instead of 0.44 processor seconds",
    "atlas.i18n.collation": "pypinyin: an edit without a new name needs 0.2 processor seconds and 50 MB less",
}
"""Modules that may import inside a function: what, and what it saves. A test below sees that it does."""


def test_imports_are_at_the_top() -> None:
    def inside(name: str) -> list[str]:
        functions = [node for node in nodes(MODULES[name]) if isinstance(node, ast.FunctionDef)]
        found = [each for node in functions for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)]
        return [ast.unparse(node) for node in found]

    assert faults(inside).keys() == LATE.keys()


def test_a_build_with_nothing_to_do_does_not_load_the_pipeline() -> None:
    program = "import sys, atlas.cli.main, atlas.cli.build; print('atlas.build.pipeline' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_the_pipeline_loads_no_dictionary_of_chinese_before_a_name_needs_it() -> None:
    program = "import sys, atlas.build.pipeline; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


# Doors.


def roots(name: str) -> set[str]:
    """The packages that a module imports."""
    return {found.split(".")[0] for found in imports(MODULES[name])}


def test_templates_are_known_to_one_module_only() -> None:
    assert faults(lambda name: roots(name) & {"jinja2"}, without("renderer")) == {}


def test_the_disk_is_reached_through_its_keepers_only() -> None:
    def reached(name: str) -> list[str]:
        found = [ast.unparse(call.func) for called, call in calls(MODULES[name]) if called in DISK and _is_disk(call)]
        return [*found, *({"shutil", "tempfile", "glob", "io"} & roots(name))]

    assert faults(reached, without(*KEEPERS)) == {}


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


def test_there_is_no_clock_and_no_chance() -> None:
    def found(name: str) -> list[str]:
        forbidden = {"random", "uuid"}
        if last(name) not in ("console", "executor", NETWORK):  # which people read, and no file
            forbidden.add("time")
        if name != "atlas.cli.check":
            forbidden.add("secrets")
        return [*(forbidden & roots(name)), *(() if may_ask(name) else asking(name))]

    def asking(name: str) -> list[str]:
        return [called for called, _ in calls(MODULES[name]) if called in ("now", "utcnow", "today", "getenv")]

    def may_ask(name: str) -> bool:
        # A new atlas is dated on the day it begins, a release on the day it is made; builds read that date from
        # content/site.yaml.
        return last(name) == NETWORK or name in ("atlas.cli.init", "atlas.cli.release")

    assert faults(found) == {}


def test_the_network_is_reached_through_one_module_only() -> None:
    def reached(name: str) -> set[str]:
        rows = imports(MODULES[name])
        return {each for each in rows if each.startswith(LINES) and not each.startswith("urllib.parse")}

    assert faults(reached, without(NETWORK, PREVIEW)) == {}


def test_no_stage_of_a_build_knows_the_module_of_the_network() -> None:
    knowing = {last(name) for name in NAMES if any(last(other) == NETWORK for other in imported(MODULES[name]))}
    assert knowing == {"review"}


PUBLIC = {"_replace", "_asdict", "_value_"}
"""Names with an underscore that the documentation of Python offers to all: of named tuples and of enumerations."""
FORKED = "os._exit"
"""How a forked child ends, as the documentation of `os.fork` asks for."""


def test_no_private_name_of_a_library_is_used() -> None:
    def used(name: str) -> list[str]:
        imported = [found for found in imports(MODULES[name]) if re.search(r"\._[a-z]", found)]
        attributes = [node for node in nodes(MODULES[name]) if isinstance(node, ast.Attribute)]
        private = [node for node in attributes if re.match(r"_[a-zA-Z]", node.attr) and node.attr not in PUBLIC]
        names = {ast.unparse(node) for node in private if ast.unparse(node.value) not in ("self", "cls")}
        return [*imported, *(names - ({FORKED} if last(name) in ("parallel",) else set()))]

    assert faults(used) == {}


# State.


def test_no_module_keeps_state() -> None:
    assert faults(lambda name: changed_state(tree(MODULES[name]))) == {}


@pytest.mark.parametrize(
    "change", ["ROWS[key] = 1", "ROWS.setdefault(key, 1)", "del ROWS[key]", "ROWS[key].append(1)", "other.ROWS = {}"]
)
def test_state_is_found_however_it_is_changed(change: str) -> None:
    text = f"from atlas import other\n\nROWS = {{}}\n\ndef keep(key):\n    {change}\n"
    assert len(list(changed_state(ast.parse(text)))) == 1
    assert not list(changed_state(ast.parse(f"{text}".replace("(key):", "(key, ROWS, other):"))))


# What the engine does not know.


def test_no_country_is_in_the_engine() -> None:
    rules = re.compile("|".join(re.escape(rule.value) for rule in Rule))

    def countries(name: str) -> list[str]:
        text = rules.sub("", MODULES[name].read_text(encoding="utf-8"))
        sought = (COUNTRIES, re.compile(r"\bFrance\b|\bChina\b|中国|法国"))[last(name) in NAMES_OF_LANGUAGES]
        return [text[max(0, each.start() - 20) : each.end() + 20] for each in sought.finditer(text)]

    assert faults(countries) == {}


def test_what_this_atlas_declares_is_in_no_module() -> None:
    site = yaml.load((REPOSITORY / "content/site.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    tables = ("sides", "dimensions", "contributions", "relation_types")
    declared = {id for table in tables for id in site[table]}
    assert len(declared) > 10
    assert faults(lambda name: declared & constants(MODULES[name])) == {}


def test_no_country_is_in_a_template() -> None:
    paths = sorted((REPOSITORY / "templates").glob("*.*"))
    assert len(paths) > 10
    assert [path.name for path in paths if COUNTRIES.search(path.read_text(encoding="utf-8"))] == []


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


def test_what_is_public_says_what_it_is() -> None:
    def silent(name: str) -> list[str]:
        own = [] if ast.get_docstring(tree(MODULES[name])) else [name]
        return own + [each for each, text in public(tree(MODULES[name])) if not text]

    assert faults(silent) == {}


def test_a_module_can_be_read_at_a_sitting() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_changes_what_it_shares() -> None:
    def shared(name: str) -> list[str]:
        return [ast.unparse(node) for node in nodes(MODULES[name]) if isinstance(node, ast.Global)]

    assert faults(shared) == {}


# HTML.

MAKERS = {"citer.reference", "locale_site.marked", "facts.body_parts", "facts.with_cites", "html.escaped", "pair_pages._pair_view",
          "print_pages._deepened", "page_citations._in_script", "parallel_pages._body", "parallel_pages._cells",
          "parallel_pages._phrase", "site_pages._sections", "two_languages.both"}  # fmt: skip
"""The functions that make HTML of texts, or of HTML."""


def test_a_text_becomes_html_in_few_functions_only() -> None:
    found = set()
    for name in NAMES:
        for function in nodes(MODULES[name]):
            if isinstance(function, ast.FunctionDef):
                calls_within = (node for node in ast.walk(function) if isinstance(node, ast.Call))
                made = [call for call in calls_within if ast.unparse(call.func) == "Html"]
                if any(not isinstance(call.args[0], ast.Constant) for call in made):
                    found.add(f"{last(name)}.{function.name}")
    assert found == MAKERS


def test_one_module_decides_what_a_page_says_about_itself() -> None:
    def decided(name: str) -> list[str]:
        return [
            ast.unparse(call)
            for called, call in calls(MODULES[name])
            if called == "Head" or (called == "replace" and any(word.arg == "head" for word in call.keywords))
        ]

    assert faults(decided).keys() == {"atlas.pages.head"}


def test_what_is_called_html_in_a_view_is_html_and_nothing_else() -> None:
    def differing(name: str) -> set[str]:
        rows = [node for node in nodes(MODULES[name]) if isinstance(node, ast.AnnAssign)]
        named = {ast.unparse(row.target) for row in rows if ast.unparse(row.target).rpartition("_")[2] == "html"}
        typed = {ast.unparse(row.target) for row in rows if ast.unparse(row.annotation) == "Html"}
        return named ^ typed

    assert faults(differing, [name for name in NAMES if name.endswith((".views", ".view_parts"))]) == {}
