"""The record of a place that names or tells a problem, before context has weighed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Seed:
    """Tokens ``start:end`` that name a problem (``kind`` phrase) or tell one (clause); ``head`` is its noun or verb."""

    start: int
    end: int
    head: Token
    kind: Literal["phrase", "clause", "harm"]
    strength: float
