"""Every candidate sentence with its reasons, fused into one score: the single ranking that items and passages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search_api.catalog import Catalog
from search_api.retrieval.constraints import Fit
from search_api.retrieval.dense import Cosines
from search_api.schemas import Wants

ROLES: Final[Mapping[Wants, tuple[str, ...]]] = {
    "measure": ("measure",),
    "challenge": ("challenge",),
    "statistic": ("statistic",),
    "region": (),
    "industry": (),
    "passage": ("background", "mechanism", "outcome"),
}

NEAR_CONCEPT: Final = 0.4

# How many places or branches, beside those of the question, a sentence must name to be taken for an answer.
ENOUGH_NAMED: Final[Mapping[Wants, int]] = {"region": 1, "industry": 2}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each reason counts, in units of the cosine between question and sentence."""

    passage: float = 0.6
    neighbour: float = 0.15
    lexical: float = 0.1
    role: float = 0.25
    scope: float = 0.1
    graph: float = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that bears on the question. ``dense`` is its cosine, ``lexical`` its share of the best word match."""

    sentence: str
    score: float
    dense: float
    lexical: float
    role: float
    fit: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """What the searches found, by id.

    ``local`` is the cosine between the question without its place names and the nearest sentence about these places,
    None for a question whose text names none.
    """

    cosines: Cosines
    words: Mapping[str, float]
    reached: Mapping[str, float]
    local: float | None = None


def rank(catalog: Catalog, signals: Signals, fit: Fit, wants: Wants, weights: Weights) -> list[Evidence]:
    """All candidate sentences, best first; repeated sentences and what the client's filters exclude left out."""
    scorer = _Scorer(catalog, signals, fit, wants, weights, signals.cosines.floor, _shared(catalog, signals.cosines))
    ranked = [scorer.evidence(sentence) for sentence in _candidates(catalog, signals) if fit.admits(sentence)]
    return sorted(ranked, key=lambda e: (-e.score, e.sentence))


def _candidates(catalog: Catalog, signals: Signals) -> set[str]:
    near = set(signals.cosines.sentences) | set(signals.words) | set(signals.reached)
    near |= {catalog.statements[s].sentence for s in signals.cosines.statements if s in catalog.statements}
    return {s for s in near if s in catalog.sentences and catalog.sentences[s].duplicate_of is None}


@dataclass(frozen=True, slots=True)
class _Scorer:
    """What scoring needs, looked up once a question: this runs for hundreds of sentences."""

    catalog: Catalog
    signals: Signals
    fit: Fit
    wants: Wants
    weights: Weights
    floor: float
    shared: Mapping[str, tuple[str, ...]]

    def evidence(self, identifier: str) -> Evidence:
        weights, signals, cosines = self.weights, self.signals, self.signals.cosines
        near = cosines.sentences
        dense, lexical = near.get(identifier, self.floor), signals.words.get(identifier, 0.0)
        beside = max((near.get(n, 0.0) for n in self.catalog.neighbours.get(identifier, ())), default=0.0)
        role, fits = self._role(identifier), self.fit.share(identifier)
        score = (
            dense
            + weights.passage * cosines.passages.get(self.catalog.sentences[identifier].passage or "", 0.0)
            + weights.neighbour * beside
            + weights.lexical * lexical
            + weights.role * role
            + weights.scope * fits
            + weights.graph * (signals.reached.get(identifier, 0.0) if self.wants == "measure" else 0.0)
        )
        return Evidence(identifier, score, dense, lexical, role, fits, self.shared.get(identifier, ()))

    def _role(self, identifier: str) -> float:
        """From 0 to 1: how surely a sentence says what is asked; for regions and industries, whether it names any."""
        catalog, wants = self.catalog, self.wants
        if wants in {"region", "industry"}:
            said = self.fit.regions | self.fit.industries
            named = {m.entity.iri for m in catalog.mentions_in.get(identifier, ()) if m.type == wants} - said
            return min(1.0, len(named) / ENOUGH_NAMED[wants])
        roles = catalog.roles.get(identifier, {})
        return max((roles.get(name, 0.0) for name in ROLES[wants]), default=0.0)


def _shared(catalog: Catalog, cosines: Cosines) -> Mapping[str, tuple[str, ...]]:
    """Labels of the concepts near the question by the sentences that state them."""
    labels: dict[str, set[str]] = {}
    for key, cosine in cosines.concepts.items():
        concept = catalog.concepts.get(key) if cosine >= NEAR_CONCEPT else None
        for member in concept.members if concept else ():
            if concept and (statement := catalog.statements.get(member)):
                labels.setdefault(statement.sentence, set()).add(concept.label)
    return {sentence: tuple(sorted(found)) for sentence, found in labels.items()}
