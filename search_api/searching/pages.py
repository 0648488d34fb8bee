"""One page of a search: hits, counts and the cursor of the next page."""

from __future__ import annotations

import time

from kg.settings import Settings
from kg.snapshot import Snapshot
from search_api.browse.paging import cursor as cursor_at
from search_api.browse.paging import offset_of
from search_api.catalog import Catalog
from search_api.searching.facets import facets
from search_api.searching.hits import Writer
from search_api.searching.request import SearchRequest
from search_api.searching.schemas import SearchResults
from search_api.searching.searcher import Searcher


def page(
    snapshot: Snapshot,
    catalog: Catalog,
    settings: Settings,
    searcher: Searcher,
    search: SearchRequest,
    k: int,
    cursor: str | None,
) -> SearchResults:
    """The ``k`` hits from where the cursor points. Raises MisuseError for a bad cursor or filter."""
    began = time.perf_counter()
    offset = offset_of(cursor, snapshot.id, search.told)
    found = searcher.search(search.text, search.kind, search.filters)
    writer = Writer(snapshot, catalog, settings, found, search.kind)
    total = found.total
    end = max(total, k) if offset == 0 else total
    shown = writer.sorted(found.ranked, search.sort)[offset : min(offset + k, end)]
    return SearchResults(
        q=search.text,
        corrected=found.text if found.text != search.text else None,
        type=search.kind,
        sort=search.sort,
        total=total,
        total_exact=found.exact,
        hits=writer.hits(shown),
        facets=facets(found, searcher.labels),
        next=cursor_at(offset + k, snapshot.id, search.told) if offset + k < total else None,
        snapshot=snapshot.id,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )
