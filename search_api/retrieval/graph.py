"""Along the graph: the problems that a question describes, and the measures that the documents set against them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.records import Concept, RelationBasis
from search_api.catalog import Catalog

# A problem of the common vocabulary has many names, so that a lower cosine is as sure as a higher one to a single name;
# at 0.45 a vocabulary of over 200 problems always held one that a question did not mean.
NEAR_KNOWN: Final = 0.5
NEAR_NAMED: Final = 0.6
_TRUST: Final[Mapping[RelationBasis, float]] = {"stated": 1.0, "section": 0.8, "inferred": 0.6}


def problems(catalog: Catalog, concepts: Mapping[str, float]) -> Mapping[str, float]:
    """Challenges of the documents that the question plainly describes, with their cosines, surest first.

    ``concepts`` are the cosines of concepts to the question. Problems that the common vocabulary holds come before
    those that only the documents name.
    """
    near = {
        key: cosine
        for key, cosine in concepts.items()
        if (concept := catalog.concepts.get(key)) is not None
        and concept.type == "challenge"
        and cosine >= (NEAR_KNOWN if is_common(concept) else NEAR_NAMED)
    }
    ordered = sorted(near, key=lambda key: (not is_common(catalog.concepts[key]), -near[key], key))
    return {key: near[key] for key in ordered}


def is_common(concept: Concept) -> bool:
    """Whether a concept is one of the common vocabulary, not one minted from the documents."""
    return not concept.iri.rpartition("/")[2].startswith("x-")


def reached(catalog: Catalog, near: Mapping[str, float]) -> Mapping[str, float]:
    """Sentences of measures that address one of the problems ``near`` the question, with a score from 0 to 1.

    A measure counts by the best problem it addresses: how near that is to the question, how sure the relation is, and
    what the relation rests on.
    """
    scores: dict[str, float] = {}
    for key, cosine in near.items():
        for relation in (r for member in catalog.concepts[key].members for r in catalog.answers_to.get(member, ())):
            measure = catalog.statements.get(relation.subject)
            if measure is not None:
                score = cosine * relation.confidence * _TRUST[relation.basis]
                scores[measure.sentence] = max(score, scores.get(measure.sentence, 0.0))
    return scores
