"""Where each document came from, so that ``--sync`` removes what vanished from a folder and nothing else.

``DATA/origins.json`` maps document ids to whole paths. It is no part of a snapshot: paths belong to this machine, and
the same documents must give the same bytes anywhere. A document it does not know stays until it is removed by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg import history
from kg.errors import SnapshotError
from kg.snapshot import read_manifest
from kg.staging import write_synced

NAME = "origins.json"


def read(data: Path) -> dict[str, Path]:
    """Paths by document id. SnapshotError where the file is damaged: nothing may be removed by a guess."""
    place = data / NAME
    try:
        plain = json.loads(place.read_bytes())
        return {str(document): Path(path) for document, path in plain.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SnapshotError(
            f"{place} cannot be read ({error}): delete it. Documents then count as come from elsewhere until their "
            "files are ingested again"
        ) from error


def write(data: Path, origins: Mapping[str, Path]) -> None:
    """Replace the file, if anything changed."""
    content = {document: str(path) for document, path in sorted(origins.items())}
    if origins != read(data):
        write_synced(data / NAME, (json.dumps(content, indent=1) + "\n").encode())


def prune(data: Path) -> None:
    """Forget the documents that no snapshot on the disk holds any more."""
    held: set[str] = set()
    for one in history.listed(data):
        if one.problem is not None:
            return
        held.update(read_manifest(data / "snapshots" / one.id).documents)
    write(data, {document: path for document, path in read(data).items() if document in held})


def below(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a path lies below one of ``folders`` (whole paths)."""
    return any(path.is_relative_to(folder) for folder in folders)
