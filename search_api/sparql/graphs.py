"""Triples as bytes: Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML, each triple once."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from pyoxigraph import RdfFormat, Triple, serialize

from kg.graph.export import FORMATS
from search_api.sparql.limits import TooManyRowsError

NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PREFIXED: Final = frozenset({"ttl", "trig", "rdf"})


def write(found: Iterable[Triple], syntax: str, limit: int, prefixes: dict[str, str], out: BinaryIO) -> int:
    """Write triples, of which ``found`` may repeat some; how many there are. TooManyRowsError past the limit."""
    triples = dict.fromkeys(_limited(found, limit))
    used = _used(triples, prefixes) if syntax in _PREFIXED else {}
    _serialize(triples, syntax, used, out)
    return len(triples)


def dump(found: Iterable[Triple], syntax: str, prefixes: dict[str, str], out: BinaryIO) -> None:
    """Write all triples of a graph, which repeats none; holds one triple at a time."""
    _serialize(found, syntax, prefixes if syntax in _PREFIXED else {}, out)


def _limited(items: Iterable[Triple], limit: int) -> Iterator[Triple]:
    for count, item in enumerate(items):
        if count >= limit:
            raise TooManyRowsError
        yield item


def _used(triples: Iterable[Triple], prefixes: dict[str, str]) -> dict[str, str]:
    plain = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return {prefix: base for prefix, base in prefixes.items() if f"<{base}".encode() in plain}


def _serialize(triples: Iterable[Triple], syntax: str, prefixes: dict[str, str], out: BinaryIO) -> None:
    target = _XmlFilter(out) if syntax == "rdf" else out
    serialize(triples, target, format=FORMATS[syntax], prefixes=prefixes)  # type: ignore[arg-type]


class _XmlFilter:
    """Passes UTF-8 on without the characters that no XML parser takes, which Oxigraph writes as they are."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def write(self, data: bytes) -> int:
        """Pass a piece on; a character may be cut between two pieces."""
        self._out.write(NOT_XML.sub("\ufffd", self._decode(data)).encode())
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
