"""Rows as clients see them in lists: with addresses, counts and the best citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast
from urllib.parse import quote

from kg.records import EntityRef
from search_api.browse.criteria import Criteria
from search_api.browse.ids import Kind, address, identifier
from search_api.browse.index import Index
from search_api.browse.proof import best, best_mention, cited
from search_api.browse.schemas import ConceptEntry, Counts, EntityEntry, FigureEntry, Ref
from search_api.browse.selection import Row, admits, count
from search_api.schemas import Citation


def ref(index: Index, kind: Kind, iri: str) -> Ref:
    """A thing by name and address."""
    name = identifier(iri, kind, index.settings.base_iri)
    return Ref(iri=iri, label=index.label(iri), id=name, url=address(index.settings, kind, iri))


def instrument(index: Index, used: EntityRef | None) -> Ref | None:
    """A policy instrument; it has no page of its own and leads to the measures that use it."""
    if used is None:
        return None
    name = identifier(used.iri, "instrument", index.settings.base_iri)
    url = f"{index.settings.public_url}/measures?instrument={quote(name, safe='')}"
    return Ref(iri=used.iri, label=used.label, id=name, url=url)


def concept(index: Index, kind: Kind, row: Row) -> ConceptEntry:
    """A measure or challenge."""
    statements, values = row.statements, row.values
    return ConceptEntry(
        **ref(index, kind, row.iri).model_dump(),
        type=kind,
        theme=index.things[kind][row.iri].type,
        instrument=instrument(index, index.catalog.concepts[row.iri].instrument),
        statuses=_commonest(s.status for s in statements if s.status),
        statements=len(statements),
        papers=cast(int, values["papers"]),
        measures=cast(int, values["measures"]) if kind == "challenge" else None,
        challenges=cast(int, values["challenges"]) if kind == "measure" else None,
        confidence=round(cast(float, values["confidence"]), 6),
        year=cast("int | None", values["year"]),
        regions=_refs(index, "region", (e for s in statements for e in s.regions)),
        region_types=_commonest(name for s in statements for name in s.region_types),
        industries=_refs(index, "industry", (e for s in statements for e in s.industries)),
        actors=_refs(index, "actor", (e for s in statements for e in s.actors)),
        citation=best(index, statements),
    )


def entity(index: Index, kind: Kind, row: Row, criteria: Criteria) -> EntityEntry:
    """A region, industry or actor."""
    matched = criteria.statements(index, skip=kind)
    own = count(index, kind, [row.iri], matched, criteria).numbers
    below = count(index, kind, sorted(index.reach(row.iri)), matched, criteria).numbers
    return EntityEntry(
        **ref(index, kind, row.iri).model_dump(),
        **own,
        type=kind,
        level=index.things[kind][row.iri].type or None,
        with_below=Counts.model_validate(below),
        citation=best(index, row.statements) or _named(index, row.iri, criteria),
    )


def figure(index: Index, iri: str) -> FigureEntry:
    """A figure."""
    record = index.figures[iri]
    return FigureEntry(
        iri=iri,
        id=identifier(iri, "statistic", index.settings.base_iri),
        type="statistic",
        label=record.indicator or record.text,
        url=address(index.settings, "statistic", iri),
        indicator=record.indicator,
        value=record.value,
        value_text=record.value_text,
        unit=record.unit,
        year=record.year,
        region=ref(index, "region", record.region.iri) if record.region else None,
        conflict=record.conflicts,
        source=index.catalog.documents[record.document].document.source,
        citation=cited(index, record),
    )


def _named(index: Index, iri: str, criteria: Criteria) -> Citation | None:
    mentions = [m for m in index.mentions.get(iri, ()) if admits(index, criteria, m.document)]
    if (found := best_mention(index, mentions)) is not None:
        return found
    shown = [index.figures[key] for key in sorted(index.figure_postings.get(("region", iri), ()))]
    kept = (f for f in shown if admits(index, criteria, f.document))
    return next((c for f in kept if (c := cited(index, f)) is not None), None)


def _refs(index: Index, kind: Kind, held: Iterable[EntityRef]) -> list[Ref]:
    return [ref(index, kind, iri) for iri in _commonest(entity.iri for entity in held)]


def _commonest(values: Iterable[str]) -> list[str]:
    """Distinct values, the most frequent first."""
    counts = Counter(values)
    return sorted(counts, key=lambda value: (-counts[value], value))
