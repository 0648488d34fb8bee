"""Which section of measures answers which section of problems: by title, by content, by order ("6.2" answers "5.2")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.text.layout import Layout
from kg.records import Section, Statement

_SAME_PLACE = 0.15
_ENOUGH = 0.42
_GENERAL = re.compile(
    r"\b(?:introduction|background|literature|conclusions?|references|abstract|methods?"
    r"|methodology|data|overview|definitions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The section ``measures`` answers the section ``problems``; ``strength`` is between 0 and 1.

    ``best`` says that no other section answers it better: the whole section is meant for it.
    """

    measures: str
    problems: str
    strength: float
    best: bool


def answering_sections(
    measures: Sequence[Statement],
    challenges: Sequence[Statement],
    closeness: NDArray[np.float32],
    layout: Layout,
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[Answer]:
    """For each section that mostly proposes measures the earlier section of problems that it answers, if one clearly
    does.

    ``closeness`` holds the cosine of each measure (rows) with each challenge (columns).
    """
    solving, troubled = _kinds(measures, challenges, layout)
    if not solving or not troubled:
        return []
    titles = embed([section.title for section in (*solving, *troubled)])
    alike = titles[: len(solving)] @ titles[len(solving) :].T
    scored = [
        (s, t, _score(solving[s], troubled[t], float(alike[s, t]), measures, challenges, closeness, layout.sections))
        for s in range(len(solving))
        for t in range(len(troubled))
        if troubled[t].end <= solving[s].start
    ]
    best = {
        s: max((item for item in scored if item[0] == s), key=lambda item: (item[2], -item[1])) for s, _, _ in scored
    }
    clear = {solving[s].id: (troubled[t].id, score) for s, t, score in best.values() if score >= _ENOUGH}
    clear |= _in_parallel(solving, troubled, clear, layout.sections)
    top = {trouble: max(score for other, score in clear.values() if other == trouble) for trouble, _ in clear.values()}
    return [
        Answer(solution, trouble, min(1.0, 0.55 + score / 2), score == top[trouble])
        for solution, (trouble, score) in sorted(clear.items())
    ]


def _score(
    solution: Section,
    trouble: Section,
    alike: float,
    measures: Sequence[Statement],
    challenges: Sequence[Statement],
    closeness: NDArray[np.float32],
    sections: Sequence[Section],
) -> float:
    content = _content(solution, trouble, measures, challenges, closeness)
    return 0.5 * alike + 0.5 * content + (_SAME_PLACE if _same_place(solution, trouble, sections) else 0.0)


def _in_parallel(
    solving: Sequence[Section],
    troubled: Sequence[Section],
    clear: dict[str, tuple[str, float]],
    sections: Sequence[Section],
) -> dict[str, tuple[str, float]]:
    """Where most parts of two chapters answer each other in order, so do the parts whose wording alone would not
    show it.
    """
    found: dict[str, tuple[str, float]] = {}
    parents = {section.id: section.parent for section in sections}
    for solution in (section for section in solving if section.id not in clear):
        for trouble in (section for section in troubled if _same_place(solution, section, sections)):
            siblings = [s for s in solving if s.parent == solution.parent and s.id != solution.id]
            parallel = [s for s in siblings if s.id in clear and parents[clear[s.id][0]] == trouble.parent]
            free = trouble.id not in {claimed for claimed, _ in clear.values()}
            if free and len(parallel) > len(siblings) / 2:
                found[solution.id] = (trouble.id, _ENOUGH / 2)
    return found


def _kinds(
    measures: Sequence[Statement], challenges: Sequence[Statement], layout: Layout
) -> tuple[list[Section], list[Section]]:
    proposed = Counter(s.section for s in measures)
    problems = Counter(s.section for s in challenges)
    headings = {s.id for s in layout.sentences if s.kind == "heading"}
    named = {s.section for s in challenges if s.sentence in headings}
    body = [s for s in layout.sections if s.kind == "body" and not _GENERAL.search(s.title)]
    solving = [s for s in body if proposed[s.id] > problems[s.id] and s.id not in named]
    troubled = [s for s in body if s.id in named or problems[s.id] > max(1, proposed[s.id])]
    return solving, troubled


def _content(
    solution: Section,
    trouble: Section,
    measures: Sequence[Statement],
    challenges: Sequence[Statement],
    closeness: NDArray[np.float32],
) -> float:
    """Mean over the section's measures of the cosine with the nearest problem of the other section."""
    rows = [m for m, s in enumerate(measures) if s.section == solution.id]
    columns = [c for c, s in enumerate(challenges) if s.section == trouble.id]
    return float(closeness[np.ix_(rows, columns)].max(axis=1).mean())


def _same_place(solution: Section, trouble: Section, sections: Sequence[Section]) -> bool:
    """Both are the n-th of equally many parts, of different parents."""
    if solution.parent is None or trouble.parent is None or solution.parent == trouble.parent:
        return False
    ours = [s.id for s in sections if s.parent == solution.parent]
    theirs = [s.id for s in sections if s.parent == trouble.parent]
    return len(ours) == len(theirs) > 1 and ours.index(solution.id) == theirs.index(trouble.id)
