"""A readable view of a stretch of source text that remembers where each of its characters came from.

The source is never edited. A view leaves markup and citation marks out, joins broken lines and repairs what scanning
damaged; a span found in the view is carried back to the source with :meth:`View.source_span`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text.cleaning import NO_WORDS, Edits, Vocabulary, clean


@dataclass(frozen=True, slots=True)
class View:
    """Normalised text; ``origins[i]`` is the source offset of view character ``i`` (never decreasing)."""

    text: str
    origins: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Tight half-open source span that covers view characters ``start:end`` (``0 <= start < end <= len(text)``).

        Raises ValueError for an empty or impossible span.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span in a view of {len(self.text)} characters: {start}:{end}")
        return self.origins[start], self.origins[end - 1] + 1

    def cut(self, start: int, end: int) -> View:
        """The view of ``start:end`` without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return View(self.text[start:end], self.origins[start:end])


def view_of(source: str, pieces: Sequence[tuple[int, int]], words: Vocabulary = NO_WORDS) -> View:
    """The readable view of some stretches of ``source`` (ordered, disjoint), read as one text.

    ``words`` is what is known of the whole document's words; it decides how hyphens at line ends are undone.

    >>> view_of("**Rural** schools [3] need\\nteachers.", [(0, 36)]).text
    'Rural schools need teachers.'
    """
    raw: list[str] = []
    places: list[int] = []
    for start, end in pieces:
        if raw and places[-1] + 1 < start:
            raw.append("\n")
            places.append(places[-1] + 1)
        raw.append(source[start:end])
        places.extend(range(start, end))
    return _apply(clean("".join(raw), words), places)


def _apply(edits: Edits, places: Sequence[int]) -> View:
    """Write the kept and replaced characters out, white space runs as one space, none at the ends."""
    text: list[str] = []
    origins: list[int] = []
    gap: int | None = None
    for index, replacement in enumerate(edits):
        for char in replacement:
            if char.isspace():
                gap = places[index] if gap is None else gap
                continue
            if gap is not None and text:
                text.append(" ")
                origins.append(gap)
            gap = None
            text.append(char)
            origins.append(places[index])
    return View("".join(text), tuple(origins))
