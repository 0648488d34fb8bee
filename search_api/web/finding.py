"""The search page, and the things whose names fit what is being written into the box."""

from __future__ import annotations

from typing import Any, Final, get_args

from starlette.requests import Request
from starlette.responses import Response

from search_api.browse.paging import cursor
from search_api.schemas import filters_from
from search_api.searching.request import SearchRequest
from search_api.searching.schemas import FacetValue, RecordType, SearchFilters, SearchHit, SearchResults, Sort
from search_api.web.address import Here
from search_api.web.quoting import lit
from search_api.web.site import Site, whole_number

USUAL: Final = 10
SUGGESTED: Final = 10
MOST_PAGES: Final = 1_000
_ORDER: Final = (
    *("region", "theme", "challenge", "status", "document", "industry"),
    *("region_type", "actor", "role", "year"),
)


def show(site: Site, request: Request) -> Response:
    """A page of hits with facets; without a query the page to search on."""
    query = request.query_params.get("q", "").strip()
    if not query:
        return site.page(request, "search.html", {"results": None, "asked_text": ""})
    page = whole_number(request, "page", 1, MOST_PAGES)
    results = _found(site, request, query, page)
    return site.page(request, "search.html", _shown(request, results, page))


def _found(site: Site, request: Request, query: str, page: int) -> SearchResults:
    given = {name: request.query_params.getlist(name) for name in SearchFilters.model_fields}
    kept = {name: [value for value in values if value.strip()] for name, values in given.items()}
    filters = filters_from({name: values for name, values in kept.items() if values}, SearchFilters)
    kind: RecordType = _one_of(request, "type", "sentence", get_args(RecordType))
    sort: Sort = _one_of(request, "sort", "relevance", get_args(Sort))
    wanted = SearchRequest(query, kind, filters, sort)
    snapshot = site.service.world().snapshot.id
    start = cursor((page - 1) * USUAL, snapshot, wanted.told) if page > 1 else None
    return site.service.search(query, USUAL, kind, filters, sort, start)


def _one_of(request: Request, name: str, usual: str, allowed: tuple[str, ...]) -> Any:
    given = request.query_params.get(name, usual)
    return given if given in allowed else usual


def _shown(request: Request, results: SearchResults, page: int) -> dict[str, Any]:
    here = Here.of(request.url.path, request.query_params.multi_items())
    chosen = [(name, value) for name, values in results.facets.items() for value in values if value.selected]
    return {
        "asked_text": results.q,
        "results": results,
        "hits": [(hit, lit(hit.citation.quote, hit.highlights), _page(hit)) for hit in results.hits],
        "chosen": [(name, value, here.without(name, _given(here, name, value))) for name, value in chosen],
        "order": _ORDER,
        "types": get_args(RecordType),
        "sorts": get_args(Sort),
        "page": page,
        "pages": max(1, -(-results.total // USUAL)),
    }


def _given(here: Here, name: str, chosen: FacetValue) -> str:
    """The value as the address has it: a filter may be given by its name."""
    known = {chosen.value, chosen.label.casefold()}
    return next((given for given in here.values(name) if {given, given.casefold()} & known), chosen.value)


def _page(hit: SearchHit) -> str | None:
    """The page of the first concept that a hit states."""
    return hit.concepts[0].iri if hit.concepts else None


def suggest(site: Site, request: Request) -> Response:
    """Things of all kinds whose names fit ``q``."""
    text = request.query_params.get("q", "").strip()
    found = site.browser.suggest(text, SUGGESTED) if text else []
    return site.page(request, "suggest.html", {"asked_text": text, "found": found})
