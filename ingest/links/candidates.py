"""Pairs of a measure and a challenge that may belong together, each with the kind of clue and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.links.answering_sections import Pairing, statements_by_section
from ingest.links.pair_likeness import Likeness
from ingest.links.standing import Standing
from ingest.links.stated_relations import overlap, said_to_answer, solved_in_sentence
from ingest.text.layout import Layout
from kg.records import RelationBasis, Statement

Kind = Literal["same sentence", "cue", "near", "heading", "inside", "far"]
BASIS: Mapping[Kind, RelationBasis] = {
    "same sentence": "stated",
    "cue": "stated",
    "near": "stated",
    "heading": "section",
    "inside": "section",
    "far": "inferred",
}
FEATURES: Mapping[Kind, tuple[str, ...]] = {
    "same sentence": (),
    "cue": (),
    "near": ("alike", "theme", "same part", "after", "distance", "solutions", "answered"),
    "heading": ("alike", "heading measure", "answered here", "other point", "not proposed"),
    "inside": ("alike", "theme", "same point", "heading measure", "like heading", "not proposed"),
    "far": ("alike", "theme", "problems", "answered", "introduction"),
}
"""What is known of a pair of each kind, see ``_Pairs``; everything is between -5 and 10."""

_NEIGHBOURS = 3
_WITHIN_PART = 5
_WORTH_A_LOOK = 1.0
"""Likeness from which pairs of unrelated places are looked at; those below have next to no chance."""
_MORE_ALIKE = 0.05
_APART = frozenset({"introduction", "review", "theory", "summary"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Row and column of a pair, its kind, and its features in the order of ``FEATURES[kind]``."""

    measure: int
    challenge: int
    kind: Kind
    features: tuple[float, ...]


def candidates(
    measures: Sequence[Statement],
    challenges: Sequence[Statement],
    layout: Layout,
    standing: Mapping[str, Standing],
    pairing: Pairing,
    close: Likeness,
    leads: NDArray[np.float64],
) -> list[Candidate]:
    """All candidates, by row and column.

    ``leads`` holds the cosine of the sentences that open the parts of each measure (row) and challenge (column).
    """
    return list(_Pairs(measures, challenges, layout, standing, pairing, close, leads).all())


