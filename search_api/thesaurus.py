"""Names of common policy problems: a question that uses any of them means the same concept."""

from __future__ import annotations

from pathlib import Path

from kg.lexicon import Lexicon
from kg.lexicon.vocabulary import read

FILES = ("challenges.ttl",)
KINDS = ("challenge",)


def load(folder: Path) -> Lexicon:
    """The problems of the vocabularies in ``folder``. Raises PolicyweaveError where a file is missing or broken."""
    return Lexicon(read(folder, FILES))


def named(question: str, thesaurus: Lexicon) -> tuple[str, ...]:
    """IRIs of the problems that a question calls by one of their names, in order."""
    return tuple(dict.fromkeys(match.concept.iri for match in thesaurus.find(question, kinds=KINDS)))
