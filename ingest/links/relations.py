"""Which measure addresses which challenge, and what causes what: said in words, shown by sections, or inferred."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.links import relation_model
from ingest.links.answering_sections import Parts, answering_sections
from ingest.links.candidates import BASIS, Candidate, candidates
from ingest.links.pair_likeness import likeness
from ingest.links.standing import Standing, standings
from ingest.links.stated_relations import stated_causes
from ingest.text.layout import Layout
from kg.identifiers import mint
from kg.records import Relation, RelationBasis, RelationType, Statement

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

_CAUSE = 0.8
"""Confidence of a cause, see docs/relations.md."""


def collect(statements: Sequence[Statement], layout: Layout, embed: Embed) -> tuple[Relation, ...]:
    """Relations within one document, each pair once with its strongest basis, sorted by subject and object.

    ``embed`` maps n texts to an (n, d) array of unit vectors. A repeated paragraph says again what its twin says of
    neighbours; in all else the first twin alone takes part.
    """
    document = layout.document.id
    originals = [s for s in statements if s.duplicate_of is None]
    causes = stated_causes([s for s in originals if s.type == "challenge"], layout)
    found = [_relation("causes", document, cause, effect, "stated", _CAUSE) for cause, effect in causes]
    model = relation_model.load()
    measures, challenges, drawn = drawable(originals, layout, embed)
    for candidate in drawn:
        sure = model.probability(candidate)
        if sure >= model.least:
            ends = measures[candidate.measure].id, challenges[candidate.challenge].id
            found.append(_relation("addresses", document, *ends, BASIS[candidate.kind], sure))
    found += _repeated(found, statements, standings(layout))
    return tuple(sorted({r.id: r for r in reversed(found)}.values(), key=lambda r: (r.type, r.subject, r.object)))


def drawable(
    originals: Sequence[Statement], layout: Layout, embed: Embed
) -> tuple[list[Statement], list[Statement], list[Candidate]]:
    """The measures and challenges of a document in text order, and all pairs of them that may be related."""
    ordered = sorted(originals, key=lambda s: (s.start, s.end, s.id))
    measures = [s for s in ordered if s.type == "measure"]
    challenges = [s for s in ordered if s.type == "challenge"]
    if not measures or not challenges:
        return measures, challenges, []
    standing = standings(layout)
    close = likeness(measures, challenges, layout, embed)
    pairing = answering_sections(Parts(measures, challenges, layout, standing), close, embed)
    leads = _leads(measures, standing, embed) @ _leads(challenges, standing, embed).T
    return measures, challenges, candidates(measures, challenges, layout, standing, pairing, close, leads)


def _leads(statements: Sequence[Statement], standing: Mapping[str, Standing], embed: Embed) -> NDArray[np.float64]:
    return embed([standing[s.sentence].lead.text for s in statements]).astype(np.float64)


def _relation(
    kind: RelationType, document: str, subject: str, value: str, basis: RelationBasis, sure: float
) -> Relation:
    return Relation(mint("relation", kind, subject, value), kind, document, subject, value, basis, round(sure, 2))


def _repeated(
    found: Iterable[Relation], statements: Sequence[Statement], standing: Mapping[str, Standing]
) -> list[Relation]:
    """Stated relations once more between those twins of both ends that stand as far apart as the ends do."""
    statement_of = {s.id: s for s in statements}
    twins: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.duplicate_of is not None:
            twins.setdefault(statement.duplicate_of, []).append(statement)

    def apart(one: Statement, other: Statement) -> int:
        return standing[other.sentence].order - standing[one.sentence].order

    return [
        _relation(r.type, r.document, ours.id, theirs.id, r.basis, r.confidence)
        for r in found
        if r.basis == "stated"
        for ours in twins.get(r.subject, ())
        for theirs in twins.get(r.object, ())
        if apart(ours, theirs) == apart(statement_of[r.subject], statement_of[r.object])
    ]
