"""What a run would do and why, told without a model, a lock or a change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest import origins
from ingest.planning import Request
from ingest.report import Report
from ingest.run import NothingToIngestError, preview
from kg.errors import MisuseError, SnapshotError
from kg.locking import writer_lock
from kg.snapshot import open_snapshot

Shelf = Any


def told(report: Report) -> dict[str, tuple[str, str]]:
    """Action and reason by file name."""
    return {change.name: (change.action, change.why) for change in report.changes}


def write(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_nothing_changed(shelf: Shelf) -> None:
    report = preview(shelf.request(), shelf.settings)
    assert set(told(report).values()) == {("kept", "nothing changed")}
    assert (report.extracted, report.removed, report.failures, report.rebuilt_for) == ((), (), (), ())
    assert report.dry_run
    assert not report.published


def test_each_change_has_its_reason(shelf: Shelf) -> None:
    write(shelf.folder / "health.md", "500", "700")
    (shelf.folder / "water.txt").rename(shelf.folder / "rivers.txt")
    (shelf.folder / "trade.md").unlink()
    (shelf.folder / "new.txt").write_text("Ferries should run at night.\n")
    (shelf.folder / "empty.txt").touch()
    assert told(preview(shelf.request(), shelf.settings)) == {
        "health.md": ("updated", "its text changed"),
        "rivers.txt": ("updated", "renamed from water.txt"),
        "trade.md": ("removed", "its file is gone"),
        "new.txt": ("added", "new"),
        "empty.txt": ("failed", "is empty"),
    }
    # Without --sync what is gone stays.
    kept = told(preview(shelf.request(sync=False), shelf.settings))["trade.md"]
    assert kept == ("kept", "its file was not named")


def test_a_change_that_kept_size_and_time_is_seen(shelf: Shelf) -> None:
    path = shelf.folder / "health.md"
    before = path.stat()
    write(path, "500", "700")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert told(preview(shelf.request(), shelf.settings))["health.md"] == ("updated", "its text changed")


@pytest.mark.parametrize(
    ("setting", "reason", "others"),
    [
        ({"spacy_model": "another_pipeline"}, "the language model changed", ("the language model",)),
        ({"embedder": "another/model"}, "the embedding model changed", ("the embedding model",)),
    ],
)
def test_another_model_extracts_all_again(
    shelf: Shelf, setting: dict[str, str], reason: str, others: tuple[str, ...]
) -> None:
    (shelf.folder / "trade.md").unlink()
    settings = shelf.settings.model_copy(update=setting)
    report = preview(shelf.request(sync=False), settings)
    assert set(told(report).values()) == {("updated", reason)}
    assert report.rebuilt_for == others
    assert preview(shelf.request(), settings).removed == ("trade.md",)


def test_other_merges_build_the_snapshot_again_and_extract_nothing(shelf: Shelf) -> None:
    (shelf.settings.data / "merges.txt").write_text("# nothing yet\n")
    report = preview(shelf.request(), shelf.settings)
    assert (report.extracted, report.rebuilt_for) == ((), ("the file of merges",))


def test_what_came_from_elsewhere_stays(shelf: Shelf, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "note.txt").write_text("Trams should run at night.\n")
    report = preview(Request((other,), sync=True), shelf.settings)
    assert {name for name, (action, _) in told(report).items() if action == "kept"} == set(shelf.sources())
    # Nor may a synchronised folder take its name or its text over.
    (other / "water.txt").write_text("Trams should run at dawn.\n")
    shutil.copy(shelf.folder / "health.md", other / "copy.md")
    report = preview(Request((other,), sync=True), shelf.settings)
    assert told(report)["note.txt"] == ("added", "new")
    why = {Path(failure.path).name: failure.message for failure in report.failures}
    assert why.keys() == {"water.txt", "copy.md"}
    assert "has the same name as" in why["water.txt"]
    assert "has the same text as" in why["copy.md"]
    assert str(shelf.folder) in why["copy.md"]
    # A file that is not there any more cannot object.
    (shelf.folder / "water.txt").unlink()
    assert told(preview(Request((other,), sync=True), shelf.settings))["water.txt"] == ("updated", "its text changed")


def test_a_folder_that_is_empty_all_at_once_removes_nothing(shelf: Shelf) -> None:
    for path in shelf.folder.iterdir():
        path.unlink()
    report = preview(shelf.request(), shelf.settings)
    assert report.removed == ()
    assert [failure.stage for failure in report.failures] == ["find"]
    assert "3 came from it: they stay" in report.notes[0]
    shelf.folder.rmdir()
    assert preview(shelf.request(), shelf.settings).removed == ()


def test_where_origins_are_lost_nothing_is_removed(shelf: Shelf) -> None:
    (shelf.folder / "trade.md").unlink()
    place = shelf.settings.data / origins.NAME
    place.write_bytes(b"[1]")
    with pytest.raises(SnapshotError, match=r"origins.json cannot be read.*delete it"):
        preview(shelf.request(), shelf.settings)
    place.unlink()
    assert preview(shelf.request(), shelf.settings).removed == ()


def test_a_copy_does_not_take_the_place_of_its_original(shelf: Shelf) -> None:
    shutil.copy(shelf.folder / "water.txt", shelf.folder / "a copy.txt")
    report = preview(shelf.request(), shelf.settings)
    assert told(report)["water.txt"] == ("kept", "nothing changed")
    assert [(Path(each.path).name, each.advice) for each in report.failures] == [("a copy.txt", "Remove the copy.")]
    deeper = shelf.folder / "deeper"
    deeper.mkdir()
    (deeper / "water.txt").write_text("Wells should be deep.\n")
    report = preview(shelf.request(), shelf.settings)
    assert {failure.path for failure in report.failures} == {
        str(shelf.folder / "a copy.txt"),
        str(deeper / "water.txt"),
    }
    assert ("water.txt", "kept") in {(change.name, change.action) for change in report.changes}


def test_a_file_that_moved_within_the_folder_is_kept(shelf: Shelf) -> None:
    deeper = shelf.folder / "deeper"
    deeper.mkdir()
    (shelf.folder / "water.txt").rename(deeper / "water.txt")
    report = preview(shelf.request(), shelf.settings)
    (change,) = [change for change in report.changes if change.name == "water.txt"]
    assert (change.action, change.path) == ("kept", str(deeper / "water.txt"))


def test_a_file_that_cannot_be_read_leaves_what_was_published(shelf: Shelf) -> None:
    (shelf.folder / "water.txt").write_bytes(b"\x00\x01")
    actions = {(each.name, each.action) for each in preview(shelf.request(), shelf.settings).changes}
    assert {("water.txt", "failed"), ("water.txt", "kept")} <= actions


def test_misuse(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="take folders"):
        preview(Request((shelf.folder / "water.txt",), sync=True), shelf.settings)
    nothing = shelf.settings.model_copy(update={"data": tmp_path / "none"})
    with pytest.raises(NothingToIngestError, match="does not exist") as raised:
        preview(Request((tmp_path / "missing",)), nothing)
    assert len(raised.value.report.failures) == 1
    assert not (tmp_path / "none").exists()


def test_a_preview_loads_no_model_needs_no_lock_and_changes_nothing(shelf: Shelf) -> None:
    write(shelf.folder / "health.md", "500", "700")
    data = shelf.settings.data
    code = (
        "import sys; from pathlib import Path; from ingest.run import preview; from ingest.planning import Request\n"
        "from kg.settings import Settings\n"
        "report = preview(Request((Path(sys.argv[1]),), sync=True), Settings(data=Path(sys.argv[2])))\n"
        "assert report.extracted == ('health.md',), report\n"
        "print(*sorted({'torch', 'spacy', 'onnxruntime', 'tokenizers'} & sys.modules.keys()))"
    )
    with writer_lock(data):
        before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
        command = [sys.executable, "-c", code, shelf.folder, data]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.stdout.strip(), done.stderr) == ("", "")
        assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
    assert len(open_snapshot(data).documents) == 3
