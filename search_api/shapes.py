"""Citations in the shapes in which other companies' models take documents to cite, without loss of their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search_api.schemas import Citation


def anthropic_search_results(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """``search_result`` content blocks for Anthropic's Messages API, one a place, with citations switched on."""
    return [
        {
            "type": "search_result",
            "source": citation.url,
            "title": _title(citation),
            "content": [{"type": "text", "text": citation.quote}],
            "citations": {"enabled": True},
        }
        for citation in citations
    ]


def cohere_documents(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """``documents`` for Cohere's Chat API (v2); the id is the passage with the characters cited."""
    return [
        {
            "id": f"{citation.passage_id}:{citation.start}-{citation.end}",
            "data": {
                "title": _title(citation),
                "snippet": citation.quote,
                "url": citation.url,
                "source": citation.source,
                "section": citation.section,
            },
        }
        for citation in citations
    ]


def _title(citation: Citation) -> str:
    return f"{citation.title} ({citation.year})" if citation.year else citation.title
