"""Whether two labels name one thing: near in meaning, no contrast between them, no single word swapped for another.

The thresholds are cosines of the default embedder, measured on pairs of labels by ``benchmarks/concepts.py``; see
``docs/concepts.md``.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf, isinf
from typing import Final

from ingest.links.contrasts import Poles, contradict, figures, poles
from ingest.links.words import unmatched

# Where the words agree, but for one that one side adds, vectors need only confirm it.
SAME_WORDS: Final = 0.66
# Where the words differ, vectors must carry it alone.
SAME_MEANING: Final = 0.80
# Below this, two labels that are not one are not even related.
RELATED: Final = 0.56


@lru_cache(maxsize=65_536)
def _poles(label: str) -> Poles:
    return poles(label)


@lru_cache(maxsize=262_144)
def needed(left: str, right: str) -> float:
    """The cosine from which two labels name one thing; infinite where their words forbid it."""
    if contradict(_poles(left), _poles(right)) is not None or _other_figures(left, right):
        return inf
    mine, theirs = (len(words) for words in unmatched(left, right))
    if mine == theirs == 1:
        return inf
    return SAME_WORDS if min(mine, theirs) == 0 and max(mine, theirs) <= 1 else SAME_MEANING


def alike(left: str, right: str, cosine: float) -> bool:
    """Whether two labels whose vectors have this cosine name one thing."""
    return cosine >= SAME_WORDS and cosine >= needed(*sorted((left, right)))


def forbidden(left: str, right: str) -> bool:
    """Whether the words of two labels forbid that they name one thing, however near they are."""
    return isinf(needed(*sorted((left, right))))


def _other_figures(left: str, right: str) -> bool:
    mine, theirs = figures(left), figures(right)
    return bool(mine and theirs and mine != theirs)
