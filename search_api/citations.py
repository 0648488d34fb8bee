"""Citations: the exact characters of a source that prove a thing, checked again each time one is given out."""

from __future__ import annotations

import logging

from kg import identifiers
from kg.identifiers import iri
from kg.places import boxes_of, page_of
from kg.records import DocumentRecords, Mention, Passage, Statement, Statistic
from kg.settings import Settings
from search_api.catalog import Catalog
from search_api.items.found import Place
from search_api.retrieval.evidence import Evidence
from search_api.schemas import Box, Citation, Why

_log = logging.getLogger(__name__)


def cite(catalog: Catalog, settings: Settings, place: Place) -> Citation | None:
    """A place as a citation; None, and a line in the log, where it no longer matches its source."""
    record = catalog.documents[place.document]
    sentence = catalog.sentences[place.evidence.sentence]
    passage = catalog.passages.get(sentence.passage or "")
    quote = record.text[place.start : place.end]
    if passage is None or not quote.strip() or not _verbatim(catalog, record, place):
        _log.warning("dropped a citation of %s [%d:%d]: it does not match its source", *_where(record, place))
        return None
    page = page_of(record.pages, place.start)
    document, section = record.document, catalog.sections.get(sentence.section)
    return Citation(
        passage_id=passage.id,
        document=iri(settings.base_iri, "document", document.id),
        source=document.source,
        title=document.title,
        authors=list(document.authors),
        year=document.year,
        section=section.name if section else "",
        page=page.number if page else None,
        page_label=page.label if page else None,
        boxes=boxes(record, place.start, place.end),
        start=place.start,
        end=place.end,
        quote=quote,
        quote_status="verbatim",
        context=record.text[passage.start : passage.end],
        url=permalink(settings, passage, place.start, place.end),
        score=round(place.evidence.score, 4),
        why=why(place.evidence),
    )


def why(evidence: Evidence) -> Why:
    """The reasons of a piece of evidence as clients see them."""
    return Why(lexical=round(evidence.lexical, 4), dense=round(evidence.dense, 4), concepts=list(evidence.concepts))


def boxes(record: DocumentRecords, start: int, end: int) -> list[Box]:
    """The lines of ``start:end`` as clients see them."""
    found = boxes_of(record, start, end)
    return [Box(page=b.page, left=b.left, top=b.top, right=b.right, bottom=b.bottom) for b in found]


def permalink(settings: Settings, passage: Passage, start: int, end: int) -> str:
    """Address of a passage with the cited source characters in its fragment (RFC 5147)."""
    return identifiers.permalink(settings.public_url, passage.id, start, end)


def _verbatim(catalog: Catalog, record: DocumentRecords, place: Place) -> bool:
    """Whether the place lies in the text and every fact extracted from its sentence still stands where it was found."""
    if not 0 <= place.start < place.end <= len(record.text):
        return False
    inside: list[Statement | Mention | Statistic] = [
        *catalog.statements_in.get(place.evidence.sentence, ()),
        *catalog.mentions_in.get(place.evidence.sentence, ()),
        *catalog.statistics_in.get(place.evidence.sentence, ()),
    ]
    return all(record.text[fact.start : fact.end] == fact.text for fact in inside)


def _where(record: DocumentRecords, place: Place) -> tuple[str, int, int]:
    return record.document.source, place.start, place.end
