"""Measures and challenges: one item a concept, cited by the sentences that state it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.identifiers import iri
from kg.records import Statement
from search_api.catalog import Catalog
from search_api.items.found import Found, Place
from search_api.retrieval.constraints import OF_STATEMENTS, Fit
from search_api.retrieval.evidence import Evidence, Signals

Kind = Literal["measure", "challenge"]
ROLE_IS_ENOUGH = 0.5
STATUS_PENALTY = 0.15
# As wide as the cut in search_api.answers: every sentence has its turn before any has a second one.
SECOND_PENALTY = 0.25
MAX_PLACES = 5


@dataclass(frozen=True, slots=True)
class _Candidate:
    evidence: Evidence
    statement: Statement | None
    score: float


def find(
    catalog: Catalog, signals: Signals, fit: Fit, kind: Kind, ranked: Sequence[Evidence], base_iri: str
) -> list[Found]:
    """Items of one kind in the order of their best sentence.

    A sentence first gives the statement of it that is nearest to the question; its other statements rank lower, so
    that other sentences have their turn. A sentence without a statement counts where its role says that it is one.
    """
    candidates = [
        candidate
        for evidence in ranked
        if catalog.sentences[evidence.sentence].kind != "heading"
        for candidate in _candidates(catalog, signals, fit, kind, evidence)
    ]
    return _merged(catalog, kind, candidates, base_iri)


def _candidates(catalog: Catalog, signals: Signals, fit: Fit, kind: Kind, evidence: Evidence) -> Iterator[_Candidate]:
    stated = [s for s in catalog.statements_in.get(evidence.sentence, ()) if s.type == kind]
    admitted = [s for s in stated if fit.admits_statement(s)]
    near = signals.cosines.statements
    for rank, statement in enumerate(sorted(admitted, key=lambda s: (-near.get(s.id, 0.0), s.start, s.id))):
        off = bool(fit.scope.statuses) and kind == "measure" and statement.status not in fit.scope.statuses
        yield _Candidate(evidence, statement, evidence.score - STATUS_PENALTY * off - SECOND_PENALTY * (rank > 0))
    by_role = catalog.roles.get(evidence.sentence, {}).get(kind, 0.0) >= ROLE_IS_ENOUGH
    if not stated and by_role and not fit.scope.binding & OF_STATEMENTS:
        yield _Candidate(evidence, None, evidence.score)


def _merged(catalog: Catalog, kind: Kind, candidates: Sequence[_Candidate], base_iri: str) -> list[Found]:
    """Candidates of one concept as one item, at the rank of the best."""
    groups: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(_identity(catalog, candidate, base_iri), []).append(candidate)
    return [_found(catalog, kind, name, members) for name, members in groups.items()]


def _identity(catalog: Catalog, candidate: _Candidate, base_iri: str) -> str:
    if candidate.statement is None:
        return iri(base_iri, "passage", catalog.sentences[candidate.evidence.sentence].passage or "")
    concept = catalog.concept_of.get(candidate.statement.id)
    return concept.iri if concept else iri(base_iri, "statement", candidate.statement.id)


def _found(catalog: Catalog, kind: Kind, name: str, members: Sequence[_Candidate]) -> Found:
    best = max(members, key=lambda m: m.score)
    concept = catalog.concepts.get(name)
    sentence = catalog.sentences[best.evidence.sentence]
    label = best.statement.label if best.statement else concept.label if concept else sentence.text
    cited = {m.evidence.sentence: place(catalog, m.evidence) for m in members}
    return Found(
        iri=name,
        type=kind,
        label=label,
        score=best.score,
        basis="statement" if best.statement else "role",
        places=tuple(cited.values())[:MAX_PLACES],
        statements=tuple(m.statement for m in members if m.statement is not None),
    )


def place(catalog: Catalog, evidence: Evidence) -> Place:
    """The whole sentence as a citable place: it is what a reader needs to see the claim proved."""
    sentence = catalog.sentences[evidence.sentence]
    return Place(sentence.document, sentence.start, sentence.end, evidence)
