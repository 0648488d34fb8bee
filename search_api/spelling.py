"""Words that are words: what the embedder's tokenizer holds in one piece is no typing error, indexed or not."""

from __future__ import annotations

import json
from pathlib import Path


def whole_words(models: Path, fingerprint: str) -> frozenset[str]:
    """Whole words in the vocabulary of an exported model; none where the model was not exported."""
    try:
        vocabulary = json.loads((models / fingerprint / "tokenizer.json").read_bytes())["model"]["vocab"]
    except (OSError, ValueError, KeyError):
        return frozenset()
    return frozenset(word for word in vocabulary if word.isalpha())
