"""How alike a measure and a challenge are: by the meaning of labels and sentences, and by the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.text.layout import Layout
from kg.lexicon.folding import words
from kg.records import Statement

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Matrix = NDArray[np.float64]

_STEM = 6
"""Letters of a word that are compared ("innovation", "innovative"): cutting words short serves as well as stemming in
English (McNamee and Mayfield, Information Retrieval 7, 2004), and needs no list."""
_SHORTEST = 4
_WORTH = 0.5
"""Weight of shared words beside meaning: the words matter where the vectors of one field all lie close together."""
_USUAL = {"labels": (0.18, 0.14), "sentences": (0.31, 0.14), "words": (0.03, 0.05), "crossed": (0.03, 0.06)}
"""Mean and deviation over all pairs of three papers on economic policy: what a text with few pairs is measured by."""
_FEW = 100
"""Pairs from which a document's own mean and deviation count as much as the usual ones."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """``alike`` is the likeness of each measure (row) with each challenge (column) in deviations from the mean.

    ``measures`` and ``challenges`` are the unit vectors of the labels, shapes (rows, d) and (columns, d).
    """

    alike: Matrix
    measures: NDArray[np.float32]
    challenges: NDArray[np.float32]


def likeness(measures: Sequence[Statement], challenges: Sequence[Statement], layout: Layout, embed: Embed) -> Likeness:
    """Likeness of all pairs of one document; ``embed`` maps n texts to an (n, d) array of unit vectors."""
    text_of = {sentence.id: sentence.text for sentence in layout.sentences}
    rows, columns = len(measures), [text_of[s.sentence] for s in challenges]
    said = [text_of[s.sentence] for s in measures]
    labels = embed([s.label or s.text for s in (*measures, *challenges)])
    texts = embed([*said, *columns])
    common = _Words([s.text for s in layout.sentences if s.kind in {"prose", "heading"}])
    ours, theirs = common.vectors([s.label or s.text for s in measures]), common.vectors(said)
    named, told = common.vectors([s.label or s.text for s in challenges]), common.vectors(columns)
    alike = (
        _standard(labels[:rows] @ labels[rows:].T, "labels")
        + _standard(texts[:rows] @ texts[rows:].T, "sentences")
        + _WORTH * _standard(theirs @ told.T, "words")
        + _WORTH * _standard(ours @ told.T + theirs @ named.T, "crossed")
    ) / 3
    return Likeness(alike, labels[:rows], labels[rows:])


def _standard(values: NDArray[np.float32] | Matrix, kind: str) -> Matrix:
    """Deviations from the mean; the fewer pairs, the more the usual mean and deviation count."""
    mean, deviation = _USUAL[kind]
    own = values.size / (values.size + _FEW)
    centre = own * float(values.mean()) + (1 - own) * mean
    spread = own * float(values.std()) + (1 - own) * deviation
    standard: Matrix = (values.astype(np.float64) - centre) / spread
    return standard


class _Words:
    """Texts of one document as unit vectors of its words, rare words first (inverse document frequency)."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._known: dict[str, int] = {}
        found = Counter(stem for text in sentences for stem in _stems(text))
        self._rarity = np.array([np.log((len(sentences) + 1) / (count + 0.5)) for count in found.values()])
        self._known = {stem: column for column, stem in enumerate(found)}

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """One row a text; a text of unknown words alone is a row of zeros."""
        rows = np.zeros((len(texts), len(self._known)))
        for row, text in enumerate(texts):
            known = [self._known[stem] for stem in _stems(text) if stem in self._known]
            rows[row, known] = self._rarity[known]
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Matrix = rows / np.where(length > 0, length, 1.0)
        return unit


def _stems(text: str) -> set[str]:
    return {word.surface.casefold()[:_STEM] for word in words(text) if len(word.surface) >= _SHORTEST}
