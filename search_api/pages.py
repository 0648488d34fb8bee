"""Plain HTML pages without scripts: a box to ask in, the answer with its quotes marked, and passages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from kg.errors import MisuseError, ModelError, SnapshotError
from search_api.answer_text import numbered, tidy
from search_api.headline import headline
from search_api.rendering import Renderer
from search_api.schemas import Answer, Citation, PassageView
from search_api.service import Service

EXAMPLES = (
    "Which measures address talent drain in counties?",
    "What problems do local budgets have?",
    "Where is the digital economy ahead of the average?",
)
EXAMPLE = '{"question": "which measures address talent drain in counties?", "k": 5}'


def router(service: Service, renderer: Renderer) -> APIRouter:
    """Pages over one service. ``/passages/{id}`` answers programs with JSON and browsers with a page."""
    made = APIRouter()

    @made.get("/", include_in_schema=False)
    def home(q: Annotated[str, Query()] = "") -> HTMLResponse:
        return renderer.page("home.html", _asked(service, q))

    @made.get("/docs", include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        # The usual documentation pages load their scripts from elsewhere; this one works without a network.
        return renderer.page("docs.html", {"api": request.app.openapi(), "example": EXAMPLE})

    @made.get("/passages/{identifier}", summary="A passage", tags=["records"], response_model=PassageView)
    def passage(identifier: str, request: Request) -> Response:
        """A passage with its neighbours and what it states; as a page where the client prefers HTML."""
        view = service.passage(identifier)
        if "text/html" in request.headers.get("accept", ""):
            return renderer.page("passage.html", {"passage": view})
        return JSONResponse(view.model_dump(mode="json"), headers={"Vary": "Accept"})

    return made


def _asked(service: Service, q: str) -> dict[str, Any]:
    """What the landing page shows: the answer to ``q``, or why there is none."""
    shown: dict[str, Any] = {"q": q, "answer": None, "error": None, "examples": EXAMPLES}
    if not q.strip():
        return shown
    try:
        answer = service.ask(q)
    except (MisuseError, ModelError, SnapshotError) as error:
        return shown | {"error": str(error)}
    return shown | {
        "answer": answer,
        "headline": headline(answer),
        "around": _around(answer),
        "numbers": numbered(answer.items, answer.passages),
        "tidy": tidy,
    }


def _around(answer: Answer) -> dict[str, tuple[str, str]]:
    """Text before and after each quote in its passage, by the citation's url."""
    cited = [*(c for item in answer.items for c in item.citations), *answer.passages]
    return {citation.url: _split(citation) for citation in cited}


def _split(citation: Citation) -> tuple[str, str]:
    before, quote, after = citation.context.partition(citation.quote)
    return (before, after) if quote else ("", "")
