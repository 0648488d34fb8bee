"""All pages by path, and how they join the application."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotFoundError, PolicyweaveError
from search_api.browse.browser import Browser
from search_api.browse.ids import PLURALS
from search_api.rendering import Renderer
from search_api.service import Service
from search_api.web import (
    asking,
    comparing,
    crossing,
    exploring,
    finding,
    home,
    listing,
    mapping,
    reading,
    reference,
    series,
    talking,
    thing,
)
from search_api.web.route import Pages, wants_html
from search_api.web.site import Site, guarded, refused

Show = Callable[[Site, Request], Response]
# Pages that share their address with the API, and those that have one of their own.
_NEGOTIATED: Final[tuple[tuple[str, Show], ...]] = (
    ("/search", finding.show),
    ("/documents", reading.listed),
    ("/documents/{identifier}", reading.show),
    ("/passages/{identifier}", reading.passage),
    ("/matrix", crossing.show),
    ("/matrix/cell", crossing.cell),
    ("/compare", comparing.show),
    *((f"/{plural}", partial(listing.show, kind)) for kind, plural in PLURALS.items()),
    *((f"/{plural}/{{identifier:path}}", partial(thing.show, kind)) for kind, plural in PLURALS.items()),
)
_ALONE: Final[tuple[tuple[str, Show], ...]] = (
    ("/", home.show),
    ("/ask", asking.show),
    ("/suggest", finding.suggest),
    ("/docs", reference.show),
    ("/chat", talking.show),
    ("/figures", series.show),
    ("/map", mapping.show),
    ("/explore/{plural}/{identifier:path}", exploring.show),
)


def add(app: FastAPI, service: Service, browser: Browser, renderer: Renderer) -> None:
    """Add the pages; routes that follow answer what no page takes. Browsers see failures as pages, too."""
    site = Site(service, browser, renderer)
    app.router.routes.append(
        Pages(
            [(path, guarded(site, show)) for path, show in _NEGOTIATED],
            [(path, guarded(site, show)) for path, show in _ALONE],
        )
    )
    _show_failures(app, renderer)


def _show_failures(app: FastAPI, renderer: Renderer) -> None:
    """Failures of routes that are no pages, as pages where the client prefers them; as the API tells them elsewhere."""
    told = {kind: app.exception_handlers[kind] for kind in (PolicyweaveError, HTTPException)}

    def expected(request: Request, error: Exception) -> Any:
        if isinstance(error, PolicyweaveError) and wants_html(request.scope):
            return refused(renderer, request, error)
        return told[PolicyweaveError](request, error)

    def http(request: Request, error: Exception) -> Any:
        missing = isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND
        if missing and wants_html(request.scope):
            return refused(renderer, request, NotFoundError(f"nothing is served at {request.url.path}"))
        return told[HTTPException](request, error)

    app.add_exception_handler(PolicyweaveError, expected)
    app.add_exception_handler(HTTPException, http)
