"""The records as JSON Lines that other programs read: one flat object a line, offsets in characters of the source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from kg.places import boxes_of, page_of
from kg.records import Concept, DocumentRecords, EntityRef, Mention, Reference, Relation, Sentence, Statement, Statistic

_ROLE_OF_KIND = {"heading": "heading", "caption": "heading", "reference": "meta", "meta": "meta"}


def write_records(stream: TextIO, documents: Sequence[DocumentRecords], concepts: Sequence[Concept]) -> None:
    """Write one line a record: keys sorted, no escapes, the same records give the same bytes."""
    for record in export_records(documents, concepts):
        stream.write(json.dumps(record, ensure_ascii=False, allow_nan=False, sort_keys=True) + "\n")


def export_records(documents: Sequence[DocumentRecords], concepts: Sequence[Concept]) -> Iterator[dict[str, Any]]:
    """Records of each document in turn, documents by source name, then the concepts by IRI with their merges."""
    concept_of = {member: concept.iri for concept in concepts for member in concept.members}
    for records in sorted(documents, key=lambda records: (records.document.source, records.document.id)):
        yield from _document(records, concept_of)
    for concept in sorted(concepts, key=lambda concept: concept.iri):
        yield {
            "kind": "concept",
            "iri": concept.iri,
            "type": concept.type,
            "label": concept.label,
            "alt_labels": list(concept.alt_labels),
            "theme": concept.theme,
            "members": list(concept.members),
            "related": list(concept.related),
            "instrument": concept.instrument.iri if concept.instrument else None,
        }
        for merge in concept.merges:
            yield {
                "kind": "merge",
                "statement": merge.statement,
                "concept": concept.iri,
                "reason": merge.reason,
                "matched": merge.matched,
                "score": merge.score,
            }


def _document(records: DocumentRecords, concept_of: dict[str, str]) -> Iterator[dict[str, Any]]:
    document = records.document
    yield {
        "kind": "document",
        "id": document.id,
        "source": document.source,
        "sha256": document.sha256,
        "title": document.title,
        "authors": list(document.authors),
        "year": document.year,
        "doi": document.doi,
    }
    roles = {labelling.sentence: labelling.roles for labelling in records.labellings}
    for sentence in sorted(records.sentences, key=lambda each: (each.start, each.end, each.id)):
        yield _sentence(sentence, roles.get(sentence.id, ())) | _place(records, sentence)
    for mention in sorted(records.mentions, key=lambda each: (each.start, each.end, each.type, each.id)):
        yield _mention(mention) | _place(records, mention)
    for statement in sorted(records.statements, key=lambda each: (each.start, each.end, each.id)):
        yield _statement(statement, concept_of.get(statement.id)) | _place(records, statement)
    for statistic in sorted(records.statistics, key=lambda each: (each.start, each.end, each.id)):
        yield _statistic(statistic) | _place(records, statistic)
    for reference in sorted(records.references, key=lambda each: (each.start, each.end, each.id)):
        yield _reference(reference)
    for relation in sorted(records.relations, key=lambda each: (each.type, each.subject, each.object, each.id)):
        yield _relation(relation)


def _place(records: DocumentRecords, record: Sentence | Mention | Statement | Statistic) -> dict[str, Any]:
    """Page and lines of a record's characters as displayed; nothing for formats without pages."""
    page = page_of(records.pages, record.start)
    if page is None:
        return {}
    boxes = boxes_of(records, record.start, record.end)
    return {
        "page": page.number,
        "page_label": page.label,
        "boxes": [[box.page, box.left, box.top, box.right, box.bottom] for box in boxes],
    }


def _sentence(sentence: Sentence, roles: tuple[str, ...]) -> dict[str, Any]:
    by_kind = _ROLE_OF_KIND.get(sentence.kind)
    extra = [by_kind] if by_kind and by_kind not in roles else []
    return {
        "kind": "sentence",
        "id": sentence.id,
        "document": sentence.document,
        "start": sentence.start,
        "end": sentence.end,
        "roles": [*extra, *roles],
        "duplicate_of": sentence.duplicate_of,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "kind": "mention",
        "type": mention.type,
        "document": mention.document,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "entity": mention.entity.iri,
        "label": mention.entity.label,
        "score": mention.score,
    }


def _statement(statement: Statement, concept: str | None) -> dict[str, Any]:
    return {
        "kind": "statement",
        "type": statement.type,
        "id": statement.id,
        "document": statement.document,
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "label": statement.label,
        "concept": concept,
        "theme": statement.theme,
        "status": statement.status,
        "actors": _labels(statement.actors),
        "industries": _labels(statement.industries),
        "regions": _labels(statement.regions),
        "region_types": list(statement.region_types),
        "scope": statement.scope,
        "confidence": statement.confidence,
        "duplicate_of": statement.duplicate_of,
    }


def _statistic(statistic: Statistic) -> dict[str, Any]:
    return {
        "kind": "statistic",
        "id": statistic.id,
        "document": statistic.document,
        "start": statistic.start,
        "end": statistic.end,
        "text": statistic.text,
        "indicator": statistic.indicator,
        "value": statistic.value,
        "value_text": statistic.value_text,
        "unit": statistic.unit,
        "year": statistic.year,
        "region": statistic.region.label if statistic.region else None,
        "conflicts": statistic.conflicts,
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "kind": "reference",
        "id": reference.id,
        "document": reference.document,
        "start": reference.start,
        "end": reference.end,
        "text": reference.text,
        "mark": reference.mark,
        "authors": list(reference.authors),
        "year": reference.year,
        "title": reference.title,
        "venue": reference.venue,
        "doi": reference.doi,
        "url": reference.url,
    }


def _relation(relation: Relation) -> dict[str, Any]:
    subject, value = ("measure", "challenge") if relation.type == "addresses" else ("cause", "effect")
    return {
        "kind": "relation",
        "type": relation.type,
        "document": relation.document,
        subject: relation.subject,
        value: relation.object,
        "basis": relation.basis,
        "confidence": relation.confidence,
    }


def _labels(entities: Sequence[EntityRef]) -> list[str]:
    return [entity.label for entity in entities]