class _Pairs:
    """One document's statements, and what is worked out once for all pairs of them."""

    def __init__(
        self,
        measures: Sequence[Statement],
        challenges: Sequence[Statement],
        layout: Layout,
        standing: Mapping[str, Standing],
        pairing: Pairing,
        close: Likeness,
        leads: NDArray[np.float64],
    ) -> None:
        self._measures, self._challenges = measures, challenges
        self._layout, self._standing, self._pairing = layout, standing, pairing
        self._close, self._leads = close, leads
        self._sentences = {sentence.id: sentence for sentence in layout.sentences}
        self._ours = [standing[s.sentence] for s in measures]
        self._theirs = [standing[s.sentence] for s in challenges]
        self._proposing = {s.sentence for s in measures}
        self._heading_of = {
            s.section: column for column, s in reversed(list(enumerate(challenges))) if standing[s.sentence].heading
        }
        self._columns = statements_by_section(challenges)
        self._answered_here = {row for row in range(len(measures)) if self._answers_beside(row)}

    def all(self) -> Iterator[Candidate]:
        for row in range(len(self._measures)):
            for column in self._worth_a_look(row):
                found = self._pair(row, column)
                if found is not None:
                    yield found

    def _worth_a_look(self, row: int) -> list[int]:
        """Columns of the measure's own and answered sections, and of whatever is alike; of the challenges in one other
        sentence only the one most alike.
        """
        measure, alike = self._measures[row], self._close.alike[row]
        sections = [
            self._columns.get(measure.section, []),
            self._columns.get(self._pairing.get(measure.section, ""), []),
        ]
        looked_at = sorted({*sections[0], *sections[1], *map(int, np.flatnonzero(alike >= _WORTH_A_LOOK))})
        best: dict[str, int] = {}
        for column in sorted(looked_at, key=lambda c: (-alike[c], c)):
            best.setdefault(self._challenges[column].sentence, column)
        own = [column for column in looked_at if self._challenges[column].sentence == measure.sentence]
        return sorted({*own, *best.values()})

    def _pair(self, row: int, column: int) -> Candidate | None:
        measure, challenge = self._measures[row], self._challenges[column]
        ours, theirs = self._ours[row], self._theirs[column]
        distance = theirs.order - ours.order
        same_section = measure.section == challenge.section
        if distance == 0:
            return Candidate(row, column, "same sentence", ()) if self._same_sentence(row, column) else None
        if theirs.heading and (same_section or self._pairing.get(measure.section) == challenge.section):
            answers = not same_section or challenge.sentence in self._proposing
            return Candidate(row, column, "heading", self._heading(row, column)) if answers else None
        if same_section and not ours.heading and self._beside(ours, theirs, distance):
            said = said_to_answer(self._sentences[measure.sentence], self._sentences[challenge.sentence], distance)
            return Candidate(row, column, "cue" if said else "near", () if said else self._near(row, column, distance))
        if self._pairing.get(measure.section) == challenge.section:
            return Candidate(row, column, "inside", self._inside(row, column))
        return Candidate(row, column, "far", self._far(row, column))

    @staticmethod
    def _beside(ours: Standing, theirs: Standing, distance: int) -> bool:
        return abs(distance) <= (_WITHIN_PART if ours.part == theirs.part else _NEIGHBOURS)

    def _same_sentence(self, row: int, column: int) -> bool:
        measure, challenge = self._measures[row], self._challenges[column]
        if overlap(measure, challenge):
            others = (s for s in self._measures if s.sentence == measure.sentence)
            return all(overlap(other, challenge) for other in others)
        return solved_in_sentence(self._sentences[measure.sentence], measure, challenge, self._layout)

    def _answers_beside(self, row: int) -> bool:
        """Whether the measure's own sentence or the next one says what it answers."""
        measure, ours = self._measures[row], self._ours[row]
        for column in self._columns.get(measure.section, ()):
            challenge, distance = self._challenges[column], self._theirs[column].order - ours.order
            if distance == 0 and not overlap(measure, challenge) and self._same_sentence(row, column):
                return True
            beside = distance == 1 and not ours.heading
            if beside and said_to_answer(self._sentences[measure.sentence], self._sentences[challenge.sentence], 1):
                return True
        return False

    def _near(self, row: int, column: int, distance: int) -> tuple[float, ...]:
        return (
            self._alike(row, column),
            self._theme(row, column),
            float(self._ours[row].part == self._theirs[column].part),
            float(distance < 0),
            abs(distance) - 1.0,
            float(self._theirs[column].setting in {"solution", "practice"}),
            float(self._challenges[column].sentence in self._proposing),
        )

    def _heading(self, row: int, column: int) -> tuple[float, ...]:
        return (
            min(1.0, self._alike(row, column)),
            float(self._ours[row].heading),
            float(row in self._answered_here),
            float(self._point(row, self._challenges[column].section) is not None),
            float(self._measures[row].status != "proposed"),
        )

    def _inside(self, row: int, column: int) -> tuple[float, ...]:
        heading = self._heading_of.get(self._challenges[column].section)
        vectors = self._close.challenges
        like = float(vectors[column] @ vectors[heading]) if heading is not None else 0.0
        return (
            self._alike(row, column),
            self._theme(row, column),
            float(self._point(row, self._challenges[column].section) == self._theirs[column].part),
            float(self._ours[row].heading),
            max(0.0, like - 0.5),
            float(self._measures[row].status != "proposed"),
        )

    def _far(self, row: int, column: int) -> tuple[float, ...]:
        return (
            self._alike(row, column),
            self._theme(row, column),
            float(self._theirs[column].setting == "problem"),
            float(self._challenges[column].sentence in self._proposing),
            float(bool({self._ours[row].setting, self._theirs[column].setting} & _APART)),
        )

    def _alike(self, row: int, column: int) -> float:
        return float(np.clip(self._close.alike[row, column], -3, 5))

    def _theme(self, row: int, column: int) -> float:
        return float(self._measures[row].theme == self._challenges[column].theme != "other")

    def _point(self, row: int, section: str) -> int | None:
        """The numbered point of a section that the measure's own point is closest to, closer than to a problem in the
        section's heading.
        """
        if not self._ours[row].point:
            return None
        points = [c for c, s in enumerate(self._challenges) if s.section == section and self._theirs[c].point]
        best = max(points, key=lambda c: (self._leads[row, c], -c), default=None)
        heading = self._heading_of.get(section)
        if best is None or (heading is not None and self._leads[row, best] < self._leads[row, heading] + _MORE_ALIKE):
            return None
        return self._theirs[best].part
