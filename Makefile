# One way for a person and for CI. `make run` and `make test` do all the set-up themselves.
PYTHON ?= python3
BIN := .venv/bin
CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: run test check format lint types imports lock browser clean

run: .venv/run.stamp
	$(BIN)/pledgegraph build

test: .venv/test.stamp browser
	$(BIN)/pytest

check: .venv/test.stamp browser format lint types imports
	$(BIN)/pytest

format:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports --no-logo

# The lock files are made from pyproject.toml; hashes make an install repeatable.
lock: .venv/test.stamp
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/run.stamp: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/test.stamp: requirements-dev.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Browser tests use Debian's chromium; where it cannot be installed they are skipped with a message.
browser:
ifeq ($(CHROMIUM),)
	-$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk
endif

clean:
	rm -rf .venv output dist
