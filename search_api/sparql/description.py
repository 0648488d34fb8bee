"""What the endpoint says of itself: SPARQL 1.1 Service Description, with VoID counts of the live snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import anyio.to_thread
from pyoxigraph import BlankNode, NamedNode, Triple

from kg.graph.export import as_bytes
from kg.graph.server import Place
from kg.graph.terms import LABEL, PW, RDFS, TYPE, string
from search_api.sparql.engine import Source

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"),
)


@dataclass(slots=True)
class Describer:
    """Describes the endpoint; counts each snapshot once."""

    _counted: dict[Path | Place, tuple[Triple, ...]] = field(default_factory=dict)

    async def describe(self, source: Source, syntax: str) -> bytes:
        """The description in a syntax of ``kg.graph.export``."""
        if source.graph not in self._counted:
            self._counted = {source.graph: tuple(await anyio.to_thread.run_sync(source.statistics))}
        return as_bytes([*_service(source), *self._counted[source.graph]], syntax)


def _service(source: Source) -> Iterator[Triple]:
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), NamedNode(source.graph_name)
    yield Triple(service, TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(f"{source.public_url}/sparql"))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield from _search(service, source)
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), graph)
    yield Triple(graph, TYPE, _sd("Graph"))


def _search(service: BlankNode, source: Source) -> Iterator[Triple]:
    """The search inside queries: an extension of the language, and an endpoint that other stores may ask."""
    search = PW("search")
    yield Triple(service, _sd("languageExtension"), search)
    yield Triple(search, TYPE, _sd("Feature"))
    yield Triple(search, LABEL, string("search by meaning and by words, as SERVICE pw:search"))
    yield Triple(search, RDFS("seeAlso"), NamedNode(source.search_endpoint))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
