"""The middleware that each request passes: its size, its key, its rate; and what came of it, for the log."""

from __future__ import annotations

import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import PolicyweaveError
from kg.settings import Settings
from search_api import problems
from search_api.access.audit import Audit
from search_api.access.callers import UnknownCallerError, identified, remember
from search_api.access.keys import KeyFile
from search_api.access.rates import Rates
from search_api.access.sizes import limited

_CHALLENGE: Final = 'Bearer realm="policyweave"'
# Asks a browser for the key, as a password; programs are not asked, as pages that run them would show a dialogue.
_DIALOGUE: Final = _CHALLENGE + ', Basic realm="policyweave: any name, the key as password", charset="UTF-8"'


class Gate:
    """Passes on what is allowed."""

    def __init__(self, app: ASGIApp, settings: Settings, audit: Audit | None) -> None:
        self._app = app
        self._settings = settings
        self._keys = KeyFile(settings.keys_file)
        self._rates = Rates(settings.keys_file.with_suffix(".rates"))
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, body, name = time.perf_counter(), 500, b"", "-"

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            caller = identified(scope, self._keys.by_hash(), self._settings.rate_limit)
            name = caller.name
            self._rates.count(caller)
            remember(scope, caller)
            receive, body = await limited(scope, receive, self._settings.max_request_bytes)
        except PolicyweaveError as error:
            await problems.of(error, _headers(scope, error))(scope, receive, watched)
        else:
            await self._app(scope, receive, watched)
        finally:
            if self._audit:
                took = round((time.perf_counter() - began) * 1000, 1)
                self._audit.write(scope, body, {"caller": name, "status": status, "ms": took})


def _headers(scope: Scope, error: PolicyweaveError) -> dict[str, str]:
    if not isinstance(error, UnknownCallerError):
        return {}
    accepted = next((value for key, value in scope["headers"] if key == b"accept"), b"")
    return {"WWW-Authenticate": _DIALOGUE if b"text/html" in accepted else _CHALLENGE}
