"""Browsers over the small knowledge base and over the built-in corpus, and SPARQL on the corpus's graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kg.settings import Settings
from search_api.app import create_app
from search_api.browse.browser import Browser
from search_api.service import Service
from search_api.sparql.engine import Alone, Source

Ask = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def browser(service: Service) -> Browser:
    """Browsing over fishing in Peru and timber in Finland."""
    return Browser(service)


@pytest.fixture(scope="session")
def corpus_client(corpus_settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(corpus_settings)) as made:
        yield made


@pytest.fixture(scope="session")
def sparql(corpus_service: Service, corpus_settings: Settings) -> Iterator[Ask]:
    """Function of a query to its rows over the corpus's graph, values as plain Python."""
    graph = corpus_service.world().snapshot.graph_path
    with Alone(Source(graph), corpus_settings) as alone:

        def ask(query: str) -> list[dict[str, Any]]:
            found = json.loads(alone.evaluate(query, "json").body)
            return [{name: _plain(term) for name, term in row.items()} for row in found["results"]["bindings"]]

        yield ask


def _plain(term: dict[str, str]) -> Any:
    kind = term.get("datatype", "").rpartition("#")[2]
    return {"integer": int, "decimal": float}.get(kind, str)(term["value"])
