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
        with pytest.raises(LockedError, match=rf"process {holder.pid} on .* since 20"), writer_lock(tmp_path):
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
