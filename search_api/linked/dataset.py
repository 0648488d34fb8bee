"""The knowledge base as a dataset, in VoID and DCAT: what it holds, how large it is and where to get it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Store, Triple

from kg.graph.terms import DCTERMS, PREFIXES, TYPE, Namespace, integer, string
from search_api.linked.vocabularies import published

VOID: Final = Namespace("void")
DCAT: Final = Namespace("dcat")
_VOCABULARIES: Final = ("skos", "prov", "oa", "dcterms", "fabio", "cito", "doco", "qb", "qudt")
_CLASSES: Final = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing a ?class } GROUP BY ?class"
_PROPERTIES: Final = "SELECT ?property (COUNT(*) AS ?count) WHERE { ?s ?property ?o } GROUP BY ?property"
_SUBJECTS: Final = "SELECT (COUNT(DISTINCT ?s) AS ?count) WHERE { ?s ?p ?o }"


def dataset(store: Store, snapshot: str, public_url: str, base_iri: str) -> list[Triple]:
    """The description of one snapshot; counts are taken from the graph itself."""
    return list(_dataset(store, snapshot, public_url, base_iri))


def _dataset(store: Store, snapshot: str, public_url: str, base_iri: str) -> Iterator[Triple]:
    node = NamedNode(f"{public_url}/dataset")
    yield Triple(node, TYPE, VOID("Dataset"))
    yield Triple(node, TYPE, DCAT("Dataset"))
    yield Triple(node, DCTERMS("title"), string("Policyweave knowledge graph"))
    yield Triple(node, DCTERMS("description"), string("Measures, challenges and figures of policy papers with proofs."))
    yield Triple(node, DCTERMS("identifier"), string(snapshot))
    yield Triple(node, VOID("sparqlEndpoint"), NamedNode(f"{public_url}/sparql"))
    yield Triple(node, VOID("uriSpace"), string(base_iri))
    yield Triple(node, VOID("triples"), integer(len(store)))
    yield Triple(node, VOID("distinctSubjects"), integer(_counted(store, _SUBJECTS)[0][1]))
    for prefix in _VOCABULARIES:
        yield Triple(node, VOID("vocabulary"), NamedNode(PREFIXES[prefix]))
    for each in published().values():
        yield Triple(node, VOID("vocabulary"), each.node)
    yield from _partitions(node, VOID("classPartition"), VOID("class"), VOID("entities"), _counted(store, _CLASSES))
    yield from _partitions(
        node, VOID("propertyPartition"), VOID("property"), VOID("triples"), _counted(store, _PROPERTIES)
    )
    yield from _services(node, public_url)


def _services(node: NamedNode, public_url: str) -> Iterator[Triple]:
    graph = NamedNode(f"{public_url}/dataset#graph")
    yield Triple(node, DCAT("distribution"), graph)
    yield Triple(graph, TYPE, DCAT("Distribution"))
    yield Triple(graph, DCTERMS("title"), string("The whole graph, in the syntax that the Accept header asks for"))
    yield Triple(graph, DCAT("accessURL"), NamedNode(f"{public_url}/rdf-graph-store?default"))
    for each in published().values():
        part = NamedNode(f"{public_url}/dataset#{each.name}")
        yield Triple(node, DCAT("distribution"), part)
        yield Triple(part, TYPE, DCAT("Distribution"))
        yield Triple(part, DCTERMS("title"), string(f"{each.title} {each.version}"))
        yield Triple(part, DCAT("downloadURL"), NamedNode(f"{public_url}/data/{each.name}.ttl"))
        yield Triple(part, DCAT("mediaType"), NamedNode("https://www.iana.org/assignments/media-types/text/turtle"))


def _counted(store: Store, query: str) -> list[tuple[str, int]]:
    """Name (empty where the query gives none) and count of each row, sorted."""
    rows = [[term.value for term in row] for row in store.query(query)]  # type: ignore[union-attr]
    return sorted((row[0] if len(row) > 1 else "", int(row[-1])) for row in rows)


def _partitions(
    node: NamedNode, part: NamedNode, of: NamedNode, size: NamedNode, counts: list[tuple[str, int]]
) -> Iterator[Triple]:
    for number, (iri, count) in enumerate(counts):
        name = NamedNode(f"{node.value}#{part.value.rpartition('#')[2]}-{number}")
        yield Triple(node, part, name)
        yield Triple(name, of, NamedNode(iri))
        yield Triple(name, size, integer(count))
