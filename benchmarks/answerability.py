"""Fit and check what decides whether a question is answered, on questions written for this over the built-in papers.

    python benchmarks/answerability.py fit DATA [DATA …]        writes search_api/answerability.json
    python benchmarks/answerability.py report DATA [DATA …]     what the numbers in use do, by half and by kind

DATA is a folder with an index of the five digests or of the five papers that they retell. The questions beside this
file are split in halves: weights, scaling and cut come from the calibration half alone. A question that a rule refuses
(a place that no document names) says nothing about the weights and is left out of the fit, not of the report.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from kg.settings import Settings
from search_api.answerability import NUMBERS, Features, features
from search_api.service import NO_FILTERS, Service

QUESTIONS = Path(__file__).with_name("answerability.jsonl")
FOLDS = 10
# Of the questions that people ask, so many are taken to have an answer. The model is fitted as if half had one, and
# refuses where, after this correction, no answer is the likelier: the cut follows from this alone, not from a scan.
ANSWERABLE = 0.75


@dataclass(frozen=True, slots=True)
class Asked:
    """One question over one index: its features, None where a rule refuses it, and whether it is refused now."""

    question: str
    answerable: bool
    kind: str
    split: str
    features: Features | None
    refused: bool


def main() -> None:
    """Fit, or report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("fit", "report"))
    parser.add_argument("data", type=Path, nargs="+")
    given = parser.parse_args()
    if given.task == "fit":
        _fit([asked for data in given.data for asked in _asked(data)])
        return
    for data in given.data:
        _report(data, list(_asked(data)))


def _asked(data: Path) -> Iterator[Asked]:
    service = Service(Settings(data=data))
    world = service.world()
    for line in QUESTIONS.read_text("utf-8").splitlines():
        entry = json.loads(line)
        found = service.findings(world, entry["question"], NO_FILTERS)
        verdict = service.verdict(world, found)
        known = features(world.catalog, found.question, found.fit, found.signals, found.ranked)
        ruled = verdict.status == "no_answer" and verdict.probability == 0.0
        yield Asked(
            entry["question"],
            bool(entry["answerable"]),
            entry["kind"],
            entry["split"],
            None if ruled else known,
            verdict.status == "no_answer",
        )


def _fit(asked: Sequence[Asked]) -> None:
    used = [a for a in asked if a.split == "calibration" and a.features is not None]
    matrix = np.array([astuple(a.features) for a in used if a.features is not None])
    truth = np.array([a.answerable for a in used])
    groups = np.array([sorted({a.question for a in used}).index(a.question) for a in used])
    unseen = cross_val_predict(_untrained(), matrix, truth, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")
    cut = 1 - ANSWERABLE
    trained = _untrained().fit(matrix, truth)
    NUMBERS.write_text(json.dumps(_plain(trained, cut), indent=1) + "\n", "utf-8")
    print(f"{len(used)} questions; area under the curve, cross-validated: {roc_auc_score(truth, unseen[:, 1]):.3f}")
    print(f"cut {cut:.3f}: {np.mean(unseen[truth, 1] >= cut):.3f} kept, {np.mean(unseen[~truth, 1] < cut):.3f} refused")


def _untrained() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, class_weight="balanced"))


def _plain(trained: Pipeline, cut: float) -> dict[str, object]:
    scaler, head = trained.steps[0][1], trained.steps[1][1]

    def rounded(values: NDArray[np.float64]) -> list[float]:
        return [round(float(value), 4) for value in values]

    return {
        "features": list(Features.__dataclass_fields__),
        "mean": rounded(scaler.mean_),
        "scale": rounded(scaler.scale_),
        "weights": rounded(head.coef_[0]),
        "bias": round(float(head.intercept_[0]), 4),
        "cut": round(cut, 3),
    }


def _report(data: Path, asked: Sequence[Asked]) -> None:
    print(f"\n{data}: share answered of the answerable, share refused of the others")
    for split in ("calibration", "held-out"):
        _line(split, [a for a in asked if a.split == split])
    groups: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        if each.split == "held-out":
            groups[each.kind].append(each)
    for kind, members in sorted(groups.items()):
        _line(f"  held-out, {kind}", members)


def _line(name: str, asked: Sequence[Asked]) -> None:
    kept = [not a.refused for a in asked if a.answerable]
    refused = [a.refused for a in asked if not a.answerable]
    shares = (f"{sum(x) / len(x):6.3f} of {len(x):3}" if x else " " * 13 for x in (kept, refused))
    print(f"{name:24}", *shares)


if __name__ == "__main__":
    main()
