"""The rows of a list: what meets the filters, counted, and in the order asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.records import Statement
from search_api.browse.asked import Asked
from search_api.browse.criteria import Criteria, resolve
from search_api.browse.ids import Kind
from search_api.browse.index import ENTITY_KINDS, NOTHING, Index

Value = str | float | None
# Filters that mentions and figures of an entity can meet as well as statements.
_ON_PLACES: Final = frozenset({"year", "document"})


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One thing of a list: its statements that meet the filters, in reading order, ids of the papers that speak of it,
    and what it is sorted by.
    """

    iri: str
    label: str
    statements: tuple[Statement, ...]
    papers: frozenset[str]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Selection:
    """All rows of a list, in order."""

    asked: Asked
    criteria: Criteria
    rows: tuple[Row, ...]


# Gives the row of a measure or challenge with all its statements; remembered, so that lists share what they can.
Whole = Callable[[Kind, str], Row]


def select(index: Index, asked: Asked, whole: Whole) -> Selection:
    """What meets the filters. Raises MisuseError for a filter that nothing can meet."""
    criteria = resolve(index, asked)
    if asked.kind == "statistic":
        rows = _figures(index, criteria)
    elif asked.kind in ENTITY_KINDS:
        rows = _entities(index, asked, criteria)
    else:
        rows = _concepts(index, asked.kind, criteria, whole)
    return Selection(asked, criteria, tuple(ordered(rows, asked.sort)))


def ordered(rows: Iterable[Row], sort: Sequence[tuple[str, bool]]) -> list[Row]:
    """Rows by several values, the first one foremost; rows without a value come last either way, ties by label."""
    made = sorted(rows, key=lambda row: (row.label.casefold(), row.iri))
    for name, descending in reversed(sort):
        known = [row for row in made if row.values[name] is not None]
        unknown = [row for row in made if row.values[name] is None]
        made = sorted(known, key=lambda row: row.values[name], reverse=descending) + unknown  # type: ignore[arg-type,return-value]
    return made


def in_reading_order(index: Index, identifiers: Iterable[str]) -> tuple[Statement, ...]:
    """Statements by file name and offset."""
    held = (index.statements[i] for i in identifiers)
    return tuple(sorted(held, key=lambda s: (*index.source_order(s.document, s.start), s.id)))


def _concepts(index: Index, kind: Kind, criteria: Criteria, whole: Whole) -> list[Row]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for identifier in criteria.statements(index, kind) or NOTHING:
        iri = index.catalog.concept_of[identifier].iri
        if criteria.things is None or iri in criteria.things:
            groups[iri].append(identifier)
    return [
        whole(kind, iri)
        if len(members) == len(index.postings["concept", iri])
        else concept_row(index, kind, iri, members)
        for iri, members in groups.items()
    ]


def whole_row(index: Index, kind: Kind, iri: str) -> Row:
    """A measure or challenge with all its statements."""
    return concept_row(index, kind, iri, index.postings["concept", iri])


def concept_row(index: Index, kind: Kind, iri: str, members: Collection[str]) -> Row:
    """A measure or challenge with those of its statements that count, by their ids (at least one)."""
    thing, statements = index.things[kind][iri], in_reading_order(index, members)
    papers = frozenset(s.document for s in statements)
    years = [year for paper in papers if (year := index.catalog.documents[paper].document.year) is not None]
    values: dict[str, Value] = {
        "label": thing.label.casefold(),
        "theme": thing.type,
        "papers": len(papers),
        "statements": len(statements),
        "confidence": max(s.confidence for s in statements),
        "year": max(years, default=None),
        "challenges": len(index.links.of_subject(iri, "addresses")),
        "measures": len(index.links.of_object(iri, "addresses")),
    }
    return Row(iri, thing.label, statements, papers, values)


def _entities(index: Index, asked: Asked, criteria: Criteria) -> list[Row]:
    """Entities with their own evidence; a filter of the listed kind says which entities, not which statements."""
    kind = asked.kind
    matched = criteria.statements(index, skip=kind)
    within = criteria.allowed.get(kind)
    rows = []
    for iri, thing in index.things[kind].items():
        if (within is not None and iri not in within) or (criteria.things is not None and iri not in criteria.things):
            continue
        told = count(index, kind, [iri], matched, criteria)
        if told.papers:
            values: dict[str, Value] = {"label": thing.label.casefold(), "type": thing.type or None, **told.numbers}
            rows.append(Row(iri, thing.label, in_reading_order(index, told.statements), told.papers, values))
    return rows


@dataclass(frozen=True, slots=True)
class Told:
    """How much is said of some entities: numbers by name, ids of the statements and of the papers."""

    numbers: Mapping[str, int | None]
    statements: frozenset[str]
    papers: frozenset[str]


def count(index: Index, kind: Kind, iris: Collection[str], matched: frozenset[str] | None, criteria: Criteria) -> Told:
    """What is said of some entities, each thing counted once.

    Mentions and figures cannot meet filters on what a statement says: where there are any, both counts are None.
    """
    statements = index.with_value(kind, iris)
    statements = statements if matched is None else statements & matched
    concepts = {index.catalog.concept_of[s] for s in statements}
    papers = {index.statements[s].document for s in statements}
    counts: dict[str, int | None] = {
        "statements": len(statements),
        "measures": sum(c.type == "measure" for c in concepts),
        "challenges": sum(c.type == "challenge" for c in concepts),
        "mentions": None,
        "figures": None,
    }
    if criteria.allowed.keys() - {kind} <= _ON_PLACES:
        mentions = [m.document for i in iris for m in index.mentions.get(i, ()) if admits(index, criteria, m.document)]
        figures = NOTHING.union(*(index.figure_postings.get((kind, i), NOTHING) for i in iris))
        shown = [d for f in figures if admits(index, criteria, d := index.figures[f].document)]
        counts |= {"mentions": len(mentions), "figures": len(shown)}
        papers |= {*mentions, *shown}
    return Told(counts | {"papers": len(papers)}, statements, frozenset(papers))


def admits(index: Index, criteria: Criteria, document: str) -> bool:
    """Whether a place in this document meets the filters on papers."""
    if document not in criteria.allowed.get("document", (document,)):
        return False
    years = criteria.allowed.get("year")
    return years is None or str(index.catalog.documents[document].document.year) in years


def _figures(index: Index, criteria: Criteria) -> list[Row]:
    return [_figure(index, iri) for iri in criteria.figures(index)]


def _figure(index: Index, iri: str) -> Row:
    figure = index.figures[iri]
    label = figure.indicator or figure.text
    values: dict[str, Value] = {
        "label": label.casefold(),
        "value": figure.value,
        "year": figure.year,
        "unit": figure.unit.casefold() or None,
        "region": figure.region.label.casefold() if figure.region else None,
        "document": index.catalog.documents[figure.document].document.source,
    }
    return Row(iri, label, (), frozenset({figure.document}), values)
