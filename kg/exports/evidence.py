"""What the documents state as a table: a row for each place that states a measure or a challenge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.exports.tables import Row
from kg.identifiers import iri, permalink, span_iri
from kg.places import page_at
from kg.records import Concept, DocumentRecords, EntityRef, Statement
from kg.settings import Settings

COLUMNS: Final = (
    *("type", "label", "concept", "concept_iri", "theme", "status", "addresses", "regions", "region_types"),
    *("industries", "actors", "quote", "document", "authors", "year", "source", "section", "page"),
    *("start", "end", "url"),
)


def rows(documents: Iterable[DocumentRecords], concepts: Sequence[Concept], settings: Settings) -> Iterator[Row]:
    """Rows of each document in turn, in the order of their places; several values of a cell are joined by "; ".

    ``quote`` is verbatim: the characters ``start:end`` of the source.
    """
    concept_of = {member: concept for concept in concepts for member in concept.members}
    for records in sorted(documents, key=lambda each: (each.document.source, each.document.id)):
        yield from _of_document(records, concept_of, settings)


def joined(values: Iterable[str]) -> str:
    """Several values of one cell, each once.

    >>> joined(["Peru", "Chile", "Peru"])
    'Peru; Chile'
    """
    return "; ".join(dict.fromkeys(values))


def _of_document(records: DocumentRecords, concept_of: Mapping[str, Concept], settings: Settings) -> Iterator[Row]:
    document = records.document
    sections = {section.id: section.name for section in records.sections}
    passages = {sentence.id: sentence.passage for sentence in records.sentences}
    addressed = _addressed(records, concept_of)
    for statement in sorted(records.statements, key=lambda each: (each.start, each.end, each.id)):
        concept = concept_of.get(statement.id)
        yield {
            "type": statement.type,
            "label": statement.label,
            "concept": concept.label if concept else None,
            "concept_iri": concept.iri if concept else None,
            "theme": statement.theme,
            "status": statement.status,
            "addresses": joined(addressed.get(statement.id, ())),
            "regions": _labels(statement.regions),
            "region_types": joined(statement.region_types),
            "industries": _labels(statement.industries),
            "actors": _labels(statement.actors),
            "quote": records.text[statement.start : statement.end],
            "document": document.title,
            "authors": joined(document.authors),
            "year": document.year,
            "source": document.source,
            "section": sections.get(statement.section),
            "page": page_at(records.pages, statement.start),
            "start": statement.start,
            "end": statement.end,
            "url": _url(statement, passages.get(statement.sentence), settings),
        }


def _labels(entities: Sequence[EntityRef]) -> str:
    return joined(entity.label for entity in entities)


def _url(statement: Statement, passage: str | None, settings: Settings) -> str:
    if passage is None:
        return span_iri(iri(settings.base_iri, "document", statement.document), statement.start, statement.end)
    return permalink(settings.public_url, passage, statement.start, statement.end)


def _addressed(records: DocumentRecords, concept_of: Mapping[str, Concept]) -> Mapping[str, Sequence[str]]:
    """Labels of the challenges that each measure addresses, surest first."""
    labels = {statement.id: statement.label for statement in records.statements}
    found: dict[str, list[str]] = {}
    relations = [relation for relation in records.relations if relation.type == "addresses"]
    for relation in sorted(relations, key=lambda each: (-each.confidence, each.object)):
        concept = concept_of.get(relation.object)
        found.setdefault(relation.subject, []).append(concept.label if concept else labels[relation.object])
    return found
