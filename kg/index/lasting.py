"""An embedder whose vectors outlast the run: what was embedded once, even before a crash, is not embedded again.

Each vector is a record of a file in ``DATA/work``: the SHA-256 of its text, its numbers, and a checksum, so that the
torn end that a crash leaves is seen and dropped. The vectors of what is indexed come from the live snapshot
(``kg.reuse``); this file has those of what is not: labels, and the documents of a run that is not over.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.index.embedder import Embedder
from kg.staging import write_synced

_KEY = 32
_CHECKSUM = 4


class Lasting:
    """An ``Embedder`` that keeps vectors in a file below ``work``. Only the holder of the writer's lock may have one.

    ``embedded`` counts the texts that ``inner`` was asked for.

    A file that is damaged, or that cannot be written, costs time and nothing else.
    """

    def __init__(self, inner: Embedder, work: Path) -> None:
        self.inner = inner
        self._place = work / f"vectors-{inner.fingerprint[:32]}"
        self._size = _KEY + 4 * inner.dimension + _CHECKSUM
        self._writable = True
        self._known = self._read()
        self._asked: set[bytes] = set()
        self.embedded = 0

    @property
    def name(self) -> str:
        """The inner embedder's name."""
        return self.inner.name

    @property
    def fingerprint(self) -> str:
        """The inner embedder's fingerprint."""
        return self.inner.fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self.inner.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of ``texts`` in their order, shape (n, dimension), each of length 1."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            order = sorted(new, key=lambda key: new[key])
            vectors = self.inner.embed([new[key] for key in order])
            self.embedded += len(order)
            self._known.update(zip(order, vectors, strict=True))
            self._append(order)
        self._asked.update(keys)
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[key] for key in keys])

    def settle(self) -> None:
        """Drop the vectors that nobody asked for since this was opened, and those of other models."""
        self._known = {key: self._known[key] for key in sorted(self._asked)}
        try:
            write_synced(self._place, b"".join(self._record(key) for key in self._known))
            for other in self._place.parent.glob("vectors-*"):
                if other != self._place:
                    other.unlink()
        except OSError:
            self._writable = False

    def _record(self, key: bytes) -> bytes:
        content = key + self._known[key].astype("<f4").tobytes()
        return content + zlib.crc32(content).to_bytes(_CHECKSUM, "little")

    def _append(self, keys: Sequence[bytes]) -> None:
        if not self._writable:
            return
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            with self._place.open("ab") as file:
                file.write(b"".join(self._record(key) for key in keys))
        except OSError:
            # Half a record may stand at the end now: nothing may be written behind it.
            self._writable = False

    def _read(self) -> dict[bytes, NDArray[np.float32]]:
        try:
            content = self._place.read_bytes()
            if torn := len(content) % self._size:
                os.truncate(self._place, len(content) - torn)
        except FileNotFoundError:
            return {}
        except OSError:
            self._writable = False
            return {}
        known = {}
        for start in range(0, len(content) - self._size + 1, self._size):
            record = content[start : start + self._size]
            body, checksum = record[:-_CHECKSUM], record[-_CHECKSUM:]
            if zlib.crc32(body) == int.from_bytes(checksum, "little"):
                known[body[:_KEY]] = np.frombuffer(body, dtype="<f4", offset=_KEY).astype(np.float32)
        return known
