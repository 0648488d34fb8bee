"""Which snapshots a server holds: a graph of its own lists each that is being sent, with its size once it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.errors import GraphServerError
from kg.graph.http import Connection
from kg.graph.server import Server
from kg.graph.terms import PREFIXES, TYPE

_DATASET: Final = NamedNode(PREFIXES["void"] + "Dataset")
_TRIPLES: Final = NamedNode(PREFIXES["void"] + "triples")
ROWS: Final = "application/sparql-results+json"
_LISTED: Final = f"SELECT ?graph ?size {{ ?graph {TYPE} {_DATASET} . OPTIONAL {{ ?graph {_TRIPLES} ?size }} }}"


def listed(connection: Connection) -> Mapping[str, int | None]:
    """The snapshots that were sent and how many triples each has; None where it is not whole.

    Raises GraphServerError.
    """
    server = connection.server
    found = {}
    for row in _rows(connection, _LISTED, server.registry):
        size = row.get("size")
        found[server.snapshot(row["graph"])] = None if size is None else int(size)
    return found


def whole(connection: Connection) -> Mapping[str, int]:
    """The snapshots that are whole, with their sizes. Raises GraphServerError."""
    return {snapshot: size for snapshot, size in listed(connection).items() if size is not None}


def size_of(connection: Connection, snapshot: str) -> int:
    """How many triples the graph of a snapshot has, counted by the server."""
    counted = _rows(connection, "SELECT (COUNT(*) AS ?size) { ?s ?p ?o }", connection.server.graph(snapshot))
    return int(counted[0]["size"])


def begin(connection: Connection, snapshot: str) -> None:
    """Say that a snapshot is being sent."""
    connection.update(_insert(connection.server, f"<{connection.server.graph(snapshot)}> {TYPE} {_DATASET}"))


def finish(connection: Connection, snapshot: str, size: int) -> None:
    """Say that a snapshot is whole: from here on it may be read."""
    graph = connection.server.graph(snapshot)
    connection.update(_insert(connection.server, f"<{graph}> {_TRIPLES} {Literal(size)}"))


def remove(connection: Connection, snapshot: str) -> None:
    """Take a snapshot off the list, then its triples."""
    server, graph = connection.server, connection.server.graph(snapshot)
    connection.update(f"DELETE WHERE {{ GRAPH <{server.registry}> {{ <{graph}> {_TRIPLES} ?size }} }}")
    connection.update(f"DROP SILENT GRAPH <{graph}>")
    connection.update(f"DELETE WHERE {{ GRAPH <{server.registry}> {{ <{graph}> {TYPE} ?class }} }}")


def _insert(server: Server, triple: str) -> str:
    return f"INSERT DATA {{ GRAPH <{server.registry}> {{ {triple} }} }}"


def _rows(connection: Connection, query: str, graph: str) -> list[dict[str, str]]:
    with connection.query(query, graph, ROWS) as answer:
        try:
            found = parse_query_results(answer.read(), QueryResultsFormat.JSON)
            assert isinstance(found, QuerySolutions)
            names = [variable.value for variable in found.variables]
            return [_bound(names, row) for row in found]
        except SyntaxError as error:
            raise GraphServerError(
                f"{answer.url} does not answer as a SPARQL endpoint does ({error.msg}): correct POLICYWEAVE_GRAPH_URL"
            ) from error


def _bound(names: Sequence[str], row: Iterable[object]) -> dict[str, str]:
    cells = zip(names, row, strict=True)
    return {name: term.value for name, term in cells if isinstance(term, NamedNode | Literal)}
