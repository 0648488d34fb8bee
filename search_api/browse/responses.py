"""What the routes of browsing share: described parameters and failures, and JSON or CSV as the client prefers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import Path, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from kg.errors import MisuseError
from search_api.accept import preferred
from search_api.browse import csv_output
from search_api.browse.browser import MOST
from search_api.routes import InvalidRequestError

JSON: Final = "application/json"
CSV: Final = "text/csv"
T = TypeVar("T", bound=BaseModel)
Format = Annotated[
    Literal["json", "csv"] | None, Query(description="json or csv; without it what the Accept header prefers.")
]
Size = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]
Cursor = Annotated[str | None, Query(description="The `next` of the page before.")]
Identifier = Annotated[
    str, Path(description="Id in a list (the last part of the IRI), or the whole IRI.", examples=["CN-33"])
]


def _problem(description: str, status: int, title: str, detail: str) -> dict[str, Any]:
    example = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return {"description": description, "content": {"application/problem+json": {"example": example}}}


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
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
MISSING: Final[dict[int | str, dict[str, Any]]] = {
    404: _problem(
        "No such thing in the live snapshot.",
        404,
        "Not found",
        "no region 'x' in this snapshot: /regions?q=WORDS searches by name, /regions lists all",
    )
}
TABLE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}


def given(request: Request, own: frozenset[str]) -> list[tuple[str, str]]:
    """The filters of a request: its parameters but for those that the route takes itself."""
    return [(name, value) for name, value in request.query_params.multi_items() if name not in own]


@contextmanager
def invalid() -> Iterator[None]:
    """What the caller asked for and cannot be is a request that is not valid."""
    try:
        yield
    except MisuseError as error:
        raise InvalidRequestError(str(error)) from error


def as_json(found: BaseModel) -> Response:
    """An answer that is complete and checked already."""
    return JSONResponse(found.model_dump(mode="json"), headers={"Vary": "Accept"})


def negotiated(request: Request, found: T, table: Callable[[T], str], form: str | None, name: str) -> Response:
    """The answer as JSON, or as a table where the client asks for one."""
    by_name = {"json": JSON, "csv": CSV}
    liked = preferred(request.headers.get("accept"), [JSON, CSV])
    wanted = by_name[form] if form else liked[0] if liked else JSON
    if wanted == JSON:
        return as_json(found)
    headers = {"Vary": "Accept", "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(table(found), media_type=csv_output.MEDIA_TYPE, headers=headers)
