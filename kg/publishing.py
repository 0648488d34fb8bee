"""Publishing: records become a new snapshot beside the live one, and the live one is swapped in a single step.

A crash or a full disk at any moment leaves the live snapshot whole; what a dead writer left behind is removed by the
next one. Publishing what is published already changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg import history
from kg import manifest as manifests
from kg.errors import MisuseError, SnapshotError, no_room
from kg.evidence import broken_quotes, broken_references
from kg.graph import build, shapes, store
from kg.graph.server import server_of
from kg.index.embedder import Embedder
from kg.index.texts import indexed_texts, word_rows
from kg.index.vectors import VectorIndex
from kg.index.words import WordIndex
from kg.locking import WriterLock, writer_lock
from kg.manifest import Basis, FileFact, Manifest, SourceFact
from kg.records import Concept, DocumentRecords
from kg.reuse import embed_new, intact, known_vectors, vectors_of
from kg.serialization import concepts_to_json, document_to_json, dump
from kg.settings import Settings
from kg.snapshot import Snapshot
from kg.staging import (
    link_or_copy,
    remove_folder,
    remove_leftovers,
    staging_folder,
    sync_and_hash,
    sync_folder,
    write_synced,
)
from kg.surroundings import surroundings


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be published and where."""

    settings: Settings
    documents: tuple[DocumentRecords, ...]
    concepts: tuple[Concept, ...]
    embedder: Embedder
    basis: Basis
    extractor: Mapping[str, str]
    live: Snapshot | None

    @property
    def snapshots(self) -> Path:
        return self.settings.data / "snapshots"

    def unchanged(self, records: DocumentRecords) -> bool:
        """Whether these are the live snapshot's own records, which were checked when they were published."""
        return self.live is not None and self.live.documents.get(records.document.id) is records


def publish(
    settings: Settings,
    documents: Sequence[DocumentRecords],
    concepts: Sequence[Concept],
    embedder: Embedder,
    keys: Mapping[str, str],
    lock: WriterLock | None = None,
    live: Snapshot | None = None,
    extractor: Mapping[str, str] | None = None,
) -> str:
    """Publish records as the live snapshot of ``settings.data`` and return its id.

    ``keys`` maps document ids to what their extraction depended on, ``extractor`` has a hash of each part of that; both
    are kept in the manifest so that a later run can reuse the records. ``lock`` is the writer's lock where the caller
    holds it already. ``live`` is the live snapshot where the caller has found it intact: the files of documents that
    are its own objects are linked, not written again. Nothing is published, and the live
    snapshot stays, on: LockedError, ShapesError, ModelError, SnapshotError (a quote is not
    verbatim, the disk is full or cannot be written), GraphServerError (the graph could not be sent to its server).
    """
    plan = _plan(settings, documents, concepts, embedder, keys, live, extractor or {})
    with writer_lock(settings.data) if lock is None else nullcontext(lock):
        try:
            return _publish(plan)
        except OSError as error:
            raise no_room(settings.data, error) from error


def _publish(plan: _Plan) -> str:
    _check_evidence(plan)
    plan.snapshots.mkdir(parents=True, exist_ok=True)
    remove_leftovers(plan.snapshots)
    with staging_folder(plan.snapshots) as staging:
        facts = _write_records(staging, plan)
        identifier = manifests.snapshot_id(plan.basis, facts)
        target = plan.snapshots / identifier
        if not intact(target):
            _write_derived(staging, plan)
            _write_manifest(staging, identifier, plan, facts)
            # A damaged snapshot of the same content makes way; its readers keep the files they have open.
            remove_folder(target)
            staging.replace(target)
            sync_folder(plan.snapshots)
    send(plan.settings, target, identifier)
    _make_live(plan.settings, identifier)
    return identifier


def _make_live(settings: Settings, identifier: str) -> None:
    data = settings.data
    try:
        earlier = history.lineage(data)
    except SnapshotError:
        # Nothing was published yet, or the pointer is damaged: there is nothing to go back to.
        earlier = []
    write_synced(data / "current", f"{identifier}\n".encode())
    history.enter(data, earlier, identifier)
    history.prune(data, settings.keep_snapshots)


