"""The embedder port: texts in, unit vectors out, and the choice between its two backends.

``onnx`` (onnxruntime, no torch) serves the packaged default model; ``sentence-transformers`` serves any other model.
Both give the same vectors for the same weights, so they share one fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.index.model_folder import locate
from kg.settings import Settings


class Embedder(Protocol):
    """Turns texts into vectors; the same text gives the same vector at every call."""

    @property
    def name(self) -> str:
        """The model as the settings name it."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 that identifies weights, tokenizer and pooling."""

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of ``texts`` in their order, shape (n, dimension), each of length 1."""


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that ``settings`` name; its ONNX form is exported where it is missing (seconds, needs torch).

    Raises ModelError, saying what to do, where the model is not there.
    """
    if _backend(settings) == "onnx":
        from kg.index.onnx_embedder import open_onnx

        return open_onnx(settings.embedder, settings.data / "models")
    from kg.index.torch_embedder import open_torch

    return open_torch(settings.embedder)


def _backend(settings: Settings) -> str:
    if settings.embedder_backend != "auto":
        return settings.embedder_backend
    folder = locate(settings.embedder)
    if folder is not None:
        return "onnx" if folder.packaged else "sentence-transformers"
    # An exported default still answers questions where its package is not installed.
    known = settings.embedder == type(settings).model_fields["embedder"].default
    return "onnx" if known else "sentence-transformers"


def check_dimension(vectors: NDArray[np.float32], dimension: int, what: str) -> None:
    """Raise ModelError unless the last axis of ``vectors`` has ``dimension`` numbers."""
    if vectors.shape[-1] != dimension:
        raise ModelError(
            f"{what} holds vectors of {dimension} numbers, got {vectors.shape[-1]}: "
            "it was built with another embedder; name that one, or run 'policyweave ingest' again"
        )
