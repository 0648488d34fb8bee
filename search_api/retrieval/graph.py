"""Along the graph: measures reached from the challenges that a question describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.records import RelationBasis
from search_api.catalog import Catalog

_TRUST: Final[Mapping[RelationBasis, float]] = {"stated": 1.0, "section": 0.8, "inferred": 0.6}


def reached(catalog: Catalog, cosines: Mapping[str, float]) -> Mapping[str, float]:
    """Sentences of measures that address a challenge like the question, with a score from 0 to 1.

    ``cosines`` are those of statements to the question. A measure counts by the best challenge it addresses, and a
    challenge by how near it is to the question, how sure the relation is, and what the relation rests on.
    """
    scores: dict[str, float] = {}
    for challenge, cosine in cosines.items():
        for relation in catalog.answers_to.get(challenge, ()):
            measure = catalog.statements.get(relation.subject)
            if measure is not None:
                score = cosine * relation.confidence * _TRUST[relation.basis]
                scores[measure.sentence] = max(score, scores.get(measure.sentence, 0.0))
    return scores
