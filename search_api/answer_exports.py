"""An answer as a table of its evidence, and the papers behind it as a bibliography."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.exports.bibliography import MEDIA_TYPES, written
from kg.exports.evidence import joined
from kg.exports.tables import Row, table_bytes
from kg.records import DocumentRecords
from search_api.schemas import Answer, Citation, Item

COLUMNS: Final = (
    *("type", "label", "iri", "theme", "status", "addresses", "regions", "region_types", "industries", "actors"),
    *("value", "unit", "figure_year", "confidence", "quote", "document", "authors", "year", "source"),
    *("section", "page", "start", "end", "url"),
)


def exported(answer: Answer, form: str, documents: Mapping[str, DocumentRecords]) -> bytes:
    """An answer as a table or a bibliography, whichever ``form`` names (key of ``search_api.formats.MEDIA_TYPES``)."""
    if form in MEDIA_TYPES:
        return papers(answer, documents, form).encode("utf-8", "backslashreplace")
    return table(answer, form)


def table(answer: Answer, form: str) -> bytes:
    """A row for each citation of each item, best first; the passages where the answer consists of them."""
    return table_bytes(form, "Answer", COLUMNS, rows(answer))


def rows(answer: Answer) -> Iterator[Row]:
    """The rows of the table, in the order of the answer."""
    for item in answer.items:
        for citation in item.citations:
            yield {**_of_item(item), **_of_place(citation)}
    if not answer.items:
        yield from ({"type": "passage", **_of_place(citation)} for citation in cited(answer))


def papers(answer: Answer, documents: Mapping[str, DocumentRecords], form: str) -> str:
    """The documents that an answer cites, each once; none where nothing answers."""
    identifiers = dict.fromkeys(citation.document.rpartition("/")[2] for citation in cited(answer))
    return written((documents[identifier].document for identifier in identifiers), form)


def cited(answer: Answer) -> Sequence[Citation]:
    """The places that an answer rests on. The nearest passages of a question without an answer are no proof."""
    if answer.status == "no_answer":
        return ()
    return [citation for item in answer.items for citation in item.citations] or answer.passages


def _of_item(item: Item) -> Row:
    return {
        "type": item.type,
        "label": item.label,
        "iri": item.iri,
        "theme": item.theme,
        "status": item.status,
        "addresses": joined(named.label for named in item.addresses),
        "regions": joined(item.regions),
        "region_types": joined(item.region_types),
        "industries": joined(item.industries),
        "actors": joined(item.actors),
        "value": item.value,
        "unit": item.unit,
        "figure_year": item.year,
        "confidence": item.confidence,
    }


def _of_place(citation: Citation) -> Row:
    return {
        "quote": citation.quote,
        "document": citation.title,
        "authors": joined(citation.authors),
        "year": citation.year,
        "source": citation.source,
        "section": citation.section,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "url": citation.url,
    }
