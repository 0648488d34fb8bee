"""Vectors that the live snapshot holds already: nothing is embedded twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import SnapshotError
from kg.index.embedder import Embedder
from kg.index.texts import indexed_texts
from kg.snapshot import Snapshot, open_snapshot, read_manifest
from kg.staging import hash_file

Vectors = dict[str, NDArray[np.float32]]


def known_vectors(data: Path, embedder: Embedder) -> Vectors:
    """Vectors of the live snapshot by their texts; none where it had another model or a byte of it is damaged."""
    try:
        live = open_snapshot(data)
        return vectors_of(live, embedder) if intact(live.path) else {}
    except SnapshotError:
        return {}


def vectors_of(snapshot: Snapshot, embedder: Embedder) -> Vectors:
    """Vectors of an intact snapshot by their texts; none where it had another model."""
    return _by_text(snapshot) if snapshot.manifest.basis.fingerprint == embedder.fingerprint else {}


def embed_new(texts: list[str], embedder: Embedder, known: Vectors) -> NDArray[np.float32]:
    """Vectors (n, d) of ``texts``; those that are not ``known`` are embedded, each once, and added to it."""
    fresh = sorted({text for text in texts if text not in known})
    if fresh:
        known.update(zip(fresh, embedder.embed(fresh), strict=True))
    if not texts:
        return np.empty((0, embedder.dimension), dtype=np.float32)
    return np.stack([known[text] for text in texts])


def intact(path: Path) -> bool:
    """Whether a snapshot is in the folder ``path`` with every byte as its manifest says."""
    try:
        return all(hash_file(path / name) == fact for name, fact in read_manifest(path).files.items())
    except (SnapshotError, OSError):
        return False


def _by_text(snapshot: Snapshot) -> Vectors:
    texts = indexed_texts(list(snapshot.documents.values()), snapshot.concepts)
    known: Vectors = {}
    for name, rows in texts.items():
        index = snapshot.vectors(name)
        known.update((text, index.vector(identifier)) for identifier, text in rows.items() if identifier in index)
    return known
