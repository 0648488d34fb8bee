"""A thing found for an answer before its citations are written: internal counterpart of the answer's item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.records import Statement, Statistic
from search_api.retrieval.evidence import Evidence
from search_api.schemas import ItemType


@dataclass(frozen=True, slots=True)
class Place:
    """A citable place: source characters ``start:end`` within a sentence, with the evidence that led there."""

    document: str
    start: int
    end: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Found:
    """An item to be. ``statements`` are those it rests on (none for entities), best first."""

    iri: str
    type: ItemType
    label: str
    score: float
    basis: str
    places: tuple[Place, ...]
    statements: tuple[Statement, ...] = ()
    statistic: Statistic | None = None
    note: str = ""


def strongest(found: Sequence[Found], k: int, slack: float) -> list[Found]:
    """The first k of those whose score is within ``slack`` of the best: what is clearly weaker is left out."""
    ordered = sorted(found, key=lambda f: (-f.score, f.iri))
    return [item for item in ordered[:k] if item.score >= ordered[0].score - slack]
