"""Puts what guards the routes around an application, in the order in which a request meets it."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from kg.settings import Settings
from search_api.access.audit import Audit
from search_api.access.gate import Gate
from search_api.access.hosts import HostCheck
from search_api.sparql.responses import SEARCHED

# Headers that pages of other origins may read.
_EXPOSED: Final = ("Content-Length", "Link", "Location", "Retry-After", "X-Total-Count", SEARCHED)


def install(app: FastAPI, settings: Settings) -> None:
    """Guard ``app``. What is added last meets a request first, so that refusals carry CORS headers too.

    Raises MisuseError for a log that cannot be written.
    """
    audit = Audit(settings.audit_log, settings.audit_questions) if settings.audit_log else None
    app.add_middleware(Gate, settings=settings, audit=audit)
    app.add_middleware(HostCheck, settings=settings)
    if origins := settings.cors_origins.split():
        app.add_middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=["*"], allow_headers=["*"], expose_headers=_EXPOSED
        )
