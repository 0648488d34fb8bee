"""Documents and passages as clients see them."""

from __future__ import annotations

from kg.citing import target_iri
from kg.identifiers import iri
from kg.places import page_of
from kg.records import DocumentRecords, Reference
from kg.settings import Settings
from search_api.catalog import Catalog
from search_api.citations import boxes
from search_api.schemas import CitedView, DocumentSummary, DocumentView, Named, PassageView, SectionView


def passage(catalog: Catalog, settings: Settings, identifier: str) -> PassageView:
    """A passage with its neighbours and what it states. Raises NotFoundError."""
    found = catalog.passage(identifier)
    record = catalog.documents[found.document]
    row = [p.id for p in record.passages]
    at = row.index(found.id)
    section = catalog.sections.get(found.section)
    page = page_of(record.pages, found.start)
    return PassageView(
        id=found.id,
        iri=iri(settings.base_iri, "passage", found.id),
        document=iri(settings.base_iri, "document", found.document),
        source=record.document.source,
        title=record.document.title,
        section=section.name if section else "",
        page=page.number if page else None,
        page_label=page.label if page else None,
        boxes=boxes(record, found.start, found.end),
        start=found.start,
        end=found.end,
        text=record.text[found.start : found.end],
        previous=row[at - 1] if at else None,
        following=row[at + 1] if at + 1 < len(row) else None,
        statements=_stated(catalog, record, identifier),
    )


def _stated(catalog: Catalog, record: DocumentRecords, identifier: str) -> list[Named]:
    inside = {s.id for s in record.sentences if s.passage == identifier}
    named = {}
    for statement in record.statements:
        if statement.sentence in inside and (concept := catalog.concept_of.get(statement.id)):
            named[concept.iri] = concept.label
    return [Named(iri=key, label=label) for key, label in named.items()]


def summary(record: DocumentRecords, settings: Settings) -> DocumentSummary:
    """A document and how much was found in it."""
    document = record.document
    return DocumentSummary(
        id=document.id,
        iri=iri(settings.base_iri, "document", document.id),
        source=document.source,
        title=document.title,
        authors=list(document.authors),
        year=document.year,
        venue=document.venue,
        doi=document.doi,
        licence=document.licence,
        language=document.language,
        sha256=document.sha256,
        counts={
            "sections": len(record.sections),
            "passages": len(record.passages),
            "sentences": len(record.sentences),
            "mentions": len(record.mentions),
            "measures": sum(s.type == "measure" for s in record.statements),
            "challenges": sum(s.type == "challenge" for s in record.statements),
            "statistics": len(record.statistics),
            "references": len(record.references),
        },
    )


def document(catalog: Catalog, settings: Settings, identifier: str) -> DocumentView:
    """A document with its sections and their passages. Raises NotFoundError."""
    record = catalog.document(identifier)
    sections = [
        SectionView(
            id=section.id,
            name=section.name,
            kind=section.kind,
            level=section.level,
            start=section.start,
            end=section.end,
            passages=[p.id for p in record.passages if p.section == section.id],
        )
        for section in record.sections
    ]
    about = record.document
    return DocumentView(
        **summary(record, settings).model_dump(),
        publisher=about.publisher,
        volume=about.volume,
        issue=about.issue,
        pages=about.pages,
        url=about.url,
        origins={origin.field: origin.place for origin in about.origins},
        sections=sections,
        cites=[_cited(reference, catalog, settings) for reference in record.references],
        cited_by=_citing(catalog, settings, identifier),
    )


def _cited(reference: Reference, catalog: Catalog, settings: Settings) -> CitedView:
    return CitedView(
        mark=reference.mark,
        text=reference.text,
        start=reference.start,
        end=reference.end,
        iri=target_iri(settings.base_iri, reference, catalog.cited),
        document=catalog.cited.get(reference.id),
        title=reference.title,
        authors=list(reference.authors),
        year=reference.year,
        venue=reference.venue,
        doi=reference.doi,
        url=reference.url,
    )


def _citing(catalog: Catalog, settings: Settings, identifier: str) -> list[Named]:
    """The documents that cite one, by title."""
    citing = [
        record.document
        for record in catalog.documents.values()
        if any(catalog.cited.get(reference.id) == identifier for reference in record.references)
    ]
    named = [Named(iri=iri(settings.base_iri, "document", each.id), label=each.title) for each in citing]
    return sorted(named, key=lambda each: (each.label, each.iri))
