"""Quotes with their places as lines of plain text, numbered as the marks in an answer's text are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from search_api.answer_text import numbered
from search_api.schemas import Answer, Citation

_PASSAGES: Final = 3


def where(citation: Citation) -> str:
    """Title, year, section and page of a citation, then its URL."""
    parts = [
        f"{citation.title}{f' ({citation.year})' if citation.year else ''}",
        citation.section,
        f"p. {citation.page}" if citation.page else "",
    ]
    return f"{', '.join(part for part in parts if part)} <{citation.url}>"


def quoted(citation: Citation) -> str:
    """The exact words on one line, and where they stand."""
    return f"“{' '.join(citation.quote.split())}” — {where(citation)}"


def by_number(answer: Answer) -> dict[int, Citation]:
    """The places of an answer by the number that marks in its text give them."""
    numbers = numbered(answer.items, answer.passages)
    return {numbers[_key(citation)]: citation for citation in reversed(_cited(answer))}


def sources(answer: Answer, numbers: Iterable[int] | None = None) -> list[str]:
    """One line a place, ``[n] “quote” — …``: those of ``numbers``, else of the items, else the nearest passages."""
    places = by_number(answer)
    if numbers is None:
        cited = numbered(answer.items, [] if answer.items else answer.passages[:_PASSAGES])
        numbers = cited.values()
    return [f"[{number}] {quoted(places[number])}" for number in sorted(set(numbers))]


def _cited(answer: Answer) -> list[Citation]:
    return [*(citation for item in answer.items for citation in item.citations), *answer.passages]


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.document, citation.start, citation.end
