"""A published snapshot, opened to be read: records, texts, vectors, words and graph that belong together.

Opening checks what is cheap (the manifest, its format, the size of each file); parts are read when first used.
``kg.verification`` checks everything.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg import manifest as manifests
from kg.errors import ModelError, SnapshotError
from kg.index.embedder import Embedder
from kg.index.vectors import VectorIndex
from kg.index.words import WordIndex
from kg.manifest import Manifest
from kg.records import Concept, DocumentRecords
from kg.serialization import concepts_from_json, document_from_json

_POINTER = re.compile(rb"[0-9a-f]{32}\n")
_DAMAGED = "run 'policyweave verify' to see what is wrong and 'policyweave ingest --rebuild' to build it again"


class Snapshot:
    """One snapshot. May be used from several threads; each part is read once, when first asked for."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self.documents: Mapping[str, DocumentRecords] = _Documents(path, manifest)
        self._lock = threading.RLock()
        self._vectors: dict[str, VectorIndex] = {}
        self._words: WordIndex | None = None
        self._concepts: tuple[Concept, ...] | None = None

    @property
    def id(self) -> str:
        """Id of the snapshot, from its content."""
        return self.manifest.id

    @property
    def graph_path(self) -> Path:
        """Folder of the graph store; open it with ``kg.graph.store.open_read_only``."""
        return self.path / "graph"

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, sorted by IRI."""
        with self._lock:
            if self._concepts is None:
                self._concepts = concepts_from_json(_read_json(self.path / "concepts.json"))
            return self._concepts

    @property
    def words(self) -> WordIndex:
        """The word index; kinds are passage, sentence, statement and concept."""
        with self._lock:
            if self._words is None:
                self._words = WordIndex.open(self.path / "words")
            return self._words

    def vectors(self, name: str) -> VectorIndex:
        """The vectors of ``passages``, ``sentences``, ``statements`` or ``concepts``."""
        with self._lock:
            if name not in self._vectors:
                self._vectors[name] = VectorIndex.open(self.path / "vectors", name)
            return self._vectors[name]

    def check_embedder(self, embedder: Embedder) -> None:
        """Raise ModelError unless ``embedder`` gives the vectors that this snapshot was built with."""
        basis = self.manifest.basis
        if (embedder.fingerprint, embedder.dimension) != (basis.fingerprint, basis.dimension):
            raise ModelError(
                f"this index was built with the embedder '{basis.model}' ({basis.fingerprint[:12]}), the settings name "
                f"'{embedder.name}' ({embedder.fingerprint[:12]}): set POLICYWEAVE_EMBEDDER={basis.model}, or run "
                "'policyweave ingest' to build the index with the other one"
            )


class _Documents(Mapping[str, DocumentRecords]):
    """Documents by id, in the order of ids, each read when first asked for."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self._path = path
        self._ids = dict.fromkeys(manifest.documents)
        self._read: dict[str, DocumentRecords] = {}

    def __getitem__(self, identifier: str) -> DocumentRecords:
        if identifier not in self._ids:
            raise KeyError(identifier)
        if identifier not in self._read:
            # Two threads may both read it; the records are equal and the last assignment wins.
            self._read[identifier] = read_document(self._path, identifier)
        return self._read[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class SnapshotReader:
    """Gives the live snapshot and follows the swap to a new one without a restart."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """The live snapshot, opened anew when another one was published since the last call."""
        live = current_id(self._data)
        with self._lock:
            if self._snapshot is None or self._snapshot.id != live:
                self._snapshot = open_snapshot(self._data)
            return self._snapshot


def current_id(data: Path) -> str:
    """Id of the live snapshot; SnapshotError where nothing was published."""
    place = data / "current"
    try:
        written = place.read_bytes()
    except FileNotFoundError as error:
        raise SnapshotError(
            f"there is no knowledge base in {data}: run 'policyweave ingest PATH' to build one"
        ) from error
    except OSError as error:
        raise SnapshotError(f"{place} cannot be read ({error.strerror}): check its permissions") from error
    if not _POINTER.fullmatch(written):
        raise SnapshotError(f"{place} is damaged: run 'policyweave ingest --rebuild' with all sources")
    return written.decode().strip()


def open_snapshot(data: Path) -> Snapshot:
    """Open the live snapshot of a data folder; SnapshotError where there is none or it is visibly damaged."""
    identifier = current_id(data)
    try:
        return open_folder(data / "snapshots" / identifier)
    except SnapshotError:
        # A writer may have published and pruned in between: then there is another one to open.
        if current_id(data) == identifier:
            raise
        return open_folder(data / "snapshots" / current_id(data))


def open_folder(path: Path) -> Snapshot:
    """Open one snapshot by its folder, after the cheap checks."""
    manifest = read_manifest(path)
    if manifest.id != path.name:
        raise SnapshotError(f"{path} holds the snapshot {manifest.id}: {_DAMAGED}")
    for name, fact in manifest.files.items():
        try:
            size = (path / name).stat().st_size
        except OSError as error:
            raise SnapshotError(f"{path / name} is missing: {_DAMAGED}") from error
        if size != fact.size:
            raise SnapshotError(f"{path / name} has {size} bytes, its manifest says {fact.size}: {_DAMAGED}")
    return Snapshot(path, manifest)


def read_manifest(path: Path) -> Manifest:
    """The manifest of the snapshot in ``path``; SnapshotError where it is missing or damaged."""
    place = path / manifests.NAME
    try:
        return manifests.parse(place.read_bytes(), str(place))
    except OSError as error:
        raise SnapshotError(f"{place} cannot be read ({error.strerror}): {_DAMAGED}") from error


def read_document(path: Path, identifier: str) -> DocumentRecords:
    """Records and text of one document of the snapshot in ``path``."""
    place = path / "documents" / f"{identifier}.json"
    try:
        text = (path / "texts" / f"{identifier}.txt").read_bytes().decode()
        return document_from_json(_read_json(place), text)
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(f"the text of {identifier} cannot be read ({error}): {_DAMAGED}") from error
    except SnapshotError as error:
        raise SnapshotError(f"{place}: {error}") from error


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{path} cannot be read ({error}): {_DAMAGED}") from error
