"""The endpoint over real stores and real worker processes: protocol, errors, limits, and life after a runaway."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import QueryLimitError, SnapshotError
from kg.graph.store import write
from kg.graph.terms import LABEL, PW, TYPE
from kg.settings import Settings
from search_api import problems
from search_api.sparql import engine
from search_api.sparql.errors import MemoryLimitError, RowLimitError, TimeLimitError
from search_api.sparql.pool import WorkerPool
from search_api.sparql.protocol import router

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
LABELS = "SELECT ?label { ?m a pw:Measure ; rdfs:label ?label } ORDER BY ?label LIMIT 2"
# Room for the interpreter and the store, little for a query.
SETTINGS = Settings(sparql_timeout=2.0, sparql_memory=256 * 2**20, sparql_max_rows=3000, sparql_workers=2)


def _measures(count: int, word: str) -> list[Triple]:
    nodes = [NamedNode(f"https://example.org/{word}/{number}") for number in range(count)]
    labels = [Triple(node, LABEL, Literal(f"{word} {number:04d}")) for number, node in enumerate(nodes)]
    return [*(Triple(node, TYPE, PW("Measure")) for node in nodes), *labels]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("graphs")
    for word in ("old", "new"):
        write(folder / word, _measures(1000, word))
    return {"old": folder / "old", "new": folder / "new"}


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(SETTINGS) as pool:
        yield pool


@pytest.fixture(scope="module")
def current(graphs: dict[str, Path]) -> dict[str, Path]:
    return {"path": graphs["old"]}


@pytest.fixture(scope="module")
def client(current: dict[str, Path]) -> Iterator[TestClient]:
    app = FastAPI()
    problems.install(app)
    app.include_router(router(lambda: current["path"], SETTINGS))
    with TestClient(app) as client:
        yield client


def _get(client: TestClient, query: str, accept: str = "text/csv") -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept})


def test_get_post_and_form_give_the_same(client: TestClient) -> None:
    accept = {"Accept": "text/csv"}
    answers = [
        _get(client, LABELS),
        client.post("/sparql", data={"query": LABELS}, headers=accept),
        client.post("/sparql", content=LABELS, headers={**accept, "Content-Type": "application/sparql-query"}),
        client.post(
            "/sparql?format=csv", content=LABELS, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}
        ),
    ]
    assert {answer.text for answer in answers} == {"label\r\nold 0000\r\nold 0001\r\n"}
    assert {answer.status_code for answer in answers} == {200}
    assert answers[0].headers["content-type"] == "text/csv; charset=utf-8"
    assert answers[0].headers["vary"] == "Accept"


def test_head_tells_the_length(client: TestClient) -> None:
    answer = client.head("/sparql", params={"query": LABELS, "format": "csv"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(_get(client, LABELS).content)


def test_all_forms(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?m a pw:Measure }"}).json()["boolean"] is True
    described = _get(client, "DESCRIBE <https://example.org/old/1>", "text/turtle")
    assert len(list(parse(described.content, format=RdfFormat.TURTLE))) == 2
    built = _get(client, "CONSTRUCT { ?m a pw:Claim } { ?m a pw:Measure } LIMIT 5", "application/n-triples")
    assert len(built.text.splitlines()) == 5


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", 403, "read-only"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", 403, "query-forbidden"),
        ("SELECT * FROM <http://example.org/> { ?a ?b ?c }", 403, "query-forbidden"),
        ("SELECT * { ?s ?p }", 400, "query-syntax"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "query-rows"),
        (RUNAWAY, 504, "query-timeout"),
        (HUNGRY, 503, "query-memory"),
        ("SELECT * " + "{" * 50_000 + "}" * 50_000, 503, "query-memory"),
    ],
)
def test_failures_are_problems(client: TestClient, query: str, status: int, kind: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body = answer.json()
    assert body["status"] == status
    assert body["type"].endswith(f"/{kind}")
    assert body["detail"]


def test_a_syntax_error_has_its_place(client: TestClient) -> None:
    body = _get(client, "SELECT * {\n  ?s rdfs:label ?o\n  ?s a ?x\n}").json()
    assert body["line"] in {3, 4}
    assert body["column"] >= 1
    assert _get(client, "SELECT * {\n ?s foafx:name ?o }").json()["line"] == 2
    assert "did you mean 'prov:'" in _get(client, "SELECT * { ?s provo:used ?o }").json()["hint"]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (lambda client: client.get("/sparql"), 400),
        (lambda client: client.get("/sparql?query=ASK{}&query=ASK{}"), 400),
        (lambda client: client.get("/sparql?update=CLEAR+ALL"), 403),
        (lambda client: client.post("/sparql", data={"update": "CLEAR ALL"}), 403),
        (
            lambda client: client.post("/sparql", content="x", headers={"Content-Type": "application/sparql-update"}),
            403,
        ),
        (lambda client: client.post("/sparql", content="x", headers={"Content-Type": "text/plain"}), 415),
        (
            lambda client: client.post(
                "/sparql", content=b"\xff", headers={"Content-Type": "application/sparql-query"}
            ),
            400,
        ),
        (lambda client: client.get("/sparql?query=ASK{}&default-graph-uri=http://x"), 403),
        (lambda client: client.get("/sparql?query=ASK{}&default-graph-uri="), 200),
        (lambda client: client.get("/sparql?query=ASK{}", headers={"Accept": "image/png"}), 406),
        (lambda client: client.put("/sparql"), 405),
    ],
)
def test_the_protocol_is_kept(
    client: TestClient, request_: Callable[[TestClient], httpx.Response], status: int
) -> None:
    answer = request_(client)
    assert answer.status_code == status, answer.text
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"


def test_others_go_on_beside_a_runaway(client: TestClient) -> None:
    with ThreadPoolExecutor(2) as threads:
        runaway = threads.submit(_get, client, RUNAWAY)
        time.sleep(0.3)
        started = time.monotonic()
        assert _get(client, LABELS).status_code == 200
        assert time.monotonic() - started < 1.5
        assert not runaway.done()
        assert runaway.result().status_code == 504


def test_a_full_house_is_told_and_then_goes_on(graphs: dict[str, Path]) -> None:
    settings = SETTINGS.model_copy(update={"sparql_workers": 1, "sparql_timeout": 0.8})
    app = FastAPI()
    app.include_router(router(lambda: graphs["old"], settings))
    with TestClient(app) as client, ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: _get(client, RUNAWAY), range(4)))
        assert {answer.status_code for answer in answers} <= {503, 504}
        assert _get(client, LABELS).status_code == 200


def test_a_new_snapshot_is_followed(client: TestClient, current: dict[str, Path], graphs: dict[str, Path]) -> None:
    assert "old 0000" in _get(client, LABELS).text
    current["path"] = graphs["new"]
    assert "new 0000" in _get(client, LABELS).text
    current["path"] = graphs["old"]


def test_a_worker_that_is_lost_is_replaced(pool: WorkerPool, graphs: dict[str, Path]) -> None:
    for query, error in [(RUNAWAY, TimeLimitError), (HUNGRY, MemoryLimitError)]:
        with pytest.raises(error):
            engine.evaluate(pool, graphs["old"], query, None)
        assert engine.evaluate(pool, graphs["old"], LABELS, "text/csv").count == 2


def test_a_worker_stays_for_the_next_query(graphs: dict[str, Path]) -> None:
    with WorkerPool(SETTINGS.model_copy(update={"sparql_workers": 1})) as pool:
        engine.evaluate(pool, graphs["old"], LABELS, None)
        first = _workers()
        engine.evaluate(pool, graphs["old"], LABELS, None)
        assert _workers() == first != set()


def test_a_missing_graph_is_told(pool: WorkerPool, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="policyweave verify"):
        engine.evaluate(pool, tmp_path, "ASK {}", None)


def test_too_many_rows_are_an_error_and_not_a_cut(pool: WorkerPool, graphs: dict[str, Path]) -> None:
    with pytest.raises(RowLimitError, match="3000 rows"):
        engine.evaluate(pool, graphs["old"], "SELECT * { ?a ?b ?c . ?d ?e ?f }", None)
    assert engine.evaluate(pool, graphs["old"], "SELECT * { ?a ?b ?c }", None).count == 2000


def test_execute_for_the_command_line(graphs: dict[str, Path]) -> None:
    assert engine.execute(LABELS, "csv", graphs["old"], SETTINGS).body == b"label\r\nold 0000\r\nold 0001\r\n"
    assert engine.execute(LABELS, None, graphs["old"], SETTINGS).media_type == "application/sparql-results+json"


def test_too_little_memory_to_start_is_told(graphs: dict[str, Path]) -> None:
    with pytest.raises(QueryLimitError, match="sparql_memory"):
        engine.execute("ASK {}", None, graphs["old"], SETTINGS.model_copy(update={"sparql_memory": 1024}))


def test_a_closed_pool_leaves_no_process_and_can_go_on(graphs: dict[str, Path]) -> None:
    with WorkerPool(SETTINGS) as pool, ThreadPoolExecutor(1) as threads:
        engine.evaluate(pool, graphs["old"], LABELS, None)
        running = threads.submit(engine.evaluate, pool, graphs["old"], RUNAWAY, None)
        time.sleep(0.3)
        pool.close()
        with pytest.raises(QueryLimitError):
            running.result(timeout=1)
        assert engine.evaluate(pool, graphs["old"], LABELS, None).count == 2


def test_the_application_ends_its_workers(graphs: dict[str, Path]) -> None:
    app = FastAPI()
    app.include_router(router(lambda: graphs["old"], SETTINGS))
    before = _workers()
    with TestClient(app) as client:
        assert _get(client, LABELS).status_code == 200
        assert len(_workers() - before) == 1
    assert _workers() == before


def _workers() -> set[int]:
    command = ["ps", "-axww", "-o", "pid=,ppid=,args="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    mine = [line.split(maxsplit=2) for line in listed.splitlines() if "search_api.sparql.worker" in line]
    return {int(pid) for pid, parent, _ in mine if int(parent) == os.getpid()}
