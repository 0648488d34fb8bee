"""Lists, matrix and comparison for people: tables on a terminal, plain aligned text with whole lines elsewhere."""

from __future__ import annotations

import io
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from search_api.answer_text import tidy
from search_api.browse.schemas import (
    Compared,
    Comparison,
    ConceptEntry,
    ConceptList,
    EntityEntry,
    EntityList,
    FigureEntry,
    FigureList,
    FigureRow,
    Matrix,
    Ref,
    Share,
)
from search_api.schemas import Citation

UNLIMITED: Final = 100_000
LONGEST: Final = 100
NAMED: Final = 3
Line = Sequence[str]


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
                _number(item.mentions),
                _number(item.figures),
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
                _number(item.year),
                item.region.label if item.region else "",
                item.conflict or "",
                quoted(item.citation),
            )
            for item in items
        ),
        numbers=(1, 2),
        proof=True,
    )


def print_matrix(matrix: Matrix) -> None:
    """Numbers of measures, a dot for none, totals of distinct measures, and the challenges that none addresses."""
    gaps = matrix.gaps is not None
    labels = [tidy(column.label) for column in matrix.columns]
    # Names of columns are longer than their numbers: a terminal has room for the numbers alone.
    numbered = [str(number) for number in range(1, len(labels) + 1)] if sys.stdout.isatty() else labels
    head = [matrix.rows_by, *numbered, "measures", *(["unanswered"] if gaps else [])]
    lines: list[Line] = []
    for row in matrix.rows:
        cells = [str(row.cells[c.key].measures) if c.key in row.cells else "·" for c in matrix.columns]
        lines.append([tidy(row.label), *cells, str(row.total.measures), *([_number(row.gaps)] if gaps else [])])
    if matrix.more_rows is not None:
        empty = [""] * len(matrix.columns)
        lines.append([f"{matrix.more_rows.number} more", *empty, str(matrix.more_rows.total.measures)])
    totals = [str(column.total.measures) for column in matrix.columns]
    lines.append(["all", *totals, str(matrix.total.measures), *([_number(matrix.gaps)] if gaps else [])])
    print_table(head, lines, numbers=range(1, len(head)))
    if numbered is not labels:
        typer.echo("; ".join(f"{number} {label}" for number, label in zip(numbered, labels, strict=True)))
    typer.echo("\ncells count measures; one that stands in several rows or columns counts once in a total")
    if matrix.more_columns is not None:
        typer.echo(f"{matrix.more_columns.number} more columns: raise -k")
    if gaps:
        typer.echo(f"{matrix.gaps} challenges without a measure: policyweave challenges -f addressed=false")


def print_comparison(comparison: Compared) -> None:
    """A table for each kind of thing, a column for each side."""
    names = [side.label for side in comparison.sides]
    for side in comparison.sides:
        counts = side.counts
        held = ((counts.measures, "measure"), (counts.challenges, "challenge"), (counts.figures or 0, "figure"))
        said = ", ".join(some(number, noun) for number, noun in held)
        typer.echo(f"{side.title or side.label}: {said} in {some(counts.papers, 'paper')}")
    for note in comparison.notes:
        typer.echo(f"note: {note}")
    for table in ("themes", "challenges", "measures", "regions", "industries", "actors"):
        found: Comparison | None = getattr(comparison, table)
        if found is not None and found.rows:
            _compare(table, found, names)
    figures = comparison.figures
    if figures.rows:
        typer.echo(f"\nFIGURES: {figures.total}, {figures.shared} of them on several sides")
        print_table(("figure", *names), ((_measured(row), *map(_values, row.sides)) for row in figures.rows))
        _more(figures.more)


def _compare(table: str, found: Comparison, names: Sequence[str]) -> None:
    alone = ", ".join(f"{number} only {name}" for number, name in zip(found.only, names, strict=True))
    typer.echo(f"\n{table.upper()}: {found.total}, {found.shared} shared; {alone}")
    print_table((table, *names), ((tidy(row.label), *map(_share, row.sides)) for row in found.rows))
    _more(found.more)


def _more(number: int) -> None:
    if number:
        typer.echo(f"{number} more: raise -k")


def _share(share: Share | None) -> str:
    if share is None:
        return "–"
    return f"{some(share.statements, 'place')}: {place(share.citation)}" if share.citation else str(share.statements)


def _measured(row: FigureRow) -> str:
    unit = f" ({row.unit})" if row.unit else ""
    return f"{row.indicator}{unit}{' – disputed' if row.disagree else ''}"


def _values(side: Sequence[FigureEntry]) -> str:
    return "; ".join(f"{value(entry)}{f' ({entry.year})' if entry.year else ''}" for entry in side) or "–"


def value(figure: FigureEntry) -> str:
    """A figure as written, with its unit where the writing leaves it out."""
    if figure.unit.casefold() in figure.value_text.casefold():
        return figure.value_text
    return f"{figure.value_text}{'' if figure.unit.startswith('%') else ' '}{figure.unit}"


def named(things: Sequence[Ref]) -> str:
    """The first names of a list, and how many more there are."""
    shown = ", ".join(thing.label for thing in things[:NAMED])
    return f"{shown} +{len(things) - NAMED}" if len(things) > NAMED else shown


def quoted(citation: Citation | None) -> str:
    """A citation on one line."""
    return f"“{' '.join(citation.quote.split())}” {place(citation)}" if citation else ""


def place(citation: Citation) -> str:
    """File and characters of a citation."""
    return f"{citation.source} [{citation.start}:{citation.end}]"


def print_table(head: Line, rows: Iterable[Line], numbers: Iterable[int] = (), proof: bool = False) -> None:
    """A table as wide as the terminal; into a pipe or file a line a row, however long, in aligned columns.

    ``numbers`` are the columns set to the right. ``proof``: the last column holds quotes, which a terminal shows
    shortened, below the first column.
    """
    if sys.stdout.isatty():
        lines = [_with_quote(row) if proof else [Text(cell) for cell in row] for row in rows]
        table = _table(head[:-1] if proof else head, frozenset(numbers), lines, terminal=True)
        Console(file=sys.stdout).print(table)
        return
    plain = io.StringIO()
    table = _table(head, frozenset(numbers), [[Text(cell) for cell in row] for row in rows], terminal=False)
    Console(file=plain, width=UNLIMITED, no_color=True).print(table)
    for line in plain.getvalue().splitlines():
        typer.echo(line.rstrip())


def _table(head: Line, numbers: frozenset[int], lines: Iterable[Sequence[Text]], *, terminal: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False)
    for number, name in enumerate(head):
        justify: Literal["left", "right"] = "right" if number in numbers else "left"
        table.add_column(Text(name), justify=justify, no_wrap=number in numbers or not terminal, overflow="fold")
    for line in lines:
        table.add_row(*line)
    return table


def _with_quote(row: Line) -> list[Text]:
    """The last cell, shortened, below the first; the place at the end of a quote stays whole."""
    quote, mark, place_ = row[-1].rpartition("”")
    cut = textwrap.shorten(quote, LONGEST, placeholder=" …") if len(quote) > LONGEST else quote
    below = Text(f"\n{cut}{mark}{place_}", style="dim") if row[-1] else Text()
    return [Text(row[0]) + below, *map(Text, row[1:-1])]


def _number(value_: int | None) -> str:
    return "" if value_ is None else str(value_)


def some(number: int, noun: str) -> str:
    """A number with its noun in the right form."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
