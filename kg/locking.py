"""One writer at a time: an advisory lock on the data folder that the system frees when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import LockedError, SnapshotError

NAME = "writer.lock"
_LONGEST_COMMAND = 200


@dataclass(frozen=True, slots=True)
class WriterLock:
    """Proof that the caller holds the lock of ``data``; handed to what must not run without it."""

    data: Path


@contextmanager
def writer_lock(data: Path) -> Iterator[WriterLock]:
    """Hold the writer's lock of a data folder, made where it is missing.

    Raises LockedError, saying who writes, instead of waiting. Not reentrant: hand the WriterLock on instead.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(data / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SnapshotError(f"the data folder {data} cannot be written to ({error.strerror}): name another") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(_refusal(data, descriptor)) from error
        _sign(data, descriptor)
        yield WriterLock(data.resolve())
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _sign(data: Path, descriptor: int) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "command": _command()}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
    except OSError as error:
        raise SnapshotError(
            f"the data folder {data} cannot be written to ({error.strerror}): make room and run this again"
        ) from error


def _command() -> str:
    """What the user typed, as far as a message needs it."""
    program, *arguments = sys.argv or [""]
    return shlex.join([Path(program).name, *arguments])[:_LONGEST_COMMAND]


def _refusal(data: Path, descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 65536, 0))
        who = f"process {holder['pid']} on {holder['host']} since {holder['since']} ({holder['command']})"
        gone = holder["host"] == socket.gethostname() and not _alive(int(holder["pid"]))
    except (ValueError, KeyError, TypeError):
        who, gone = "another process", False
    if gone:
        return (
            f"{data} was being written by {who}. That process has ended, but one that it started still holds the lock "
            f"(find it with: fuser {shlex.quote(str(data / NAME))}): end it and run this again"
        )
    return f"{data} is being written by {who}: wait until it has ended and run this again"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
