"""The use cases: ask, search, look up. HTTP, command line and pages call only this."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kg.errors import MisuseError
from kg.exports.bibliography import written
from kg.index.embedder import Embedder, open_embedder
from kg.index.remembering import Remembering
from kg.lexicon import Lexicon
from kg.resources import ontology_folder
from kg.settings import Settings
from kg.snapshot import Snapshot, SnapshotReader
from search_api import thesaurus, views
from search_api.abstention import Verdict, judge, review
from search_api.answers import Findings, assemble, find
from search_api.breadth import bound
from search_api.catalog import Catalog
from search_api.question import understand
from search_api.retrieval import candidates, dense, graph
from search_api.retrieval.admission import admitted
from search_api.retrieval.constraints import Fit
from search_api.retrieval.evidence import Signals, Weights, rank
from search_api.retrieval.leaning import lean
from search_api.schemas import (
    MAX_K,
    MAX_QUESTION,
    Answer,
    DocumentSummary,
    DocumentView,
    Filters,
    PassageView,
    Status,
    Wants,
)
from search_api.searching.pages import page
from search_api.searching.request import SearchRequest
from search_api.searching.schemas import NO_FILTERS as NO_SEARCH_FILTERS
from search_api.searching.schemas import RecordType, SearchFilters, SearchResults, Sort
from search_api.searching.searcher import Searcher
from search_api.spelling import whole_words

DEPTH: Final = 400
# As sure as a cosine can be, short of the same words: the question calls the concept by one of its names.
NAMED: Final = 0.9
NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True)
class World:
    """One snapshot with its look-ups: what a single request sees from beginning to end."""

    snapshot: Snapshot
    catalog: Catalog


class Service:
    """Answers from the live snapshot of ``settings.data``, following each new one. May be used from several threads."""

    def __init__(self, settings: Settings, weights: Weights | None = None) -> None:
        self.settings = settings
        self._weights = weights or Weights()
        self._reader = SnapshotReader(settings.data)
        self._world: World | None = None
        self._searcher: tuple[str, Searcher] | None = None
        self._lock = threading.Lock()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The vocabularies, read when first needed."""
        return Lexicon.load(ontology_folder())

    @cached_property
    def thesaurus(self) -> Lexicon:
        """Names of common problems, read when first needed."""
        return thesaurus.load(ontology_folder())

    @cached_property
    def embedder(self) -> Embedder:
        """The model, opened when first needed."""
        return open_embedder(self.settings)

    @cached_property
    def _labels(self) -> Remembering:
        """The model for labels of figures, which come up again and again."""
        return Remembering(self.embedder)

    @cached_property
    def _whole_words(self) -> frozenset[str]:
        return whole_words(self.settings.data / "models", self.embedder.fingerprint)

    def _real_words(self) -> frozenset[str]:
        return self._whole_words

    def world(self) -> World:
        """The live snapshot with its look-ups. Raises SnapshotError where there is none."""
        snapshot = self._reader.current()
        with self._lock:
            if self._world is None or self._world.snapshot.id != snapshot.id:
                snapshot.check_embedder(self.embedder)
                self._world = World(snapshot, Catalog.of(snapshot.documents, snapshot.concepts))
            return self._world

    def ask(
        self,
        question: str,
        k: int = 10,
        filters: Filters = NO_FILTERS,
        wants: Wants | None = None,
        unread: Set[str] = frozenset(),
    ) -> Answer:
        """The answer to a question; what the client ``wants`` and its filters win over what the question says.

        ``unread`` names filters that are not to be read from its words, as far as they were misunderstood.
        Raises MisuseError for an empty or overlong question, a bad k or filter.
        """
        began = time.perf_counter()
        _check(question, k)
        world = self.world()
        findings = self.findings(world, question, filters, wants, unread)
        verdict = self.verdict(world, findings)
        found = [] if verdict.status == "no_answer" else find(world.catalog, findings, k, self.settings.base_iri)
        verdict = review(verdict, findings.question, found)
        answer = assemble(world.catalog, self.settings, findings, verdict, found, k)
        took = round((time.perf_counter() - began) * 1000, 1)
        return answer.model_copy(update={"snapshot": world.snapshot.id, "took_ms": took})

    def search(
        self,
        q: str,
        k: int = 10,
        kind: RecordType = "sentence",
        filters: SearchFilters = NO_SEARCH_FILTERS,
        sort: Sort = "relevance",
        cursor: str | None = None,
    ) -> SearchResults:
        """A page of the records of one ``kind`` that fit a query, with counts over all that match.

        Raises MisuseError for an empty or overlong query, a bad k, filter or cursor.
        """
        _check(q, k)
        world = self.world()
        wanted = SearchRequest(q, kind, filters, sort)
        return page(world.snapshot, world.catalog, self.settings, self.searcher(world), wanted, k, cursor)

    def searcher(self, world: World) -> Searcher:
        """The search over one snapshot, made when first asked for."""
        with self._lock:
            if self._searcher is None or self._searcher[0] != world.snapshot.id:
                made = Searcher(world.snapshot, world.catalog, self.lexicon, self.embedder, self._real_words)
                self._searcher = world.snapshot.id, made
            return self._searcher[1]

    def passage(self, identifier: str) -> PassageView:
        """A passage by id. Raises NotFoundError."""
        return views.passage(self.world().catalog, self.settings, identifier)

    def documents(self) -> list[DocumentSummary]:
        """All documents, by source name."""
        catalog = self.world().catalog
        made = (views.summary(record, self.settings) for record in catalog.documents.values())
        return sorted(made, key=lambda summary: (summary.source, summary.id))

    def document(self, identifier: str) -> DocumentView:
        """A document by id with its sections. Raises NotFoundError."""
        return views.document(self.world().catalog, self.settings, identifier)

    def text(self, identifier: str) -> str:
        """The whole text of a document by id, which all offsets count in. Raises NotFoundError."""
        return self.world().catalog.document(identifier).text

    def bibliography(self, form: str, identifiers: Sequence[str] | None = None) -> str:
        """All documents, or those with these ids, as BibTeX, RIS or CSL-JSON. Raises NotFoundError."""
        catalog = self.world().catalog
        wanted = identifiers or list(catalog.documents)
        return written((catalog.document(identifier).document for identifier in wanted), form)

    def status(self) -> Status:
        """What is being served. Raises SnapshotError where there is nothing."""
        world = self.world()
        return Status(
            snapshot=world.snapshot.id,
            model=self.embedder.name,
            documents=len(world.catalog.documents),
            passages=len(world.catalog.passages),
            statements=len(world.catalog.statements),
            concepts=len(world.catalog.concepts),
        )

    def findings(
        self, world: World, text: str, filters: Filters, wants: Wants | None = None, unread: Set[str] = frozenset()
    ) -> Findings:
        """What retrieval finds for a question, before anything is chosen from it."""
        catalog = world.catalog
        question = understand(text, filters, self.lexicon, catalog, self._real_words, wants, self.thesaurus, unread)
        question = bound(catalog, question)
        fit = Fit.of(catalog, question.scope)
        among = admitted(fit)
        local = bool(question.scope.regions) and "region" not in question.scope.binding
        whole, *bare = self.embedder.embed(
            [question.searched, question.without_places()] if local else [question.searched]
        )
        near = dense.near_concepts(world.snapshot, whole, DEPTH)
        concepts = {**near, **{p: NAMED for p in question.problems if p in catalog.concepts}}
        problems = graph.problems(catalog, concepts)
        hits = candidates.sentences(world.snapshot, question.searched, whole, DEPTH, among and among["sentences"])
        cosines = dense.nearest(world.snapshot, whole, DEPTH, {hit.id: hit.dense for hit in hits}, concepts, among)
        words = {hit.id: hit.lexical for hit in hits if hit.lexical > 0}
        nearest_local = dense.nearest_of(world.snapshot, bare[0], fit.regional) if bare else None
        signals = Signals(cosines, words, graph.reached(catalog, problems), nearest_local)
        if not question.certain:
            question = replace(question, wants=lean(catalog, signals, question.mended))
        ranked = rank(catalog, signals, fit, question.wants, self._weights)
        return Findings(question, fit, signals, ranked, lambda texts: (self._labels.embed(texts) @ whole).tolist())

    def verdict(self, world: World, found: Findings) -> Verdict:
        """Whether what was found answers the question."""

        def closeness(texts: Sequence[str]) -> list[float]:
            return dense.closeness(world.snapshot, self.embedder.embed(texts))

        return judge(world.catalog, found.question, found.fit, found.signals, found.ranked, closeness)


def _check(question: str, k: int) -> None:
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise MisuseError("the question is not valid Unicode: send it as UTF-8")
    if not any(character.isalnum() for character in question):
        raise MisuseError("the question is empty: write it in words")
    if len(question) > MAX_QUESTION:
        raise MisuseError(f"the question has {len(question):,} characters, {MAX_QUESTION:,} are allowed: shorten it")
    if not 1 <= k <= MAX_K:
        raise MisuseError(f"k is {k}: give a number from 1 to {MAX_K}")
