"""Snapshots that are kept, the way back to them, and what pruning leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg import history
from kg.errors import LockedError, MisuseError, SnapshotError
from kg.locking import writer_lock
from kg.records import DocumentRecords
from kg.rollback import Moved, rollback
from kg.settings import Settings
from kg.snapshot import current_id, open_snapshot
from kg.verification import verify

PublishVersion = Callable[..., str]


@pytest.fixture
def publish_version(
    data: Path, publish_all: Callable[..., str], two_documents: list[DocumentRecords]
) -> PublishVersion:
    """Function of a number to the id of the published snapshot that differs by it."""

    def run(version: int, keep: int = 3) -> str:
        records = two_documents[0]
        changed = replace(records, labellings=records.labellings[:version])
        return publish_all(data, [changed], keep_snapshots=keep)

    return run


def go_back(data: Path, wanted: str | None = None) -> Moved:
    return rollback(Settings(data=data), wanted)


def way(data: Path) -> list[tuple[str, int | None]]:
    return [(one.id, one.back) for one in history.listed(data)]


def test_back_and_on_and_pruning_keeps_the_way_back(data: Path, publish_version: PublishVersion) -> None:
    a, b, c = (publish_version(number) for number in range(3))
    assert way(data) == [(c, 0), (b, 1), (a, 2)]
    moved = go_back(data)
    assert (moved.before, moved.after) == (c, b)
    assert open_snapshot(data).id == b
    assert way(data) == [(b, 0), (a, 1), (c, None)]
    # The second step goes further back, not forth again.
    assert go_back(data).after == a
    with pytest.raises(MisuseError, match="no earlier snapshot"):
        go_back(data)
    assert go_back(data, c[:12]).after == c
    assert way(data) == [(c, 0), (a, 1), (b, None)]
    # What was rolled back from goes before what the way back needs.
    d = publish_version(3)
    assert way(data) == [(d, 0), (c, 1), (a, 2)]
    assert verify(data) == []
    assert publish_version(0, keep=1) == a
    assert way(data) == [(a, 0)]


def test_what_cannot_be_gone_back_to(data: Path, tmp_path: Path, publish_version: PublishVersion) -> None:
    with pytest.raises(SnapshotError, match="policyweave ingest"):
        go_back(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
    a, b = publish_version(0), publish_version(1)
    for wanted, told in ((b, "live snapshot already"), ("g", "no snapshot begins with 'g'"), ("", "begin with ''")):
        with pytest.raises(MisuseError, match=told):
            go_back(data, wanted)
    with writer_lock(data), pytest.raises(LockedError):
        go_back(data)
    text = next((data / "snapshots" / a / "texts").iterdir())
    text.write_bytes(text.read_bytes().replace(b"p", b"q"))
    with pytest.raises(SnapshotError, match=rf"{a} is damaged.*texts/.*hash differs"):
        go_back(data)
    assert current_id(data) == b


@pytest.mark.parametrize("written", [None, b"", b"\xff\x00", b"0" * 32, "swapped"])
def test_a_history_that_is_not_right_costs_the_way_and_nothing_else(
    data: Path, publish_version: PublishVersion, written: bytes | str | None
) -> None:
    a, b = publish_version(0), publish_version(1)
    place = data / history.NAME
    if written is None:
        place.unlink()
    elif written == "swapped":
        # A crash between the swap of the live snapshot and this file.
        place.write_text(f"{b}\n{a}\n")
    else:
        place.write_bytes(bytes(written))
    assert {one.id for one in history.listed(data)} == {a, b}
    assert history.lineage(data)[-1] == b
    assert go_back(data, a).after == a
    assert go_back(data).after == b


def test_a_damaged_snapshot_is_listed_as_such(data: Path, publish_version: PublishVersion) -> None:
    a, b = publish_version(0), publish_version(1)
    (data / "snapshots" / a / "manifest.json").write_bytes(b"{}")
    live, damaged = history.listed(data)
    assert (live.id, live.problem) == (b, None)
    assert live.counts["documents"] == 1
    assert damaged.problem is not None
    assert "checksum" in damaged.problem


def test_snapshots_that_hold_a_document_go(
    data: Path, publish_all: Callable[..., str], two_documents: list[DocumentRecords]
) -> None:
    both, one = publish_all(data, two_documents), publish_all(data, two_documents[:1])
    gone = two_documents[1].document.id
    assert history.remove_those_with(data, [gone]) == [both]
    assert way(data) == [(one, 0)]
    assert history.remove_those_with(data, [gone]) == []
