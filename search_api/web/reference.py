"""The description of the API as a page; the usual ones load their scripts from elsewhere, this one needs no network."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from search_api.web.site import Site

_EXAMPLE: Final = '{"question": "which measures address talent drain in counties?", "k": 5}'


def show(site: Site, request: Request) -> Response:
    """All routes with their parameters and records."""
    return site.page(request, "docs.html", {"api": request.app.openapi(), "example": _EXAMPLE})
