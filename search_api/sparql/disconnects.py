"""A query whose client has gone is stopped: nobody will read its answer, and its worker is wanted elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import Request

T = TypeVar("T")

# Most queries are over before looking would pay.
_FIRST_LOOK_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.5


class ClientGoneError(Exception):
    """The client has closed its connection."""


async def while_wanted(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, which is cancelled once the client has gone: ClientGoneError then."""
    running = asyncio.current_task()
    assert running is not None
    gone = False

    async def look() -> None:
        nonlocal gone
        while not await request.is_disconnected():
            await asyncio.sleep(_LOOK_SECONDS)
        gone = True
        running.cancel()

    watchers: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    timer = loop.call_later(_FIRST_LOOK_SECONDS, lambda: watchers.append(loop.create_task(look())))
    try:
        return await work
    except asyncio.CancelledError:
        if not gone:
            raise
        running.uncancel()
        raise ClientGoneError from None
    finally:
        timer.cancel()
        for watcher in watchers:
            watcher.cancel()
