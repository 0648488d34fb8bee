"""The SPARQL 1.1 Protocol and the reading half of the Graph Store Protocol as a router.

``/sparql`` answers queries and, asked for nothing, describes itself. ``/sparql/search`` answers the patterns of a
search to other stores that federate over HTTP. ``/rdf-graph-store`` gives whole graphs.

A result is complete before its first byte is sent: workers write long ones to a file without a name, within limits, and
the finished file is streamed. So every failure has its own status, no client can hold up a worker by reading slowly,
and memory stays flat.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi import Request as HttpRequest
from starlette.responses import Response

from kg.errors import MisuseError, NotFoundError, PolicyweaveError
from search_api import problems
from search_api.sparql import engine, requests
from search_api.sparql.description import Describer
from search_api.sparql.disconnects import ClientGoneError, while_wanted
from search_api.sparql.engine import QueryResult, Source, evaluate
from search_api.sparql.errors import UnknownGraphError
from search_api.sparql.negotiation import negotiate
from search_api.sparql.pool import WorkerPool
from search_api.sparql.responses import respond

READING: Final = ("GET", "HEAD")
QUERYING: Final = ("GET", "HEAD", "POST")

Handler = Callable[[HttpRequest], Awaitable[Response]]


def router(get_source: Callable[[], Source], pool: WorkerPool) -> APIRouter:
    """The routes. ``get_source`` is asked for each query, so a new snapshot is followed at once; ``pool`` is closed
    when the application ends.
    """
    describer = Describer()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await pool.close()

    def querying(*, bare_search: bool) -> Handler:
        async def answer(request: HttpRequest) -> QueryResult:
            asked = await requests.read(request, bare_search=bare_search)
            if asked is None:
                return await _description(describer, get_source(), request)
            return await while_wanted(request, evaluate(pool, get_source(), asked))

        return _handler(answer)

    async def graph(request: HttpRequest) -> QueryResult:
        name, format_ = _graph_name(request), request.query_params.get("format")
        try:
            dumping = engine.dump(pool, get_source(), name, requests.accept(request), format_)
            return await while_wanted(request, dumping)
        except UnknownGraphError as error:
            raise NotFoundError(str(error)) from error

    routes = APIRouter(tags=["sparql"], lifespan=lifespan)
    _add(routes, "/sparql", querying(bare_search=False), QUERYING, "Answer a SPARQL query, or describe the endpoint")
    _add(routes, "/sparql/search", querying(bare_search=True), QUERYING, "Answer a search to another SPARQL store")
    _add(routes, "/rdf-graph-store", _handler(graph), READING, "Give a whole graph (SPARQL Graph Store Protocol)")
    return routes


def _handler(answer: Callable[[HttpRequest], Awaitable[QueryResult]]) -> Handler:
    async def handle(request: HttpRequest) -> Response:
        try:
            return respond(request.method, await answer(request))
        except PolicyweaveError as error:
            return problems.of(error)
        except ClientGoneError:
            # Nobody reads it; the number is what servers log for it.
            return Response(status_code=499)

    return handle


async def _description(describer: Describer, source: Source, request: HttpRequest) -> QueryResult:
    offer = negotiate("GRAPH", requests.accept(request), request.query_params.get("format"))
    body = await describer.describe(source, offer.syntax)
    return QueryResult(None, offer.media_type, 0, len(body), body)


def _graph_name(request: HttpRequest) -> str:
    """The graph that a request of the Graph Store Protocol names; empty for the default graph."""
    names, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(names) + default != 1 or names == [""]:
        raise MisuseError("name one graph: /rdf-graph-store?default, or ?graph= with its IRI")
    return "" if default else names[0]


def _add(routes: APIRouter, path: str, handle: Handler, methods: tuple[str, ...], summary: str) -> None:
    """One plain route that answers, so that a refusal names all methods and nothing is resolved for each query.

    The others only document it: the first that matches answers.
    """
    routes.add_route(path, handle, methods=list(methods), include_in_schema=False)
    for method in methods:
        if method != "HEAD":
            routes.add_api_route(
                path,
                handle,
                methods=[method],
                summary=summary,
                operation_id=f"{method.lower()}{path.replace('/', '_').replace('-', '_')}",
                response_class=Response,
                openapi_extra=_openapi(path, method),
            )


def _openapi(path: str, method: str) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    several = {"schema": {"type": "array", "items": {"type": "string"}}}
    if method == "POST":
        content = {requests.QUERY: text, requests.FORM: {"schema": {"type": "object"}}}
        return {"requestBody": {"required": True, "content": content}}
    syntax = _parameter("format", "json, csv, tsv, xml, turtle, ntriples, …: wins over Accept.", text)
    if path == "/rdf-graph-store":
        default = _parameter("default", "Asks for the default graph.", text)
        return {"parameters": [default, _parameter("graph", "IRI of a graph.", text), syntax]}
    query = _parameter("query", "A SPARQL 1.1 query; without one the endpoint describes itself.", text)
    default = _parameter("default-graph-uri", "Graphs that make up the default graph.", several)
    named = _parameter("named-graph-uri", "Graphs that GRAPH may name.", several)
    return {"parameters": [query, default, named, syntax]}


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, **schema}
