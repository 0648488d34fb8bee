"""In which forms a thing is described: a page for people, and RDF syntaxes by file ending for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import Triple

from kg.graph.context import context
from kg.graph.export import as_bytes
from search_api.accept import preferred
from search_api.sparql.errors import NotAcceptableError
from search_api.sparql.negotiation import Offer

PAGE: Final = Offer("text/html", "html")
DATA: Final[Mapping[str, Offer]] = MappingProxyType(
    {
        "ttl": Offer("text/turtle; charset=utf-8", "ttl"),
        "jsonld": Offer("application/ld+json", "jsonld"),
        "nt": Offer("application/n-triples", "nt"),
        "rdf": Offer("application/rdf+xml", "rdf"),
        "nq": Offer("application/n-quads", "nq"),
        "trig": Offer("application/trig", "trig"),
    }
)
_ALL: Final = (PAGE, *DATA.values(), Offer("application/json", "jsonld"), Offer("text/plain", "nt"))
# Triples. Compaction with a context costs seconds beyond; what is larger comes in expanded form.
_COMPACTED: Final = 20_000


def chosen(accept: str | None) -> str:
    """``html`` or a key of DATA after an Accept header. Raises NotAcceptableError that lists what can be given."""
    media_types = {offer.media_type.partition(";")[0]: offer.syntax for offer in _ALL}
    found = preferred(accept, list(media_types))
    if not found:
        raise NotAcceptableError(
            f"{accept} cannot be given for a thing of the graph; these can: {', '.join(media_types)}"
        )
    return media_types[found[0]]


def serialized(triples: Iterable[Triple], syntax: str, context_url: str) -> bytes:
    """Triples in a syntax (key of DATA), sorted; JSON-LD names its context by URL and uses its terms."""
    found = list(triples)
    if syntax != "jsonld" or len(found) > _COMPACTED:
        return as_bytes(found, syntax)
    return _compact(found, context_url)


def _compact(triples: list[Triple], context_url: str) -> bytes:
    from rdflib import Graph

    graph = Graph()
    graph.parse(data=as_bytes(triples, "nt"), format="nt")
    document = json.loads(graph.serialize(format="json-ld", context=dict(context()), sort_keys=True))
    return json.dumps(document | {"@context": context_url}, ensure_ascii=False, indent=1).encode()
