"""Reading order on a page with several columns: what a tall gutter parts is read one side after the other.

A recursive cut as in XY-cut (Nagy and Seth 1984), with the tallest gutter first, so that a title or a figure over both
columns ends them where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.readers.pdf.lines import WIDE, rows
from ingest.readers.pdf.words import Word

Row = list[Word]
# Rows with text on a side, characters in the middle one of them, and share of the side's width that it fills: prose.
_FEWEST_ROWS: Final = 4
_CHARACTERS: Final = 18
_FILLED: Final = 0.6
# Share of the font size that a gutter is wide at least.
_GUTTER: Final = 0.7


@dataclass(frozen=True, slots=True)
class _Cut:
    """A gutter at ``x`` beside ``rows[first:last]``."""

    x: float
    first: int
    last: int


def columns(words: Sequence[Word]) -> list[list[Word]]:
    """Groups of words in reading order, each a stretch of one column."""
    found = rows(words)
    cut = _best(found)
    if cut is None:
        return [list(words)] if words else []
    above, beside, below = found[: cut.first], found[cut.first : cut.last], found[cut.last :]
    parts = [
        [word for row in above for word in row],
        [word for row in beside for word in row if word.left < cut.x],
        [word for row in beside for word in row if word.left >= cut.x],
        [word for row in below for word in row],
    ]
    return [column for part in parts if part for column in columns(part)]


def _best(found: Sequence[Row]) -> _Cut | None:
    """The gutter with the most rows on its emptier side, if what stands on both sides reads as prose."""
    best: tuple[int, _Cut] | None = None
    for x in _candidates(found):
        for cut in _runs(found, x):
            left, right = _sides(found, cut)
            score = min(len(left), len(right))
            if score >= _FEWEST_ROWS and (best is None or score > best[0]) and _is_prose(left) and _is_prose(right):
                best = score, cut
    return best[1] if best else None


def _candidates(found: Sequence[Row]) -> list[float]:
    """The middle of each gap that may be a gutter, whole points, each once."""
    places = set()
    for row in found:
        for before, word in pairwise(row):
            if word.left - before.right >= _GUTTER * max(before.size, word.size):
                places.add(round((word.left + before.right) / 2))
    ends = [max(word.right for word in row) for row in found]
    starts = [row[0].left for row in found]
    # Columns whose rows never stand side by side leave no gap: the left edge of a row further right shows one.
    places |= {round(start - 3) for start in starts if any(end < start - 4 for end in ends)}
    return sorted(places)


def _runs(found: Sequence[Row], x: float) -> list[_Cut]:
    """Stretches of rows that neither a word nor a table crosses at ``x``."""
    tabular = [_has_cells_on_both_sides(row, x) for row in found]
    runs, first = [], 0
    for index, row in enumerate([*found, None]):
        table = (
            row is not None
            and tabular[index]
            and any(tabular[max(0, index - 1) : index] + tabular[index + 1 : index + 2])
        )
        if row is None or table or any(word.left < x + 2 and word.right > x - 2 for word in row):
            if index - first >= _FEWEST_ROWS:
                runs.append(_Cut(x, first, index))
            first = index + 1
    return runs


def _has_cells_on_both_sides(row: Row, x: float) -> bool:
    """Whether wide gaps part the words left of ``x`` and those right of it, as in a row of a table."""
    wide = [(one.right, two.left) for one, two in pairwise(row) if two.left - one.right > WIDE * two.size]
    return any(end < x for _, end in wide) and any(start > x for start, _ in wide)


def _sides(found: Sequence[Row], cut: _Cut) -> tuple[list[Row], list[Row]]:
    beside = found[cut.first : cut.last]
    left = [[word for word in row if word.left < cut.x] for row in beside]
    right = [[word for word in row if word.left >= cut.x] for row in beside]
    return [row for row in left if row], [row for row in right if row]


def _is_prose(side: Sequence[Row]) -> bool:
    widths = [row[-1].right - row[0].left for row in side]
    whole = max(row[-1].right for row in side) - min(row[0].left for row in side)
    characters = median(sum(len(word.text) for word in row) for row in side)
    return characters >= _CHARACTERS and median(widths) >= _FILLED * whole
