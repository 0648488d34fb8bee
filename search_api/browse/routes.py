"""The routes of browsing: lists and things by kind, the matrix and comparisons, as JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from kg.errors import MisuseError
from search_api.accept import preferred
from search_api.browse import axes, csv_output
from search_api.browse.asked import parameters, shared_parameters
from search_api.browse.browser import MOST, USUAL, Browser, Listing, View
from search_api.browse.ids import PLURALS, By, Kind
from search_api.browse.index import CONCEPT_KINDS, ENTITY_KINDS
from search_api.browse.links import BASES
from search_api.browse.matrix import FILTERS, Wish, wish
from search_api.browse.schemas import (
    Compared,
    ConceptList,
    ConceptView,
    EntityList,
    EntityView,
    FigureList,
    FigureView,
    Matrix,
    MatrixEvidence,
)
from search_api.routes import InvalidRequestError
from search_api.service import Service

_JSON: Final = "application/json"
_CSV: Final = "text/csv"
T = TypeVar("T", bound=BaseModel)
_OWN: Final = frozenset({"k", "cursor", "format"})
_OF_MATRIX: Final = frozenset(
    {"k", "format", "rows", "columns", "basis", "min_confidence", "evidence", "row", "column"}
)
_SIDES: Final[Mapping[str, By]] = MappingProxyType(
    {"regions": "region", "papers": "document", "industries": "industry"}
)
Format = Annotated[
    Literal["json", "csv"] | None, Query(description="json or csv; without it what the Accept header prefers.")
]
Size = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]
Cursor = Annotated[str | None, Query(description="The `next` of the page before.")]
Identifier = Annotated[
    str, Path(description="Id in a list (the last part of the IRI), or the whole IRI.", examples=["CN-33"])
]
Sides = Annotated[
    list[str] | None,
    Query(description="Two to five of them, by name, id or IRI, each alone or separated by commas."),
]


def _problem(description: str, status: int, title: str, detail: str) -> dict[str, Any]:
    example = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return {"description": description, "content": {"application/problem+json": {"example": example}}}


_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    422: _problem(
        "The request is not valid.",
        422,
        "The request cannot be served",
        "unknown region 'Atlantis': neither the vocabularies nor the documents name it",
    ),
    503: _problem(
        "There is no knowledge base.",
        503,
        "The knowledge base is not available",
        "there is no knowledge base in data: run 'policyweave ingest PATH' to build one",
    ),
}
_MISSING: Final[dict[int | str, dict[str, Any]]] = {
    404: _problem(
        "No such thing in the live snapshot.",
        404,
        "Not found",
        "no region 'x' in this snapshot: /regions?q=WORDS searches by name, /regions lists all",
    )
}
_TABLE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {_CSV: {"schema": {"type": "string"}}}}}


def router(service: Service) -> APIRouter:
    """Routes over one service."""
    made, browser = APIRouter(responses=_RESPONSES, tags=["browse"]), Browser(service)
    for kind in CONCEPT_KINDS:
        _add_kind(made, browser, kind, ConceptList, ConceptView)
    for kind in ENTITY_KINDS:
        _add_kind(made, browser, kind, EntityList, EntityView)
    _add_kind(made, browser, "statistic", FigureList, FigureView)
    _add_matrix(made, browser)
    _add_comparison(made, browser)
    return made


def _add_kind(made: APIRouter, browser: Browser, kind: Kind, listing: type[Listing], view: type[View]) -> None:
    plural = PLURALS[kind]

    def all_of_kind(request: Request, k: Size = USUAL, cursor: Cursor = None, format: Format = None) -> Response:
        with _invalid():
            found = browser.listing(kind, _given(request, _OWN), k, cursor)
        response = _negotiated(request, found, csv_output.listed, format, plural)
        response.headers["X-Total-Count"] = str(found.total)
        if found.next is not None:
            response.headers["Link"] = f'<{request.url.include_query_params(cursor=found.next)}>; rel="next"'
        return response

    def one_of_kind(identifier: Identifier, k: Size = USUAL, cursor: Cursor = None) -> Response:
        with _invalid():
            return _json(browser.view(kind, identifier, k, cursor))

    all_of_kind.__doc__ = (
        f"The {plural} that meet the filters, with counts, facets and the place that proves each best. "
        "Counts are of what meets the filters. `sparql` gives the same rows at `/sparql`."
    )
    one_of_kind.__doc__ = (
        f"One {kind} whole: names, definition, hierarchy, neighbours with basis and confidence, and all that proves "
        "it. `k` limits each of its lists, `cursor` continues the evidence."
    )
    made.add_api_route(
        f"/{plural}",
        all_of_kind,
        response_model=listing,
        summary=f"List {plural}",
        operation_id=f"list_{plural}",
        responses=_TABLE,
        openapi_extra={"parameters": parameters(kind)},
    )
    made.add_api_route(
        f"/{plural}/{{identifier:path}}",
        one_of_kind,
        response_model=view,
        summary=f"One {kind}",
        operation_id=f"get_{kind}",
        responses=_MISSING,
    )


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
    with _invalid():
        return wish(rows, columns, basis or (), min_confidence, _given(request, _OF_MATRIX))


def _add_matrix(made: APIRouter, browser: Browser) -> None:
    described = {"parameters": shared_parameters(FILTERS)}

    @made.get(
        "/matrix",
        summary="Challenges against measures",
        response_model=Matrix,
        responses=_TABLE,
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
        with _invalid():
            found = browser.matrix(wanted, k, evidence)
        return _negotiated(request, found, csv_output.matrix, format, "matrix")

    @made.get("/matrix/cell", summary="The evidence of a cell", responses=_MISSING, openapi_extra=described)
    def cell(
        wanted: Annotated[Wish, Depends(_wish)],
        row: Annotated[str, Query(description="Key of the row.", examples=["talent"])],
        column: Annotated[str, Query(description="Key of the column.", examples=["education"])],
    ) -> MatrixEvidence:
        """Every measure of a cell with what it answers, how we know, and all quotes."""
        with _invalid():
            return browser.cell(wanted, row, column)


def _add_comparison(made: APIRouter, browser: Browser) -> None:
    @made.get(
        "/compare", summary="Regions, papers or industries side by side", response_model=Compared, responses=_TABLE
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
        with _invalid():
            by, names = _sides({name: values for name, values in given.items() if values})
            found = browser.compare(by, names, k)
        return _negotiated(request, found, csv_output.compared, format, "comparison")


def _sides(given: Mapping[str, list[str]]) -> tuple[By, list[str]]:
    if len(given) != 1:
        raise MisuseError(f"name what to compare by one of {', '.join(_SIDES)}, e.g. regions=Zhejiang,Shaanxi")
    name, values = next(iter(given.items()))
    parts = values[0].split(",") if len(values) == 1 else values
    return _SIDES[name], [part.strip() for part in parts if part.strip()]


def _given(request: Request, own: frozenset[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if name not in own]


@contextmanager
def _invalid() -> Iterator[None]:
    """What the caller asked for and cannot be is a request that is not valid."""
    try:
        yield
    except MisuseError as error:
        raise InvalidRequestError(str(error)) from error


def _json(found: BaseModel) -> Response:
    return JSONResponse(found.model_dump(mode="json"), headers={"Vary": "Accept"})


def _negotiated(request: Request, found: T, table: Callable[[T], str], given: str | None, name: str) -> Response:
    """The answer as JSON, or as a table where the client asks for one."""
    by_name = {"json": _JSON, "csv": _CSV}
    wanted = by_name[given] if given else (preferred(request.headers.get("accept"), [_JSON, _CSV]) or [_JSON])[0]
    if wanted == _JSON:
        return _json(found)
    headers = {"Vary": "Accept", "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(table(found), media_type=csv_output.MEDIA_TYPE, headers=headers)
