# Two commands do everything on a fresh machine with Python 3.11 or later and make: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo

# What WeasyPrint needs to set text; what the tests need to look at pages.
DEBIAN_DEMO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
DEBIAN_TEST := chromium

EXTRACT = $(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keyword message --keyword plural:1,2 \
	--no-location --sort-output --project Rencontres \
	--output-file $(VENV)/rencontres.pot flows tasks templates
UPDATE = --input-file $(VENV)/rencontres.pot --domain rencontres --output-dir templates/locale --locale fr \
	--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120
KERNELS := $(addprefix tasks/schedule/,compiled.py kempe.py seating.py sweeps.py)
CATALOGUES := $(wildcard templates/locale/*/LC_MESSAGES/rencontres.po)

export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test check bench soak gallery messages requirements deploy clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

install: $(VENV)/ready ## Create .venv with everything, once

demo: $(VENV)/ready $(VENV)/debian-demo ## Play a made-up event from exports to report; then open demo/out/index.html
	@$(BIN)/rencontres demo $(DEMO)

test: export PYTHONDONTWRITEBYTECODE := # else every worker, and every process of a test, compiles all modules anew
test: $(VENV)/ready $(VENV)/debian-demo $(VENV)/debian-test ## Run all tests, with coverage
	@$(BIN)/python -m pytest -n 3 --dist loadscope --cov --cov-report=term --cov-fail-under=95

check: $(VENV)/installed ## Lint, format, types, import contracts, dead code, dependencies, templates, SQL, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/deptry .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/sqlfluff lint sql --disable-progress-bar
	$(EXTRACT)
	$(BIN)/pybabel --quiet update --check $(UPDATE)

bench: $(VENV)/ready $(VENV)/debian-demo ## Measure, as ratios to named baselines in the same run
	@$(BIN)/python -m benchmarks

soak: $(VENV)/ready ## Send outboxes of 500 mails over servers that fail, with kills and full disks (a few minutes)
	@$(BIN)/python -m benchmarks.soak

gallery: $(VENV)/ready $(VENV)/debian-demo $(VENV)/debian-test ## Take the pictures of the README anew, from a small demo
	@$(BIN)/python -m docs.gallery

messages: $(VENV)/installed ## Collect new sentences into the French catalogue
	$(EXTRACT)
	$(BIN)/pybabel --quiet update $(UPDATE)

requirements: $(VENV)/installed ## Pin again what pyproject.toml asks for
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url --quiet --upgrade --output-file requirements.txt

deploy: $(VENV)/installed ## Put the jobs of WORKSPACE=folder on the Prefect server at PREFECT_API_URL
	@test -n "$(WORKSPACE)" || { echo "Say which event: make deploy WORKSPACE=/path/to/event"; exit 2; }
	@$(BIN)/prefect work-pool inspect rencontres >/dev/null 2>&1 || $(BIN)/prefect work-pool create rencontres --type process
	@$(BIN)/prefect work-pool set-concurrency-limit rencontres 1
	@RENCONTRES_CHECKOUT="$(CURDIR)" RENCONTRES_HOME="$(abspath $(WORKSPACE))" \
		RENCONTRES_REPORT_RRULE="$$($(BIN)/rencontres status --json --workspace "$(WORKSPACE)" \
			| $(BIN)/python -c 'import json, sys; print(json.load(sys.stdin)["report_rule"])')" \
		$(BIN)/prefect --no-prompt deploy --all

clean: ## Remove .venv and the demo
	rm -rf $(VENV) $(DEMO)

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; say where it is: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/requirements: requirements.txt | $(VENV)/python
	@echo "Installing the pinned packages into $(VENV) (about a minute and a half, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed: pyproject.toml $(CATALOGUES) $(VENV)/requirements
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/pybabel --quiet compile --directory templates/locale --domain rencontres
	@touch $@

$(VENV)/ready: $(VENV)/installed $(KERNELS)
	@echo "Compiling the solver's kernels (about 25 seconds, once)"
	@$(BIN)/python -m tasks.schedule.warm_up
	@touch $@

$(VENV)/debian-%: | $(VENV)/python
	@.ci/debian $(if $(filter demo,$*),$(DEBIAN_DEMO),$(DEBIAN_TEST))
	@touch $@
