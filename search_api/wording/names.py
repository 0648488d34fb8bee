"""The places that a text names, by the vocabularies."""

from __future__ import annotations

from kg.lexicon import Lexicon


def places_of(lexicon: Lexicon, text: str) -> frozenset[str]:
    """IRIs of the regions named in a text."""
    return frozenset(match.concept.iri for match in lexicon.find(text, kinds=("region",)))
