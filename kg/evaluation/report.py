"""The scores as rows, one a measure: counts, precision, recall, F1 with its interval, and what annotators reach."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.evaluation.tally import Tally, intervals, precision_recall_f1

AGREEMENT = Path(__file__).with_name("agreement.json")
"""F1 of one annotator against the other on the five papers (spans: any overlap), for comparison."""
HEADER = (
    f"{'measure':28}{'P':>7}{'R':>7}{'F1':>7}  {'95 % interval':15}{'right':>6}{'wrong':>6}{'missed':>7}  annotators"
)


@dataclass(frozen=True, slots=True)
class Row:
    """Scores of one measure. ``low`` and ``high`` bound F1; ``annotators`` is None where nobody measured it."""

    measure: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    tp: int
    fp: int
    fn: int
    annotators: float | None

    def __str__(self) -> str:
        """The row of the table."""
        known = f"{self.annotators:.2f}" if self.annotators is not None else ""
        interval = f"[{self.low:.3f}, {self.high:.3f}]"
        scores = f"{self.precision:7.3f}{self.recall:7.3f}{self.f1:7.3f}"
        return f"{self.measure:28}{scores}  {interval:15}{self.tp:6}{self.fp:6}{self.fn:7}  {known}".rstrip()


def report(tally: Tally) -> list[Row]:
    """One row a measure, by name."""
    bounds = intervals(tally)
    return [_row(name, tally, bounds[name]) for name in sorted(tally.counts)]


def _row(name: str, tally: Tally, bounds: tuple[float, float]) -> Row:
    tp, fp, fn = (int(count) for count in tally.total(name))
    precision, recall, f1 = (round(score, 3) for score in precision_recall_f1(tally.total(name)))
    low, high = (round(bound, 3) for bound in bounds)
    return Row(name, precision, recall, f1, low, high, tp, fp, fn, _known(name))


def as_json(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows as plain objects."""
    return [asdict(row) for row in rows]


def errors(tally: Tally, most: int) -> Iterator[str]:
    """At most ``most`` errors of each measure, described in one line each."""
    for name in sorted(tally.errors):
        yield from (f"{name}: {note}" for note in tally.errors[name][:most])


def _known(name: str) -> float | None:
    return _agreement().get(name)


@lru_cache(maxsize=1)
def _agreement() -> Mapping[str, float]:
    read: dict[str, float] = json.loads(AGREEMENT.read_text(encoding="utf-8"))
    return read
