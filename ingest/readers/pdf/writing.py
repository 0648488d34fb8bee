"""Writes a document's text, one line a displayed line, and where each page, block and line of it stands."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.paragraphs import Group
from ingest.readers.pdf.words import Box, PageWords
from ingest.readers.port import Limits, too_much
from kg.records import Page, TextBlock, TextBlockKind, TextBox


class Writer:
    """Collects the text of one document, page by page. UnreadableSourceError once there are too many characters."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[TextBlock] = []
        self.pages: list[Page] = []
        self.boxes: list[TextBox] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def page(self, page: PageWords, groups: Sequence[Group]) -> None:
        """Write one page: its groups, then what runs in other directions."""
        start = None
        for group in groups:
            at = self._block(
                group.kind, group.level, group.mark, [(_written(group, line), line.box) for line in group.lines], page
            )
            start = at if start is None else start
        for aside in page.asides:
            at = self._block(
                "meta",
                0,
                0,
                [
                    (aside.text, None),
                ],
                page,
                aside.box,
            )
            start = at if start is None else start
        self.pages.append(
            Page(
                page.number,
                page.label,
                self._length if start is None else start,
                self._length,
                round(page.width, 2),
                round(page.height, 2),
            )
        )

    def _block(
        self,
        kind: TextBlockKind,
        level: int,
        mark: int,
        lines: Sequence[tuple[str, Box | None]],
        page: PageWords,
        displayed: Box | None = None,
    ) -> int:
        """Write the lines of one block; the offset where it starts, its mark included."""
        if self._length:
            follows = kind == "table" and bool(self.blocks) and self.blocks[-1].kind == "table"
            self._add("\n" if follows else "\n\n")
        start = self._length
        for index, (text, box) in enumerate(lines):
            if index:
                self._add("\n")
            at = self._length
            self._add(text)
            edges = displayed if box is None else page.displayed(box)
            if edges is not None:
                self.boxes.append(TextBox(at, self._length, page.number, *(round(edge, 2) for edge in edges)))
        self.blocks.append(TextBlock(kind, start + mark, self._length, level))
        return start

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self._limits.characters:
            limit = f"{self._limits.characters:,}"
            raise too_much(self._name, f"more than {limit} characters", limit, "max_characters")


def _written(group: Group, line: Line) -> str:
    """Cells of a table are parted by bars; the bullet of a symbol font becomes one that every font has."""
    if group.kind == "table":
        return " | ".join(cell.text for cell in line.cells)
    bullet = group.mark and line is group.lines[0] and "\ue000" <= line.text[0] <= "\uf8ff"
    return "\u2022" + line.text[1:] if bullet else line.text
