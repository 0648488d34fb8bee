"""What an ingest costs again: nothing changed, one document more, one changed, one removed.

    python benchmarks/reingest.py [--documents 200] [--sentences 12]

Short documents are made from the digests (``benchmarks/synthetic.py``) and ingested by the command, in a process of
its own each time, with its start and the loading of models counted. Seconds are wall time; CPU is that of all threads
of the process. ``extracted`` and ``embedded`` count documents and texts, ``linked`` the documents whose files the new
snapshot shares with the one before. The exported embedding model is made before and not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic import write_documents
from kg.snapshot import open_snapshot

_WIDTHS = (9, 9, 10, 7, 11, 10, 8)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of the command: seconds, CPU seconds, MiB at most, and the fields of its last events."""

    wall: float
    cpu: float
    memory: float
    fields: Mapping[str, int]


def main() -> None:
    """Print one row a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=12)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, data = Path(scratch) / "documents", Path(scratch) / "data"
        *papers, last = write_documents(folder, arguments.documents + 1, arguments.sentences)
        kept = last.read_bytes()
        last.unlink()
        _export(data)
        names = ("wall s", "CPU s", "of first", "MiB", "extracted", "embedded", "linked")
        print(f"{'run':24}" + "".join(f"{name:>{width}}" for name, width in zip(names, _WIDTHS, strict=True)))
        first = _show(f"{len(papers)} documents, first", folder, data)
        _show("nothing changed", folder, data, first)
        last.write_bytes(kept)
        _show("one added", folder, data, first)
        papers[0].write_bytes(papers[0].read_bytes().replace(b"note 0", b"note zero"))
        _show("one changed", folder, data, first)
        last.unlink()
        _show("one removed", folder, data, first)


def _export(data: Path) -> None:
    """Export the embedding model, elsewhere: a process counts the memory of the one that started it as its own."""
    code = "import sys; from kg.index.embedder import open_embedder; from kg.settings import Settings"
    subprocess.run([sys.executable, "-c", f"{code}; open_embedder(Settings(data=sys.argv[1]))", data], check=True)


def _show(what: str, folder: Path, data: Path, first: Measured | None = None) -> Measured:
    done = _ingest(folder, data)
    share = f"{done.wall / first.wall:.1%}" if first else ""
    extracted, embedded = done.fields.get("extracted", 0), done.fields.get("embedded", 0)
    print(
        f"{what:24}{done.wall:9.2f}{done.cpu:9.2f}{share:>10}{done.memory:7.0f}{extracted:11}{embedded:10}"
        f"{_linked(data):8}",
        flush=True,
    )
    return done


def _ingest(folder: Path, data: Path) -> Measured:
    program = Path(sys.executable).parent / "policyweave"
    command = [program, "--data", data, "ingest", "--sync", folder, "--log-json"]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = process.stderr.read().splitlines()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit("\n".join(lines))
    fields: dict[str, int] = {}
    for line in lines:
        fields |= json.loads(line)
    wall = time.monotonic() - begun
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, fields)


def _linked(data: Path) -> int:
    return sum(path.stat().st_nlink > 1 for path in (open_snapshot(data).path / "texts").iterdir())


if __name__ == "__main__":
    main()
