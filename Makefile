# Everything a person needs: `make demo`, `make test`. Only Python 3.11+ and make are wanted.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
JOBS ?= 2

.PHONY: setup dev demo parts test lint types house catalogues serve clean wheel shots

setup: $(VENV)/.ready-build            ## locked dependencies, fonts, icons and catalogues

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pupitre needs Python 3.11 or newer.")'
	@echo "Preparing a local environment in $(VENV)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check "uv>=0.5"

$(VENV)/.ready-build: $(BIN)/uv requirements/base.lock requirements/build.lock frontend/package-lock.json frontend/build.py $(wildcard pupitre/*/locale/fr/LC_MESSAGES/django.po)
	@echo "Installing the locked dependencies…"
	@$(UV) install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/base.lock -r requirements/build.lock
	@$(UV) install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@echo "Building fonts, icons and catalogues…"
	@$(BIN)/python frontend/build.py
	@$(BIN)/python -m pupitre.shell.catalogues
	@touch $@

dev: $(VENV)/.ready-dev                ## what the tests and the checks need on top

$(VENV)/.ready-dev: $(VENV)/.ready-build requirements/dev.lock
	@$(UV) install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/dev.lock
	@touch $@

demo: setup                            ## a living demonstration; Ctrl-C stops all
	@$(BIN)/pupitre demo

serve: setup
	@$(BIN)/pupitre serve

parts: dev                             ## the real Bluesky network for the tests; a few minutes, once
	@$(BIN)/python -m tests.servers.bluesky.install

test: dev                              ## everything this machine can run; ARGS chooses tests, JOBS how many at once
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: dev
	@$(BIN)/mypy pupitre

house: dev
	@$(BIN)/lint-imports

catalogues: dev                        ## every string has its French
	@$(BIN)/python -m pupitre.shell.catalogues --check

shots: dev                             ## the documentation's pictures, from a running `make demo`; URL chooses it
	@$(BIN)/python -m tests.shots --url $(or $(URL),http://127.0.0.1:8000)

wheel: setup
	@$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python

clean:
	@rm -rf $(VENV) dist frontend/node_modules pupitre/shell/static/shell/vendor
