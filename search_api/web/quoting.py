"""Quotes with the text around them, and stretches of a text told apart by what is marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Generic, TypeVar

from search_api.schemas import Citation
from search_api.searching.schemas import Span

T = TypeVar("T")
# Characters before and after a quote that are shown beside it: about a sentence.
BESIDE: Final = 130
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """Consecutive characters with all marks that cover them, the widest first."""

    text: str
    marks: tuple[T, ...]


def stretches(text: str, marked: Iterable[tuple[int, int, T]]) -> list[Stretch[T]]:
    """The text cut wherever a mark (start, end, what) begins or ends; marks may overlap, what lies outside is cut off.

    >>> [(s.text, s.marks) for s in stretches("abcd", [(1, 3, "x"), (2, 9, "y")])]
    [('a', ()), ('b', ('x',)), ('c', ('x', 'y')), ('d', ('y',))]
    """
    inside = [(max(0, start), min(end, len(text)), what) for start, end, what in marked]
    kept = sorted((each for each in inside if each[0] < each[1]), key=lambda each: each[0] - each[1])
    cuts = sorted({0, len(text), *(start for start, _, _ in kept), *(end for _, end, _ in kept)})
    return [
        Stretch(text[a:b], tuple(what for start, end, what in kept if start <= a and b <= end))
        for a, b in pairwise(cuts)
    ]


@dataclass(frozen=True, slots=True)
class Surround:
    """What stands before and after a quote in its passage: all of it, and as much as is shown beside the quote."""

    before: str
    after: str
    lead: str
    tail: str

    @property
    def cut(self) -> bool:
        """Whether less is shown than there is."""
        return self.lead.startswith(_CUT) or self.tail.endswith(_CUT)


def around(citation: Citation) -> Surround:
    """The surroundings of a quote, empty where the passage is the quote."""
    before, quote, after = citation.context.partition(citation.quote)
    if not quote:
        return Surround("", "", "", "")
    return Surround(before.lstrip(), after.rstrip(), _lead(before), _tail(after))


def _lead(text: str) -> str:
    """The last words of a text, with a sign where some are left out.

    >>> _lead("Short.")
    'Short.'
    """
    line = " ".join(text.split())
    return line if len(line) <= BESIDE else f"{_CUT} {line[-BESIDE:].partition(' ')[2]}"


def _tail(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= BESIDE else f"{line[:BESIDE].rpartition(' ')[0]} {_CUT}"


def lit(text: str, spans: Sequence[Span]) -> list[Stretch[str]]:
    """A quote with the words of a query marked."""
    return stretches(text, ((span.start, span.end, "lit") for span in spans))
