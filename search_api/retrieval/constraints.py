"""How far a sentence or a statement meets what a question restricts itself to: regions, kinds of place, industries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.records import EntityRef, Sentence, Statement
from search_api.catalog import Catalog
from search_api.exclusion import Exclusion

TITLE_SHARE = 50
# Filters that say what a statement must be like.
OF_STATEMENTS = frozenset({"status", "theme", "actor", "region_type"})


@dataclass(frozen=True, slots=True)
class Constraint:
    """One restriction. ``reach`` holds its own IRI and those below it, ``text`` what the question calls it."""

    iri: str
    label: str
    text: str
    reach: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """All restrictions of a question. An empty tuple restricts nothing; several of one kind mean any of them.

    ``binding`` names the kinds that a client set as a filter: these exclude, the others only weigh. Documents and what
    is ``excluded`` always exclude.
    """

    regions: tuple[Constraint, ...] = ()
    region_types: tuple[str, ...] = ()
    industries: tuple[Constraint, ...] = ()
    actors: tuple[Constraint, ...] = ()
    themes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    documents: frozenset[str] | None = None
    years: tuple[int, ...] = ()
    binding: frozenset[str] = frozenset()
    excluded: Exclusion | None = None


def reach(constraints: Iterable[Constraint]) -> frozenset[str]:
    """IRIs of all that satisfies one of the restrictions."""
    return frozenset().union(*(c.reach for c in constraints))


@dataclass(frozen=True, slots=True)
class Fit:
    """A scope made ready to be held against sentences.

    ``regional`` says of the sentences that concern its regions how surely they do, from 0 to 1: named in the sentence
    1, in the scope of a statement 0.8, in the title of the section or the paper 0.6.
    """

    catalog: Catalog
    scope: Scope
    regions: frozenset[str]
    industries: frozenset[str]
    actors: frozenset[str]
    regional: Mapping[str, float]

    @classmethod
    def of(cls, catalog: Catalog, scope: Scope) -> Fit:
        """Resolve the reach of each kind of restriction once."""
        regions = reach(scope.regions)
        regional = _regional(catalog, regions) if regions else {}
        return cls(catalog, scope, regions, reach(scope.industries), reach(scope.actors), regional)

    @property
    def restricts(self) -> bool:
        """Whether the question restricts itself to places, kinds of place, industries or actors."""
        return bool(self.scope.regions or self.scope.region_types or self.scope.industries or self.scope.actors)

    def region(self, sentence: str) -> float:
        """How surely a sentence concerns the regions, 0 where nothing says so."""
        return self.regional.get(sentence, 0.0)

    def share(self, sentence: str) -> float:
        """Mean fit to the kinds of restriction that are set, from 0 to 1; 0 where none is set."""
        statements = self.catalog.statements_in.get(sentence, ())
        parts: list[float] = []
        if self.scope.regions:
            parts.append(self.region(sentence))
        if self.scope.region_types:
            parts.append(float(any(set(self.scope.region_types) & set(s.region_types) for s in statements)))
        if self.scope.industries:
            parts.append(float(self._mentions(sentence, self.industries)))
        if self.scope.actors:
            named = self._mentions(sentence, self.actors)
            parts.append(float(named or any(_meets(s.actors, self.actors) for s in statements)))
        return sum(parts) / len(parts) if parts else 0.0

    def admits(self, sentence: str) -> bool:
        """Whether a sentence meets the client's own filters; those on statements by a statement in it."""
        binding, place = self.scope.binding, self.catalog.sentences[sentence]
        statements = self.catalog.statements_in.get(sentence, ())
        if self.scope.documents is not None and place.document not in self.scope.documents:
            return False
        if self.scope.excluded is not None and self._excluded(self.scope.excluded, place):
            return False
        if "year" in binding and self.catalog.documents[place.document].document.year not in self.scope.years:
            return False
        if "region" in binding and self.region(sentence) == 0.0:
            return False
        named = self._mentions(sentence, self.industries)
        if "industry" in binding and not named and not any(_meets(s.industries, self.industries) for s in statements):
            return False
        return not binding & OF_STATEMENTS or any(map(self.admits_statement, statements))

    def admits_statement(self, statement: Statement) -> bool:
        """Whether a statement meets the client's own filters on statements."""
        binding = self.scope.binding
        if "status" in binding and statement.type == "measure" and statement.status not in self.scope.statuses:
            return False
        if "theme" in binding and statement.theme not in self.scope.themes:
            return False
        if "actor" in binding and not _meets(statement.actors, self.actors):
            return False
        return "region_type" not in binding or bool(set(self.scope.region_types) & set(statement.region_types))

    def _excluded(self, excluded: Exclusion, sentence: Sentence) -> bool:
        entities = [m.entity.iri for m in self.catalog.mentions_in.get(sentence.id, ())]
        themes = [s.theme for s in self.catalog.statements_in.get(sentence.id, ())]
        return excluded.touches(sentence.text, entities, themes)

    def _mentions(self, sentence: str, wanted: frozenset[str]) -> bool:
        return any(m.entity.iri in wanted for m in self.catalog.mentions_in.get(sentence, ()))


def _meets(entities: Iterable[EntityRef], wanted: frozenset[str]) -> bool:
    return any(entity.iri in wanted for entity in entities)


def _regional(catalog: Catalog, wanted: frozenset[str]) -> Mapping[str, float]:
    named = [r for r in catalog.mentioned if r in wanted]
    headed = _headed(catalog, {s for r in named for s in catalog.naming.get(r, ())})
    found = {s.id: 0.6 for s in catalog.sentences.values() if s.section in headed} if headed else {}
    found |= {s: 0.8 for r, sentences in catalog.scoped.items() if r in wanted for s in sentences}
    return found | {s: 1.0 for r in named for s in catalog.naming.get(r, ())}


def _headed(catalog: Catalog, naming: set[str]) -> frozenset[str]:
    """Sections whose heading is among the sentences that name a place; all of a document whose title is."""
    found: set[str] = set()
    for title in (t for t in catalog.titles if t.id in naming):
        record = catalog.documents[title.document]
        found.add(title.section)
        if title.start <= record.document.length // TITLE_SHARE:
            found |= {section.id for section in record.sections}
    return frozenset(found)
