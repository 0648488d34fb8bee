"""Counts of what was found rightly, found wrongly and missed, each at the unit (sentence) where it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.evaluation.gold import Gold

Counts = NDArray[np.int64]
"""Shape (3,): true positives, false positives, false negatives."""


@dataclass(slots=True)
class Tally:
    """Counts by measure and unit; ``units`` lists every unit that was looked at, those with no count included."""

    units: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, dict[tuple[str, str], Counts]] = field(default_factory=lambda: defaultdict(dict))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def open(self, gold: Gold) -> None:
        """Take in the units of a document, and one more for what lies outside all of them."""
        self.units += [(gold.name, unit.id) for unit in gold.units] + [(gold.name, "")]

    def add(
        self, name: str, unit: tuple[str, str], tp: int = 0, fp: int = 0, fn: int = 0, note: str | None = None
    ) -> None:
        """Count at one unit of one document; ``note`` describes an error for people."""
        held = self.counts[name]
        held[unit] = held.get(unit, np.zeros(3, np.int64)) + np.array((tp, fp, fn))
        if note is not None:
            self.errors[name].append(note)

    def judge(self, name: str, unit: tuple[str, str], right: bool, note: str | None = None) -> None:
        """Count a value that is right, or else both found wrongly and missed."""
        wrong = int(not right)
        self.add(name, unit, tp=int(right), fp=wrong, fn=wrong, note=None if right else note)

    def total(self, name: str) -> Counts:
        """Sum over all units."""
        return sum(self.counts[name].values(), start=np.zeros(3, np.int64))

    def matrix(self, name: str, order: Sequence[tuple[str, str]]) -> Counts:
        """Shape (units, 3), rows in the order given."""
        nothing = np.zeros(3, np.int64)
        return np.array([self.counts[name].get(unit, nothing) for unit in order])


def precision_recall_f1(counts: Counts) -> tuple[float, float, float]:
    """The three scores of one row of counts; 0 where nothing was found or wanted.

    >>> precision_recall_f1(np.array([8, 2, 0]))
    (0.8, 1.0, 0.888...)
    """
    tp, fp, fn = (int(count) for count in counts)
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    return precision, recall, 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def intervals(tally: Tally, draws: int = 2000, seed: int = 0) -> Mapping[str, tuple[float, float]]:
    """95 % interval of each measure's F1 by the percentile bootstrap over units (Efron and Tibshirani 1993, ch. 13).

    Units are drawn with replacement, all measures from the same draws; draws in which F1 is not defined are left out.
    The same tally gives the same intervals.
    """
    order = list(tally.units)
    chances = np.full(len(order), 1 / len(order)) if order else np.zeros(0)
    weights = np.random.default_rng(seed).multinomial(len(order), chances, size=draws)
    made = {}
    for name in tally.counts:
        tp, fp, fn = (weights @ tally.matrix(name, order)).T
        known = (2 * tp + fp + fn) > 0
        f1 = 2 * tp[known] / (2 * tp + fp + fn)[known]
        low, high = np.percentile(f1, (2.5, 97.5)) if f1.size else (0.0, 0.0)
        made[name] = (float(low), float(high))
    return made
