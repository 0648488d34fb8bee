"""The use cases of browsing, over a service: each derives what it needs once per snapshot and remembers it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Final

from kg.errors import MisuseError
from search_api.browse import comparison, entries, matrix, matrix_view, views
from search_api.browse.asked import Asked, ask
from search_api.browse.comparison_schemas import Compared
from search_api.browse.described import described
from search_api.browse.facets import facets
from search_api.browse.ids import By, Kind
from search_api.browse.index import ENTITY_KINDS, Index
from search_api.browse.matrix import Table, Wish
from search_api.browse.matrix_schemas import Matrix, MatrixEvidence
from search_api.browse.paging import cursor as cursor_at
from search_api.browse.paging import offset_of
from search_api.browse.queries import declared, query_for
from search_api.browse.schemas import (
    Bucket,
    ConceptList,
    ConceptView,
    EntityEntry,
    EntityList,
    EntityView,
    FigureList,
    FigureView,
)
from search_api.browse.selection import Row, Selection, select, whole_row
from search_api.browse.suggestions import Suggestion, suggest
from search_api.browse.views import Page
from search_api.browse.vocabulary import VocabularyInGraph
from search_api.service import Service

USUAL: Final = 20
MOST: Final = 1_000
_REMEMBERED: Final = 16
_ENTITIES: Final = 2_000

Listing = ConceptList | EntityList | FigureList
View = ConceptView | EntityView | FigureView


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list before it is cut into pages."""

    selection: Selection
    facets: dict[str, list[Bucket]]
    sparql: str | None


class _Derived:
    """One snapshot's index with the lists and matrices that were asked for last."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.graph = VocabularyInGraph(index.snapshot.graph_path)
        self._whole = cache(partial(whole_row, index))
        self.listed = lru_cache(_REMEMBERED)(self._listed)
        self.entity = lru_cache(_ENTITIES)(self._entity)
        self.table = lru_cache(_REMEMBERED)(self._table)
        self.matrix = lru_cache(_REMEMBERED)(self._matrix)

    def _listed(self, asked: Asked) -> _Listed:
        selection = select(self.index, asked, self._whole)
        query = query_for(self.index, selection)
        return _Listed(selection, facets(self.index, selection), declared(query) if query else None)

    def _entity(self, asked: Asked, row: Row) -> EntityEntry:
        return entries.entity(self.index, asked.kind, row, self.listed(asked).selection.criteria)

    def _table(self, wish: Wish) -> Table:
        return matrix.build(self.index, wish)

    def _matrix(self, wish: Wish, k: int) -> Matrix:
        return matrix_view.shown(self.index, self.table(wish), k)


class Browser:
    """Lists, things, matrix and comparison over the live snapshot. May be used from several threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._derived: _Derived | None = None

    def listing(
        self, kind: Kind, filters: Iterable[tuple[str, str]] = (), k: int = USUAL, cursor: str | None = None
    ) -> Listing:
        """A page of a list. Raises MisuseError for a filter, sort, size or cursor that cannot be."""
        _check(k)
        asked = ask(kind, filters)
        derived = self._now()
        index, listed = derived.index, derived.listed(asked)
        rows = listed.selection.rows
        start = offset_of(cursor, index.snapshot.id, repr(asked))
        page = rows[start : start + k]
        shared = {
            "total": len(rows),
            "facets": listed.facets,
            "filters": described(index, asked, listed.selection.criteria),
            "sort": ",".join(f"{'-' * descending}{name}" for name, descending in asked.sort),
            "next": cursor_at(start + k, index.snapshot.id, repr(asked)) if start + k < len(rows) else None,
            "sparql": listed.sparql,
            "snapshot": index.snapshot.id,
        }
        if kind == "statistic":
            return FigureList(**shared, items=[entries.figure(index, row.iri) for row in page])
        if kind in ENTITY_KINDS:
            return EntityList(**shared, items=[derived.entity(asked, row) for row in page])
        return ConceptList(**shared, items=[entries.concept(index, kind, row) for row in page])

    def view(self, kind: Kind, identifier: str, k: int = USUAL, cursor: str | None = None) -> View:
        """One thing whole, with ``k`` places of its evidence. Raises NotFoundError, and MisuseError as ``listing``."""
        _check(k)
        derived, page = self._now(), Page(k, cursor)
        if kind == "statistic":
            return views.figure(derived.index, derived.graph, identifier, page)
        if kind in ENTITY_KINDS:
            return views.entity(derived.index, derived.graph, kind, identifier, page)
        return views.concept(derived.index, derived.graph, kind, identifier, page)

    def matrix(self, wish: Wish, k: int = USUAL, evidence: bool = False) -> Matrix:
        """The matrix with at most k rows and columns. Raises MisuseError."""
        _check(k)
        derived = self._now()
        if evidence:
            return matrix_view.shown(derived.index, derived.table(wish), k, evidence=True)
        return derived.matrix(wish, k)

    def cell(self, wish: Wish, row: str, column: str) -> MatrixEvidence:
        """The evidence of one cell. Raises NotFoundError for a row or column that is not there, MisuseError."""
        derived = self._now()
        return matrix_view.cell(derived.index, derived.table(wish), row, column)

    def compare(self, by: By, names: Sequence[str], k: int = USUAL) -> Compared:
        """Regions, papers or industries side by side. Raises MisuseError."""
        _check(k)
        return comparison.compare(self._now().index, by, names, k)

    def suggest(self, text: str, k: int = 10) -> list[Suggestion]:
        """Things of all kinds whose names fit what is being written. Raises MisuseError for a bad k."""
        _check(k)
        return suggest(self._now().index, text, k)

    def _now(self) -> _Derived:
        """What is derived from the live snapshot. Raises SnapshotError where there is none."""
        world = self._service.world()
        with self._lock:
            if self._derived is None or self._derived.index.snapshot.id != world.snapshot.id:
                service = self._service
                self._derived = _Derived(Index.of(world.snapshot, world.catalog, service.lexicon, service.settings))
            return self._derived


def _check(k: int) -> None:
    if not 1 <= k <= MOST:
        raise MisuseError(f"k is {k}: give a number from 1 to {MOST:,}")
