# One command per task, the same for you and for CI. `make` alone lists them.

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check
JOBS ?= 2
SECONDS ?= 60
FUZZED := csv xlsx xaf profile table
# Pythons for which types and style are checked; the tests are not run on them. UP040, UP046 and UP047 want what 3.11 has not.
NEWER := 3.12 3.13
# Each of these writes what follows from the code (docs/reference, the sheet of components), and compares with --check.
DOCUMENTS := tools.draw_imports tools.make_reference tools.extract_components

# The tests start our program hundreds of times: what Python compiled is kept, whatever the machine asks for.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: $(shell awk -F : '/^[a-z-]+:/ {print $$1}' $(firstword $(MAKEFILE_LIST)))

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime  ## from nothing to the built sites of both examples
	$(VENV)/bin/gebiedswerk build examples/klein --out build/klein
	$(VENV)/bin/gebiedswerk build examples/groningen --out build/groningen
	@echo "Open in a browser: $(CURDIR)/build/klein/site/index.html, a made-up town that fits a screen,"
	@echo "or $(CURDIR)/build/groningen/site/publicaties/jaarrekening-2019/index.html, the paragraph of 2019."

test: $(VENV)/.dev browser  ## all tests (ARGS='tests/core -k split' for some, JOBS=4 for more at once)
	$(PYTHON) -m pytest -n $(JOBS) $(ARGS)

coverage: $(VENV)/.dev browser  ## all tests, and which branches of src they pass; less than before fails (some 20 minutes)
	rm -rf build/coverage
	$(PYTHON) -m coverage run -m pytest -n $(JOBS) $(ARGS)
	$(PYTHON) -m coverage combine --quiet
	$(PYTHON) -m coverage report

