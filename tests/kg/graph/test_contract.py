"""One contract for all that may hold a graph: the store in a folder, the Oxigraph server, and Virtuoso."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.graph.port import Dataset, Graph, NotHeldError, Result, opened
from kg.graph.server import Place, server_of
from kg.graph.store import write
from kg.graph.terms import LABEL, PW, TYPE, decimal, integer, year
from kg.graph.upload import upload
from kg.settings import Settings

Made = Callable[[Sequence[Triple]], Graph]

TEXTS = (
    Literal("plain"),
    Literal('a "quoted" \\ word, a tab\tand a line\nbreak'),
    Literal("a page\x0cbreak and \u4e2d\u6587 \U0001f33e"),
    Literal("Hafen", language="de"),
    Literal("\u6e2f\u53e3", language="zh"),
    integer(-7),
    decimal(0.25),
    year(2021),
    Literal("2021-03-04", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    NamedNode("https://example.org/a%20b#char=1,2"),
)
NUMBERS = count(1)


def _thing(number: int) -> NamedNode:
    return NamedNode(f"https://example.org/{number:05d}")


def _many(number: int) -> list[Triple]:
    things = [_thing(n) for n in range(number)]
    return [*(Triple(t, TYPE, PW("Measure")) for t in things), *(Triple(t, LABEL, Literal(t.value)) for t in things)]


def _rows(result: Result) -> list[tuple[object, ...]]:
    assert isinstance(result, QuerySolutions)
    return [tuple(row) for row in result]


def _truth(result: Result) -> bool:
    assert isinstance(result, QueryBoolean)
    return bool(result)


def _triples(result: Result) -> set[Triple]:
    assert not isinstance(result, QueryBoolean | QuerySolutions)
    return set(result)


@pytest.fixture(params=["embedded", "oxigraph", "virtuoso"])
def made(request: pytest.FixtureRequest, graph_server: Callable[[str], dict[str, object]], tmp_path: Path) -> Made:
    """Function of triples to a graph that holds them."""
    if request.param == "embedded":

        def embedded(triples: Sequence[Triple]) -> Graph:
            assert write(tmp_path / "graph", triples) == len(triples)
            return opened(tmp_path / "graph")

        return embedded
    server = server_of(Settings.model_validate(graph_server(request.param)))
    assert server is not None

    def remote(triples: Sequence[Triple]) -> Graph:
        snapshot = f"{next(NUMBERS):032x}"
        assert upload(server, snapshot, triples) == len(triples)
        return opened(Place(server, snapshot))

    return remote


def test_terms_come_back_as_they_were_written(made: Made) -> None:
    graph = made([Triple(_thing(n), PW("text"), text) for n, text in enumerate(TEXTS)])
    assert graph.query("SELECT ?text { ?thing pw:text ?text } ORDER BY ?thing", _rows) == [(text,) for text in TEXTS]


def test_an_unbound_variable_stays_unbound(made: Made) -> None:
    graph = made(_many(1))
    found = graph.query("SELECT ?label ?none { ?m rdfs:label ?label OPTIONAL { ?m pw:none ?none } }", _rows)
    assert found == [(Literal(_thing(0).value), None)]


@pytest.mark.parametrize(("pattern", "truth"), [("?m a pw:Measure", True), ("?m a pw:Challenge", False)])
def test_asking(made: Made, pattern: str, truth: bool) -> None:
    assert made(_many(2)).query(f"ASK {{ {pattern} }}", _truth) is truth


def test_constructing(made: Made) -> None:
    graph = made(_many(3))
    built = {Triple(_thing(n), PW("theme"), Literal(_thing(n).value)) for n in range(3)}
    assert graph.query("CONSTRUCT { ?m pw:theme ?l } { ?m rdfs:label ?l }", _triples) == built
    assert graph.query("CONSTRUCT { ?m pw:theme ?l } { ?m pw:none ?l }", _triples) == set()


def test_describing_says_what_is_known_of_a_thing(made: Made) -> None:
    assert set(_many(1)) <= made(_many(2)).query(f"DESCRIBE {_thing(0)}", _triples)


def test_more_than_one_block(made: Made) -> None:
    graph = made(_many(1300))
    assert len(graph.query("SELECT ?m { ?m a pw:Measure }", _rows)) == 1300
    assert graph.dump(_triples) == set(_many(1300))


def test_a_declaration_in_the_query_goes_first(made: Made) -> None:
    graph = made(_many(1))
    assert graph.query("PREFIX rdfs: <urn:other:> ASK { ?m rdfs:label ?l }", _truth) is False
    assert graph.query("BASE <https://w3id.org/policyweave/> ASK { ?m a <ontology#Measure> }", _truth) is True


@pytest.mark.parametrize("query", ["SELECT ?m { ?m a pw:Measure", "SELECT ?m { ?m a } LIMIT x", "INSERT DATA { }"])
def test_what_cannot_be_parsed_is_told(made: Made, query: str) -> None:
    with pytest.raises(SyntaxError):
        made(_many(1)).query(query, _rows)


def test_functions_of_an_engine_are_unknown(made: Made) -> None:
    with pytest.raises((RuntimeError, ValueError), match="custom function"):
        made(_many(1)).query("PREFIX bif: <bif:> SELECT (bif:sys_stat('st_dbms_name') AS ?x) {}", _rows)


def test_other_graphs_are_not_there(made: Made) -> None:
    graph = made(_many(2))
    other = Dataset(("https://example.org/none",))
    for name in (other, Dataset(named=("https://example.org/none",))):
        with pytest.raises(NotHeldError, match="none"):
            graph.query("ASK { ?s ?p ?o }", _truth, name)
    with pytest.raises(NotHeldError, match="none"):
        graph.dump(_triples, "https://example.org/none")
    assert graph.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }", _rows) == []


def test_a_given_dataset_wins_over_what_the_query_names(made: Made) -> None:
    graph = made(_many(2))
    query = "SELECT ?m FROM <https://example.org/none> { ?m a pw:Measure }"
    assert len(graph.query(query, _rows, Dataset())) == 2


def test_who_stops_reading_can_ask_again(made: Made) -> None:
    graph = made(_many(1300))

    def first(result: Result) -> None:
        assert isinstance(result, Iterable)
        next(iter(result))
        raise StopAsyncIteration

    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        with pytest.raises(StopAsyncIteration):
            graph.query(query, first)
    assert graph.query("ASK { ?m a pw:Measure }", _truth)
