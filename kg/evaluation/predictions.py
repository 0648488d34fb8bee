"""What was extracted from one document, as far as it is scored, read from rows of the records export.

The published form is scored, not the records in memory, so that a score speaks about what other programs get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath

from kg.errors import MisuseError
from kg.evaluation.extents import Extent
from kg.evaluation.jsonl import Row, made


@dataclass(frozen=True, slots=True)
class FoundSentence(Extent):
    """A sentence and its roles."""

    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundStatement(Extent):
    """A measure or a challenge."""

    id: str
    type: str
    text: str
    theme: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class FoundMention(Extent):
    """A region, an industry or an actor."""

    type: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class FoundStatistic(Extent):
    """A figure."""

    text: str
    value: float
    year: int | None


@dataclass(slots=True)
class Found:
    """All that was extracted from one document; ``pairs`` holds ids of a measure and of the challenge it addresses."""

    sentences: list[FoundSentence] = field(default_factory=list)
    statements: list[FoundStatement] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)
    statistics: list[FoundStatistic] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


def by_source(records: Iterable[Row]) -> Mapping[str, Found]:
    """What was found in each document, by the stem of its source's name. ``records`` are rows of an export.

    Raises MisuseError for rows that ``policyweave export records`` does not write.
    """
    stems: dict[str, str] = {}
    found: dict[str, Found] = {}
    for number, row in enumerate(records, 1):
        place = f"record {number} of the export"
        if row.get("kind") == "document":
            stems[row["id"]] = PurePath(row["source"]).stem
            found[stems[row["id"]]] = Found()
        elif "document" in row:
            if row["document"] not in stems:
                raise MisuseError(f"{place} is of no document: give what 'policyweave export records' wrote")
            made(partial(_add, found[stems[row["document"]]]), row, place)
    return found


def _add(found: Found, row: Row) -> None:
    match row["kind"]:
        case "sentence":
            found.sentences.append(FoundSentence(row["start"], row["end"], frozenset(row["roles"])))
        case "statement":
            found.statements.append(
                FoundStatement(
                    row["start"], row["end"], row["id"], row["type"], row["text"], row["theme"], row["status"]
                )
            )
        case "mention":
            found.mentions.append(FoundMention(row["start"], row["end"], row["type"], row["text"], row["label"]))
        case "statistic":
            found.statistics.append(
                FoundStatistic(row["start"], row["end"], row["text"], float(row["value"]), row["year"])
            )
        case "relation" if row["type"] == "addresses":
            found.pairs.append((row["measure"], row["challenge"]))
