"""Labels of statements of one type, put together by what they mean, each with the reason why it is where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.links.likeness import SAME_WORDS, alike
from ingest.links.linkage import cluster
from ingest.links.recognition import Recognised, Recogniser
from ingest.links.steering import Steering
from ingest.links.thesaurus import Known
from ingest.links.words import stems
from kg.records import MergeReason

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Label:
    """A label as most often written, its folded form, and how many statements carry it."""

    text: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label belongs to a group: the fields of ``kg.records.Merge``."""

    reason: MergeReason
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one concept: its label, the thesaurus' concept if any, and its labels, folded, with reasons."""

    label: str
    known: Known | None
    reasons: dict[str, Reason]


def group(labels: Sequence[Label], vectors: Vectors, recogniser: Recogniser, steering: Steering) -> list[Group]:
    """Groups of ``labels`` (sorted by key) with their unit vectors (n, d); each label is in exactly one."""
    recognised = _recognise(labels, vectors, recogniser, steering)
    beside = {key: _end(key, steering) for key in steering.beside}
    for key, end in beside.items():
        if (found := recognised.get(end)) is not None:
            recognised[key] = Recognised(found.known, "override", found.known.labels[0], 1.0)
        else:
            recognised.pop(key, None)
    groups = _known(labels, recognised)
    rest = [row for row, label in enumerate(labels) if label.key not in recognised and label.key not in beside]
    groups += _clusters(rest, labels, vectors, steering)
    for key, end in sorted(beside.items()):
        if key not in recognised:
            home = next(one for one in groups if end in one.reasons)
            home.reasons[key] = Reason("override", home.label, 1.0)
    return groups


def _end(key: str, steering: Steering) -> str:
    """The label that a chain of joins leads to; the file's reader refuses circles."""
    while key in steering.beside:
        key = steering.beside[key]
    return key


def _recognise(
    labels: Sequence[Label], vectors: Vectors, recogniser: Recogniser, steering: Steering
) -> dict[str, Recognised]:
    found: dict[str, Recognised] = {}
    for row, label in enumerate(labels):
        if (known := steering.into.get(label.key)) is not None:
            found[label.key] = Recognised(known, "override", known.labels[0], 1.0)
        elif one := recogniser.recognise(label.text, vectors[row], frozenset(steering.closed.get(label.key, ()))):
            found[label.key] = one
    rows = {label.key: row for row, label in enumerate(labels)}
    for key, other in sorted(steering.apart):
        if (mine := found.get(key)) and (theirs := found.get(other)) and mine.known == theirs.known:
            closed = frozenset({*steering.closed.get(key, ()), theirs.known.iri})
            if again := recogniser.recognise(labels[rows[key]].text, vectors[rows[key]], closed):
                found[key] = again
            else:
                del found[key]
    return found


def _known(labels: Sequence[Label], recognised: dict[str, Recognised]) -> list[Group]:
    groups: dict[str, Group] = {}
    for label in labels:
        if (one := recognised.get(label.key)) is not None:
            home = groups.setdefault(one.known.iri, Group(one.known.labels[0], one.known, {}))
            home.reasons[label.key] = Reason(one.reason, one.matched, one.score)
    return [groups[iri] for iri in sorted(groups)]


def _clusters(rows: Sequence[int], labels: Sequence[Label], vectors: Vectors, steering: Steering) -> list[Group]:
    apart = {frozenset(pair) for pair in steering.apart}

    def together(left: int, right: int, cosine: float) -> bool:
        one, other = labels[rows[left]], labels[rows[right]]
        return frozenset((one.key, other.key)) not in apart and alike(one.text, other.text, cosine)

    return [
        _cluster([rows[place] for place in places], labels, vectors)
        for places in cluster(vectors[rows], SAME_WORDS, together)
    ]


def _cluster(rows: Sequence[int], labels: Sequence[Label], vectors: Vectors) -> Group:
    chosen = _central(rows, labels, vectors)
    name = labels[chosen].text
    reasons = {}
    for row in rows:
        cosine = round(float(vectors[row] @ vectors[chosen]), 4)
        same = stems(labels[row].text) == stems(name)
        reasons[labels[row].key] = Reason("label", name, 1.0) if same else Reason("embedding", name, cosine)
    return Group(name, None, reasons)


def _central(rows: Sequence[int], labels: Sequence[Label], vectors: Vectors) -> int:
    """The row nearest to all others, each weighted by how many statements carry its label; the first of equals."""
    counts = np.asarray([labels[row].count for row in rows], dtype=np.float32)
    sums = (vectors[rows] @ vectors[rows].T) @ counts
    return rows[int(np.argmax(np.round(sums, 4)))]
