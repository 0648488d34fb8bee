"""A sentence-embedding model as files on disk: where it lies, what it is (fingerprint) and how it pools.

Nothing here imports a machine-learning library, so that a query can tell which model it needs without loading one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ModelError

RECIPE = "policyweave-embedding-1"
_READ = (
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
    "config.json",
    "modules.json",
    "sentence_bert_config.json",
)
_DEFAULT_LENGTH = 256
_POOLINGS = {"mean_tokens": "mean", "cls_token": "cls"}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model in the sentence-transformers layout. ``packaged`` tells one that came inside an installed package."""

    name: str
    path: Path
    packaged: bool

    def files(self) -> list[Path]:
        """Files that decide the vectors: weights, tokenizer and the configuration of each module, sorted."""
        weights = sorted(self.path.glob("*.safetensors")) or sorted(self.path.glob("pytorch_model*.bin"))
        if not weights:
            raise ModelError(f"the model '{self.name}' in {self.path} has no weights (*.safetensors): install it again")
        read = [self.path / name for name in _READ]
        modules = self.path.glob("*/config.json")
        return sorted([*weights, *(path for path in read if path.is_file()), *modules])

    def fingerprint(self) -> str:
        """SHA-256 over the recipe and all ``files()`` (which are read): equal fingerprints give equal vectors."""
        total = hashlib.sha256(RECIPE.encode())
        for path in self.files():
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            total.update(f"\x1f{path.relative_to(self.path).as_posix()}\x1f{content}".encode())
        return total.hexdigest()

    def stamp(self) -> str:
        """Sizes and modification times of ``files()`` as one hash: the same stamp means nothing was touched since."""
        facts = [f"{path}\x1f{path.stat().st_size}\x1f{path.stat().st_mtime_ns}" for path in self.files()]
        return hashlib.sha256("\x1e".join(facts).encode()).hexdigest()

    def max_length(self) -> int:
        """Tokens a text is cut to."""
        return int(self._config("sentence_bert_config.json").get("max_seq_length") or _DEFAULT_LENGTH)

    def pooling(self) -> str:
        """``mean`` or ``cls``; ModelError where the modules are others than transformer, pooling, normalisation."""
        modules = [str(module["type"]).rsplit(".", 1)[-1] for module in self._modules()]
        config = self._config("1_Pooling/config.json")
        modes = [key for key, on in config.items() if key.startswith("pooling_mode_") and on]
        known = _POOLINGS.get(modes[0].removeprefix("pooling_mode_")) if len(modes) == 1 else None
        if modules not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) or known is None:
            raise ModelError(
                f"the model '{self.name}' pools in a way the onnx backend cannot export: "
                "set POLICYWEAVE_EMBEDDER_BACKEND=sentence-transformers"
            )
        return known

    def _modules(self) -> list[dict[str, object]]:
        path = self.path / "modules.json"
        return list(json.loads(path.read_text("utf-8"))) if path.is_file() else []

    def _config(self, name: str) -> dict[str, int | None]:
        path = self.path / name
        return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def locate(name: str) -> ModelFolder | None:
    """Find a model by path or by the name of an installed package that carries it (the package is not imported)."""
    if _is_model(path := Path(name)):
        return ModelFolder(name, path.resolve(), packaged=False)
    package = name.replace("-", "_")
    spec = importlib.util.find_spec(package) if package.isidentifier() else None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for folder in (Path(place) / "model", Path(place)):
            if _is_model(folder):
                return ModelFolder(name, folder, packaged=True)
    return None


def _is_model(path: Path) -> bool:
    return (path / "modules.json").is_file() or (path / "config.json").is_file()
