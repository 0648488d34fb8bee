"""How probable it is that a candidate is a relation: a logistic regression with a handful of weights for each kind.

``benchmarks/fit_relations.py`` fits the weights and says how well they carry over to papers they were not fitted on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.links.candidates import FEATURES, Candidate, Kind
from kg.errors import ModelError

WEIGHTS = Path(__file__).parent / "relation_weights.json"


@dataclass(frozen=True, slots=True)
class RelationModel:
    """For each kind a bias and one weight for each of ``FEATURES[kind]``; ``least`` is the lowest probability told."""

    weights: Mapping[Kind, tuple[float, ...]]
    bias: Mapping[Kind, float]
    least: float

    def probability(self, candidate: Candidate) -> float:
        """Probability between 0 and 1 that an annotator draws the relation."""
        weights = self.weights[candidate.kind]
        logit = self.bias[candidate.kind] + sum(w * x for w, x in zip(weights, candidate.features, strict=True))
        return 1 / (1 + math.exp(-logit))


@lru_cache(maxsize=1)
def load(path: Path = WEIGHTS) -> RelationModel:
    """The fitted model. Raises ModelError if the file is damaged or belongs to other features."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        weights: dict[Kind, tuple[float, ...]] = {
            kind: tuple(float(plain["kinds"][kind]["weights"][name]) for name in names)
            for kind, names in FEATURES.items()
        }
        bias: dict[Kind, float] = {kind: float(plain["kinds"][kind]["bias"]) for kind in FEATURES}
        return RelationModel(weights, bias, float(plain["least"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the weights in {path} are damaged ({error}): install policyweave again") from error
