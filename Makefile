# Everything sets itself up: only Python 3.11 or newer and make are assumed.
# On Windows, make.cmd beside this file does the same.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SITE   := $(VENV)/.site-ready
TEST   := $(VENV)/.test-ready

.PHONY: site serve phone quick test coverage wheel lock clean

site: $(SITE)          ## set up and build the demo into site/
	$(BIN)/xiangji build --strict

serve: $(SITE)         ## preview with live reload
	$(BIN)/xiangji serve

phone: $(SITE)         ## preview for a phone in the same network: its codes can be scanned
	$(BIN)/xiangji serve --phone

quick: $(TEST)         ## lint, types, and the tests that need no browser, network or cluster
	$(BIN)/python tools/quick.py

test: $(TEST)          ## set up, browser included, and run every test
	$(BIN)/python tools/browser.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

coverage: $(TEST)      ## which lines of the program the quick tests run
	$(BIN)/python tools/quick.py --coverage

wheel: $(TEST)         ## the wheel, with its list of parts, into dist/
	$(BIN)/python -m hatchling build --target wheel

lock:                  ## write the locked dependencies anew
	$(BIN)/python tools/lock.py

clean:
	rm -rf $(VENV) site .cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(SITE): pyproject.toml requirements/site.txt | $(BIN)/python
	$(BIN)/python tools/setup.py site
	@touch $@

$(TEST): pyproject.toml requirements/test.txt $(SITE)
	$(BIN)/python tools/setup.py test
	@touch $@
