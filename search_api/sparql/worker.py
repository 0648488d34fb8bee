"""The process that evaluates queries: ``python -m search_api.sparql.worker MEMORY_BYTES``.

It reads one job a line (JSON) from standard input and writes one header line (JSON) and a body to standard output. It
holds no state but the open store, so it may be killed at any moment; it ends when its parent does, at the latest when
the time of the query that it is busy with is over. It loads Oxigraph and nothing else.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import Store

from search_api.sparql.results import TooManyRowsError, write

# How long the worker outlives the time limit of a query: its parent stops it earlier unless the parent is gone.
_GRACE_SECONDS = 2.0


class Evaluator:
    """Evaluates jobs on the store that each names; the last store stays open."""

    def __init__(self) -> None:
        self._path = ""
        self._store: Store | None = None

    def answer(self, job: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Header (``status`` is ok, syntax, rows, memory or failed) and body of the answer to a job."""
        try:
            result = self._open(job["graph"]).query(job["query"], prefixes=job["prefixes"])
            body, count = write(result, job["syntax"], job["max_rows"], job["prefixes"])
        except SyntaxError as error:
            return {"status": "syntax", "message": str(error)}, b""
        except TooManyRowsError:
            return {"status": "rows"}, b""
        except MemoryError:
            return {"status": "memory"}, b""
        except (OSError, ValueError, RuntimeError) as error:
            return {"status": "failed", "message": str(error)}, b""
        return {"status": "ok", "count": count}, body

    def _open(self, path: str) -> Store:
        if self._store is None or path != self._path:
            self._store = Store.read_only(path)
            self._path = path
        return self._store


def serve(jobs: BinaryIO, answers: BinaryIO, memory: int) -> None:
    """Answer jobs until there are no more. A worker that has grown to half its memory asks to be replaced."""
    evaluator = Evaluator()
    _send(answers, {"status": "ready"}, b"")
    for line in jobs:
        job = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, job["seconds"] + _GRACE_SECONDS)
        header, body = evaluator.answer(job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, header | {"retire": _private_memory() > memory // 2}, body)


def _send(answers: BinaryIO, header: Mapping[str, Any], body: bytes) -> None:
    answers.write(json.dumps({**header, "length": len(body)}).encode() + b"\n")
    answers.write(body)
    answers.flush()


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
    """Set the limits and serve standard input."""
    memory = int(sys.argv[1])
    # Ctrl-C is for the parent, which then stops this process; an alarm ends it even inside a long evaluation.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit_memory(memory)
    serve(sys.stdin.buffer, sys.stdout.buffer, memory)


if __name__ == "__main__":
    main()
