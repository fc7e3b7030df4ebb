# make run    sets everything up and serves the archive at http://127.0.0.1:8000/
# make test   sets everything up and runs every test
# DATABASE_URL, NEWSROOM_DATA_DIR and the other settings of docs/settings.md are respected, and PORT.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
NEWSROOM_DATA_DIR ?= $(CURDIR)/var
SECRET_KEY_FILE := $(NEWSROOM_DATA_DIR)/secret_key

.PHONY: run setup install test lint format requirements clean

run: export NEWSROOM_DATA_DIR := $(NEWSROOM_DATA_DIR)
run: setup
	@echo "The archive is at http://127.0.0.1:$(PORT)/ and its editing desk at http://127.0.0.1:$(PORT)/admin/ (Ctrl-C stops it)."
	@NEWSROOM_SECRET_KEY="$${NEWSROOM_SECRET_KEY:-$$(cat "$(SECRET_KEY_FILE)")}" \
		$(BIN)/gunicorn newsroom.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning

# Everything before serving: safe to repeat, and it never touches what a user has added.
setup: export NEWSROOM_DATA_DIR := $(NEWSROOM_DATA_DIR)
setup: install $(SECRET_KEY_FILE)
	@export NEWSROOM_SECRET_KEY="$${NEWSROOM_SECRET_KEY:-$$(cat "$(SECRET_KEY_FILE)")}"; \
		$(BIN)/python manage.py setup_archive

$(SECRET_KEY_FILE):
	@mkdir -p "$(@D)"
	@umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > "$@"

install: $(VENV)/installed

$(VENV)/bin/python:
	@$(PYTHON) -c "import sys; sys.exit('Newsroom needs Python 3.11 or later; name one with make PYTHON=python3.12') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

# make test ARGS="tests/test_names.py -k surname"
test: $(VENV)/installed-dev
	$(BIN)/pytest $(ARGS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Compile the pinned lists anew from the .in files. To renew one package only:
# .venv/bin/pip-compile --upgrade-package django ... as below.
requirements: $(VENV)/installed-dev
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --output-file requirements-extra.txt requirements-extra.in
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --output-file requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
