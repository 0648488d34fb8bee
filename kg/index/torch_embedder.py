"""The embedder for any model that sentence-transformers can load, and for a GPU. The default never imports it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.index.model_folder import ModelFolder, locate


class TorchEmbedder:
    """Embeds with sentence-transformers; ``model`` is a loaded ``SentenceTransformer``."""

    def __init__(self, source: ModelFolder, model: Any) -> None:
        self._model = model
        self._model.max_seq_length = source.max_length()
        self._name = source.name
        self._fingerprint = source.fingerprint()
        self._dimension = int(model.get_embedding_dimension())

    @property
    def name(self) -> str:
        """The model as the settings name it."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """SHA-256 that identifies weights, tokenizer and pooling."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of ``texts`` in their order, shape (n, dimension), each of length 1."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def open_torch(name: str) -> TorchEmbedder:
    """Load the model ``name``: a path, an installed package or a name in the local model cache. Nothing is fetched."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    source = locate(name) or _cached(name)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError(f"the embedder '{name}' needs sentence-transformers: {error}") from error
    try:
        model = SentenceTransformer(str(source.path))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"sentence-transformers cannot load '{name}' from {source.path}: {error}") from error
    return TorchEmbedder(source, model)


def _cached(name: str) -> ModelFolder:
    try:
        from huggingface_hub import snapshot_download

        return ModelFolder(name, Path(snapshot_download(name, local_files_only=True)), packaged=False)
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"the embedder '{name}' is neither a folder, nor an installed package, nor in the local model cache "
            "(nothing is fetched while answering): give the path of its folder in POLICYWEAVE_EMBEDDER, "
            f"or fetch it once with 'hf download {name}'"
        ) from error
