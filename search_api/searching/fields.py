"""What records can be filtered and counted by: the values of each field, kept by row and by value.

A row is what one filter set must hold for as a whole: a sentence, or one statement in it. So "planned measures on
finance" asks for one statement that is both, not for a sentence that holds a plan and, elsewhere, something on finance.
A passage has the rows of its sentences, a concept those of its statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.lexicon import Lexicon
from kg.records import DocumentRecords, EntityRef, Mention, Sentence, SentenceKind, Statement
from search_api.catalog import Catalog
from search_api.retrieval.constraints import TITLE_SHARE
from search_api.searching.schemas import RecordType

Field = Literal[
    "document", "year", "role", "region", "region_type", "industry", "actor", "theme", "status", "challenge"
]
FIELDS: Final[tuple[Field, ...]] = (
    "document",
    "year",
    "role",
    "region",
    "region_type",
    "industry",
    "actor",
    "theme",
    "status",
    "challenge",
)
SURE: Final = 0.5
# Kinds of sentences that passages are found by; alone, a row of a table or a footnote says too little.
_OF_PASSAGES: Final[frozenset[SentenceKind]] = frozenset({"prose", "table", "note"})
_ALONE: Final[frozenset[SentenceKind]] = frozenset({"prose"})
Values = Mapping[Field, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """``record`` is what the row belongs to: a sentence, passage or statement by id, a concept by IRI.

    ``values`` of a region, an industry or an actor stand also for what it lies in.
    """

    record: str
    sentence: Sentence
    statement: Statement | None
    values: Values


@dataclass(frozen=True, slots=True)
class Fields:
    """Rows of all records of one type.

    ``of[record]`` are the numbers of a record's rows, ``having[field][value]`` those of the rows with a value.
    """

    rows: Sequence[Row]
    of: Mapping[str, Sequence[int]]
    having: Mapping[Field, Mapping[str, frozenset[int]]]

    @classmethod
    def index(cls, rows: Iterable[Row]) -> Fields:
        """Rows made ready to be looked up."""
        kept = tuple(rows)
        of: defaultdict[str, list[int]] = defaultdict(list)
        having: dict[Field, defaultdict[str, set[int]]] = {field: defaultdict(set) for field in FIELDS}
        for number, row in enumerate(kept):
            of[row.record].append(number)
            for field, values in row.values.items():
                for value in values:
                    having[field][value].add(number)
        frozen = {field: {value: frozenset(found) for value, found in by.items()} for field, by in having.items()}
        return cls(kept, dict(of), frozen)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of records from a catalog."""

    catalog: Catalog
    lexicon: Lexicon

    def fields(self, kind: RecordType) -> Fields:
        """The rows of all records of a type that can be cited; repeated sentences and statements are left out."""
        return Fields.index(self._rows(kind))

    def _rows(self, kind: RecordType) -> Iterator[Row]:
        kinds = _OF_PASSAGES if kind == "passage" else _ALONE
        for key in sorted(self.catalog.documents):
            record = self.catalog.documents[key]
            headed = _headed(self.catalog, record)
            for sentence in record.sentences:
                if sentence.id in self.catalog.sentences and sentence.kind in kinds:
                    bare = self._place(record, sentence, headed.get(sentence.section, ()))
                    read = self._said if kind in ("sentence", "passage") else self._stated
                    yield from read(kind, sentence, bare)

    def _said(self, kind: RecordType, sentence: Sentence, bare: Values) -> Iterator[Row]:
        """Rows of a sentence: itself and each statement in it."""
        if kind == "sentence" and sentence.duplicate_of is not None:
            return
        owner = sentence.id if kind == "sentence" else sentence.passage or ""
        others = bare["role"] - {"measure", "challenge"}
        yield Row(owner, sentence, None, bare)
        for statement in self.catalog.statements_in.get(sentence.id, ()):
            yield Row(owner, sentence, statement, self._of_statement(bare, statement, others))

    def _stated(self, kind: RecordType, sentence: Sentence, bare: Values) -> Iterator[Row]:
        """Rows of the statements in a sentence, or of their concepts."""
        for statement in self.catalog.statements_in.get(sentence.id, ()):
            concept = self.catalog.concept_of.get(statement.id)
            values = self._of_statement(bare, statement, frozenset())
            if kind == "statement" and statement.duplicate_of is None:
                yield Row(statement.id, sentence, statement, values)
            elif kind == "concept" and concept is not None:
                yield Row(concept.iri, sentence, statement, values)

    def _place(
        self, record: DocumentRecords, sentence: Sentence, headed: Iterable[EntityRef]
    ) -> dict[Field, frozenset[str]]:
        """The values that a sentence has without its statements."""
        mentions: Sequence[Mention] = self.catalog.mentions_in.get(sentence.id, ())
        roles = self.catalog.roles.get(sentence.id, {})
        year = record.document.year
        return {
            "document": frozenset({record.document.id}),
            "year": frozenset() if year is None else frozenset({str(year)}),
            "role": frozenset(role for role, score in roles.items() if score >= SURE),
            "region": self._within([*(m.entity for m in mentions if m.type == "region"), *headed]),
            "industry": self._within(m.entity for m in mentions if m.type == "industry"),
        }

    def _of_statement(self, bare: Values, statement: Statement, others: frozenset[str]) -> Values:
        """The values of one statement in its sentence, which is in these ``others`` roles, too."""
        own: dict[Field, frozenset[str]] = {
            "role": others | {statement.type},
            "region": bare["region"] | self._within(statement.regions),
            "region_type": frozenset(statement.region_types),
            "industry": bare["industry"] | self._within(statement.industries),
            "actor": self._within(statement.actors),
            "theme": frozenset({statement.theme}),
            "status": frozenset({statement.status} if statement.status else ()),
            "challenge": frozenset(self._challenges(statement)),
        }
        return {**bare, **own}

    def _within(self, entities: Iterable[EntityRef]) -> frozenset[str]:
        """IRIs of entities and of all that contains them."""
        found = {entity.iri for entity in entities}
        return frozenset(found.union(*(self.lexicon.ancestors(iri) for iri in found)))

    def _challenges(self, statement: Statement) -> Iterator[str]:
        """IRIs of the challenges that a statement names or addresses."""
        named = [statement.id] if statement.type == "challenge" else []
        for identifier in [*named, *(r.object for r in self.catalog.addressed_by.get(statement.id, ()))]:
            if (concept := self.catalog.concept_of.get(identifier)) is not None:
                yield concept.iri


def _headed(catalog: Catalog, record: DocumentRecords) -> Mapping[str, frozenset[EntityRef]]:
    """Regions named in the heading of each section, and those in the document's title for all of its sections."""
    named: defaultdict[str, set[EntityRef]] = defaultdict(set)
    for heading in (s for s in record.sentences if s.kind == "heading"):
        entities = {m.entity for m in catalog.mentions_in.get(heading.id, ()) if m.type == "region"}
        titled = heading.start <= record.document.length // TITLE_SHARE
        for section in [s.id for s in record.sections] if titled else [heading.section]:
            named[section] |= entities
    return {section: frozenset(entities) for section, entities in named.items()}
