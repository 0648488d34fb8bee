"""What the adapters ask, the server or a service in the same process, and what they tell of each hit."""

from __future__ import annotations

from typing import Any, Protocol

from search_api.searching.schemas import RecordType, SearchFilters, SearchHit, SearchResults


class Searching(Protocol):
    """Answers searches: ``search_api.client.Client`` over HTTP, ``search_api.service.Service`` without."""

    def search(self, q: str, k: int = ..., kind: RecordType = ..., filters: SearchFilters = ...) -> SearchResults:
        """A page of records that fit a query."""
        ...


def metadata(hit: SearchHit) -> dict[str, Any]:
    """Where a hit stands and why it was found, in values that JSON can hold; nothing of the citation is lost."""
    citation = hit.citation
    return {
        "id": hit.id,
        "url": citation.url,
        "title": citation.title,
        "authors": citation.authors,
        "year": citation.year,
        "section": citation.section,
        "page": citation.page,
        "source": citation.source,
        "document": citation.document,
        "passage_id": citation.passage_id,
        "start": citation.start,
        "end": citation.end,
        "score": hit.score,
        "reason": hit.reason,
        "roles": hit.roles,
        "regions": hit.regions,
        "industries": hit.industries,
        "concepts": [concept.iri for concept in hit.concepts],
    }
