"""One worker process as its parent sees it, from the event loop: start, ask, slow down, kill."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

import search_api
from kg.errors import QueryLimitError
from search_api.sparql import wire

_START_SECONDS: Final = 30.0
_CHUNK: Final = 1 << 17
_NICE: Final = 10


class DiedError(Exception):
    """The process ended before it answered; ``status`` is its exit status (negative: the signal that ended it)."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the worker process ended with status {status}")
        self.status = status


class Worker:
    """A process for queries. Use it from one event loop, for one question at a time."""

    def __init__(self, memory: int) -> None:
        self._socket, theirs = socket.socketpair()
        self._socket.setblocking(False)
        self._received = bytearray()
        self._descriptors: list[int] = []
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "search_api.sparql.worker", str(theirs.fileno()), str(memory)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": python_path()},
            )

    @classmethod
    async def start(cls, memory: int) -> Worker:
        """A process that is ready for questions. QueryLimitError where it does not come up."""
        worker, ready = cls(memory), False
        try:
            async with asyncio.timeout(_START_SECONDS):
                await worker._header()
            ready = True
        except (TimeoutError, DiedError) as error:
            raise QueryLimitError(
                f"no process for queries could be started: raise sparql_memory ({memory} bytes) or free memory"
            ) from error
        finally:
            if not ready:
                await worker.end()
        return worker

    async def ask(self, job: Mapping[str, Any]) -> tuple[dict[str, Any], bytes | IO[bytes]]:
        """Header and body of the answer to a job; a long body is an open file. DiedError if the process ends."""
        try:
            await asyncio.get_running_loop().sock_sendall(self._socket, wire.frame(job))
        except (BrokenPipeError, ConnectionResetError):
            raise DiedError(await self.end()) from None
        header = await self._header()
        while len(self._received) < header["length"]:
            await self._receive()
        body = bytes(self._received[: header["length"]])
        del self._received[: header["length"]]
        return header, os.fdopen(self._descriptors.pop(), "rb") if header["spooled"] else body

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def slow_down(self) -> None:
        """Let other processes go first; for good, as only an administrator may take it back."""
        try:
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)
        except OSError:
            # It has just ended, which whoever waits for its answer finds out.
            return

    def kill(self) -> None:
        """Kill the process; whoever waits for its answer cleans up."""
        self._process.kill()

    async def end(self) -> int:
        """Kill the process, wait until its memory is free and give its exit status. May be called again."""
        self._process.kill()
        self._socket.close()
        while self._descriptors:
            os.close(self._descriptors.pop())
        return await asyncio.to_thread(self._process.wait)

    async def _header(self) -> dict[str, Any]:
        size = wire.LENGTH.size
        while len(self._received) < size or len(self._received) < size + self._announced():
            await self._receive()
        end = size + self._announced()
        header = wire.unframe(self._received[size:end])
        del self._received[:end]
        return header

    def _announced(self) -> int:
        length: int = wire.LENGTH.unpack_from(self._received)[0]
        return length

    async def _receive(self) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._socket, _CHUNK, 1)
        except BlockingIOError:
            await _readable(self._socket)
            return
        except ConnectionResetError:
            data, descriptors = b"", []
        self._descriptors += descriptors
        if not data:
            raise DiedError(await self.end())
        self._received += data


async def _readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()

    def wake() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(connection, wake)
    try:
        await ready
    finally:
        loop.remove_reader(connection)


def python_path() -> str:
    """The PYTHONPATH with which a process of its own finds this program."""
    root = str(Path(search_api.__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
