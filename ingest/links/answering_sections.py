"""Which section of measures answers which section of problems: by title, content and themes, or by order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.links.pair_likeness import Likeness
from ingest.links.standing import Standing
from ingest.text.layout import Layout
from kg.records import Section, Statement

_ENOUGH = 0.47
"""Mean of four kinds of agreement (see ``_agreement``) from which one section answers another."""
_SOME, _AHEAD = 0.36, 0.15
"""Agreement that is enough too where no other section of problems comes near it."""
_SAME_PLACE = 0.05
_NEITHER = frozenset({"introduction", "review", "theory", "summary"})
"""Settings whose sections neither lay out problems nor answer them."""

Pairing = dict[str, str]
"""Ids of sections: a section of measures to the section of problems that it answers."""


class Parts:
    """The statements of each section, and which sections propose and which lay out problems."""

    def __init__(
        self,
        measures: Sequence[Statement],
        challenges: Sequence[Statement],
        layout: Layout,
        standing: Mapping[str, Standing],
    ) -> None:
        self.rows = statements_by_section(measures)
        self.columns = statements_by_section(challenges)
        self.themes = [s.theme for s in measures], [s.theme for s in challenges]
        named = {s.section for s in challenges if standing[s.sentence].heading}
        settings = {place.section: place.setting for place in reversed(list(standing.values()))}
        body = [s for s in layout.sections if s.kind in {"body", "conclusion"} and settings.get(s.id) not in _NEITHER]
        proposed = {s.id: len(self.rows.get(s.id, ())) for s in body}
        troubles = {s.id: len(self.columns.get(s.id, ())) for s in body}
        self.solving = [s for s in body if proposed[s.id] > troubles[s.id] and s.id not in named]
        self.troubled = [s for s in body if troubles[s.id] and (s.id in named or troubles[s.id] > proposed[s.id])]
        self.siblings = {s.id: [other.id for other in layout.sections if other.parent == s.parent] for s in body}


def answering_sections(parts: Parts, close: Likeness, embed: Callable[[Sequence[str]], NDArray[np.float32]]) -> Pairing:
    """For each section that mostly proposes measures the earlier section of problems that it answers, if one clearly
    does.

    ``embed`` maps n texts to an (n, d) array of unit vectors.
    """
    if not parts.solving or not parts.troubled:
        return {}
    titles = embed([section.title for section in (*parts.solving, *parts.troubled)])
    alike = titles[: len(parts.solving)] @ titles[len(parts.solving) :].T
    found: dict[str, str] = {}
    for s, solution in enumerate(parts.solving):
        scored = [
            (_agreement(solution, trouble, float(alike[s, t]), parts, close), -t)
            for t, trouble in enumerate(parts.troubled)
            if trouble.end <= solution.start
        ]
        (score, t), (second, _) = sorted([*scored, (0.0, 0), (0.0, 0)], reverse=True)[:2]
        if score >= _ENOUGH or (score >= _SOME and score - second >= _AHEAD):
            found[solution.id] = parts.troubled[-t].id
    return found | _in_parallel(parts, found)


def _agreement(solution: Section, trouble: Section, alike: float, parts: Parts, close: Likeness) -> float:
    """Mean of: cosine of the titles, mean cosine of each measure with its nearest problem, cosine of what both sides
    are about on average, and share of themes they have in common.
    """
    rows, columns = parts.rows[solution.id], parts.columns[trouble.id]
    ours, theirs = close.measures[rows], close.challenges[columns]
    nearest = float((ours @ theirs.T).max(axis=1).mean())
    middles = ours.mean(axis=0), theirs.mean(axis=0)
    middle = float(middles[0] @ middles[1] / max(1e-6, np.linalg.norm(middles[0]) * np.linalg.norm(middles[1])))
    themes = Counter(parts.themes[0][row] for row in rows), Counter(parts.themes[1][column] for column in columns)
    shared = sum(min(themes[0][t] / len(rows), themes[1][t] / len(columns)) for t in themes[0] if t != "other")
    return (alike + nearest + middle + shared) / 4 + (_SAME_PLACE if _same_place(solution, trouble, parts) else 0.0)


def _in_parallel(parts: Parts, found: Pairing) -> Pairing:
    """Where most parts of two chapters answer each other, so do the parts in the same place whose wording alone would
    not show it.
    """
    more: dict[str, str] = {}
    parents = {section.id: section.parent for section in (*parts.solving, *parts.troubled)}
    for solution in (section for section in parts.solving if section.id not in found):
        for trouble in (section for section in parts.troubled if _same_place(solution, section, parts)):
            others = [s.id for s in parts.solving if s.parent == solution.parent and s.id != solution.id]
            parallel = [s for s in others if s in found and parents[found[s]] == trouble.parent]
            if trouble.id not in found.values() and len(parallel) > len(others) / 2:
                more[solution.id] = trouble.id
    return more


def _same_place(solution: Section, trouble: Section, parts: Parts) -> bool:
    """Both are the n-th of equally many parts, of different parents."""
    if solution.parent is None or trouble.parent is None or solution.parent == trouble.parent:
        return False
    ours, theirs = parts.siblings[solution.id], parts.siblings[trouble.id]
    return len(ours) == len(theirs) > 1 and ours.index(solution.id) == theirs.index(trouble.id)


def statements_by_section(statements: Sequence[Statement]) -> Mapping[str, list[int]]:
    """Indices of the statements of each section that has any."""
    found: dict[str, list[int]] = {}
    for index, statement in enumerate(statements):
        found.setdefault(statement.section, []).append(index)
    return found
