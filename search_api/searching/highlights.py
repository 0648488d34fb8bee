"""Where the words of a query stand in a quote, in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.index.han import HAN, pairs
from kg.index.words import words
from search_api.searching.schemas import Span

# Runs of letters, digits and the marks that belong to them, and runs of Chinese characters.
_WORD = re.compile(rf"(?P<han>[{HAN}]+)|[^\W_{HAN}](?:[^\W_{HAN}]|[\u0300-\u036f])*")


def highlights(quote: str, stems: Collection[str]) -> list[Span]:
    """The words of ``quote`` that have one of the ``stems`` (of ``kg.index.words.words``), as offsets into the quote.

    >>> [(s.start, s.end) for s in highlights("Rural schools need teachers.", words("a teacher in school"))]
    [(6, 13), (19, 27)]
    >>> [(s.start, s.end) for s in highlights("鼓励返乡创业。", words("返乡创业"))]
    [(2, 6)]
    """
    spans: list[Span] = []
    for match in _WORD.finditer(quote):
        if match["han"]:
            spans += _in_chinese(match["han"], match.start(), stems)
        elif not set(words(match.group())).isdisjoint(stems):
            spans.append(Span(start=match.start(), end=match.end()))
    return spans


def _in_chinese(run: str, start: int, stems: Collection[str]) -> list[Span]:
    """The stretches of a run of Chinese characters that words of the query cover, those that meet as one."""
    spans: list[Span] = []
    for place, pair in sorted([*pairs(run), *enumerate(run)]):
        if stems and not set(words(pair)).isdisjoint(stems):
            first, last = start + place, start + place + len(pair)
            if spans and spans[-1].end >= first:
                first, last = spans[-1].start, max(last, spans.pop().end)
            spans.append(Span(start=first, end=last))
    return spans
