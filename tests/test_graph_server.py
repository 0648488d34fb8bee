"""A knowledge base whose graph lies on a SPARQL server: the same questions get the same answers; failures are told."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kg.graph.queries import load, names
from kg.settings import Settings
from kg.snapshot import open_snapshot
from search_api.app import create_app

QUERIES = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "ASK { ?m a pw:Measure }",
    "SELECT ?m ?text { ?m a pw:Measure ; rdfs:label ?text }",
    "SELECT ?s ?rank ?type { SERVICE pw:search { ?s pw:query 'skilled people leaving' ; pw:rank ?rank } ?s a ?type }",
    "CONSTRUCT { ?m pw:theme ?t } { ?m a pw:Measure ; pw:theme ?t }",
    *(load(name) for name in names()),
)
RDF = "application/n-triples"


@pytest.fixture(scope="module")
def embedded(corpus_settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(corpus_settings)) as client:
        yield client


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def named(
    request: pytest.FixtureRequest, graph_server: Callable[[str], dict[str, object]], corpus_settings: Settings
) -> dict[str, str]:
    """Settings of a server as a user gives them, after the live snapshot was sent to it."""
    environment = {f"POLICYWEAVE_{name.upper()}": str(value) for name, value in graph_server(request.param).items()}
    done = _policyweave(corpus_settings.data, environment, "publish")
    assert (done.returncode, done.stderr) == (0, "")
    assert open_snapshot(corpus_settings.data).id in done.stdout
    return environment


@pytest.fixture(scope="module")
def served(named: dict[str, str], corpus_settings: Settings) -> Iterator[TestClient]:
    given = {name.removeprefix("POLICYWEAVE_").lower(): value for name, value in named.items()}
    with TestClient(create_app(Settings.model_validate({**corpus_settings.model_dump(), **given}))) as client:
        yield client


def _policyweave(data: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "--data", str(data), *arguments]
    return subprocess.run(command, env={"PATH": "", **environment}, capture_output=True, text=True, check=False)


def _rows(body: bytes) -> list[list[str]]:
    return sorted(csv.reader(io.StringIO(body.decode(), newline="")))


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_query_gives_the_same_result(embedded: TestClient, served: TestClient, query: str) -> None:
    accept = RDF if query.startswith("CONSTRUCT") else "text/csv" if "SELECT" in query else "application/json"
    asked = {"params": {"query": query}, "headers": {"accept": accept}}
    ours, theirs = embedded.get("/sparql", **asked), served.get("/sparql", **asked)
    assert (ours.status_code, theirs.status_code) == (200, 200), theirs.text
    if accept == "text/csv":
        assert _rows(theirs.content) == _rows(ours.content)
    else:
        assert sorted(theirs.text.splitlines()) == sorted(ours.text.splitlines())


def test_named_queries_and_whole_graphs(embedded: TestClient, served: TestClient) -> None:
    for path in ("/queries/measures-in-regions?region=China&format=csv", "/rdf-graph-store?default&format=nt"):
        ours, theirs = embedded.get(path), served.get(path)
        assert theirs.status_code == 200, theirs.text
        assert sorted(theirs.text.splitlines()) == sorted(ours.text.splitlines())


def test_the_command_line_asks_the_server(named: dict[str, str], corpus_settings: Settings) -> None:
    asked = ("sparql", "SELECT (COUNT(*) AS ?n) { ?m a pw:Measure }")
    ours, theirs = (_policyweave(corpus_settings.data, environment, *asked) for environment in ({}, named))
    assert (ours.returncode, theirs.returncode) == (0, 0), theirs.stderr
    assert theirs.stdout == ours.stdout
    away = {**named, "POLICYWEAVE_GRAPH_URL": "http://127.0.0.1:1/sparql"}
    failed = _policyweave(corpus_settings.data, away, *asked)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "cannot be reached" in failed.stderr
    assert _policyweave(corpus_settings.data, {}, "publish").returncode == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", 403),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("DEFINE input:storage '' SELECT * { ?s ?p ?o }", 400),
        ("PREFIX bif: <bif:> SELECT (bif:sys_stat('st_dbms_name') AS ?x) {}", 400),
        ("SELECT * FROM <http://www.openlinksw.com/schemas/virtrdf#> { ?s ?p ?o }", 400),
        ("SELECT * { ?s ?p }", 400),
        (f"SELECT * {{ {' UNION '.join(['{ ?a ?b ?c }'] * 9)} }} LIMIT 100001", 413),
    ],
)
def test_what_is_refused_is_refused_here(served: TestClient, query: str, status: int) -> None:
    answer = served.get("/sparql", params={"query": query})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text


def test_a_failing_server_is_a_problem(corpus_settings: Settings) -> None:
    away = corpus_settings.model_copy(update={"graph_url": "http://127.0.0.1:1/sparql"})
    with TestClient(create_app(away)) as client:
        answer = client.get("/sparql", params={"query": "ASK {}"})
        assert (answer.status_code, answer.json()["title"]) == (502, "The graph server fails")
        assert "POLICYWEAVE_GRAPH_URL" in answer.json()["detail"]
        assert client.post("/ask", json={"question": "which measures keep skilled people?"}).status_code == 200


def test_nothing_goes_live_that_the_server_did_not_take(corpus_settings: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(corpus_settings.data, data, symlinks=True)
    live = (data / "current").read_text()
    paper = tmp_path / "new.txt"
    paper.write_text("Harbours\n\nThe town should build a quay for small boats, because its fishers lack shelter.\n")
    away = {"POLICYWEAVE_GRAPH_URL": "http://127.0.0.1:1/sparql"}
    failed = _policyweave(data, away, "ingest", str(paper))
    assert failed.returncode == 1
    assert "cannot be reached" in failed.stderr
    assert (data / "current").read_text() == live
    assert json.loads(_policyweave(data, {}, "status", "--json").stdout)["snapshot"] == live.strip()
    assert _policyweave(data, {}, "ingest", str(paper)).returncode == 0
    assert (data / "current").read_text() != live
