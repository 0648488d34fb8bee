"""A snapshot through rdflib: the same triples, the same answers, and no way to change it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from kg.errors import MisuseError
from kg.graph.rdflib_view import open_dataset, open_graph
from kg.graph.store import open_read_only
from kg.identifiers import ONTOLOGY, VOCABULARY

MEASURE = URIRef(ONTOLOGY + "Measure")
NORLAND = URIRef(VOCABULARY + "region/x-norland")


def test_the_triples_are_those_of_the_store(folder: Path, data: Path) -> None:
    store = open_read_only(folder / "graph")
    graph = open_graph(data)
    assert len(graph) == len(store)
    assert {str(thing) for thing in graph.subjects(RDF.type, MEASURE)} == {
        row["m"].value for row in store.query(f"SELECT ?m {{ ?m a <{MEASURE}> }}")
    }


def test_labels_have_the_type_that_rdf_gives_strings(folder: Path, data: Path) -> None:
    label = open_graph(data).value(NORLAND, RDFS.label)
    assert isinstance(label, Literal)
    assert label.toPython() == "Norland"


@pytest.mark.parametrize("opened", [open_graph, open_dataset])
def test_queries_know_the_prefixes(folder: Path, data: Path, opened: object) -> None:
    graph = open_graph(data) if opened is open_graph else open_dataset(data)
    rows = list(graph.query("SELECT ?label { ?m a pw:Measure ; pw:appliesIn region:x-norland ; rdfs:label ?label }"))
    assert len(rows) == 3


def test_nothing_can_be_changed(folder: Path, data: Path) -> None:
    graph = open_graph(data)
    before = len(graph)
    for change in (
        lambda: graph.add((NORLAND, RDFS.label, Literal("other"))),
        lambda: graph.remove((NORLAND, None, None)),
        lambda: graph.update("DELETE WHERE { ?s ?p ?o }"),
        lambda: graph.parse(data=f"<{NORLAND}> <{RDFS.label}> 'x' .", format="turtle"),
    ):
        with pytest.raises(MisuseError, match="read-only"):
            change()
    assert len(graph) == before


def test_a_part_can_be_copied_and_changed(folder: Path, data: Path) -> None:
    mine = Graph()
    for triple in open_graph(data).triples((NORLAND, None, None)):
        mine.add(triple)
    mine.add((NORLAND, RDFS.label, Literal("other")))
    assert Literal("other") in set(mine.objects(NORLAND, RDFS.label))
