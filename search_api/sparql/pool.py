"""A small pool of killable worker processes: limits that hold whatever a query does, while other queries go on."""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import search_api
from kg.errors import QueryLimitError, SnapshotError
from kg.settings import Settings
from search_api.sparql.errors import BusyError, MemoryLimitError, RowLimitError, TimeLimitError

_START_SECONDS: Final = 30.0
_CHUNK: Final = 1 << 20


class _DiedError(Exception):
    """The worker process ended before it answered."""


class Worker:
    """One process; ``ask`` gives it a job and waits no longer than it may."""

    def __init__(self, memory: int) -> None:
        root = str(Path(search_api.__file__).resolve().parent.parent)
        paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "search_api.sparql.worker", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._buffer = bytearray()
        ready = False
        try:
            self._answer(time.monotonic() + _START_SECONDS)
            ready = True
        except (TimeoutError, _DiedError) as error:
            raise QueryLimitError(
                f"no process for queries could be started: raise sparql_memory ({memory} bytes) or free memory"
            ) from error
        finally:
            if not ready:
                self.kill()

    def ask(self, job: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Header and body of the answer; TimeoutError past ``job["seconds"]``, _DiedError if the process ends."""
        deadline = time.monotonic() + float(job["seconds"])
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise _DiedError from error
        return self._answer(deadline)

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process while another thread may still wait for its answer; that thread cleans up."""
        self._process.kill()

    def kill(self) -> int:
        """End the process at once and give its exit status (negative: the signal that ended it)."""
        self._process.kill()
        status = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            try:
                stream.close()
            except BrokenPipeError:
                continue
        return status

    def exit_status(self) -> int:
        """Wait for a process that has closed its output and give its exit status."""
        return self._process.wait()

    def _answer(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        while (end := self._buffer.find(b"\n")) < 0:
            self._read(deadline)
        header = json.loads(self._buffer[:end])
        total = end + 1 + int(header["length"])
        while len(self._buffer) < total:
            self._read(deadline)
        body = bytes(self._buffer[end + 1 : total])
        del self._buffer[:total]
        return header, body

    def _read(self, deadline: float) -> None:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        if not poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            raise _DiedError
        self._buffer += chunk


class WorkerPool:
    """Runs jobs on ``settings.sparql_workers`` processes that are started when first needed and replaced when lost.

    Safe to use from several threads. Close it, or use it as a context manager.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._slots: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(settings.sparql_workers):
            self._slots.put(None)
        self._started: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._lock = threading.Lock()

    def run(self, graph: Path, query: str, syntax: str, prefixes: Mapping[str, str]) -> tuple[dict[str, Any], bytes]:
        """Evaluate a query on a graph; header (status ``ok`` or ``syntax``) and body of its answer.

        Raises BusyError, TimeLimitError, MemoryLimitError, RowLimitError, SnapshotError (graph unreadable).
        """
        job = {
            "graph": str(graph),
            "query": query,
            "syntax": syntax,
            "prefixes": dict(prefixes),
            "max_rows": self._settings.sparql_max_rows,
            "seconds": self._settings.sparql_timeout,
        }
        header, body = self._on_a_worker(job)
        self._raise_for(header)
        return header, body

    def close(self) -> None:
        """End all processes; jobs that still run fail."""
        idle = list(self._idle())
        with self._lock:
            for worker in self._started:
                worker.stop()
        for worker in filter(None, idle):
            worker.kill()
        for _ in idle:
            self._slots.put(None)

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _idle(self) -> Iterator[Worker | None]:
        while True:
            try:
                yield self._slots.get_nowait()
            except queue.Empty:
                return

    def _on_a_worker(self, job: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        try:
            slot = self._slots.get(timeout=self._settings.sparql_timeout)
        except queue.Empty:
            raise BusyError("all workers are busy with other queries: try again in a few seconds") from None
        worker: Worker | None = None
        keep = False
        try:
            worker = self._live(slot)
            header, body = worker.ask(job)
            keep = not header["retire"]
            return header, body
        except TimeoutError:
            raise self._too_slow() from None
        except _DiedError:
            assert worker is not None
            raise self._lost(worker.exit_status()) from None
        finally:
            if worker is not None and not keep:
                worker.kill()
            self._slots.put(worker if keep else None)

    def _live(self, slot: Worker | None) -> Worker:
        if slot is not None and slot.alive():
            return slot
        if slot is not None:
            slot.kill()
        worker = Worker(self._settings.sparql_memory)
        with self._lock:
            self._started.add(worker)
        return worker

    def _raise_for(self, header: Mapping[str, Any]) -> None:
        if header["status"] == "rows":
            raise RowLimitError(
                f"the result has more than {self._settings.sparql_max_rows} rows: add LIMIT or narrow the pattern"
            )
        if header["status"] == "memory":
            raise self._too_large()
        if header["status"] == "failed":
            raise SnapshotError(f"the graph cannot be queried: {header['message']}. Run 'policyweave verify'")

    def _lost(self, status: int) -> QueryLimitError:
        return self._too_slow() if status == -signal.SIGALRM else self._too_large()

    def _too_slow(self) -> TimeLimitError:
        return TimeLimitError(
            f"the query was stopped after {self._settings.sparql_timeout:g} s: put the most selective pattern first, "
            "avoid patterns that share no variable, or add LIMIT"
        )

    def _too_large(self) -> MemoryLimitError:
        return MemoryLimitError(
            f"the query was stopped because it needs more than {self._settings.sparql_memory} bytes of memory "
            "(or is nested too deeply): narrow the pattern, add LIMIT, or raise the setting sparql_memory"
        )
