"""A small trained head: how likely a sentence plays each role, from its meaning, its grammar and its heading.

Multi-label logistic regression over a frozen sentence vector, a frozen vector of the heading and a bag of grammatical
features. It was trained on sentences that the project wrote (``ingest/training``), and finds what the rules of
``ingest.statements.measures`` and ``ingest.statements.challenges`` have no construction for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.records import Role

WEIGHTS = Path(__file__).parent.parent / "training" / "role_head.json"
HEADING_SCALE = 0.5
"""Weight of the heading's vector beside the sentence's: chosen by cross-validation on the training sentences."""

_DEPENDENCIES = frozenset({"aux", "auxpass", "mark", "neg", "expl"})


@dataclass(frozen=True, slots=True)
class RoleHead:
    """Weights of the head. ``dense`` has shape (2d, roles), ``sparse`` maps a feature to one weight a role."""

    roles: tuple[Role, ...]
    fingerprint: str
    bias: NDArray[np.float64]
    dense: NDArray[np.float64]
    sparse: Mapping[str, NDArray[np.float64]]

    def judge(self, doc: Doc, sentence: NDArray[np.float32], heading: NDArray[np.float32]) -> dict[Role, float]:
        """Probability of each role. ``sentence`` and ``heading`` are unit vectors of shape (d,)."""
        logits = self.bias + np.concatenate([sentence, HEADING_SCALE * heading]) @ self.dense
        found = features(doc)
        known = [self.sparse[name] for name in found if name in self.sparse]
        if known:
            logits = logits + np.sum(known, axis=0) / math.sqrt(len(known))
        return {role: float(1 / (1 + math.exp(-logit))) for role, logit in zip(self.roles, logits, strict=True)}


def load(fingerprint: str, path: Path = WEIGHTS) -> RoleHead | None:
    """The head for the embedder with this fingerprint; None for another embedder, with which its weights mean nothing.

    Raises ModelError if the file is damaged.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["fingerprint"] != fingerprint:
            return None
        return RoleHead(
            roles=tuple(plain["roles"]),
            fingerprint=plain["fingerprint"],
            bias=np.array(plain["bias"]),
            dense=np.array(plain["dense"]),
            sparse={name: np.array(weights) for name, weights in plain["sparse"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the weights in {path} are damaged ({error}): install policyweave again") from error


def features(doc: Doc) -> list[str]:
    """Names of the grammatical features of one parsed sentence, sorted, each once."""
    return sorted(set(_features(doc)))


def _features(doc: Doc) -> Iterator[str]:
    lemmas = [token.lemma_.lower() for token in doc]
    yield from (f"lemma={lemma}" for lemma, token in zip(lemmas, doc, strict=True) if token.is_alpha)
    yield from (f"pair={first}_{second}" for first, second in pairwise(lemmas))
    yield from (f"tag={token.tag_}" for token in doc)
    if len(doc):
        yield from (f"first={doc[0].lower_}", f"first_tag={doc[0].tag_}")
    for root in (token for token in doc if token.head.i == token.i):
        yield from (f"root={root.lemma_.lower()}", f"root_tag={root.tag_}")
        for child in root.children:
            yield f"below_root={child.dep_}:{child.lower_ if child.dep_ in _DEPENDENCIES else child.tag_}"
            if child.dep_.startswith("nsubj"):
                yield f"subject={child.lemma_.lower()}"


def heading_of(headings: Sequence[str]) -> str:
    """The heading whose vector goes with a sentence: the innermost one."""
    return headings[-1] if headings else ""
