"""The SKOS vocabularies as a lexicon: labels to concepts, the same for documents and for questions."""

from kg.lexicon.concept import LexicalConcept, Match
from kg.lexicon.lexicon import KINDS, Lexicon

__all__ = ["KINDS", "LexicalConcept", "Lexicon", "Match"]
