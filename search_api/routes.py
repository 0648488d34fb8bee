"""The JSON routes. Handlers are plain functions, so that the framework runs them in its thread pool."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kg.errors import MisuseError
from search_api.schemas import (
    Answer,
    AskRequest,
    DocumentSummary,
    DocumentView,
    Filters,
    Status,
)
from search_api.service import Service

_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    422: {"description": "The request is not valid.", **_PROBLEM},
    503: {"description": "There is no knowledge base, or a limit was reached.", **_PROBLEM},
}
_MISSING: dict[int | str, dict[str, Any]] = {**RESPONSES, 404: {"description": "No such thing.", **_PROBLEM}}


class InvalidRequestError(MisuseError):
    """A request whose values cannot be: 422, with a hint where one helps."""

    status = 422
    kind = "validation"

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def router(service: Service) -> APIRouter:
    """Routes over one service."""
    made = APIRouter(responses=RESPONSES)
    _add_questions(made, service)
    _add_records(made, service)
    _add_health(made, service)
    return made


def _add_questions(made: APIRouter, service: Service) -> None:
    @made.post("/ask", summary="Answer a question with proofs", tags=["questions"])
    def ask(request: AskRequest) -> Answer:
        """Items with citations, the nearest passages and a short extractive text; `no_answer` where nothing answers."""
        try:
            return service.ask(request.question, request.k, request.filters, request.wants)
        except MisuseError as error:
            raise InvalidRequestError(str(error), _hint()) from error


def _add_records(made: APIRouter, service: Service) -> None:
    @made.get("/documents", summary="All documents", tags=["records"])
    def documents() -> list[DocumentSummary]:
        """Every document with what was found in it."""
        return service.documents()

    @made.get("/documents/{identifier}", summary="A document", tags=["records"], responses=_MISSING)
    def document(identifier: str) -> DocumentView:
        """A document with its sections and their passages."""
        return service.document(identifier)


def _add_health(made: APIRouter, service: Service) -> None:
    @made.get("/healthz", summary="Is the process alive?", tags=["service"])
    def healthz() -> dict[str, str]:
        """Always ok while the process answers."""
        return {"status": "ok"}

    @made.get("/readyz", summary="Is there a knowledge base to answer from?", tags=["service"])
    def readyz() -> Status:
        """The live snapshot; 503 where there is none."""
        return service.status()


def _hint() -> str:
    return f"filters are {', '.join(Filters.model_fields)}"
