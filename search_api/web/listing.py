"""Lists: measures, challenges, regions, industries, actors and figures with facets, sorting, pages and export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from search_api.browse.asked import FILTERS, SORTS, ask
from search_api.browse.browser import USUAL, Listing
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.paging import cursor
from search_api.browse.schemas import Bucket
from search_api.web.address import Here
from search_api.web.site import Site, whole_number

MOST_PAGES: Final = 10_000
_ORDER: Final[Mapping[Kind, tuple[str, ...]]] = {
    "measure": ("status", "theme", "region", "instrument", "industry", "document", "region_type", "actor", "year"),
    "challenge": ("theme", "region", "industry", "document", "region_type", "actor", "year"),
    "region": ("type", "theme", "status", "industry", "document", "region_type", "actor", "year"),
    "industry": ("type", "theme", "status", "region", "document", "region_type", "actor", "year"),
    "actor": ("type", "theme", "status", "region", "document", "region_type", "industry", "year"),
    "statistic": ("region", "unit", "figure_year", "document", "conflict", "year"),
}
_SORTED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "measure": ("-papers", "-challenges", "label", "-year"),
    "challenge": ("-papers", "-measures", "label", "-year"),
    **dict.fromkeys(("region", "industry", "actor"), ("-papers", "-measures", "-challenges", "label")),
    "statistic": ("label", "-value", "-year", "region"),
}


def show(kind: Kind, site: Site, request: Request) -> Response:
    """A page of the list of one kind."""
    here = Here.of(request.url.path, request.query_params.multi_items())
    page = whole_number(request, "page", 1, MOST_PAGES)
    given = [(name, value) for name, value in here.pairs if name in (*FILTERS[kind], "sort")]
    start = None
    if page > 1:
        start = cursor((page - 1) * USUAL, site.service.world().snapshot.id, repr(ask(kind, given)))
    found = site.browser.listing(kind, given, USUAL, start)
    titles = {key: record.document.title for key, record in site.service.world().catalog.documents.items()}
    values = {
        "kind": kind,
        "found": found,
        "facets": {name: _titled(name, values, titles) for name, values in found.facets.items()},
        "order": _ORDER[kind],
        "chosen": list(_chosen(here, kind, found, titles)),
        "sorts": _SORTED[kind],
        "sortable": SORTS[kind],
        "page": page,
        "pages": max(1, -(-found.total // USUAL)),
        "path": f"/{PLURALS[kind]}",
    }
    return site.page(request, "list.html", values)


def _titled(name: str, values: list[Bucket], titles: Mapping[str, str]) -> list[Bucket]:
    """Papers by title; their file names say little to a reader."""
    if name != "document":
        return values
    return [each.model_copy(update={"label": titles.get(each.value) or each.label}) for each in values]


def _chosen(here: Here, kind: Kind, found: Listing, titles: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Filter, value in words, and the address without it."""
    for name in FILTERS[kind]:
        given = here.values(name)
        told: Any = found.filters.get(name, given)
        labels = [str(each) for each in told] if isinstance(told, list) else [str(told)]
        for place, value in enumerate(given):
            label = labels[place] if len(labels) == len(given) else value
            yield name, titles.get(value) or label, here.without(name, value)
