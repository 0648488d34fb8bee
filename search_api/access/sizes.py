"""Reads the body of a request before anything else does, and refuses one that is too long.

Starlette's own limit answers in plain text and only once a route reads; here the refusal is a problem like all others,
and the log can have the body.
"""

from __future__ import annotations

from typing import ClassVar, Final

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from kg.errors import MisuseError

# Reads its queries by itself, with a limit of its own.
_OWN_LIMIT: Final = "/sparql"


class TooLongError(MisuseError):
    """The body has more bytes than the settings allow."""

    status: ClassVar[int] = 413
    kind: ClassVar[str] = "too-long"


async def limited(scope: Scope, receive: Receive, most: int) -> tuple[Receive, bytes]:
    """A ``receive`` that gives the body at once and then what follows it, and the body. Raises TooLongError."""
    headers = Headers(scope=scope)
    announced = headers.get("content-length", "0")
    if scope["path"].startswith(_OWN_LIMIT) or (announced == "0" and "transfer-encoding" not in headers):
        return receive, b""
    if announced.isdigit() and int(announced) > most:
        raise _refused(most)
    body, last = bytearray(), False
    while not last:
        message = await receive()
        if message["type"] != "http.request":
            return _first(message, receive), bytes(body)
        body += message.get("body", b"")
        last = not message.get("more_body", False)
        if len(body) > most:
            raise _refused(most)
    whole = bytes(body)
    return _first({"type": "http.request", "body": whole, "more_body": False}, receive), whole


def _first(message: Message, receive: Receive) -> Receive:
    waiting = [message]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def _refused(most: int) -> TooLongError:
    return TooLongError(f"the request is longer than {most:,} bytes: send less at once")
