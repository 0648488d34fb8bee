"""What a client asks of a search: all that decides which hits there are and in which order."""

from __future__ import annotations

import json
from dataclasses import dataclass

from search_api.searching.schemas import NO_FILTERS, RecordType, SearchFilters, Sort


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with its type, filters and sorting."""

    text: str
    kind: RecordType = "sentence"
    filters: SearchFilters = NO_FILTERS
    sort: Sort = "relevance"

    @property
    def told(self) -> str:
        """The request as one text; the order in which a filter's values are given does not count."""
        filters = {name: sorted(given) for name in SearchFilters.model_fields if (given := self.filters.values(name))}
        return json.dumps([self.text, self.kind, filters, self.sort], sort_keys=True)
