# Everything an engineer does here. Needs make and Python ≥ 3.11, nothing else; the rest comes from requirements.lock.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.siap
.DEFAULT_GOAL := help
.PHONY: help setup demo test looks prove lint types bench docs samples templat lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(READY) ## make .venv with the locked packages and idm itself

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("idm needs Python 3.11 or newer; found " + sys.version.split()[0] + ". Run: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## set up and score the sample province
	$(BIN)/idm score samples/kaltara.xlsx

test: $(READY) ## set up and run the tests
	$(BIN)/python -m pytest

looks: $(READY) ## what LibreOffice and Chromium, where they are installed, make of books and pages
	$(BIN)/python -m pytest -m tampak

prove: $(READY) ## the long proofs against the official figures (some minutes)
	IDM_UJI_LENGKAP=1 $(BIN)/python -m pytest tests/test_oracle_gap.py tests/test_oracle_plan.py tests/test_validate_oracle.py

lint: $(READY) ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## check types, strictly, of package and tests
	$(BIN)/mypy

bench: $(READY) ## measure against plain reading and a pandas script, ratios from one run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	$(BIN)/python bench/run.py

docs: $(READY) ## print the console examples of the documents anew
	$(BIN)/python docs/gambar.py
	$(BIN)/python -m tests.console_examples

samples: $(READY) ## make the simulated sample files anew
	$(BIN)/python samples/buat_sampel.py

templat: $(READY) ## make the Word templates anew
	$(BIN)/python docs/buat_templat_word.py
	$(BIN)/python docs/buat_templat_berita_acara.py
	$(BIN)/python docs/buat_templat_laporan.py
	$(BIN)/python docs/buat_templat_rapbdes.py
	$(BIN)/python docs/buat_formulir_word.py

lock: $(READY) ## resolve the newest packages into the lock files
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --group dev --group bench --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade -o requirements-bench.lock

clean: ## remove .venv and everything made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist bench/out *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
