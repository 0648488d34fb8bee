"""Retrieval on a public test collection by the product's own indexes: by meaning, by words, both, side by side.

    python benchmarks/retrieval.py COLLECTION [--cache DIR]

COLLECTION is a folder in the BEIR layout (corpus.jsonl, queries.jsonl, qrels/test.tsv), e.g. SciFact. The cache keeps
the vectors and the exported model for the next run; embedding SciFact takes 18 minutes of CPU. Nothing is fitted
to the collection: the weight of meaning is the product's (``kg.index.hybrid.MEANING``).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np
import spacy
from collection import Collection, document_of, read
from measures import interval, ndcg, recall
from numpy.typing import NDArray

from kg.identifiers import sha256
from kg.index.embedder import Embedder, open_embedder
from kg.index.hybrid import MEANING, Fused, HybridIndex, Scale
from kg.index.vectors import VectorIndex
from kg.index.words import WordIndex
from kg.settings import Settings

# Passages looked at for each query: enough for a hundred documents.
DEPTH = 400
SHOWN = 100
RERANKED = 100
TIMED = 10
BATCH = 500
Vectors = NDArray[np.float32]
Searching = Callable[[str, Vectors, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """One way to search: for each query the documents in order, and CPU seconds for its first ``TIMED`` passages."""

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
        _report(collection, list(_runs(collection, open_embedder(settings), cache, Path(scratch))))


def _runs(collection: Collection, embedder: Embedder, cache: Path, scratch: Path) -> Iterator[Run]:
    queries = dict(zip(collection.queries, _embedded(collection.queries, embedder, cache / "queries.npz"), strict=True))
    vectors = VectorIndex.build(
        list(collection.passages), _embedded(collection.passages, embedder, cache / "passages.npz")
    )
    WordIndex.build(scratch / "words", ((name, "passage", text) for name, text in collection.passages.items()))
    words = WordIndex.open(scratch / "words")
    for name, meaning in (("words", 0.0), ("meaning", 1.0), (f"both, {MEANING:.1f} meaning", MEANING)):
        yield _run(name, collection, queries, partial(_search, HybridIndex(vectors, words, "passage", meaning)))
    sentences = VectorIndex.build(
        list(collection.sentences), _embedded(collection.sentences, embedder, cache / "sentences.npz")
    )
    both = HybridIndex(vectors, words, "passage")
    yield _run("both, by best sentence", collection, queries, partial(_reranked, both, Sentences.of(sentences)))


def _search(index: HybridIndex, text: str, vector: Vectors, k: int) -> list[str]:
    return _documents(index.search(text, vector, k))


@dataclass(frozen=True, slots=True)
class Sentences:
    """The vectors of sentences and the ids of those in each passage."""

    vectors: VectorIndex
    inside: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, vectors: VectorIndex) -> Sentences:
        """Group sentences by their passage."""
        inside: dict[str, list[str]] = {}
        for name in vectors.ids:
            inside.setdefault(name.rpartition(".")[0], []).append(name)
        return cls(vectors, inside)

    def nearness(self, hit: Fused, vector: Vectors) -> float:
        """The mean of the cosines of a passage and of its best sentence."""
        cosines = self.vectors.cosines(vector, self.inside.get(hit.id, ()))
        return (hit.dense + max(cosines, default=hit.dense)) / 2


def _reranked(index: HybridIndex, sentences: Sentences, text: str, vector: Vectors, k: int) -> list[str]:
    """The fusion once more over the best passages, with the nearness of passage and sentence for its meaning."""
    hits = index.search(text, vector, max(k, RERANKED))
    near = {hit.id: sentences.nearness(hit, vector) for hit in hits[:RERANKED]}
    scale = Scale(max(near.values()), 1.0, MEANING)
    best = sorted(hits[:RERANKED], key=lambda hit: (-scale.fuse(near[hit.id], hit.lexical), hit.id))
    return _documents([*best, *hits[RERANKED:]])


def _documents(hits: Sequence[Fused]) -> list[str]:
    """Documents in the order of their best passage."""
    return list(dict.fromkeys(document_of(hit.id) for hit in hits))[:SHOWN]


def _run(name: str, collection: Collection, queries: Mapping[str, Vectors], search: Searching) -> Run:
    seconds = []
    for query, text in collection.queries.items():
        began = time.process_time()
        search(text, queries[query], TIMED)
        seconds.append(time.process_time() - began)
    return Run(
        name, {query: search(text, queries[query], DEPTH) for query, text in collection.queries.items()}, seconds
    )


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


def _report(collection: Collection, runs: Sequence[Run]) -> None:
    """The table; the last column says how much more a run gains than the product's fusion, query by query."""
    gains = {run.name: [ndcg(run.ranked[q], grades, 10) for q, grades in collection.judged.items()] for run in runs}
    product = gains[runs[2].name]
    print(f"{'':24} {'nDCG@10':>24} {'recall@10':>10} {'recall@100':>11} {'CPU ms':>7} {'against the fusion':>26}")
    for run in runs:
        of = gains[run.name]
        ten, hundred = (mean(recall(run.ranked[q], g, k) for q, g in collection.judged.items()) for k in (10, 100))
        more = [a - b for a, b in zip(of, product, strict=True)]
        print(
            f"{run.name:24} {_with_interval(of, ''):>24} {ten:10.3f} {hundred:11.3f} {mean(run.seconds) * 1000:7.1f} "
            f"{_with_interval(more, '+'):>26}"
        )


def _with_interval(values: Sequence[float], sign: str) -> str:
    low, high = interval(values)
    return f"{mean(values):{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"


if __name__ == "__main__":
    main()
