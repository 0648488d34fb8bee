"""Answers and search results as text for people at a terminal."""

from __future__ import annotations

import textwrap

import typer

from search_api.schemas import Answer, Citation, SearchResults

WIDTH = 110


def print_answer(answer: Answer) -> None:
    """The answer's items with their numbered quotes; where there is none, the reason and the nearest passages."""
    if answer.reason:
        typer.echo(_fold(answer.reason))
        typer.echo()
    numbers: dict[tuple[str, int, int], int] = {}
    for item in answer.items:
        marks = "".join(f"[{_number(citation, numbers)}]" for citation in item.citations)
        facts = [item.status or "", *item.regions, *item.region_types]
        note = ", ".join(fact for fact in facts if fact)
        value = f": {item.value:g} {item.unit or ''}".rstrip() if item.value is not None else ""
        typer.echo(_fold(f"• {item.label}{value}{f' ({note})' if note else ''} {marks}", "  "))
    shown = [citation for item in answer.items for citation in item.citations]
    if not shown:
        typer.echo("Nearest passages:")
        shown = answer.passages[:3]
        for citation in shown:
            _number(citation, numbers)
    typer.echo()
    printed = set()
    for citation in shown:
        key = (citation.document, citation.start, citation.end)
        if key not in printed:
            printed.add(key)
            typer.echo(_cited(citation, numbers[key]))


def print_hits(results: SearchResults) -> None:
    """The hits of a search, best first."""
    if not results.hits:
        typer.echo("Nothing found.")
    for number, hit in enumerate(results.hits, 1):
        typer.echo(_cited(hit.citation, number))


def _number(citation: Citation, numbers: dict[tuple[str, int, int], int]) -> int:
    return numbers.setdefault((citation.document, citation.start, citation.end), len(numbers) + 1)


def _cited(citation: Citation, number: int) -> str:
    quote = " ".join(citation.quote.split())
    place = f"{citation.source} [{citation.start}:{citation.end}]"
    section = f", {citation.section}" if citation.section else ""
    return f"{_fold(f'[{number}] “{quote}”', '    ')}\n    {place}{section}"


def _fold(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
