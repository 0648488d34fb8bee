"""Opening a snapshot: reads change nothing, and what is missing or cut is named at once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import SnapshotError
from kg.graph.store import open_read_only
from kg.manifest import FORMAT, NAME, SourceFact
from kg.records import DocumentRecords
from kg.snapshot import open_snapshot, read_manifest
from kg.verification import verify


def test_reading_touches_no_file(data: Path, folder: Path) -> None:
    everything = [folder, *folder.rglob("*")]
    before = {path: path.stat().st_mtime_ns for path in everything}
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        snapshot = open_snapshot(data)
        assert snapshot.words.search("pilots", 1)
        assert len(snapshot.vectors("sentences")) > 0
        assert open_read_only(snapshot.graph_path).query("ASK { ?s ?p ?o }")
        assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before
    finally:
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_nothing_published_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"no knowledge base.*policyweave ingest"):
        open_snapshot(tmp_path)


def test_parts_missing_or_cut_are_named_at_opening(data: Path, folder: Path) -> None:
    place = folder / "vectors" / "passages.faiss"
    os.truncate(place, place.stat().st_size - 1)
    with pytest.raises(SnapshotError, match=r"passages\.faiss has .*policyweave verify"):
        open_snapshot(data)
    place.unlink()
    with pytest.raises(SnapshotError, match=r"passages\.faiss is missing"):
        open_snapshot(data)


@pytest.mark.parametrize("pointer", [b"", b"../../etc\n", b"\xff" * 33, b"0" * 32])
def test_a_damaged_pointer_is_named(data: Path, pointer: bytes) -> None:
    (data / "current").write_bytes(pointer)
    with pytest.raises(SnapshotError, match=r"current is damaged.*policyweave ingest"):
        open_snapshot(data)
    assert [problem.path for problem in verify(data)] == ["current"]


def test_an_unknown_document_is_a_key_error(data: Path, folder: Path) -> None:
    documents = open_snapshot(data).documents
    assert "../x" not in documents
    with pytest.raises(KeyError):
        documents["d0"]


def test_a_snapshot_of_an_older_format_is_refused(data: Path, folder: Path) -> None:
    manifest = read_manifest(folder)
    assert manifest.basis.format == FORMAT == 3
    old = replace(manifest, basis=replace(manifest.basis, format=2))
    (folder / NAME).write_bytes(old.to_bytes())
    with pytest.raises(SnapshotError, match=r"has format 2, this program reads 3: run 'policyweave ingest --rebuild'"):
        open_snapshot(data)


def test_a_manifest_names_the_file_of_each_document(folder: Path, two_documents: list[DocumentRecords]) -> None:
    documents = [records.document for records in two_documents]
    assert read_manifest(folder).sources == {
        each.id: SourceFact(each.source, each.sha256, each.media_type) for each in documents
    }
