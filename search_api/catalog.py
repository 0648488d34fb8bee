"""Look-ups over the records of a snapshot, made once when it is opened: from any id to its record, place and kin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from kg.citing import cited_documents
from kg.errors import NotFoundError
from kg.identifiers import entity_iri
from kg.records import (
    Concept,
    DocumentRecords,
    Mention,
    Passage,
    Relation,
    Section,
    Sentence,
    SentenceKind,
    Statement,
    Statistic,
)
from search_api.vocabulary import Vocabulary, stem, words

T = TypeVar("T")
# Kinds of sentences that can be quoted by themselves.
_CITED: Final[frozenset[SentenceKind]] = frozenset({"prose", "heading", "table", "note"})


@dataclass(frozen=True, slots=True)
class Catalog:
    """Records by id and by what they belong to.

    Sentences are those that can be cited: prose and headings in passages. ``mentioned`` holds the IRIs of all entities
    named anywhere, ``own_names`` the folded names that no vocabulary holds. ``naming`` leads from an entity's IRI to
    the sentences that mention it, ``scoped`` from a region's to those whose statements apply there; ``titles`` holds
    all headings, ``stems`` the stems of the words of each sentence, ``cited`` the documents that references mean.
    """

    documents: Mapping[str, DocumentRecords]
    sections: Mapping[str, Section]
    passages: Mapping[str, Passage]
    sentences: Mapping[str, Sentence]
    statements: Mapping[str, Statement]
    concepts: Mapping[str, Concept]
    concept_of: Mapping[str, Concept]
    roles: Mapping[str, Mapping[str, float]]
    statements_in: Mapping[str, Sequence[Statement]]
    mentions_in: Mapping[str, Sequence[Mention]]
    statistics_in: Mapping[str, Sequence[Statistic]]
    answers_to: Mapping[str, Sequence[Relation]]
    addressed_by: Mapping[str, Sequence[Relation]]
    neighbours: Mapping[str, tuple[str, ...]]
    following: Mapping[str, str]
    vocabulary: Vocabulary
    naming: Mapping[str, Sequence[str]]
    scoped: Mapping[str, Sequence[str]]
    titles: Sequence[Sentence]
    stems: Mapping[str, frozenset[str]]
    mentioned: frozenset[str]
    own_names: Mapping[str, Mention]
    cited: Mapping[str, str]

    @classmethod
    def of(cls, documents: Mapping[str, DocumentRecords], concepts: Iterable[Concept]) -> Catalog:
        """Index all records; costs one pass over them."""
        records = [documents[key] for key in sorted(documents)]
        kept = tuple(concepts)
        sentences = {s.id: s for r in records for s in r.sentences if s.passage and s.kind in _CITED}
        mentions = [m for r in records for m in r.mentions]
        relations = [x for r in records for x in r.relations if x.type == "addresses"]
        stems = {key: frozenset(stem(word) for word in words(s.text)) for key, s in sentences.items()}
        return cls(
            documents=documents,
            sections={s.id: s for r in records for s in r.sections},
            passages={p.id: p for r in records for p in r.passages},
            sentences=sentences,
            statements={t.id: t for r in records for t in r.statements},
            concepts={c.iri: c for c in kept},
            concept_of={member: c for c in kept for member in c.members},
            roles=_roles(records),
            statements_in=_grouped((t.sentence, t) for r in records for t in r.statements),
            mentions_in=_grouped((m.sentence, m) for m in mentions),
            statistics_in=_grouped((f.sentence, f) for r in records for f in r.statistics),
            answers_to=_grouped((x.object, x) for x in relations),
            addressed_by=_grouped((x.subject, x) for x in relations),
            neighbours=_neighbours(records, sentences),
            following=dict(_adjacent(records, sentences)),
            vocabulary=Vocabulary.of(s.text for s in sentences.values()),
            naming=_grouped((m.entity.iri, m.sentence) for m in mentions),
            scoped=_grouped((region.iri, t.sentence) for r in records for t in r.statements for region in t.regions),
            titles=[s for r in records for s in r.sentences if s.kind == "heading"],
            stems=stems,
            mentioned=frozenset(m.entity.iri for m in mentions),
            own_names=_own_names(mentions),
            cited=cited_documents(records),
        )

    def document(self, identifier: str) -> DocumentRecords:
        """A document by id. Raises NotFoundError."""
        if (found := self.documents.get(identifier)) is None:
            raise NotFoundError(f"no document '{identifier}' in this snapshot: see /documents for what there is")
        return found

    def passage(self, identifier: str) -> Passage:
        """A passage by id. Raises NotFoundError."""
        if (found := self.passages.get(identifier)) is None:
            raise NotFoundError(f"no passage '{identifier}' in this snapshot: it may have been rebuilt, search again")
        return found


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, Sequence[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _own_names(mentions: Iterable[Mention]) -> Mapping[str, Mention]:
    """Names of regions, industries and actors that were minted from the documents: no vocabulary holds them."""
    own = [m for m in mentions if m.entity.iri == entity_iri(m.type, m.entity.label)]
    return {m.entity.label.casefold(): m for m in own}


def _roles(records: Iterable[DocumentRecords]) -> Mapping[str, Mapping[str, float]]:
    return {x.sentence: dict(zip(x.roles, x.scores, strict=True)) for r in records for x in r.labellings}


def _adjacent(records: Iterable[DocumentRecords], kept: Mapping[str, Sentence]) -> Iterator[tuple[str, str]]:
    """Ids of sentences that follow one another within a section."""
    for record in records:
        row = [s for s in record.sentences if s.id in kept]
        yield from ((left.id, right.id) for left, right in pairwise(row) if left.section == right.section)


def _neighbours(records: Iterable[DocumentRecords], kept: Mapping[str, Sentence]) -> Mapping[str, tuple[str, ...]]:
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for left, right in _adjacent(records, kept):
        beside[left].append(right)
        beside[right].append(left)
    return {key: tuple(value) for key, value in beside.items()}
