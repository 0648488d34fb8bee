"""Citations in the graph: plain edges between papers, other works once each, every entry with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.graph import build, queries, shapes
from kg.graph.terms import PREFIXES
from kg.identifiers import iri
from kg.records import Concept, DocumentRecords, Origin
from kg.settings import Settings

SETTINGS = Settings()


@pytest.fixture
def citing(two_documents: list[DocumentRecords]) -> list[DocumentRecords]:
    """The first document cites the second by its DOI, the second a work that is not here."""
    first, second = two_documents
    doi = "10.5555/forest"
    return [
        replace(first, references=(replace(first.references[0], doi=doi.upper()),)),
        replace(second, document=replace(second.document, doi=doi)),
    ]


def _store(documents: list[DocumentRecords]) -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in build.facts(documents, [], SETTINGS))
    return store


def _rows(store: Store, name: str, **parameters: list[NamedNode]) -> list[dict[str, str]]:
    found = store.query(queries.load(name, **parameters))
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in found]


def test_papers_citing_papers(citing: list[DocumentRecords]) -> None:
    store = _store(citing)
    (row,) = _rows(store, "papers-citing-papers")
    first, second = (records.document for records in citing)
    assert (row["title"], row["citedTitle"]) == (first.title, second.title)
    assert row["entry"] == citing[0].references[0].text
    paper = NamedNode(iri(SETTINGS.base_iri, "document", second.id))
    assert len(_rows(store, "papers-citing-papers", cited=[paper])) == 1
    assert _rows(store, "papers-citing-papers", paper=[paper]) == []


def test_works_cited(citing: list[DocumentRecords], two_documents: list[DocumentRecords]) -> None:
    works = _rows(_store(citing), "works-cited")
    assert [(row["name"], row["papers"]) for row in works] == [("Cranes of small ports", "1"), ("Wälder", "1")]
    (shared,) = _rows(_store(two_documents), "works-cited")
    assert (shared["name"], shared["papers"], shared["year"], shared["doi"]) == (
        "Cranes of small ports",
        "2",
        "1999",
        "10.5555/cranes",
    )


def test_the_graph_keeps_the_shapes_and_the_order_of_documents_does_not_matter(
    citing: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> None:
    triples = list(build.facts(citing, make_concepts(citing), SETTINGS))
    shapes.check(triples)
    assert list(build.facts(citing[::-1], make_concepts(citing), SETTINGS)) == triples


def test_a_paper_says_where_its_facts_come_from(two_documents: list[DocumentRecords]) -> None:
    records = two_documents[0]
    origin = replace(records, document=replace(records.document, origins=(Origin("year", "harbour.yaml, line 2"),)))
    query = f"SELECT ?o {{ ?p <{PREFIXES['dcterms']}provenance> ?o }}"
    assert [row["o"].value for row in _store([origin]).query(query)] == ["year: harbour.yaml, line 2"]
