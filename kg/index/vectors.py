"""Exact search by meaning: a flat FAISS index of unit vectors and the ids of its rows.

Rows are sorted by id, so that equal scores come in the order of their ids whatever the library's heap does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from kg.errors import SnapshotError
from kg.index.embedder import check_dimension
from kg.index.hits import Hit

# Cosines that differ by less are a tie: the same vectors score a few units of the last place apart in other positions.
_DIGITS = 6
_SPARE = 16


class VectorIndex:
    """Ids and their vectors, made with ``build`` or ``open``; may be searched from several threads."""

    def __init__(self, ids: tuple[str, ...], index: Any) -> None:
        self.ids = ids
        self._index = index

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return int(self._index.d)

    @classmethod
    def build(cls, ids: Sequence[str], matrix: NDArray[np.float32]) -> VectorIndex:
        """Index of ``matrix`` (n, d), a row for each id; ValueError where they do not pair up or an id repeats."""
        if matrix.ndim != 2 or len(ids) != len(matrix) or len(set(ids)) != len(ids):
            raise ValueError(f"{len(ids)} ids ({len(set(ids))} different) for a matrix of shape {matrix.shape}")
        order = sorted(range(len(ids)), key=lambda row: ids[row])
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix[order], dtype=np.float32))
        return cls(tuple(ids[row] for row in order), index)

    def save(self, folder: Path, name: str) -> None:
        """Write ``<name>.faiss`` and ``<name>.ids`` into ``folder``; OSError where that fails."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            faiss.write_index(self._index, str(folder / f"{name}.faiss"))
        except RuntimeError as error:
            raise OSError(f"cannot write {folder / name}.faiss: {error}") from error
        (folder / f"{name}.ids").write_text("".join(f"{row}\n" for row in self.ids), "utf-8")

    @classmethod
    def open(cls, folder: Path, name: str) -> VectorIndex:
        """Open what ``save`` wrote; the vectors are mapped, shared between processes and read when needed."""
        try:
            index = faiss.read_index(str(folder / f"{name}.faiss"), faiss.IO_FLAG_MMAP_IFC)
            ids = tuple((folder / f"{name}.ids").read_text("utf-8").splitlines())
        except (OSError, RuntimeError, UnicodeDecodeError) as error:
            raise SnapshotError(f"the vectors '{name}' in {folder} cannot be read: run 'policyweave verify'") from error
        if len(ids) != index.ntotal:
            raise SnapshotError(f"the vectors '{name}' in {folder} do not match their ids: run 'policyweave verify'")
        return cls(ids, index)

    def search(self, query: NDArray[np.float32], k: int, allowed: Collection[str] | None = None) -> list[Hit]:
        """The ``k`` rows nearest to ``query`` (d,), best first, ties by id.

        With ``allowed`` only these ids count, and as many as ``k`` asks for and exist come back: nothing is cut before
        the filter. ModelError where the dimension is another.
        """
        check_dimension(query, self.dimension, "the index")
        rows = None if allowed is None else self._rows(allowed)
        total = len(self) if rows is None else len(rows)
        wanted = min(k, total)
        if wanted <= 0:
            return []
        scores, found = self._candidates(query, wanted, total, rows)
        rounded = np.round(scores.astype(np.float64), _DIGITS)
        best = np.lexsort((found, -rounded))[:wanted]
        return [
            Hit(self.ids[row], score) for row, score in zip(found[best].tolist(), rounded[best].tolist(), strict=True)
        ]

    def cosines(self, query: NDArray[np.float32], ids: Sequence[str]) -> list[float]:
        """Cosines of ``query`` (d,) to some ids; the same number for an id in whatever company it is asked for.

        KeyError where an id is not in the index, ModelError where the dimension is another.
        """
        check_dimension(query, self.dimension, "the index")
        rows = [self._row(identifier) for identifier in ids]
        if None in rows:
            raise KeyError(ids[rows.index(None)])
        if not rows:
            return []
        vectors = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64)).astype(np.float64)
        # Products row by row: a matrix product rounds differently with the number of rows.
        products: NDArray[np.float64] = (vectors * query.astype(np.float64)).sum(axis=1)
        cosines: list[float] = np.round(products, _DIGITS).tolist()
        return cosines

    def vector(self, identifier: str) -> NDArray[np.float32]:
        """The vector (d,) of one id; KeyError where it is not in the index."""
        row = self._row(identifier)
        if row is None:
            raise KeyError(identifier)
        vector: NDArray[np.float32] = self._index.reconstruct(row)
        return vector

    def __contains__(self, identifier: object) -> bool:
        return isinstance(identifier, str) and self._row(identifier) is not None

    def _row(self, identifier: str) -> int | None:
        row = bisect_left(self.ids, identifier)
        return row if row < len(self.ids) and self.ids[row] == identifier else None

    def _rows(self, allowed: Collection[str]) -> list[int]:
        found = (self._row(identifier) for identifier in set(allowed))
        return [row for row in found if row is not None]

    def _candidates(
        self, query: NDArray[np.float32], wanted: int, total: int, rows: list[int] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Scores and rows of at least ``wanted`` of them, with every row that ties with the last wanted one."""
        parameters, _keep = _selection(len(self), rows)
        matrix = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        fetch = min(total, wanted + _SPARE)
        while True:
            scores, found = self._index.search(matrix, fetch, params=parameters)
            if fetch == total or scores[0, -1] < scores[0, wanted - 1] - 2 * 10**-_DIGITS:
                return scores[0], found[0]
            fetch = min(total, fetch * 2)


def _selection(size: int, rows: list[int] | None) -> tuple[Any, Any]:
    """Search parameters that admit ``rows`` only, and what must stay alive while they are used."""
    if rows is None:
        return None, None
    mask = np.zeros(size, dtype=bool)
    mask[rows] = True
    library: Any = faiss  # its stubs describe the C++ constructors, not the Python ones
    selector = library.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
    return library.SearchParameters(sel=selector), selector
