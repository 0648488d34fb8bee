"""The SPARQL 1.1 protocol as a router: ``GET``, ``HEAD`` and ``POST /sparql``, queries only.

The dataset is one default graph. ``default-graph-uri`` and ``named-graph-uri`` are refused unless empty, as ``FROM``
is: to ignore them would answer another question than the one asked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from kg.errors import MisuseError, PolicyweaveError
from kg.settings import Settings
from search_api import problems
from search_api.sparql.engine import QueryResult, evaluate
from search_api.sparql.errors import BusyError, ForbiddenQueryError, ReadOnlyError, UnsupportedMediaTypeError
from search_api.sparql.guard import MAX_LENGTH
from search_api.sparql.pool import WorkerPool

_READ_ONLY: Final = "this endpoint is read-only: it takes queries (parameter 'query'), no updates"
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
# The longest that percent-encoding makes a query that the guard still reads.
_MAX_BYTES: Final = MAX_LENGTH * 12

Parameters = list[tuple[str, str]]


def router(get_graph_path: Callable[[], Path], settings: Settings) -> APIRouter:
    """Routes for ``/sparql``. ``get_graph_path`` is asked for each query, so a new snapshot is followed at once."""
    pool = WorkerPool(settings)
    # Waiting for a worker must not take threads from the rest of the service.
    turns = anyio.CapacityLimiter(settings.sparql_workers)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await anyio.to_thread.run_sync(pool.close)

    async def answer(request: Request) -> Response:
        try:
            query, name = await _question(request)
            result = await _in_turn(lambda: evaluate(pool, get_graph_path(), query, _accept(request), name))
        except PolicyweaveError as error:
            return problems.of(error)
        return _response(request, result)

    async def _in_turn(work: Callable[[], QueryResult]) -> QueryResult:
        with anyio.move_on_after(settings.sparql_timeout) as waiting:
            await turns.acquire()
        if waiting.cancelled_caught:
            raise BusyError("all workers are busy with other queries: try again in a few seconds")
        try:
            return await anyio.to_thread.run_sync(work, limiter=anyio.CapacityLimiter(1))
        finally:
            turns.release()

    routes = APIRouter(tags=["sparql"], lifespan=lifespan)
    summary = "Answer a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE)"
    for method in ("GET", "HEAD", "POST"):
        routes.add_api_route(
            "/sparql",
            answer,
            methods=[method],
            summary=summary,
            operation_id=f"sparql_{method.lower()}",
            response_class=Response,
            openapi_extra=_openapi(method),
            include_in_schema=method != "HEAD",
        )
    return routes


async def _question(request: Request) -> tuple[str, str | None]:
    """The query and the ``format`` parameter of a request."""
    parameters: Parameters = list(request.query_params.multi_items())
    queries = [value for key, value in parameters if key == "query"]
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == _UPDATE:
            raise ReadOnlyError(_READ_ONLY)
        if media_type not in {_FORM, _QUERY}:
            raise UnsupportedMediaTypeError(f"post a query as {_QUERY} or {_FORM}, not as {media_type or 'nothing'}")
        body = await _body(request)
        if media_type == _QUERY:
            queries.append(body)
        else:
            form = parse_qsl(body, keep_blank_values=True)
            parameters += form
            queries += [value for key, value in form if key == "query"]
    _refuse(parameters)
    if len(queries) != 1:
        raise MisuseError(f"a request needs exactly one query, this one has {len(queries)}: use ?query=SELECT…")
    return queries[0], next((value for key, value in parameters if key == "format"), None)


async def _body(request: Request) -> str:
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > _MAX_BYTES:
            raise ForbiddenQueryError(f"the request is longer than {_MAX_BYTES} bytes: shorten the query")
    try:
        return chunks.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MisuseError(f"the query is not UTF-8 (byte {error.start}): send it as UTF-8") from error


def _refuse(parameters: Parameters) -> None:
    for key, value in parameters:
        if key == "update":
            raise ReadOnlyError(_READ_ONLY)
        if key in {"default-graph-uri", "named-graph-uri"} and value:
            raise ForbiddenQueryError(f"all triples lie in one default graph: leave {key} out")


def _accept(request: Request) -> str | None:
    return ",".join(request.headers.getlist("accept")) or None


def _response(request: Request, result: QueryResult) -> Response:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "Content-Length": str(len(result.body))}
    body = b"" if request.method == "HEAD" else result.body
    return Response(body, headers={**headers, "Content-Type": result.media_type})


def _openapi(method: str) -> dict[str, object]:
    text = {"schema": {"type": "string"}}
    if method == "POST":
        return {"requestBody": {"required": True, "content": {_QUERY: text, _FORM: {"schema": {"type": "object"}}}}}
    query = {"name": "query", "in": "query", "required": True, "description": "A SPARQL 1.1 query.", **text}
    syntax = {"name": "format", "in": "query", "description": "json, csv, tsv, xml, turtle, ntriples, …", **text}
    return {"parameters": [query, syntax]}
