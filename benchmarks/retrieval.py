"""Retrieval on a public test collection by the product's own indexes: by meaning, by words, both, side by side.

    python benchmarks/retrieval.py COLLECTION [--cache DIR]

COLLECTION is a folder in the BEIR layout (corpus.jsonl, queries.jsonl, qrels/test.tsv), e.g. SciFact. The cache keeps
the vectors and the exported model for the next run; embedding SciFact takes some 18 minutes of CPU. Nothing is fitted
to the collection: the weight of meaning is the product's (``kg.index.hybrid.MEANING``).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np
import spacy
from collection import Collection, document_of, read
from measures import interval, ndcg, recall
from numpy.typing import NDArray

from kg.identifiers import sha256
from kg.index.embedder import Embedder, open_embedder
from kg.index.hybrid import MEANING, Fused, HybridIndex
from kg.index.vectors import VectorIndex
from kg.index.words import WordIndex
from kg.settings import Settings

# Passages looked at for each query: enough for a hundred documents.
DEPTH = 400
SHOWN = 100
BATCH = 500
Vectors = NDArray[np.float32]
Searching = Callable[[str, Vectors], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """One way to search: for each query the documents in order, and the seconds it took."""

    name: str
    ranked: Mapping[str, Sequence[str]]
    seconds: Sequence[float]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--cache", type=Path, default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        cache.mkdir(parents=True, exist_ok=True)
        settings = Settings(data=cache)
        collection = read(options.collection, spacy.load(settings.spacy_model))
        print(
            f"{collection.documents:,} documents, {len(collection.passages):,} passages, "
            f"{len(collection.queries)} queries"
        )
        _report(collection, _runs(collection, open_embedder(settings), cache, Path(scratch)))


def _runs(collection: Collection, embedder: Embedder, cache: Path, scratch: Path) -> Iterable[Run]:
    queries = dict(zip(collection.queries, _embedded(collection.queries, embedder, cache / "queries.npz"), strict=True))
    vectors = VectorIndex.build(
        list(collection.passages), _embedded(collection.passages, embedder, cache / "passages.npz")
    )
    WordIndex.build(scratch / "words", ((name, "passage", text) for name, text in collection.passages.items()))
    words = WordIndex.open(scratch / "words")
    for name, meaning in (("words", 0.0), ("meaning", 1.0), (f"both, {MEANING:.1f} meaning", MEANING)):
        index = HybridIndex(vectors, words, "passage", meaning)
        yield _run(
            name, collection, queries, lambda text, vector, index=index: _documents(index.search(text, vector, DEPTH))
        )


def _documents(hits: Sequence[Fused]) -> list[str]:
    """Documents in the order of their best passage."""
    return list(dict.fromkeys(document_of(hit.id) for hit in hits))[:SHOWN]


def _run(name: str, collection: Collection, queries: Mapping[str, Vectors], search: Searching) -> Run:
    ranked, seconds = {}, []
    for query, text in collection.queries.items():
        began = time.perf_counter()
        ranked[query] = search(text, queries[query])
        seconds.append(time.perf_counter() - began)
    return Run(name, ranked, seconds)


def _embedded(texts: Mapping[str, str], embedder: Embedder, place: Path) -> Vectors:
    """Vectors of texts in their order, kept in ``place``."""
    keys = np.array([sha256(f"{embedder.fingerprint} {text}".encode()) for text in texts.values()])
    if place.is_file():
        kept = np.load(place)
        if np.array_equal(kept["keys"], keys):
            vectors: Vectors = kept["vectors"]
            return vectors
    rows = list(texts.values())
    vectors = np.concatenate([embedder.embed(rows[at : at + BATCH]) for at in range(0, len(rows), BATCH)])
    np.savez(place, keys=keys, vectors=vectors)
    return vectors


def _report(collection: Collection, runs: Iterable[Run]) -> None:
    print(f"{'':28} {'nDCG@10':>8} {'95 % interval':>15} {'recall@10':>10} {'recall@100':>11} {'median ms':>10}")
    for run in runs:
        gains = [ndcg(run.ranked[q], grades, 10) for q, grades in collection.judged.items()]
        low, high = interval(gains)
        shares = (mean(recall(run.ranked[q], grades, k) for q, grades in collection.judged.items()) for k in (10, 100))
        ten, hundred = shares
        print(
            f"{run.name:28} {mean(gains):8.4f} {f'{low:.3f} – {high:.3f}':>15} {ten:10.3f} {hundred:11.3f} "
            f"{median(run.seconds) * 1000:10.1f}"
        )


if __name__ == "__main__":
    main()
