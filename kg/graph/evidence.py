"""Evidence: the characters of a source that prove a fact, as Web Annotation selectors.

The IRI of a piece of evidence is its document's IRI with a text/plain fragment (RFC 5147): positions count Unicode code
points from 0, the end is exclusive, so ``source[start:end]`` is the quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.graph.terms import OA, PW, TYPE, integer, string
from kg.identifiers import iri, span_iri
from kg.records import DocumentRecords

_CLASS: Final = PW("Evidence")
_SOURCE: Final = OA("hasSource")
_SELECTOR: Final = OA("hasSelector")
_POSITION: Final = OA("TextPositionSelector")
_QUOTE: Final = OA("TextQuoteSelector")
_START: Final = OA("start")
_END: Final = OA("end")
_EXACT: Final = OA("exact")


def evidence_iri(base: str, document: str, start: int, end: int) -> NamedNode:
    """IRI of ``source[start:end]`` of a document."""
    return NamedNode(span_iri(iri(base, "document", document), start, end))


def evidence(base: str, records: DocumentRecords, start: int, end: int) -> Iterator[Triple]:
    """Position and quote of ``source[start:end]``; the quote is cut from the source here, so it cannot differ."""
    paper = iri(base, "document", records.document.id)
    node = NamedNode(span_iri(paper, start, end))
    position = NamedNode(span_iri(paper, start, end, "position"))
    quote = NamedNode(span_iri(paper, start, end, "quote"))
    yield Triple(node, TYPE, _CLASS)
    yield Triple(node, _SOURCE, NamedNode(paper))
    yield Triple(node, _SELECTOR, position)
    yield Triple(node, _SELECTOR, quote)
    yield Triple(position, TYPE, _POSITION)
    yield Triple(position, _START, integer(start))
    yield Triple(position, _END, integer(end))
    yield Triple(quote, TYPE, _QUOTE)
    yield Triple(quote, _EXACT, string(records.text[start:end]))
