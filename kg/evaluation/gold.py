"""Gold annotations of one document: what annotators marked, read from a JSON Lines file.

What all annotators marked is ``required``; what only some marked is optional: finding it is neither rewarded nor
punished. A file whose units carry ``spans`` is partial: only the roles of its units are known, and statements one by
one only in the units (and for the types) that ``spans`` names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluation.extents import Extent
from kg.evaluation.jsonl import Row, made, rows


@dataclass(frozen=True, slots=True)
class Unit(Extent):
    """A sentence as the annotators saw it. ``spans``: the statement types marked one by one in it; None: all."""

    id: str
    aside: bool
    spans: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class GoldRole(Extent):
    """A role that a unit plays."""

    role: str
    required: bool


@dataclass(frozen=True, slots=True)
class GoldStatement(Extent):
    """A measure or a challenge, with every theme and status that an annotator gave it."""

    type: str
    id: str
    text: str
    themes: frozenset[str]
    statuses: frozenset[str]
    required: bool


@dataclass(frozen=True, slots=True)
class GoldMention(Extent):
    """A region, an industry or an actor, with every label that an annotator gave it."""

    type: str
    text: str
    labels: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class GoldStatistic(Extent):
    """A figure."""

    text: str
    value: float
    year: int | None
    required: bool


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A measure that addresses a challenge, by the ids of their units."""

    measure: str
    challenge: str
    required: bool


@dataclass(slots=True)
class Gold:
    """All annotations of one document. ``name`` is the stem of the file's name, and of the source's."""

    name: str
    units: list[Unit] = field(default_factory=list)
    roles: list[GoldRole] = field(default_factory=list)
    statements: list[GoldStatement] = field(default_factory=list)
    mentions: list[GoldMention] = field(default_factory=list)
    statistics: list[GoldStatistic] = field(default_factory=list)
    pairs: list[GoldPair] = field(default_factory=list)

    @property
    def partial(self) -> bool:
        """Whether only the units and some of the statements are known."""
        return any(unit.spans is not None for unit in self.units)

    def judges(self, type_: str, place: Extent) -> bool:
        """Whether the file can tell if a statement of this type at ``place`` is right."""
        if not self.partial:
            return True
        return any(place.overlap(unit) and type_ in (unit.spans or ()) for unit in self.units)

    def aside(self, place: Extent) -> bool:
        """Whether ``place`` touches a heading or a line of meta data, which is not scored."""
        return any(unit.aside and unit.overlap(place) for unit in self.units)

    def unit_of(self, place: Extent) -> str:
        """Id of the unit that covers most of ``place``; "" where none does."""
        best = max(self.units, key=place.overlap, default=None)
        return best.id if best is not None and best.overlap(place) else ""


def read_gold(path: Path) -> Gold:
    """The annotations in a file. Raises MisuseError that names the line for what is not of their form."""
    gold = Gold(path.stem)
    for number, row in rows(path):
        place = f"{path}, line {number}"
        if (add := _KINDS.get(made(lambda r: str(r["kind"]), row, place))) is not None:
            made(lambda r, add=add: add(gold, r), row, place)  # type: ignore[misc]
    return gold


def _unit(gold: Gold, row: Row) -> None:
    spans = frozenset(row["spans"]) if "spans" in row else None
    gold.units.append(Unit(*_place(row), str(row["id"]), bool(row["heading"] or row["meta"]), spans))


def _role(gold: Gold, row: Row) -> None:
    gold.roles.append(GoldRole(*_place(row), str(row["role"]), bool(row["required"])))


def _statement(gold: Gold, row: Row) -> None:
    themes, statuses = frozenset(row.get("theme", ())), frozenset(row.get("status", ()))
    gold.statements.append(
        GoldStatement(*_place(row), row["kind"], row["id"], row.get("text", ""), themes, statuses, row["required"])
    )


def _mention(gold: Gold, row: Row) -> None:
    gold.mentions.append(GoldMention(*_place(row), row["kind"], row["text"], tuple(row["labels"]), row["required"]))


def _statistic(gold: Gold, row: Row) -> None:
    gold.statistics.append(
        GoldStatistic(*_place(row), row["text"], float(row["value"]), row.get("year"), row["required"])
    )


def _pair(gold: Gold, row: Row) -> None:
    gold.pairs.append(GoldPair(_unit_id(row["measure"]), _unit_id(row["challenge"]), row["required"]))


def _place(row: Row) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])


def _unit_id(statement: str) -> str:
    """``000-007#1`` is the second statement of unit ``000-007``."""
    return statement.partition("#")[0]


_KINDS: Mapping[str, Callable[[Gold, Row], None]] = {
    "unit": _unit,
    "sentence": _role,
    "measure": _statement,
    "challenge": _statement,
    "region": _mention,
    "industry": _mention,
    "actor": _mention,
    "statistic": _statistic,
    "addresses": _pair,
}
