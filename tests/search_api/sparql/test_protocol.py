"""The query operation of the SPARQL 1.1 Protocol, over a real server and real workers.

The cases are those that the specification speaks of (sections 2.1 and 2.2), and those that it leaves to the service.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from fastapi import FastAPI
from pyoxigraph import RdfFormat, parse

from kg.settings import Settings
from search_api.sparql.engine import DEFAULT_GRAPH, Source
from search_api.sparql.pool import WorkerPool
from search_api.sparql.protocol import router

LABELS = "SELECT ?label { ?m a pw:Measure ; rdfs:label ?label } ORDER BY ?label LIMIT 2"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
SETTINGS = Settings(sparql_timeout=2.0, sparql_memory=256 * 2**20, sparql_max_rows=3000, sparql_workers=2)
DATA = "https://example.org/data"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}

Send = Callable[[httpx.Client], httpx.Response]


@pytest.fixture
def client(endpoint: httpx.Client) -> httpx.Client:
    return endpoint


def _get(client: httpx.Client, query: str, accept: str = "text/csv") -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept})


@pytest.mark.parametrize(
    "send",
    [
        lambda c: c.get("/sparql", params={"query": LABELS}, headers={"Accept": "text/csv"}),
        lambda c: c.post("/sparql", data={"query": LABELS}, headers={"Accept": "text/csv"}),
        lambda c: c.post("/sparql", content=LABELS, headers={"Accept": "text/csv", **DIRECT}),
        lambda c: c.post(
            "/sparql?format=csv", content=LABELS, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}
        ),
        lambda c: c.post("/sparql", data={"query": LABELS, "format": "csv"}),
        lambda c: c.post(
            "/sparql",
            content=httpx.QueryParams({"query": LABELS, "format": "csv"}).__str__(),
            headers={"Content-Type": 'Application/X-WWW-Form-URLencoded; Charset="utf-8"'},
        ),
    ],
)
def test_three_ways_to_send_a_query(client: httpx.Client, send: Send) -> None:
    answer = send(client)
    assert (answer.status_code, answer.text) == (200, "label\r\nold 0000\r\nold 0001\r\n")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("SELECT * { ?s a pw:Measure } LIMIT 1", None, "application/sparql-results+json"),
        ("SELECT * { ?s a pw:Measure } LIMIT 1", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT * { ?s a pw:Measure } LIMIT 1", "text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-va"),
        ("ASK { ?s a pw:Measure }", "application/sparql-results+json", "application/sparql-results+json"),
        (
            "ASK { ?s a pw:Measure }",
            "application/sparql-results+xml;q=0.9, */*;q=0.1",
            "application/sparql-results+xml",
        ),
        ("CONSTRUCT { ?s a pw:Claim } WHERE { ?s a pw:Measure } LIMIT 1", None, "text/turtle"),
        ("CONSTRUCT WHERE { ?s a pw:Measure } LIMIT 1", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s a pw:Measure } LIMIT 1", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s a pw:Measure } LIMIT 1", "application/n-quads", "application/n-quads"),
        ("CONSTRUCT WHERE { ?s a pw:Measure } LIMIT 1", "application/trig", "application/trig"),
        ("DESCRIBE <https://example.org/old/1>", "application/ld+json", "application/ld+json"),
    ],
)
def test_each_form_gives_what_is_accepted(
    client: httpx.Client, query: str, accept: str | None, media_type: str
) -> None:
    client.headers.pop("accept", None)
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert int(answer.headers["content-length"]) == len(answer.content) > 0


def test_results_are_what_was_asked(client: httpx.Client) -> None:
    assert _get(client, "ASK { ?m a pw:Measure }", "*/*").json()["boolean"] is True
    described = _get(client, "DESCRIBE <https://example.org/old/1>", "text/turtle")
    assert len(list(parse(described.content, format=RdfFormat.TURTLE))) == 2
    built = _get(client, "CONSTRUCT { ?m a pw:Claim } { ?m a pw:Measure } LIMIT 5", "application/n-triples")
    assert len(built.text.splitlines()) == 5
    assert ElementTree.fromstring(_get(client, LABELS, "application/sparql-results+xml").content)


@pytest.mark.parametrize(
    ("path", "accept"), [("/sparql", "*/*"), ("/sparql", "text/turtle"), ("/rdf-graph-store?default", "text/turtle")]
)
def test_head_tells_what_get_would(client: httpx.Client, path: str, accept: str) -> None:
    parameters = {} if "?" in path or accept == "text/turtle" else {"query": LABELS}
    head, get = (
        client.request(method, path, params=parameters or None, headers={"Accept": accept})
        for method in ("HEAD", "GET")
    )
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(get.content) > 0
    assert head.headers["content-type"] == get.headers["content-type"]


NUMBERS = "SELECT ?n { ?s pw:number ?n } ORDER BY ?n"
NAMED = "SELECT ?g ?n { GRAPH ?g { ?s pw:number ?n } } ORDER BY ?n"
TWO = [("default-graph-uri", f"{DATA}1"), ("default-graph-uri", f"{DATA}2")]


@pytest.mark.parametrize(
    ("query", "named", "numbers"),
    [
        (NUMBERS, [], []),
        (NUMBERS, [("default-graph-uri", f"{DATA}1")], ["1"]),
        (NUMBERS, TWO, ["1", "2"]),
        (NUMBERS, [*TWO, *TWO], ["1", "2"]),
        (NUMBERS, [("named-graph-uri", f"{DATA}1")], []),
        (NAMED, [], ["1", "2", "3"]),
        (NAMED, [("named-graph-uri", f"{DATA}1"), ("named-graph-uri", f"{DATA}3")], ["1", "3"]),
        (NAMED, [("default-graph-uri", f"{DATA}1")], []),
        (NAMED, [("default-graph-uri", f"{DATA}1"), ("named-graph-uri", f"{DATA}2")], ["2"]),
        # What the protocol names goes before what the query names, as a whole (section 2.1.4).
        (NUMBERS.replace("{", f"FROM <{DATA}3> {{", 1), [], ["3"]),
        (NUMBERS.replace("{", f"FROM <{DATA}3> {{", 1), TWO, ["1", "2"]),
        (NAMED.replace("{", f"FROM NAMED <{DATA}3> {{", 1), [], ["3"]),
        (NAMED.replace("{", f"FROM NAMED <{DATA}3> {{", 1), TWO, []),
        (NAMED.replace("{", f"FROM <{DATA}3> {{", 1), [], []),
        (NUMBERS.replace("{", f"FROM <{DATA}3> {{", 1), [("named-graph-uri", f"{DATA}1")], []),
        (NUMBERS, [("default-graph-uri", ""), ("named-graph-uri", "")], []),
    ],
)
def test_the_dataset_is_the_one_that_is_named(
    client: httpx.Client, query: str, named: list[tuple[str, str]], numbers: list[str]
) -> None:
    pairs = [("query", query), ("format", "json"), *named]
    by_get = client.get("/sparql", params=pairs)
    by_form = client.post("/sparql", content=str(httpx.QueryParams(pairs)), headers=FORM)
    mixed = client.post("/sparql", params=pairs[1:], content=query, headers=DIRECT)
    for answer in (by_get, by_form, mixed):
        assert answer.status_code == 200, answer.text
        assert [row["n"]["value"] for row in answer.json()["results"]["bindings"]] == numbers


@pytest.mark.parametrize(
    "name", ["https://pw.example.org/rdf-graph-store?default", "https://pw.example.org/dataset", DEFAULT_GRAPH]
)
def test_the_default_graph_has_a_name(client: httpx.Client, name: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for parameters in (
        [("query", count.replace("{", f"FROM <{name}> {{"))],
        [("query", count), ("default-graph-uri", name), ("default-graph-uri", DEFAULT_GRAPH)],
    ):
        assert client.get("/sparql", params=parameters, headers={"Accept": "text/csv"}).text == "n\r\n2000\r\n"


@pytest.mark.parametrize(
    ("send", "status"),
    [
        # Malformed requests.
        (lambda c: c.post("/sparql", data={"format": "csv"}), 400),
        (lambda c: c.get("/sparql?query=ASK{}&query=ASK{}"), 400),
        (lambda c: c.get("/sparql?query=ASK{}&format=json&format=xml"), 400),
        (lambda c: c.get("/sparql?default-graph-uri=http://x"), 400),
        (lambda c: c.post("/sparql?query=ASK{}", content="ASK{}", headers=DIRECT), 400),
        (lambda c: c.post("/sparql", content="query=ASK{}&query=ASK{}", headers=FORM), 400),
        (lambda c: c.get("/sparql?query="), 400),
        (lambda c: c.get("/sparql?query=SELECT+nothing"), 400),
        (lambda c: c.post("/sparql", content=b"\xff", headers=DIRECT), 400),
        (lambda c: c.post("/sparql", content=b"query=%FF", headers=FORM), 400),
        (lambda c: c.get(f"/sparql?query=ASK{{}}&default-graph-uri={DATA}9"), 400),
        (lambda c: c.get(f"/sparql?query=ASK{{}}&named-graph-uri={DATA}9"), 400),
        (lambda c: c.get(f"/sparql?query=ASK+FROM+<{DATA}9>{{}}"), 400),
        # Updates, in each way that they can be sent, alone and beside a query.
        (lambda c: c.get("/sparql?update=CLEAR+ALL"), 403),
        (lambda c: c.post("/sparql", data={"update": "CLEAR ALL"}), 403),
        (lambda c: c.post("/sparql", content="x", headers={"Content-Type": "application/sparql-update"}), 403),
        (lambda c: c.get("/sparql?query=INSERT+DATA+{<a:a>+<a:b>+1}"), 403),
        (lambda c: c.get("/sparql?query=LOAD+<http://127.0.0.1:1/>"), 403),
        (lambda c: c.get("/sparql?query=ASK{}&update=CLEAR+ALL"), 400),
        (lambda c: c.post("/sparql", data={"query": "ASK{}", "update": "CLEAR ALL"}), 400),
        # Media types, characters and methods.
        (lambda c: c.post("/sparql", content="ASK{}", headers={"Content-Type": "text/plain"}), 415),
        (lambda c: c.post("/sparql", content="ASK{}"), 415),
        (
            lambda c: c.post(
                "/sparql", content="ASK{}", headers={"Content-Type": "application/sparql-query; charset=UTF-16"}
            ),
            415,
        ),
        (lambda c: c.get("/sparql?query=ASK{}", headers={"Accept": "image/png"}), 406),
        (lambda c: c.get("/sparql?query=ASK{}", headers={"Accept": "text/turtle"}), 406),
        (lambda c: c.get("/sparql?query=ASK{}&format=doc"), 406),
        (lambda c: c.get("/sparql", headers={"Accept": "image/png"}), 406),
        (lambda c: c.put("/sparql"), 405),
        (lambda c: c.delete("/sparql"), 405),
        (lambda c: c.patch("/sparql"), 405),
    ],
)
def test_what_is_no_query_is_refused_with_its_own_status(client: httpx.Client, send: Send, status: int) -> None:
    answer = send(client)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    if status == 405:
        assert {method.strip() for method in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", 403, "read-only"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", 403, "query-forbidden"),
        ("SELECT * FROM <http://example.org/> { ?a ?b ?c }", 400, "unknown-graph"),
        ("SELECT * { ?s ?p }", 400, "query-syntax"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "query-rows"),
        (RUNAWAY, 504, "query-timeout"),
        (HUNGRY, 503, "query-memory"),
        ("SELECT * " + "{" * 50_000 + "}" * 50_000, 503, "query-memory"),
        ("SELECT * { SERVICE pw:search { ?p pw:query 'x' } }", 400, "query-search"),
    ],
)
def test_failures_are_problems(client: httpx.Client, query: str, status: int, kind: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body = answer.json()
    assert body["status"] == status
    assert body["type"].endswith(f"/{kind}")
    assert body["detail"]
    assert ("retry-after" in answer.headers) is (status == 503)


@pytest.mark.parametrize(
    ("query", "line", "column", "hint"),
    [
        ("SELECT * {\n  ?s rdfs:label ?o\n  ?s a ?x\n}", 3, 3, None),
        ("SELECT * {\n ?s foafx:name ?o }", 2, 5, "declare it"),
        ("SELECT * { ?s provo:used ?o }", 1, 15, "did you mean 'prov:'"),
        ("SELECT * {\n ?s ?p ?o FILTER(STRLENN(?o) > 3) }", 2, 18, "did you mean STRLEN?"),
        ("SELECT * { ?s ?p ?o .\n { ?s a ?c . }\n", None, None, "the '{' in line 1, column 10 is never closed"),
        ("SELECT * { ?s ?p ?o } }", None, None, "the '}' in line 1, column 23 closes nothing"),
        ("SELECT * { FILTER(1 > 0 }", None, None, "the '(' in line 1, column 18 is never closed"),
        ("SELECT * { OPTIONL { ?s ?p ?o } }", 1, 12, "did you mean OPTIONAL?"),
        ("SELEC * { ?s ?p ?o }", 1, 1, "did you mean SELECT?"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", None, None, "GROUP BY"),
    ],
)
def test_an_error_has_its_place_and_a_hint(
    client: httpx.Client, query: str, line: int | None, column: int | None, hint: str | None
) -> None:
    body = _get(client, query).json()
    assert body["type"].endswith("/query-syntax")
    assert line is None or (body["line"], body["column"]) == (line, column)
    assert (hint or "") in body.get("hint", "")
    assert hint is None or body["hint"]


def test_a_long_result_is_sent_whole(client: httpx.Client) -> None:
    answer = _get(client, "SELECT * { ?a ?b ?c . OPTIONAL { ?c ?d ?e } }")
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"]) > 100_000
    assert len(answer.text.splitlines()) == 2001


def test_others_go_on_beside_a_runaway(client: httpx.Client) -> None:
    with ThreadPoolExecutor(3) as threads:
        runaways = [threads.submit(_get, client, RUNAWAY) for _ in range(2)]
        while not all(runaway.running() for runaway in runaways):
            pass
        answers = [_get(client, LABELS) for _ in range(3)]
        assert {answer.status_code for answer in answers} == {200}
        assert {runaway.result().status_code for runaway in runaways} == {504}


def test_a_client_that_goes_frees_its_worker(
    graphs: dict[str, Path], running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    settings = SETTINGS.model_copy(update={"sparql_workers": 1, "sparql_timeout": 60.0})
    app = FastAPI()
    app.include_router(router(lambda: Source(graphs["old"]), WorkerPool(settings)))
    with running(app) as url, httpx.Client(base_url=url) as client:
        # Two, so that the first fills the place for slow queries and the second the only other.
        for _ in range(2):
            with pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": RUNAWAY}, timeout=0.5)
        assert client.get("/sparql", params={"query": "ASK {}"}, timeout=10).status_code == 200


def test_a_new_snapshot_is_followed(client: httpx.Client, current: dict[str, Path], graphs: dict[str, Path]) -> None:
    assert "old 0000" in _get(client, LABELS).text
    current["path"] = graphs["new"]
    assert "new 0000" in _get(client, LABELS).text
    current["path"] = graphs["old"]
