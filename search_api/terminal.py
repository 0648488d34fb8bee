"""Answers and search results as text for people at a terminal."""

from __future__ import annotations

import textwrap
from typing import Final

import typer

from kg.graph.queries import describe, names
from search_api.answer_text import numbered, tidy
from search_api.headline import headline
from search_api.schemas import Answer, Citation
from search_api.searching.schemas import SearchResults

WIDTH: Final = 100
PASSAGES_SHOWN: Final = 3
SECTION_SHOWN: Final = 60


def print_answer(answer: Answer) -> None:
    """Heading, items with marks and the quotes that prove them; without items the nearest passages."""
    for line in headline(answer):
        typer.echo(_fold(line))
    typer.echo()
    numbers = numbered(answer.items, answer.passages)
    for item in answer.items:
        marks = "".join(f"[{numbers[_key(citation)]}]" for citation in item.citations)
        note = f" ({item.status})" if item.status else ""
        typer.echo(_fold(f"• {tidy(item.label)}{note} {marks}", "  "))
    if answer.items:
        typer.echo()
    shown = [citation for item in answer.items for citation in item.citations] or answer.passages[:PASSAGES_SHOWN]
    for citation in {_key(c): c for c in shown}.values():
        typer.echo(_cited(citation, numbers[_key(citation)]))


def print_hits(results: SearchResults) -> None:
    """How many match, the hits of the page, and the cursor of the next one."""
    if results.corrected:
        typer.echo(f"Searched for: {results.corrected}")
    more = "" if results.total_exact else "more than "
    typer.echo(f"{more}{results.total} found" if results.total else "Nothing matches.")
    for number, hit in enumerate(results.hits, 1):
        typer.echo(_cited(hit.citation, number))
        label = f"{tidy(hit.label)}; " if hit.label else ""
        typer.echo(f"    {label}{hit.reason} ({hit.score:.2f})")
    if results.next:
        typer.echo(f"Next page: --cursor {results.next}")


def print_queries() -> None:
    """The named queries with what they are for and the parameters that they take."""
    for name in names():
        query = describe(name)
        typer.echo(_fold(f"{name}: {query.title}"))
        typer.echo(_fold(f"  {query.description}", "  "))
        for parameter in query.parameters:
            typer.echo(_fold(f"    {parameter.name}=… ({parameter.kind}): {parameter.description}", "      "))


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.document, citation.start, citation.end


def _cited(citation: Citation, number: int) -> str:
    quote = " ".join(citation.quote.split())
    place = f"{citation.source} [{citation.start}:{citation.end}]"
    name = textwrap.shorten(citation.section, SECTION_SHOWN, placeholder=" …")
    section = f", {name}" if name else ""
    page = f", p. {citation.page_label or citation.page}" if citation.page is not None else ""
    return f"{_fold(f'[{number}] “{quote}”', '    ')}\n    {place}{page}{section}"


def _fold(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
