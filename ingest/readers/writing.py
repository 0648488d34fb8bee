"""Writes the text of a document that has a structure of its own, with a record over each block of it.

Blocks stand on lines of their own, an empty line between them; rows of one table follow each other without. White space
inside a block is one blank, except that a line broken on purpose stays broken. The mark of a list item or note is in
the text and outside the block, so that it can be read and is no part of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.readers.port import Limits, too_much
from ingest.text.lines import item_mark
from kg.errors import UnreadableSourceError
from kg.identifiers import sha256
from kg.records import Source, TextBlock, TextBlockKind

_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
# Characters that XML and HTML files may carry and that no text holds.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_MARK = re.compile(r"\((?:\d{1,3}[a-z]?|[A-Za-z]{1,3}|[ivxIVX]{1,5})\)\s+(?=\S)")


class TextWriter:
    """Collects blocks of one document. Raises UnreadableSourceError as soon as there are too many characters."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[TextBlock] = []
        self._notes: list[tuple[str, str]] = []

    def add(self, kind: TextBlockKind, text: str, level: int = 0, mark: str = "") -> None:
        """Write one block; nothing where ``text`` holds nothing. ``mark`` stands before it (a list number).

        A paragraph that begins with the mark of a list item is written as one.
        """
        text, mark = readable(text), readable(mark)
        if not text:
            return
        if kind in {"paragraph", "item"} and not mark:
            kind, mark, text = _unmarked(kind, text)
        written = f"{mark} {text}" if mark else text
        start = self._begin(kind, len(written)) + len(written) - len(text)
        self._parts.append(written)
        self._blocks.append(TextBlock(kind, start, start + len(text), level))

    def row(self, cells: list[str]) -> None:
        """Write one row of a table."""
        self.add("table", " | ".join(readable(cell) for cell in cells).strip(" |"))

    def note(self, mark: str, text: str) -> None:
        """Keep a footnote for the end of the text; ``mark`` is what stands for it above, without brackets."""
        self._notes.append((mark, text))

    def source(
        self, data: bytes, media_type: str, facts: Mapping[str, str] | None = None, notes: tuple[str, ...] = ()
    ) -> Source:
        """What was written. Facts without a value are left out. UnreadableSourceError where there is no text at all."""
        for mark, text in self._notes:
            self.add("footnote", text, mark=f"[{mark}]" if mark else "")
        if not self._blocks:
            raise UnreadableSourceError(f"{self._name} holds no text. Remove it or export it anew with its text.")
        known = {name: " ".join(readable(value).split()) for name, value in (facts or {}).items()}
        return Source(
            name=self._name,
            media_type=media_type,
            sha256=sha256(data),
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            facts=tuple(sorted((name, value) for name, value in known.items() if value)),
            notes=notes,
        )

    def _begin(self, kind: TextBlockKind, length: int) -> int:
        """Where the next block starts."""
        if self._blocks:
            gap = "\n" if kind == "table" and self._blocks[-1].kind == "table" else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        start = self._length
        self._length += length
        if self._length > self._limits.characters:
            limit = f"{self._limits.characters:,}"
            raise too_much(self._name, f"more than {limit} characters", limit, "max_characters")
        return start


def readable(text: str) -> str:
    r"""Text with its white space tidied and what is no character left out.

    >>> readable(" a \t b \n\n c")
    'a b\nc'
    """
    return _BREAKS.sub("\n", _BLANKS.sub(" ", _CONTROL.sub("", text))).strip()


def _unmarked(kind: TextBlockKind, text: str) -> tuple[TextBlockKind, str, str]:
    """Kind, mark and the rest of a block that may begin with the mark of a list item."""
    match = _MARK.match(text)
    width = match.end() if match else item_mark(text)
    return ("item", text[:width].strip(), text[width:]) if width else (kind, "", text)
