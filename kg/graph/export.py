"""The graph as files: N-Triples in one canonical order, and the other RDF syntaxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kg.errors import MisuseError
from kg.graph.terms import PREFIXES

FORMATS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "nt": RdfFormat.N_TRIPLES,
        "nq": RdfFormat.N_QUADS,
        "ttl": RdfFormat.TURTLE,
        "trig": RdfFormat.TRIG,
        "jsonld": RdfFormat.JSON_LD,
        "rdf": RdfFormat.RDF_XML,
    }
)


def ntriples(store: Store) -> Iterator[bytes]:
    """Canonical N-Triples, one line each, sorted by bytes: the same triples give the same lines."""
    yield from sorted(f"{quad.triple} .\n".encode() for quad in store)


def check_syntax(syntax: str) -> None:
    """MisuseError unless ``syntax`` is a key of FORMATS."""
    if syntax not in FORMATS:
        raise MisuseError(f"no such syntax: {syntax}. Choose one of {', '.join(FORMATS)}")


def write(store: Store, output: BinaryIO, syntax: str = "nt") -> None:
    """Write all triples in ``syntax`` (a key of FORMATS) in a fixed order; MisuseError for an unknown one."""
    check_syntax(syntax)
    if syntax == "nt":
        output.writelines(ntriples(store))
        return
    ordered = sorted((quad.triple for quad in store), key=str)
    serialize(ordered, output, format=FORMATS[syntax], prefixes=dict(PREFIXES))


def as_bytes(triples: Iterable[Triple], syntax: str) -> bytes:
    """A few triples in ``syntax``, sorted; prefixes that none of them uses are not declared."""
    found = sorted(triples, key=str)
    return serialize(found, format=FORMATS[syntax], prefixes=_used(found)) or b""


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    terms = {term for triple in triples for term in triple}
    names = {term.value for term in terms if isinstance(term, NamedNode)}
    names |= {term.datatype.value for term in terms if isinstance(term, Literal)}
    return {prefix: base for prefix, base in PREFIXES.items() if any(name.startswith(base) for name in names)}
