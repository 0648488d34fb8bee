"""The process that evaluates queries: ``python -m search_api.sparql.worker SOCKET MEMORY_BYTES``.

It reads jobs from the socket whose descriptor it is given and answers each with a header and a body (framing:
``search_api.sparql.wire``). It holds no state but the open store, so it may be killed at any moment; it ends when its
parent does, at the latest when the time of the query that it is busy with is over. It loads Oxigraph and little else.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import DefaultGraph, NamedNode, Store

from kg.graph.terms import PREFIXES
from search_api.sparql import graphs, results, wire
from search_api.sparql.limits import Spool, TooManyBytesError, TooManyRowsError

# How long the worker outlives the time limit of a query: its parent stops it earlier unless the parent is gone.
_GRACE_SECONDS = 2.0
_AT_ONCE_SECONDS = 0.02


class UnknownGraphError(Exception):
    """A query names a graph that the store does not hold."""


_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_STATUS: dict[type[Exception], str] = {
    SyntaxError: "syntax",
    TooManyRowsError: "rows",
    TooManyBytesError: "bytes",
    UnknownGraphError: "graph",
    MemoryError: "memory",
}


class Evaluator:
    """Evaluates jobs on the store that each names; the last store stays open."""

    def __init__(self) -> None:
        self._path = ""
        self._store: Store | None = None

    def answer(self, job: Mapping[str, Any], spool: Spool) -> dict[str, Any]:
        """Write the answer to a job; its header.

        ``status`` is ok, syntax, rows, bytes, memory, graph (unknown), function (unknown), space (disk) or failed.
        """
        try:
            return {"status": "ok", "count": self._do(job, cast(BinaryIO, spool))}
        except tuple(_STATUS) as error:
            return {"status": _STATUS[type(error)], "message": str(error)}
        except OSError as error:
            status = "space" if error.errno in _NO_ROOM else "failed"
            return {"status": status, "message": str(error)}
        except (ValueError, RuntimeError) as error:
            return {"status": "function" if "custom function" in str(error) else "failed", "message": str(error)}

    def _do(self, job: Mapping[str, Any], out: BinaryIO) -> int:
        prefixes = dict(PREFIXES)
        if job["task"] == "check":
            Store().query(job["query"], prefixes=prefixes)
            return 0
        store = self._open(job["graph"])
        if job["task"] == "dump":
            name = NamedNode(job["name"]) if job["name"] else DefaultGraph()
            graphs.dump(store, _held(store, name), job["syntax"], prefixes, out)
            return 0
        dataset = _dataset(store, job["dataset"]) if job["dataset"] is not None else {}
        found = store.query(job["query"], prefixes=prefixes, **dataset)
        return results.write(found, job["syntax"], job["max_rows"], prefixes, out)

    def _open(self, path: str) -> Store:
        if self._store is None or path != self._path:
            self._store = Store.read_only(path)
            self._path = path
        return self._store


def _dataset(store: Store, wanted: Mapping[str, list[str]]) -> dict[str, Any]:
    """Both arguments, always: Oxigraph would fill a missing one from the query's own FROM and FROM NAMED.

    An empty name means the default graph.
    """
    default = [NamedNode(name) if name else DefaultGraph() for name in wanted["default"]]
    named = [NamedNode(name) for name in wanted["named"]]
    return {
        "default_graph": [_held(store, name) for name in default],
        "named_graphs": [_held(store, name) for name in named],
    }


def _held(store: Store, name: NamedNode | DefaultGraph) -> NamedNode | DefaultGraph:
    if isinstance(name, NamedNode) and not store.contains_named_graph(name):
        raise UnknownGraphError(name.value)
    return name


def serve(connection: socket.socket, memory: int) -> None:
    """Answer jobs until there are no more. A worker that has grown to half its memory asks to be replaced."""
    evaluator = Evaluator()
    wire.send(connection, {"status": "ready"}, b"", None)
    while (job := wire.receive(connection)) is not None:
        began = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, job["seconds"] + _GRACE_SECONDS)
        with Spool(job["max_bytes"]) as spool:
            header = evaluator.answer(job, spool)
            signal.setitimer(signal.ITIMER_REAL, 0)
            header |= {"retire": _has_grown(began, memory), "size": spool.size}
            complete = header["status"] == "ok"
            wire.send(connection, header, spool.inline() if complete else b"", spool.descriptor() if complete else None)


def _has_grown(began: float, memory: int) -> bool:
    """Whether half the memory is taken; what is answered at once cannot have taken it, so it need not wait for this."""
    return time.monotonic() - began > _AT_ONCE_SECONDS and _private_memory() > memory // 2


def _private_memory() -> int:
    """Bytes of private memory that the limit counts; 0 where the system does not tell.

    Not ``ru_maxrss``: a new process starts with the peak of the process that started it.
    """
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _limit_memory(memory: int) -> None:
    """Cap private memory, not the files that the store maps. Where the system refuses, time and rows still limit."""
    import resource

    for limit, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_DATA, memory)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError) as error:
            print(f"no limit on memory: {error}", file=sys.stderr)  # noqa: T201


def main() -> None:
    """Set the limits and serve the socket."""
    descriptor, memory = map(int, sys.argv[1:3])
    # Ctrl-C is for the parent, which then stops this process; an alarm ends it even inside a long evaluation.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit_memory(memory)
    with socket.socket(fileno=descriptor) as connection:
        serve(connection, memory)


if __name__ == "__main__":
    main()
