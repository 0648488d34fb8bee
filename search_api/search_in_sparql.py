"""The search of ``/search``, as queries in SPARQL use it: by IRI, over records of any kind, among candidates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.identifiers import iri
from kg.settings import Settings
from search_api.schemas import Filters
from search_api.sparql.search import Found, Ranking, Wanted

if TYPE_CHECKING:
    from search_api.service import Service, World


@dataclass(frozen=True, slots=True)
class SnapshotSearch:
    """Ranks the records of one snapshot."""

    service: Service
    world: World

    def __call__(self, wanted: Wanted) -> Ranking:
        """The best of what is allowed, as ``/search`` ranks it. MisuseError for an empty or overlong text."""
        ranked = self.service.findings(self.world, wanted.text, Filters()).ranked
        found: dict[str, Found] = {}
        for evidence in ranked:
            for each in self._records(wanted, evidence.sentence, round(evidence.score, 6)):
                found.setdefault(each.iri, each)
        reaching = [each for each in found.values() if wanted.least is None or each.score >= wanted.least]
        return Ranking(tuple(reaching[: wanted.limit]), len(reaching), len(found))

    def _records(self, wanted: Wanted, sentence_id: str, score: float) -> Iterator[Found]:
        """Records of the wanted kind that a sentence speaks for, as far as they are allowed."""
        catalog, base = self.world.catalog, self.service.settings.base_iri
        sentence = catalog.sentences[sentence_id]
        passage = iri(base, "passage", sentence.passage or "")
        if wanted.passages is not None and passage not in wanted.passages:
            return
        places = {
            passage,
            iri(base, "document", sentence.document),
            iri(base, "section", sentence.section),
        }
        if wanted.within is not None and wanted.within not in places:
            return
        for name, text in self._named(wanted, sentence_id, passage):
            if wanted.allowed is None or name in wanted.allowed:
                yield Found(name, score, text, passage if wanted.kind in {"sentence", "statement"} else None)

    def _named(self, wanted: Wanted, sentence_id: str, passage: str) -> Iterator[tuple[str, str]]:
        catalog, base = self.world.catalog, self.service.settings.base_iri
        sentence = catalog.sentences[sentence_id]
        if wanted.kind == "sentence":
            yield iri(base, "sentence", sentence.id), sentence.text
        elif wanted.kind == "passage":
            yield passage, catalog.passages[sentence.passage or ""].text
        else:
            for statement in catalog.statements_in.get(sentence.id, ()):
                concept = catalog.concept_of.get(statement.id)
                if wanted.kind == "statement":
                    yield iri(base, "statement", statement.id), statement.text
                elif concept is not None and wanted.kind in {"concept", concept.type}:
                    yield concept.iri, concept.label


@dataclass(slots=True)
class LazySearch:
    """The same for one query of the command line: index and model are opened only where a query searches."""

    settings: Settings
    _opened: SnapshotSearch | None = None

    def __call__(self, wanted: Wanted) -> Ranking:
        """The best of what is allowed."""
        if self._opened is None:
            from search_api.service import Service

            service = Service(self.settings)
            self._opened = SnapshotSearch(service, service.world())
        return self._opened(wanted)
