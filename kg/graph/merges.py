"""Merges: why a statement states its concept, as a claim about the edge between the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from kg.graph.evidence import evidence_iri
from kg.graph.terms import CONFIDENCE, EVIDENCE, GENERATED_BY, PROV, PW, RDF, TYPE, decimal, string
from kg.identifiers import iri, mint
from kg.records import Concept, Merge, Statement

_STATES = PW("states")


def merges(
    base: str, concepts: Sequence[Concept], statement_of: Mapping[str, Statement], generated_by: NamedNode
) -> Iterator[Triple]:
    """A claim for each merge: its basis is the reason, its confidence the score, ``pw:matchedLabel`` what matched."""
    for concept in concepts:
        for merge in concept.merges:
            if (statement := statement_of.get(merge.statement)) is not None:
                yield from _claim(base, concept, merge, statement, generated_by)


def _claim(
    base: str, concept: Concept, merge: Merge, statement: Statement, generated_by: NamedNode
) -> Iterator[Triple]:
    subject = NamedNode(iri(base, "statement", statement.id))
    node = NamedNode(iri(base, "claim", mint("claim", subject.value, _STATES.value, concept.iri)))
    yield Triple(node, TYPE, PW("Claim"))
    yield Triple(node, RDF("subject"), subject)
    yield Triple(node, RDF("predicate"), _STATES)
    yield Triple(node, RDF("object"), NamedNode(concept.iri))
    yield Triple(node, PW("basis"), PW(f"{merge.reason}Basis"))
    yield Triple(node, PW("matchedLabel"), string(merge.matched))
    yield Triple(node, CONFIDENCE, decimal(round(merge.score, 6)))
    yield Triple(node, PROV("wasDerivedFrom"), subject)
    yield Triple(node, EVIDENCE, evidence_iri(base, statement.document, statement.start, statement.end))
    yield Triple(node, GENERATED_BY, generated_by)
