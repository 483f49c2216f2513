# Needs Python 3.11 or later and make; every other tool is installed into .venv, from the hashed locks.
# Paths are relative throughout, so that a checkout may live in a folder with spaces in its name.
# It keeps to what GNU make 3.81 knows, which is what macOS ships.

.DEFAULT_GOAL := help
.NOTPARALLEL:  # pip must not run twice in one .venv, and nothing else here gains from `make -j`
.PHONY: help try run draft review install test bench check format lock clean FORCE

PY := .venv/bin/python
LINT_IMPORTS := .venv/bin/lint-imports --no-logo
PYTHONS := $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3 python)
BACKEND := $(shell sed -n 's/^requires = \["\(.*\)"\]/\1/p' pyproject.toml)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16
	@echo '  ARGS passes options on: make try ARGS="--no-browser --port 8899", make test ARGS="tests/test_cli.py -k find"'

try: $(firstword $(wildcard .venv/.dev) .venv/.try)  ## the bot in a simulated Discord, in your browser; no token needed
	@$(PY) -m bot try $(ARGS)

run: install  ## the bot on Discord; token from DISCORD_TOKEN or DISCORD_TOKEN_FILE
	@$(PY) -m bot run $(ARGS)

draft: $(firstword $(wildcard .venv/.dev) .venv/.draft)  ## articles into drafts of seeds: make draft ARGS="article.html"
	@$(PY) -m bot draft $(ARGS)

review: $(firstword $(wildcard .venv/.dev) .venv/.draft)  ## go through a draft, statement by statement: make review ARGS="FILE"
	@$(PY) -m bot review $(ARGS)

install: $(firstword $(wildcard .venv/.dev .venv/.try .venv/.draft) .venv/.run)  ## what `make run` needs, without starting it (for a service)

test: .venv/.dev  ## all tests on all cores with branch coverage, or what ARGS names without
	$(PY) -m pytest $(if $(ARGS),$(ARGS),--numprocesses=auto --dist=worksteal --cov --cov-report=term)

bench: .venv/.bench  ## what digests, a million statements, finding among them and drafting cost, against peers (half an hour)
	$(PY) -W ignore -m tests.benchmarks.digest
	$(PY) -W ignore -m tests.benchmarks.bulk
	$(PY) -W ignore -m tests.benchmarks.reload
	$(PY) -W ignore -m tests.benchmarks.questions
	$(PY) -W ignore -m tests.benchmarks.drafting
	$(PY) -W ignore -m tests.benchmarks.search $(ARGS)

check: .venv/.dev  ## format, lint, types, import contracts, seeds
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(LINT_IMPORTS)
	$(PY) -m bot check

format: .venv/.dev  ## format the code and mend what ruff can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

# uv, since its locks hold for every platform and Python at once. The versions in the locks stay where they
# still fit; `make lock ARGS=--upgrade` takes the newest. The build backend goes in too, because hash-checked
# installs leave nothing to fetch later. It names no index: a mirror serves the same files.
lock: .venv/.created  ## write the lock files anew from pyproject.toml
	@command -v uv >/dev/null 2>&1 || test -x .venv/uv/bin/uv \
	  || { $(PY) -m venv .venv/uv && .venv/uv/bin/python -m pip install --quiet uv; }
	@$(call compile,requirements.lock,)
	@$(call compile,requirements-try.lock,--extra try --constraints requirements.lock)
	@$(call compile,requirements-draft.lock,--extra draft --constraints requirements-try.lock)
	@$(call compile,requirements-dev.lock,--extra dev --constraints requirements-try.lock --constraints requirements-draft.lock)
	@$(call compile,requirements-bench.lock,--extra bench --constraints requirements-dev.lock)

clean:  ## remove what was built, installed or cached here (never seeds or data)
	rm -rf .venv build *.egg-info .coverage .coverage.* htmlcov .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find bot commands tests -name __pycache__ -type d -prune -exec rm -rf {} +

define compile
echo 'Locking $(1)' && echo '$(BACKEND)' | PATH="$$PATH:.venv/uv/bin" uv pip compile --quiet --no-config \
  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
  --custom-compile-command 'make lock' --output-file $(1) $(2) $(ARGS) pyproject.toml -
endef

# ---------------------------------------------------------------------------------------------- .venv
# .venv/.created says that the environment is there; .run, .try, .draft and .dev say which lock it holds. .try and
# .draft both hold all of .run, and .dev all of both, so the largest that is there serves. They have locks of their
# own since the tools of `dev` more than triple what is fetched; their versions agree, so that one environment may
# hold both. A changed lock or pyproject.toml installs again. An environment that was moved, or whose Python is
# gone, is made anew: its scripts carry absolute paths. .bench comes on top of .dev.

ifneq ($(shell $(PY) -c 'import pip' 2>/dev/null && cat .venv/.place),$(CURDIR))
.venv/.created: FORCE
endif

.venv/.created:
	@old=; bare=; \
	for python in $(PYTHONS); do \
	  "$$python" -c '' 2>/dev/null || continue; \
	  if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then old="$${old:-$$python}"; continue; fi; \
	  if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then bare="$${bare:-$$python}"; continue; fi; \
	  rm -rf .venv && "$$python" -m venv .venv || { rm -rf .venv; exit 1; }; \
	  printf '%s\n' "$$PWD" > .venv/.place && touch $@; exit; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "$$bare has no venv module. Install it (Debian, Ubuntu: apt install python3-venv), then try again."; \
	elif [ -n "$$old" ]; then \
	  echo "On Record needs Python 3.11 or later; $$old is $$("$$old" -V 2>&1). Install a newer one, or name one: make PYTHON=/path/to/python3"; \
	else \
	  echo "On Record needs Python 3.11 or later, and no python3 was found. Install it, or name one: make PYTHON=/path/to/python3"; \
	fi >&2; exit 1

.venv/.run: requirements.lock pyproject.toml .venv/.created
	@$(call install,requirements.lock)

.venv/.try: requirements-try.lock pyproject.toml .venv/.created
	@$(call install,requirements-try.lock)

.venv/.draft: requirements-draft.lock pyproject.toml .venv/.created
	@$(call install,requirements-draft.lock)

.venv/.dev: requirements-dev.lock pyproject.toml .venv/.created
	@$(call install,requirements-dev.lock)

.venv/.bench: requirements-bench.lock pyproject.toml .venv/.dev
	@$(call install,requirements-bench.lock)

# The lock and the project in two steps: pip refuses an editable project where hashes are required. Python
# compiles what is imported when it is, which is sooner done than compiling everything here.
define install
echo 'Installing what $(1) lists into .venv; this takes a minute, and happens only when it changes.'; \
if $(PY) -m pip install --quiet --retries 2 --no-compile --require-hashes -r $(1) > .venv/pip.log 2>&1 \
  && $(PY) -m pip install --quiet --no-deps --no-build-isolation --editable . >> .venv/pip.log 2>&1; \
then touch $@; else \
  tail -n 20 .venv/pip.log >&2; \
  if grep -qiE 'connection|timed out|name resolution|proxy|unreachable' .venv/pip.log; \
  then echo 'The packages could not be fetched: is this machine online? Nothing is lost; try again when it is.' >&2; \
  else echo 'pip could not install the packages: its last lines are above, all of them in .venv/pip.log.' >&2; fi; \
  exit 1; fi
endef
