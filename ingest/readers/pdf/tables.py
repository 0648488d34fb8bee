"""Finds tables and lists of contents by their cells: rows that the same gaps part, entries that end in page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.marks import is_mark
from ingest.text.wording import CONTENTS_LINE

_PAGE: Final = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
# Rows with cells on both sides of a gap; with three cells or more, fewer rows are enough.
_FEWEST: Final = 3
_FEWEST_WIDE: Final = 2
# Shares of the font size: the width of a gap that all rows share, and how far apart two rows of one table stand.
_SHARED: Final = 0.8
_PITCH: Final = 4.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """``lines[first:last]``; ``start`` is where the first column of a table begins, in points."""

    first: int
    last: int
    start: float = 0.0


def contents(lines: Sequence[Line]) -> Stretch | None:
    """The stretch of a column that is a list of contents: from its first entry to its last."""
    entries = [(index, number) for index, line in enumerate(lines) if (number := _entry(line)) is not None]
    if len(entries) < _FEWEST:
        return None
    first, last = entries[0][0], entries[-1][0] + 1
    numbers = [int(number) for _, number in entries if number.isdecimal()]
    dense = 2 * len(entries) >= last - first
    return Stretch(first, last) if dense and numbers == sorted(numbers) else None


def _entry(line: Line) -> str | None:
    """The page number of an entry, "" where leaders lead to none."""
    text = line.text
    if CONTENTS_LINE.fullmatch(text):
        number = re.search(r"(\d+|[ivxlc]*)\W*$", text)
        return number[1] if number else ""
    last = line.cells[-1].text
    lettered = any(char.isalpha() for char in line.cells[0].text) or len(line.cells) > 2
    return last if len(line.cells) > 1 and _PAGE.fullmatch(last) and lettered else None


def tables(lines: Sequence[Line]) -> Iterator[Stretch]:
    """The tables of a column, from top to bottom."""
    index = 0
    while index < len(lines):
        found = max((_grown(lines, index, gap) for gap in _gaps(lines[index])), key=lambda s: s.last, default=None)
        if found and _is_table(lines[found.first : found.last]):
            yield found
            index = found.last
        else:
            index += 1


def _gaps(line: Line) -> list[tuple[float, float]]:
    return [(one.right, two.left) for one, two in pairwise(line.cells)]


def _grown(lines: Sequence[Line], first: int, gap: tuple[float, float]) -> Stretch:
    """The rows from ``first`` on that leave a gap in common; those at the end with cells on one side only are none."""
    left, right = gap
    last, start = first + 1, lines[first].left
    for index in range(first + 1, len(lines)):
        line = lines[index]
        if line.baseline - lines[index - 1].baseline > _PITCH * line.size:
            break
        shared = [(max(left, a), min(right, b)) for a, b in _gaps(line)]
        shared = [(a, b) for a, b in shared if b - a >= _SHARED * line.size]
        if shared:
            left, right = max(shared, key=lambda each: each[1] - each[0])
            last, start = index + 1, min(start, line.left)
        elif not (line.right <= right or line.left >= left):
            break
        elif len(line.cells) == 1 and line.left >= left and last == index:
            last = index + 1
    return Stretch(first, last, start)


def _is_table(rows: Sequence[Line]) -> bool:
    parted = [row for row in rows if len(row.cells) > 1]
    marked = [row for row in parted if len(row.cells) == 2 and is_mark(row.cells[0].text)]
    enough = len(parted) >= _FEWEST or sum(len(row.cells) > 2 for row in parted) >= _FEWEST_WIDE
    return enough and 3 * len(parted) >= len(rows) and 2 * len(marked) < len(parted)


def table_rows(lines: Sequence[Line], start: float) -> Iterator[list[Line]]:
    """The lines of a table by rows: what does not begin in the first column goes on with the row above."""
    row: list[Line] = []
    for line in lines:
        if row and line.left <= start + line.size:
            yield row
            row = []
        row.append(line)
    if row:
        yield row
