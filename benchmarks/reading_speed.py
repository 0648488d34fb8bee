"""How fast files are read, what the process of its own costs, and how much memory it takes at most.

    python benchmarks/reading_speed.py FILE [FILE ...] [--repeat N]

For each file: milliseconds of the first reading (the process starts), of a later one in that process, and of one
without a process. The last line is the largest resident size that any of these processes had. Wall time; text and
Markdown are read without a process anyway.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from ingest.readers import SourceReader
from ingest.readers.formats import format_of
from ingest.readers.port import Limits
from kg.settings import Settings


def milliseconds(work: Callable[[], object], repeat: int = 1) -> float:
    """The median wall time of some runs."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def measure(path: Path, limits: Limits, repeat: int) -> None:
    """Print one line about a file. SystemExit for a format that is not read."""
    form = format_of(path.name)
    if form is None:
        raise SystemExit(f"{path}: no reader")
    read, data = form.reader(), path.read_bytes()
    with SourceReader(limits) as reader:
        first = milliseconds(lambda: reader.read(path))
        later = milliseconds(lambda: reader.read(path), repeat)
    bare = milliseconds(lambda: read(data, path.name, limits), repeat)
    print(f"{path.name}: first {first:.0f} ms, later {later:.2f} ms, without a process {bare:.2f} ms")


def main() -> None:
    """Measure each file that was named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    limits = Limits.of(Settings())
    for path in given.files:
        measure(path, limits, given.repeat)
    unit = 1 if resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 1 << 30 else 1024
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
