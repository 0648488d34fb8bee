"""Where cited characters stand on their pages: outlines of all lines of each page, the cited ones filled.

The page's picture is in its file, which this server does not keep; its lines are known, and enough to find the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.places import boxes_of
from kg.records import DocumentRecords, Page, TextBox


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page with its lines and those that are cited; sizes in points, from the top left corner."""

    page: Page
    lines: tuple[TextBox, ...]
    cited: tuple[TextBox, ...]

    @property
    def name(self) -> str:
        """What the page is called: the number printed on it, else its number in the file."""
        return self.page.label or str(self.page.number)


def sketches(record: DocumentRecords, cited: tuple[int, int] | None) -> Iterator[Sketch]:
    """The pages on which cited characters stand, none where the format has no pages."""
    if cited is None:
        return
    found = boxes_of(record, *cited)
    for page in record.pages:
        on_page = tuple(box for box in found if box.page == page.number)
        if on_page:
            yield Sketch(page, tuple(box for box in record.boxes if box.page == page.number), on_page)
