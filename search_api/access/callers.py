"""Who a request comes from, and what it may ask: the key that it carries, or its address where no keys are used."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from starlette.datastructures import Headers
from starlette.types import Scope as Request

from kg.errors import MisuseError
from kg.identifiers import sha256
from search_api.access.keys import SCOPES, Key, Scope

# What may be asked without a key: whether the service is up, and what pages look like.
_OPEN: Final = ("/healthz", "/readyz", "/static/")
_NEEDED: Final[tuple[tuple[str, Scope], ...]] = (
    ("/mcp", "mcp"),
    ("/sparql", "sparql"),
    ("/rdf-graph-store", "sparql"),
    ("/v1/", "chat"),
    ("/chat", "chat"),
    ("/open-webui", "chat"),
)
_STATE: Final = "policyweave.caller"


class UnknownCallerError(MisuseError):
    """The request carries no key, or none that is good."""

    status: ClassVar[int] = 401
    kind: ClassVar[str] = "key"


class NotAllowedError(MisuseError):
    """The key is good, but not for this."""

    status: ClassVar[int] = 403
    kind: ClassVar[str] = "scope"


@dataclass(frozen=True, slots=True)
class Caller:
    """``name`` is the id of a key, or a network address; ``rate`` is requests a minute, 0 for no limit."""

    name: str
    scopes: tuple[Scope, ...] = SCOPES
    rate: int = 0

    def may(self, scope: Scope) -> None:
        """Raises NotAllowedError where the key is not for this."""
        if scope not in self.scopes:
            raise NotAllowedError(
                f"this key is for {', '.join(self.scopes)}, not for {scope}: ask for one with that scope"
            )


def identified(request: Request, keys: Mapping[str, Key] | None, anonymous_rate: int) -> Caller:
    """The caller of an HTTP request. Raises UnknownCallerError and NotAllowedError."""
    address = (request.get("client") or ("-",))[0]
    path = request["path"]
    if path.startswith(_OPEN):
        # Who watches a server must not be told that it is asked too often.
        return Caller(str(address))
    if keys is None:
        return Caller(str(address), rate=anonymous_rate)
    secret = _secret(Headers(scope=request))
    if secret is None:
        raise UnknownCallerError("a key is needed: send it as 'Authorization: Bearer pw_…'")
    if (key := keys.get(sha256(secret.encode("utf-8", "replace")))) is None:
        raise UnknownCallerError("this key is unknown or was revoked: ask the operator for another")
    caller = Caller(key.id, key.scopes, key.rate or anonymous_rate)
    caller.may(needed(path))
    return caller


def needed(path: str) -> Scope:
    """The scope that a path asks for.

    >>> needed("/sparql"), needed("/v1/chat/completions"), needed("/ask")
    ('sparql', 'chat', 'read')
    """
    return next((scope for start, scope in _NEEDED if path.startswith(start)), "read")


def remember(request: Request, caller: Caller) -> None:
    """Let what answers the request know who asks."""
    request.setdefault("state", {})[_STATE] = caller


def caller_of(request: Request | None) -> Caller:
    """Who asks; without a request (over stdio) the user of this machine, who may do everything."""
    found: Any = (request or {}).get("state", {}).get(_STATE)
    return found if isinstance(found, Caller) else Caller("-")


def _secret(headers: Headers) -> str | None:
    """The key of a request. Browsers send it as the password of Basic authentication, with any user name."""
    if (given := headers.get("x-api-key")) is not None:
        return given.strip()
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except ValueError:
        return None
