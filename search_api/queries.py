"""Named queries over HTTP: ``/queries`` lists them, ``/queries/{name}?region=…`` runs one, ``….rq`` gives its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import anyio.from_thread
import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from kg.errors import NotFoundError, PolicyweaveError
from kg.graph.queries import describe, load, names
from search_api import problems
from search_api.accept import preferred
from search_api.reading import reading
from search_api.rendering import Renderer
from search_api.sparql import engine, requests
from search_api.sparql.engine import QueryResult, Source, evaluate
from search_api.sparql.named import prepared
from search_api.sparql.pool import WorkerPool
from search_api.sparql.responses import respond

_FORMAT: Final = "format"
_SUFFIX: Final = ".rq"


def router(get_source: Callable[[], Source], pool: WorkerPool, public_url: str, renderer: Renderer) -> APIRouter:
    """The routes. Queries run on ``pool``, under the limits of the SPARQL endpoint."""

    async def everything(request: Request) -> Response:
        queries = [listed(name, public_url) for name in names()]
        if preferred(request.headers.get("accept"), ["application/json", "text/html"])[:1] == ["text/html"]:
            return renderer.page(request, "queries.html", {"queries": queries})
        return JSONResponse(queries, headers={"Vary": "Accept"})

    async def answer(request: Request) -> Response:
        try:
            return await _answer(request, get_source(), pool)
        except PolicyweaveError as error:
            return problems.of(error)

    made = APIRouter(tags=["sparql"])
    made.add_api_route("/queries", everything, summary="All named queries", response_class=JSONResponse)
    reading(
        made,
        "/queries/{name}",
        summary="Run a named query",
        description="Parameters by name, as /queries lists them: labels, years or IRIs; each may be repeated. "
        "`format` (csv, json, tsv, xml) wins over Accept. With `.rq` after the name: the SPARQL text.",
    )(answer)
    return made


def listed(name: str, public_url: str) -> dict[str, Any]:
    """A named query as clients see it: what it is for, its parameters, its text and where it runs."""
    query = describe(name)
    return {
        "name": name,
        "title": query.title,
        "description": query.description,
        "parameters": [
            {"name": each.name, "kind": each.kind, "description": each.description} for each in query.parameters
        ],
        "sparql": load(name),
        "url": f"{public_url}/queries/{name}",
        "text": f"{public_url}/queries/{name}{_SUFFIX}",
    }


async def _answer(request: Request, source: Source, pool: WorkerPool) -> Response:
    name = request.path_params["name"]
    bare = name.removesuffix(_SUFFIX)
    if bare not in names():
        raise NotFoundError(f"there is no query called '{bare}': /queries lists all")
    # A field that a form leaves empty means "any".
    said = [(key, value) for key, value in request.query_params.multi_items() if key != _FORMAT and value.strip()]
    given = {key: [value for name, value in said if name == key] for key, _ in said}

    text = await text_of(bare, given, source, pool)
    if name != bare:
        return Response(text, media_type="application/sparql-query")
    asked = engine.Request(text, requests.accept(request), request.query_params.get(_FORMAT))
    return respond(request.method, await evaluate(pool, source, asked))


async def text_of(name: str, given: Mapping[str, Sequence[str]], source: Source, pool: WorkerPool) -> str:
    """The text of a named query with its parameters bound, labels looked up in the graph. Raises MisuseError."""

    def run(query: str, syntax: str) -> QueryResult:
        return anyio.from_thread.run(evaluate, pool, source, engine.Request(query, None, syntax))

    return await anyio.to_thread.run_sync(prepared, name, given, run)
