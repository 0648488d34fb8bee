"""One writer at a time: an advisory lock on the data folder that the system frees when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import LockedError, SnapshotError


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
        descriptor = os.open(data / "writer.lock", os.O_RDWR | os.O_CREAT, 0o644)
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
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
    except OSError as error:
        raise SnapshotError(
            f"the data folder {data} cannot be written to ({error.strerror}): make room and run this again"
        ) from error


def _refusal(data: Path, descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        who = f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return f"{data} is being written by {who}: wait until it has ended and run this again"
