"""How well answers tell the answerable from the unanswerable, on questions of our own; refits the weights on request.

    python benchmarks/abstention.py DATA [--fit]

DATA is a folder with an index of the five digests (or papers). The questions lie beside this file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.settings import Settings
from search_api.abstention import features, judge
from search_api.service import NO_FILTERS, Service

QUESTIONS = Path(__file__).with_name("abstention.jsonl")


def main() -> None:
    """Print the shares of answerable questions kept and unanswerable ones refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--fit", action="store_true", help="fit a logistic regression and print its weights")
    arguments = parser.parse_args()
    service = Service(Settings(data=arguments.data))
    catalog = service.world().catalog
    rows, labels, refused = [], [], []
    for line in QUESTIONS.read_text("utf-8").splitlines():
        entry = json.loads(line)
        found = service.findings(service.world(), entry["question"], NO_FILTERS)
        rows.append(features(catalog, found.question, found.signals))
        labels.append(bool(entry["answerable"]))
        refused.append(judge(catalog, found.question, found.fit, found.signals).status == "no_answer")
    answerable, no_answer = np.array(labels), np.array(refused)
    print(f"answerable kept      {np.mean(~no_answer[answerable]):.3f}  (n={answerable.sum()})")
    print(f"unanswerable refused {np.mean(no_answer[~answerable]):.3f}  (n={(~answerable).sum()})")
    if arguments.fit:
        print("weights and offset  ", np.round(_fit(np.array(rows), answerable.astype(float)), 2).tolist())


def _fit(rows: NDArray[np.float64], labels: NDArray[np.float64], shrink: float = 0.02) -> NDArray[np.float64]:
    """Logistic regression by gradient descent on standardised features, given back for raw ones, offset last."""
    mean, spread = rows.mean(0), rows.std(0)
    design = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    weights = np.zeros(design.shape[1])
    for _ in range(4000):
        odds = 1 / (1 + np.exp(-design @ weights))
        weights -= 0.5 * (design.T @ (odds - labels) / len(labels) + shrink * np.r_[weights[:-1], 0])
    raw = weights[:-1] / spread
    return np.r_[raw, weights[-1] - raw @ mean]


if __name__ == "__main__":
    main()
