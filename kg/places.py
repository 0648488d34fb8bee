"""Where characters of a text stand in the document as it is displayed: pages, their printed labels, boxes of lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.records import DocumentRecords, Page, SentenceKind, TextBox

# What stands between the lines of a sentence that goes on after it, and is no part of what it says.
_BETWEEN: Final[frozenset[SentenceKind]] = frozenset({"note", "table", "caption"})


def page_at(pages: Sequence[Page], position: int) -> int | None:
    """Number of the page that holds the character at ``position``; None where the format has no pages.

    ``pages`` are sorted by their start. A character between two pages belongs to the former.

    >>> page_at([Page(1, None, 0, 10, 595, 842), Page(2, None, 12, 20, 595, 842)], 13)
    2
    """
    page = page_of(pages, position)
    return page.number if page is not None else None


def page_of(pages: Sequence[Page], position: int) -> Page | None:
    """The page that holds the character at ``position``, as ``page_at`` finds it."""
    index = bisect_right(pages, position, key=lambda page: page.start) - 1
    return pages[index] if index >= 0 else None


def boxes_of(records: DocumentRecords, start: int, end: int) -> tuple[TextBox, ...]:
    """Where the characters ``start:end`` stand: a box for each line, in their order, none where the format has none.

    The first and the last line are cut where the stretch begins and ends, by the share of their characters: within a
    few points of the place, as letters differ in width. Page numbers, notes and tables between its lines are left out.
    """
    boxes = records.boxes
    first = bisect_right(boxes, start, key=lambda box: box.end)
    last = bisect_left(boxes, end, key=lambda box: box.start)
    gaps = list(_interruptions(records, start, end)) if last - first > 1 else []
    found = boxes[first:last]
    return tuple(_cut(box, start, end) for box in found if not any(a <= box.start and box.end <= b for a, b in gaps))


def _interruptions(records: DocumentRecords, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands inside a sentence of ``start:end`` without being a part of it, and page furniture anywhere."""
    sentences = records.sentences
    first = bisect_left(sentences, start, key=lambda sentence: sentence.start)
    begun = first == len(sentences) or sentences[first].start != start
    reach = end if begun else start
    for sentence in sentences[first : bisect_left(sentences, end, lo=first, key=lambda sentence: sentence.start)]:
        if sentence.kind == "meta" or (sentence.kind in _BETWEEN and sentence.end <= reach):
            yield sentence.start, sentence.end
        else:
            reach = max(reach, sentence.end)


def _cut(box: TextBox, start: int, end: int) -> TextBox:
    """The part of a line's box that holds ``start:end``."""
    first, last = max(start, box.start), min(end, box.end)
    if (first, last) == (box.start, box.end):
        return box
    width = (box.right - box.left) / (box.end - box.start)
    left, right = box.left + (first - box.start) * width, box.left + (last - box.start) * width
    return replace(box, start=first, end=last, left=round(left, 2), right=round(right, 2))
