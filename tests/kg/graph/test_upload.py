"""Sending a snapshot's graph: whole or not at all, once, and without what other snapshots left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.errors import GraphServerError, SnapshotError
from kg.graph import registry
from kg.graph.http import Connection
from kg.graph.port import Result, opened
from kg.graph.server import Place, Server, server_of
from kg.graph.terms import LABEL
from kg.graph.upload import upload
from kg.settings import Settings

ONE, TWO, THREE = (f"{number:032x}" for number in (0xA1, 0xA2, 0xA3))


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, graph_server: Callable[[str], dict[str, object]]) -> Iterator[Server]:
    """A server with a base of its own, which is empty again afterwards."""
    named = server_of(Settings.model_validate(graph_server(request.param)))
    assert named is not None
    server = replace(named, base="https://upload.example.org/")
    yield server
    with Connection(server) as connection:
        for snapshot in registry.listed(connection):
            registry.remove(connection, snapshot)


def _triples(count: int = 5) -> Iterator[Triple]:
    return (Triple(NamedNode(f"https://example.org/{n}"), LABEL, Literal(n)) for n in range(count))


def _any(result: Result) -> bool:
    assert isinstance(result, QueryBoolean)
    return bool(result)


def _count(result: Result) -> int:
    assert isinstance(result, QuerySolutions)
    return sum(1 for _ in result)


def test_what_is_whole_is_not_sent_again(server: Server) -> None:
    assert upload(server, ONE, _triples()) == 5

    def none() -> Iterator[Triple]:
        raise AssertionError("the triples were read")
        yield

    assert upload(server, ONE, none(), [ONE]) == 5


def test_a_graph_that_lost_triples_is_sent_anew(server: Server) -> None:
    upload(server, ONE, _triples())
    with Connection(server) as connection:
        connection.update(f"DELETE DATA {{ GRAPH <{server.graph(ONE)}> {{ <https://example.org/1> {LABEL} 1 }} }}")
        assert registry.size_of(connection, ONE) == 4
        assert upload(server, ONE, _triples()) == registry.size_of(connection, ONE) == 5


def test_snapshots_lie_side_by_side_and_the_old_ones_go(server: Server) -> None:
    for number, snapshot in enumerate((ONE, TWO), 1):
        upload(server, snapshot, _triples(number), [ONE])
    assert [opened(Place(server, each)).query("SELECT * { ?s ?p ?o }", _count) for each in (ONE, TWO)] == [1, 2]
    upload(server, THREE, _triples(3), [TWO])
    with Connection(server) as connection:
        assert registry.whole(connection) == {TWO: 2, THREE: 3}
        assert registry.size_of(connection, ONE) == 0


def test_half_a_graph_is_never_read_and_goes_with_the_next(server: Server) -> None:
    def breaking() -> Iterator[Triple]:
        yield from _triples(1500)
        raise KeyboardInterrupt

    upload(server, ONE, _triples())
    with pytest.raises(KeyboardInterrupt):
        upload(server, TWO, breaking(), [ONE])
    with Connection(server) as connection:
        assert registry.size_of(connection, TWO) > 0
        assert registry.listed(connection) == {ONE: 5, TWO: None}
    with pytest.raises(GraphServerError, match="policyweave publish"):
        opened(Place(server, TWO)).query("ASK { ?s ?p ?o }", _any)
    assert opened(Place(server, ONE)).query("ASK { ?s ?p ?o }", _any)
    upload(server, THREE, _triples(), [ONE])
    with Connection(server) as connection:
        assert registry.size_of(connection, TWO) == 0
        assert registry.whole(connection) == {ONE: 5, THREE: 5}


def test_graphs_of_others_stay(server: Server) -> None:
    with Connection(server) as connection:
        connection.update("INSERT DATA { GRAPH <https://upload.example.org/mine> { <a:a> <a:b> 1 } }")
        upload(server, ONE, _triples())
        with connection.query("ASK { <a:a> <a:b> 1 }", f"{server.base}mine", "application/sparql-results+json") as told:
            assert "1" in told.read().decode() or "true" in told.read().decode()


def test_blank_nodes_are_refused(server: Server) -> None:
    with pytest.raises(SnapshotError, match="blank node"):
        upload(server, ONE, [Triple(BlankNode(), LABEL, Literal("x"))])
    with Connection(server) as connection:
        assert ONE not in registry.whole(connection)


def test_updates_that_go_elsewhere_are_noticed(graph_server: Callable[[str], dict[str, object]]) -> None:
    one, other = (server_of(Settings.model_validate(graph_server(kind))) for kind in ("virtuoso", "oxigraph"))
    assert one is not None
    assert other is not None
    with pytest.raises(GraphServerError, match="are the same server"):
        upload(replace(one, update_url=other.update_url, base="https://elsewhere.example.org/"), ONE, _triples())
