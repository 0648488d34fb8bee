"""Complete results as HTTP responses: with their length, streamed from where they wait, never cut."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import anyio.to_thread
from starlette.responses import Response, StreamingResponse

from search_api.sparql.engine import QueryResult
from search_api.sparql.finds import Looked

SEARCHED = "Policyweave-Search"


def respond(method: str, result: QueryResult) -> Response:
    """The response to a request; HEAD gets the same headers and no body."""
    headers = {
        "Content-Type": result.media_type,
        "Content-Length": str(result.size),
        "Vary": "Accept",
        "Cache-Control": "no-cache",
    }
    if result.searches:
        headers[SEARCHED] = said(result.searches)
    if method == "HEAD":
        result.close()
        return Response(b"", headers=headers)
    if isinstance(result.content, bytes):
        return Response(result.content, headers=headers)
    return StreamingResponse(_pieces(result), headers=headers)


def said(searches: Sequence[Looked]) -> str:
    """What the searches of a query looked at, as a list of items with parameters (RFC 9651), in their order.

    >>> said([Looked("passage", examined=240, total=31, returned=10)])
    'passage;returned=10;total=31;examined=240'
    """
    return ", ".join(
        f"{each.kind};returned={each.returned};total={each.total};examined={each.examined}" for each in searches
    )


async def _pieces(result: QueryResult) -> AsyncIterator[bytes]:
    """The bytes of a file, read in a thread and one piece ahead of nothing: memory stays flat."""
    pieces = result.chunks()
    try:
        while piece := await anyio.to_thread.run_sync(next, pieces, b""):
            yield piece
    finally:
        result.close()
