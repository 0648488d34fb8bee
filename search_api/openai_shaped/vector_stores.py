"""``POST /v1/vector_stores/{id}/search``: passages, as OpenAI's file search gives chunks of files."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kg.errors import NotFoundError
from search_api.openai_shaped.filters import AnyFilter, search_filters
from search_api.schemas import MAX_QUESTION
from search_api.searching.schemas import SearchHit
from search_api.service import Service

STORE: Final = "policyweave"
_LONGEST: Final = 512


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class RankingOptions(_Model):
    """Only the threshold counts; there is one ranker."""

    ranker: str | None = None
    score_threshold: float = Field(default=0.0, ge=0, le=1)


class StoreSearch(_Model):
    """A search; of several queries each passage counts with its best."""

    query: str | list[str] = Field(examples=["skilled people leaving"])
    filters: AnyFilter | None = Field(default=None, description="eq, in and and, on the filters of /search.")
    max_num_results: int = Field(default=10, ge=1, le=50)
    ranking_options: RankingOptions = Field(default_factory=RankingOptions)
    rewrite_query: bool = Field(default=False, description="Typing errors are mended either way.")


class Content(_Model):
    """A piece of text."""

    type: Literal["text"] = "text"
    text: str


class StoreResult(_Model):
    """A passage; ``attributes`` say where it stands, with the URL to cite."""

    file_id: str
    filename: str
    score: float
    attributes: dict[str, str | float]
    content: list[Content]


class StorePage(_Model):
    """All results; there is one page."""

    object: Literal["vector_store.search_results.page"] = "vector_store.search_results.page"
    search_query: list[str]
    data: list[StoreResult]
    has_more: bool = False
    next_page: str | None = None


def search_store(service: Service, store: str, request: StoreSearch) -> StorePage:
    """The best passages. Raises NotFoundError for another store, MisuseError for a query or filter that cannot be."""
    if store != STORE:
        raise NotFoundError(f"no vector store '{store}': the papers are in '{STORE}'")
    queries = [request.query] if isinstance(request.query, str) else request.query
    filters = search_filters(request.filters)
    best: dict[str, SearchHit] = {}
    for query in queries or [""]:
        for hit in service.search(query[: MAX_QUESTION + 1], request.max_num_results, "passage", filters).hits:
            if hit.id not in best or hit.score > best[hit.id].score:
                best[hit.id] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.id))
    kept = [hit for hit in ranked if hit.score >= request.ranking_options.score_threshold]
    return StorePage(search_query=queries, data=[_result(hit) for hit in kept[: request.max_num_results]])


def _result(hit: SearchHit) -> StoreResult:
    citation = hit.citation
    told: dict[str, str | float | None] = {
        "url": citation.url,
        "title": citation.title,
        "authors": "; ".join(citation.authors) or None,
        "year": citation.year,
        "section": citation.section or None,
        "page": citation.page,
        "passage_id": citation.passage_id,
        "start": citation.start,
        "end": citation.end,
    }
    # OpenAI allows 512 characters for a value.
    attributes = {
        name: value[:_LONGEST] if isinstance(value, str) else value for name, value in told.items() if value is not None
    }
    return StoreResult(
        file_id=citation.document.rsplit("/", 1)[-1],
        filename=citation.source,
        score=hit.score,
        attributes=attributes,
        content=[Content(text=citation.quote)],
    )
