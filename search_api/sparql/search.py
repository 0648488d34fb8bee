"""The search that queries may use, as a port: what is asked of an index, and what it says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["passage", "sentence", "statement", "concept", "measure", "challenge"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One search. ``allowed`` (IRIs) are the only things that may be found, ``within`` is an IRI in which they lie.

    ``passages`` (IRIs) are the only passages that a find may lie in; None restricts nothing.
    """

    text: str
    kind: Kind = "passage"
    limit: int = 10
    least: float | None = None
    allowed: Collection[str] | None = None
    passages: Collection[str] | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found, by IRI: its score, its text, and the IRI of the passage where it stands (None: in many).

    ``reason`` says what it shares with the text; ``nearest`` fills up where fewer match than were asked for.
    """

    iri: str
    score: float
    text: str
    passage: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best finds in order. ``examined`` things were compared with the text, ``total`` of them match it."""

    found: tuple[Found, ...]
    total: int
    examined: int


class Search(Protocol):
    """Ranks the records of one snapshot by a text; may be called from several threads."""

    def __call__(self, wanted: Wanted) -> Ranking:
        """The best of what is allowed. MisuseError for a text that cannot be searched for."""
        ...
