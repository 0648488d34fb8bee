"""The record of how a verb is put (its mood, the status that follows, how sure the construction makes us)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from kg.records import MeasureStatus

Mood = Literal["duty", "intention", "command", "gerund", "done", "practice", "possibility"]


@dataclass(frozen=True, slots=True)
class Put:
    """A verb's mood and the status it implies; ``strength`` is P(measure) before the verb itself is weighed."""

    mood: Mood
    status: MeasureStatus
    strength: float


#: Tells the mood of another verb of the same sentence.
Above = Callable[[Token], Put | None]
