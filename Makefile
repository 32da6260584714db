# make help lists what can be done.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/plum
JOBS ?= 2
# Browsers wait half of their time, so there is room for more of them than processors.
WALKERS ?= 3
BIN := .venv/bin
# Errors only: a pip that finds other pips warns about each of their folders.
QUIETLY := --quiet --quiet
TESTS := DJANGO_SETTINGS_MODULE=plum.settings.test $(BIN)/pytest
MEASURED :=
# Which tests run again on PostgreSQL: `database`, some of each class; or `asks`, all that ask a database.
AGAIN := database
# Which are left out on SQLite.
ELSEWHERE :=
# For tests that pyproject.toml leaves out of the suite.
BY_ITSELF := -o addopts="--strict-markers -p no:playwright -p no:benchmark"
SOURCES := plum home policies accounts deploy tests manage.py

export DJANGO_SETTINGS_MODULE ?= plum.settings.dev

.DEFAULT_GOAL := help
.PHONY: help run demo test test-fast format lint types contracts templates migrations deploy suite suite-postgresql journeys
.PHONY: allauth-suite coverage reviews deployment nightly release words messages
.PHONY: accessibility editors-pictures cookie-evidence matrix bench bench-pages bench-desk audit picture requirements clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: .venv/run ## serve the demo site and its worker on http://localhost:8000
	@sh plum/run.sh $(HOST) $(PORT)

demo: .venv/run ## lay the demo content into the database
	@$(BIN)/python manage.py migrate -v 0
	@$(BIN)/python manage.py demo

test: .venv/test ## run the whole suite
	@$(MAKE) --no-print-directory --jobs=$(JOBS) --output-sync=target reviews
	@$(MAKE) --no-print-directory --keep-going suite suite-postgresql deployment journeys ELSEWHERE=$$($(FIND_POSTGRES) && echo either)

reviews: types deploy migrations contracts lint templates words audit allauth-suite ## what is checked without the suite, side by side

test-fast: .venv/test ## the quick tests on SQLite, while you work
	$(TESTS) -n $(JOBS) -q -m "not slow"

format: .venv/test ## format code and templates
	$(BIN)/ruff check --fix --quiet $(SOURCES)
	$(BIN)/ruff format --quiet $(SOURCES)
	$(BIN)/djhtml --tabwidth 2 templates

lint: .venv/test
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: .venv/test
	$(BIN)/mypy plum home policies accounts deploy

contracts: .venv/test
	$(BIN)/lint-imports

templates: .venv/test
	$(BIN)/djhtml --check --tabwidth 2 templates

words: .venv/test
	@DJANGO_SETTINGS_MODULE=plum.settings.test $(BIN)/python -m tests.catalogues || { [ $$? -eq 75 ] && $(call skipped,the check of the catalogues: no gettext. `apt-get install gettext`); }

messages: .venv/test ## write the catalogues of LANGUAGES="cy de" anew from the words that are there; needs gettext
	@DJANGO_SETTINGS_MODULE=plum.settings.test $(BIN)/python -m tests.catalogues $(LANGUAGES)

migrations: .venv/test
	DJANGO_SETTINGS_MODULE=plum.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

deploy: .venv/test
	@sh tests/check_deploy.sh $(BIN)/python

suite: .venv/test ## the tests on SQLite
	COVERAGE_FILE=.coverage.sqlite $(TESTS) -n $(JOBS) $(if $(ELSEWHERE),-m "not $(ELSEWHERE)") $(MEASURED)

suite-postgresql: .venv/test ## those that ask the database on PostgreSQL, where one is found
	@if $(FIND_POSTGRES); \
	then COVERAGE_FILE=.coverage.postgresql DATABASE_URL=$(POSTGRES_URL) $(TESTS) -n $(JOBS) -m $(AGAIN) $(MEASURED); \
	else $(call skipped,the tests on PostgreSQL: none at $(POSTGRES_URL). Start one or set POSTGRES_URL); fi

