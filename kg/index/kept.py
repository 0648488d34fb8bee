"""Vectors of fixed texts (the names in a thesaurus), kept beside the models: they are embedded once, not once a run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.identifiers import sha256
from kg.index.embedder import Embedder
from kg.staging import write_synced


def embed_kept(texts: Sequence[str], embedder: Embedder, models: Path) -> NDArray[np.float32]:
    """Vectors (n, d) of ``texts`` in their order, from the folder ``models`` if it has them, else made and kept there.

    A file that is damaged, or that cannot be written, costs time and nothing else.
    """
    key = sha256("\x1f".join([embedder.fingerprint, *texts]).encode())[:32]
    place = models / f"texts-{key}.npy"
    kept = _read(place)
    if kept is not None and kept.shape == (len(texts), embedder.dimension):
        return kept
    vectors = embedder.embed(texts)
    _write(place, vectors)
    return vectors


def _read(place: Path) -> NDArray[np.float32] | None:
    try:
        found = np.load(place, allow_pickle=False)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    return found if isinstance(found, np.ndarray) and found.dtype == np.float32 else None


def _write(place: Path, vectors: NDArray[np.float32]) -> None:
    buffer = io.BytesIO()
    np.save(buffer, vectors)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_synced(place, buffer.getvalue())
    except OSError:
        return
