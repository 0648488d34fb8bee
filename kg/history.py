"""Which snapshots were live one after another: what a rollback goes back to, and what pruning may remove.

``DATA/history`` holds their ids, the live one last. It is only ever a hint: what it says is checked against the folders
that are there and against ``DATA/current``, so that a crash between two writes costs at most a step of the way back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SnapshotError
from kg.snapshot import current_id, read_manifest
from kg.staging import remove_folder, write_synced

NAME = "history"
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot on the disk. ``back`` is how many rollbacks lead to it (0: it is live, None: it was rolled back from).

    ``created`` (ISO 8601) and ``counts`` come from its manifest; where that cannot be read, ``problem`` says why.
    """

    id: str
    back: int | None
    created: str
    counts: dict[str, int]
    problem: str | None


def lineage(data: Path) -> list[str]:
    """Ids of the snapshots that were live, oldest first, the live one last; removed ones are left out.

    Raises SnapshotError where nothing was published.
    """
    live = current_id(data)
    known = [identifier for identifier in _written(data) if (data / "snapshots" / identifier).is_dir()]
    known = list(dict.fromkeys(known))
    return [*known[: known.index(live)], live] if live in known else [*known, live]


def enter(data: Path, earlier: Sequence[str], live: str) -> None:
    """Note that ``live`` has become the live snapshot after ``earlier`` (what ``lineage`` said before the swap)."""
    ids = [*(identifier for identifier in earlier if identifier != live), live]
    write_synced(data / NAME, "".join(f"{identifier}\n" for identifier in ids).encode())


def listed(data: Path) -> list[Listed]:
    """All snapshots on the disk, those that rollbacks lead to first, the live one at the top."""
    way = lineage(data)[::-1]
    return [_look(data, identifier, way) for identifier in [*way, *_aside(data, way)]]


def prune(data: Path, keep: int) -> None:
    """Remove snapshots beyond ``keep``: first those that were rolled back from, then the oldest on the way back.

    The live one always stays. Only the holder of the writer's lock may call this.
    """
    way = lineage(data)[::-1]
    for identifier in [*way, *_aside(data, way)][max(keep, 1) :]:
        remove_folder(data / "snapshots" / identifier)


def remove_those_with(data: Path, documents: Sequence[str]) -> list[str]:
    """Remove all snapshots but the live one that hold one of ``documents`` (or cannot say so); their ids, sorted."""
    gone = []
    for one in listed(data)[1:]:
        if one.problem is not None or set(documents) & set(read_manifest(data / "snapshots" / one.id).documents):
            remove_folder(data / "snapshots" / one.id)
            gone.append(one.id)
    return sorted(gone)


def _written(data: Path) -> list[str]:
    try:
        return _ID.findall((data / NAME).read_text("ascii", "replace"))
    except OSError:
        return []


def _aside(data: Path, way: Sequence[str]) -> list[str]:
    """Snapshots that no rollback leads to, the newest first."""
    found = [path for path in (data / "snapshots").iterdir() if _ID.fullmatch(path.name) and path.name not in way]
    return [path.name for path in sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)]


def _look(data: Path, identifier: str, way: Sequence[str]) -> Listed:
    back = way.index(identifier) if identifier in way else None
    try:
        manifest = read_manifest(data / "snapshots" / identifier)
    except SnapshotError as error:
        return Listed(identifier, back, "", {}, str(error))
    return Listed(identifier, back, manifest.created, dict(manifest.counts), None)
