"""The title on the cover of a Word document that marks none: the largest words before its first heading."""

from __future__ import annotations

from lxml import etree

from ingest.readers.docx.styles import value
from ingest.readers.parsing import local_name

# Half points, as Word counts them. No text is set so large, and titles of papers are rarely smaller.
_LEAST = 32
_LONGEST = 200


class Cover:
    """Looks at paragraphs one after the other, until the first heading or list of contents closes it."""

    def __init__(self) -> None:
        self._open = True
        self._size = _LEAST - 1
        self._lines: list[str] = []

    def take(self, element: etree._Element, text: str, size: int) -> None:
        """Look at a paragraph; ``size`` is that of its style."""
        size = max(size, *(int(found) for run in element if (found := _size(run)).isdigit()), 0)
        if not self._open or size < self._size:
            return
        if size > self._size:
            self._size, self._lines = size, []
        self._lines.append(text)

    def close(self) -> None:
        """Look no further."""
        self._open = False

    @property
    def title(self) -> str:
        """The lines set largest, "" where none is large enough or they are too long for a title."""
        found = " ".join(self._lines)
        return found if len(found) <= _LONGEST else ""


def _size(run: etree._Element) -> str:
    return (value(run, "rPr", "sz") or "") if local_name(run) == "r" else ""
