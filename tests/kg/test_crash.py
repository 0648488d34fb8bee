"""Whatever happens to a writer, the last snapshot stays whole: killed anywhere, or out of room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# Forks a writer for every way to die. Python reports each file it opens, renames or removes to an audit hook: the
# writer kills itself at the n-th of them.
DRIVER = """
import os, resource, signal, sys, traceback
from pathlib import Path
from kg.errors import SnapshotError
from kg.index.embedder import open_embedder
from kg.publishing import publish
from kg.settings import Settings
from kg.snapshot import open_snapshot
from kg.verification import verify

data = Path(sys.argv[1])
settings = Settings(data=data)
embedder = open_embedder(settings)
live = open_snapshot(data)
documents, concepts = list(live.documents.values()), live.concepts


def in_child(before):
    child = os.fork()
    if child == 0:
        try:
            before()
            publish(settings, documents, concepts, embedder, {documents[0].document.id: "new"})
        except SnapshotError as error:
            print(error, flush=True)
            os._exit(3)
        except BaseException:
            traceback.print_exc()
            os._exit(4)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(count):
    seen = 0

    def hook(event, arguments):
        nonlocal seen
        if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"):
            if any(str(data) in str(each) for each in arguments[:2]):
                seen += 1
                if seen == count:
                    os.kill(os.getpid(), signal.SIGKILL)

    return lambda: sys.addaudithook(hook)


def limit(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def whole():
    assert verify(data) == [], verify(data)
    return open_snapshot(data).id


def crash(step):
    deaths, count = 0, 1
    while (status := in_child(kill_at(count))) == -signal.SIGKILL:
        whole()
        deaths, count = deaths + 1, count + step
    assert status == 0, status
    assert whole() != live.id
    assert not list((data / "snapshots").glob(".staging-*"))
    print("deaths", deaths)


def starve():
    for size in (0, 100, 2_000, 20_000, 200_000):
        assert in_child(limit(size)) == 3, size
        assert whole() == live.id
        assert not list((data / "snapshots").glob(".staging-*"))
    assert in_child(lambda: None) == 0
    assert whole() != live.id


crash(int(sys.argv[3])) if sys.argv[2] == "crash" else starve()
"""


def _drive(*arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, *arguments], capture_output=True, text=True, timeout=240, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_killed_at_many_moments(data: Path, folder: Path) -> None:
    assert int(_drive(str(data), "crash", "29").split()[-1]) >= 5


def test_out_of_room(data: Path, folder: Path) -> None:
    said = _drive(str(data), "starve")
    assert "nothing was published" in said or "cannot be written" in said
