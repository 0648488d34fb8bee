"""What browsing looks things up in, derived once per snapshot: things by kind, and statements by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import NotFoundError
from kg.graph.claims import supports
from kg.identifiers import entity_iri, iri
from kg.lexicon import Lexicon
from kg.records import Concept, EntityRef, Mention, Statement, Statistic
from kg.settings import Settings
from kg.snapshot import Snapshot
from search_api.browse.ids import PLURALS, Kind, readings
from search_api.browse.links import Links
from search_api.browse.names import Names
from search_api.catalog import Catalog

CONCEPT_KINDS: Final[tuple[Kind, ...]] = ("measure", "challenge")
ENTITY_KINDS: Final[tuple[Kind, ...]] = ("region", "industry", "actor")
Key = tuple[str, str]
Postings = Mapping[Key, frozenset[str]]
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """A measure, challenge, region, industry or actor. ``type`` is the theme of a statement's concept, else the level
    of a region or the sort of an industry or actor; ``names`` are its other names.
    """

    iri: str
    kind: Kind
    label: str
    names: tuple[str, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups of one snapshot.

    ``statements`` are those that are counted: repeated paragraphs left out, each the member of a concept.
    ``postings`` leads from a filter's name and value to their ids, ``figure_postings`` to the IRIs of figures.
    ``lines`` holds start and id of the sentences of each document that have a passage to cite them with,
    ``instruments`` the labels of the policy instruments that measures use, by IRI.
    """

    snapshot: Snapshot
    catalog: Catalog
    lexicon: Lexicon
    settings: Settings
    links: Links
    things: Mapping[Kind, Mapping[str, Thing]]
    names: Mapping[Kind, Names]
    statements: Mapping[str, Statement]
    postings: Postings
    mentions: Mapping[str, tuple[Mention, ...]]
    figures: Mapping[str, Statistic]
    figure_postings: Postings
    lines: Mapping[str, tuple[tuple[int, str], ...]]
    instruments: Mapping[str, str]

    @classmethod
    def of(cls, snapshot: Snapshot, catalog: Catalog, lexicon: Lexicon, settings: Settings) -> Index:
        """Derive all of it; costs one pass over the records."""
        records = [catalog.documents[key] for key in sorted(catalog.documents)]
        statements = {
            t.id: t for r in records for t in r.statements if t.duplicate_of is None and t.id in catalog.concept_of
        }
        figures = {iri(settings.base_iri, "statistic", f.id): f for r in records for f in r.statistics}
        mentions = _grouped((m.entity.iri, m) for r in records for m in r.mentions)
        things = _things(catalog, lexicon, statements.values(), mentions, figures.values())
        return cls(
            snapshot=snapshot,
            catalog=catalog,
            lexicon=lexicon,
            settings=settings,
            links=Links.of(supports(records, catalog.concept_of)),
            things=things,
            names={kind: Names.of((t.iri, (t.label, *t.names)) for t in held.values()) for kind, held in things.items()}
            | {"statistic": Names.of((key, (f.indicator,)) for key, f in figures.items())},
            statements=statements,
            postings=_postings((t.id, key) for t in statements.values() for key in _said(catalog, t)),
            mentions=mentions,
            figures=figures,
            figure_postings=_postings((key, value) for key, f in figures.items() for value in _shown(catalog, f)),
            instruments={c.instrument.iri: c.instrument.label for c in catalog.concepts.values() if c.instrument},
            lines={
                r.document.id: tuple(sorted((s.start, s.id) for s in r.sentences if s.id in catalog.sentences))
                for r in records
            },
        )

    def thing(self, kind: Kind, identifier: str) -> Thing:
        """A thing by id or IRI. Raises NotFoundError that says where to look."""
        for reading in readings(identifier, kind, self.settings.base_iri):
            if (found := self.things[kind].get(reading)) is not None:
                return found
        raise missing(kind, identifier)

    def figure(self, identifier: str) -> tuple[str, Statistic]:
        """A figure's IRI and record by id or IRI. Raises NotFoundError that says where to look."""
        for reading in readings(identifier, "statistic", self.settings.base_iri):
            if (found := self.figures.get(reading)) is not None:
                return reading, found
        raise missing("statistic", identifier)

    def with_value(self, name: str, values: Iterable[str]) -> frozenset[str]:
        """Ids of the statements that have one of a filter's values."""
        return NOTHING.union(*(self.postings.get((name, value), NOTHING) for value in values))

    def reach(self, concept: str) -> frozenset[str]:
        """A region, industry or actor and all that lies in it."""
        return self.lexicon.descendants(concept) | {concept}

    def label(self, concept: str) -> str:
        """What a thing of any kind is called; its IRI where nothing names it."""
        for held in self.things.values():
            if concept in held:
                return held[concept].label
        if concept in self.instruments:
            return self.instruments[concept]
        known = self.lexicon.concept(concept)
        return known.label if known else concept

    def source_order(self, document: str, start: int) -> tuple[str, int]:
        """Sorts places as a reader meets them: by file name, then by offset."""
        return self.catalog.documents[document].document.source, start


