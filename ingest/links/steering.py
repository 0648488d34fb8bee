"""What the user's lines mean for the labels at hand: which concept a label is kept from, and which it is put into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.links.overrides import Override, fold
from ingest.links.thesaurus import Known
from kg.identifiers import VOCABULARY, entity_iri
from kg.records import StatementType


@dataclass(slots=True)
class Steering:
    """Labels go by their folded form. ``closed`` and ``into`` speak of concepts of the thesaurus (by IRI, and as they
    are), ``apart`` and ``beside`` of other labels. ``used`` holds the lines that found what they name.
    """

    closed: dict[str, set[str]] = field(default_factory=dict)
    into: dict[str, Known] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)
    beside: dict[str, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def steer(
    overrides: Sequence[Override], kind: StatementType, labels: Mapping[str, str], thesaurus: Sequence[Known]
) -> Steering:
    """``labels`` maps the folded labels of the statements of one kind to the labels as written."""
    steering = Steering()
    by_iri = {known.iri: known for known in thesaurus}
    by_name = {fold(name): known for known in thesaurus for name in (*known.labels, *known.other)}
    minted = {entity_iri(kind, label): key for key, label in sorted(labels.items(), reverse=True)}
    for line in overrides:
        if line.label not in labels or not (line.by_label or line.target.startswith(f"{VOCABULARY}{kind}/")):
            continue
        known = by_name.get(line.target) if line.by_label else by_iri.get(line.target)
        key = (line.target if line.target in labels else None) if line.by_label else minted.get(line.target)
        if known is not None:
            _with_concept(steering, line, known)
        elif key is not None and key != line.label:
            _with_label(steering, line, key)
    return steering


def _with_concept(steering: Steering, line: Override, known: Known) -> None:
    steering.used.add(line.line)
    if line.verb == "split":
        steering.closed.setdefault(line.label, set()).add(known.iri)
    else:
        steering.into[line.label] = known


def _with_label(steering: Steering, line: Override, key: str) -> None:
    steering.used.add(line.line)
    if line.verb == "split":
        steering.apart.add((line.label, key))
    else:
        steering.beside[line.label] = key
