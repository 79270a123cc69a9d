# Two commands matter: `make run` opens the desk, `make test` checks it. Needs Python 3.11 to 3.13 and make, nothing else.
#   make run NLU=0         without the language model (opens in seconds)        make run PORT=9000   on other ports
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3,11)<=sys.version_info[:2]<=(3,13))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS ?= automatic

.PHONY: run test check install install-dev browser nlu lint types boundaries bench evaluate screens lock clean help
help:
	@echo "make run      open the desk: chat, console, Telegram simulator (NLU=0: without the language model; PORT=9000)"
	@echo "make test     everything: style, types, boundaries, and every test with servers, browser and language model"
	@echo "make check    the same without what is slow: under a minute"
	@echo "make bench    how fast it is on this machine      make evaluate how well it understands sentences it never saw"
	@echo "make screens  the README's pictures, taken anew"
	@echo "make lock     resolve the locks anew              make clean    remove everything that was installed or made"

run: install
	@exec $(BIN)/onedoor up $(if $(filter 0 no false,$(NLU)),--no-nlu) $(if $(PORT),--port $(PORT))

# The language model and the browser are brought first, so that a missing one is one clear line and not forty failures.
test: install-dev browser nlu lint types boundaries
	$(BIN)/pytest -n 2

check: lint types boundaries
	$(BIN)/pytest -q -m "not slow and not browser and not nlu and not postgres"

install: .venv/.app
install-dev: .venv/.dev

browser: install-dev
	@$(BIN)/python -m tests.browser install

nlu: install
	@$(BIN)/python -m bot.nlu_setup

bench: install-dev
	@$(BIN)/python -m tests.bench.speed

evaluate: install-dev nlu
	@$(BIN)/python -m tests.bench.understanding --nlu

screens: install-dev browser nlu
	$(BIN)/python -m tests.screens

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy

boundaries: install-dev
	$(BIN)/lint-imports

COMPILE = $(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --quiet
lock: | $(filter .tools/%,$(UV))
	$(COMPILE) --python-version 3.11 --group build -o requirements.lock pyproject.toml
	$(COMPILE) --python-version 3.11 --group build --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	cd nlu && $(abspath $(UV)) $(wordlist 2,99,$(COMPILE)) --python-version 3.10 -o requirements.lock pyproject.toml

clean:
	rm -rf .venv .tools nlu/.venv nlu/models nlu/.rasa var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.tools/bin/uv:
	@test -n "$(PYTHON)" || { echo "OneDoor needs Python 3.11, 3.12 or 3.13 on the PATH" >&2; exit 1; }
	@echo "· bringing uv"
	@$(PYTHON) -m venv .tools || { echo "this Python cannot make environments: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@.tools/bin/python -m pip install -qq --disable-pip-version-check uv

.venv/bin/python: | $(filter .tools/%,$(UV))
	@test -n "$(PYTHON)" || { echo "OneDoor needs Python 3.11, 3.12 or 3.13 on the PATH" >&2; exit 1; }
	@echo "· making .venv with $$($(PYTHON) --version)"
	@$(UV) venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv

.venv/.app: requirements.lock pyproject.toml | .venv/bin/python
	@echo "· installing the app"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.app
	@echo "· installing the test tools"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@
