"""Scores answers against questions whose proving places are known: what was found, in which order, what was refused.

A citation hits a gold place when it covers at least half of it, or lies at least half inside it. ``required`` of a
question holds facts, each a list of places that prove it equally well; ``acceptable`` places are right but not needed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from statistics import fmean

import numpy as np

from kg.evaluation.extents import Extent
from kg.evaluation.jsonl import Row, made, rows
from search_api.schemas import Answer, Citation, Item

Means = dict[str, list[float]]
"""Score of each question that a measure applies to."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Place(Extent):
    """A stretch of a source; ``source`` is its name without ending."""

    source: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the places that answer it and, for figures, the values asked for."""

    id: str
    type: str
    text: str
    required: tuple[tuple[Place, ...], ...]
    acceptable: tuple[Place, ...]
    wrong: tuple[Place, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of a measure over ``n`` questions (or quotes), with its 95 % bootstrap interval."""

    measure: str
    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        """The row of the table."""
        return f"{self.measure:36}{self.mean:7.3f}  [{self.low:.3f}, {self.high:.3f}]  n={self.n}"


def read_questions(path: Path) -> list[GoldQuestion]:
    """The questions of a JSON Lines file. Raises MisuseError that names the line for what is not of their form."""
    return [made(_question, row, f"{path}, line {number}") for number, row in rows(path)]


def _question(row: Row) -> GoldQuestion:
    values = (value["value"] for value in row.get("answer_values", ()))
    return GoldQuestion(
        row["id"],
        row["type"],
        row["question"],
        tuple(_places(twins) for twins in row["required"]),
        _places(row["acceptable"]),
        _places(row["wrong"]),
        tuple(float(value) for value in values if isinstance(value, int | float)),
    )


def _places(given: Iterable[Row]) -> tuple[Place, ...]:
    return tuple(Place(place["start"], place["end"], PurePath(place["source"]).stem) for place in given)


def score_answers(
    questions: Sequence[GoldQuestion], ask: Callable[[str, int], Answer], k: int
) -> tuple[list[Mean], list[str]]:
    """Rows of the table by name, and a line about each required fact that was missed. ``ask`` takes question and k."""
    means: Means = defaultdict(list)
    errors: list[str] = []
    for question in questions:
        answer = ask(question.text, k)
        cited = [*(citation for item in answer.items[:k] for citation in item.citations), *answer.passages[:k]]
        means["verbatim quotes"] += [float(citation.quote_status == "verbatim") for citation in cited]
        refused = answer.status == "no_answer"
        if question.type == "unanswerable":
            means["abstains on unanswerable"].append(float(refused and not answer.items))
            continue
        means["answers the answerable"].append(float(not refused))
        means[f"passages nDCG@{k}"].append(ndcg(answer.passages[:k], question, k))
        if question.type != "passages":
            errors += _score_items(answer.items[:k], question, k, means)
    return [_mean(name, means[name]) for name in sorted(means)], errors


def _score_items(items: Sequence[Item], question: GoldQuestion, k: int, means: Means) -> Iterator[str]:
    found = [any(_hit(item.citations, twins) for item in items) for twins in question.required]
    right = [*(place for twins in question.required for place in twins), *question.acceptable]
    good = [_hit(item.citations, right) for item in items]
    bad = [_hit(item.citations, question.wrong) and not fine for item, fine in zip(items, good, strict=True)]
    recall = min(1.0, sum(found) / min(len(question.required), k))
    means[f"items recall@{k}"].append(recall)
    means[f"items recall@{k}: {question.type}"].append(recall)
    means[f"items precision@{k}"].append(fmean(good) if good else 0.0)
    means["items MRR"].append(next((1 / (rank + 1) for rank, fine in enumerate(good) if fine), 0.0))
    means["wrong items (lower is better)"].append(fmean(bad) if bad else 0.0)
    asked = question.type.removesuffix("s") if question.type != "industries" else "industry"
    means["typed as asked"].append(float(bool(items) and items[0].type == asked))
    if question.type == "statistics" and question.values:
        means["statistic values found"].append(fmean(_given(value, items) for value in question.values))
    for twins, got in zip(question.required, found, strict=True):
        if not got:
            yield f"{question.id} missed {twins[0].source} [{twins[0].start}:{twins[0].end}]: {question.text}"


def _given(value: float, items: Iterable[Item]) -> bool:
    return any(i.value is not None and abs(i.value - value) <= 1e-6 * max(1.0, abs(value)) for i in items)


def ndcg(passages: Sequence[Citation], question: GoldQuestion, k: int) -> float:
    """nDCG@k (Järvelin and Kekäläinen 2002): a required fact gains 2, an acceptable place 1, each once."""
    left = [(2, twins) for twins in question.required] + [(1, (place,)) for place in question.acceptable]
    ideal = _dcg([gain for gain, _ in left][:k])
    gains = []
    for passage in passages:
        hit = next((entry for entry in left if _hit([passage], entry[1])), None)
        gains.append(hit[0] if hit else 0)
        if hit:
            left.remove(hit)
    return _dcg(gains) / ideal if ideal else 0.0


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _hit(citations: Iterable[Citation], places: Sequence[Place]) -> bool:
    return any(_hits(citation, place) for citation in citations for place in places)


def _hits(citation: Citation, place: Place) -> bool:
    if PurePath(citation.source).stem != place.source:
        return False
    quoted = Extent(citation.start, citation.end)
    shared = quoted.overlap(place)
    return shared > 0 and (shared >= _HALF * place.length or shared >= _HALF * quoted.length)


def _mean(name: str, scores: Sequence[float], draws: int = 2000, seed: int = 0) -> Mean:
    """Percentile bootstrap over questions; the same scores give the same interval."""
    sample = np.random.default_rng(seed).choice(np.array(scores), size=(draws, len(scores)))
    low, high = np.percentile(sample.mean(axis=1), (2.5, 97.5))
    return Mean(name, round(fmean(scores), 3), round(float(low), 3), round(float(high), 3), len(scores))


def by_name(means: Iterable[Mean]) -> Mapping[str, dict[str, float]]:
    """The rows as plain objects under their names."""
    return {row.measure: {"mean": row.mean, "low": row.low, "high": row.high, "n": row.n} for row in means}
