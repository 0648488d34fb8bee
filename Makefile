# Two commands for a new user: `make run` and `make test`. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= data
# Where torch comes from, e.g. TORCH_OPTIONS="--index-url <PyTorch's CPU index>" to keep CUDA out (see README).
TORCH_OPTIONS ?=
QUESTION ?= which measures address talent drain in counties?
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PIP_REQUIRE_VIRTUALENV = 1

.PHONY: run serve test lint lock train clean

run: $(VENV)/.run
	@$(BIN)/policyweave --data $(DATA) ingest
	@$(BIN)/policyweave --data $(DATA) ask "$(QUESTION)"
	@echo
	@echo "Serve it:  $(BIN)/policyweave --data $(DATA) serve    then open http://127.0.0.1:8000"

serve: $(VENV)/.run
	$(BIN)/policyweave --data $(DATA) serve

test: $(VENV)/.dev
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(BIN)/python:
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# torch stands outside the hashed lock because its builds (CPU, CUDA) differ by machine; first alone, so that nothing
# else chooses a build, and again at the end, so that pip adds the libraries which that build needs.
define install
	@echo "Installing torch (200 MB or more)"
	@$(PIP) install --no-deps $(TORCH_OPTIONS) -r requirements/torch.txt
	@echo "Installing the locked dependencies"
	@$(PIP) install -q --no-deps --require-hashes -r $(1)
	@$(PIP) install -q $(TORCH_OPTIONS) -r requirements/torch.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@$(PIP) check
endef

ASSETS := hatch_build.py $(wildcard search_api/assets/*.js*)

$(VENV)/.run: requirements/run.txt requirements/torch.txt pyproject.toml $(ASSETS) | $(BIN)/python
	$(call install,requirements/run.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/torch.txt pyproject.toml $(ASSETS) | $(BIN)/python
	$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/.run

# The CUDA libraries belong to torch's build, not to the lock.
UNLOCKED := $(foreach p,torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cccl \
	nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile \
	nvidia-curand nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink \
	nvidia-nvshmem-cu13 nvidia-nvtx,--no-emit-package $(p))
LOCK = $(BIN)/uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate -q $(UNLOCKED)

train: $(VENV)/.dev
	$(BIN)/python -m ingest.training.train

lock: $(VENV)/.dev
	$(LOCK) -o requirements/run.txt
	$(LOCK) --extra test --extra dev -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist search_api/static search_api/assets/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
