"""For Open WebUI: its external web search, and a description of the few routes that make good tools for a model."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from kg.settings import Settings
from search_api.openai_shaped.failures import OpenAIRoute
from search_api.routes import RESPONSES
from search_api.schemas import MAX_K, MAX_QUESTION
from search_api.service import Service

# Path, method, and the name that the model sees.
_TOOLS: Final = (
    ("/ask", "post", "ask"),
    ("/search", "get", "search"),
    ("/measures", "get", "list_measures"),
    ("/challenges", "get", "list_challenges"),
    ("/compare", "get", "compare"),
    ("/passages/{identifier}", "get", "get_passage"),
)


class WebSearch(BaseModel):
    """What Open WebUI sends."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    query: str = Field(min_length=1, max_length=MAX_QUESTION)
    count: int = Field(default=5, ge=1, le=MAX_K)


class WebResult(BaseModel):
    """What it expects, in a bare list."""

    link: str
    title: str
    snippet: str


def router(service: Service, settings: Settings) -> APIRouter:
    """The routes."""
    made = APIRouter(prefix="/open-webui", route_class=OpenAIRoute, responses=RESPONSES, tags=["Open WebUI"])

    @made.post("/search", summary="Search as Open WebUI's external web search does")
    def search(request: WebSearch) -> list[WebResult]:
        """Passages as a bare list of `link`, `title` and `snippet`."""
        hits = service.search(request.query, request.count, "passage").hits
        return [
            WebResult(
                link=hit.citation.url, title=_title(hit.citation.title, hit.citation.year), snippet=hit.citation.quote
            )
            for hit in hits
        ]

    @made.get("/openapi.json", include_in_schema=False)
    def tools(request: Request) -> JSONResponse:
        return JSONResponse(_tools(request.app.openapi(), settings.public_url))

    return made


def _title(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year else title


def _tools(whole: dict[str, Any], server: str) -> dict[str, Any]:
    """The description with nothing but the tools in it, each named for the model."""
    paths = {path: {method: {**whole["paths"][path][method], "operationId": name}} for path, method, name in _TOOLS}
    return {**whole, "servers": [{"url": server}], "paths": paths}
