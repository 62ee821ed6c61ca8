# Everything here works from a clean checkout with Python 3.11 or newer and make. Nothing is installed outside .venv,
# but for a browser that `make test` may need (see tests/browser/find_browser.py).

PYTHON  ?= python3
FOLDER  ?= my-partnership
WORKERS ?= 2
ARGS    ?=

BIN     := .venv/bin
PIP     := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
READY   := .venv/.installed
TESTS   := .venv/.installed-for-tests
PEERS   := .venv/.installed-for-bench

# A run starts hundreds of processes: without Python's caches each would compile all it imports (`make clean` drops them).
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help start demo quick test hub-test check docs browser bench faults notebooks-clean constraints clean

help: ## Say what there is
	@echo "make start             open the guided notebooks in JupyterLab, on a partnership to practice with"
	@echo "make demo              build the pages of the Harrow Bend sample anew, in demo/"
	@echo "make quick             run the tests that need no browser, JupyterLab, kernel or room: under two minutes"
	@echo "make test              run all tests, browser included        (ARGS=tests/store/test_store.py, WORKERS=4)"
	@echo "make additions         add each example of CONTRIBUTING to a copy, and run the quick tests there"
	@echo "make hub-test          run the tests of a hub, and those of the store on PostgreSQL, which is installed if missing"
	@echo "make check             ruff, mypy, import-linter, tsc and eslint (where there is a Node), and notebooks without outputs"
	@echo "make docs              build the site of documentation, in build/docs"
	@echo "make bench             measure, and write benchmarks/results.json"
	@echo "make faults            kernel, server, page and network fail amid typing, many times; benchmarks/faults.md"
	@echo "make notebooks-clean   take outputs and counts out of the notebooks"
	@echo "make constraints       take the newest versions that fit, and write them to constraints.txt"
	@echo "make clean             remove what can be made again: .venv, demo/, caches"
	@echo
	@echo "Another Python: make start PYTHON=python3.12     Another folder: make start FOLDER=riverside"

start: $(READY)
	@[ -e "$(FOLDER)/partnership.ctekit" ] || $(BIN)/ctekit new "Harrow Bend (practice)" --folder "$(FOLDER)" --sample harrow-bend
	@exec $(BIN)/ctekit start "$(FOLDER)"

demo: $(READY)
	@rm -rf demo
	@$(BIN)/ctekit new "Harrow Bend" --folder demo/partnership --sample harrow-bend
	@$(BIN)/ctekit export demo/partnership --output demo/pages
	@echo "The pages lie in demo/pages. Open demo/pages/index.html in any browser."

# What needs no browser, no JupyterLab and no kernel (tests/conftest.py marks it), the JavaScript's own tests included.
# nbval runs in processes of its own (tests/notebooks/test_run.py): loaded in each worker it would cost seconds.
quick: $(TESTS)
	@echo "Running the quick tests"
	@$(BIN)/python -m pytest -q -p no:nbval -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not browser and not slow" $(ARGS)

# One run, so that there is one closing line. A file's tests stay with one worker: they share a JupyterLab.
test: $(TESTS) browser
	@echo "Running the tests"
	@$(BIN)/python -m pytest -p no:nbval -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

# What a hub needs: PostgreSQL in a folder that goes away, on this computer alone. Under ten minutes.
hub-test: $(TESTS)
	@$(BIN)/python -m tests.hub $(ARGS)

# Each example of CONTRIBUTING alone in a copy of the repository, with all of `make quick` after it: minutes for each.
additions: $(TESTS)
	@CTEKIT_ADDITIONS=1 $(BIN)/python -m pytest -q tests/test_additions.py $(ARGS)

check: $(TESTS)
	@echo "Checking style (ruff), types (mypy), imports (import-linter) and notebooks"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo --no-cache >.venv/imports.txt || { cat .venv/imports.txt; exit 1; }
	@$(BIN)/python -m pytest -q tests/notebooks/test_style.py
	@$(BIN)/python tests/js/check.py

docs: $(TESTS)
	@echo "Building the documentation"
	@$(BIN)/python -m sphinx --quiet -W --keep-going docs build/docs
	@echo "Open build/docs/index.html in any browser."

browser: $(TESTS)
	@$(BIN)/python tests/browser/find_browser.py

bench: $(PEERS) browser
	@$(BIN)/python -m benchmarks $(ARGS)

# How many of each fault without a browser and through one, kills of the room, minutes of made-up requests; of the store
# alone: turns of kills at every system call, seconds of openings beside a writer, power cuts, kills of writers.
# Without ARGS: 50 10 20 15 3 30 100 1000. With ARGS, what is left out is not run: ARGS="5 1 2 1 1 5 5 20" is short.
faults: $(TESTS) browser
	@$(BIN)/python -m benchmarks.faults $(ARGS)
	@CTEKIT_SCRIPTS=5000 $(BIN)/python -m pytest -q --timeout 7200 -o faulthandler_timeout=7200 --hypothesis-profile default tests/history/test_history.py -k replays

notebooks-clean: $(READY)
	@$(BIN)/jupyter nbconvert --log-level WARN --clear-output --inplace notebooks/*.ipynb notebooks/state/*.ipynb exercises/*.ipynb

constraints:
	@rm -rf .venv
	@$(MAKE) --no-print-directory $(BIN)/pip
	@echo "Installing the newest versions that fit pyproject.toml"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[room,papers,hub,test,dev,docs,bench]"
	@{ grep '^#' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable --exclude setuptools | grep '=='; } > .venv/new
	@mv .venv/new constraints.txt
	@touch $(READY) $(TESTS) $(PEERS)

clean:
	@rm -rf .venv tests/js/node_modules demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/browser/shots
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. Waits for pip rather than python: a system without its venv package leaves a python that has no pip.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "ctekit needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo 'not there'). Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making a Python environment in .venv"
	@$(PYTHON) -m venv .venv

$(READY): pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing ctekit into .venv (a few minutes the first time)"
	@$(PIP) --editable ".[room]"
	@touch $@

$(TESTS): pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing ctekit and what its tests need into .venv (a few minutes the first time)"
	@$(PIP) --editable ".[room,papers,hub,test,dev,docs]"
	@touch $@ $(READY)

$(PEERS): pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing ctekit, its tests' needs and what it is measured beside into .venv (a few minutes the first time)"
	@$(PIP) --editable ".[room,papers,hub,test,dev,docs,bench]"
	@touch $@ $(TESTS) $(READY)
