# Each target makes the virtual environment it needs with plain `python3 -m venv`.
# Nothing but Python (3.11 to 3.13), git and make has to be there before.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test test-oldest lint types format bench stress docs clean

help:
	@echo 'make demo    replay a breach, without and with safetrack (under a minute once installed)'
	@echo 'make test    lint, types, layers, tests and coverage: what CI runs'
	@echo 'make test-oldest   the drop-ins with the oldest supported versions of the SDKs'
	@echo 'make lint    lint, types and layers only'
	@echo 'make format  mend what ruff can mend'
	@echo 'make bench   the benchmarks of docs/benchmarks.md'
	@echo 'make stress  delivery under kills, faults and load, beside the vendors'"'"' SDKs; half an hour'
	@echo 'make docs    the documentation as HTML, in docs/_build'
	@echo 'make clean   remove what these made'

demo: $(VENV)/demo.stamp
	$(BIN)/safetrack demo

test: lint
	$(BIN)/coverage erase
	# Two halves, one a core. Without coverage: the canary grid, for its cost, and the endings, in
	# whose processes coverage would handle SIGTERM.
	( own=0; $(BIN)/python -m pytest tests/canary tests/endings || own=$$?; \
	$(BIN)/coverage run -m pytest tests/dropin || own=$$?; exit $$own ) \
	> $(VENV)/half.log 2>&1 & half=$$!; status=0; \
	$(BIN)/coverage run -m pytest --ignore=tests/canary --ignore=tests/endings --ignore=tests/dropin || status=$$?; \
	wait $$half || status=$$?; cat $(VENV)/half.log; exit $$status
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-oldest: $(VENV)-oldest/dev.stamp
	$(VENV)-oldest/bin/python -m pytest tests/dropin tests/unit/dropin

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp
	for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

stress: $(VENV)/dev.stamp
	cd benchmarks && $(abspath $(BIN))/python -m stress

docs: $(VENV)/docs.stamp
	$(BIN)/sphinx-build -W --keep-going -n -b html docs docs/_build

clean:
	rm -rf $(VENV) $(VENV)-oldest docs/_build build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache

# Stamps: a group is installed once, and again when pyproject.toml changes.

$(BIN)/python:
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else "safetrack needs Python 3.11 to 3.13, this is %d.%d: make PYTHON=python3.12 ..." % v)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/demo.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[duckdb]'
	touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[duckdb,parquet]' --group test --group lint
	touch $@

$(VENV)-oldest/dev.stamp: pyproject.toml tests/dropin/oldest.txt
	$(PYTHON) -m venv $(VENV)-oldest
	$(VENV)-oldest/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(VENV)-oldest/bin/python -m pip install --quiet --editable '.[duckdb,parquet]' --group test
	# Mixpanel alone: 5.2 asks for an older pydantic than Presidio does, and runs with either.
	grep -v ^mixpanel tests/dropin/oldest.txt | $(VENV)-oldest/bin/python -m pip install --quiet --requirement /dev/stdin
	grep ^mixpanel tests/dropin/oldest.txt | $(VENV)-oldest/bin/python -m pip install --quiet --no-deps --requirement /dev/stdin
	touch $@

$(VENV)/docs.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable . --group docs
	touch $@
