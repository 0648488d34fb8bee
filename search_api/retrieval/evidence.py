"""Every candidate sentence with its reasons, fused into one score: the single ranking that items and passages share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

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


class Gains(NamedTuple):
    """What each reason adds to a score; they sum up to it.

    Nearness in meaning, the same of the passage and of the sentences beside, shared words, being of the kind that is
    asked for, concerning the places, industries and actors of the question, addressing a problem that it describes.
    """

    meaning: float = 0.0
    surroundings: float = 0.0
    words: float = 0.0
    kind: float = 0.0
    scope: float = 0.0
    graph: float = 0.0


class Evidence(NamedTuple):
    """A sentence that bears on the question.

    ``dense`` is its cosine, ``lexical`` its share of the best word match.
    """

    sentence: str
    score: float
    dense: float
    lexical: float
    role: float
    fit: float
    concepts: tuple[str, ...]
    gains: Gains = Gains()

    @property
    def near(self) -> float:
        """What meaning and words make of the score: how near the place comes to the question, whatever it is."""
        return self.gains.meaning + self.gains.surroundings + self.gains.words


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
    roles = {name: _role(catalog, fit, wants, name) for name in _candidates(catalog, signals) if fit.admits(name)}
    return sorted(_scored(catalog, signals, fit, wants, weights, roles), key=lambda e: (-e.score, e.sentence))


def _candidates(catalog: Catalog, signals: Signals) -> set[str]:
    near = set(signals.cosines.sentences) | set(signals.words) | set(signals.reached)
    near |= {catalog.statements[s].sentence for s in signals.cosines.statements if s in catalog.statements}
    return {s for s in near if s in catalog.sentences and catalog.sentences[s].duplicate_of is None}


def _scored(
    catalog: Catalog, signals: Signals, fit: Fit, wants: Wants, weights: Weights, roles: Mapping[str, float]
) -> Iterator[Evidence]:
    """Evidence for each sentence in ``roles``: a loop without calls that can be spared, over hundreds of sentences."""
    near, passages, words = signals.cosines.sentences, signals.cosines.passages, signals.words
    shared, floor = _shared(catalog, signals.cosines), signals.cosines.floor
    reached = signals.reached if wants == "measure" else {}
    restricted = fit.restricts
    for sentence, role in roles.items():
        dense, lexical = near.get(sentence, floor), words.get(sentence, 0.0)
        beside = 0.0
        for neighbour in catalog.neighbours.get(sentence, ()):
            beside = max(beside, near.get(neighbour, 0.0))
        fits = fit.share(sentence) if restricted else 0.0
        around = weights.passage * passages.get(catalog.sentences[sentence].passage or "", 0.0)
        gains = Gains(
            dense,
            around + weights.neighbour * beside,
            weights.lexical * lexical,
            weights.role * role,
            weights.scope * fits,
            weights.graph * reached.get(sentence, 0.0),
        )
        yield Evidence(sentence, sum(gains), dense, lexical, role, fits, shared.get(sentence, ()), gains)


def _role(catalog: Catalog, fit: Fit, wants: Wants, identifier: str) -> float:
    """From 0 to 1: how surely a sentence says what is asked; for regions and industries, whether it names any."""
    if wants in {"region", "industry"}:
        said = fit.regions | fit.industries
        named = {m.entity.iri for m in catalog.mentions_in.get(identifier, ()) if m.type == wants} - said
        return min(1.0, len(named) / ENOUGH_NAMED[wants])
    roles = catalog.roles.get(identifier)
    best = 0.0
    for name in ROLES[wants] if roles else ():
        best = max(best, roles.get(name, 0.0) if roles else 0.0)
    return best


def _shared(catalog: Catalog, cosines: Cosines) -> Mapping[str, tuple[str, ...]]:
    """Labels of the concepts near the question by the sentences that state them."""
    labels: dict[str, set[str]] = {}
    for key, cosine in cosines.concepts.items():
        concept = catalog.concepts.get(key) if cosine >= NEAR_CONCEPT else None
        for member in concept.members if concept else ():
            if concept and (statement := catalog.statements.get(member)):
                labels.setdefault(statement.sentence, set()).add(concept.label)
    return {sentence: tuple(sorted(found)) for sentence, found in labels.items()}
