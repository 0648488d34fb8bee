"""The routes of lists and things by kind."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from search_api.browse import table_routes as tables
from search_api.browse import table_rows
from search_api.browse.asked import parameters
from search_api.browse.browser import USUAL, Browser, Listing, View
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.index import CONCEPT_KINDS, ENTITY_KINDS
from search_api.browse.responses import (
    MISSING,
    RESPONSES,
    TABLE,
    Cursor,
    Format,
    Identifier,
    Size,
    as_json,
    given,
    invalid,
    negotiated,
)
from search_api.browse.schemas import ConceptList, ConceptView, EntityList, EntityView, FigureList, FigureView

_OWN: Final = frozenset({"k", "cursor", "format"})


def router(browser: Browser) -> APIRouter:
    """Routes over one browser."""
    made = APIRouter(responses=RESPONSES, tags=["browse"])
    for kind in CONCEPT_KINDS:
        _add_kind(made, browser, kind, ConceptList, ConceptView)
    for kind in ENTITY_KINDS:
        _add_kind(made, browser, kind, EntityList, EntityView)
    _add_kind(made, browser, "statistic", FigureList, FigureView)
    tables.add(made, browser)
    return made


def _add_kind(made: APIRouter, browser: Browser, kind: Kind, listing: type[Listing], view: type[View]) -> None:
    plural = PLURALS[kind]

    def all_of_kind(request: Request, k: Size = USUAL, cursor: Cursor = None, format: Format = None) -> Response:
        with invalid():
            found = browser.listing(kind, given(request, _OWN), k, cursor)
        response = negotiated(request, found, table_rows.listed, format, plural)
        response.headers["X-Total-Count"] = str(found.total)
        if found.next is not None:
            response.headers["Link"] = f'<{request.url.include_query_params(cursor=found.next)}>; rel="next"'
        return response

    def one_of_kind(identifier: Identifier, k: Size = USUAL, cursor: Cursor = None) -> Response:
        with invalid():
            return as_json(browser.view(kind, identifier, k, cursor))

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
        responses=TABLE,
        openapi_extra={"parameters": parameters(kind)},
    )
    made.add_api_route(
        f"/{plural}/{{identifier:path}}",
        one_of_kind,
        response_model=view,
        summary=f"One {kind}",
        operation_id=f"get_{kind}",
        responses=MISSING,
    )
