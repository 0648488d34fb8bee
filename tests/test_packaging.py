"""What an installation carries: all packages, and the data files beside the code."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = "from hatchling.build import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("policyweave-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "path",
    [
        "kg/data/ontology/policy.ttl",
        "kg/data/ontology/shapes.ttl",
        "kg/data/ontology/regions.ttl",
        "kg/data/ontology/challenges.ttl",
        "kg/graph/queries/evidence-of-claims.rq",
        "ingest/training/role_head.json",
        "search_api/answerability.json",
        "search_api/templates",
        "search_api/web/style/10-base.css",
        "search_api/web/messages/zh.json",
    ],
)
def test_data_files_are_installed(files: set[str], path: str) -> None:
    assert any(name == path or name.startswith(path + "/") for name in files)


def test_the_corpus_is_installed(files: set[str]) -> None:
    assert len([name for name in files if name.startswith("kg/data/corpus/0")]) == 5


def test_nothing_else_lands_in_the_environment(files: set[str]) -> None:
    assert {name.split("/")[0] for name in files if ".dist-info" not in name} == {"kg", "ingest", "search_api"}


@pytest.mark.skipif(shutil.which("npm") is None, reason="the SPARQL editor is built with npm")
def test_the_editor_is_installed_built(files: set[str]) -> None:
    built = {"sparql-editor.js", "site.js", "graph.js", "licences.txt"}
    assert {f"search_api/static/{name}" for name in built} <= files
    assert not any(name.startswith("search_api/assets/") for name in files)
