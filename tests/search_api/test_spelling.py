"""The tokenizer's whole words keep real words from being taken for typing errors."""

from __future__ import annotations

from pathlib import Path

from kg.index.embedder import Embedder
from search_api.spelling import whole_words
from search_api.vocabulary import Vocabulary

KNOWN = Vocabulary.of(["The leading harbours grow by addition."])


def test_real_words_are_not_mended(exported_models: Path, embedder: Embedder) -> None:
    real = whole_words(exported_models, embedder.fingerprint)
    assert KNOWN.correct("addiction") == "addition"
    assert KNOWN.correct("addiction", lambda: real) == "addiction"
    assert KNOWN.correct("harbuors", lambda: real) == "harbours"


def test_without_an_exported_model_there_are_none(tmp_path: Path) -> None:
    assert whole_words(tmp_path, "none") == frozenset()
