"""Pages of a search: facets, cursors, sorting, highlights and what every hit tells."""

from __future__ import annotations

import base64
from typing import get_args

import pytest

from kg.errors import MisuseError
from search_api.browse.paging import cursor as cursor_at
from search_api.searching.highlights import highlights
from search_api.searching.request import SearchRequest
from search_api.searching.schemas import RecordType, SearchFilters, SearchHit, Sort
from search_api.service import Service

TYPES = get_args(RecordType)
QUERY = "skilled fishermen in harbours and villages"


def _walk(service: Service, k: int, kind: RecordType, sort: Sort, filters: SearchFilters) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = service.search(QUERY, k, kind, filters, sort, cursor)
        found += [hit.id for hit in page.hits]
        if page.next is None:
            return found
        cursor = page.next


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("sort", get_args(Sort))
def test_pages_together_are_the_whole(service: Service, kind: RecordType, sort: Sort) -> None:
    filters = SearchFilters(document="fishing.txt")
    whole = service.search(QUERY, 100, kind, filters, sort)
    matches = [hit.id for hit in whole.hits if hit.reason != "nearest"]
    assert whole.total == len(matches) > 0
    for k in (1, 2, 3):
        walked = _walk(service, k, kind, sort, filters)
        assert walked[: whole.total] == matches
        assert len(walked) == max(min(k, len(whole.hits)), whole.total)


@pytest.mark.parametrize("kind", TYPES)
def test_a_count_is_what_choosing_its_value_finds(service: Service, kind: RecordType) -> None:
    """Whatever is filtered, and for every value of every facet, its own field's filter replaced."""
    for given in ({}, {"status": "proposed"}, {"role": ["measure", "challenge"], "document": "fishing.txt"}):
        page = service.search(QUERY, 1, kind, SearchFilters.model_validate(given))
        assert any(page.facets.values())
        for field, values in page.facets.items():
            for value in values:
                chosen = SearchFilters.model_validate(given | {field: value.value})
                assert service.search(QUERY, 1, kind, chosen).total == value.count, (given, field, value.label)
                assert value.selected == (value.value in SearchFilters.model_validate(given).values(field)) or (
                    field == "document"
                )


def test_several_values_of_a_filter_add_up(service: Service) -> None:
    def total(*statuses: str) -> int:
        return service.search(QUERY, 1, "statement", SearchFilters(status=list(statuses))).total

    assert total("proposed", "implemented") == total("proposed") + total("implemented")


def test_broader_regions_are_counted_where_they_join_others(service: Service) -> None:
    page = service.search("timber fishermen catch wood", 10, "sentence")
    regions = {value.label: value for value in page.facets["region"]}
    assert {"Peru", "Finland"} <= regions.keys()
    assert "Europe" not in regions
    assert service.search("timber", 5, filters=SearchFilters(region="Europe")).total == regions["Finland"].count
    chosen = service.search("timber", 5, filters=SearchFilters(region="Europe")).facets["region"]
    assert [value.label for value in chosen if value.selected] == ["Europe"]


def test_sorting_by_document_goes_on_as_the_documents_do(service: Service) -> None:
    hits = service.search("the fishermen and the timber", 100, sort="document").hits
    matches = [(hit.citation.source, hit.citation.start) for hit in hits if hit.reason != "nearest"]
    assert matches == sorted(matches)
    assert len({source for source, _ in matches}) == 2


@pytest.mark.parametrize("kind", TYPES)
def test_each_hit_proves_itself(service: Service, kind: RecordType) -> None:
    texts = {record.document.source: record.text for record in service.world().catalog.documents.values()}
    page = service.search("harbours with cold stores for fishermen", 5, kind)
    assert page.hits
    for hit in page.hits:
        assert isinstance(hit, SearchHit)
        cited = hit.citation
        assert texts[cited.source][cited.start : cited.end] == cited.quote
        assert (hit.label is None) == (kind in ("sentence", "passage"))
        assert hit.score == cited.score or abs(hit.score - cited.score) < 1e-4
    best = page.hits[0]
    shown = [best.citation.quote[span.start : span.end] for span in best.highlights]
    assert {"cold", "stores"} <= set(shown) or {"harbours", "cold"} <= set(shown)


def test_the_page_says_what_was_searched(service: Service) -> None:
    assert service.search("fishermen", 1).corrected is None
    assert service.search("fishermem", 1).corrected == "fishermen"


def test_a_cursor_of_another_search_is_refused(service: Service) -> None:
    cursor = service.search(QUERY, 1).next
    assert cursor is not None
    assert service.search(QUERY, 3, cursor=cursor).hits
    others: list[tuple[str, RecordType, SearchFilters, Sort]] = [
        ("other words", "sentence", SearchFilters(), "relevance"),
        (QUERY, "passage", SearchFilters(), "relevance"),
        (QUERY, "sentence", SearchFilters(status="proposed"), "relevance"),
        (QUERY, "sentence", SearchFilters(), "year"),
    ]
    for text, kind, filters, sort in others:
        with pytest.raises(MisuseError, match="belongs to another list"):
            service.search(text, 1, kind, filters, sort, cursor)


def test_a_cursor_of_another_snapshot_is_refused(service: Service) -> None:
    told = SearchRequest(QUERY).told
    snapshot = service.world().snapshot.id
    assert service.search(QUERY, 1, cursor=cursor_at(1, snapshot, told)).hits
    with pytest.raises(MisuseError, match="knowledge base has changed"):
        service.search(QUERY, 1, cursor=cursor_at(1, "0" * 32, told))


def test_the_order_of_values_makes_no_other_search() -> None:
    one = SearchRequest(QUERY, filters=SearchFilters(theme=["talent", "green"], year=2020))
    two = SearchRequest(QUERY, filters=SearchFilters(theme=["green", "talent"], year=[2020]))
    assert one.told == two.told
    assert one.told != SearchRequest(QUERY, filters=SearchFilters(theme="green", year=2020)).told


@pytest.mark.parametrize(
    "cursor", ["", "next", "12", "é", "A" * 300, base64.urlsafe_b64encode(b"1.a.b.-3").decode(), "MS4wLjAuMA=="]
)
def test_what_is_no_cursor_is_refused(service: Service, cursor: str) -> None:
    with pytest.raises(MisuseError, match="cursor"):
        service.search(QUERY, 1, cursor=cursor)


@pytest.mark.parametrize(
    ("quote", "query", "expected"),
    [
        ("Rural Schools lack teachers.", "school", ["Schools"]),
        ("A café for cafés", "CAFE", ["café", "cafés"]),
        ("high-quality growth", "quality-high", ["high", "quality"]),
        ("GDP grew by 7.5% in 2020", "gdp 2020", ["GDP", "2020"]),
        ("港口需要 pilots", "港 pilot", ["港", "pilots"]),
        ("the of and", "the of and", []),
        ("cafe\u0301 noir", "café", ["cafe\u0301"]),
    ],
)
def test_highlights_are_the_words_in_any_form(quote: str, query: str, expected: list[str]) -> None:
    from kg.index.words import words

    assert [quote[span.start : span.end] for span in highlights(quote, words(query))] == expected
