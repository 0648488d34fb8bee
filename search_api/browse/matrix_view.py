"""The matrix as it is shown: the largest rows and columns, totals of distinct things, and the proof of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from kg.errors import NotFoundError
from search_api.browse import axes
from search_api.browse.axes import Head, Pair
from search_api.browse.criteria import resolve
from search_api.browse.described import described
from search_api.browse.entries import ref
from search_api.browse.index import Index
from search_api.browse.links import BASES
from search_api.browse.matrix import Table, Wish
from search_api.browse.matrix_schemas import (
    Matrix,
    MatrixCell,
    MatrixEvidence,
    MatrixHead,
    MatrixLink,
    MatrixRest,
    MatrixRow,
    Tally,
)
from search_api.browse.proof import all_of
from search_api.browse.queries import declared

EVIDENCE_A_CELL: Final = 5


def shown(index: Index, table: Table, limit: int, evidence: bool = False) -> Matrix:
    """The matrix with at most ``limit`` rows and columns, those that most measures stand in."""
    columns: dict[str, list[Pair]] = {key: [] for key in table.column_heads}
    for (_, column), held in table.cells.items():
        columns[column].extend(held)
    row_order = _order(table.row_heads, table.rows)
    column_order = _order(table.column_heads, columns)
    kept = column_order[:limit]
    everything = [pair for held in table.rows.values() for pair in held]
    return Matrix(
        rows_by=table.wish.rows,
        columns_by=table.wish.columns,
        basis=list(table.wish.basis),
        min_confidence=table.wish.min_confidence,
        filters=described(index, table.measures, resolve(index, table.measures)),
        rows=[_row(index, table, key, kept, evidence) for key in row_order[:limit]],
        columns=[_head(table.column_heads[key], columns[key]) for key in kept],
        more_rows=_rest(row_order[limit:], table.rows),
        more_columns=_rest(column_order[limit:], columns),
        total=tally(everything),
        gaps=len(frozenset().union(*table.gaps.values())) if table.gaps is not None else None,
        sparql=query(table) if not table.wish.given else None,
        snapshot=index.snapshot.id,
    )


def cell(index: Index, table: Table, row: str, column: str) -> MatrixEvidence:
    """All reasons of one cell. Raises NotFoundError for a row or column that is not there."""
    for name, key, heads in (("row", row, table.row_heads), ("column", column, table.column_heads)):
        if key not in heads:
            raise NotFoundError(f"the matrix has no {name} '{key}': take a key of its {name}s from /matrix")
    held = table.cells.get((row, column), ())
    return MatrixEvidence(
        row=table.row_heads[row].label,
        column=table.column_heads[column].label,
        total=tally(held),
        links=_links(index, held),
        snapshot=index.snapshot.id,
    )


def tally(held: Iterable[Pair]) -> Tally:
    """How many distinct things some reasons are about."""
    pairs = list(held)
    return Tally(
        measures=len({p.measure for p in pairs}),
        challenges=len({p.challenge for p in pairs if p.challenge is not None}),
        papers=len(frozenset().union(*(p.link.papers for p in pairs))),
    )


def query(table: Table) -> str:
    """A SPARQL query for the counts of all cells of a matrix without filters."""
    wanted = table.wish
    lines = axes.pattern(wanted.rows, wanted.columns)
    if wanted.basis:
        bases = " ".join(f"pw:{name}Basis" for name in wanted.basis)
        lines.append(f"?claim pw:basis ?basis . VALUES ?basis {{ {bases} }}")
    if wanted.min_confidence > 0:
        lines.append(f"?claim pw:confidence ?confidence . FILTER (?confidence >= {wanted.min_confidence})")
    body = "\n  ".join(lines)
    return declared(
        "SELECT ?row ?column (COUNT(DISTINCT ?measure) AS ?measures) (COUNT(DISTINCT ?challenge) AS ?challenges)\n"
        f"WHERE {{\n  {body}\n}}\nGROUP BY ?row ?column\nORDER BY DESC(?measures) ?row ?column"
    )


def _order(heads: Mapping[str, Head], held: Mapping[str, Sequence[Pair]]) -> list[str]:
    sizes = {key: len({pair.measure for pair in held.get(key, ())}) for key in heads}
    return sorted(heads, key=lambda key: (-sizes[key], heads[key].label.casefold(), key))


def _head(head: Head, held: Sequence[Pair]) -> MatrixHead:
    return MatrixHead(key=head.key, iri=head.iri, label=head.label, total=tally(held))


def _rest(keys: Sequence[str], held: Mapping[str, Sequence[Pair]]) -> MatrixRest | None:
    if not keys:
        return None
    return MatrixRest(number=len(keys), total=tally(pair for key in keys for pair in held.get(key, ())))


def _row(index: Index, table: Table, key: str, columns: Sequence[str], evidence: bool) -> MatrixRow:
    found = {column: held for column in columns if (held := table.cells.get((key, column)))}
    return MatrixRow(
        **_head(table.row_heads[key], table.rows[key]).model_dump(),
        gaps=len(table.gaps.get(key, ())) if table.gaps is not None else None,
        cells={
            column: MatrixCell(
                **tally(held).model_dump(),
                url=_url(index, table.wish, key, column),
                links=_links(index, held)[:EVIDENCE_A_CELL] if evidence else None,
            )
            for column, held in found.items()
        },
    )


def _url(index: Index, wanted: Wish, row: str, column: str) -> str:
    given = [("rows", wanted.rows), ("columns", wanted.columns), ("row", row), ("column", column)]
    given += [("basis", name) for name in wanted.basis]
    if wanted.min_confidence > 0:
        given.append(("min_confidence", str(wanted.min_confidence)))
    return f"{index.settings.public_url}/matrix/cell?{urlencode([*given, *wanted.given])}"


def _links(index: Index, held: Sequence[Pair]) -> list[MatrixLink]:
    ranked = sorted(
        held, key=lambda p: (BASES.index(p.link.basis), -p.link.confidence, index.label(p.measure), p.challenge or "")
    )
    return [_link(index, pair) for pair in ranked]


def _link(index: Index, pair: Pair) -> MatrixLink:
    return MatrixLink(
        measure=ref(index, "measure", pair.measure),
        challenge=ref(index, "challenge", pair.challenge) if pair.challenge else None,
        basis=pair.link.basis,
        confidence=pair.link.confidence,
        citations=all_of(index, pair.link),
    )
