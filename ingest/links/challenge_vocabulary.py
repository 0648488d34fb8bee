"""The vocabulary of common policy problems (``ontology/challenges.ttl``): which of them a challenge's label names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.identifiers import VOCABULARY
from kg.records import Theme

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "for",
        "to",
        "and",
        "or",
        "by",
        "with",
        "from",
        "at",
        "as",
        "its",
        "their",
        "our",
        "this",
        "that",
        "between",
        "among",
        "is",
        "are",
        "be",
    ]
)
_SUFFIXES = ("ations", "ation", "ities", "ity", "ments", "ment", "ing", "ies", "ed", "es", "e", "s", "y")
# Cosine above which the default embedder takes a label and a vocabulary label for two names of one problem;
# hand-written pairs of different problems ("water scarcity", "water pollution") reach 0.72.
_SAME = 0.78


@dataclass(frozen=True, slots=True)
class KnownChallenge:
    """A concept of the vocabulary; ``labels`` starts with the preferred one."""

    iri: str
    labels: tuple[str, ...]
    theme: Theme


def load_vocabulary(folder: Path) -> tuple[KnownChallenge, ...]:
    """The concepts of ``challenges.ttl`` below ``folder``, sorted by IRI."""
    preferred: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    themes: dict[str, Theme] = {}
    for quad in ox.parse(path=str(folder / "challenges.ttl"), format=ox.RdfFormat.TURTLE):
        subject, name, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, ox.NamedNode) or (isinstance(value, ox.Literal) and value.language == "zh"):
            continue
        if name == f"{_SKOS}prefLabel" and isinstance(value, ox.Literal):
            preferred[subject.value] = value.value
        elif name == f"{_SKOS}altLabel" and isinstance(value, ox.Literal):
            others.setdefault(subject.value, []).append(value.value)
        elif name == f"{_SKOS}broader" and isinstance(value, ox.NamedNode):
            themes[subject.value] = _theme(value.value)
    return tuple(
        KnownChallenge(iri, (preferred[iri], *sorted(others.get(iri, ()))), themes.get(iri, "other"))
        for iri in sorted(preferred)
    )


def recognise(
    labels: Sequence[str],
    vectors: NDArray[np.float32],
    vocabulary: Sequence[KnownChallenge],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[KnownChallenge | None]:
    """For each label (with its unit vector, one a row) the problem it names: by its words, else by its meaning,
    else None.
    """
    names = [(label, known) for known in vocabulary for label in known.labels]
    if not labels or not names:
        return [None] * len(labels)
    stems = [(_stems(name), known) for name, known in names]
    closeness = vectors @ embed([name for name, _ in names]).T
    nearest = closeness.argmax(axis=1)
    found: list[KnownChallenge | None] = []
    for row, label in enumerate(labels):
        by_words = _by_words(_stems(label), stems)
        near = names[nearest[row]][1] if closeness[row, nearest[row]] >= _SAME else None
        found.append(by_words or near)
    return found


def _theme(iri: str) -> Theme:
    code = iri.removeprefix(f"{VOCABULARY}theme/")
    themes: tuple[Theme, ...] = get_args(Theme)
    return next((theme for theme in themes if theme == code), "other")


def _by_words(stems: tuple[str, ...], names: Sequence[tuple[tuple[str, ...], KnownChallenge]]) -> KnownChallenge | None:
    """The problem whose name stands in the label with all its words; the longest such name wins, then the first IRI."""
    fitting = [(len(name), known) for name, known in names if _stands_in(name, stems)]
    if not fitting:
        return None
    longest = max(length for length, _ in fitting)
    return min((known for length, known in fitting if length == longest), key=lambda known: known.iri)


def _stands_in(name: tuple[str, ...], stems: tuple[str, ...]) -> bool:
    """All of a long name's words, or both of a short one's side by side; a single word must be all there is."""
    if len(name) > 2:
        return set(name) <= set(stems) and len(stems) <= len(name) + 3
    pairs = {*pairwise(stems), *pairwise(reversed(stems))}
    return name == stems or (len(name) == 2 and (name[0], name[1]) in pairs and len(stems) <= 5)


def _stems(label: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in re.findall(r"[^\W_]+", label.casefold()) if word not in _EMPTY)


def _stem(word: str) -> str:
    """A rough stem, enough to join singular and plural, -ise and -ize, "distributed" and "distribution"."""
    plain = re.sub(r"iz(?=[eai])", "is", word)
    for suffix in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 4:
            return plain[: -len(suffix)]
    return plain
