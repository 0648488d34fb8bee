"""The page of one thing: what it is, where it stands, what it is linked to and how we know, and all that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.identifiers import VOCABULARY
from search_api.browse.browser import USUAL
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.paging import cursor
from search_api.browse.schemas import FigureView
from search_api.web.site import Site, whole_number

MOST_PAGES: Final = 10_000
# Relations by the kind of page they stand on, the most telling first.
RELATIONS: Final = (
    *("addresses", "addressed_by", "caused_by", "causes"),
    *("measures", "challenges", "regions", "region_types", "industries", "actors"),
)


def show(kind: Kind, site: Site, request: Request) -> Response:
    """A measure, challenge, region, industry, actor or figure whole."""
    identifier = request.path_params["identifier"]
    page = whole_number(request, "page", 1, MOST_PAGES)
    start = None
    if page > 1:
        iri = site.browser.view(kind, identifier, 1).iri
        start = cursor((page - 1) * USUAL, site.service.world().snapshot.id, iri)
    view = site.browser.view(kind, identifier, USUAL, start)
    values: Mapping[str, object] = {
        "kind": kind,
        "view": view,
        "page": page,
        "pages": max(1, -(-view.evidence.total // USUAL)),
        "relations": [] if isinstance(view, FigureView) else [r for r in RELATIONS if r in view.neighbours],
        "path": f"/{PLURALS[kind]}",
        "data": _data(view.iri, site),
    }
    return site.page(request, "entity.html", values)


def _data(iri: str, site: Site) -> str:
    """Where the triples of a thing are, without the ending that says in which form."""
    for base in (site.service.settings.base_iri, VOCABULARY):
        if iri.startswith(base):
            return f"/data/{iri.removeprefix(base)}"
    return ""
