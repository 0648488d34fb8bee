"""Search as clients see it: filters, hits, facets and pages."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas import Citation, Filters, Named, Names

RecordType = Literal["sentence", "passage", "statement", "concept"]
Sort = Literal["relevance", "year", "-year", "document"]
Reason = Literal["words and meaning", "words", "meaning", "nearest"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SearchFilters(Filters):
    """What hits must be about. Several values of one filter mean any of them; several filters must all be met."""

    role: Names = Field(
        default=None, description="Role of the sentence, such as measure or challenge.", examples=["measure"]
    )
    challenge: Names = Field(
        default=None, description="Challenge that is named or addressed, by IRI or label.", examples=["brain drain"]
    )


NO_FILTERS: Final = SearchFilters()


class Span(_Model):
    """Characters ``start:end`` of a hit's quote."""

    start: int
    end: int


class SearchHit(_Model):
    """A record that was found: what it is, why it was found, and the exact place that it stands at.

    ``highlights`` are the words of the query in ``citation.quote``, as offsets into the quote. ``reason`` says what the
    hit shares with the query; ``nearest`` fills a page up where fewer match than were asked for, and is not counted.
    """

    id: str = Field(description="IRI of the record.")
    type: RecordType
    label: str | None = Field(description="Label of a statement or concept; null for sentences and passages.")
    score: float = Field(description="Fit from 0 to 1, the same in every filtered or sorted search for this query.")
    reason: Reason
    roles: list[str]
    regions: list[str]
    region_types: list[str]
    industries: list[str]
    actors: list[str]
    themes: list[str]
    statuses: list[str]
    concepts: list[Named]
    highlights: list[Span]
    citation: Citation


class FacetValue(_Model):
    """A value of a field with the number of matches that have it; ``value`` can be given back as a filter.

    ``broader`` is the value that this one lies in, where the vocabulary knows one; its count includes this one's.
    """

    value: str
    label: str
    count: int
    selected: bool
    broader: str | None


class SearchResults(_Model):
    """One page of hits with counts over all matches.

    A facet's counts ignore the filter on its own field: they say how many matches another choice would give.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "q": "skilled people leaving",
                    "corrected": None,
                    "type": "sentence",
                    "sort": "relevance",
                    "total": 0,
                    "total_exact": True,
                    "hits": [],
                    "facets": {
                        "status": [
                            {"value": "proposed", "label": "proposed", "count": 12, "selected": False, "broader": None}
                        ]
                    },
                    "next": None,
                    "snapshot": "0123456789abcdef0123456789abcdef",
                    "took_ms": 12.5,
                }
            ]
        }
    )

    q: str
    corrected: str | None = Field(
        description="The query as searched, if typing errors were mended or names replaced that no document uses."
    )
    type: RecordType
    sort: Sort
    total: int = Field(description="Number of matches.")
    total_exact: bool = Field(description="False where there are more matches than were counted.")
    hits: list[SearchHit]
    facets: dict[str, list[FacetValue]]
    next: str | None = Field(description="Cursor of the next page, null on the last.")
    snapshot: str
    took_ms: float
