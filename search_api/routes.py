"""The JSON routes. Handlers are plain functions, so that the framework runs them in its thread pool."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from kg.errors import MisuseError
from kg.exports import bibliography, tables
from search_api import formats
from search_api.answer_exports import exported
from search_api.schemas import (
    Answer,
    AskRequest,
    DocumentSummary,
    DocumentView,
    Filters,
    PassageView,
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


RECORD_FORMS: Final = (formats.JSON, *bibliography.MEDIA_TYPES)
ANSWER_FORMS: Final = (formats.JSON, *tables.MEDIA_TYPES, *bibliography.MEDIA_TYPES)
RecordFormat = Annotated[
    Literal["json", "bibtex", "ris", "csl-json"] | None,
    Query(description="Without it what the Accept header prefers."),
]
AnswerFormat = Annotated[
    Literal["json", "csv", "xlsx", "bibtex", "ris", "csl-json"] | None,
    Query(description="Without it what the Accept header prefers."),
]
_BIBLIOGRAPHIES: Final = formats.described(RECORD_FORMS[1:])


def router(service: Service) -> APIRouter:
    """Routes over one service."""
    made = APIRouter(responses=RESPONSES)
    _add_questions(made, service)
    _add_records(made, service)
    _add_health(made, service)
    return made


def _add_questions(made: APIRouter, service: Service) -> None:
    @made.post(
        "/ask",
        summary="Answer a question with proofs",
        tags=["questions"],
        response_model=Answer,
        responses=formats.described(ANSWER_FORMS[1:]),
    )
    def ask(asked: AskRequest, request: Request, format: AnswerFormat = None) -> Answer | Response:
        """Items with citations, the nearest passages and a short extractive text; `no_answer` where nothing answers.

        As a table a row for each citation; as a bibliography the papers that the answer cites.
        """
        try:
            answer = service.ask(asked.question, asked.k, asked.filters, asked.wants)
        except MisuseError as error:
            raise InvalidRequestError(str(error), _hint()) from error
        return _as_wanted(service, answer, formats.chosen(request, format, ANSWER_FORMS))


def _as_wanted(service: Service, answer: Answer, form: str) -> Answer | Response:
    if form == formats.JSON:
        return answer
    return formats.as_file(exported(answer, form, service.world().catalog.documents), form, "answer")


def _add_records(made: APIRouter, service: Service) -> None:
    @made.get(
        "/documents",
        summary="All documents",
        tags=["records"],
        response_model=list[DocumentSummary],
        responses=_MISSING | _BIBLIOGRAPHIES,
    )
    def documents(
        request: Request,
        id: Annotated[list[str] | None, Query(description="Only the documents with these ids.")] = None,
        format: RecordFormat = None,
    ) -> list[DocumentSummary] | Response:
        """Every document with what was found in it, or a bibliography of them."""
        form = formats.chosen(request, format, RECORD_FORMS)
        if form == formats.JSON:
            return [found for found in service.documents() if not id or found.id in id]
        return formats.as_file(service.bibliography(form, id), form, "papers")

    @made.get(
        "/documents/{identifier}",
        summary="A document",
        tags=["records"],
        response_model=DocumentView,
        responses=_MISSING | _BIBLIOGRAPHIES,
    )
    def document(identifier: str, request: Request, format: RecordFormat = None) -> DocumentView | Response:
        """A document with its sections, their passages and what it cites, or its entry of a bibliography."""
        form = formats.chosen(request, format, RECORD_FORMS)
        if form == formats.JSON:
            return service.document(identifier)
        return formats.as_file(service.bibliography(form, [identifier]), form, identifier)

    @made.get("/passages/{identifier}", summary="A passage", tags=["records"], responses=_MISSING)
    def passage(identifier: str) -> PassageView:
        """A passage with its neighbours and what it states."""
        return service.passage(identifier)


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
