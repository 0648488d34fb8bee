"""Which concept of a thesaurus a label names: by equal words, by words that stand in it, by meaning, in that order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.links.likeness import forbidden
from ingest.links.thesaurus import Known
from ingest.links.words import stems
from kg.records import MergeReason

Vectors = NDArray[np.float32]
Words = tuple[str, ...]
# A name this near decides alone; one less near must also be nearer than any name of another concept by the margin.
# Cosines of the default embedder, measured by benchmarks/concepts.py (see docs/concepts.md).
CERTAIN: Final = 0.75
LIKELY: Final = 0.60
AHEAD: Final = 0.15
_LOOKED_AT: Final = 40


@dataclass(frozen=True, slots=True)
class Recognised:
    """The concept, the name of it that fits, how it fits, and the cosine where it fits by meaning (else 1)."""

    known: Known
    reason: MergeReason
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Rules:
    """``stands_in``: whether a label, given by its words, holds a name, given by its words. ``forbidden``: whether a
    label must not be taken for a name, however near it is.
    """

    stands_in: Callable[[Words, Words], bool]
    forbidden: Callable[[str, str], bool]


class Recogniser:
    """Looks labels up in a thesaurus. ``embed`` maps n texts to an (n, d) array of unit vectors."""

    def __init__(
        self, thesaurus: Sequence[Known], embed: Callable[[Sequence[str]], Vectors], rules: Rules | None = None
    ) -> None:
        self._rules = rules or PROBLEMS
        self._names = [(name, known) for known in thesaurus for name in known.labels]
        self._words = [stems(name) for name, _ in self._names]
        self._exact = {words: place for place, words in reversed(list(enumerate(self._words)))}
        self._foreign = {name.casefold(): (name, known) for known in thesaurus for name in known.other}
        self._vectors = embed([name for name, _ in self._names]) if self._names else None

    def recognise(self, label: str, vector: Vectors, closed: frozenset[str] = frozenset()) -> Recognised | None:
        """What ``label`` with its unit vector (d,) names; concepts whose IRIs are ``closed`` are passed over."""
        found = self._by_equal_words(label)
        if found is not None and found.known.iri not in closed:
            return found
        return self._by_words_in_it(label, closed) or self._by_meaning(label, vector, closed)

    def _by_equal_words(self, label: str) -> Recognised | None:
        if (foreign := self._foreign.get(label.casefold())) is not None:
            return Recognised(foreign[1], "synonym", foreign[0], 1.0)
        if (place := self._exact.get(stems(label))) is None:
            return None
        name, known = self._names[place]
        return Recognised(known, "label" if name == known.labels[0] else "synonym", name, 1.0)

    def _by_words_in_it(self, label: str, closed: frozenset[str]) -> Recognised | None:
        """The concept whose name stands in the label; the longest such name wins, then the first IRI."""
        words = stems(label)
        fitting = [
            (-len(name), self._names[place][1].iri, place)
            for place, name in enumerate(self._words)
            if self._rules.stands_in(name, words) and self._names[place][1].iri not in closed
        ]
        if not fitting:
            return None
        name, known = self._names[min(fitting)[2]]
        return Recognised(known, "vocabulary", name, 1.0)

    def _by_meaning(self, label: str, vector: Vectors, closed: frozenset[str]) -> Recognised | None:
        best: Recognised | None = None
        for name, known, cosine in self._nearest(vector):
            if known.iri in closed or self._rules.forbidden(label, name):
                continue
            if best is None:
                if cosine < LIKELY:
                    return None
                best = Recognised(known, "embedding", name, cosine)
                if cosine >= CERTAIN:
                    return best
            elif known.iri != best.known.iri:
                return best if best.score - cosine >= AHEAD else None
        return best

    def _nearest(self, vector: Vectors) -> Iterator[tuple[str, Known, float]]:
        if self._vectors is None:
            return
        cosines = self._vectors @ vector
        for place in np.argsort(-np.round(cosines, 4), kind="stable")[:_LOOKED_AT]:
            yield (*self._names[place], round(float(cosines[place]), 4))


def _in_a_problem(name: Words, words: Words) -> bool:
    """All of a long name's words, or both of a short one's side by side; a single word must be all there is."""
    if len(name) > 2:
        return set(name) <= set(words) and len(words) <= len(name) + 3
    pairs = {*pairwise(words), *pairwise(reversed(words))}
    return name == words or (len(name) == 2 and (name[0], name[1]) in pairs and len(words) <= 5)


def _in_a_measure(name: Words, words: Words) -> bool:
    """The name's words side by side; a single word must begin the measure, as its verb does."""
    size = len(name)
    if size == 1:
        return words[:1] == name
    return any(words[place : place + size] == name for place in range(len(words) - size + 1))


# A challenge is the problem that it names; a measure is an instance of its instrument.
PROBLEMS: Final = Rules(_in_a_problem, forbidden)
INSTRUMENTS: Final = Rules(_in_a_measure, lambda _label, _name: False)
