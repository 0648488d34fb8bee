"""What a file beside a paper says, before it is checked: values with the lines they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it stands in a file: the file's own name for the field, one text or several, the line from 1."""

    name: str
    values: tuple[str, ...]
    line: int | None


class BrokenError(Exception):
    """A file that is not of its format: what is wrong and in which line."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line


class Parse(Protocol):
    """Reads the text of a file about one paper; raises BrokenError."""

    def __call__(self, text: str) -> Sequence[Written]:
        """Its values in order."""
        ...


def line_of(text: str, piece: str) -> int | None:
    """The line, from 1, in which ``piece`` first stands.

    >>> line_of("a\\nb: 1", "b:")
    2
    """
    place = text.find(piece)
    return text.count("\n", 0, place) + 1 if place >= 0 else None
