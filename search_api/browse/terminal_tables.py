"""The matrix and comparisons for people."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from search_api.answer_text import tidy
from search_api.browse.comparison_schemas import Compared, Comparison, FigureRow, Share
from search_api.browse.matrix_schemas import Matrix
from search_api.browse.schemas import FigureEntry
from search_api.browse.tables import Line, place, print_table, shown_number, some, value


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
        lines.append([tidy(row.label), *cells, str(row.total.measures), *([shown_number(row.gaps)] if gaps else [])])
    if matrix.more_rows is not None:
        empty = [""] * len(matrix.columns)
        lines.append([f"{matrix.more_rows.number} more", *empty, str(matrix.more_rows.total.measures)])
    totals = [str(column.total.measures) for column in matrix.columns]
    lines.append(["all", *totals, str(matrix.total.measures), *([shown_number(matrix.gaps)] if gaps else [])])
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
