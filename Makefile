# `make site` shows a news site, `make test` proves that it works, `make help` lists the rest.
# Needs Python 3.11 or newer with pip and venv. Everything is installed into .venv; `rm -rf .venv` starts afresh.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

LOCKED := uv.lock pyproject.toml tools/install
VENV := .venv/.created
RUN := .venv/.installed
TEST := .venv/.installed-test
LINT := .venv/.installed-lint
BENCH := build/bench/sitegen/.installed
PYTEST := .venv/bin/pytest -n 2 --dist loadgroup
# Real posts for `make real`; nothing of them is committed.
REAL ?= ../shared/real-news/digitalgov
# How many articles `make bench` makes up, and how often it measures.
N ?= 1000
RUNS ?= 5

.PHONY: help
help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: site
site: $(RUN) ## install sitegen and build the sample site into output/
	@.venv/bin/sitegen build
	@echo
	@echo 'To look at the site, run:'
	@echo '.venv/bin/sitegen serve'

.PHONY: test
test: $(TEST) ## run the tests, after installing what they need
	@tools/system-packages
	@tools/get-html-checker
	@$(PYTEST) -m 'not slow'

.PHONY: test-full
test-full: $(TEST) ## run the tests, the slow and exhaustive ones too
	@tools/system-packages
	@tools/get-html-checker
	@$(PYTEST)

.PHONY: lint
lint: $(LINT) ## check style, types and layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict
	.venv/bin/lint-imports

.PHONY: fmt
fmt: $(LINT) ## format the code and mend what ruff can mend
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

.PHONY: docs
docs: $(RUN) ## write the generated reference pages anew
	.venv/bin/python -m docs.generate

.PHONY: real
real: $(RUN) ## build a scratch site from 1,008 real posts (REAL=folder), report and count
	@.venv/bin/python -m tests.real.build_real $(REAL) build/real

.PHONY: bench-peers
bench-peers: $(VENV) ## install Hugo, Eleventy and Pelican into build/bench, to compare with
	@benchmarks/install_peers

.PHONY: bench
bench: $(BENCH) ## measure sitegen and its peers side by side (N=articles, RUNS=rounds)
	@build/bench/sitegen/bin/python -m benchmarks.run $(N) --runs $(RUNS)

.PHONY: bench-edits
bench-edits: $(BENCH) ## measure what an author waits for, in sitegen and its peers (N=articles, RUNS=edits)
	@build/bench/sitegen/bin/python -m benchmarks.increments $(N) --runs $(RUNS)

.PHONY: bench-growth
bench-growth: $(BENCH) ## measure how sitegen grows from 1,000 to 100,000 articles (a quarter of an hour, 7 GB of memory)
	@build/bench/sitegen/bin/python -m benchmarks.growth 1000 10000 100000

.PHONY: wheel
wheel: $(RUN) ## build the wheel into dist/
	.venv/bin/uv build --wheel --out-dir dist

.PHONY: lock
lock: $(VENV) ## bring uv.lock in step with pyproject.toml
	.venv/bin/uv lock --default-index https://pypi.org/simple

.PHONY: clean
clean: ## remove what was built; .venv stays
	rm -rf output .sitegen build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find sitegen tests docs themes -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV): tools/make-venv
	@tools/make-venv
	@touch $@

$(RUN): $(VENV) $(LOCKED)
	@tools/install
	@touch $@

$(BENCH): $(VENV) $(LOCKED) benchmarks/install_sitegen
	@benchmarks/install_sitegen
	@touch $@

$(TEST): $(VENV) $(LOCKED)
	@tools/install test
	@touch $(RUN) $@

$(LINT): $(VENV) $(LOCKED)
	@tools/install lint test
	@touch $(RUN) $(TEST) $@
