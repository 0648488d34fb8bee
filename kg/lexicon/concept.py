"""What the lexicon knows about a concept, and what it finds in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LexicalConcept:
    """A concept of a vocabulary.

    ``kind`` is region, industry, actor, theme or region-type; ``type`` the level of a region, the kind of an industry
    (industry, group, technology) or of an actor, "" otherwise. ``alt_labels`` holds labels of all languages;
    ``hidden_labels`` are demonyms of regions, bare names of districts and words that name an industry only in company,
    its preferred label (``pw:ambiguousLabel``) among them. ``size`` is a city's
    population or 0.
    """

    iri: str
    kind: str
    type: str
    label: str
    alt_labels: tuple[str, ...]
    hidden_labels: tuple[str, ...]
    notation: tuple[str, ...]
    broader: tuple[str, ...]
    members: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch ``text[start:end]`` that names a concept; ``alternatives`` are the other readings, best first.

    ``hidden`` says that only a hidden label matched (a demonym, an ordinary word).
    """

    start: int
    end: int
    text: str
    kind: str
    concept: LexicalConcept
    score: float
    alternatives: tuple[LexicalConcept, ...]
    hidden: bool
