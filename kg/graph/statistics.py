"""Figures as Data Cube observations: the number, the figure as written, unit, year, region and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from kg.graph.evidence import evidence, evidence_iri
from kg.graph.terms import (
    CONCEPT,
    EVIDENCE,
    GENERATED_BY,
    IN_DOCUMENT,
    IN_PASSAGE,
    LABEL,
    PREF_LABEL,
    PW,
    QB,
    SDMX,
    TYPE,
    decimal,
    integer,
    string,
    text,
    year,
)
from kg.identifiers import entity_iri, iri
from kg.records import DocumentRecords, Statistic
from kg.units import qudt


def statistics(base: str, records: DocumentRecords, activity: NamedNode) -> Iterator[Triple]:
    """All observations of a document."""
    passage_of = {sentence.id: sentence.passage for sentence in records.sentences}
    for record in records.statistics:
        node = NamedNode(iri(base, "statistic", record.id))
        indicator = NamedNode(entity_iri("indicator", record.indicator))
        yield Triple(node, TYPE, PW("Observation"))
        yield Triple(node, TYPE, QB("Observation"))
        yield Triple(node, QB("dataSet"), NamedNode(iri(base, "dataset", "statistics")))
        yield Triple(node, PW("indicator"), indicator)
        yield Triple(indicator, TYPE, CONCEPT)
        yield Triple(indicator, TYPE, PW("Indicator"))
        yield Triple(node, IN_DOCUMENT, NamedNode(iri(base, "document", record.document)))
        yield Triple(node, GENERATED_BY, activity)
        yield Triple(node, EVIDENCE, evidence_iri(base, record.document, record.start, record.end))
        yield from evidence(base, records, record.start, record.end)
        yield from _figure(node, record)
        if passage := passage_of.get(record.sentence):
            yield Triple(node, IN_PASSAGE, NamedNode(iri(base, "passage", passage)))


def indicators(documents: Sequence[DocumentRecords]) -> Iterator[Triple]:
    """One preferred label an indicator, the first in order where spellings differ."""
    found: dict[str, tuple[str, str]] = {}
    for records in documents:
        for record in records.statistics:
            entry = (record.indicator, records.document.language)
            node = entity_iri("indicator", record.indicator)
            found[node] = min(found.get(node, entry), entry)
    for node, (label, language) in sorted(found.items()):
        yield Triple(NamedNode(node), PREF_LABEL, text(label, language))
        yield Triple(NamedNode(node), LABEL, string(label))


def dataset(base: str) -> Iterator[Triple]:
    """The data set that all observations belong to."""
    node = NamedNode(iri(base, "dataset", "statistics"))
    yield Triple(node, TYPE, QB("DataSet"))
    yield Triple(node, QB("structure"), PW("statisticsStructure"))
    yield Triple(node, PREF_LABEL, text("Figures found in the papers", "en"))


def _figure(node: NamedNode, record: Statistic) -> Iterator[Triple]:
    yield Triple(node, PW("value"), decimal(record.value))
    yield Triple(node, PW("valueText"), string(record.value_text))
    yield Triple(node, PW("unitText"), string(record.unit))
    if (unit := qudt(record.unit)) is not None:
        yield Triple(node, PW("unit"), NamedNode(unit[0]))
        if unit[1]:
            yield Triple(node, SDMX("unitMult"), integer(unit[1]))
    if record.year is not None:
        yield Triple(node, PW("year"), year(record.year))
    if record.region is not None:
        yield Triple(node, PW("ofRegion"), NamedNode(record.region.iri))
    if record.conflicts:
        yield Triple(node, PW("conflictNote"), string(record.conflicts))
