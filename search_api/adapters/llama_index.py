"""A retriever for LlamaIndex (extra ``llama-index``)."""

from __future__ import annotations

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from search_api.adapters.port import Searching, metadata
from search_api.searching.schemas import RecordType, SearchFilters


class PolicyweaveRetriever(BaseRetriever):  # type: ignore[misc]
    """Passages (or sentences, statements, concepts) as nodes with scores, the place of each in its metadata.

    ``source`` is a Client or a Service. Raises PolicyweaveError for a query or filter that cannot be.
    """

    def __init__(
        self, source: Searching, k: int = 10, kind: RecordType = "passage", filters: SearchFilters | None = None
    ) -> None:
        super().__init__()
        self._source = source
        self._k = k
        self._kind = kind
        self._filters = filters or SearchFilters()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._source.search(query_bundle.query_str, self._k, self._kind, self._filters).hits
        return [
            NodeWithScore(node=TextNode(id_=hit.id, text=hit.citation.quote, metadata=metadata(hit)), score=hit.score)
            for hit in hits
        ]
