"""Why statements share a concept, for people: the merges of a snapshot with the line that would undo each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.identifiers import VOCABULARY
from kg.records import Concept, Merge, Statement
from kg.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class MergedStatement:
    """One member of a concept: its record, its label, the reason and where it stands."""

    merge: Merge
    label: str
    source: str
    start: int
    end: int

    def describe(self) -> str:
        """One line: reason, score where it is a cosine, label, what it matched, place."""
        score = f" {self.merge.score:.2f}" if self.merge.reason == "embedding" else ""
        matched = f' ~ "{self.merge.matched}"' if self.merge.matched != self.label else ""
        return f'{self.merge.reason}{score}: "{self.label}"{matched}  {self.source}:{self.start}-{self.end}'


@dataclass(frozen=True, slots=True)
class MergedConcept:
    """A concept and its members, those that say its label first, the least sure last."""

    concept: Concept
    members: tuple[MergedStatement, ...]

    @property
    def name(self) -> str:
        """The concept's IRI, or the end of it where it is one of ours: as it is written in the file of merges."""
        return self.concept.iri.removeprefix(VOCABULARY)

    def undoing(self, member: MergedStatement) -> str:
        """The line for the file of merges that takes a member out."""
        label = " ".join(member.label.split()).replace('"', "'")
        return f'split: "{label}" from {self.name}'

    def as_json(self) -> dict[str, object]:
        """The concept with its members as plain values."""
        return {
            "iri": self.concept.iri,
            "type": self.concept.type,
            "label": self.concept.label,
            "merges": [
                {
                    "statement": member.merge.statement,
                    "label": member.label,
                    "reason": member.merge.reason,
                    "matched": member.merge.matched,
                    "score": member.merge.score,
                    "source": member.source,
                    "start": member.start,
                    "end": member.end,
                    "undo": self.undoing(member),
                }
                for member in self.members
            ],
        }


def merged(snapshot: Snapshot, wanted: str | None = None) -> Iterator[MergedConcept]:
    """Concepts that hold more than what stands alone, by IRI; or the one ``wanted``, given by IRI, its end, or label.

    Raises NotFoundError where no concept is called so.
    """
    statements = {each.id: each for records in snapshot.documents.values() for each in records.statements}
    sources = {key: records.document.source for key, records in snapshot.documents.items()}
    for concept in snapshot.concepts if wanted is None else _named(snapshot, wanted):
        if concept.merges:
            members = [_member(merge, statements, sources) for merge in concept.merges]
            yield MergedConcept(concept, tuple(sorted(members, key=_order)))


def _order(member: MergedStatement) -> tuple[bool, float, str, str, int]:
    return member.merge.reason == "duplicate", -member.merge.score, member.label, member.source, member.start


def _member(merge: Merge, statements: Mapping[str, Statement], sources: Mapping[str, str]) -> MergedStatement:
    found = statements[merge.statement]
    return MergedStatement(merge, found.label or found.text, sources[found.document], found.start, found.end)


def _named(snapshot: Snapshot, wanted: str) -> list[Concept]:
    folded = wanted.casefold()
    found = [
        concept
        for concept in snapshot.concepts
        if wanted in (concept.iri, concept.iri.removeprefix(VOCABULARY), concept.iri.rpartition("/")[2])
        or folded in {label.casefold() for label in (concept.label, *concept.alt_labels)}
    ]
    if not found:
        raise NotFoundError(
            f"no measure or challenge is called '{wanted}': 'policyweave merges' lists those that were merged"
        )
    return found
