"""The search itself: a query in, all that matches out, ranked. Knows neither HTTP nor what a page looks like."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.index.embedder import Embedder
from kg.index.hybrid import MEANING, Fused, HybridIndex
from kg.lexicon import Lexicon
from kg.lexicon.folding import is_chinese
from kg.snapshot import Snapshot
from search_api.catalog import Catalog
from search_api.chinese import words_of
from search_api.question import understand
from search_api.schemas import Filters
from search_api.searching.fields import Fields, Reader
from search_api.searching.labels import Labels
from search_api.searching.schemas import NO_FILTERS, Reason, RecordType, SearchFilters
from search_api.searching.selection import Selection, select

# Names of the vectors of each type.
_VECTORS: Final[Mapping[RecordType, str]] = {
    "sentence": "sentences",
    "passage": "passages",
    "statement": "statements",
    "concept": "concepts",
}
# Of two sentences on different matters, one pair in a hundred is as near as this: measured on 80,000 pairs of the
# sentences in ingest/training with the default embedder.
NEAR: Final = 0.35
# A match shares at least this much of the best word match: a word of a one-word query, not one common word of many.
SAID: Final = 0.2
# Matches that are counted and can be paged through.
LIMIT: Final = 10_000
_QUOTED: Final = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”]")


@dataclass(frozen=True, slots=True)
class Match:
    """A record with its scores and the reason why it was found; ``nearest`` is no match but the best of the rest."""

    fused: Fused
    reason: Reason

    @property
    def id(self) -> str:
        """The record's id; a concept's IRI."""
        return self.fused.id

    @property
    def matches(self) -> bool:
        """Whether it counts as a match."""
        return self.reason != "nearest"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. ``text`` is the query as searched.

    ``admitted`` are the rows that meet all filters, None for all rows. ``ranked`` are the records that meet them,
    matches before others, each best first. ``counted`` may miss one of the filters: facets need them.
    """

    text: str
    vector: NDArray[np.float32]
    fields: Fields
    selection: Selection
    admitted: frozenset[int] | None
    ranked: Sequence[Match]
    counted: Sequence[Match]
    exact: bool

    @property
    def total(self) -> int:
        """Number of matches that meet the filters."""
        return sum(match.matches for match in self.ranked)


@dataclass(frozen=True, slots=True)
class _Query:
    """What is searched for by words and by meaning; ``meant`` is false for a language that the embedder cannot read,
    whose vectors say nothing.
    """

    text: str
    vector: NDArray[np.float32]
    meant: bool

    def match(self, fused: Fused) -> Match:
        """A record that was found, with the reason why."""
        return Match(fused, _reason(fused, self.meant))


class Searcher:
    """Searches the records of one snapshot; may be used from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        catalog: Catalog,
        lexicon: Lexicon,
        embedder: Embedder,
        real_words: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._snapshot = snapshot
        self._catalog = catalog
        self._lexicon = lexicon
        self._embedder = embedder
        self._real_words = real_words
        self._fields: dict[RecordType, Fields] = {}
        self._lock = threading.Lock()

    def search(self, text: str, kind: RecordType = "sentence", filters: SearchFilters = NO_FILTERS) -> Found:
        """All that matches a query within its filters, up to ``LIMIT``, and what the facets count.

        Raises MisuseError for a filter that nothing can meet.
        """
        query, selection = self._read(text, filters)
        fields = self.fields(kind)
        quoted = self._quoting(text, kind)
        counted = self._matches(query, kind, LIMIT, _both(selection.counted(fields), quoted))
        among = _both(selection.records(fields), quoted)
        if among is not None and len(counted) == LIMIT:
            ranked = self._matches(query, kind, LIMIT, among)
        else:
            ranked = [match for match in counted if among is None or match.id in among]
        rows = selection.rows(fields)
        exact = len(ranked) < LIMIT
        return Found(query.text, query.vector, fields, selection, rows, _ordered(ranked), counted, exact)

    def nearest(
        self,
        text: str,
        k: int,
        kind: RecordType = "sentence",
        filters: SearchFilters = NO_FILTERS,
        allowed: Collection[str] | None = None,
    ) -> list[Match]:
        """The first ``k`` of what ``search`` finds, without counting the rest; with ``allowed`` only these ids count.

        As many as ``k`` come back where so many records meet the filters. Raises MisuseError.
        """
        query, selection = self._read(text, filters)
        fields = self.fields(kind)
        among = _both(selection.records(fields), self._quoting(text, kind))
        if allowed is not None:
            among = _both(among, frozenset(fields.of).intersection(allowed))
        depth = k
        while True:
            ranked = self._matches(query, kind, depth, among)
            if sum(match.matches for match in ranked) >= k or len(ranked) < depth:
                return _ordered(ranked)[:k]
            depth *= 4

    def fields(self, kind: RecordType) -> Fields:
        """The fields of all records of a type, read when first asked for."""
        with self._lock:
            if kind not in self._fields:
                self._fields[kind] = Reader(self._catalog, self._lexicon).fields(kind)
            return self._fields[kind]

    @cached_property
    def labels(self) -> Labels:
        """Names of what facets count."""
        return Labels.of(self._catalog, self._lexicon)

    def _read(self, text: str, filters: SearchFilters) -> tuple[_Query, Selection]:
        """The query with typing errors mended and names that no document uses replaced, and its filters."""
        plain = Filters.model_validate(filters.model_dump(include=set(Filters.model_fields)))
        question = understand(text, plain, self._lexicon, self._catalog, self._real_words)
        vector = self._embedder.embed([question.searched])[0]
        query = _Query(words_of(text, question.searched), vector, not is_chinese(question.searched))
        return query, select(filters, question, self._catalog)

    def _quoting(self, text: str, kind: RecordType) -> frozenset[str] | None:
        """Records that hold all that stands in double quotes; None where nothing does."""
        found: frozenset[str] | None = None
        for match in _QUOTED.finditer(text):
            holding = self._snapshot.words.holding(match.group(1), kind)
            found = _both(found, holding)
        return None if found is None else found.intersection(self.fields(kind).of)

    def _matches(self, query: _Query, kind: RecordType, k: int, among: Collection[str] | None) -> list[Match]:
        """The ``k`` best ``among`` these records, or of all that have fields."""
        meaning = MEANING if query.meant else 0.0
        index = HybridIndex(self._snapshot.vectors(_VECTORS[kind]), self._snapshot.words, kind, meaning)
        if among is not None:
            return [query.match(fused) for fused in index.search(query.text, query.vector, k, among)]
        citable, depth = self.fields(kind).of, k
        while True:
            # The index also holds records that cannot be cited (headings, repetitions): few, so they are passed over.
            found = index.search(query.text, query.vector, depth)
            kept = [query.match(fused) for fused in found if fused.id in citable]
            if len(kept) >= k or len(found) < depth:
                return kept[:k]
            depth *= 2


def _both(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    """What both admit; None admits all."""
    if left is None or right is None:
        return right if left is None else left
    return left & right


def _ordered(ranked: Sequence[Match]) -> list[Match]:
    """Matches before the others; the order within both stays."""
    return sorted(ranked, key=lambda match: not match.matches)


def _reason(fused: Fused, meant: bool) -> Reason:
    near, said = meant and fused.dense >= NEAR, fused.lexical >= SAID
    if near:
        return "words and meaning" if said else "meaning"
    return "words" if said else "nearest"
