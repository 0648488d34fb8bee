"""Lists, matrix and comparison as rows of a table, for CSV and Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pydantic import BaseModel

from kg.exports.tables import Cell, Row
from search_api.browse.comparison_schemas import Compared, Share, SharedRow
from search_api.browse.matrix_schemas import Matrix
from search_api.browse.schemas import ConceptList, EntityList, FigureEntry, FigureList, Ref
from search_api.schemas import Citation

_PROOF: Final = ("source", "section", "page", "start", "end", "quote")


def listed(listing: ConceptList | EntityList | FigureList) -> list[Row]:
    """A page of a list, a row a thing; several values of one column are separated by semicolons."""
    return [_flat(item) for item in listing.items]


def matrix(table: Matrix) -> list[Row]:
    """A row a row with the number of measures in each column, then the totals of rows, columns and the rest."""
    heads = [column.label for column in table.columns]
    rows: list[Row] = []
    for row in table.rows:
        cells = {c.label: row.cells[c.key].measures if c.key in row.cells else 0 for c in table.columns}
        tail = {} if row.gaps is None else {"challenges without measure": row.gaps}
        rows.append({table.rows_by: row.label, **cells, "measures": row.total.measures, **tail})
    if table.more_rows is not None:
        rest = table.more_rows
        rows.append({table.rows_by: f"{rest.number} more", "measures": rest.total.measures})
    totals = dict(zip(heads, (column.total.measures for column in table.columns), strict=True))
    last = {} if table.gaps is None else {"challenges without measure": table.gaps}
    rows.append({table.rows_by: "all", **totals, "measures": table.total.measures, **last})
    return rows


def compared(comparison: Compared) -> list[Row]:
    """A row for each thing and side that has it, figures included."""
    return list(_compared(comparison))


def columns(rows: Sequence[Row]) -> list[str]:
    """The columns of all rows in order of appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _flat(item: BaseModel) -> Row:
    row: dict[str, Cell] = {}
    proof: Row = {}
    for name in item.__class__.model_fields:
        value = getattr(item, name)
        if isinstance(value, Citation) or name == "citation":
            proof = _proof(value)
        elif isinstance(value, Ref):
            row[name] = value.label
        elif isinstance(value, BaseModel):
            row |= {f"{name}_{part}": number for part, number in value.model_dump().items()}
        elif isinstance(value, list):
            row[name] = "; ".join(part.label if isinstance(part, Ref) else str(part) for part in value)
        else:
            row[name] = value
    return {**row, **proof}


def _proof(citation: Citation | None) -> Row:
    """Where it stands and what it says there; ``source`` of a figure stays, being the same."""
    return {name: getattr(citation, name) if citation else None for name in _PROOF}


def _compared(comparison: Compared) -> Iterator[Row]:
    names = [side.label for side in comparison.sides]
    for table in ("themes", "challenges", "measures", "regions", "industries", "actors"):
        found = getattr(comparison, table)
        for row in found.rows if found else ():
            yield from _shares(table, row, names)
    for row in comparison.figures.rows:
        for name, side in zip(names, row.sides, strict=True):
            yield from (_shown(entry, name, row.shared, row.disagree) for entry in side)


def _shares(table: str, row: SharedRow, names: Sequence[str]) -> Iterator[Row]:
    sides: Iterable[tuple[str, Share | None]] = zip(names, row.sides, strict=True)
    for name, share in sides:
        if share is not None:
            head = {"table": table, "label": row.label, "iri": row.iri, "side": name, "shared": str(row.shared).lower()}
            yield {**head, "statements": share.statements, "papers": share.papers, **_proof(share.citation)}


def _shown(entry: FigureEntry, side: str, shared: bool, disagree: bool) -> Row:
    return {
        "table": "figures",
        "label": entry.label,
        "iri": entry.iri,
        "side": side,
        "shared": str(shared).lower(),
        "statements": 1,
        "papers": 1,
        **_proof(entry.citation),
        "value": entry.value,
        "unit": entry.unit,
        "year": entry.year,
        "disagree": str(disagree).lower(),
        "conflict": entry.conflict,
    }
