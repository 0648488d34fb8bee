"""The draft of a statement: a measure or a challenge as it was found, before its actors and places are known.

``ingest.statements.drafting`` makes drafts from single sentences; ``ingest.links.scope`` turns them into
``kg.records.Statement`` by adding what only the section or the whole paper can tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import MeasureStatus, StatementType, Theme


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """One place that states a measure or a challenge. ``text == source_text[start:end]``; challenges have no status.

    ``duplicate_of`` names the draft of the same type at the same place in the earlier twin of a repeated sentence.
    """

    id: str
    type: StatementType
    document: str
    section: str
    sentence: str
    start: int
    end: int
    text: str
    label: str
    theme: Theme
    status: MeasureStatus | None
    confidence: float
    duplicate_of: str | None
