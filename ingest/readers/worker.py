"""The process that reads files: one document after the other, under limits that the operating system keeps.

Run as ``python -m ingest.readers.worker SOCKET MEMORY``. A request is two frames, a JSON object (``module``, ``name``,
``limits``) and the file's bytes; the answer is one, a JSON object with ``source`` or ``error``. What nobody foresaw
ends the process, and its exit status and last words tell the parent.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import socket
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from ingest.readers import wire
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.serialization import source_to_json

# Seconds after which the kernel ends a reader whose parent has gone; the parent itself does so at once.
_GRACE: Final = 5


def main(descriptor: int, memory: int) -> None:
    """Answer requests until the parent closes its end."""
    _limit_memory(memory)
    with socket.socket(fileno=descriptor) as connection:
        try:
            wire.send(connection, b"ready")
            while True:
                request = json.loads(wire.receive(connection))
                wire.send(connection, _answer(request, bytes(wire.receive(connection))))
        except wire.ClosedError:
            return


def _limit_memory(memory: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    except (ValueError, OSError):
        # Some systems (macOS) refuse it; the time limit holds there all the same.
        return


def _answer(request: Mapping[str, Any], data: bytes) -> bytes:
    limits = Limits(**request["limits"])
    signal.alarm(math.ceil(limits.seconds) + _GRACE)
    try:
        source = import_module(request["module"]).read(data, request["name"], limits)
        return json.dumps({"source": source_to_json(source)}).encode()
    except UnreadableSourceError as error:
        return json.dumps({"error": str(error)}).encode()
    except MemoryError:
        os._exit(wire.OUT_OF_MEMORY)
    except RecursionError:
        os._exit(wire.TOO_DEEP)
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
