"""The triples on disk, in an Oxigraph store that is written once and then only read.

No file of a written store changes any more: a read-only open writes nothing (no log, no lock), so all files can be
hashed. The bytes of two stores of the same triples differ all the same (RocksDB gives each store an identity):
compare stores by ``kg.graph.export.ntriples``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, Store, Triple

from kg.errors import SnapshotError

# RocksDB's diary (times, paths of this machine) and its writers' lock: a store that is only read needs neither.
_LEFT_BY_WRITER = ("LOG", "LOG.old.*", "LOCK")


def write(path: Path, triples: Iterable[Triple]) -> int:
    """Write a new store into ``path`` (made if missing, must be empty) and return how many triples it holds.

    Raises SnapshotError where the folder is not empty or cannot be written.
    """
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()):
        raise SnapshotError(f"{path} is not empty: a graph is only ever written into a new folder")
    try:
        count = _fill(path, triples)
    except OSError as error:
        raise SnapshotError(f"the graph cannot be written to {path}: {error}. Make room and run it again") from error
    for pattern in _LEFT_BY_WRITER:
        for left in path.glob(pattern):
            left.unlink()
    return count


def open_read_only(path: Path) -> Store:
    """Open a written store (SnapshotError where there is none). Many may read at once, and none changes a file."""
    if not (path / "CURRENT").is_file():
        raise SnapshotError(f"there is no graph in {path}: run 'policyweave ingest' to build one")
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise SnapshotError(f"the graph in {path} is damaged ({error}): run 'policyweave ingest' again") from error


def _fill(path: Path, triples: Iterable[Triple]) -> int:
    store = Store(str(path))
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    # Without this a reader replays the write-ahead log at every open.
    store.flush()
    store.optimize()
    return len(store)
