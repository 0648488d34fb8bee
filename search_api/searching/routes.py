"""``GET /search``."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request

from kg.errors import MisuseError
from search_api.routes import RESPONSES, InvalidRequestError
from search_api.schemas import MAX_K, MAX_QUESTION, filters_from
from search_api.searching.schemas import RecordType, SearchFilters, SearchResults, Sort
from search_api.service import Service

_OWN: Final = ("q", "k", "type", "sort", "cursor", "format")


def router(service: Service) -> APIRouter:
    """The route over one service."""
    made = APIRouter(responses=RESPONSES)

    @made.get(
        "/search",
        summary="Search by meaning and by words",
        tags=["questions"],
        openapi_extra={"parameters": _filter_parameters()},
    )
    def search(
        request: Request,
        q: Annotated[
            str,
            Query(
                min_length=1,
                max_length=MAX_QUESTION,
                description='Words to search for. Words in "double quotes" must follow each other, in any form.',
                examples=["skilled people leaving", '"cold storage" harbours'],
            ),
        ],
        k: Annotated[int, Query(ge=1, le=MAX_K, description="How many hits a page holds.")] = 10,
        type_: Annotated[RecordType, Query(alias="type", description="Which records to search.")] = "sentence",
        sort: Annotated[
            Sort,
            Query(description="By relevance, by year (with `-` the latest first), or in the order of the documents."),
        ] = "relevance",
        cursor: Annotated[str | None, Query(description="The `next` of the page before.")] = None,
        _format: Annotated[
            Literal["json"] | None,
            Query(alias="format", description="json, for clients that would otherwise get a page."),
        ] = None,
    ) -> SearchResults:
        """A page of hits with their places and reasons, and counts of all matches by the values of each field.

        A filter given twice admits either value; different filters must all be met. Filters are part of the search:
        as many hits as `k` asks for come back where so many records meet them. A page's `next` is good for the same
        `q`, `type`, `sort` and filters, until the knowledge base changes.
        """
        try:
            return service.search(q, k, type_, _filters(request), sort, cursor)
        except MisuseError as error:
            hint = f"filters are {', '.join(SearchFilters.model_fields)}"
            raise InvalidRequestError(str(error), hint) from error

    return made


def _filters(request: Request) -> SearchFilters:
    given = {name: request.query_params.getlist(name) for name in request.query_params if name not in _OWN}
    return filters_from(given, SearchFilters)


def _filter_parameters() -> list[dict[str, Any]]:
    """The filters as OpenAPI query parameters; each may be repeated."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": field.description,
            "schema": {"type": "array", "items": {"type": "integer" if name == "year" else "string"}},
            **({"example": field.examples} if field.examples else {}),
        }
        for name, field in SearchFilters.model_fields.items()
    ]
