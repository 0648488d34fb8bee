"""Server-sent events (HTML Living Standard, 9.2) as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from starlette.responses import StreamingResponse

from kg.errors import PolicyweaveError
from search_api import problems


def event(data: str, name: str | None = None) -> bytes:
    r"""One event; ``data`` may have several lines.

    >>> event("a\nb", "text")
    b'event: text\ndata: a\ndata: b\n\n'
    """
    head = f"event: {name}\n" if name else ""
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"{head}{lines}\n".encode("utf-8", "replace")


def streamed(events: Iterable[bytes]) -> StreamingResponse:
    """A response that sends events as they come. What fails after the first one is told as an event ``error``."""
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(_telling(events), media_type="text/event-stream", headers=headers)


def _telling(events: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from events
    except PolicyweaveError as error:
        yield event(bytes(problems.of(error).body).decode().replace("\n", " "), "error")
