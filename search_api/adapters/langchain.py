"""A retriever for LangChain (extra ``langchain``)."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from search_api.adapters.port import metadata
from search_api.searching.schemas import RecordType, SearchFilters


class PolicyweaveRetriever(BaseRetriever):  # type: ignore[misc]
    """Passages (or sentences, statements, concepts) as documents, with the place of each in its metadata.

    ``source`` is a Client or a Service. Raises PolicyweaveError for a query or filter that cannot be.
    """

    source: Any
    k: int = Field(default=10, ge=1, le=100)
    kind: RecordType = "passage"
    filters: SearchFilters = SearchFilters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        hits = self.source.search(query, self.k, self.kind, self.filters).hits
        return [Document(id=hit.id, page_content=hit.citation.quote, metadata=metadata(hit)) for hit in hits]
