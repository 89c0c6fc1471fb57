# Everything that is done with Chorus from the command line. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
PY := .venv/bin/python
SOURCES := $(wildcard base outside backstage accounts awards events website jobs bench demo deploy migrations tests wsgi.py)

.PHONY: help run test check e2e pictures chaos bench mutants backup restore lock docs new-migration clean
.PHONY: ready-to-test check-format check-code check-types check-templates check-imports check-dead check-migrations check-docs

help:  ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run:  ## set everything up and serve the demo at http://127.0.0.1:8000 (PORT, CHORUS_HOME, DATABASE_URL, REDIS_URL)
	@bin/setup serve
	@exec $(PY) -m website.run

test: ready-to-test  ## rules, actions, pages, structure, one journey of each half; in random order (SEED=the last one's)
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(if $(SEED),-p randomly --randomly-seed=$(SEED)) -m "half or not journey" tests

check: ready-to-test check-format check-code check-types check-templates check-imports check-dead check-migrations check-docs  ## everything static
	@echo "Nothing to complain about."

e2e: ready-to-test  ## every journey through the pages in a real browser
	@$(PY) -m pytest tests/journeys

pictures: ready-to-test  ## take the README's pictures anew, on the way of the two half journeys
	@CHORUS_PICTURES=$(CURDIR)/docs/pictures $(PY) -m pytest tests/journeys -m half

chaos: ready-to-test  ## kill servers and workers in the middle of things and see that nothing is lost
	@$(PY) -m pytest tests/chaos

bench: ready-to-test  ## measure, print a line for each figure, write bench/results.json (ONLY="names": only with WRITE=yes)
	@$(PY) -m bench $(ONLY) $(if $(WRITE),--write)

mutants: ready-to-test  ## change the rules in small ways and say which changes no test notices (ONLY="topics")
	@$(PY) -m bench.mutants $(ONLY)

backup:  ## write database and files into one archive (TO=path; else CHORUS_HOME/backups)
	@bin/setup run
	@$(PY) -m outside.backup make $(if $(TO),"$(TO)")

restore:  ## bring FROM=archive back; refuses to replace data unless CONFIRM=yes
	@bin/setup run
	@$(PY) -m outside.backup restore "$(FROM)"

docs:  ## write docs/pages.txt, states.md and personal-data.md from the code
	@bin/setup test
	@$(PY) -m outside.embedded $(PY) -m website.commands docs

new-migration:  ## write a migration for what changed in the models (WHY='words')
	@bin/setup test
	@$(PY) -m outside.embedded $(SHELL) -c '$(PY) -m website.commands migrate && $(PY) -m website.commands new-migration "$$WHY"'

lock:  ## pin the packages anew, from pyproject.toml and package.json
	@bin/setup test
	@$(PY) -m uv pip compile pyproject.toml --extra test --python-version 3.11 --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements.txt
	@$(PY) -m uv pip compile pyproject.toml --extra test --extra dev --python-version 3.11 -c requirements.txt --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements-dev.txt
	@PATH="$$PWD/.venv/bin:$$PATH" npm install --package-lock-only

clean:  ## delete what set-up made (never var/, where the data is)
	rm -rf .venv node_modules static/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready-to-test:
	@bin/setup test

check-format:
	@echo "format"; $(PY) -m ruff format --check -q $(SOURCES)

check-code:
	@echo "ruff"; $(PY) -m ruff check -q $(SOURCES)

check-types:
	@echo "mypy"; $(PY) -m mypy

check-templates:
	@echo "djlint"; $(PY) -m djlint --quiet --lint templates

check-imports:
	@echo "import contracts"; .venv/bin/lint-imports --no-cache

check-dead:
	@echo "dead code"; $(PY) -m tests.structure.dead_code

# These two ask the application, so they get servers of their own for a moment.
check-migrations:
	@echo "migrations match models"; $(PY) -m outside.embedded $(PY) -m website.commands check-migrations

check-docs:
	@echo "generated docs are current"; $(PY) -m outside.embedded $(PY) -m website.commands check-docs