def missing(kind: Kind, identifier: str) -> NotFoundError:
    """The error for an id that this snapshot does not hold."""
    plural = PLURALS[kind]
    return NotFoundError(
        f"no {kind} '{identifier}' in this snapshot: /{plural}?q=WORDS searches by name, /{plural} lists all"
    )


def entities_of(statement: Statement, kind: str) -> tuple[EntityRef, ...]:
    """The regions, industries or actors of a statement."""
    return {"region": statement.regions, "industry": statement.industries, "actor": statement.actors}[kind]


def indicator(figure: Statistic) -> str:
    """IRI of what a figure measures."""
    return entity_iri("indicator", figure.indicator)


def _things(
    catalog: Catalog,
    lexicon: Lexicon,
    statements: Iterable[Statement],
    mentions: Mapping[str, tuple[Mention, ...]],
    figures: Iterable[Statistic],
) -> dict[Kind, dict[str, Thing]]:
    found: dict[Kind, dict[str, Thing]] = {"measure": {}, "challenge": {}, "region": {}, "industry": {}, "actor": {}}
    for concept in {catalog.concept_of[s.id].iri: catalog.concept_of[s.id] for s in statements}.values():
        found[concept.type][concept.iri] = _concept(concept)
    levels = {key: held[0].kind for key, held in mentions.items()}
    for kind, entity in sorted({*_entities(catalog, mentions, figures)}, key=lambda pair: (pair[1].iri, pair[1].label)):
        found[kind].setdefault(entity.iri, _entity(lexicon, kind, entity, levels.get(entity.iri, "")))
    return found


def _concept(concept: Concept) -> Thing:
    return Thing(concept.iri, concept.type, concept.label, concept.alt_labels, concept.theme)


def _entity(lexicon: Lexicon, kind: Kind, entity: EntityRef, level: str) -> Thing:
    known = lexicon.concept(entity.iri)
    if known is None:
        return Thing(entity.iri, kind, entity.label, (), level)
    return Thing(entity.iri, kind, known.label, known.alt_labels, known.type or level)


def _entities(
    catalog: Catalog, mentions: Mapping[str, tuple[Mention, ...]], figures: Iterable[Statistic]
) -> Iterator[tuple[Kind, EntityRef]]:
    yield from ((m.type, m.entity) for held in mentions.values() for m in held)
    yield from (("region", f.region) for f in figures if f.region is not None)
    for statement in catalog.statements.values():
        yield from ((kind, entity) for kind in ENTITY_KINDS for entity in entities_of(statement, kind))


def _said(catalog: Catalog, statement: Statement) -> Iterator[Key]:
    """What a statement can be found by."""
    concept, document = catalog.concept_of[statement.id], catalog.documents[statement.document].document
    yield "type", statement.type
    yield "concept", concept.iri
    yield "theme", concept.theme
    if concept.instrument is not None:
        yield "instrument", concept.instrument.iri
    yield "document", statement.document
    if statement.status:
        yield "status", statement.status
    if document.year is not None:
        yield "year", str(document.year)
    yield from (("region_type", name) for name in statement.region_types)
    yield from ((kind, entity.iri) for kind in ENTITY_KINDS for entity in entities_of(statement, kind))


def _shown(catalog: Catalog, figure: Statistic) -> Iterator[Key]:
    """What a figure can be found by; industries are those that its sentence names."""
    document = catalog.documents[figure.document].document
    yield "document", figure.document
    yield "indicator", indicator(figure)
    yield "unit", figure.unit.casefold()
    yield "conflict", str(figure.conflicts is not None).lower()
    if document.year is not None:
        yield "year", str(document.year)
    if figure.year is not None:
        yield "figure_year", str(figure.year)
    if figure.region is not None:
        yield "region", figure.region.iri
    named = {m.entity.iri for m in catalog.mentions_in.get(figure.sentence, ()) if m.type == "industry"}
    yield from (("industry", entity) for entity in sorted(named))


def _grouped(pairs: Iterable[tuple[str, Mention]]) -> dict[str, tuple[Mention, ...]]:
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for key, mention in pairs:
        groups[key].append(mention)
    return {key: tuple(held) for key, held in groups.items()}


def _postings(pairs: Iterable[tuple[str, Key]]) -> Postings:
    found: defaultdict[Key, set[str]] = defaultdict(set)
    for member, key in pairs:
        found[key].add(member)
    return {key: frozenset(members) for key, members in found.items()}
