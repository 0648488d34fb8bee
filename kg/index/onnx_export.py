"""Export of a model to one ONNX file with pooling and normalisation inside, kept by fingerprint. Needs torch, once.

``models/<fingerprint>/`` holds ``model.onnx``, ``tokenizer.json`` (cut to the model's length, unpadded), ``meta.json``.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import ModelError
from kg.index.model_folder import ModelFolder

_OPSET = 18


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """What ``meta.json`` says: ``files`` maps names to SHA-256, ``stamp`` is that of the folder it came from."""

    name: str
    fingerprint: str
    dimension: int
    max_length: int
    stamp: str
    files: dict[str, str]


def export(source: ModelFolder, models: Path) -> Path:
    """Write the ONNX form of ``source`` below ``models`` unless it is there; returns its folder. Atomic, same bytes."""
    fingerprint = source.fingerprint()
    target = models / fingerprint
    if (target / "meta.json").is_file():
        return target
    models.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=models))
    try:
        dimension = _write_model(source, staging / "model.onnx")
        _write_tokenizer(source, staging / "tokenizer.json")
        files = {name: _digest(staging / name) for name in ("model.onnx", "tokenizer.json")}
        meta = ExportedModel(source.name, fingerprint, dimension, source.max_length(), source.stamp(), files)
        write_meta(staging, meta)
        staging.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        staging.replace(target)
    except OSError as error:
        if not (target / "meta.json").is_file():
            raise ModelError(f"cannot keep the exported model in {models}: {error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


def write_meta(folder: Path, meta: ExportedModel) -> None:
    """Write ``meta.json`` into the folder of an exported model, atomically."""
    temporary = folder / f".meta-{os.getpid()}"
    temporary.write_text(json.dumps(asdict(meta), indent=1, sort_keys=True) + "\n", "utf-8")
    temporary.replace(folder / "meta.json")


def read_meta(folder: Path) -> ExportedModel | None:
    """The ``meta.json`` of an exported model, or None where it is missing or not one."""
    try:
        return ExportedModel(**json.loads((folder / "meta.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tokenizer(source: ModelFolder, target: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(source.path / "tokenizer.json"))
    tokenizer.enable_truncation(source.max_length())
    tokenizer.no_padding()
    tokenizer.save(str(target))


def _write_model(source: ModelFolder, target: Path) -> int:
    """Trace the model with torch; returns its dimension."""
    pooling = source.pooling()
    try:
        import torch
        from transformers import AutoModel
    except ImportError as error:
        raise ModelError(f"exporting the embedder needs torch and transformers, once: {error}") from error
    with _quiet(), torch.inference_mode():
        # The plain attention traces to the same graph on every machine; fused kernels depend on the processor.
        transformer = AutoModel.from_pretrained(source.path, attn_implementation="eager", dtype=torch.float32).eval()
        length = torch.export.Dim("length", min=2, max=source.max_length())
        shapes = {0: torch.export.Dim("batch", min=1, max=4096), 1: length}
        # Two tensors of their own: one passed twice would be traced as a single input.
        ids, mask = torch.arange(5, 23).reshape(2, 9), torch.ones((2, 9), dtype=torch.int64)
        mask[1, 6:] = 0
        encoder = _sentence_encoder(transformer, pooling)
        program = torch.onnx.export(
            encoder,
            (ids, mask),
            dynamo=True,
            dynamic_shapes=(shapes, shapes),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence_embedding"],
            opset_version=_OPSET,
            verbose=False,
        )
        program.save(str(target), external_data=False)
        _prove(target, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}, encoder(ids, mask).numpy())
        return int(transformer.config.hidden_size)


def _prove(model: Path, inputs: dict[str, Any], expected: Any) -> None:
    """Refuse an exported file that does not compute what the original does."""
    import numpy as np
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    if not np.allclose(session.run(None, inputs)[0], expected, atol=1e-4):
        raise ModelError(
            "the exported embedder gives other vectors than the original with these versions of torch and onnxruntime: "
            "set POLICYWEAVE_EMBEDDER_BACKEND=sentence-transformers"
        )


def _sentence_encoder(transformer: Any, pooling: str) -> Any:
    import torch

    class SentenceEncoder(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        """Transformer, pooling over real tokens, normalisation: token ids in, unit vectors out."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            output = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
            )
            hidden = output.last_hidden_state
            if pooling == "cls":
                pooled = hidden[:, 0]
            else:
                real = attention_mask.unsqueeze(-1).to(hidden.dtype)
                pooled = (hidden * real).sum(1) / real.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2.0, dim=1)

    return SentenceEncoder().eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporter's and the loader's chatter off the user's terminal."""
    from transformers.utils import logging as chatter

    loggers = [logging.getLogger(name) for name in ("torch.onnx", "torch.onnx._internal.exporter._registration")]
    before = [logger.level for logger in loggers]
    bars = chatter.is_progress_bar_enabled()
    try:
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        chatter.disable_progress_bar()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
        if bars:
            chatter.enable_progress_bar()
