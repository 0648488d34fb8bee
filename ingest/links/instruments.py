"""Which kind of policy instrument a measure is, where its labels say so plainly; else nothing is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.links import thesaurus
from ingest.links.recognition import INSTRUMENTS, Recogniser
from kg.records import EntityRef

Vectors = NDArray[np.float32]


class Instruments:
    """The instruments of ``ontology/instruments.ttl`` as measures name them."""

    def __init__(self, folder: Path, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._recogniser = Recogniser(thesaurus.load(folder, "instrument"), embed, INSTRUMENTS)

    def of(self, labels: Sequence[str], vectors: Vectors) -> EntityRef | None:
        """The instrument that more than half of the labels of one measure name; ``vectors`` (n, d) are theirs."""
        found = [self._recogniser.recognise(label, vector) for label, vector in zip(labels, vectors, strict=True)]
        counts = Counter(one.known for one in found if one is not None)
        if not counts:
            return None
        known = min(counts, key=lambda each: (-counts[each], each.iri))
        return EntityRef(known.iri, known.labels[0]) if 2 * counts[known] > len(labels) else None
