"""Edges between measures, challenges, places, branches and actors, with the basis and confidence of their claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.graph.claims import Edge, Support, strength
from kg.identifiers import ONTOLOGY
from kg.records import Statement

BASES: Final[tuple[str, ...]] = ("stated", "section", "paper", "inferred")


@dataclass(frozen=True, slots=True)
class Link:
    """One edge as the graph claims it. ``statements`` are all that it rests on, ``predicate`` the local name in pw:."""

    subject: str
    predicate: str
    object: str
    basis: str
    confidence: float
    statements: tuple[Statement, ...]

    @property
    def papers(self) -> frozenset[str]:
        """Ids of the documents that support it."""
        return frozenset(statement.document for statement in self.statements)


Grouped = Mapping[tuple[str, str], tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Links:
    """All edges, by subject and predicate and by object and predicate, each group in the order of the other end."""

    outgoing: Grouped
    incoming: Grouped

    @classmethod
    def of(cls, supports: Mapping[Edge, list[Support]]) -> Links:
        """Links from what ``kg.graph.claims.supports`` gives."""
        made = [_link(edge, reasons) for edge, reasons in sorted(supports.items())]
        return cls(
            _grouped(((link.subject, link.predicate), link) for link in made),
            _grouped(((link.object, link.predicate), link) for link in made),
        )

    def of_subject(self, iri: str, *predicates: str) -> tuple[Link, ...]:
        """Edges that lead from a thing."""
        return tuple(link for name in predicates for link in self.outgoing.get((iri, name), ()))

    def of_object(self, iri: str, *predicates: str) -> tuple[Link, ...]:
        """Edges that lead to a thing."""
        return tuple(link for name in predicates for link in self.incoming.get((iri, name), ()))


def _link(edge: Edge, reasons: list[Support]) -> Link:
    subject, predicate, value = edge
    basis, confidence = strength(reasons)
    statements = {s.id: s for reason in reasons for s in reason.statements}
    return Link(subject, predicate.removeprefix(ONTOLOGY), value, basis, confidence, tuple(statements.values()))


def _grouped(pairs: Iterable[tuple[tuple[str, str], Link]]) -> Grouped:
    groups: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    for key, link in pairs:
        groups[key].append(link)
    return {key: tuple(links) for key, links in groups.items()}
