"""Facets: how many rows of a list have each value of a filter, the value in the form that the filter takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from search_api.browse.ids import identifier
from search_api.browse.index import ENTITY_KINDS, Index, entities_of
from search_api.browse.schemas import Bucket
from search_api.browse.selection import Row, Selection

SHOWN: Final = 20
Pair = tuple[str, str, str]


def facets(index: Index, selection: Selection) -> dict[str, list[Bucket]]:
    """Buckets by facet, largest first, at most ``SHOWN`` of each."""
    counters: dict[str, Counter[tuple[str, str]]] = {}
    kind = selection.asked.kind
    for row in selection.rows:
        of_row = _figure(index, row) if kind == "statistic" else _stated(index, row, kind)
        papers = (pair for document in row.papers for pair in _paper(index, document))
        for name, value, label in {*of_row, *papers}:
            counters.setdefault(name, Counter())[value, label] += 1
    return {name: _largest(counter) for name, counter in sorted(counters.items())}


def _largest(counter: Counter[tuple[str, str]]) -> list[Bucket]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0][1].casefold(), item[0][0]))
    return [Bucket(value=value, label=label, count=number) for (value, label), number in ranked[:SHOWN]]


def _stated(index: Index, row: Row, kind: str) -> Iterator[Pair]:
    """Values of a measure, challenge or entity: those of the statements that it is listed for."""
    if kind in ENTITY_KINDS and (level := row.values["type"]):
        yield "type", str(level), str(level)
    base = index.settings.base_iri
    used = index.catalog.concepts[row.iri].instrument if row.iri in index.catalog.concepts else None
    if used is not None:
        yield "instrument", identifier(used.iri, "instrument", base), used.label
    for statement in row.statements:
        yield "theme", *_twice(index.catalog.concept_of[statement.id].theme)
        if statement.status:
            yield "status", *_twice(statement.status)
        for name in ENTITY_KINDS:
            held = entities_of(statement, name) if name != kind else ()
            yield from ((name, identifier(e.iri, name, base), index.label(e.iri)) for e in held)
        yield from (("region_type", *_twice(name)) for name in statement.region_types)


def _figure(index: Index, row: Row) -> Iterator[Pair]:
    figure = index.figures[row.iri]
    if figure.unit:
        yield "unit", *_twice(figure.unit)
    if figure.region is not None:
        name = identifier(figure.region.iri, "region", index.settings.base_iri)
        yield "region", name, index.label(figure.region.iri)
    if figure.year is not None:
        yield "figure_year", *_twice(str(figure.year))
    yield "conflict", *_twice("true" if figure.conflicts else "false")


def _paper(index: Index, identifier_: str) -> Iterator[Pair]:
    document = index.catalog.documents[identifier_].document
    yield "document", document.id, document.source
    if document.year is not None:
        yield "year", *_twice(str(document.year))


def _twice(value: str) -> tuple[str, str]:
    return value, value
