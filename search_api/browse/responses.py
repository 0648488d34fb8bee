"""What the routes of browsing share: described parameters and failures, and JSON or CSV as the client prefers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import Path, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from kg.errors import MisuseError
from kg.exports.tables import Row, table_bytes
from search_api import formats
from search_api.browse import table_rows
from search_api.browse.browser import MOST
from search_api.routes import InvalidRequestError

FORMS: Final = (formats.JSON, "csv", "xlsx")
T = TypeVar("T", bound=BaseModel)
Format = Annotated[
    Literal["json", "csv", "xlsx"] | None,
    Query(description="json, csv or xlsx; without it what the Accept header prefers."),
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
TABLE: Final = formats.described(("csv", "xlsx"))


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


def negotiated(request: Request, found: T, rows: Callable[[T], list[Row]], form: str | None, name: str) -> Response:
    """The answer as JSON, or as a table where the client asks for one."""
    wanted = formats.chosen(request, form, FORMS)
    if wanted == formats.JSON:
        return as_json(found)
    table = rows(found)
    return formats.as_file(table_bytes(wanted, name, table_rows.columns(table), table), wanted, name)
