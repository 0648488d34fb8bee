"""One writer at a time, and a dead writer blocks nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import LockedError, SnapshotError
from kg.locking import writer_lock

HOLD = (
    "import sys; from pathlib import Path; from kg.locking import writer_lock\n"
    "with writer_lock(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
)


def test_the_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        told = rf"process {holder.pid} on .* since 20.* \(-c {tmp_path}\): wait until it has ended"
        with pytest.raises(LockedError, match=told), writer_lock(tmp_path):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait(10)
    with writer_lock(tmp_path):
        pass


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer_lock(tmp_path / "new"):
        raise ZeroDivisionError
    with writer_lock(tmp_path / "new") as lock:
        assert lock.data == (tmp_path / "new").resolve()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError, match="cannot be written"), writer_lock(tmp_path / "file"):
        pass


def test_a_lock_that_outlived_its_holder_is_told(tmp_path: Path) -> None:
    """A process that the holder forked has the lock too: waiting for the holder would be for nothing."""
    hold = (
        "import os, sys, time; from pathlib import Path; from kg.locking import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])):\n"
        "    child = os.fork()\n"
        "    if not child: sys.stdin.read(); os._exit(0)\n"
        "    print(child, flush=True); os.kill(os.getpid(), 9)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert int(holder.stdout.readline()) > 0
        holder.wait(10)
        with pytest.raises(LockedError, match=rf"process {holder.pid} .*has ended, but one"), writer_lock(tmp_path):
            pass
        assert holder.stdin is not None
        holder.stdin.close()
        # At the end of what it reads the child leaves, and with it the lock.
        assert holder.stdout.read() == b""
    with writer_lock(tmp_path):
        pass
