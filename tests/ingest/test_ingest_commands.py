"""``ingest`` and ``remove`` as a user types them: streams, exit status, report, and watching a folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.locking import writer_lock
from kg.snapshot import current_id
from kg.verification import verify

Shelf = Any
PROGRAM = str(Path(sys.executable).parent / "policyweave")


def policyweave(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "--data", str(data), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)


def events(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_failures_are_a_table_a_report_and_exit_status_1(shelf: Shelf, tmp_path: Path) -> None:
    (shelf.folder / "broken.txt").write_bytes(b"\xff\xff")
    (shelf.folder / "health.md").unlink()
    place = tmp_path / "report.json"
    done = policyweave(shelf.settings.data, "ingest", "--sync", shelf.folder, "--report", place)
    assert done.returncode == 1
    assert done.stdout.endswith("published: 0 read, 1 removed, 2 unchanged, 2 in all\n")
    table = " ".join(done.stderr.split())
    assert "why it is not taken in" in table
    assert f"{shelf.folder}/broken.txt is not UTF-8" in table
    assert "Convert it first" in table
    report = json.loads(place.read_text())
    assert (report["format"], report["counts"]) == (1, {"failed": 1, "kept": 2, "removed": 1})
    assert report["failures"][0]["advice"].startswith("Convert it first")
    assert report["snapshot"] == current_id(shelf.settings.data)
    # Once it is out of the way, all is well.
    (shelf.folder / "broken.txt").unlink()
    again = policyweave(shelf.settings.data, "ingest", "--sync", shelf.folder, "--json")
    assert (again.returncode, again.stderr) == (0, "")
    assert json.loads(again.stdout)["published"] is False


def test_a_report_is_written_where_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    place = tmp_path / "report.json"
    done = policyweave(tmp_path / "data", "ingest", tmp_path / "empty.txt", "--report", place, "--log-json")
    assert done.returncode == 1
    *logged, last = done.stderr.splitlines()
    assert "nothing to ingest" in "\n".join(logged)
    assert json.loads(place.read_text())["failures"][0]["why"] == "is empty"
    assert last


def test_events_are_lines_of_json(shelf: Shelf) -> None:
    (shelf.folder / "health.md").write_text("# Nursing\n\nThe ministry should train 700 midwives a year.\n")
    done = policyweave(shelf.settings.data, "ingest", shelf.folder, "--log-json")
    assert done.returncode == 0
    told = events(done.stderr)
    names = [each["event"] for each in told]
    assert names[0] == "run_started"
    assert names[-2:] == ["snapshot_published", "run_finished"]
    assert {"stage_started", "document_started", "document_finished"} <= set(names)
    (finished,) = [each for each in told if each["event"] == "document_finished"]
    assert finished["document"] == "health.md"
    assert finished["passages"] > 0
    assert all(each["time"].startswith("20") for each in told)
    assert (told[-1]["extracted"], told[-1]["documents"]) == (1, 3)


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("ingest", "--sync"), 2, "name them"),
        (("ingest", "--watch", "--dry-run", "x"), 2, "choose one"),
        (("ingest", "--sync", "--rebuild", "x"), 2, "choose one"),
        (("ingest", "--watch", "missing"), 2, "folders that are there"),
        (("remove",), 2, "NAME|ID"),
        (("remove", "helth.md"), 1, "did you mean health.md"),
        (("rollback",), 2, "no earlier snapshot"),
    ],
)
def test_misuse_changes_nothing(shelf: Shelf, arguments: tuple[str, ...], status: int, told: str) -> None:
    before = current_id(shelf.settings.data)
    done = policyweave(shelf.settings.data, *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
    assert current_id(shelf.settings.data) == before


def test_removing_purging_and_the_way_back(shelf: Shelf) -> None:
    data = shelf.settings.data
    before = current_id(data)
    dry = policyweave(data, "remove", "water.txt", "--dry-run")
    assert "- removed  water.txt: it was asked for" in dry.stdout
    assert current_id(data) == before
    assert policyweave(data, "remove", "water.txt").returncode == 0
    after = current_id(data)
    assert after != before
    back = policyweave(data, "rollback")
    assert back.stdout.startswith(f"snapshot {before} is live; {after} is kept")
    listed = policyweave(data, "snapshots").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [before, after]
    assert "live" in listed[0]
    assert "3 documents" in listed[0]
    assert "rolled back" in listed[1]
    rows = json.loads(policyweave(data, "snapshots", "--json").stdout)
    assert [(row["id"], row["back"]) for row in rows] == [(before, 0), (after, None)]
    # What is asked for again is published already: the snapshot becomes live once more.
    purged = policyweave(data, "remove", "water.txt", "--purge")
    assert "1 earlier snapshots that held them were removed" in purged.stderr
    assert [path.name for path in (data / "snapshots").iterdir()] == [after] == [current_id(data)]
    assert verify(data) == []


def told_by(process: subprocess.Popen[str], wanted: str) -> dict[str, Any]:
    """The next event of this name; what comes before is passed over."""
    assert process.stderr is not None
    for line in process.stderr:
        event: dict[str, Any] = json.loads(line)
        if event["event"] == wanted:
            return event
    raise AssertionError(f"the process ended before it told {wanted}")


@pytest.fixture
def watching(shelf: Shelf) -> Iterator[subprocess.Popen[str]]:
    command = [PROGRAM, "--data", shelf.settings.data, "ingest", "--watch", shelf.folder, "--log-json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_watched_folder_is_followed_until_a_signal(shelf: Shelf, watching: subprocess.Popen[str]) -> None:
    assert told_by(watching, "run_finished")["published"] is False
    # Several changes at once are one run; while another writes, the run waits for it.
    with writer_lock(shelf.settings.data):
        (shelf.folder / "trade.md").unlink()
        (shelf.folder / "water.txt").rename(shelf.folder / "rivers.txt")
        assert "is being written by" in told_by(watching, "run_failed")["message"]
    finished = told_by(watching, "run_finished")
    assert (finished["extracted"], finished["removed"], finished["documents"]) == (1, 1, 2)
    watching.send_signal(signal.SIGTERM)
    assert told_by(watching, "watch_stopped")
    assert watching.wait(30) == 0
    assert set(shelf.sources()) == {"health.md", "rivers.txt"}
    assert verify(shelf.settings.data) == []


def test_a_signal_ends_a_run_between_two_documents(shelf: Shelf, watching: subprocess.Popen[str]) -> None:
    told_by(watching, "run_finished")
    before = current_id(shelf.settings.data)
    for number in range(3):
        (shelf.folder / f"note-{number}.txt").write_text(f"Trams should run all {number + 2} hours.\n")
    told_by(watching, "document_finished")
    watching.send_signal(signal.SIGINT)
    assert told_by(watching, "watch_stopped")
    assert watching.wait(30) == 0
    assert current_id(shelf.settings.data) == before
    kept = list((shelf.settings.data / "work" / "documents").glob("*.json"))
    assert 1 <= len(kept) <= 3
    assert not list((shelf.settings.data / "snapshots").glob(".staging-*"))


def test_progress_is_drawn_on_a_terminal_only(shelf: Shelf) -> None:
    pty = pytest.importorskip("pty")
    (shelf.folder / "health.md").write_text("# Nursing\n\nThe ministry should train 700 midwives a year.\n")
    ours, theirs = pty.openpty()
    command = [PROGRAM, "--data", shelf.settings.data, "ingest", shelf.folder]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "150"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        drawn = b""
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            try:
                drawn += os.read(ours, 65536)
            except OSError:
                break
        os.close(ours)
        assert process.wait(10) == 0
    assert b"health.md" in drawn
    assert b"1/1 documents" in drawn
    assert b"passages/s" in drawn
    assert b"left" in drawn
