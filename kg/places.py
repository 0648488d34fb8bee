"""Where characters of a text stand in the document as it is displayed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.records import Page


def page_at(pages: Sequence[Page], position: int) -> int | None:
    """Number of the page that holds the character at ``position``; None where the format has no pages.

    ``pages`` are sorted by their start. A character between two pages belongs to the former.

    >>> page_at([Page(1, None, 0, 10, 595, 842), Page(2, None, 12, 20, 595, 842)], 13)
    2
    """
    index = bisect_right(pages, position, key=lambda page: page.start) - 1
    return pages[index].number if index >= 0 else None
