"""Evidence: the characters of a source that prove a fact, as Web Annotation selectors.

The IRI of a piece of evidence is its document's IRI with a text/plain fragment (RFC 5147): positions count Unicode code
points from 0, the end is exclusive, so ``source[start:end]`` is the quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.graph.terms import DCTERMS, OA, PW, RDF, TYPE, integer, string
from kg.identifiers import area_iri, iri, span_iri
from kg.places import boxes_of
from kg.records import DocumentRecords, TextBox

_CLASS: Final = PW("Evidence")
_SOURCE: Final = OA("hasSource")
_SELECTOR: Final = OA("hasSelector")
_POSITION: Final = OA("TextPositionSelector")
_QUOTE: Final = OA("TextQuoteSelector")
_START: Final = OA("start")
_END: Final = OA("end")
_EXACT: Final = OA("exact")
_FRAGMENT: Final = OA("FragmentSelector")
_VALUE: Final = RDF("value")
_CONFORMS: Final = DCTERMS("conformsTo")
# What fragments of PDF files are written in, as the Web Annotation data model names it; RFC 8118 is its successor.
_PDF_FRAGMENTS: Final = NamedNode("http://tools.ietf.org/rfc/rfc3778")


def evidence_iri(base: str, document: str, start: int, end: int) -> NamedNode:
    """IRI of ``source[start:end]`` of a document."""
    return NamedNode(span_iri(iri(base, "document", document), start, end))


def evidence(base: str, records: DocumentRecords, start: int, end: int) -> Iterator[Triple]:
    """Position, quote and area of ``source[start:end]``; the quote is cut from the source here, so it cannot differ."""
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
    for fragment in page_fragments(records, start, end):
        area = NamedNode(area_iri(paper, fragment))
        yield Triple(node, _SELECTOR, area)
        yield Triple(area, TYPE, _FRAGMENT)
        yield Triple(area, _VALUE, string(fragment))
        yield Triple(area, _CONFORMS, _PDF_FRAGMENTS)


def page_fragments(records: DocumentRecords, start: int, end: int) -> list[str]:
    """For each page that ``source[start:end]`` stands on the rectangle that holds its lines, as a fragment of a PDF
    file's address: points from the top left corner of the page. Empty for formats without pages.
    """
    pages: dict[int, list[TextBox]] = {}
    for box in boxes_of(records, start, end):
        pages.setdefault(box.page, []).append(box)
    return [_fragment(page, boxes) for page, boxes in pages.items()]


def _fragment(page: int, boxes: list[TextBox]) -> str:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    width, height = max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top
    return f"page={page}&viewrect={left:.0f},{top:.0f},{width:.0f},{height:.0f}"
