"""Refuses requests that were sent to another name than the server's own (DNS rebinding) or by a foreign web page.

A web page that makes its name point to this machine can otherwise read from a server on loopback. The check is on for
``/mcp``, whose protocol asks for it, and for everything where ``allowed_hosts`` is set.
"""

from __future__ import annotations

from typing import ClassVar, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import MisuseError
from kg.settings import Settings
from search_api import problems

_ALWAYS: Final = "/mcp"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class MisdirectedError(MisuseError):
    """The request names a host that this server does not answer for (RFC 9110, 15.5.20)."""

    status: ClassVar[int] = 421
    kind: ClassVar[str] = "host"


class ForeignOriginError(MisuseError):
    """A web page of another origin sent the request."""

    status: ClassVar[int] = 403
    kind: ClassVar[str] = "origin"


class HostCheck:
    """Middleware over an application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._everywhere = bool(settings.allowed_hosts.split())
        named = settings.allowed_hosts.split() or [_name(settings.public_url)]
        self._hosts = _LOOPBACK | {host.lower() for host in named}
        self._origins = frozenset(settings.cors_origins.split())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and (self._everywhere or scope["path"] == _ALWAYS):
            try:
                self._check(scope["path"], Headers(scope=scope))
            except MisuseError as error:
                await problems.of(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _check(self, path: str, headers: Headers) -> None:
        name = _name(f"//{headers.get('host', '')}")
        if "*" not in self._hosts and name not in self._hosts:
            raise MisdirectedError(
                f"this server does not answer for the host '{name}': add it to POLICYWEAVE_ALLOWED_HOSTS"
            )
        origin = headers.get("origin")
        if path != _ALWAYS or origin is None or self._origins & {"*", origin}:
            return
        if _name(origin) not in self._hosts | {name}:
            raise ForeignOriginError(f"pages of {origin} may not ask here: add it to POLICYWEAVE_CORS_ORIGINS")


def _name(url: str) -> str:
    """The host of an address in lower case, empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
