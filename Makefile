# Two commands matter: `make run` opens the desk, `make test` checks it. Needs Python 3.11 to 3.13 and make, nothing else.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3,11)<=sys.version_info[:2]<=(3,13))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS ?= automatic

.PHONY: run test install install-dev lint types boundaries lock nlu clean

install: .venv/.app
install-dev: .venv/.dev

.tools/bin/uv:
	@test -n "$(PYTHON)" || { echo "OneDoor needs Python 3.11, 3.12 or 3.13 on the PATH"; exit 1; }
	@echo "· bringing uv"
	@$(PYTHON) -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/bin/python: | $(filter .tools/%,$(UV))
	@echo "· making .venv with $$($(PYTHON) --version)"
	@$(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv

.venv/.app: requirements.lock pyproject.toml .venv/bin/python
	@echo "· installing the app"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.app
	@echo "· installing the test tools"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

COMPILE = $(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --quiet
lock: | $(filter .tools/%,$(UV))
	$(COMPILE) --python-version 3.11 --group build -o requirements.lock pyproject.toml
	$(COMPILE) --python-version 3.11 --group build --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	cd nlu && $(abspath $(UV)) pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --python-version 3.10 -o requirements.lock pyproject.toml

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy

boundaries: install-dev
	$(BIN)/lint-imports

test: lint types boundaries
	$(BIN)/pytest -n 2

run: install
	$(BIN)/onedoor up
