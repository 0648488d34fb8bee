"""Lists for people."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from search_api.answer_text import tidy
from search_api.browse.schemas import ConceptEntry, ConceptList, EntityEntry, EntityList, FigureEntry, FigureList
from search_api.browse.tables import named, print_table, quoted, shown_number, value


def print_list(listing: ConceptList | EntityList | FigureList, noun: str) -> None:
    """The rows of a page and how to see more."""
    if not listing.items:
        typer.echo(f"No {noun} meet these filters.")
        return
    if isinstance(listing, ConceptList):
        _concepts(listing.items)
    elif isinstance(listing, EntityList):
        _entities(listing.items)
    else:
        print_figures(listing.items)
    typer.echo(f"\n{len(listing.items)} of {listing.total} {noun}, sorted by {listing.sort}")
    if listing.next is not None:
        typer.echo(f"next page: --cursor {listing.next}")


def _concepts(items: Sequence[ConceptEntry]) -> None:
    measures = items[0].type == "measure"
    print_table(
        (
            items[0].type,
            "theme",
            "papers",
            "places",
            "challenges" if measures else "measures",
            "where",
            *(["status"] if measures else []),
            "proof",
        ),
        (
            (
                tidy(item.label),
                item.theme,
                str(item.papers),
                str(item.statements),
                str(item.challenges if measures else item.measures),
                named(item.regions),
                *([", ".join(item.statuses)] if measures else []),
                quoted(item.citation),
            )
            for item in items
        ),
        numbers=(2, 3, 4),
        proof=True,
    )


def _entities(items: Sequence[EntityEntry]) -> None:
    print_table(
        (items[0].type, "sort", "papers", "measures", "challenges", "mentions", "figures", "all in it", "id"),
        (
            (
                item.label,
                item.level or "",
                str(item.papers),
                str(item.measures),
                str(item.challenges),
                shown_number(item.mentions),
                shown_number(item.figures),
                f"{item.with_below.measures} / {item.with_below.challenges}",
                item.id,
            )
            for item in items
        ),
        numbers=(2, 3, 4, 5, 6),
    )


def print_figures(items: Sequence[FigureEntry]) -> None:
    """Figures, a line each."""
    print_table(
        ("figure", "value", "year", "region", "doubt", "proof"),
        (
            (
                item.label,
                value(item),
                shown_number(item.year),
                item.region.label if item.region else "",
                item.conflict or "",
                quoted(item.citation),
            )
            for item in items
        ),
        numbers=(1, 2),
        proof=True,
    )
