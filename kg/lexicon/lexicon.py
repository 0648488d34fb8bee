"""The lexicon: load the vocabularies once, find their concepts in any text, walk their hierarchies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from kg.lexicon.concept import LexicalConcept, Match
from kg.lexicon.index import LabelIndex
from kg.lexicon.locating import located
from kg.lexicon.matching import Context, find_kind
from kg.lexicon.vocabulary import read

KINDS = ("region", "industry", "actor", "theme", "region-type")
MINIMUM = 0.45
_CERTAIN = 0.7


class Lexicon:
    """Concepts by IRI and by label. Immutable after loading, apart from remembered hierarchy walks."""

    def __init__(self, concepts: Mapping[str, LexicalConcept]) -> None:
        self._concepts = concepts
        by_kind: dict[str, list[LexicalConcept]] = defaultdict(list)
        self._groups: dict[str, list[str]] = defaultdict(list)
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for concept in concepts.values():
            by_kind[concept.kind].append(concept)
            for member in concept.members:
                self._groups[member].append(concept.iri)
            for broader in concept.broader:
                self._narrower[broader].append(concept.iri)
        self._indexes = {kind: LabelIndex(kind, by_kind[kind]) for kind in sorted({*KINDS, *by_kind})}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._containers: dict[str, frozenset[str]] = {}
        self._descendants: dict[str, frozenset[str]] = {}
        self._nowhere = Context.of(self, ())
        self._context = self._nowhere

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read the vocabularies in ``folder``. Raises PolicyweaveError where one is missing or broken."""
        return cls(read(folder))

    def concept(self, iri: str) -> LexicalConcept | None:
        """The concept of this IRI, if a vocabulary holds it."""
        return self._concepts.get(iri)

    def concepts(self, kind: str) -> tuple[LexicalConcept, ...]:
        """All concepts of one kind, sorted by IRI."""
        return tuple(sorted((c for c in self._concepts.values() if c.kind == kind), key=lambda c: c.iri))

    def ancestors(self, iri: str) -> frozenset[str]:
        """All that contains the concept: broader concepts and groups it is a member of, at any distance."""
        known = self._ancestors.get(iri)
        if known is None:
            known = self._closure(iri, lambda at: (*self._broader(at), *self._groups.get(at, ())))
            self._ancestors[iri] = known
        return known

    def containers(self, iri: str) -> frozenset[str]:
        """The broader concepts at any distance, without the groups that count it as a member."""
        known = self._containers.get(iri)
        if known is None:
            known = self._containers[iri] = self._closure(iri, self._broader)
        return known

    def descendants(self, iri: str) -> frozenset[str]:
        """All that the concept contains: narrower concepts and members, at any distance."""
        known = self._descendants.get(iri)
        if known is None:
            known = self._closure(iri, lambda at: (*self._narrower.get(at, ()), *self._members(at)))
            self._descendants[iri] = known
        return known

    def country(self, iri: str) -> str | None:
        """The country that a region lies in or is; None for what spans countries."""
        seen: set[str] = set()
        at: str | None = iri
        while at is not None and at not in seen:
            seen.add(at)
            concept = self._concepts.get(at)
            if concept is None or concept.type == "country":
                return at if concept else None
            at = concept.broader[0] if concept.broader else None
        return None

    def find(
        self,
        text: str,
        kinds: Iterable[str] = KINDS,
        prefer: Collection[str] = (),
        minimum: float = MINIMUM,
    ) -> list[Match]:
        """Concepts named in ``text``, sorted by place; within one kind matches do not overlap and the longest wins.

        ``prefer`` holds IRIs of regions that the context speaks of (other places of the paper, regions of the
        index): readings near them win. Readings that score below ``minimum`` (0 to 1) are left out.
        """
        found: list[Match] = []
        for kind in kinds:
            if kind == "region":
                found += self._regions(text, prefer, minimum)
            else:
                found += find_kind(text, kind, self._indexes[kind], self._nowhere, minimum)
        return sorted(found, key=lambda match: (match.start, -match.end, match.kind))

    def _regions(self, text: str, prefer: Collection[str], minimum: float) -> list[Match]:
        """Two passes: the places that can only mean one thing are context for the others."""
        index = self._indexes["region"]
        context = self._context_of(prefer)
        first = find_kind(text, "region", index, context, 0.0)
        certain = {match.concept.iri for match in first if not match.alternatives and match.score >= _CERTAIN}
        if certain and len(first) > 1:
            first = find_kind(text, "region", index, context.widened(certain), 0.0)
        return [match for match in located(text, first, self) if match.score >= minimum]

    def _context_of(self, prefer: Collection[str]) -> Context:
        """The context of these places. The last one is kept: a document asks with the same for each sentence."""
        if not prefer:
            return self._nowhere
        context = self._context
        if context.prefer != (places := frozenset(prefer)):
            context = self._context = Context.of(self, places)
        return context

    def _broader(self, iri: str) -> tuple[str, ...]:
        concept = self._concepts.get(iri)
        return concept.broader if concept else ()

    def _members(self, iri: str) -> tuple[str, ...]:
        concept = self._concepts.get(iri)
        return concept.members if concept else ()

    @staticmethod
    def _closure(start: str, step: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [*step(start)]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += step(at)
        return frozenset(seen - {start})
