"""What a statement component finds in one sentence: a stretch of tokens that states a measure or a challenge."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.records import MeasureStatus, Theme


@dataclass(frozen=True, slots=True)
class Finding:
    """Tokens ``start:end`` of a Doc with what they state. Challenges have no status; ``confidence`` is P(correct)."""

    start: int
    end: int
    label: str
    theme: Theme
    status: MeasureStatus | None
    confidence: float


def register() -> None:
    """Make ``doc._.roles``, ``.measures`` and ``.challenges`` known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("roles"):
        Doc.set_extension("roles", default={})
    for name in ("measures", "challenges"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
