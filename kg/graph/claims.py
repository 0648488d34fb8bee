"""Claims: each edge between concepts once as a plain triple, and once as a node with evidence, basis and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from pyoxigraph import NamedNode, Triple

from kg.graph.evidence import evidence_iri
from kg.graph.statements import edges
from kg.graph.terms import CONFIDENCE, EVIDENCE, GENERATED_BY, LABEL, PROV, PW, RDF, TYPE, decimal, string
from kg.identifiers import iri, mint
from kg.records import Concept, DocumentRecords, Statement
from kg.settings import Settings

# From the surest to the least sure: a claim takes the surest basis that any of its supports has.
_BASES = ("stated", "section", "paper", "inferred")
_SCOPE_BASIS = {"sentence": "stated", "section": "section", "paper": "paper"}

Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Support:
    """Why an edge holds: the statements that prove it, how, and how sure."""

    statements: tuple[Statement, ...]
    basis: str
    confidence: float


def activity_iri(settings: Settings) -> NamedNode:
    """IRI of the extraction: the same program with the same model is the same activity."""
    return NamedNode(iri(settings.base_iri, "activity", mint("activity", _version(), settings.spacy_model)))


def activity(settings: Settings, documents: Sequence[DocumentRecords]) -> Iterator[Triple]:
    """The extraction run, its program and what it read. No time: same input, same bytes."""
    node = activity_iri(settings)
    agent = NamedNode(iri(settings.base_iri, "agent", "policyweave-" + _version()))
    yield Triple(node, TYPE, PROV("Activity"))
    yield Triple(node, PROV("wasAssociatedWith"), agent)
    yield Triple(node, PW("languageModel"), string(settings.spacy_model))
    for document in documents:
        yield Triple(node, PROV("used"), NamedNode(iri(settings.base_iri, "document", document.document.id)))
    yield Triple(agent, TYPE, PROV("SoftwareAgent"))
    yield Triple(agent, LABEL, string("policyweave"))
    yield Triple(agent, PW("version"), string(_version()))


def supports(documents: Sequence[DocumentRecords], concept_of: Mapping[str, Concept]) -> dict[Edge, list[Support]]:
    """Every edge between concepts with all that supports it, in the order of the documents."""
    found: dict[Edge, list[Support]] = {}
    for document in documents:
        for edge, support in _own(document, concept_of):
            found.setdefault(edge, []).append(support)
        for edge, support in _between(document, concept_of):
            found.setdefault(edge, []).append(support)
    return found


def strength(reasons: Sequence[Support]) -> tuple[str, float]:
    """The surest basis of an edge and the best confidence (0 to 1, six digits) of what supports it on that basis."""
    basis = min((reason.basis for reason in reasons), key=_BASES.index)
    return basis, round(max(reason.confidence for reason in reasons if reason.basis == basis), 6)


def claims(base: str, edge: Edge, reasons: Sequence[Support], generated_by: NamedNode) -> Iterator[Triple]:
    """One edge as a plain triple and as a claim."""
    subject, predicate, value = (NamedNode(part) for part in edge)
    basis, confidence = strength(reasons)
    node = NamedNode(iri(base, "claim", mint("claim", *edge)))
    yield Triple(subject, predicate, value)
    yield Triple(node, TYPE, PW("Claim"))
    yield Triple(node, RDF("subject"), subject)
    yield Triple(node, RDF("predicate"), predicate)
    yield Triple(node, RDF("object"), value)
    yield Triple(node, PW("basis"), PW(f"{basis}Basis"))
    yield Triple(node, CONFIDENCE, decimal(confidence))
    yield Triple(node, GENERATED_BY, generated_by)
    for reason in reasons:
        for record in reason.statements:
            yield Triple(node, PROV("wasDerivedFrom"), NamedNode(iri(base, "statement", record.id)))
            yield Triple(node, EVIDENCE, evidence_iri(base, record.document, record.start, record.end))


def _own(document: DocumentRecords, concept_of: Mapping[str, Concept]) -> Iterator[tuple[Edge, Support]]:
    for record in document.statements:
        concept = concept_of.get(record.id)
        if concept is None:
            continue
        for predicate, value in edges(record):
            regional = predicate in {PW("appliesIn"), PW("regionType")}
            basis = _SCOPE_BASIS[record.scope] if regional else "stated"
            yield (concept.iri, predicate.value, value.value), Support((record,), basis, record.confidence)


def _between(document: DocumentRecords, concept_of: Mapping[str, Concept]) -> Iterator[tuple[Edge, Support]]:
    statement_of = {record.id: record for record in document.statements}
    for relation in document.relations:
        subject, target = concept_of.get(relation.subject), concept_of.get(relation.object)
        if subject is None or target is None or subject.iri == target.iri:
            continue
        reason = Support(
            (statement_of[relation.subject], statement_of[relation.object]), relation.basis, relation.confidence
        )
        yield (subject.iri, PW(relation.type).value, target.iri), reason


def _version() -> str:
    try:
        return version("policyweave")
    except PackageNotFoundError:
        return "checkout"