allauth-suite: .venv/test ## allauth's own tests, against our sign-in
	@sh tests/allauth_suite/run.sh $(BIN)/python || { [ $$? -eq 75 ] && $(call skipped,allauth's own tests: they could not be downloaded); }

coverage: .venv/test ## what the suites run, on both databases; too little is a failure
	@$(MAKE) --no-print-directory suite suite-postgresql AGAIN=asks MEASURED="--cov --cov-report= --cov-fail-under=0"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

deployment: .venv/test ## what stands in deploy/: units, nginx, Caddy, backup and restore, where what they need is found
	@for tool in nginx caddy systemd-analyze shellcheck pg_dump; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	$(FIND_POSTGRES) || missing="$$missing PostgreSQL at $(POSTGRES_URL)"; \
	if [ -z "$$missing" ]; then \
	shellcheck -x -S warning .ci/run deploy/*.sh deploy/backup deploy/reload deploy/restore deploy/container/*.sh tests/deploy/nightly/*.sh && \
	POSTGRES_URL=$(POSTGRES_URL) $(TESTS) $(BY_ITSELF) -n $(JOBS) --dist loadfile --ignore=tests/deploy/nightly tests/deploy; \
	else $(call skipped,the tests of deploy/: not found:$$missing. Try: apt-get install nginx-light caddy systemd shellcheck postgresql); fi

# Those of a machine that boots, of containers and of a bare Debian take minutes and root.
nightly: .venv/test ## all tests on both databases; two machines and a pooler; cookies on every page in every state; install.sh in a Debian that boots, the containers, make run on a bare Debian; as root, an hour
	@$(MAKE) --no-print-directory --keep-going suite suite-postgresql AGAIN=asks
	@if $(FIND_POSTGRES) && command -v pgbouncer >/dev/null && command -v redis-server >/dev/null; \
	then POSTGRES_URL=$(POSTGRES_URL) $(TESTS) $(BY_ITSELF) -n $(JOBS) --dist loadfile tests/deploy/nightly; \
	else $(call skipped,several machines and a pooler: no PostgreSQL at $(POSTGRES_URL) or no pgbouncer or redis-server. Try: apt-get install pgbouncer redis-server); fi
	@if $(FIND_CHROMIUM); \
	then COOKIE_EVIDENCE=$$(mktemp -d) $(BIN)/pytest tests/journeys/test_cookies.py -c tests/journeys/pytest.ini --rootdir . -q; \
	else $(call skipped,cookies on every page in every state: no chromium. Try: apt-get install chromium-headless-shell); fi
	@for one in booted containers bare; do \
	bash tests/deploy/nightly/$$one.sh || { [ $$? -eq 75 ] && $(call skipped,$$one: what it needs was not found); } || exit 1; done

journeys: .venv/test ## the browser journeys, where chromium is found
	@if $(FIND_CHROMIUM); \
	then $(BIN)/pytest tests/journeys -c tests/journeys/pytest.ini --rootdir . -n $(WALKERS) --dist loadfile; \
	else $(call skipped,the browser journeys: no chromium. Try: apt-get install chromium-headless-shell); fi

editors-pictures: .venv/test ## take the pictures of docs/editors.md anew; needs chromium
	$(BIN)/pytest tests/journeys/take_pictures.py -c tests/journeys/pytest.ini --rootdir . -q

accessibility: .venv/test ## look at the public pages for the accessibility statement; needs chromium
	$(BIN)/pytest tests/journeys/write_accessibility.py -c tests/journeys/pytest.ini --rootdir . -q

cookie-evidence: .venv/test ## record what browsers are given to keep, and keep the evidence; needs chromium
	COOKIE_EVIDENCE=docs/cookie-evidence $(BIN)/pytest tests/journeys/test_cookies.py -c tests/journeys/pytest.ini --rootdir . -q
	cp docs/cookie-evidence/checked.json home/cookies/checked.json

matrix: ## the tests on SQLite with each Python and Wagtail we promise, in environments of their own
	@sh tests/matrix.sh -n $(JOBS) -q

bench: .venv/test bench-pages ## measure, side by side with peers
	DJANGO_SETTINGS_MODULE=plum.settings.test $(BIN)/pytest -o addopts="" -p no:randomly -s tests/bench

bench-pages: .venv/test ## how fast public pages are sent, beside nginx, the bare server, plain Wagtail and Django's cache; and a first view on a slow telephone
	@if command -v wrk >/dev/null; then $(BIN)/python -m tests.bench.pages; \
	else $(call skipped,the table of pages: no wrk. Try: apt-get install wrk nginx-light); fi
	@if command -v chromium >/dev/null; then $(BIN)/python -m tests.bench.first_view; \
	else $(call skipped,a first view: no chromium. Try: apt-get install chromium); fi

bench-desk: .venv/test ## time the pages of the CMS with a million deliveries; needs PostgreSQL
	DATABASE_URL=$(POSTGRES_URL) DJANGO_SETTINGS_MODULE=plum.settings.test $(BIN)/python -m tests.bench.desk

release: .venv/test ## look whether the version in pyproject.toml may be released, and lay what it leaves behind; needs PostgreSQL
	POSTGRES_URL=$(POSTGRES_URL) $(BIN)/python -m tests.releasing

picture: .venv/test ## draw the rooms and their arrows into docs/architecture.md
	$(BIN)/python -m tests.picture docs/architecture.md

audit: .venv/test ## look for known weaknesses in the dependencies
	@sh tests/audit.sh $(BIN)/pip-audit

requirements: ## pin the dependencies anew (needs uv)
	uv pip compile -q --python-version 3.11 --universal --no-strip-extras --generate-hashes --no-emit-index-url --custom-compile-command "make requirements" pyproject.toml -o requirements.txt
	uv pip compile -q --python-version 3.11 --universal --no-strip-extras --generate-hashes --no-emit-index-url --custom-compile-command "make requirements" -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt

clean: ## forget the virtual environment; the data under var/ stays
	rm -rf .venv .venv-matrix

FIND_POSTGRES = $(BIN)/python -c "import psycopg; psycopg.connect('$(POSTGRES_URL)'.rsplit('/', 1)[0] + '/postgres', connect_timeout=3)" 2>/dev/null
# Its shell is the same browser without windows.
FIND_CHROMIUM = { command -v chromium-headless-shell || command -v chromium; } >/dev/null
# Where everything must run, as in CI, a skip is a failure.
skipped = { echo "SKIPPED $(1)"; [ -z "$(NOTHING_SKIPPED)" ]; }

.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python 3.11 or newer with venv is needed. On Debian: apt install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/pip requirements.txt
	@echo "Installing what Plum needs, into .venv: some minutes the first time …"
	@$(BIN)/pip install $(QUIETLY) --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: .venv/bin/pip requirements-dev.txt
	@echo "Installing what the tests need, into .venv: some minutes the first time …"
	@$(BIN)/pip install $(QUIETLY) --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run
