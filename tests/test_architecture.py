"""The shape of the house: who may import whom, how long a file may be, what answers a question may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kg", "ingest", "search_api")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "data" not in path.parts)
HEAVY = ("torch", "sentence_transformers", "transformers", "spacy", "rdflib", "pyshacl", "onnx")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "path",
    sorted(path for path in ROOT.rglob("*.py") if not {".venv", "build", "dist"} & set(path.relative_to(ROOT).parts)),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_longer_than_60_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, f"{node.name} at line {node.lineno}"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_exception_is_swallowed_wholesale(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"bare except in {path}"
                assert not (isinstance(node.type, ast.Name) and node.type.id == "BaseException"), path


def loaded_by(statement: str) -> set[str]:
    """Names of the heavy packages that a statement loads in a fresh interpreter."""
    code = f"import sys\n{statement}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(HEAVY) & set(done.stdout.split())


@pytest.mark.parametrize("module", ["search_api.service", "search_api.app", "kg.cli", "kg.snapshot", "kg.lexicon"])
def test_what_answers_a_question_loads_no_training_stack(module: str) -> None:
    assert loaded_by(f"import {module}") == set()


def test_command_line_help_loads_neither_index_nor_server() -> None:
    statement = "import kg.cli; kg.cli.build()"
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"faiss", "fastapi", "onnxruntime", "pyoxigraph", "tantivy", "numpy"} & set(done.stdout.split())
