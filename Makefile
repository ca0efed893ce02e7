# People, .ci/run and the workflows call these targets. Each installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=
# One more than there are cores: now and then one waits for a disk, a browser or a clock.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
BENCH_ARGS ?=
DEMO_ARGS ?=
# More words for each installation by pip.
INSTALL ?=
LOWEST := build/lowest

# Hundreds of programs are started, and each would compile all of portalsync anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lowest faults lint types imports format schemas docs bench bench-short wheel release sbom programs clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.installed ## The whole round on the example: validate, plan, preview, apply, plan again
	$(BIN)/portalsync demo $(DEMO_ARGS)

test: $(VENV)/.workshop programs ## All tests, with the programs that they need
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# Each bound as a pin, in an environment of its own.
lowest: programs ## The whole round and all tests with the lowest versions that pyproject.toml allows
	rm -rf $(LOWEST) && mkdir -p $(LOWEST)
	sed -nE 's/.*"([A-Za-z0-9._-]+)>=([0-9.]+).*/\1==\2/p' pyproject.toml > $(LOWEST)/constraints.txt
	$(MAKE) VENV=$(LOWEST)/venv INSTALL='--constraint $(LOWEST)/constraints.txt' \
	  DEMO_ARGS='--dir=$(LOWEST)/round' demo test

faults: $(VENV)/.workshop ## Many more faults at many more points: damaged databases, errors of the system, kills; minutes
	$(BIN)/pytest -n $(WORKERS) --dist loadfile tests/faults --more-faults $(PYTEST_ARGS)

lint: $(VENV)/.workshop ## Style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.workshop ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schemas: $(VENV)/.installed ## Write schemas/ and docs/reference/ anew from the code
	$(BIN)/portalsync schema --write schemas --results --no-modelines --lang en
	$(BIN)/portalsync schema --digests > schemas/vocabulary.txt
	$(BIN)/portalsync docs --write docs/reference --lang en
	$(BIN)/portalsync docs --write docs/reference/de --lang de

docs: $(VENV)/.docs ## The docs as a site in build/site; a lost link or a stale reference fails
	$(BIN)/portalsync docs --check docs/reference --lang en
	$(BIN)/portalsync docs --check docs/reference/de --lang de
	$(BIN)/zensical build --clean --strict

bench: $(VENV)/.workshop ## Measure what docs/performance.md claims, and write it anew: half an hour
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

bench-short: $(VENV)/.workshop ## The ratios that hold for a thousand firms; minutes
	$(BIN)/python -m benchmarks --short $(BENCH_ARGS)

wheel: $(VENV)/.workshop ## Build wheel and sdist into dist/
	$(BIN)/python -m build

release: $(VENV)/.release ## Wheel, sdist and SBOM into dist/: from the same commit the same bytes, wherever
	rm -rf dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --no-isolation
	$(MAKE) sbom

# Of a fresh environment that holds portalsync and what it needs, and nothing of this workshop.
sbom: $(VENV)/.release ## What an installation consists of, as CycloneDX: dist/portalsync-<version>.cdx.json
	@rm -rf build/sbom && mkdir -p build/sbom dist
	@sed "s/^dynamic = .*/version = \"$$($(BIN)/hatchling version)\"/" pyproject.toml > build/sbom/pyproject.toml
	@$(BIN)/python -m venv --without-pip build/sbom/environment
	@$(BIN)/python -m pip --python build/sbom/environment/bin/python install --quiet --disable-pip-version-check .
	$(BIN)/cyclonedx-py environment --output-reproducible --pyproject build/sbom/pyproject.toml \
	  --output-file "dist/portalsync-$$($(BIN)/hatchling version).cdx.json" build/sbom/environment/bin/python

# Whoever leaves tests out by their mark (`-m "not browser"`) does not need their programs either.
needs = $(if $(findstring not $(1),$(PYTEST_ARGS)),,$(2))

programs:
	@./tests/need-programs git curl $(call needs,browser,chromium) $(call needs,editors,node npm) \
	  $(call needs,shells,zsh fish) $(call needs,groff,groff)

clean: ## Remove what these targets made
	rm -rf $(VENV) dist portalsync-demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .cache build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "portalsync needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "$(PYTHON) cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'

$(VENV)/.installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(INSTALL) --editable .
	@touch $@

$(VENV)/.workshop: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(INSTALL) --group test --group lint --group docs
	@touch $@

$(VENV)/.docs: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	@touch $@

$(VENV)/.release: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group release --group sbom
	@touch $@
