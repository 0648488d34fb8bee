"""Which measure addresses which challenge, and what causes what: said in words, shown by sections, or inferred."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from ingest.links.answering_sections import answering_sections
from ingest.links.stated_relations import Stated, stated_causes, stated_solutions
from ingest.text.layout import Layout
from kg.identifiers import mint
from kg.records import Relation, RelationBasis, RelationType, Statement

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# Cosines of the default embedder between the labels of a measure and a challenge: unrelated pairs of one policy field
# stay below the first, pairs that an expert would draw with certainty mostly exceed the second.
_LIKELY = 0.52
_CERTAIN = 0.60
_CONFIDENCE = {"stated": 0.9, "section": 0.7, "inferred": 0.5}


def collect(statements: Sequence[Statement], layout: Layout, embed: Embed) -> tuple[Relation, ...]:
    """Relations within one document, each pair once with its strongest basis, sorted by subject and object.

    ``embed`` maps n texts to an (n, d) array of unit vectors. Statements of repeated paragraphs take no part: their
    first twin does.
    """
    originals = [s for s in statements if s.duplicate_of is None]
    measures = [s for s in originals if s.type == "measure"]
    challenges = [s for s in originals if s.type == "challenge"]
    found: dict[tuple[RelationType, str, str], Relation] = {}
    _keep(found, layout, "causes", "stated", stated_causes(challenges, layout))
    if measures and challenges:
        _keep(found, layout, "addresses", "stated", stated_solutions(measures, challenges, layout))
        closeness = _closeness(measures, challenges, embed)
        _keep(found, layout, "addresses", "section", _by_sections(measures, challenges, closeness, layout, embed))
        answered = {relation.subject for relation in found.values()}
        _keep(found, layout, "addresses", "inferred", _inferred(measures, challenges, closeness, answered))
    return tuple(found[key] for key in sorted(found))


def _keep(
    found: dict[tuple[RelationType, str, str], Relation],
    layout: Layout,
    kind: RelationType,
    basis: RelationBasis,
    pairs: Iterable[Stated],
) -> None:
    for pair in pairs:
        key = (kind, pair.subject, pair.object)
        if key in found or pair.subject == pair.object:
            continue
        confidence = round(min(1.0, _CONFIDENCE[basis] * pair.strength), 3)
        found[key] = Relation(
            mint("relation", *key), kind, layout.document.id, pair.subject, pair.object, basis, confidence
        )


def _closeness(measures: Sequence[Statement], challenges: Sequence[Statement], embed: Embed) -> NDArray[np.float32]:
    """Cosine of each measure (rows) with each challenge (columns)."""
    vectors = embed([s.label or s.text for s in (*measures, *challenges)])
    close: NDArray[np.float32] = vectors[: len(measures)] @ vectors[len(measures) :].T
    return close


def _by_sections(
    measures: Sequence[Statement],
    challenges: Sequence[Statement],
    closeness: NDArray[np.float32],
    layout: Layout,
    embed: Embed,
) -> list[Stated]:
    """Each measure of a section that answers another is tied to that section's heading, and to its nearest problem
    there.
    """
    headings = {s.id for s in layout.sentences if s.kind == "heading"}
    pairs = []
    for answer in answering_sections(measures, challenges, closeness, layout, embed):
        problems = [c for c, s in enumerate(challenges) if s.section == answer.problems]
        named = [c for c in problems if challenges[c].sentence in headings]
        for m, measure in enumerate(measures):
            if measure.section != answer.measures:
                continue
            nearest = max(problems, key=lambda c: (closeness[m, c], -c))
            alone = answer.best and not named
            near = {nearest} if closeness[m, nearest] >= _LIKELY or alone else set()
            wanted = near | set(named[:1] if answer.best else [])
            pairs += [Stated(measure.id, challenges[c].id, answer.strength) for c in sorted(wanted)]
    return pairs


def _inferred(
    measures: Sequence[Statement], challenges: Sequence[Statement], closeness: NDArray[np.float32], answered: Set[str]
) -> list[Stated]:
    """The nearest problem of each measure that nothing else answers for, where theme and meaning both agree."""
    pairs = []
    for m, measure in enumerate(measures):
        c = int(np.argmax(closeness[m]))
        same_theme = measure.theme == challenges[c].theme and measure.theme != "other"
        if same_theme and closeness[m, c] >= _CERTAIN and measure.id not in answered:
            pairs.append(Stated(measure.id, challenges[c].id, float(closeness[m, c]) + 0.2))
    return pairs
