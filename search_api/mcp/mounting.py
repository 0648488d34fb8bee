"""The server at ``/mcp``: streamable HTTP without sessions, so that any of several processes may answer any request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import SnapshotError
from search_api import problems

PATH = "/mcp"


class _Endpoint:
    """Hands requests to the SDK while the application runs. A session manager lives once, an application may again."""

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server
        self._handler: ASGIApp | None = None

    @asynccontextmanager
    async def running(self, _: FastAPI) -> AsyncIterator[None]:
        """Serve until left."""
        # Hosts and origins are checked once for the whole application (``search_api.access.hosts``).
        checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self._server.streamable_http_app(stateless_http=True, json_response=True, transport_security=checked)
        manager = self._server.session_manager
        async with manager.run():
            self._handler = manager.asgi_app
            yield
        self._handler = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._handler is None:
            starting = SnapshotError("the MCP endpoint is starting or stopping: try again")
            await problems.of(starting)(scope, receive, send)
            return
        await self._handler(scope, receive, send)


def router(server: MCPServer[Any]) -> APIRouter:
    """The route, with what must run beside it. Without sessions there is nothing to GET or to DELETE: 405."""
    endpoint = _Endpoint(server)
    made = APIRouter(lifespan=endpoint.running)
    made.routes.append(Route(PATH, endpoint=endpoint, methods=["POST"]))
    return made
