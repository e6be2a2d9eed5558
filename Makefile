# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: install demo test lint coverage mutants bench year peers fuzz pywb reference constraints site clean programs

install: $(VENV)/.installed

demo: $(VENV)/.installed
	$(BIN)/khobao demo

# A tool that cannot be installed here costs its own tests only; they say so.
test: install lint
	@$(MAKE) pywb >/dev/null 2>&1 || echo "pywb could not be installed (make pywb says why): its tests are skipped"
	$(BIN)/pytest -n auto --dist worksteal

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Which lines and branches the tests run, processes of commands included; per file, and as htmlcov/.
coverage: install
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage html --quiet
	$(BIN)/coverage report

# How many small faults, planted in the modules that matter most, their own tests find; MODULE=… for
# one of them. Takes minutes for each.
mutants: install
	$(BIN)/python tools/mutants.py $(MODULE)

# docs/commands.md and docs/api.md, from the code; a test fails when they are stale.
reference: $(VENV)/.installed
	$(BIN)/python docs/reference.py

# The exact versions of a new installation: what `make test` and the release were tried with, for the
# machine that crawls every night.
constraints:
	$(PYTHON) -m venv --clear .venv-constraints
	.venv-constraints/bin/python -m pip install --quiet --upgrade '.[web,parquet,plot]'
	.venv-constraints/bin/python -m pip freeze --exclude khobao >constraints.txt
	rm -rf .venv-constraints build

# The documentation as a site, in site/; a broken link is an error.
site: $(VENV)/.installed
	$(BIN)/mkdocs build --quiet --strict

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks

# 365 nights of a newspaper to which everything happens: the archive against its history, each alarm
# against the night on which it should ring. Ten minutes and more; CI plays the short form.
year: $(VENV)/.installed
	$(BIN)/python -m tests.nights.year

# What the yardstick compares with; each group of peers in an environment of its own.
peers: .venv-peers/.installed .venv-peers-fundus/.installed

.venv-%/.installed: benchmarks/environments/%.txt
	$(environment)

# Web-archive tools by other people: the tests replay khobao's captures in them, and backfill from
# them. pywb pins old releases of packages that khobao uses in new ones.
pywb: .venv-pywb/.installed
.venv-pywb/.installed: tests/environments/pywb.txt
	$(environment)

define environment
$(PYTHON) -m venv $(@D)
$(@D)/bin/python -m pip install --quiet --upgrade pip
$(@D)/bin/python -m pip install --quiet --requirement $<
touch $@
endef

# Coverage-guided fuzzing of the extraction; what is found is kept in fuzz/.
SECONDS ?= 3600
fuzz: .venv-fuzz/.installed
	.venv-fuzz/bin/python -m benchmarks.fuzz --seconds $(SECONDS)

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "khobao needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[web,parquet,plot,words,docs,dev]'
	touch $@

clean:
	rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache build *.egg-info

# Chromium, in which tests open the reading room, and LibreOffice, in which they open exports: from
# Debian or Ubuntu, since both are too large for a Python package. `make test` skips the tests of a
# missing program; CI installs both first, and fails without them.
programs:
	@has() { command -v "$$1" >/dev/null; }; missing=; \
	  has chromium || has chromium-browser || has google-chrome || missing=chromium; \
	  has soffice || has libreoffice || missing="$$missing libreoffice-calc-nogui"; \
	  root=; test "$$(id -u)" = 0 || root="sudo -n"; \
	  test -z "$$missing" || { $$root apt-get update -qq && $$root $(APT_INSTALL) $$missing; }

APT_INSTALL = env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
