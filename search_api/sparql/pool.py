"""A small pool of killable worker processes: limits that hold whatever a query does, while other queries go on.

A query takes one of ``sparql_workers`` places. After a second it moves over to one of as many places for slow queries,
at a lower priority, so that slow queries, and those that never end, hold up no quick one; where all slow places are
taken it keeps its own.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import GraphServerError, QueryLimitError, SnapshotError
from kg.settings import Settings
from search_api.sparql.errors import (
    BusyError,
    MemoryLimitError,
    QuerySyntaxError,
    RowLimitError,
    SizeLimitError,
    TimeLimitError,
    UnknownGraphError,
)
from search_api.sparql.jobs import Body, Finished, Job
from search_api.sparql.process import DiedError, Worker

_QUICK_SECONDS: Final = 1.0
_BUSY: Final = "all workers are busy with other queries: try again in a few seconds"


@dataclass(slots=True)
class _Place:
    """The place that a running query holds: one for quick queries until it has moved over."""

    slow: bool = False


@dataclass(slots=True)
class WorkerPool:
    """Runs jobs on processes that are started when first needed and replaced when lost.

    Use it from one event loop at a time; close it, or use it as an asynchronous context manager.
    """

    settings: Settings
    _idle: list[Worker] = field(default_factory=list)
    _busy: set[Worker] = field(default_factory=set)
    _quick: asyncio.Semaphore = field(init=False)
    _slow: int = field(init=False)

    def __post_init__(self) -> None:
        self._quick = asyncio.Semaphore(self.settings.sparql_workers)
        self._slow = self.settings.sparql_workers

    async def run(self, job: Job, seconds: float | None = None) -> Finished:
        """Run a job for at most ``seconds`` (the setting ``sparql_timeout`` if not given or longer).

        Raises BusyError, TimeLimitError, MemoryLimitError, RowLimitError, SizeLimitError, UnknownGraphError,
        QuerySyntaxError (unknown function), SnapshotError (graph unreadable), GraphServerError.
        """
        limit = min(self.settings.sparql_timeout, self.settings.sparql_timeout if seconds is None else seconds)
        message = {
            **job.as_json(),
            "max_rows": self.settings.sparql_max_rows,
            "max_bytes": self.settings.sparql_max_bytes,
            "seconds": limit,
        }
        async with self._place() as place:
            header, body = await self._on_a_worker(message, limit, place)
        self._raise_for(header)
        return Finished(header["status"], header.get("count", 0), header["size"], body, header.get("message", ""))

    async def close(self) -> None:
        """End all processes; jobs that still run fail."""
        for worker in self._busy:
            worker.kill()
        while self._idle:
            await self._idle.pop().end()

    async def __aenter__(self) -> WorkerPool:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[_Place]:
        try:
            async with asyncio.timeout(self.settings.sparql_timeout):
                await self._quick.acquire()
        except TimeoutError:
            raise BusyError(_BUSY) from None
        place = _Place()
        try:
            yield place
        finally:
            if place.slow:
                self._slow += 1
            else:
                self._quick.release()

    async def _on_a_worker(
        self, message: Mapping[str, Any], limit: float, place: _Place
    ) -> tuple[dict[str, Any], Body]:
        worker = await self._worker()
        keep = False
        watch = asyncio.get_running_loop().call_later(_QUICK_SECONDS, self._move_over, worker, place)
        try:
            async with asyncio.timeout(limit):
                header, body = await worker.ask(message)
            keep = not header["retire"] and not place.slow
            return header, body
        except TimeoutError:
            raise self._too_slow(limit) from None
        except DiedError as error:
            raise self._too_slow(limit) if error.status == -signal.SIGALRM else self._too_large() from None
        finally:
            watch.cancel()
            self._busy.discard(worker)
            if keep:
                self._idle.append(worker)
            else:
                await worker.end()

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive():
                break
            await worker.end()
        else:
            worker = await Worker.start(self.settings.sparql_memory)
        self._busy.add(worker)
        return worker

    def _move_over(self, worker: Worker, place: _Place) -> None:
        if self._slow > 0:
            worker.slow_down()
            self._slow -= 1
            self._quick.release()
            place.slow = True

    def _raise_for(self, header: Mapping[str, Any]) -> None:
        settings = self.settings
        match header["status"]:
            case "rows":
                raise RowLimitError(
                    f"the result has more than {settings.sparql_max_rows} rows: add LIMIT or narrow the pattern"
                )
            case "bytes":
                raise SizeLimitError(
                    f"the result has more than {settings.sparql_max_bytes} bytes: add LIMIT or select less"
                )
            case "memory":
                raise self._too_large()
            case "graph":
                raise UnknownGraphError(header["message"])
            case "function":
                raise QuerySyntaxError(f"{header['message']}: use the functions of SPARQL 1.1")
            case "space":
                raise QueryLimitError(f"the result cannot be kept until it is complete: {header['message']}. Make room")
            case "server":
                raise GraphServerError(header["message"])
            case "failed":
                raise SnapshotError(f"the graph cannot be queried: {header['message']}. Run 'policyweave verify'")

    def _too_slow(self, limit: float) -> TimeLimitError:
        return TimeLimitError(
            f"the query was stopped after {limit:g} s: put the most selective pattern first, "
            "avoid patterns that share no variable, or add LIMIT"
        )

    def _too_large(self) -> MemoryLimitError:
        return MemoryLimitError(
            f"the query was stopped because it needs more than {self.settings.sparql_memory} bytes of memory "
            "(or is nested too deeply): narrow the pattern, add LIMIT, or raise the setting sparql_memory"
        )
