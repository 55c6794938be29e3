# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WITH_DEV := $(VENV)/.ready-dev

.PHONY: run test check build screenshots bench clean

run: build ## environment, install, compile the gazetteer, open the dashboard; PORT=8600 chooses the port
	$(BIN)/luftlinie open $(if $(PORT),--port $(PORT)) seeds

test: $(WITH_DEV) build ## environment, install, whole test suite
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(WITH_DEV) ## formatting, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

build: $(READY)
	$(BIN)/luftlinie gazetteer build

screenshots: $(WITH_DEV) build ## take the README's pictures again
	$(BIN)/python scripts/take_screenshots.py

bench: $(WITH_DEV) build ## the numbers that speed claims rest on
	$(BIN)/python -m pip install --quiet -e ".[bench]"
	$(BIN)/python benchmarks/run.py

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml | $(BIN)/python
	@echo "Installing what Luftlinie needs; the first time this takes a few minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(WITH_DEV): pyproject.toml | $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
