"""Tables for people: as wide as a terminal, plain aligned text with whole lines elsewhere; and what stands in them."""

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

from search_api.browse.schemas import FigureEntry, Ref
from search_api.schemas import Citation

UNLIMITED: Final = 100_000
LONGEST: Final = 100
NAMED: Final = 3
Line = Sequence[str]


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


def shown_number(number: int | None) -> str:
    """A number, or nothing where there is none."""
    return "" if number is None else str(number)


def some(number: int, noun: str) -> str:
    """A number with its noun in the right form."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
