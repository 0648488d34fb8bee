"""A run of ingestion from files to a published snapshot: what it takes over, replaces, refuses and reports."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.progress import silent
from ingest.run import Report, run
from kg.errors import ModelError, SnapshotError, UnreadableSourceError
from kg.records import Document
from kg.settings import Settings
from kg.snapshot import current_id, open_snapshot
from kg.verification import verify

HEALTH = """# Nursing in rural Kenya

## 1 Problems

Rural clinics in Turkana County suffer from a shortage of nurses. In 2021 it had 3 nurses per 10,000 people.

## 2 Recommendations

The ministry of health should train 500 nurses a year. County governments should build housing for nurses.
"""
WATER = """Water for the cities of Chile

1. Introduction

Drought has emptied the reservoirs, and the pipes of Santiago leak a third of the water.

2. Measures

In 2020 the government introduced a leak fund. Utilities must replace old pipes by 2030.
"""

Ingest = Callable[..., Report]


@pytest.fixture
def settings(data: Path, settings_for: Callable[..., Settings]) -> Settings:
    return settings_for(data)


@pytest.fixture
def ingest(settings: Settings) -> Ingest:
    def go(*paths: Path, rebuild: bool = False) -> Report:
        return run(paths, settings, silent, rebuild)

    return go


@pytest.fixture
def health(tmp_path: Path) -> Path:
    path = tmp_path / "health.md"
    path.write_text(HEALTH, encoding="utf-8")
    return path


@pytest.fixture
def water(tmp_path: Path) -> Path:
    path = tmp_path / "water.txt"
    path.write_text(WATER, encoding="utf-8")
    return path


def sources(data: Path) -> set[str]:
    return {records.document.source for records in open_snapshot(data).documents.values()}


def test_records_quote_their_source(ingest: Ingest, health: Path, settings: Settings) -> None:
    report = ingest(health)
    assert report.published
    assert report.extracted == ("health.md",)
    assert verify(settings.data) == []
    (records,) = open_snapshot(settings.data).documents.values()
    found = {statement.type for statement in records.statements}
    assert found == {"measure", "challenge"}
    for record in (*records.statements, *records.mentions, *records.statistics):
        assert HEALTH[record.start : record.end] == record.text
    assert any(mention.entity.label == "Turkana County" for mention in records.mentions)
    assert any(figure.value == 3 and figure.year == 2021 for figure in records.statistics)


def test_the_same_input_does_no_work_twice(ingest: Ingest, health: Path) -> None:
    first = ingest(health)
    second = ingest(health)
    assert not second.published
    assert (second.snapshot, second.extracted, second.reused) == (first.snapshot, (), ("health.md",))


def test_documents_add_up_and_a_changed_one_replaces_itself(
    ingest: Ingest, health: Path, water: Path, settings: Settings
) -> None:
    ingest(health)
    assert ingest(water).extracted == ("water.txt",)
    assert sources(settings.data) == {"health.md", "water.txt"}
    health.write_text(HEALTH.replace("500", "700"), encoding="utf-8")
    report = ingest(health)
    assert (report.extracted, report.reused) == (("health.md",), ("water.txt",))
    texts = [records.text for records in open_snapshot(settings.data).documents.values()]
    assert sum("700 nurses" in text for text in texts) == 1
    assert not any("500 nurses" in text for text in texts)


def test_a_renamed_document_is_not_there_twice(ingest: Ingest, health: Path, settings: Settings) -> None:
    ingest(health)
    renamed = health.with_name("nursing.md")
    health.rename(renamed)
    ingest(renamed)
    assert sources(settings.data) == {"nursing.md"}


def test_rebuild_forgets_what_was_published(ingest: Ingest, health: Path, water: Path, settings: Settings) -> None:
    ingest(health)
    ingest(water, rebuild=True)
    assert sources(settings.data) == {"water.txt"}


def test_a_file_that_fails_stops_no_other(ingest: Ingest, health: Path, tmp_path: Path, settings: Settings) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    copy = tmp_path / "copy" / "health.md"
    copy.parent.mkdir()
    copy.write_text(WATER, encoding="utf-8")
    report = ingest(empty, health, copy, tmp_path / "missing.txt")
    assert {Path(failure.path).name for failure in report.failures} == {"empty.txt", "health.md", "missing.txt"}
    assert sources(settings.data) == {"health.md"}


def test_nothing_to_read_publishes_nothing(ingest: Ingest, tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(UnreadableSourceError, match="does not exist"):
        ingest(tmp_path / "missing.txt")
    with pytest.raises(SnapshotError):
        current_id(settings.data)


def test_a_damaged_snapshot_is_not_carried_over(ingest: Ingest, health: Path, water: Path, settings: Settings) -> None:
    ingest(health)
    damaged = next((open_snapshot(settings.data).path / "texts").iterdir())
    damaged.write_bytes(damaged.read_bytes().replace(b"nurses", b"purses"))
    with pytest.raises(SnapshotError, match="--rebuild"):
        ingest(water)
    ingest(water, rebuild=True)
    assert verify(settings.data) == []


def test_a_missing_language_model_is_explained(health: Path, data: Path, settings_for: Callable[..., Settings]) -> None:
    with pytest.raises(ModelError, match="POLICYWEAVE_SPACY_MODEL"):
        run([health], settings_for(data, spacy_model="no_such_pipeline"), silent)


def test_what_is_no_file_is_refused_at_once(ingest: Ingest, health: Path, tmp_path: Path, settings: Settings) -> None:
    pipe, device = tmp_path / "pipe.txt", tmp_path / "device.txt"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    report = ingest(pipe, device, health)
    assert len(report.failures) == 2
    assert all("not a file" in failure.message for failure in report.failures)
    assert sources(settings.data) == {"health.md"}


def test_a_name_that_is_not_utf_8_stops_no_other(ingest: Ingest, health: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt"))
    odd.write_text(WATER, encoding="utf-8")
    report = ingest(odd, health)
    assert report.extracted == ("health.md",)
    (failure,) = report.failures
    assert "Rename" in failure.message
    (failure.path + failure.message).encode("utf-8")


def test_a_table_as_one_sentence_is_no_burden(ingest: Ingest, tmp_path: Path, settings: Settings) -> None:
    rows = "\n".join(f"Region{n}  7.5  {n}  49%  2020  7,{n:03}" for n in range(400))
    path = tmp_path / "table.txt"
    path.write_text(f"{WATER}\n3. Annex\n\n{rows}\n", encoding="utf-8")
    before = time.process_time()
    ingest(path)
    assert time.process_time() - before < 20
    (records,) = open_snapshot(settings.data).documents.values()
    assert records.statements
    assert len(records.statistics) < 10


def test_a_file_beside_a_paper_counts_as_part_of_it(
    ingest: Ingest, settings: Settings, health: Path, water: Path
) -> None:
    def documents() -> dict[str, Document]:
        return {r.document.source: r.document for r in open_snapshot(settings.data).documents.values()}

    sidecar = health.with_suffix(".yaml")
    sidecar.write_text("authors: [Ada Sund]\nyear: 2031\nyaer: 2032\n", encoding="utf-8")
    report = ingest(health)
    assert (report.documents, report.failures) == (1, ())
    assert report.notes[0].startswith(f"{health}: health.yaml, line 3: unknown field 'yaer'")
    before = documents()["health.md"]
    assert (before.authors, before.year, before.title) == (("Ada Sund",), 2031, "Nursing in rural Kenya")
    assert {o.field: o.place for o in before.origins}["year"] == "health.yaml, line 2"

    sidecar.write_text("authors: [Ada Sund]\nyear: 2033\n", encoding="utf-8")
    report = ingest(health, water)
    assert report.extracted == ("health.md", "water.txt")
    assert "what is said beside it, or how its format is read, changed" in [change.why for change in report.changes]
    after = documents()
    assert (after["health.md"].id, after["health.md"].year) == (before.id, 2033)

    assert ingest(health, water).published is False
    assert ingest(water).extracted == ()
    assert documents() == after
    assert verify(settings.data) == []