package: $(VENV)/.dev  ## build sdist and wheel, install the wheel in an empty environment, and make an example with it
	rm -rf build/package
	$(PYTHON) -m uv build --quiet --no-build-isolation --out-dir build/package
	$(PYTHON) -m venv build/package/venv
	build/package/venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	build/package/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps build/package/*.whl
	cd build/package && venv/bin/gebiedswerk new town && venv/bin/gebiedswerk check town
	cd build/package && venv/bin/gebiedswerk build ../../examples/klein --out klein
	$(VENV)/bin/gebiedswerk build examples/klein --out build/klein
	diff -r build/klein/site build/package/klein/site

check: $(VENV)/.dev  ## all that CI checks besides the tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	@set -e; for python in $(NEWER); do echo "mypy and ruff for Python $$python"; \
	    $(PYTHON) -m mypy --python-version $$python; \
	    $(PYTHON) -m ruff check --target-version py$$(echo $$python | tr -d .) --ignore UP040,UP046,UP047 .; done
	$(VENV)/bin/lint-imports
	$(PYTHON) -m tools.lint_municipalities
	$(PYTHON) -m tools.lint_literals
	$(PYTHON) -m tools.lint_state
	$(PYTHON) -m tools.lint_names
	$(PYTHON) -m tools.lint_tests
	$(PYTHON) -m tools.lint_verbs
	$(PYTHON) -m tools.lint_faults
	$(PYTHON) -m tools.lint_templates
	$(PYTHON) -m tools.lint_writers
	$(PYTHON) -m tools.compile_messages --check
	@set -e; for document in $(DOCUMENTS); do echo "$(PYTHON) -m $$document --check"; $(PYTHON) -m $$document --check; done

walk-hidden: $(VENV)/.dev  ## publish TOWNS=200 made-up towns again and again, and try to have back what they hide
	TOWNS=$(or $(TOWNS),200) $(PYTHON) -m pytest -q tests/release/test_hidden.py -k kept_every_file

run: $(VENV)/.runtime  ## the example on your own machine, rebuilt on every change
	$(VENV)/bin/gebiedswerk serve examples/groningen

example: $(VENV)/.runtime  ## rewrite examples/klein and examples/groningen, byte for byte the same
	$(PYTHON) -m examples.make_klein
	$(PYTHON) -m examples.make_groningen

docs: $(VENV)/.dev  ## write docs/reference from the code
	@set -e; for document in $(DOCUMENTS); do echo "$(PYTHON) -m $$document"; $(PYTHON) -m $$document; done

messages: $(VENV)/.dev  ## compile the catalogues of messages
	$(PYTHON) -m tools.compile_messages

golden: $(VENV)/.dev  ## rewrite the kept files that tests compare with; read the diff
	GOLDEN=rewrite $(PYTHON) -m pytest
	@git --no-pager diff --stat

bench: $(VENV)/.dev  ## measure
	@set -e; for benchmark in $(wildcard benchmarks/bench_*.py); do echo "$$benchmark"; $(PYTHON) $$benchmark; done

fuzz: $(VENV)/.dev  ## look for files that break a promise of an importer (SECONDS=60 for each kind; Linux on x86-64)
	@set -e; for kind in $(FUZZED); do echo "== $$kind"; $(PYTHON) -m tests.fuzz.run $$kind -max_total_time=$(SECONDS) -print_final_stats=1; done

walk-exports: $(VENV)/.dev  ## take in FILES=20000 made-up exports from FIRST=0 on, and say per kind what became of them
	$(PYTHON) -m tests.exports.walk --files $(or $(FILES),20000) --first $(or $(FIRST),0) --seed $(or $(SEED),0) --jobs $(JOBS)

walk-growth: $(VENV)/.dev  ## try every shape of dossier and every pattern at once and at four times its size
	GROWTH=whole $(PYTHON) -m pytest tests/growth

mutants: $(VENV)/.dev  ## break a module in every small way; exit 1 where no test notices (MODULE=core/spending_term AFRESH=--afresh NAMES="one another")
	$(PYTHON) -m tools.mutants $(MODULE) $(NAMES) --jobs $(JOBS) $(AFRESH)

walk-paths: $(VENV)/.dev  ## hostile places in every cell, setting, name and archive, under every verb (long; SHARE=0.05 of the cases make a site)
	$(PYTHON) -m tests.whole.places $(or $(SHARE),0.05) $(JOBS)

walk-deaths: $(VENV)/.dev  ## publish, freeze, build and change a dossier, and die at every file operation of each (long)
	DEATHS=whole $(PYTHON) -m pytest -n $(JOBS) tests/release/test_disk.py tests/whole/test_build.py \
	    tests/whole/test_dossier_disk.py tests/importing/test_landing.py -k "die or dying"

walk-changes: $(VENV)/.dev  ## CHANGES=300 random changes: a site brought up to date, and a dossier held in memory, are as anew
	CHANGES=$(or $(CHANGES),300) $(PYTHON) -m pytest -q -s -n $(JOBS) tests/whole/test_any_change.py tests/assembly/test_held_dossier.py

walk-hands: $(VENV)/.dev  ## two who write and one who reads all the time, killed at any moment, for HANDS=1000 changes
	HANDS=$(or $(HANDS),1000) $(PYTHON) -m pytest -q tests/whole/test_many_hands.py

walk-forged: $(VENV)/.dev  ## forge each kind of place of a release, and a digit in every file: verify refuses each (long)
	FORGED=whole $(PYTHON) -m pytest -q -s tests/release/shown/test_held.py tests/release/test_remade.py

walk-signs: $(VENV)/.dev browser  ## put every sign that text may hold in every text, and garble every fault (long)
	WALK=whole $(PYTHON) -m pytest -n $(JOBS) tests/test_signs.py tests/core tests/dossier/checks/test_signs_in_text.py

lock: $(VENV)/.dev  ## pin what pyproject.toml asks for, with hashes (UPGRADE=--upgrade for newer versions)
	tools/lock.sh $(UPGRADE)

clean:  ## remove what was built and cached (not .venv)
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

browser:
	@tools/install_browser.sh

# The environment. A stamp says which part is there; a newer lock makes it anew.

$(VENV)/.made:
	tools/make_venv.sh $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.lock pyproject.toml
	$(INSTALL) --require-hashes --requirement requirements.lock
	$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
