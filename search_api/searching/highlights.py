"""Where the words of a query stand in a quote, in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.index.words import words
from search_api.searching.schemas import Span

# Runs of letters, digits and the marks that belong to them; Han characters, written without spaces, one by one.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}](?:[^\W_{_HAN}]|[\u0300-\u036f])*")


def highlights(quote: str, stems: Collection[str]) -> list[Span]:
    """The words of ``quote`` that have one of the ``stems`` (of ``kg.index.words.words``), as offsets into the quote.

    >>> [(s.start, s.end) for s in highlights("Rural schools need teachers.", words("a teacher in school"))]
    [(6, 13), (19, 27)]
    """
    return [
        Span(start=match.start(), end=match.end())
        for match in _WORD.finditer(quote)
        if not set(words(match.group())).isdisjoint(stems)
    ]
