"""An endpoint over stores that hold named graphs beside the default one, served on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.graph.store import open_read_only
from kg.graph.terms import LABEL, PW, TYPE
from kg.settings import Settings
from search_api import problems
from search_api.linked.dataset import dataset
from search_api.sparql.engine import Source
from search_api.sparql.pool import WorkerPool
from search_api.sparql.protocol import router

SETTINGS = Settings(sparql_timeout=2.0, sparql_memory=256 * 2**20, sparql_max_rows=3000, sparql_workers=2)
DATA = "https://example.org/data"


def _store(folder: Path, word: str) -> Path:
    """Measures in the default graph, and three named graphs with one triple each that says its number."""
    store = Store(str(folder))
    for number in range(1000):
        node = NamedNode(f"https://example.org/{word}/{number}")
        store.add(Quad(node, TYPE, PW("Measure")))
        store.add(Quad(node, LABEL, Literal(f"{word} {number:04d}")))
    for number in (1, 2, 3):
        graph = NamedNode(f"{DATA}{number}")
        store.add(Quad(graph, PW("number"), Literal(number), graph))
    store.flush()
    return folder


def _source(graph: Path) -> Source:
    def statistics() -> list[Triple]:
        return dataset(open_read_only(graph), graph.name, "https://pw.example.org", "https://example.org/")

    return Source(graph, None, "https://pw.example.org", statistics)


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("graphs")
    return {word: _store(folder / word, word) for word in ("old", "new")}


@pytest.fixture(scope="session")
def current(graphs: dict[str, Path]) -> dict[str, Path]:
    return {"path": graphs["old"]}


@pytest.fixture(scope="session")
def endpoint(
    current: dict[str, Path], running: Callable[[FastAPI], AbstractContextManager[str]]
) -> Iterator[httpx.Client]:
    app = FastAPI()
    problems.install(app)
    app.include_router(router(lambda: _source(current["path"]), WorkerPool(SETTINGS)))
    with running(app) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client
