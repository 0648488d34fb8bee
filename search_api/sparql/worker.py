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

from pyoxigraph import Store

from kg.errors import GraphServerError
from kg.graph.port import Dataset, Graph, NotHeldError, opened
from kg.graph.server import place_from_json
from kg.graph.terms import PREFIXES
from search_api.sparql import graphs, results, wire
from search_api.sparql.limits import Spool, TooManyBytesError, TooManyRowsError

# How long the worker outlives the time limit of a query: its parent stops it earlier unless the parent is gone.
_GRACE_SECONDS = 2.0
_AT_ONCE_SECONDS = 0.02


_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_STATUS: dict[type[Exception], str] = {
    SyntaxError: "syntax",
    TooManyRowsError: "rows",
    TooManyBytesError: "bytes",
    NotHeldError: "graph",
    GraphServerError: "server",
    MemoryError: "memory",
}


class Evaluator:
    """Evaluates jobs on the graph that each names; the last graph stays open."""

    def __init__(self) -> None:
        self._place: object = None
        self._graph: Graph | None = None

    def answer(self, job: Mapping[str, Any], spool: Spool) -> dict[str, Any]:
        """Write the answer to a job; its header.

        ``status`` is ok, syntax, rows, bytes, memory, graph (unknown), function (unknown), space (disk), server (the
        one that holds the graph) or failed.
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
        graph = self._open(job["graph"])
        if job["task"] == "dump":
            graph.dump(lambda found: graphs.dump(found, job["syntax"], prefixes, out), job["name"])
            return 0
        wanted = job["dataset"]
        dataset = None if wanted is None else Dataset(tuple(wanted["default"]), tuple(wanted["named"]))
        return graph.query(
            job["query"], lambda found: results.write(found, job["syntax"], job["max_rows"], prefixes, out), dataset
        )

    def _open(self, place: Any) -> Graph:
        if self._graph is None or place != self._place:
            self._graph = opened(Path(place) if isinstance(place, str) else place_from_json(place))
            self._place = place
        return self._graph


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
