"""Papers, their sections, passages and references, and the places that name a region, an industry or an actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from kg.citing import target_iri
from kg.graph.evidence import evidence, evidence_iri
from kg.graph.terms import (
    CONFIDENCE,
    DCTERMS,
    EVIDENCE,
    IN_DOCUMENT,
    IN_PASSAGE,
    IN_SECTION,
    LABEL,
    PREFIXES,
    PW,
    TYPE,
    decimal,
    integer,
    string,
    text,
    year,
)
from kg.identifiers import iri
from kg.records import Document, DocumentRecords, Reference

_DC = PREFIXES["dc"]
_FABIO = PREFIXES["fabio"]
_PRISM = PREFIXES["prism"]
_PART_OF = DCTERMS("isPartOf")
_ORDINAL = PW("ordinal")
_ENTITY = PW("entity")
_MENTIONS = PW("mentions")
_CITES = NamedNode(PREFIXES["cito"] + "cites")
_REFERENCES = NamedNode(PREFIXES["biro"] + "references")


def document(base: str, record: Document) -> Iterator[Triple]:
    """Bibliographic facts of one paper."""
    node = NamedNode(iri(base, "document", record.id))
    yield Triple(node, TYPE, PW("Paper"))
    yield Triple(node, TYPE, NamedNode(_FABIO + "Expression"))
    yield Triple(node, DCTERMS("identifier"), string(record.id))
    yield Triple(node, DCTERMS("title"), text(record.title, record.language))
    yield Triple(node, DCTERMS("language"), string(record.language))
    yield Triple(node, DCTERMS("format"), string(record.media_type))
    yield Triple(node, PW("sourceFile"), string(record.source))
    yield Triple(node, PW("sha256"), string(record.sha256))
    yield Triple(node, PW("length"), integer(record.length))
    for author in record.authors:
        yield Triple(node, NamedNode(_DC + "creator"), string(author))
    if record.year is not None:
        yield Triple(node, NamedNode(_FABIO + "hasPublicationYear"), year(record.year))
        yield Triple(node, DCTERMS("issued"), year(record.year))
    if record.venue:
        yield Triple(node, NamedNode(_PRISM + "publicationName"), string(record.venue))
    if record.doi:
        yield Triple(node, NamedNode(_PRISM + "doi"), string(record.doi))
    if record.licence:
        yield Triple(node, DCTERMS("rights"), string(record.licence))
    if record.publisher:
        yield Triple(node, DCTERMS("publisher"), string(record.publisher))
    for property_, value in ((_PRISM + "volume", record.volume), (_PRISM + "number", record.issue)):
        if value:
            yield Triple(node, NamedNode(property_), string(value))
    if record.pages:
        yield Triple(node, NamedNode(_PRISM + "pageRange"), string(record.pages))
    if record.url:
        yield Triple(node, NamedNode(_PRISM + "url"), string(record.url))
    for origin in record.origins:
        yield Triple(node, DCTERMS("provenance"), string(f"{origin.field}: {origin.place}"))


def references(base: str, records: DocumentRecords, cited: Mapping[str, str]) -> Iterator[Triple]:
    """Entries of the list of references, each with its evidence, and what the paper cites by them."""
    paper = NamedNode(iri(base, "document", records.document.id))
    for reference in records.references:
        node = NamedNode(iri(base, "reference", reference.id))
        target = NamedNode(target_iri(base, reference, cited))
        yield Triple(node, TYPE, PW("Reference"))
        yield Triple(node, IN_DOCUMENT, paper)
        yield Triple(node, IN_SECTION, NamedNode(iri(base, "section", reference.section)))
        yield Triple(node, _ORDINAL, integer(reference.ordinal))
        yield Triple(node, _REFERENCES, target)
        yield Triple(node, EVIDENCE, evidence_iri(base, records.document.id, reference.start, reference.end))
        yield from evidence(base, records, reference.start, reference.end)
        if reference.mark:
            yield Triple(node, PW("mark"), string(reference.mark))
        yield Triple(paper, _CITES, target)


def works(base: str, documents: Sequence[DocumentRecords], cited: Mapping[str, str]) -> Iterator[Triple]:
    """Works that papers cite and that are no papers here; what the first reference to one says counts for all."""
    seen: set[str] = set()
    for reference in (reference for records in documents for reference in records.references):
        target = target_iri(base, reference, cited)
        if reference.id in cited or target in seen:
            continue
        seen.add(target)
        yield from _work(NamedNode(target), reference)


def _work(node: NamedNode, reference: Reference) -> Iterator[Triple]:
    yield Triple(node, TYPE, PW("CitedWork"))
    yield Triple(node, TYPE, NamedNode(_FABIO + "Expression"))
    yield Triple(node, LABEL, string(" ".join((reference.title or reference.text).split())))
    if reference.title:
        yield Triple(node, DCTERMS("title"), string(reference.title))
    for author in reference.authors:
        yield Triple(node, NamedNode(_DC + "creator"), string(author))
    if reference.year is not None:
        yield Triple(node, NamedNode(_FABIO + "hasPublicationYear"), year(reference.year))
    if reference.venue:
        yield Triple(node, NamedNode(_PRISM + "publicationName"), string(reference.venue))
    if reference.doi:
        yield Triple(node, NamedNode(_PRISM + "doi"), string(reference.doi))
    if reference.url:
        yield Triple(node, NamedNode(_PRISM + "url"), string(reference.url))


def sections(base: str, records: DocumentRecords) -> Iterator[Triple]:
    """Sections in their tree."""
    paper = NamedNode(iri(base, "document", records.document.id))
    for section in records.sections:
        node = NamedNode(iri(base, "section", section.id))
        parent = NamedNode(iri(base, "section", section.parent)) if section.parent else paper
        yield Triple(node, TYPE, PW("Section"))
        yield Triple(node, _PART_OF, parent)
        yield Triple(node, IN_DOCUMENT, paper)
        yield Triple(node, _ORDINAL, integer(section.ordinal))
        yield Triple(node, PW("sectionKind"), string(section.kind))
        yield Triple(node, DCTERMS("title"), text(section.title, records.document.language))
        if section.number:
            yield Triple(node, PW("number"), string(section.number))


def passages(base: str, records: DocumentRecords) -> Iterator[Triple]:
    """Passages with the characters they span."""
    paper = NamedNode(iri(base, "document", records.document.id))
    for passage in records.passages:
        node = NamedNode(iri(base, "passage", passage.id))
        yield Triple(node, TYPE, PW("Passage"))
        yield Triple(node, IN_DOCUMENT, paper)
        yield Triple(node, IN_SECTION, NamedNode(iri(base, "section", passage.section)))
        yield Triple(node, _ORDINAL, integer(passage.ordinal))
        yield Triple(node, EVIDENCE, evidence_iri(base, records.document.id, passage.start, passage.end))
        yield from evidence(base, records, passage.start, passage.end)
        if passage.page is not None:
            yield Triple(node, PW("page"), integer(passage.page))


def mentions(base: str, records: DocumentRecords) -> Iterator[Triple]:
    """Mentions, each with its evidence and the plain edge from its passage and paper."""
    paper = NamedNode(iri(base, "document", records.document.id))
    passage_of = {sentence.id: sentence.passage for sentence in records.sentences}
    for mention in records.mentions:
        node = NamedNode(iri(base, "mention", mention.id))
        entity = NamedNode(mention.entity.iri)
        yield Triple(node, TYPE, PW("Mention"))
        yield Triple(node, _ENTITY, entity)
        yield Triple(node, IN_DOCUMENT, paper)
        yield Triple(node, CONFIDENCE, decimal(round(mention.score, 6)))
        yield Triple(node, EVIDENCE, evidence_iri(base, records.document.id, mention.start, mention.end))
        yield from evidence(base, records, mention.start, mention.end)
        yield Triple(paper, _MENTIONS, entity)
        passage = passage_of.get(mention.sentence)
        if passage:
            yield Triple(node, IN_PASSAGE, NamedNode(iri(base, "passage", passage)))
            yield Triple(NamedNode(iri(base, "passage", passage)), _MENTIONS, entity)
