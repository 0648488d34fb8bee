"""Statements (one place in one paper) and the measures and challenges (concepts) that they state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from kg.graph.evidence import evidence, evidence_iri
from kg.graph.terms import (
    CONCEPT,
    CONFIDENCE,
    EVIDENCE,
    GENERATED_BY,
    IN_DOCUMENT,
    IN_PASSAGE,
    IN_SECTION,
    LABEL,
    PREF_LABEL,
    PW,
    SKOS,
    THEME,
    TYPE,
    decimal,
    region_type_iri,
    string,
    text,
    theme_iri,
)
from kg.identifiers import iri
from kg.records import Concept, DocumentRecords, Statement

CLASS = {"measure": PW("Measure"), "challenge": PW("Challenge")}
_STATEMENT_CLASS = {"measure": PW("MeasureStatement"), "challenge": PW("ChallengeStatement")}
_SCHEME = {"measure": "measures", "challenge": "challenges"}


def edges(statement: Statement) -> Iterator[tuple[NamedNode, NamedNode]]:
    """What a statement says about its concept, as predicates and objects; scope decides how sure regions are."""
    for region in statement.regions:
        yield PW("appliesIn"), NamedNode(region.iri)
    for region_type in statement.region_types:
        yield PW("regionType"), region_type_iri(region_type)
    industry = PW("targetsIndustry" if statement.type == "measure" else "affectsIndustry")
    for item in statement.industries:
        yield industry, NamedNode(item.iri)
    actor = PW("carriedOutBy" if statement.type == "measure" else "concernsActor")
    for item in statement.actors:
        yield actor, NamedNode(item.iri)
    if statement.status:
        yield PW("status"), PW(statement.status)


def statements(
    base: str, records: DocumentRecords, concept_of: Mapping[str, Concept], activity: NamedNode
) -> Iterator[Triple]:
    """Every statement of a document with evidence, scope and what it says."""
    passage_of = {sentence.id: sentence.passage for sentence in records.sentences}
    for record in records.statements:
        node = NamedNode(iri(base, "statement", record.id))
        yield Triple(node, TYPE, PW("Statement"))
        yield Triple(node, TYPE, _STATEMENT_CLASS[record.type])
        yield Triple(node, LABEL, string(record.label))
        yield Triple(node, IN_DOCUMENT, NamedNode(iri(base, "document", record.document)))
        yield Triple(node, IN_SECTION, NamedNode(iri(base, "section", record.section)))
        yield Triple(node, THEME, theme_iri(record.theme))
        yield Triple(node, PW("scope"), PW(f"{record.scope}Scope"))
        yield Triple(node, CONFIDENCE, decimal(round(record.confidence, 6)))
        yield Triple(node, GENERATED_BY, activity)
        yield Triple(node, EVIDENCE, evidence_iri(base, record.document, record.start, record.end))
        yield from evidence(base, records, record.start, record.end)
        if record.duplicate_of:
            yield Triple(node, PW("duplicateOf"), NamedNode(iri(base, "statement", record.duplicate_of)))
        if record.id in concept_of:
            yield Triple(node, PW("states"), NamedNode(concept_of[record.id].iri))
        if passage := passage_of.get(record.sentence):
            yield Triple(node, IN_PASSAGE, NamedNode(iri(base, "passage", passage)))
        for predicate, value in edges(record):
            yield Triple(node, predicate, value)


def concepts(
    base: str,
    records: Sequence[Concept],
    statement_of: Mapping[str, Statement],
    language_of: Mapping[str, str],
    labels: Mapping[str, str],
) -> Iterator[Triple]:
    """Measures and challenges as SKOS concepts with the papers that report them.

    A concept whose IRI a vocabulary labels keeps that preferred label; its own label is then an alternative one.
    """
    for record in records:
        members = [statement_of[member] for member in record.members if member in statement_of]
        language = language_of[members[0].document] if members else "en"
        node = NamedNode(record.iri)
        yield Triple(node, TYPE, CONCEPT)
        yield Triple(node, TYPE, CLASS[record.type])
        yield Triple(node, SKOS("inScheme"), NamedNode(iri(base, "scheme", _SCHEME[record.type])))
        yield Triple(node, THEME, theme_iri(record.theme))
        yield Triple(node, LABEL, string(labels.get(record.iri, record.label)))
        yield from _labels(node, record, language, labels.get(record.iri))
        for other in record.related:
            yield Triple(node, SKOS("related"), NamedNode(other))
        if record.instrument is not None:
            yield Triple(node, PW("instrument"), NamedNode(record.instrument.iri))
        for paper in sorted({member.document for member in members}):
            yield Triple(node, PW("reportedIn"), NamedNode(iri(base, "document", paper)))


def _labels(node: NamedNode, record: Concept, language: str, known: str | None) -> Iterator[Triple]:
    if known is None:
        yield Triple(node, PREF_LABEL, text(record.label, language))
    for label in sorted({record.label, *record.alt_labels} - {known or record.label}):
        yield Triple(node, SKOS("altLabel"), text(label, language))


def schemes(base: str) -> Iterator[Triple]:
    """The two concept schemes that measures and challenges belong to."""
    for name in _SCHEME.values():
        node = NamedNode(iri(base, "scheme", name))
        yield Triple(node, TYPE, SKOS("ConceptScheme"))
        yield Triple(node, PREF_LABEL, text(f"{name.capitalize()} found in the papers", "en"))
