"""The matrix: problems, places or branches against measures, which answer what, and what is left without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import MisuseError
from search_api.browse import axes
from search_api.browse.asked import Asked, ask
from search_api.browse.axes import Head, Pair
from search_api.browse.criteria import resolve
from search_api.browse.index import NOTHING, Index
from search_api.browse.links import BASES

# Filters that measures and challenges must both meet; the others are of measures alone.
ON_BOTH: Final = ("region", "region_type", "year", "document")
ON_MEASURES: Final = ("industry", "actor", "status")
FILTERS: Final = (*ON_BOTH, *ON_MEASURES)


@dataclass(frozen=True, slots=True)
class Wish:
    """A matrix to be: its axes, what may count, and the filters."""

    rows: str = "challenge-theme"
    columns: str = "measure-theme"
    basis: tuple[str, ...] = ()
    min_confidence: float = 0.0
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """All cells, before any limit. ``gaps`` holds the challenges of a row that nothing addresses, by its key."""

    wish: Wish
    measures: Asked
    row_heads: Mapping[str, Head]
    column_heads: Mapping[str, Head]
    cells: Mapping[tuple[str, str], tuple[Pair, ...]]
    rows: Mapping[str, tuple[Pair, ...]]
    gaps: Mapping[str, frozenset[str]] | None


def wish(
    rows: str = "challenge-theme",
    columns: str = "measure-theme",
    basis: Iterable[str] = (),
    min_confidence: float = 0.0,
    filters: Iterable[tuple[str, str]] = (),
) -> Wish:
    """A checked wish. Raises MisuseError for an axis, basis or confidence that cannot be."""
    _one_of("rows", rows, axes.ROWS)
    _one_of("columns", columns, axes.COLUMNS)
    if rows == columns:
        raise MisuseError(f"rows and columns are both '{rows}': choose two different ones")
    wanted = tuple(sorted(set(basis)))
    for name in wanted:
        _one_of("basis", name, BASES)
    if not 0.0 <= min_confidence <= 1.0:
        raise MisuseError(f"min_confidence is {min_confidence}: give a number from 0 to 1")
    given = tuple(sorted(set(filters)))
    for name, _ in given:
        _one_of("filter", name, FILTERS)
    return Wish(rows, columns, wanted, min_confidence, given)


def build(index: Index, wanted: Wish) -> Table:
    """All cells. Raises MisuseError for a filter that nothing can meet."""
    asked = ask("measure", wanted.given)
    measures = _concepts(index, asked)
    challenges = _concepts(index, ask("challenge", [(n, v) for n, v in wanted.given if n in ON_BOTH]))
    heads: dict[str, Head] = {}
    rows: defaultdict[str, list[Pair]] = defaultdict(list)
    for head, pair in axes.pairs(index, wanted.rows):
        met = pair.measure in measures and (pair.challenge is None or pair.challenge in challenges)
        if met and _counts(wanted, pair):
            heads[head.key] = head
            rows[head.key].append(pair)
    gaps = None
    if wanted.rows in ("challenge-theme", "challenge"):
        gaps = _gaps(index, wanted.rows, challenges, rows.values(), heads)
    column_heads, cells = _cells(index, wanted.columns, rows)
    return Table(wanted, asked, heads, column_heads, cells, {key: tuple(rows.get(key, ())) for key in heads}, gaps)


def _one_of(name: str, value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise MisuseError(f"unknown {name} '{value}': use one of {', '.join(allowed)}")


def _concepts(index: Index, asked: Asked) -> frozenset[str]:
    """Measures or challenges with a statement that meets the filters."""
    found = resolve(index, asked).statements(index, asked.kind) or NOTHING
    return frozenset(index.catalog.concept_of[s].iri for s in found)


def _counts(wanted: Wish, pair: Pair) -> bool:
    link = pair.link
    return (not wanted.basis or link.basis in wanted.basis) and link.confidence >= wanted.min_confidence


def _gaps(
    index: Index, rows: str, challenges: Iterable[str], held: Iterable[Sequence[Pair]], heads: dict[str, Head]
) -> Mapping[str, frozenset[str]]:
    """Challenges without a measure by row; rows that hold nothing else are added to ``heads``."""
    answered = {pair.challenge for pairs in held for pair in pairs}
    gaps: defaultdict[str, set[str]] = defaultdict(set)
    for challenge in challenges:
        if challenge not in answered:
            head = axes.of_challenge(index, rows, challenge)
            heads[head.key] = head
            gaps[head.key].add(challenge)
    return {key: frozenset(found) for key, found in gaps.items()}


def _cells(
    index: Index, columns: str, rows: Mapping[str, Sequence[Pair]]
) -> tuple[dict[str, Head], dict[tuple[str, str], tuple[Pair, ...]]]:
    of = axes.columns(index, columns)
    heads: dict[str, Head] = {}
    cells: defaultdict[tuple[str, str], list[Pair]] = defaultdict(list)
    for row, held in rows.items():
        for pair in held:
            for head in of(pair.measure):
                heads[head.key] = head
                cells[row, head.key].append(pair)
    return heads, {key: tuple(pairs) for key, pairs in cells.items()}
