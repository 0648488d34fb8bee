"""The matrix: problems, places or branches against measures, how many answer what, and which are left without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from kg.errors import MisuseError, NotFoundError
from search_api.browse import axes
from search_api.browse.asked import Asked, ask
from search_api.browse.axes import Head, Pair
from search_api.browse.criteria import resolve
from search_api.browse.described import described
from search_api.browse.entries import ref
from search_api.browse.index import NOTHING, Index
from search_api.browse.links import BASES
from search_api.browse.proof import all_of
from search_api.browse.queries import declared
from search_api.browse.schemas import (
    Matrix,
    MatrixCell,
    MatrixEvidence,
    MatrixHead,
    MatrixLink,
    MatrixRest,
    MatrixRow,
    Tally,
)

# Filters that measures and challenges must both meet; the others are of measures alone.
ON_BOTH: Final = ("region", "region_type", "year", "document")
ON_MEASURES: Final = ("industry", "actor", "status")
FILTERS: Final = (*ON_BOTH, *ON_MEASURES)
EVIDENCE_A_CELL: Final = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """A matrix to be: its axes, what may count, and the filters."""

    rows: str = "challenge-theme"
    columns: str = "measure-theme"
    basis: tuple[str, ...] = ()
    min_confidence: float = 0.0
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """All cells, before any limit. ``gaps`` holds the challenges of a row that nothing addresses, by its key."""

    wish: Wish
    measures: Asked
    row_heads: Mapping[str, Head]
    column_heads: Mapping[str, Head]
    cells: Mapping[tuple[str, str], tuple[Pair, ...]]
    rows: Mapping[str, tuple[Pair, ...]]
    gaps: Mapping[str, frozenset[str]] | None


def wish(
    rows: str = "challenge-theme",
    columns: str = "measure-theme",
    basis: Iterable[str] = (),
    min_confidence: float = 0.0,
    filters: Iterable[tuple[str, str]] = (),
) -> Wish:
    """A checked wish. Raises MisuseError for an axis, basis or confidence that cannot be."""
    _one_of("rows", rows, axes.ROWS)
    _one_of("columns", columns, axes.COLUMNS)
    if rows == columns:
        raise MisuseError(f"rows and columns are both '{rows}': choose two different ones")
    wanted = tuple(sorted(set(basis)))
    for name in wanted:
        _one_of("basis", name, BASES)
    if not 0.0 <= min_confidence <= 1.0:
        raise MisuseError(f"min_confidence is {min_confidence}: give a number from 0 to 1")
    given = tuple(sorted(set(filters)))
    for name, _ in given:
        _one_of("filter", name, FILTERS)
    return Wish(rows, columns, wanted, min_confidence, given)


def build(index: Index, wanted: Wish) -> Table:
    """All cells. Raises MisuseError for a filter that nothing can meet."""
    asked = ask("measure", wanted.given)
    measures = _concepts(index, asked)
    challenges = _concepts(index, ask("challenge", [(n, v) for n, v in wanted.given if n in ON_BOTH]))
    heads: dict[str, Head] = {}
    rows: defaultdict[str, list[Pair]] = defaultdict(list)
    for head, pair in axes.pairs(index, wanted.rows):
        met = pair.measure in measures and (pair.challenge is None or pair.challenge in challenges)
        if met and _counts(wanted, pair):
            heads[head.key] = head
            rows[head.key].append(pair)
    gaps = None
    if wanted.rows in ("challenge-theme", "challenge"):
        gaps = _gaps(index, wanted.rows, challenges, rows.values(), heads)
    column_heads, cells = _cells(index, wanted.columns, rows)
    return Table(wanted, asked, heads, column_heads, cells, {key: tuple(rows.get(key, ())) for key in heads}, gaps)


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


def _one_of(name: str, value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise MisuseError(f"unknown {name} '{value}': use one of {', '.join(allowed)}")


def _concepts(index: Index, asked: Asked) -> frozenset[str]:
    """Measures or challenges with a statement that meets the filters."""
    found = resolve(index, asked).statements(index, asked.kind) or NOTHING
    return frozenset(index.catalog.concept_of[s].iri for s in found)


def _counts(wanted: Wish, pair: Pair) -> bool:
    link = pair.link
    return (not wanted.basis or link.basis in wanted.basis) and link.confidence >= wanted.min_confidence


def _gaps(
    index: Index, rows: str, challenges: Iterable[str], held: Iterable[Sequence[Pair]], heads: dict[str, Head]
) -> Mapping[str, frozenset[str]]:
    """Challenges without a measure by row; rows that hold nothing else are added to ``heads``."""
    answered = {pair.challenge for pairs in held for pair in pairs}
    gaps: defaultdict[str, set[str]] = defaultdict(set)
    for challenge in challenges:
        if challenge not in answered:
            head = axes.of_challenge(index, rows, challenge)
            heads[head.key] = head
            gaps[head.key].add(challenge)
    return {key: frozenset(found) for key, found in gaps.items()}


def _cells(
    index: Index, columns: str, rows: Mapping[str, Sequence[Pair]]
) -> tuple[dict[str, Head], dict[tuple[str, str], tuple[Pair, ...]]]:
    of = axes.columns(index, columns)
    heads: dict[str, Head] = {}
    cells: defaultdict[tuple[str, str], list[Pair]] = defaultdict(list)
    for row, held in rows.items():
        for pair in held:
            for head in of(pair.measure):
                heads[head.key] = head
                cells[row, head.key].append(pair)
    return heads, {key: tuple(pairs) for key, pairs in cells.items()}


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
