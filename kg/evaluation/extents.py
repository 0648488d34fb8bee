"""Stretches of a source text, half open, in code points, and how far two of them overlap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """Characters ``start:end`` of a source text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of characters."""
        return self.end - self.start

    def overlap(self, other: Extent) -> int:
        """Number of characters that both cover.

        >>> Extent(0, 10).overlap(Extent(6, 20))
        4
        """
        return max(0, min(self.end, other.end) - max(self.start, other.start))
