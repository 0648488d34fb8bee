"""Errors as problem+json (RFC 9457): one place that says which status a failure has and how it looks on the wire."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kg.errors import (
    GraphServerError,
    LockedError,
    MisuseError,
    ModelError,
    NotFoundError,
    PolicyweaveError,
    QueryError,
    QueryLimitError,
    SnapshotError,
    UnreadableSourceError,
)
from kg.identifiers import VOCABULARY

MEDIA_TYPE = "application/problem+json"

# The first class an error is an instance of decides: subclasses come before their bases.
_STATUS: tuple[tuple[type[PolicyweaveError], int, str], ...] = (
    (QueryLimitError, 503, "The query exceeds a limit"),
    (QueryError, 400, "The query is refused"),
    (MisuseError, 400, "The request cannot be served"),
    (NotFoundError, 404, "Not found"),
    (UnreadableSourceError, 422, "The source cannot be read"),
    (LockedError, 409, "The data folder is in use"),
    (GraphServerError, 502, "The graph server fails"),
    (SnapshotError, 503, "The knowledge base is not available"),
    (ModelError, 503, "The model is not available"),
)


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    kind: str | None = None,
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> Response:
    """A problem+json response; ``kind`` is the last segment of its type, members that are None are left out."""
    members = {
        "type": f"{VOCABULARY}problems/{kind}" if kind else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        **{name: value for name, value in extra.items() if value is not None},
    }
    body = json.dumps(members, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def status_of(error: PolicyweaveError) -> tuple[int, str]:
    """The HTTP status of an expected failure and what it is called; an error may carry its own ``status``."""
    status, title = next(((code, name) for cls, code, name in _STATUS if isinstance(error, cls)), (500, "Failed"))
    return getattr(error, "status", status), title


def of(error: PolicyweaveError, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    """The problem that an expected failure is; an error may carry its own ``status``, ``kind``, ``hint`` and
    ``retry_after`` (seconds).
    """
    status, title = status_of(error)
    wait = getattr(error, "retry_after", 5 if status == HTTPStatus.SERVICE_UNAVAILABLE else None)
    return problem(
        status,
        title,
        str(error),
        kind=getattr(error, "kind", None) or type(error).__name__.removesuffix("Error").lower(),
        headers={**headers, **({} if wait is None else {"Retry-After": str(wait)})},
        line=getattr(error, "line", None),
        column=getattr(error, "column", None),
        hint=getattr(error, "hint", None),
    )


def install(app: FastAPI) -> None:
    """Answer every failure of ``app`` with problem+json; unexpected ones say nothing about the inside."""
    app.add_exception_handler(PolicyweaveError, _expected)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def _expected(_: Request, error: Exception) -> Response:
    assert isinstance(error, PolicyweaveError)
    return of(error)


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(
        error.status_code,
        HTTPStatus(error.status_code).phrase,
        str(error.detail),
        headers=dict(error.headers) if error.headers else None,
    )


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": "/".join(map(str, item["loc"])), "what": item["msg"]} for item in error.errors()]
    detail = "; ".join(f"{item['where']}: {item['what']}" for item in errors)
    return problem(422, "The request is not valid", detail, kind="validation", errors=errors)


def _unexpected(_: Request, error: Exception) -> Response:
    detail = f"An unexpected failure ({type(error).__name__}); the server's log has the details."
    return problem(500, "Internal error", detail, kind="internal")
