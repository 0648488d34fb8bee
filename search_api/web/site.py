"""What every page is made with, and what it is when the use cases refuse: the same page's frame with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import PolicyweaveError
from search_api import problems
from search_api.browse.browser import Browser
from search_api.browse.responses import invalid
from search_api.rendering import Renderer
from search_api.service import Service
from search_api.web.route import Endpoint


@dataclass(frozen=True, slots=True)
class Site:
    """The use cases and the templates."""

    service: Service
    browser: Browser
    renderer: Renderer

    def page(self, request: Request, name: str, values: Mapping[str, Any]) -> HTMLResponse:
        """A template filled in."""
        return self.renderer.page(request, name, values)


def guarded(site: Site, show: Callable[[Site, Request], Response]) -> Endpoint:
    """The endpoint of a page: an expected failure becomes a page that says what to do."""

    def endpoint(request: Request) -> Response:
        try:
            with invalid():
                return show(site, request)
        except PolicyweaveError as error:
            return refused(site.renderer, request, error)

    return endpoint


def refused(renderer: Renderer, request: Request, error: PolicyweaveError) -> HTMLResponse:
    """The page of a failure, with the status that the API would give it."""
    status, title = problems.status_of(error)
    hint = getattr(error, "hint", None)
    values = {"status": status, "headline": title, "reason": str(error), "hint": hint, "asked_text": _asked(request)}
    return renderer.page(request, "problem.html", values, status)


def _asked(request: Request) -> str:
    return request.query_params.get("q", "")


def whole_number(request: Request, name: str, usual: int, most: int) -> int:
    """A number in the address; what is none, or out of bounds, is taken for the usual one."""
    given = request.query_params.get(name, "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else usual
    return number if 1 <= number <= most else usual
