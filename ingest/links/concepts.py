"""Concepts: statements of different sentences and papers that speak of one problem or one kind of measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.links import thesaurus
from ingest.links.grouping import Group, Label, group
from ingest.links.instruments import Instruments
from ingest.links.overrides import Override, fold
from ingest.links.recognition import Recogniser
from ingest.links.related import related
from ingest.links.steering import steer
from kg.identifiers import entity_iri, mint
from kg.records import Concept, Merge, Statement, StatementType, Theme
from kg.resources import ontology_folder

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Merged:
    """Concepts sorted by IRI, and the lines of the user's file that found nothing to apply to."""

    concepts: tuple[Concept, ...]
    unused: tuple[Override, ...]


def merge(
    statements: Sequence[Statement],
    embed: Embed,
    overrides: Sequence[Override] = (),
    folder: Path | None = None,
    names: Embed | None = None,
) -> Merged:
    """Put statements into concepts; every statement is a member of exactly one.

    ``embed`` maps n texts to an (n, d) array of unit vectors; ``folder`` holds the thesauri (default: the packaged
    ones), ``names`` embeds what stands in them (default: ``embed``). The order of the statements does not matter. Twins
    in repeated paragraphs go with their originals.
    """
    place = folder or ontology_folder()
    problems = thesaurus.load(place, "challenge")
    originals = {s.id: s for s in statements if s.duplicate_of is None}
    concepts: list[Concept] = []
    used: set[int] = set()
    kinds: tuple[tuple[StatementType, Sequence[thesaurus.Known]], ...] = (("challenge", problems), ("measure", ()))
    for kind, known in kinds:
        own = _Leaders(kind, [s for s in statements if s.type == kind], originals)
        steering = steer(overrides, kind, {label.key: label.text for label in own.labels}, known)
        used |= steering.used
        if own.labels:
            vectors = embed([label.text for label in own.labels])
            groups = group(own.labels, vectors, Recogniser(known, names or embed), steering)
            named, homes = _named(groups, own)
            near = related([homes[label.key] for label in own.labels], vectors, {one.iri: one for one in known})
            concepts += [replace(concept, related=near[concept.iri]) for concept in named]
    if any(concept.type == "measure" for concept in concepts):
        instruments = Instruments(place, names or embed)
        concepts = [_with_instrument(concept, instruments, embed) for concept in concepts]
    unused = tuple(line for line in overrides if line.line not in used)
    return Merged(tuple(sorted(concepts, key=lambda concept: concept.iri)), unused)


class _Leaders:
    """Statements of one type by label: each twin is led by its original, whose label counts."""

    def __init__(
        self, kind: StatementType, statements: Sequence[Statement], originals: Mapping[str, Statement]
    ) -> None:
        self.kind = kind
        self.leader = {s.id: originals.get(s.duplicate_of or "", s) for s in statements}
        self.followers: dict[str, list[str]] = {}
        for identifier, leader in sorted(self.leader.items()):
            self.followers.setdefault(leader.id, []).append(identifier)
        leading = sorted({s.id: s for s in self.leader.values()}.values(), key=lambda s: s.id)
        self.by_key: dict[str, list[Statement]] = {}
        for statement in leading:
            self.by_key.setdefault(fold(_label(statement)), []).append(statement)
        self.labels = [Label(_label(found[0]), key, len(found)) for key, found in sorted(self.by_key.items())]

    def statements(self, keys: Iterable[str]) -> list[Statement]:
        """The leading statements under these folded labels."""
        return [statement for key in sorted(keys) for statement in self.by_key[key]]

    def merges(self, one: Group) -> tuple[Merge, ...]:
        """One record for each member of a group, sorted by its id; none for one that stands alone."""
        made = []
        for key, reason in one.reasons.items():
            for statement in self.by_key[key]:
                made.append(Merge(statement.id, reason.reason, reason.matched, reason.score))
                twins = [identifier for identifier in self.followers[statement.id] if identifier != statement.id]
                made += [Merge(twin, "duplicate", _label(statement), 1.0) for twin in twins]
        return tuple(sorted(made, key=lambda merge: merge.statement))


def _label(statement: Statement) -> str:
    return " ".join((statement.label or statement.text).split())


def _theme(one: Group, members: Sequence[Statement]) -> Theme:
    """The thesaurus' theme, else what most members say."""
    if one.known is not None:
        return one.known.theme
    counts = Counter(s.theme for s in members)
    return min(counts, key=lambda theme: (-counts[theme], theme))


def _named(groups: Sequence[Group], own: _Leaders) -> tuple[list[Concept], dict[str, str]]:
    """Give every group its IRI: the concepts, and the IRI of each folded label.

    Where labels differ in punctuation only, the later ones carry a hash of theirs.
    """
    concepts: dict[str, Concept] = {}
    homes: dict[str, str] = {}
    for one in sorted(groups, key=lambda g: (g.label, sorted(g.reasons))):
        members = own.statements(one.reasons)
        labels = sorted({_label(s) for s in members})
        iri = one.known.iri if one.known else entity_iri(own.kind, one.label)
        if iri in concepts:
            iri = f"{iri}-{mint('concept', own.kind, *labels)[1:]}"
        homes |= dict.fromkeys(one.reasons, iri)
        merges = own.merges(one)
        alone = one.known is None and len(merges) == 1
        concepts[iri] = Concept(
            iri=iri,
            type=own.kind,
            label=one.label,
            alt_labels=tuple(label for label in labels if label.casefold() != one.label.casefold()),
            theme=_theme(one, members),
            members=tuple(merge.statement for merge in merges),
            merges=() if alone else merges,
        )
    return [concepts[iri] for iri in sorted(concepts)], homes


def _with_instrument(concept: Concept, instruments: Instruments, embed: Embed) -> Concept:
    if concept.type != "measure":
        return concept
    labels = (concept.label, *concept.alt_labels)
    return replace(concept, instrument=instruments.of(labels, embed(labels)))
