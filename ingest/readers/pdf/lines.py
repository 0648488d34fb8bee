"""Lines: words side by side, read from left to right, with the gaps that part the cells of a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.readers.pdf.words import Box, Word, is_raised

# Shares of the font size: a gap this narrow is none, one this wide may part cells.
_NO_GAP: Final = 0.12
WIDE: Final = 1.2
# Points: rows are looked for in bands of this height.
_BAND: Final = 16.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Words without a wide gap between them."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A displayed line in its page's reading direction: ``size`` and ``baseline`` are those of most of its characters.

    ``bold`` and ``italic`` where nearly all of it is.
    """

    cells: tuple[Cell, ...]
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    italic: bool

    @property
    def text(self) -> str:
        """All cells, one blank between two."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand at one height, from top to bottom, each row from left to right."""
    made: list[list[Word]] = []
    cores: list[tuple[float, float]] = []
    near: dict[int, list[int]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-round(word.size), word.baseline, word.left)):
        middle = (word.top + word.bottom) / 2
        place = next((i for i in near[int(middle // _BAND)] if _level(cores[i], word)), None)
        if place is None:
            place = len(made)
            made.append([])
            cores.append((word.top, word.bottom))
            for band in range(int(word.top // _BAND), int(word.bottom // _BAND) + 1):
                near[band].append(place)
        made[place].append(word)
    order = sorted(range(len(made)), key=lambda i: (cores[i][1], made[i][0].left))
    return [sorted(made[i], key=lambda word: (word.left, word.right)) for i in order]


def _level(core: tuple[float, float], word: Word) -> bool:
    top, bottom = core
    shared = min(bottom, word.bottom) - max(top, word.top)
    return shared > 0.5 * min(bottom - top, word.bottom - word.top)


def lines(words: Iterable[Word]) -> list[Line]:
    """The lines of one column, from top to bottom."""
    return [line_of(row) for row in rows(words)]


def line_of(row: Sequence[Word]) -> Line:
    """One line from the words of a row, sorted from left to right."""
    size, baseline = _common(row)
    cells: list[list[Word]] = []
    for written in row:
        word = written.raised() if is_raised(written.size, written.baseline, size, baseline) else written
        if cells and word.left - max(other.right for other in cells[-1]) <= WIDE * size:
            cells[-1].append(word)
        else:
            cells.append([word])
    letters = sum(len(word.text) for word in row)
    return Line(
        cells=tuple(_cell(cell, size) for cell in cells),
        left=row[0].left,
        top=min(word.top for word in row),
        right=max(word.right for word in row),
        bottom=max(word.bottom for word in row),
        baseline=baseline,
        size=size,
        bold=sum(len(word.text) for word in row if word.bold) >= 0.9 * letters,
        italic=sum(len(word.text) for word in row if word.italic) >= 0.9 * letters,
    )


def _common(row: Sequence[Word]) -> tuple[float, float]:
    """Size and baseline of most characters."""
    sizes: Counter[float] = Counter()
    for word in row:
        sizes[round(word.size, 1)] += len(word.text)
    size = max(sorted(sizes), key=lambda each: (sizes[each], each))
    levels: Counter[float] = Counter()
    for word in row:
        levels[round(word.baseline, 1)] += len(word.text) if round(word.size, 1) == size else 0
    return size, max(sorted(levels), key=lambda each: levels[each])


def _cell(group: Sequence[Word], size: float) -> Cell:
    text = group[0].text
    for before, word in pairwise(group):
        close = not word.spaced and word.left - before.right <= _NO_GAP * size
        text += word.text if close else f" {word.text}"
    return Cell(text, group[0].left, max(word.right for word in group))
