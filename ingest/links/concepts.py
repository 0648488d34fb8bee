"""Concepts: statements of different sentences and papers that speak of one problem or one kind of measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.links.challenge_vocabulary import KnownChallenge, load_vocabulary, recognise
from ingest.links.linkage import cluster
from kg.identifiers import entity_iri, mint
from kg.records import Concept, Statement, StatementType, Theme
from kg.resources import ontology_folder

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# Hand-written pairs of one meaning lie at 0.69–0.84 for the default embedder, neighbours in one field ("a talent fund",
# "a talent centre") reach 0.75: two labels that should be one do less harm than two problems under one name.
_SAME = 0.80


def merge(
    statements: Sequence[Statement], embed: Embed, vocabulary: Sequence[KnownChallenge] | None = None
) -> tuple[Concept, ...]:
    """Concepts sorted by IRI; every statement is a member of exactly one.

    ``embed`` maps n texts to an (n, d) array of unit vectors; ``vocabulary`` defaults to the packaged one. The order
    of the statements does not matter. Twins in repeated paragraphs go with their originals.
    """
    known = load_vocabulary(ontology_folder()) if vocabulary is None else vocabulary
    originals = {s.id: s for s in statements if s.duplicate_of is None}
    leaders = {s.id: _leader(s, originals) for s in statements}
    drafts: list[_Draft] = []
    kinds: tuple[StatementType, ...] = ("challenge", "measure")
    for kind in kinds:
        leading = sorted(
            {leaders[s.id].id: leaders[s.id] for s in statements if s.type == kind}.values(), key=lambda s: s.id
        )
        drafts += _drafts(kind, leading, known if kind == "challenge" else (), embed)
    members: dict[str, list[str]] = {}
    for statement in statements:
        members.setdefault(leaders[statement.id].id, []).append(statement.id)
    return _named(drafts, members)


class _Draft:
    """A concept before it has an IRI: statements that share it, with the vocabulary's concept if it is one."""

    def __init__(
        self, kind: StatementType, label: str, statements: Sequence[Statement], known: KnownChallenge | None
    ) -> None:
        self.kind = kind
        self.label = label
        self.statements = statements
        self.known = known
        self.labels = sorted({_label(s) for s in statements})

    @property
    def theme(self) -> Theme:
        """The vocabulary's theme, else what most members say."""
        if self.known is not None:
            return self.known.theme
        counts = Counter(s.theme for s in self.statements)
        return min(counts, key=lambda theme: (-counts[theme], theme))


def _leader(statement: Statement, originals: Mapping[str, Statement]) -> Statement:
    return originals.get(statement.duplicate_of or "", statement)


def _label(statement: Statement) -> str:
    return " ".join((statement.label or statement.text).split())


def _drafts(
    kind: StatementType, statements: Sequence[Statement], known: Sequence[KnownChallenge], embed: Embed
) -> list[_Draft]:
    by_label: dict[str, list[Statement]] = {}
    for statement in statements:
        by_label.setdefault(_label(statement).casefold(), []).append(statement)
    keys = sorted(by_label)
    if not keys:
        return []
    vectors = embed([_label(by_label[key][0]) for key in keys])
    recognised = recognise(keys, vectors, known, embed)
    drafts = [
        _Draft(
            kind,
            concept.labels[0],
            _all(by_label, [k for k, found in zip(keys, recognised, strict=True) if found is concept]),
            concept,
        )
        for concept in known
        if any(found is concept for found in recognised)
    ]
    rest = [row for row, found in enumerate(recognised) if found is None]
    for group in cluster(vectors[rest], _SAME):
        rows = [rest[index] for index in group]
        chosen = keys[_central(rows, vectors, [len(by_label[keys[row]]) for row in rows])]
        drafts.append(_Draft(kind, _label(by_label[chosen][0]), _all(by_label, [keys[row] for row in rows]), None))
    return drafts


def _all(by_label: Mapping[str, Sequence[Statement]], keys: Iterable[str]) -> list[Statement]:
    return [statement for key in keys for statement in by_label[key]]


def _central(rows: Sequence[int], vectors: NDArray[np.float32], counts: Sequence[int]) -> int:
    """The row nearest to all others, each weighted by how many statements carry its label; the first of equals."""
    sums = (vectors[rows] @ vectors[rows].T) @ np.asarray(counts, dtype=np.float32)
    return rows[int(np.argmax(np.round(sums, 4)))]


def _named(drafts: Sequence[_Draft], members: Mapping[str, Sequence[str]]) -> tuple[Concept, ...]:
    """Give every draft its IRI; where labels differ in punctuation only, the later ones carry a hash of their
    labels.
    """
    concepts: dict[str, Concept] = {}
    for draft in sorted(drafts, key=lambda d: (d.kind, d.label, d.labels)):
        iri = draft.known.iri if draft.known else entity_iri(draft.kind, draft.label)
        if iri in concepts:
            iri = f"{iri}-{mint('concept', draft.kind, *draft.labels)[1:]}"
        ids = sorted(identifier for s in draft.statements for identifier in members[s.id])
        others = tuple(label for label in draft.labels if label.casefold() != draft.label.casefold())
        concepts[iri] = Concept(iri, draft.kind, draft.label, others, draft.theme, tuple(ids))
    return tuple(concepts[iri] for iri in sorted(concepts))
