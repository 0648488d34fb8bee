"""What kind of thing to answer with where a question does not say: the kind that the nearest sentences hold."""

from __future__ import annotations

import re
from typing import Final

from search_api.catalog import Catalog
from search_api.intent import names_quantity
from search_api.retrieval.evidence import Signals
from search_api.schemas import Wants

LOOKED_AT: Final = 10
FIGURES_AMONG: Final = 3
PASSAGE_SHARE: Final = 0.6
REASONS_AMONG: Final = 0.5
_REASON: Final = re.compile(r"\bwhy\b")


def lean(catalog: Catalog, signals: Signals, question: str) -> Wants:
    """Statistics where the question names a quantity and the nearest sentences hold figures; otherwise measures or
    challenges, whichever the nearest sentences state more surely, the nearer a sentence the more it says.

    Reasons are given by challenges where these are most of what is near, by any passage otherwise.
    """
    near = _nearest(catalog, signals)
    if names_quantity(question) and any(catalog.statistics_in.get(s) for s in near[:FIGURES_AMONG]):
        return "statistic"
    weights = {"measure": 0.0, "challenge": 0.0}
    for rank, sentence in enumerate(near, 1):
        for role in weights:
            weights[role] += catalog.roles.get(sentence, {}).get(role, 0.0) / rank
    if _REASON.search(question.casefold()):
        return (
            "challenge"
            if weights["challenge"] > REASONS_AMONG * sum(1 / n for n in range(1, len(near) + 1))
            else "passage"
        )
    return "challenge" if weights["challenge"] > weights["measure"] else "measure"


def _nearest(catalog: Catalog, signals: Signals) -> list[str]:
    """Sentences of prose nearest in meaning, their passages taken into account, no role preferred."""
    cosines = signals.cosines
    scores = {
        s: cosine + PASSAGE_SHARE * cosines.passages.get(catalog.sentences[s].passage or "", 0.0)
        for s, cosine in cosines.sentences.items()
        if s in catalog.sentences and catalog.sentences[s].kind == "prose"
    }
    return sorted(scores, key=lambda s: (-scores[s], s))[:LOOKED_AT]
