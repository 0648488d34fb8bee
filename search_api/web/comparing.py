"""Regions, papers or industries side by side: what they share, what one alone has, figures aligned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from search_api.browse.browser import USUAL
from search_api.browse.ids import By, Kind
from search_api.web.address import Here
from search_api.web.site import Site

# The parameter of each sort of side, as the API has it.
SIDES: Final[Mapping[str, By]] = {"regions": "region", "papers": "document", "industries": "industry"}
_MOST: Final = 5
_OFFERED: Final = 200
_TABLES: Final = ("themes", "challenges", "measures", "regions", "industries", "actors")


def show(site: Site, request: Request) -> Response:
    """A comparison of two to five things; with fewer the page to choose them on."""
    here = Here.of(request.url.path, request.query_params.multi_items())
    names = {name: [part for value in here.values(name) for part in value.split(",") if part] for name in SIDES}
    name = next((each for each in SIDES if names[each]), "regions")
    chosen = list(dict.fromkeys(names[name]))
    found = site.browser.compare(SIDES[name], chosen, USUAL) if len(chosen) > 1 else None
    values = {
        "found": found,
        "tables": [(each, getattr(found, each)) for each in _TABLES if getattr(found, each, None)],
        "offered": {each: _offered(site, by) for each, by in SIDES.items()},
        "chosen": {each: names[each][:_MOST] for each in SIDES},
        "ids": [side.id for side in found.sides] if found else chosen,
        "sort": name,
    }
    return site.page(request, "compare.html", values)


def _offered(site: Site, by: By) -> list[tuple[str, str]]:
    """Ids and names of what can be compared, those that most papers speak of first."""
    if by == "document":
        return [(paper.id, paper.title or paper.source) for paper in site.service.documents()]
    kind: Kind = "region" if by == "region" else "industry"
    return [(row.id, row.label) for row in site.browser.listing(kind, (), _OFFERED).items]
