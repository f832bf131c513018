# Everything starts from a machine with Python 3.11 or newer, pip and make.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
SHARED ?= ../shared
# Two processes, each with files of its own, in the order of the folders: the long ones come early.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
COMPILE := uv pip compile --quiet --universal --only-binary :all: --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml

.PHONY: help demo crisis desk vendored test slow lint layers bench docs smoke reference lock clean

help:  ## say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

demo: .venv/run  ## set everything up, read an example article, print the sitrep and write it as a page
	@mkdir -p build
	$(BIN)/tocsin read examples/invented.txt --html build/sitrep.html
	@echo
	@echo "To see a crisis in the browser, sixty articles that are read in some ten seconds: make desk"

crisis: .venv/run  ## read sixty articles of a crisis that did not happen, ring the alarm, and write a brief
	rm -rf build/crisis
	$(BIN)/tocsin add examples/crisis/articles --store build/crisis
	$(BIN)/tocsin outlets examples/crisis/outlets.csv --store build/crisis
	$(BIN)/tocsin alarm --store build/crisis
	$(BIN)/tocsin brief --store build/crisis --about IDN,MYS --for PHL --since 2024-06-01 --html build/crisis.html

desk: build/crisis/tocsin.sqlite  ## open the crisis that did not happen in the browser, until Ctrl-C
	$(BIN)/tocsin desk --store build/crisis

build/crisis/tocsin.sqlite: | .venv/run
	$(BIN)/tocsin add examples/crisis/articles --store build/crisis
	$(BIN)/tocsin outlets examples/crisis/outlets.csv --store build/crisis

test: .venv/test  ## set everything up, then run the tests, without those that are long by nature
	$(BIN)/python -m pytest -m "not slow" $(SIDE_BY_SIDE)

slow: .venv/test  ## run the tests that are long by nature: kills, loads, a browser (at most 50 minutes)
	timeout 50m $(BIN)/python -m pytest -m slow

lint: .venv/test  ## linter, formatting, strict types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/bench  ## measure quality against gold and speed against peers
	$(BIN)/python -m benchmarks --shared $(SHARED)

docs: .venv/docs  ## make the pages a site in build/site; a link that leads nowhere is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "The site is in build/site; to look at it: python3 -m http.server --directory build/site"

smoke: .venv/run  ## build wheel and sdist, try them on every Python from 3.11 to 3.13 that is here, weigh them
	$(BIN)/python -m benchmarks.release

reference: .venv/run  ## compile the office reference anew from its origins
	$(BIN)/python -m training.reference $(SHARED)/reference

vendored:  ## fetch the libraries that pages carry, as training/vendored.tsv says (needs npm)
	$(PYTHON) -m training.vendored

lock:  ## pin what is installed, with hashes (needs uv)
	$(COMPILE) --extra build --extra desk -o requirements/run.txt
	$(COMPILE) --extra build --extra desk --extra test --extra frames --extra notebooks --extra ray --extra datatrove -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) --extra build --extra desk --extra test --extra frames --extra notebooks --extra ray --extra datatrove --extra bench -c requirements/test.txt -o requirements/bench.txt
	$(COMPILE) --extra build --extra desk --extra docs -c requirements/test.txt -o requirements/docs.txt

clean:  ## remove what was made
	rm -rf .venv build dist

# One environment; each stamp says how much of it is there, and is as old as what it was made from.
.venv/run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tocsin needs Python 3.11 or newer, as in: make demo PYTHON=python3.12")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@echo "Setting up (about a minute the first time) ..."
	$(PIP) --require-hashes -r $<
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: requirements/test.txt .venv/run
	$(PIP) --require-hashes -r $<
	@touch $@

.venv/bench: requirements/bench.txt .venv/test
	$(PIP) --require-hashes -r $<
	@touch $@

.venv/docs: requirements/docs.txt .venv/run
	$(PIP) --require-hashes -r $<
	@touch $@
