"""Train the role head from ``sentences.jsonl`` and write its weights: ``python -m ingest.training.train``.

The same sentences, models and library versions give the same bytes. Figures of a five-fold cross-validation are
printed; no text that the project is measured on takes part.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import KFold, cross_val_predict

from ingest.pipeline import language_model
from ingest.statements.role_head import HEADING_SCALE, WEIGHTS, features
from kg.index.embedder import Embedder, open_embedder
from kg.records import Role
from kg.settings import Settings

SENTENCES = Path(__file__).parent / "sentences.jsonl"
ROLES: tuple[Role, ...] = ("measure", "challenge", "outcome", "mechanism")
STRENGTH = 5.0
"""Inverse of the L2 penalty, the best of 1, 3, 5, 10, 30 in cross-validation."""
RARE = 3
"""Features seen in fewer sentences are left out."""
SURE = 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled sentence under its heading."""

    text: str
    heading: str
    roles: frozenset[str]


def main() -> None:
    """Read, train, report, write."""
    settings = Settings()
    examples = read(SENTENCES)
    embedder = open_embedder(settings)
    names, matrix = table(examples, embedder, settings.spacy_model)
    weights, biases = [], []
    for role in ROLES:
        plays = truth(examples, role)
        scores = precision_recall_fscore_support(plays, unseen(matrix, plays) > SURE, average="binary")
        sys.stdout.write(f"{role:10} n {plays.sum():4}  P {scores[0]:.3f}  R {scores[1]:.3f}  F1 {scores[2]:.3f}\n")
        model = _model().fit(matrix, plays)
        weights.append(model.coef_[0])
        biases.append(float(model.intercept_[0]))
    _write(embedder, names, np.array(weights).T, biases)


def table(examples: Sequence[Example], embedder: Embedder, spacy_model: str) -> tuple[list[str], NDArray[np.float64]]:
    """Names of the grammatical features, and all features, (n, 2d + names): two vectors, then a bag of length 1."""
    names, bags = _bags(examples, spacy_model)
    return names, np.hstack([_vectors(examples, embedder), bags])


def truth(examples: Sequence[Example], role: Role) -> NDArray[np.bool_]:
    """Whether each sentence plays the role."""
    return np.array([role in example.roles for example in examples])


def unseen(matrix: NDArray[np.float64], plays: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Probability of each sentence from a head that was fitted without it: five folds, the same each time."""
    folds = KFold(5, shuffle=True, random_state=0)
    judged: NDArray[np.float64] = cross_val_predict(_model(), matrix, plays, cv=folds, method="predict_proba")
    return judged[:, 1]


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=5000)


def read(path: Path) -> list[Example]:
    """The labelled sentences of a JSON Lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Example(row["text"], row.get("heading") or "", frozenset(row["roles"])) for row in rows]


def _vectors(examples: Sequence[Example], embedder: Embedder) -> NDArray[np.float64]:
    sentences = embedder.embed([example.text for example in examples])
    headings = embedder.embed([example.heading for example in examples])
    return np.hstack([sentences, HEADING_SCALE * headings]).astype(np.float64)


def _bags(examples: Sequence[Example], spacy_model: str) -> tuple[list[str], NDArray[np.float64]]:
    """Kept features and an (n, features) matrix whose rows have length 1."""
    nlp = language_model(spacy_model)
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if not name.startswith("policyweave_")]):
        found = [features(doc) for doc in nlp.pipe(example.text for example in examples)]
    counts = Counter(name for row in found for name in row)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    column = {name: index for index, name in enumerate(names)}
    bags = np.zeros((len(examples), len(names)))
    for index, row in enumerate(found):
        known = [column[name] for name in row if name in column]
        if known:
            bags[index, known] = 1 / np.sqrt(len(known))
    return names, bags


def _write(embedder: Embedder, names: Sequence[str], weights: NDArray[np.float64], biases: Sequence[float]) -> None:
    dense = 2 * embedder.dimension
    plain = {
        "fingerprint": embedder.fingerprint,
        "roles": ROLES,
        "bias": np.round(biases, 4).tolist(),
        "dense": np.round(weights[:dense], 4).tolist(),
        "sparse": {name: np.round(row, 3).tolist() for name, row in zip(names, weights[dense:], strict=True)},
    }
    WEIGHTS.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
