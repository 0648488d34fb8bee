"""Figures of several sides next to each other, and whether papers disagree about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.records import Statistic
from search_api.browse.comparison_schemas import (
    FigureComparison,
    FigureRow,
)
from search_api.browse.entries import figure
from search_api.browse.index import Index, indicator


def align(index: Index, sides: Sequence[Iterable[str]], limit: int) -> FigureComparison:
    """Figures of each side (IRIs) aligned by what they measure and in which unit; what can be compared comes first."""
    held: defaultdict[tuple[str, str], list[list[str]]] = defaultdict(lambda: [[] for _ in sides])
    for number, side in enumerate(sides):
        for key in sorted(side):
            record = index.figures[key]
            held[indicator(record), record.unit.casefold()][number].append(key)
    groups = [_Aligned.of(index, given) for given in held.values()]
    groups.sort(key=lambda g: (not g.shared, not g.disagree, g.first.indicator.casefold(), g.first.unit.casefold()))
    return FigureComparison(
        total=len(groups),
        shared=sum(group.shared for group in groups),
        rows=[group.row(index) for group in groups[:limit]],
        more=max(0, len(groups) - limit),
    )


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Figures of one indicator and unit: IRIs by side, and what they say together."""

    sides: tuple[tuple[str, ...], ...]
    first: Statistic
    shared: bool
    disagree: bool

    @classmethod
    def of(cls, index: Index, sides: Iterable[Iterable[str]]) -> _Aligned:
        """Each side by year; at least one holds a figure."""
        ordered = tuple(tuple(sorted(side, key=lambda k: (index.figures[k].year or 0, k))) for side in sides)
        figures = [index.figures[key] for side in ordered for key in side]
        disagree = any(figure.conflicts for figure in figures) or _disagree(figures)
        return cls(ordered, figures[0], sum(map(bool, ordered)) > 1, disagree)

    def row(self, index: Index) -> FigureRow:
        """As clients see it."""
        return FigureRow(
            indicator=self.first.indicator,
            unit=self.first.unit,
            shared=self.shared,
            disagree=self.disagree,
            sides=[[figure(index, key) for key in side] for side in self.sides],
        )


def _disagree(figures: Iterable[Statistic]) -> bool:
    """Whether two papers have no value in common for one region and year. Within a paper two figures of one name are
    rather two things that it calls alike.
    """
    values: defaultdict[tuple[str, int | None], defaultdict[str, set[float]]] = defaultdict(lambda: defaultdict(set))
    for record in figures:
        if record.region is not None:
            values[record.region.iri, record.year][record.document].add(record.value)
    return any(one.isdisjoint(other) for papers in values.values() for one, other in combinations(papers.values(), 2))
