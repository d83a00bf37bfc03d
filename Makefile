# One way for a person and for CI. `make run` and `make test` do all the set-up themselves.
PYTHON ?= python3
BIN := .venv/bin
CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
ESLINT := tests/browser/node_modules/.bin/eslint
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: gained-lost pictures run test check format lint types imports lock browser train readme clean

run: .venv/run.stamp
	$(BIN)/pledgegraph build

test: .venv/test.stamp browser
	$(BIN)/pytest

check: .venv/test.stamp browser format lint types imports
	$(BIN)/pytest

format:
	$(BIN)/ruff format --check .

lint: tests/browser/node_modules
	$(BIN)/ruff check .
	test ! -x $(ESLINT) || $(ESLINT) --config tests/browser/eslint.config.mjs graph/view/page tests/view/js

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

# Browser tests use Debian's chromium and node; what cannot be installed is skipped with a message.
browser: tests/browser/node_modules
ifeq ($(CHROMIUM),)
	-$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk
endif

tests/browser/node_modules: tests/browser/package.json
	-npm install --prefix tests/browser --no-audit --no-fund --silent --fetch-retries=0 --fetch-timeout=30000 && touch $@

# Trains the tagger's model anew from answer sheets and corpora; one thread, so that the bytes stay the same.
SHEETS ?= ../shared/eval
CORPUS ?= ../shared/corpus
train: .venv/test.stamp
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.tagger.train $(SHEETS) $(CORPUS)

clean:
	rm -rf .venv output dist

# The README's examples, with their output as it is now.
readme: .venv/test.stamp
	$(BIN)/python -m tests.test_readme

# The links that the working tree gains and loses against the last commit, on the sample texts.
gained-lost: .venv/test.stamp
	$(BIN)/python -m benchmarks.gained_lost $(SHEETS)/train $(SHEETS)/dev $(SHEETS)/seeds

# The README's pictures, as the page is now.
pictures: .venv/test.stamp browser
	$(BIN)/pledgegraph build --out output
	$(BIN)/python -m benchmarks.screenshots output/explorer.html tests/browser/pictures
