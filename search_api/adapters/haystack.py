"""A retriever for Haystack (extra ``haystack``), over HTTP, so that pipelines can be written to a file.

Reading one back needs ``allowed_modules=["search_api.adapters.haystack"]``: Haystack trusts no module unasked.
"""

from __future__ import annotations

from typing import Any

from haystack import Document, component, default_from_dict, default_to_dict
from haystack.utils import Secret

from search_api.adapters.port import metadata
from search_api.client import Client
from search_api.searching.schemas import RecordType, SearchFilters


@component
class PolicyweaveRetriever:
    """Passages (or sentences, statements, concepts) as documents, with the place of each in ``meta``.

    Raises RequestError for a query or filter that cannot be, or a server that cannot be reached.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        api_key: Secret | None = None,
        top_k: int = 10,
        kind: RecordType = "passage",
        filters: dict[str, Any] | None = None,
    ) -> None:
        self.url = url
        self.api_key = api_key
        self.top_k = top_k
        self.kind: RecordType = kind
        self.filters = filters
        self._client = Client(url, api_key.resolve_value() if api_key else None)

    @component.output_types(documents=list[Document])  # type: ignore[untyped-decorator]
    def run(self, query: str, top_k: int | None = None, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Retrieve; ``filters`` are those of ``/search`` by name, and win over the component's."""
        chosen = SearchFilters.model_validate(filters or self.filters or {})
        hits = self._client.search(query, top_k or self.top_k, self.kind, chosen).hits
        return {
            "documents": [
                Document(id=hit.id, content=hit.citation.quote, meta=metadata(hit), score=hit.score) for hit in hits
            ]
        }

    def to_dict(self) -> dict[str, Any]:
        """The component for a file; of the key only where it comes from."""
        key = self.api_key.to_dict() if self.api_key else None
        made: dict[str, Any] = default_to_dict(
            self, url=self.url, api_key=key, top_k=self.top_k, kind=self.kind, filters=self.filters
        )
        return made

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> PolicyweaveRetriever:
        """The component from a file."""
        given = data["init_parameters"]
        if given.get("api_key"):
            given["api_key"] = Secret.from_dict(given["api_key"])
        made: PolicyweaveRetriever = default_from_dict(cls, data)
        return made