def _plan(
    settings: Settings,
    documents: Sequence[DocumentRecords],
    concepts: Sequence[Concept],
    embedder: Embedder,
    keys: Mapping[str, str],
    live: Snapshot | None,
    extractor: Mapping[str, str],
) -> _Plan:
    by_id = {records.document.id: records for records in documents}
    if len(by_id) != len(documents):
        raise MisuseError("the same document is to be published twice: drop one of its copies")
    basis = Basis(
        format=manifests.FORMAT,
        **surroundings(settings),
        model=embedder.name,
        fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        keys={identifier: keys.get(identifier, "") for identifier in sorted(by_id)},
    )
    ordered = tuple(by_id[identifier] for identifier in sorted(by_id))
    arranged = tuple(sorted(concepts, key=lambda concept: concept.iri))
    return _Plan(settings, ordered, arranged, embedder, basis, extractor, live)


def _check_evidence(plan: _Plan) -> None:
    """Refuse records that do not prove what they say."""
    new = [records for records in plan.documents if not plan.unchanged(records)]
    wrong = [detail for records in new for detail in broken_quotes(records)]
    wrong += [f"{place}: {detail}" for place, detail in broken_references(plan.documents, plan.concepts)]
    if wrong:
        raise SnapshotError(
            f"nothing was published: {len(wrong)} records do not match their source, which is a fault of the program "
            "(please report it):\n  " + "\n  ".join(wrong[:10])
        )


def _write_records(staging: Path, plan: _Plan) -> dict[str, FileFact]:
    """Write what the id is made from; sizes and hashes by path, sorted."""
    for name in ("documents", "texts"):
        (staging / name).mkdir()
    linked = dict(fact for records in plan.documents for fact in _link_document(staging, records, plan))
    for records in plan.documents:
        identifier = records.document.id
        if f"texts/{identifier}.txt" not in linked:
            (staging / "documents" / f"{identifier}.json").write_bytes(dump(document_to_json(records)))
            (staging / "texts" / f"{identifier}.txt").write_bytes(records.text.encode())
    (staging / "concepts.json").write_bytes(dump(concepts_to_json(plan.concepts)))
    return sync_and_hash(staging, linked)


def _link_document(staging: Path, records: DocumentRecords, plan: _Plan) -> Iterator[tuple[str, FileFact]]:
    """Take the files of an unchanged document over from the live snapshot; their facts are those of its manifest."""
    if plan.live is None or not plan.unchanged(records):
        return
    for name in (f"documents/{records.document.id}.json", f"texts/{records.document.id}.txt"):
        link_or_copy(plan.live.path / name, staging / name)
        yield name, plan.live.manifest.files[name]


def _write_derived(staging: Path, plan: _Plan) -> None:
    triples = list(build.triples(plan.documents, plan.concepts, plan.settings))
    shapes.check(triples)
    store.write(staging / "graph", triples)
    texts = indexed_texts(plan.documents, plan.concepts)
    known = vectors_of(plan.live, plan.embedder) if plan.live else known_vectors(plan.settings.data, plan.embedder)
    for name, rows in texts.items():
        vectors = embed_new(list(rows.values()), plan.embedder, known)
        VectorIndex.build(list(rows), vectors).save(staging / "vectors", name)
    WordIndex.build(staging / "words", word_rows(texts))


def _write_manifest(staging: Path, identifier: str, plan: _Plan, records: Mapping[str, FileFact]) -> None:
    files = sync_and_hash(staging, records)
    counts = {
        "documents": len(plan.documents),
        "concepts": len(plan.concepts),
        "merges": sum(len(concept.merges) for concept in plan.concepts),
        **{
            name: sum(len(getattr(records, name)) for records in plan.documents)
            for name in ("sections", "passages", "sentences", "mentions", "statements", "statistics", "relations")
        },
    }
    documents = [records.document for records in plan.documents]
    sources = {each.id: SourceFact(each.source, each.sha256, each.media_type) for each in documents}
    created = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(identifier, created, plan.basis, counts, sources, dict(plan.extractor), files)
    write_synced(staging / manifests.NAME, manifest.to_bytes())


def send(settings: Settings, folder: Path, snapshot: str) -> int | None:
    """Send the graph of a snapshot to the server of the settings; its triples, None where there is no server.

    Of earlier snapshots those stay there that are kept here. Raises GraphServerError.
    """
    server = server_of(settings)
    if server is None:
        return None
    from kg.graph.upload import upload

    kept = [path.name for path in folder.parent.iterdir() if path.is_dir()]
    triples = (quad.triple for quad in store.open_read_only(folder / "graph"))
    return upload(server, snapshot, triples, kept, settings.sparql_max_rows)
