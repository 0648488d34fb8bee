"""Each thing whole: what it is, where it stands in its hierarchy, what it is linked to, and all that proves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from kg.identifiers import VOCABULARY
from kg.records import Mention, Statement, Statistic
from search_api.browse import entries
from search_api.browse.criteria import Criteria
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.index import CONCEPT_KINDS, ENTITY_KINDS, Index, Thing, entities_of, indicator
from search_api.browse.links import BASES, Link
from search_api.browse.paging import cursor, offset_of
from search_api.browse.proof import best, of_place, of_statement
from search_api.browse.schemas import ConceptView, EntityView, Evidence, FigureView, Neighbour, Neighbours, Proof, Ref
from search_api.browse.selection import Row, count, in_reading_order, whole_row
from search_api.browse.vocabulary import VocabularyInGraph

T = TypeVar("T")
_ALL: Final = Criteria({}, {}, None)
TOGETHER: Final = "together"
_OUTGOING: Final = {
    "addresses": ("addresses",),
    "causes": ("causes",),
    "regions": ("appliesIn",),
    "region_types": ("regionType",),
    "industries": ("targetsIndustry", "affectsIndustry"),
    "actors": ("carriedOutBy", "concernsActor"),
}
_INCOMING: Final = {"addressed_by": ("addresses",), "caused_by": ("causes",)}
_TO_ENTITY: Final = {name: predicates for name, predicates in _OUTGOING.items() if name in PLURALS.values()}


@dataclass(frozen=True, slots=True)
class Page:
    """Which stretch of the evidence is wanted: ``size`` places from a cursor on; it also limits other lists."""

    size: int
    cursor: str | None = None


def concept(index: Index, graph: VocabularyInGraph, kind: Kind, identifier: str, page: Page) -> ConceptView:
    """A measure or challenge by id. Raises NotFoundError, and MisuseError for a cursor that is not of it."""
    thing = index.thing(kind, identifier)
    record = index.catalog.concepts[thing.iri]
    members = [index.catalog.statements[m] for m in record.members]
    members.sort(key=lambda s: (*index.source_order(s.document, s.start), s.id))
    links = {name: index.links.of_object(thing.iri, *predicates) for name, predicates in _INCOMING.items()}
    links |= {name: index.links.of_subject(thing.iri, *predicates) for name, predicates in _OUTGOING.items()}
    return ConceptView(
        **dict(entries.concept(index, kind, whole_row(index, kind, thing.iri))),
        **_about(index, graph, thing),
        related=[entries.ref(index, kind, i) for i in record.related if i in index.things[kind]],
        neighbours={
            name: _neighbours(index, kind, [_near(index, link, thing.iri) for link in held], page.size)
            for name, held in links.items()
            if held
        },
        evidence=_evidence(index, thing.iri, members, lambda s: of_statement(index, s), page),
        snapshot=index.snapshot.id,
    )


def entity(index: Index, graph: VocabularyInGraph, kind: Kind, identifier: str, page: Page) -> EntityView:
    """A region, industry or actor by id. Raises NotFoundError, and MisuseError for a cursor that is not of it."""
    thing = index.thing(kind, identifier)
    told = count(index, kind, [thing.iri], None, _ALL)
    statements = in_reading_order(index, told.statements)
    figures = sorted(index.figure_postings.get((kind, thing.iri), ()))
    places: list[Statement | Mention | Statistic] = [
        *statements,
        *index.mentions.get(thing.iri, ()),
        *(index.figures[key] for key in figures),
    ]
    places.sort(key=lambda r: (*index.source_order(r.document, r.start), r.id))
    row = Row(thing.iri, thing.label, statements, told.papers, told.numbers)
    return EntityView(
        **dict(entries.entity(index, kind, row, _ALL)),
        **_about(index, graph, thing),
        neighbours=_around(index, kind, thing, statements, page.size),
        figures_of=[entries.figure(index, key) for key in figures[: page.size]],
        evidence=_evidence(index, thing.iri, places, lambda record: _proof(index, record), page),
        snapshot=index.snapshot.id,
    )


def figure(index: Index, graph: VocabularyInGraph, identifier: str, page: Page) -> FigureView:
    """A figure by id. Raises NotFoundError."""
    iri, record = index.figure(identifier)
    alike = (
        index.figure_postings[("indicator", indicator(record))]
        & index.figure_postings[("unit", record.unit.casefold())]
    )
    others = sorted(alike - {iri}, key=lambda key: (-(index.figures[key].year or 0), key))
    return FigureView(
        **dict(entries.figure(index, iri)),
        definition=graph.definition(indicator(record)),
        evidence=_evidence(index, iri, [record], lambda r: of_place(index, r), page),
        same_indicator=[entries.figure(index, key) for key in others[: page.size]],
        snapshot=index.snapshot.id,
    )


def _proof(index: Index, record: Statement | Mention | Statistic) -> Proof:
    return of_statement(index, record) if isinstance(record, Statement) else of_place(index, record)


def _about(index: Index, graph: VocabularyInGraph, thing: Thing) -> dict[str, object]:
    """Names, definition and the place in the hierarchy; of the hierarchy only what the documents speak of."""
    held = index.things[thing.kind]
    above = sorted(graph.above(thing.iri) & held.keys(), key=lambda i: (-len(graph.above(i)), held[i].label))
    below = sorted(graph.below(thing.iri) & held.keys(), key=lambda i: (held[i].label.casefold(), i))
    return {
        "other_names": list(thing.names),
        "definition": graph.definition(thing.iri),
        "broader": [entries.ref(index, thing.kind, iri) for iri in above],
        "narrower": [entries.ref(index, thing.kind, iri) for iri in below],
    }


def _evidence(index: Index, iri: str, records: Sequence[T], proof: Callable[[T], Proof], page: Page) -> Evidence:
    start = offset_of(page.cursor, index.snapshot.id, iri)
    end = start + page.size
    return Evidence(
        total=len(records),
        items=[proof(record) for record in records[start:end]],
        next=cursor(end, index.snapshot.id, iri) if end < len(records) else None,
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """A neighbour before it is cited: only those that are shown are worth the work."""

    iri: str
    label: str
    basis: str
    confidence: float
    papers: int
    statements: Sequence[Statement]


def _neighbours(index: Index, kind: Kind, found: Iterable[_Near], size: int) -> Neighbours:
    ranked = sorted(found, key=lambda n: (_rank(n.basis), -n.confidence, -n.papers, n.label.casefold(), n.iri))
    items = [
        Neighbour(
            **_other(index, kind, near.iri).model_dump(),
            basis=near.basis,
            confidence=near.confidence,
            papers=near.papers,
            citation=best(index, near.statements),
        )
        for near in ranked[:size]
    ]
    return Neighbours(total=len(ranked), items=items)


def _rank(basis: str) -> int:
    return [*BASES, TOGETHER].index(basis)


def _near(index: Index, link: Link, own: str) -> _Near:
    """The other end of a link, proved by what states that end where there are statements of it."""
    other = link.object if link.subject == own else link.subject
    stating = [s for s in link.statements if index.catalog.concept_of[s.id].iri == other]
    return _Near(other, index.label(other), link.basis, link.confidence, len(link.papers), stating or link.statements)


def _other(index: Index, kind: Kind, iri: str) -> Ref:
    """Any end of a link; kinds of place have no page of their own and lead to a list."""
    found = next((k for k, held in index.things.items() if iri in held), None)
    if found is not None:
        return entries.ref(index, found, iri)
    code = iri.removeprefix(f"{VOCABULARY}region-type/")
    url = f"{index.settings.public_url}/{PLURALS[kind]}?region_type={code}"
    return Ref(iri=iri, id=code, label=index.label(iri), url=url)


def _around(
    index: Index, kind: Kind, thing: Thing, statements: Sequence[Statement], size: int
) -> dict[str, Neighbours]:
    """Measures and challenges that are linked to an entity, and the entities that its statements name with it."""
    links = index.links.of_object(thing.iri, *_TO_ENTITY[PLURALS[kind]])
    found = {
        PLURALS[other]: [_near(index, link, thing.iri) for link in links if link.subject in index.things[other]]
        for other in CONCEPT_KINDS
    }
    for other in ENTITY_KINDS:
        if other != kind:
            found[PLURALS[other]] = _together(index, other, statements)
    return {name: _neighbours(index, kind, held, size) for name, held in found.items() if held}


def _together(index: Index, kind: Kind, statements: Sequence[Statement]) -> list[_Near]:
    groups: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for other in entities_of(statement, kind):
            groups[other.iri].append(statement)
    return [
        _Near(
            iri,
            index.label(iri),
            TOGETHER,
            round(max(s.confidence for s in held), 6),
            len({s.document for s in held}),
            held,
        )
        for iri, held in groups.items()
    ]
