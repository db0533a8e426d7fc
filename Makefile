# `make` only saves typing: python build.py --help is the tool itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site books docs quick test format reference conformance exports bench clean lock fuzz histories


site: $(VENV)/.runs
	$(BIN)/python build.py

# Books of all languages as EPUB in content/files/books/, and the site with links to them.
books: $(VENV)/.runs
	$(BIN)/python build.py book --to content/files/books
	$(BIN)/python build.py

# The documentation as a site of its own, in .cache/docs/.
docs: $(VENV)/.runs
	$(BIN)/python docs/docs_site.py .cache/docs

# While you work: format, lint, types, and the tests that need no whole site and no browser.
quick: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not site"

# Everything. A process that has nothing left to do takes over tests from another.
test: $(VENV)/.tests $(VENV)/.npm
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal

# Mutations of a sample site for a minute, with a fresh seed, which is printed; FUZZ="--seed 7" repeats a run.
FUZZ ?= --seconds 60
fuzz: $(VENV)/.tests
	PYTHONPATH=tests:. $(BIN)/python tests/fuzzing.py $(FUZZ)

# Random histories of edits, each build compared with a clean one: HISTORIES of five to eight steps, and KILLS. The seed is
# fresh and printed; SEED=… repeats a run.
HISTORIES ?= 40
KILLS ?= 10
histories: $(VENV)/.tests
	@seed=$${SEED:-$$($(BIN)/python -c 'import secrets; print(secrets.randbelow(10**6))')}; \
	echo "make histories HISTORIES=$(HISTORIES) KILLS=$(KILLS) SEED=$$seed"; \
	ATLAS_STEPS=$(HISTORIES) ATLAS_KILLS=$(KILLS) ATLAS_SEED=$$seed $(BIN)/python -m pytest -q -n auto \
		tests/build/test_incremental.py -k "history or killed"

format: $(VENV)/.tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# docs/reference.md, docs/architecture.md and schema/*.json, written from the engine; tests compare them.
reference: $(VENV)/.runs
	$(BIN)/python -m atlas.cli.reference
	PYTHONPATH=. $(BIN)/python tests/architecture_document.py
	$(BIN)/python build.py schema

# How many of the standards' own examples each citation style sets as they print them: docs/conformance.md.
conformance: $(VENV)/.runs
	PYTHONPATH=. $(BIN)/python tests/conforming.py

# How many works come back the same from the exports, read by pandoc (3 or later, on the PATH) and a second reader.
exports: $(VENV)/.runs
	PYTHONPATH=. $(BIN)/python benchmarks/exports.py bibliography.bib tests/bibliographies/specimens.bib

# What users build: this atlas beside an older commit, and a corpus beside other generators. docs/benchmarks.md explains.
bench: $(VENV)/.runs
	$(BIN)/python benchmarks/edits.py --against 73c3278
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find atlas tests -name __pycache__ -prune -exec rm -rf {} +

# After a change of the dependencies in pyproject.toml. No registry host is written down.
lock: $(VENV)/.tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra test -o requirements-test.txt pyproject.toml

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian: apt install python3-venv"; exit 1; }

# The browser tests want npm, java and chromium; where one is not there they say so and are skipped.
$(VENV)/.npm: package-lock.json $(VENV)/bin/pip
	@if command -v npm >/dev/null; then npm ci --silent; else echo "npm is not installed: tests of HTML and accessibility are skipped"; fi
	@touch $@

$(VENV)/.runs: requirements.txt $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.tests: requirements-test.txt $(VENV)/.runs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@
