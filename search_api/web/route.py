"""The pages as one route of the application, which takes a request only where its client prefers HTML.

Browsers send ``Accept: text/html, …``; API clients send ``application/json`` or ``*/*``, and get JSON at the same
address. A ``format`` in the address (``json``, ``csv``) is a wish for data, whatever the browser prefers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from search_api.accept import preferred

Endpoint = Callable[[Request], Response]
_JSON: Final = "application/json"
_HTML: Final = "text/html"
_METHODS: Final = ("GET", "HEAD")
_CHOSEN: Final = "policyweave.page"


def wants_html(scope: Scope) -> bool:
    """Whether a request is one for a page: HTML is liked better than JSON and no other format is named."""
    header = next((value for name, value in scope["headers"] if name == b"accept"), b"").decode("latin-1")
    if preferred(header, [_JSON, _HTML])[:1] != [_HTML]:
        return False
    named = parse_qs(scope["query_string"].decode("latin-1")).get("format", ["html"])
    return named == ["html"]


class Pages(BaseRoute):
    """Pages by path; those in ``always`` share their address with nothing and answer every client."""

    def __init__(self, pages: Iterable[tuple[str, Endpoint]], always: Iterable[tuple[str, Endpoint]]) -> None:
        self._negotiated = [Route(path, endpoint) for path, endpoint in pages]
        self._always = [Route(path, endpoint) for path, endpoint in always]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A full match, or none: what is no page is left to the routes that follow."""
        if scope["type"] == "http" and scope["method"] in _METHODS:
            for route in [*self._always, *(self._negotiated if wants_html(scope) else ())]:
                match, child = route.matches(scope)
                if match is Match.FULL:
                    return match, {**child, _CHOSEN: route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page that matched."""
        await scope[_CHOSEN].handle(scope, receive, send)
