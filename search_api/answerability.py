"""How likely the documents answer a question: a small logistic model over how near and how complete what was found is.

The numbers lie in ``answerability.json``; ``benchmarks/answerability.py`` fits them on questions written for it and
says how well they do on others (docs/answers.md).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import PolicyweaveError
from search_api.catalog import Catalog
from search_api.common_words import COMMON, ORDINARY
from search_api.question import Question
from search_api.retrieval.constraints import Fit
from search_api.retrieval.evidence import Evidence, Signals
from search_api.vocabulary import content_words, stem, words

NUMBERS: Final = Path(__file__).with_suffix(".json")
NEAREST: Final = 3
LOOKED_INTO: Final = 5
# A capital inside a sentence is a name; abbreviations are written many ways and say less.
_NAME: Final = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?:-[A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for and against an answer.

    ``near``: mean over the three best sentences of their nearness in meaning and words, passage and neighbours
    included. ``statement``: cosine of the nearest statement. ``asked`` and ``unmatched``: weight (logarithm of summed
    inverse document frequencies) of the telling words of the question, and of those that no place near it holds: the
    first strange word says most. ``placed``: whether it names a place; then ``local`` is the cosine, place names left
    out, to the nearest sentence about it and ``foreign`` the share of telling words that nothing said of it holds, 0
    otherwise. ``strange``: whether it names something that no document names.
    """

    near: float
    statement: float
    asked: float
    unmatched: float
    placed: float
    local: float
    foreign: float
    strange: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of standardised features; below the probability ``cut`` (at equal odds) a question is refused."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    cut: float

    def probability(self, features: Features) -> float:
        """Probability of an answer where half of all questions have one."""
        values = zip(astuple(features), self.mean, self.scale, self.weights, strict=True)
        return 1 / (1 + math.exp(-self.bias - sum(w * (v - m) / s for v, m, s, w in values)))


@cache
def model(path: Path = NUMBERS) -> Model:
    """The fitted numbers. Raises PolicyweaveError where they cannot be read."""
    try:
        plain = json.loads(path.read_bytes())
        mean, scale, weights = (tuple(map(float, plain[name])) for name in ("mean", "scale", "weights"))
        return Model(mean, scale, weights, float(plain["bias"]), float(plain["cut"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PolicyweaveError(f"{path.name} cannot be read ({error}): install policyweave again") from error


def features(catalog: Catalog, question: Question, fit: Fit, signals: Signals, ranked: Sequence[Evidence]) -> Features:
    """The features of one question."""
    weights = {stem(word): catalog.vocabulary.rarity(word) for word in telling(question)}
    best = sorted((e.near for e in ranked), reverse=True)[:NEAREST]
    around = _around(catalog, signals)
    placed = signals.local is not None
    there = {s for name in fit.regional for s in catalog.stems.get(name, ())} if placed else set()
    asked = sum(weights.values())
    return Features(
        near=sum(best) / NEAREST,
        statement=max(signals.cosines.statements.values(), default=0.0),
        asked=math.log1p(asked),
        unmatched=math.log1p(sum(weight for root, weight in weights.items() if root not in around)),
        placed=float(placed),
        local=signals.local or 0.0,
        foreign=sum(w for root, w in weights.items() if root not in there) / asked if placed and asked else 0.0,
        strange=float(bool(strange_names(catalog, question))),
    )


def telling(question: Question) -> list[str]:
    """Words of the question that say what it is about: no everyday words, no numbers, no names of its places."""
    named = names(question)
    return [word for word in meaningful(question) if word not in named and not ordinary(word) and not word.isdigit()]


def strange_names(catalog: Catalog, question: Question) -> list[str]:
    """Proper names in the question that no document holds, names of regions left out: those are known to be places."""
    known = names(question) | question.works.words
    found = dict.fromkeys(_NAME.findall(question.mended))
    return [name for name in found if not set(words(name)) & known and not catalog.vocabulary.knows(name)]


def names(question: Question) -> set[str]:
    """Words that name the question's regions and documents."""
    places = {word for c in question.scope.regions for word in content_words(f"{c.label} {c.text}")}
    return places | question.works.words


def ordinary(word: str) -> bool:
    """Whether a word is of everyday use, so that its absence says nothing."""
    forms = (word.removesuffix(ending) for ending in ("", "s", "es", "d", "ed", "ing", "ly"))
    return any(form in ORDINARY or f"{form}e" in ORDINARY for form in forms)


def meaningful(question: Question) -> list[str]:
    """Words of the question that are about something, in order."""
    return [word for word in dict.fromkeys(content_words(question.mended)) if word not in COMMON]


def _around(catalog: Catalog, signals: Signals) -> set[str]:
    """Stems in the sentences and passages nearest in meaning."""
    sentences = _nearest(signals.cosines.sentences, catalog.stems, LOOKED_INTO)
    passages = _nearest(signals.cosines.passages, catalog.passages, NEAREST)
    found = {root for name in sentences for root in catalog.stems[name]}
    return found | {stem(word) for name in passages for word in words(catalog.passages[name].text)}


def _nearest(cosines: Mapping[str, float], known: Container[str], number: int) -> list[str]:
    return sorted((name for name in cosines if name in known), key=lambda name: (-cosines[name], name))[:number]
