"""How a graph server can fail, each told as what it is: over real sockets, with a server that misbehaves on demand."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, Triple

from kg.errors import GraphServerError
from kg.graph.http import Connection
from kg.graph.port import Result, opened
from kg.graph.server import Place, Server, server_of
from kg.graph.terms import LABEL
from kg.graph.upload import upload
from kg.settings import Settings

SNAPSHOT = f"{0xB1:032x}"
BASE = "https://remote.example.org/"
SELECT = "SELECT * { ?s ?p ?o }"
ROW = b'{"s":{"type":"uri","value":"https://example.org/a"}}'
HEAD = b'{"head":{"vars":["s"]},"results":{"bindings":['
LISTED = (
    f'{{"head":{{"vars":["graph","size"]}},"results":{{"bindings":[{{"graph":{{"type":"uri","value":"{BASE}snapshot/'
    f'{SNAPSHOT}"}},"size":{{"type":"literal","value":"1"}}}}]}}}}'
).encode()
JSON = {"Content-Type": "application/sparql-results+json"}
TRIPLES = {"Content-Type": "application/n-triples"}
TRIPLE = b'<a:a> <a:b> "1" .\n'


@dataclass(slots=True)
class Said:
    """What the server says next: status, headers and body; ``length`` is announced instead of the body's own."""

    status: int = 200
    headers: dict[str, str] | None = None
    body: bytes = b""
    length: int | None = None
    user: str = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    said: Said

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        said = self.said
        wanted = "Basic " + base64.b64encode(said.user.encode()).decode()
        if said.user and self.headers["Authorization"] != wanted:
            said = Said(401, {"WWW-Authenticate": 'Basic realm="graph"'})
        elif "size" in form["query"][0]:
            said = Said(200, JSON, LISTED)
        self.send_response(said.status)
        for name, value in (said.headers or {}).items():
            self.send_header(name, value)
        if said.length != -1:
            self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
        self.end_headers()
        self.wfile.write(said.body)
        self.close_connection = said.length is not None

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def saying() -> Iterator[Callable[..., Server]]:
    """Function of what a server says to that server; it knows one snapshot, which is whole."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()

        def start(said: Said) -> Server:
            _Handler.said = said
            url = f"http://127.0.0.1:{listening.server_address[1]}/sparql"
            return Server(url, url, BASE)

        yield start
        listening.shutdown()
        thread.join()


def _all(result: Result) -> int:
    assert not isinstance(result, QueryBoolean)
    return sum(1 for _ in result)


def _ask(server: Server, query: str = SELECT) -> int:
    return opened(Place(server, SNAPSHOT)).query(query, _all)


def test_a_whole_answer_is_taken(saying: Callable[..., Server]) -> None:
    assert _ask(saying(Said(200, JSON, HEAD + ROW + b"," + ROW + b"]}}"))) == 2
    assert _ask(saying(Said(200, TRIPLES, TRIPLE)), "CONSTRUCT WHERE { ?s ?p ?o }") == 1


@pytest.mark.parametrize("body", [HEAD, HEAD + ROW, HEAD + ROW + b",", HEAD + ROW + b"]", HEAD + ROW + b"]}", b""])
def test_rows_that_break_off_are_no_result(saying: Callable[..., Server], body: bytes) -> None:
    with pytest.raises(GraphServerError, match="breaks off"):
        _ask(saying(Said(200, JSON, body)))


@pytest.mark.parametrize(
    ("headers", "body", "query"), [(JSON, HEAD, SELECT), (TRIPLES, TRIPLE, "CONSTRUCT WHERE { ?s ?p ?o }")]
)
def test_a_body_shorter_than_announced_is_no_result(
    saying: Callable[..., Server], headers: dict[str, str], body: bytes, query: str
) -> None:
    with pytest.raises(GraphServerError, match="broke its answer off"):
        _ask(saying(Said(200, headers, body, length=1000)), query)


def test_a_graph_without_an_end_is_no_result(saying: Callable[..., Server]) -> None:
    with pytest.raises(GraphServerError, match="where a graph ends"):
        _ask(saying(Said(200, TRIPLES, TRIPLE, length=-1)), "CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said(200, {**JSON, "X-SPARQL-MaxRows": "10000"}, HEAD + b"]}}"), "after 10000 rows.*ResultSetMaxRows"),
        (Said(200, {**JSON, "X-SQL-State": "S1TAT"}, HEAD + b"]}}"), "MaxQueryExecutionTime"),
        (Said(500, {}, b"Transaction timed out"), "HTTP 500.*narrow the query.*Transaction timed out"),
        (Said(503, {}, b""), "HTTP 503.*own limit"),
        (Said(403, {}, b""), "POLICYWEAVE_GRAPH_USER"),
        (Said(200, {"Content-Type": "text/html"}, b"<html>"), "text/html instead of .*POLICYWEAVE_GRAPH_URL"),
        (Said(404, {}, b"not here"), "no SPARQL endpoint.*POLICYWEAVE_GRAPH_URL.*not here"),
        (Said(302, {"Location": "/"}, b""), "no SPARQL endpoint"),
    ],
)
def test_each_failure_says_what_to_do(saying: Callable[..., Server], said: Said, message: str) -> None:
    with pytest.raises(GraphServerError, match=message):
        _ask(saying(said))


def test_a_password_is_given_where_it_is_asked_for(saying: Callable[..., Server]) -> None:
    server = saying(Said(200, JSON, HEAD + ROW + b"]}}", user="ana:secret"))
    with pytest.raises(GraphServerError, match="POLICYWEAVE_GRAPH_USER"):
        _ask(server)
    with pytest.raises(GraphServerError, match="POLICYWEAVE_GRAPH_PASSWORD"):
        _ask(replace(server, user="ana", password="wrong"))
    assert _ask(replace(server, user="ana", password="secret")) == 1
    assert "secret" not in repr(replace(server, password="secret"))


def test_a_server_that_is_away_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
    with pytest.raises(GraphServerError, match=r"cannot be reached.*start it, or correct"):
        _ask(Server(url, url, BASE))


def test_a_server_that_is_silent_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        with (
            Connection(Server(url, url, BASE), 0.3) as connection,
            pytest.raises(GraphServerError, match="does not answer in time"),
        ):
            connection.update("CLEAR DEFAULT")


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_wrong_addresses_and_passwords_of_real_servers(
    graph_server: Callable[[str], dict[str, object]], kind: str
) -> None:
    server = server_of(Settings.model_validate(graph_server(kind)))
    assert server is not None
    server = replace(server, base=BASE)
    with pytest.raises(GraphServerError, match="no SPARQL endpoint"):
        _ask(replace(server, query_url=server.query_url.rpartition("/")[0] + "/nowhere"))
    with pytest.raises(GraphServerError, match="policyweave publish"):
        _ask(server)
    if kind == "virtuoso":
        with pytest.raises(GraphServerError, match="POLICYWEAVE_GRAPH_USER"):
            upload(replace(server, password="wrong"), SNAPSHOT, [])


def test_a_server_that_cuts_results_is_found_out(graph_server: Callable[[str], dict[str, object]]) -> None:
    """Debian ships Virtuoso with ResultSetMaxRows set."""
    server = server_of(Settings.model_validate(graph_server("virtuoso-cutting")))
    assert server is not None
    triples = [Triple(NamedNode(f"https://example.org/{n}"), LABEL, Literal(n)) for n in range(30)]
    with pytest.raises(GraphServerError, match="ResultSetMaxRows"):
        upload(replace(server, base=BASE), SNAPSHOT, triples)
