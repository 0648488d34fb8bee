"""Published runs that change a little: only that is extracted and embedded, and what goes leaves no trace."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest import origins
from ingest.finished import Finished
from ingest.planning import Request
from ingest.progress import Event, silent
from ingest.removing import resolve
from ingest.run import carry_out, run
from kg.errors import NotFoundError
from kg.exports.records import write_records
from kg.graph import export, store
from kg.settings import Settings
from kg.snapshot import Snapshot, open_snapshot
from kg.verification import verify

Shelf = Any


class StopError(Exception):
    """Ends a run from outside."""


def records_of(snapshot: Snapshot) -> str:
    stream = io.StringIO()
    write_records(stream, list(snapshot.documents.values()), snapshot.concepts)
    return stream.getvalue()


def graph_of(snapshot: Snapshot) -> bytes:
    return b"".join(export.ntriples(store.open_read_only(snapshot.graph_path)))


def embedded_by(events: list[Event]) -> int:
    (published,) = [each for each in events if each.name == "snapshot_published"]
    return int(published.fields["embedded"] or 0)


def extracted_by(events: list[Event]) -> list[tuple[str, bool]]:
    """Names of documents with whether an earlier run had finished them."""
    finished = [each.fields for each in events if each.name == "document_finished"]
    return [(str(fields["document"]), bool(fields["resumed"])) for fields in finished]


def test_a_removed_document_leaves_no_trace_and_what_others_share_stays(
    shelf: Shelf, tmp_path: Path, exported_models: Path, settings_for: Callable[..., Settings]
) -> None:
    data = shelf.settings.data
    before = open_snapshot(data)
    shared = [concept for concept in before.concepts if len(concept.members) > 1]
    assert [concept.label for concept in shared] == ["Talent drain"]
    gone = resolve(["water.txt"], data)
    report = carry_out(Request(remove=gone), shelf.settings, silent)
    assert (report.removed, report.extracted, report.documents) == (("water.txt",), (), 2)
    assert verify(data) == []

    (shelf.folder / "water.txt").unlink()
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "models").symlink_to(exported_models)
    without = settings_for(tmp_path / "without")
    run([shelf.folder], without, silent)
    after, never = open_snapshot(data), open_snapshot(without.data)
    assert after.id == never.id
    assert records_of(after) == records_of(never)
    assert graph_of(after) == graph_of(never)
    for name in ("passages", "sentences", "statements", "concepts"):
        assert after.vectors(name).ids == never.vectors(name).ids
    (identifier,) = gone
    assert not [hit for word in ("Santiago", "reservoirs") for hit in after.words.search(word, 3)]
    assert identifier.encode() not in graph_of(after)
    (concept,) = [concept for concept in after.concepts if concept.iri == shared[0].iri]
    assert len(concept.members) == len(shared[0].members) - 1


def test_only_what_changed_is_extracted_embedded_and_written(shelf: Shelf) -> None:
    data = shelf.settings.data
    before = open_snapshot(data)
    kept = {records.document.source: name for name, records in before.documents.items()}["trade.md"]
    (shelf.folder / "health.md").write_text("# Nursing\n\nThe ministry should train 700 midwives a year.\n")
    (shelf.folder / "water.txt").unlink()
    events: list[Event] = []
    report = carry_out(shelf.request(), shelf.settings, events.append)
    assert (report.extracted, report.removed, report.reused) == (("health.md",), ("water.txt",), ("trade.md",))
    assert extracted_by(events) == [("health.md", False)]
    assert [each.fields["document"] for each in events if each.name == "document_removed"] == ["water.txt"]
    after = open_snapshot(data)
    for name in (f"documents/{kept}.json", f"texts/{kept}.txt"):
        assert (before.path / name).samefile(after.path / name)
    assert verify(data) == []
    texts = {
        text
        for records in after.documents.values()
        if records.document.source == "health.md"
        for text in [each.text for each in (*records.passages, *records.sentences)]
    }
    # Besides its passages and sentences: the label, the indexed text and the concept of each statement, its headings.
    assert 0 < embedded_by(events) <= len(texts) + 4 * after.manifest.counts["statements"]
    assert not Finished(data).folder.exists()

    (data / "merges.txt").write_text("# nothing yet\n")
    events.clear()
    assert carry_out(shelf.request(), shelf.settings, events.append).published
    assert (extracted_by(events), embedded_by(events)) == ([], 0)
    assert not carry_out(shelf.request(), shelf.settings, silent).published


def test_a_run_that_was_broken_off_is_taken_up_again(
    shelf: Shelf, tmp_path: Path, exported_models: Path, settings_for: Callable[..., Settings]
) -> None:
    data = tmp_path / "again"
    data.mkdir()
    (data / "models").symlink_to(exported_models)
    settings = settings_for(data)

    def stop_at_third(event: Event) -> None:
        if event.name == "document_started" and event.fields["number"] == 3:
            raise StopError

    with pytest.raises(StopError):
        carry_out(shelf.request(), settings, stop_at_third)
    kept = sorted(Finished(data).folder.glob("*.json"))
    assert len(kept) == 2
    content = bytearray(kept[0].read_bytes())
    content[-20] ^= 1
    kept[0].write_bytes(content)
    events: list[Event] = []
    report = carry_out(shelf.request(), settings, events.append)
    assert sorted(resumed for _, resumed in extracted_by(events)) == [False, False, True]
    assert len(report.resumed) == 1
    assert not Finished(data).folder.exists()
    # The end is the same as without the interruption.
    assert open_snapshot(data).id == open_snapshot(shelf.settings.data).id


def test_a_document_that_cannot_be_extracted_stops_no_other(shelf: Shelf) -> None:
    data = shelf.settings.data
    before = open_snapshot(data).id
    (shelf.folder / "trade.md").write_text("# Markets\n\nBanks should lend to farmers.\n")
    hurried = shelf.settings.model_copy(update={"extraction_timeout": 1e-3})
    report = carry_out(shelf.request(), hurried, silent)
    (failure,) = report.failures
    assert (failure.path, failure.stage) == ("trade.md", "extract")
    assert failure.why == "takes longer than 0.001 seconds to extract"
    assert "POLICYWEAVE_EXTRACTION_TIMEOUT" in failure.advice
    # What was published of it stays.
    assert (report.published, report.snapshot) == (False, before)
    assert {(each.name, each.action) for each in report.changes if each.name == "trade.md"} == {
        ("trade.md", "failed"),
        ("trade.md", "kept"),
    }
    (shelf.folder / "water.txt").unlink()
    report = carry_out(shelf.request(), hurried, silent)
    assert (report.published, report.removed, len(report.failures)) == (True, ("water.txt",), 1)
    assert "twelve cold stores" in shelf.sources()["trade.md"]
    # With time enough it is taken in, though nothing else changed.
    report = carry_out(shelf.request(), shelf.settings, silent)
    assert (report.extracted, report.failures) == (("trade.md",), ())
    assert "lend to farmers" in shelf.sources()["trade.md"]


def test_names_ids_and_iris_name_a_document(shelf: Shelf) -> None:
    data = shelf.settings.data
    (identifier,) = [
        each.document.id
        for each in open_snapshot(data).documents.values()
        if each.document.year == 2020 or each.document.source == "water.txt"
    ]
    iri = f"{shelf.settings.base_iri}document/{identifier}"
    assert resolve(["water.txt", identifier, iri], data) == {identifier}
    with pytest.raises(NotFoundError, match=r"'water.tx', and nothing was removed: did you mean water.txt"):
        resolve(["health.md", "water.tx"], data)


def test_origins_follow_the_files_and_are_forgotten_with_the_last_snapshot(shelf: Shelf) -> None:
    data = shelf.settings.data
    deeper = shelf.folder / "deeper"
    deeper.mkdir()
    (shelf.folder / "water.txt").rename(deeper / "water.txt")
    assert not carry_out(shelf.request(), shelf.settings, silent).published
    assert deeper / "water.txt" in origins.read(data).values()
    gone = resolve(["water.txt"], data)
    alone = shelf.settings.model_copy(update={"keep_snapshots": 1})
    carry_out(Request(remove=gone), alone, silent)
    assert not gone & origins.read(data).keys()
    assert len(origins.read(data)) == 2


FULL = """
import resource, sys
from pathlib import Path
from ingest.planning import Request
from ingest.progress import silent
from ingest.run import carry_out
from kg.errors import SnapshotError
from kg.settings import Settings
if sys.argv[3] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    carry_out(Request((Path(sys.argv[1]),), sync=True), Settings(data=Path(sys.argv[2])), silent)
except SnapshotError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("room", [1_000, 40_000])
def test_out_of_room_is_told_and_what_is_published_stays(shelf: Shelf, room: int) -> None:
    data = shelf.settings.data
    before = open_snapshot(data).id
    (shelf.folder / "new.txt").write_text("Ferries lack staff. The council should run them at night.\n" * 3)
    command = [sys.executable, "-c", FULL, shelf.folder, data, str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr
    assert "ake room and run" in done.stderr
    assert "Traceback" not in done.stderr
    assert open_snapshot(data).id == before
    assert verify(data) == []


def test_a_full_disk(shelf: Shelf, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here: run this test as root")
    try:
        # Room for what is published, not for a second snapshot beside it.
        subprocess.run(["cp", "-a", f"{shelf.settings.data}/.", small], check=True)
        (shelf.folder / "new.txt").write_text("Ferries lack staff. The council should run them at night.\n")
        before = open_snapshot(small).id
        command = [sys.executable, "-c", FULL, shelf.folder, small, "0"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "cannot be written to" in done.stderr
        assert "Traceback" not in done.stderr
        assert open_snapshot(small).id == before
        assert verify(small) == []
    finally:
        subprocess.run(["umount", small], check=True)
