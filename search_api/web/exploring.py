"""The neighbourhood of a thing: a table of what it is linked to and how, which a script may draw as a graph.

The table is the whole truth; the drawing reads its rows, and those of the neighbours that are opened on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotFoundError
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.schemas import ConceptView, EntityView, Neighbour
from search_api.web.address import Here, Links
from search_api.web.site import Site
from search_api.web.thing import RELATIONS

# So many of each relation: the drawing of a neighbourhood stays readable.
EACH: Final = 24
_BY_RELATION: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("addresses", "causes", "caused_by", "challenges"), "challenge"),
    **dict.fromkeys(("addressed_by", "measures"), "measure"),
    "regions": "region",
    "industries": "industry",
    "actors": "actor",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of the thing that is shown: the relation, the other end, its page and its own neighbourhood."""

    relation: str
    kind: Kind
    other: Neighbour
    href: str
    further: str


def show(site: Site, request: Request) -> Response:
    """The neighbourhood of the thing at ``/explore/{plural}/{identifier}``."""
    plural, identifier = request.path_params["plural"], request.path_params["identifier"]
    kind = next((each for each, name in PLURALS.items() if name == plural), None)
    if kind is None or kind == "statistic":
        raise NotFoundError(f"there is no neighbourhood of {plural}: explore measures, challenges, regions and so on")
    view = site.browser.view(kind, identifier, EACH)
    assert isinstance(view, ConceptView | EntityView)
    relations = [name for name in RELATIONS if name in view.neighbours and name in _BY_RELATION]
    here = Here.of(request.url.path, request.query_params.multi_items())
    wanted: Sequence[str] = [name for name in here.values("relation") if name in relations] or relations
    values = {
        "kind": kind,
        "view": view,
        "path": f"/{plural}",
        "relations": relations,
        "wanted": wanted,
        "edges": list(_edges(view, wanted, site.renderer.links)),
        "totals": {name: view.neighbours[name].total for name in relations},
    }
    return site.page(request, "explore.html", values)


def _edges(view: ConceptView | EntityView, wanted: Sequence[str], links: Links) -> Iterator[Edge]:
    for name in wanted:
        for other in view.neighbours[name].items:
            href = links.local(other.url)
            yield Edge(name, _BY_RELATION[name], other, href, f"/explore{href}")
