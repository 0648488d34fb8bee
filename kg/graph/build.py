"""Records → triples: a pure, deterministic function. The graph holds nothing that does not stand in the records.

Every triple lies in the default graph and comes out once. Where a fact comes from is said by claims, not by graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from kg.citing import cited_documents
from kg.graph import claims, literature, merges, statements, statistics, vocabulary
from kg.records import Concept, DocumentRecords
from kg.resources import ontology_folder
from kg.settings import Settings


def triples(documents: Sequence[DocumentRecords], concepts: Sequence[Concept], settings: Settings) -> Iterator[Triple]:
    """The whole graph: facts from the records, then the ontology with its closures. Same input, same order."""
    known = vocabulary.load(ontology_folder())
    found = dict.fromkeys(facts(documents, concepts, settings, known.labels))
    yield from found
    used = {triple.object.value for triple in found if isinstance(triple.object, NamedNode)}
    terms = dict.fromkeys(vocabulary.triples(known, used & known.labels.keys()))
    yield from (triple for triple in terms if triple not in found)


def facts(
    documents: Sequence[DocumentRecords],
    concepts: Sequence[Concept],
    settings: Settings,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Triple]:
    """What the records say, without the ontology; ``labels`` are those of the vocabularies' own concepts."""
    documents = sorted(documents, key=lambda records: records.document.id)
    concepts = sorted(concepts, key=lambda concept: concept.iri)
    base = settings.base_iri
    concept_of = {member: concept for concept in concepts for member in concept.members}
    statement_of = {statement.id: statement for records in documents for statement in records.statements}
    language_of = {records.document.id: records.document.language for records in documents}
    run = claims.activity_iri(settings)
    cited = cited_documents(documents)
    for records in documents:
        yield from literature.document(base, records.document)
        yield from literature.sections(base, records)
        yield from literature.passages(base, records)
        yield from literature.mentions(base, records)
        yield from literature.references(base, records, cited)
        yield from statements.statements(base, records, concept_of, run)
        yield from statistics.statistics(base, records, run)
    yield from literature.works(base, documents, cited)
    yield from statements.schemes(base)
    yield from statements.concepts(base, concepts, statement_of, language_of, labels)
    for edge, reasons in sorted(claims.supports(documents, concept_of).items()):
        yield from claims.claims(base, edge, reasons, run)
    yield from merges.merges(base, concepts, statement_of, run)
    yield from claims.activity(settings, documents)
    yield from statistics.dataset(base)
    yield from statistics.indicators(documents)
    yield from vocabulary.minted(documents, labels)
