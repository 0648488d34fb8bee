"""The matrix as clients see it."""

from __future__ import annotations

from pydantic import Field

from search_api.browse.schemas import Model, Ref
from search_api.schemas import Citation


class Tally(Model):
    """Distinct things in a cell, row or column of the matrix."""

    measures: int
    challenges: int
    papers: int


class MatrixLink(Model):
    """One reason for a cell: a measure that addresses a challenge, or that applies in a row's region and so on."""

    measure: Ref
    challenge: Ref | None
    basis: str
    confidence: float
    citations: list[Citation]


class MatrixCell(Tally):
    """Counts of a cell and where to see its evidence; ``links`` is null unless evidence was asked for."""

    url: str
    links: list[MatrixLink] | None


class MatrixHead(Model):
    """A row or column: ``key`` names it in cells and in `/matrix/cell`."""

    key: str
    iri: str | None
    label: str
    total: Tally


class MatrixRow(MatrixHead):
    """A row with its cells by the key of their column; columns without anything are left out.

    ``gaps`` counts the challenges of the row that no measure addresses (null where rows are not of challenges).
    """

    gaps: int | None
    cells: dict[str, MatrixCell]


class MatrixRest(Model):
    """What the limit cut off."""

    number: int
    total: Tally


class Matrix(Model):
    """Rows against columns. Totals count distinct things, so that they may be less than the sum of their cells."""

    rows_by: str
    columns_by: str
    basis: list[str]
    min_confidence: float
    filters: dict[str, str | int | list[str]]
    rows: list[MatrixRow]
    columns: list[MatrixHead]
    more_rows: MatrixRest | None = Field(description="Rows beyond the limit; null where all are shown.")
    more_columns: MatrixRest | None = Field(description="Columns beyond the limit; null where all are shown.")
    total: Tally
    gaps: int | None = Field(description="Challenges that no measure addresses under these limits.")
    sparql: str | None = Field(description="A query for the counts of all cells; null where filters are set.")
    snapshot: str


class MatrixEvidence(Model):
    """All reasons of one cell, surest first."""

    row: str
    column: str
    total: Tally
    links: list[MatrixLink]
    snapshot: str
