"""The graph as files: N-Triples in one canonical order, and the other RDF syntaxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from pyoxigraph import RdfFormat, Store, serialize

from kg.errors import MisuseError
from kg.graph.terms import PREFIXES

FORMATS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "nt": RdfFormat.N_TRIPLES,
        "ttl": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "rdf": RdfFormat.RDF_XML,
    }
)


def ntriples(store: Store) -> Iterator[bytes]:
    """Canonical N-Triples, one line each, sorted by bytes: the same triples give the same lines."""
    yield from sorted(f"{quad.triple} .\n".encode() for quad in store)


def write(store: Store, output: BinaryIO, syntax: str = "nt") -> None:
    """Write all triples in ``syntax`` (a key of FORMATS) in a fixed order; MisuseError for an unknown one."""
    if syntax not in FORMATS:
        raise MisuseError(f"no such syntax: {syntax}. Choose one of {', '.join(FORMATS)}")
    if syntax == "nt":
        output.writelines(ntriples(store))
        return
    ordered = sorted((quad.triple for quad in store), key=str)
    serialize(ordered, output, format=FORMATS[syntax], prefixes=dict(PREFIXES))
