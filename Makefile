# make demo: the soyuz-ms22 report under reports/.  make test: everything that is checked.
# Both need only make and Python >= 3.11; the packages go, pinned, into .venv (once).

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# A virtual environment that already holds the developers' packages serves the demo as well.
READY := $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.core)

# make test BROWSER=no leaves out the tests that need Chromium, and says so.
BROWSER := yes

.PHONY: help demo test lint browser docs gallery bench clean

help:
	@echo "make demo   run soyuz-ms22 and leave the HTML report under reports/"
	@echo "make test   lint, types, import contracts, tests, then the page in Chromium (BROWSER=no: without that)"
	@echo "make lint   the same without the tests"
	@echo "make docs   build the documents into build/docs"
	@echo "make gallery  draw the pictures of the README anew, in Chromium"
	@echo "make bench  run the benchmarks (a few minutes)"
	@echo "make clean  remove .venv and caches"

demo: $(READY)
	$(BIN)/stationsim run soyuz-ms22

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n auto --ignore=tests/browser
ifeq ($(BROWSER),no)
	@echo "BROWSER=no: the tests of the page in a browser (tests/browser) were left out."
else
	@$(MAKE) --no-print-directory browser
endif

# The page in a real browser; pictures of it are left in build/screens.
browser: $(VENV)/.dev
	@$(FIND_CHROMIUM)
	$(BIN)/pytest -n 0 tests/browser

docs: $(VENV)/.dev
	$(BIN)/sphinx-build --fail-on-warning --nitpicky --quiet -b html docs build/docs
	@echo "→ build/docs/index.html"

# Pictures of three reports, as they stand in reports/gallery and in the README.
gallery: $(VENV)/.dev
	@$(FIND_CHROMIUM)
	$(BIN)/python docs/gallery.py

BENCHES := twins.py propagation.py growth.py profiling.py fingerprints.py "planning.py greedy"

bench: $(READY)
	for script in $(BENCHES); do echo "# $$script"; $(BIN)/python benchmarks/$$script || exit 1; done

clean:
	rm -rf build $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage dist

$(VENV)/.core: pyproject.toml constraints.txt
	@$(MAKE_VENV)
	@echo "Installing the pinned packages into $(VENV) (a minute, once) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	@$(MAKE_VENV)
	@echo "Installing the pinned packages and the developers' tools into $(VENV) (two minutes, once) ..."
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.core $@

# Be content with any Chromium; as root on a Debian-like machine install it; otherwise say in one line what is missing.
define FIND_CHROMIUM
for browser in $(CHROMIUM) chromium chromium-browser google-chrome-stable google-chrome; do \
  command -v "$$browser" >/dev/null 2>&1 && exit 0; \
done; \
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
  echo "Installing Debian's package chromium for the tests of the page ..."; \
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0; \
fi; \
echo "This needs Chromium: install the package chromium, or leave the tests of the page out with make test BROWSER=no." >&2; \
exit 1
endef

# Keep a working .venv; otherwise find a Python that is new enough and say in one line what is missing.
define MAKE_VENV
if $(BIN)/python -m pip --version >/dev/null 2>&1; then exit 0; fi; \
for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
  $$python -c 'import ensurepip, venv' >/dev/null 2>&1 || { lacking=$$python; continue; }; \
  $$python -m venv --clear $(VENV) && exit 0; \
done; \
if [ -n "$$lacking" ]; then echo "$$lacking cannot make virtual environments: install the package python3-venv, then run make again." >&2; \
else echo "No Python >= 3.11 found: install one, then run make again, or name it with make PYTHON=/path/to/python3." >&2; fi; \
exit 1
endef
