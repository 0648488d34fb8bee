"""The routes of the matrix and of comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from kg.errors import MisuseError
from search_api.browse import axes, table_rows
from search_api.browse.asked import shared_parameters
from search_api.browse.browser import USUAL, Browser
from search_api.browse.comparison_schemas import Compared
from search_api.browse.ids import By
from search_api.browse.links import BASES
from search_api.browse.matrix import FILTERS, Wish, wish
from search_api.browse.matrix_schemas import Matrix, MatrixEvidence
from search_api.browse.responses import (
    MISSING,
    TABLE,
    Format,
    Size,
    given,
    invalid,
    negotiated,
)

_SIDES: Final[Mapping[str, By]] = MappingProxyType(
    {"regions": "region", "papers": "document", "industries": "industry"}
)
_OF_MATRIX: Final = frozenset(
    {"k", "format", "rows", "columns", "basis", "min_confidence", "evidence", "row", "column"}
)
Sides = Annotated[
    list[str] | None,
    Query(description="Two to five of them, by name, id or IRI, each alone or separated by commas."),
]


def add(made: APIRouter, browser: Browser) -> None:
    """Add the routes to those of lists and things."""
    _add_matrix(made, browser)
    _add_comparison(made, browser)


def _wish(
    request: Request,
    rows: Annotated[
        str, Query(description="What rows are of.", json_schema_extra={"enum": list(axes.ROWS)})
    ] = "challenge-theme",
    columns: Annotated[
        str, Query(description="What columns are of.", json_schema_extra={"enum": list(axes.COLUMNS)})
    ] = "measure-theme",
    basis: Annotated[
        list[str] | None, Query(description=f"Only links on this basis: {', '.join(BASES)}. May be repeated.")
    ] = None,
    min_confidence: Annotated[float, Query(ge=0, le=1, description="Only links at least this sure.")] = 0.0,
) -> Wish:
    with invalid():
        return wish(rows, columns, basis or (), min_confidence, given(request, _OF_MATRIX))


def _add_matrix(made: APIRouter, browser: Browser) -> None:
    described = {"parameters": shared_parameters(FILTERS)}

    @made.get(
        "/matrix",
        summary="Challenges against measures",
        response_model=Matrix,
        responses=TABLE,
        openapi_extra=described,
    )
    def matrix(
        request: Request,
        wanted: Annotated[Wish, Depends(_wish)],
        k: Size = USUAL,
        evidence: Annotated[bool, Query(description="Whether each cell holds its surest links with quotes.")] = False,
        format: Format = None,
    ) -> Response:
        """How many measures answer what, which challenges none answers (`gaps`), and where to see why (`url`).

        Region, region_type, year and document restrict measures and challenges, the other filters measures alone.
        """
        with invalid():
            found = browser.matrix(wanted, k, evidence)
        return negotiated(request, found, table_rows.matrix, format, "matrix")

    @made.get("/matrix/cell", summary="The evidence of a cell", responses=MISSING, openapi_extra=described)
    def cell(
        wanted: Annotated[Wish, Depends(_wish)],
        row: Annotated[str, Query(description="Key of the row.", examples=["talent"])],
        column: Annotated[str, Query(description="Key of the column.", examples=["education"])],
    ) -> MatrixEvidence:
        """Every measure of a cell with what it answers, how we know, and all quotes."""
        with invalid():
            return browser.cell(wanted, row, column)


def _add_comparison(made: APIRouter, browser: Browser) -> None:
    @made.get(
        "/compare", summary="Regions, papers or industries side by side", response_model=Compared, responses=TABLE
    )
    def compare(
        request: Request,
        regions: Sides = None,
        papers: Sides = None,
        industries: Sides = None,
        k: Size = USUAL,
        format: Format = None,
    ) -> Response:
        """Two to five of one sort: what they share, what one alone has, and figures aligned by indicator and unit.

        Regions and industries include all that lies in them. `k` limits the rows of each table.
        """
        given = {"regions": regions, "papers": papers, "industries": industries}
        with invalid():
            by, names = _sides({name: values for name, values in given.items() if values})
            found = browser.compare(by, names, k)
        return negotiated(request, found, table_rows.compared, format, "comparison")


def _sides(given: Mapping[str, list[str]]) -> tuple[By, list[str]]:
    if len(given) != 1:
        raise MisuseError(f"name what to compare by one of {', '.join(_SIDES)}, e.g. regions=Zhejiang,Shaanxi")
    name, values = next(iter(given.items()))
    parts = values[0].split(",") if len(values) == 1 else values
    return _SIDES[name], [part.strip() for part in parts if part.strip()]
