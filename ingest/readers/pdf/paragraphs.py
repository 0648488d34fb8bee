"""Paragraphs, headings and list items: lines of a column put together by their distance, edges, size and weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.marks import is_bullet, mark_width
from ingest.readers.pdf.tables import Stretch, contents, table_rows, tables
from ingest.text.headings import numbered
from ingest.text.wording import CAPTION, POINT, is_complete
from kg.records import TextBlockKind

# Shares of the font size (edges) and of the common distance of lines (gaps).
_EDGE: Final = 0.8
_GAP: Final = 1.3
_SIZE: Final = 0.08
# Share of the column's width that a line without a following one leaves free.
_SHORT: Final = 0.15


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together. ``mark`` counts the characters of a list mark at its start; ``level`` that of a
    heading, 0 else.
    """

    kind: TextBlockKind
    lines: tuple[Line, ...]
    level: int = 0
    mark: int = 0

    @property
    def text(self) -> str:
        """All lines, one blank between two."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """Font size of its first line in points."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def groups(lines: Sequence[Line]) -> list[Group]:
    """The groups of one column, from top to bottom."""
    listed = contents(lines)
    if listed is not None:
        entries = [Group("meta", (line,)) for line in lines[listed.first : listed.last]]
        return [*groups(lines[: listed.first]), *entries, *groups(lines[listed.last :])]
    made: list[Group] = []
    done = 0
    for table in [*tables(lines), Stretch(len(lines), len(lines))]:
        made += [_group(each) for each in _paragraphs(lines[done : table.first])]
        made += [Group("table", tuple(row)) for row in table_rows(lines[table.first : table.last], table.start)]
        done = table.last
    return made


def _group(lines: Sequence[Line]) -> Group:
    text = lines[0].text
    width = mark_width(text)
    return Group("item" if width else "paragraph", tuple(lines), mark=width)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    steps = [two.baseline - one.baseline for one, two in pairwise(lines)]
    common = _common_step(lines, steps)
    right = max((line.right for line in lines), default=0.0)
    left = min((line.left for line in lines), default=0.0)
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, common, right, right - left):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _common_step(lines: Sequence[Line], steps: Sequence[float]) -> float:
    """The usual distance of two lines as a share of the font size; the lower half, as paragraphs are set apart."""
    shares = sorted(step / line.size for step, line in zip(steps, lines[1:], strict=True) if step < 2.2 * line.size)
    return median(shares[: len(shares) // 2 + 1]) if shares else 1.2


def _begins(group: Sequence[Line], line: Line, common: float, right: float, width: float) -> bool:
    """Whether ``line`` begins a new group after the lines of ``group``."""
    last = group[-1]
    size = max(line.size, last.size)
    if abs(line.size - last.size) > _SIZE * size or line.bold != last.bold:
        return _changes(group, line, last.right < right - _SHORT * width)
    if line.baseline - last.baseline > _GAP * common * size or is_bullet(line.text):
        return True
    complete = is_complete(last.text)
    if _marked(line.text) and (complete or line.left < last.left - _EDGE * size or last.right < right - _SHORT * width):
        return True
    if CAPTION.match(line.text) and (complete or last.right < right - _SHORT * width):
        return True
    return complete and _edges_apart(group, line, right, width)


def _changes(group: Sequence[Line], line: Line, short: bool) -> bool:
    """Whether another size or weight begins a new group: not where a paragraph only begins or ends in bold, which its
    full last line shows (``short``: it is none).
    """
    last = group[-1]
    if abs(line.size - last.size) > _SIZE * max(line.size, last.size) or short:
        return True
    return is_complete(last.text) or _marked(line.text) or abs(line.left - last.left) > 4 * line.size


def _marked(text: str) -> bool:
    return bool(mark_width(text) or POINT.match(text) or numbered(text))


def _edges_apart(group: Sequence[Line], line: Line, right: float, width: float) -> bool:
    """After a full stop: an indented line, one further out, or one after a short line begins anew."""
    edge = group[-1].left
    apart = _EDGE * line.size
    hanging = len(group) == 1 and line.left > edge + apart and mark_width(group[0].text) > 0
    if len(group) == 1 and _marked(group[0].text):
        hanging = line.left > edge
    indented = line.left > edge + apart and not hanging
    outdented = line.left < edge - apart and len(group) > 1
    return indented or outdented or group[-1].right < right - _SHORT * width
