"""Matches as clients see them: each with its best place in a source, quoted and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.identifiers import iri
from kg.index.words import words
from kg.records import Document, EntityRef, Mention, MentionType, Statement
from kg.settings import Settings
from kg.snapshot import Snapshot
from search_api.catalog import Catalog
from search_api.citations import cite
from search_api.items.found import Place
from search_api.retrieval.evidence import Evidence
from search_api.schemas import Named
from search_api.searching.fields import Row
from search_api.searching.highlights import highlights
from search_api.searching.schemas import RecordType, SearchHit, Sort
from search_api.searching.searcher import NEAR, Found, Match


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes hits of one type from what a search found."""

    snapshot: Snapshot
    catalog: Catalog
    settings: Settings
    found: Found
    kind: RecordType

    def hits(self, matches: Sequence[Match]) -> list[SearchHit]:
        """The hits of some matches in their order; one that no longer matches its source is left out."""
        stems = words(self.found.text)
        return [hit for match in matches if (hit := self._hit(match, stems)) is not None]

    def sorted(self, matches: Sequence[Match], sort: Sort) -> Sequence[Match]:
        """Matches by relevance, by year (the oldest or the latest first, none last), or as the documents go on."""
        if sort == "relevance":
            return matches
        if sort == "document":
            return sorted(matches, key=lambda match: (not match.matches, *self._order(match)))
        sign = -1 if sort == "-year" else 1
        years = {match.id: self._document(match).year for match in matches}

        def key(match: Match) -> tuple[bool, bool, int]:
            year = years[match.id]
            return not match.matches, year is None, sign * (year or 0)

        return sorted(matches, key=key)

    def _order(self, match: Match) -> tuple[str, int]:
        return self._document(match).source, self._place(match).start

    def _document(self, match: Match) -> Document:
        return self.catalog.documents[self._place(match).document].document

    def _hit(self, match: Match, stems: Collection[str]) -> SearchHit | None:
        rows = self._rows(match)
        stated = [row.statement for row in rows if row.statement is not None]
        mentions = [m for row in rows for m in self.catalog.mentions_in.get(row.sentence.id, ())]
        citation = cite(self.catalog, self.settings, self._place(match))
        if citation is None:
            return None
        return SearchHit(
            id=match.id if self.kind == "concept" else iri(self.settings.base_iri, self.kind, match.id),
            type=self.kind,
            label=self._label(match.id),
            score=match.fused.score,
            reason=match.reason,
            roles=_texts(role for row in rows for role in row.values["role"]),
            regions=_labels(*(s.regions for s in stated), _entities(mentions, "region")),
            region_types=_texts(each for s in stated for each in s.region_types),
            industries=_labels(*(s.industries for s in stated), _entities(mentions, "industry")),
            actors=_labels(*(s.actors for s in stated)),
            themes=_texts(s.theme for s in stated),
            statuses=_texts(s.status for s in stated if s.status),
            concepts=self._concepts(stated),
            highlights=highlights(citation.quote, stems),
            citation=citation,
        )

    def _label(self, identifier: str) -> str | None:
        if self.kind == "concept":
            return self.catalog.concepts[identifier].label
        return self.catalog.statements[identifier].label if self.kind == "statement" else None

    def _place(self, match: Match) -> Place:
        """The place that a match is quoted from: the passage, or the sentence that says it."""
        row = self._row(match)
        fused, whole = match.fused, self.catalog.passages.get(match.id, row.sentence)
        evidence = Evidence(row.sentence.id, fused.score, fused.dense, fused.lexical, 0.0, 0.0, self._near(match))
        return Place(row.sentence.document, whole.start, whole.end, evidence)

    def _row(self, match: Match) -> Row:
        """The row that a match is shown by: the first that meets the filters, of a concept the nearest in meaning."""
        admitted = self.found.admitted
        rows = [
            self.found.fields.rows[number]
            for number in self.found.fields.of[match.id]
            if admitted is None or number in admitted
        ]
        stated = [row.statement.id for row in rows if row.statement is not None]
        if self.kind != "concept" or len(rows) == 1:
            return rows[0]
        cosines = self.snapshot.vectors("statements").cosines(self.found.vector, stated)
        return rows[max(range(len(rows)), key=lambda place: (cosines[place], -place))]

    def _near(self, match: Match) -> tuple[str, ...]:
        """Labels of the record's concepts that are near to the query."""
        concepts = self._concepts(row.statement for row in self._rows(match) if row.statement is not None)
        cosines = self.snapshot.vectors("concepts").cosines(self.found.vector, [c.iri for c in concepts])
        return tuple(c.label for c, cosine in zip(concepts, cosines, strict=True) if cosine >= NEAR)

    def _rows(self, match: Match) -> list[Row]:
        return [self.found.fields.rows[number] for number in self.found.fields.of[match.id]]

    def _concepts(self, statements: Iterable[Statement]) -> list[Named]:
        found = {c.iri: c.label for s in statements if (c := self.catalog.concept_of.get(s.id)) is not None}
        return [Named(iri=key, label=label) for key, label in sorted(found.items())]


def _entities(mentions: Iterable[Mention], kind: MentionType) -> list[EntityRef]:
    return [mention.entity for mention in mentions if mention.type == kind]


def _labels(*groups: Iterable[EntityRef]) -> list[str]:
    return _texts(entity.label for group in groups for entity in group)


def _texts(found: Iterable[str]) -> list[str]:
    return sorted(set(found))
