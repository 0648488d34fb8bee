"""Reading in a process of its own, which is killed when a document takes too long and replaced when it dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

import ingest
from ingest.readers import wire
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.records import Source
from kg.serialization import source_from_json

_START_SECONDS: Final = 60.0
_LAST_WORDS: Final = 200


class Isolation:
    """Reads documents, one at a time, in a process that is started with the first one. Close it after use."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._worker: _Worker | None = None

    def read(self, module: str, data: bytes, name: str) -> Source:
        """What ``module`` reads from a file's bytes. UnreadableSourceError where it cannot or goes over a limit."""
        worker = self._worker = self._worker or _Worker(self._limits.memory)
        answered = False
        try:
            request = {"module": module, "name": name, "limits": asdict(self._limits)}
            answer = worker.ask(request, data, time.monotonic() + self._limits.seconds)
            answered = True
            return _source(answer)
        except TimeoutError as error:
            raise UnreadableSourceError(
                f"{name} was not read after {self._limits.seconds:g} seconds. Split the file, or raise "
                "POLICYWEAVE_READ_TIMEOUT if it is merely long."
            ) from error
        except wire.ClosedError as error:
            raise UnreadableSourceError(self._obituary(name, worker)) from error
        finally:
            if not answered:
                self.close()

    def close(self) -> None:
        """End the process, if there is one; another is started when needed."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _obituary(self, name: str, worker: _Worker) -> str:
        status, words = worker.post_mortem()
        memory = f"{self._limits.memory:,} bytes of memory"
        if status == wire.OUT_OF_MEMORY:
            return f"{name} needs more than {memory}. Split the file or raise POLICYWEAVE_READ_MEMORY."
        if status == wire.TOO_DEEP:
            return f"{name} is nested too deeply to be read. Save it anew from the program that made it."
        if status < 0:
            return (
                f"{name} ended its reader with signal {-status}: it is damaged, or needs more than {memory}. Save it "
                "anew from the program that made it, or raise POLICYWEAVE_READ_MEMORY."
            )
        return f"{name} cannot be read: it is damaged, or made in a way that its reader does not know ({words})."


class _Worker:
    """The process, its socket and what it writes to its standard error."""

    def __init__(self, memory: int) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by ``end``)
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.readers.worker", str(theirs.fileno()), str(memory)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": _python_path()},
                start_new_session=True,
            )
        self._socket.settimeout(_START_SECONDS)
        self._ready = False

    def ask(self, request: Mapping[str, object], data: bytes, deadline: float) -> bytearray:
        """The answer to a request. TimeoutError after ``deadline``, ClosedError if the process ends before."""
        if not self._ready:
            started = time.monotonic()
            wire.receive(self._socket)
            deadline += time.monotonic() - started
            self._ready = True
        self._socket.settimeout(max(0.001, deadline - time.monotonic()))
        wire.send(self._socket, json.dumps(request).encode(), data)
        return wire.receive(self._socket, deadline)

    def post_mortem(self) -> tuple[int, str]:
        """Exit status and last line of a process that has closed its end (negative: the signal that ended it)."""
        status = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").split("\n")
        return status, next((line for line in reversed(lines) if line.strip()), "no reason given")[:_LAST_WORDS]

    def end(self) -> None:
        """Kill the process with whatever it started, and wait until its memory is free."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._socket.close()
        self._errors.close()


def _source(answer: bytearray) -> Source:
    found = json.loads(answer)
    if error := found.get("error"):
        raise UnreadableSourceError(str(error))
    return source_from_json(found["source"])


def _python_path() -> str:
    root = str(Path(ingest.__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
