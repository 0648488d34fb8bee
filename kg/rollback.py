"""Going back to an earlier snapshot: it is verified, then ``DATA/current`` names it, in one atomic step.

Nothing is removed. The next ingest starts from the snapshot gone back to: documents that only later ones held are not
in it, and come back when their files are ingested again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg import history
from kg.errors import MisuseError, SnapshotError
from kg.locking import writer_lock
from kg.publishing import send
from kg.settings import Settings
from kg.staging import write_synced
from kg.verification import verify_snapshot


@dataclass(frozen=True, slots=True)
class Moved:
    """The snapshot that was live and the one that is."""

    before: str
    after: str


def rollback(settings: Settings, wanted: str | None = None) -> Moved:
    """Make an earlier snapshot live again: the one before the live one, or the one whose id begins with ``wanted``.

    Raises MisuseError where there is no such snapshot, SnapshotError where it is damaged or nothing was published,
    LockedError while another process writes, GraphServerError where the graph cannot be sent to its server. The live
    one stays in all these cases.
    """
    data = settings.data
    way = history.lineage(data)
    with writer_lock(data):
        way = history.lineage(data)
        target = _before(way) if wanted is None else _chosen(data, wanted)
        if target == way[-1]:
            raise MisuseError(f"{target} is the live snapshot already: 'policyweave snapshots' lists the others")
        if problems := verify_snapshot(data, target):
            first = f"{problems[0].path}: {problems[0].what}: {problems[0].detail}"
            raise SnapshotError(
                f"the snapshot {target} is damaged ({len(problems)} problems; {first}), so the live one stays: "
                "choose another of 'policyweave snapshots'"
            )
        send(settings, data / "snapshots" / target, target)
        write_synced(data / "current", f"{target}\n".encode())
        history.enter(data, way[: way.index(target)] if target in way else way, target)
    return Moved(way[-1], target)


def _before(way: list[str]) -> str:
    if len(way) < 2:
        raise MisuseError(
            "there is no earlier snapshot to go back to: 'policyweave snapshots' lists those that are kept, and "
            "POLICYWEAVE_KEEP_SNAPSHOTS says how many that are"
        )
    return way[-2]


def _chosen(data: Path, wanted: str) -> str:
    found = [one.id for one in history.listed(data) if one.id.startswith(wanted)]
    if len(found) != 1 or not wanted:
        many = f"{len(found)} snapshots begin with" if found else "no snapshot begins with"
        raise MisuseError(f"{many} '{wanted}': 'policyweave snapshots' lists all of them")
    return found[0]
