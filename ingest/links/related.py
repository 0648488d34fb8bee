"""Concepts that are near and not one: those that a thesaurus relates, and those whose labels mean nearly the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.links.likeness import RELATED
from ingest.links.linkage import close_pairs
from ingest.links.thesaurus import Known

_MOST: Final = 8


def related(
    homes: Sequence[str], vectors: NDArray[np.float32], known: Mapping[str, Known]
) -> Mapping[str, tuple[str, ...]]:
    """For each concept of one type the IRIs of its related ones, sorted; the relation holds both ways.

    ``homes`` names the concept of each label, ``vectors`` (n, d) are the labels' unit vectors: two concepts are as near
    as their nearest labels. A concept that has many near ones keeps the nearest that also keep it, besides those that
    the thesaurus names.
    """
    near: dict[str, dict[str, float]] = {iri: {} for iri in homes}
    for cosine, left, right in close_pairs(vectors, RELATED):
        one, other = homes[left], homes[right]
        if one != other:
            near[one][other] = max(cosine, near[one].get(other, 0.0))
            near[other][one] = near[one][other]
    kept = {iri: set(sorted(found, key=lambda other: (-found[other], other))[:_MOST]) for iri, found in near.items()}
    named = {iri: set(known[iri].related) & near.keys() for iri in near if iri in known}
    return {
        iri: tuple(sorted({other for other in kept[iri] if iri in kept[other]} | named.get(iri, set()))) for iri in near
    }
