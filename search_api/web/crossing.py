"""The matrix as a heat map that leads to the evidence of each cell, its gaps in plain sight."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from search_api.browse import axes
from search_api.browse.links import BASES
from search_api.browse.matrix import FILTERS, Wish, wish
from search_api.browse.matrix_schemas import Matrix
from search_api.web.address import Here, Links
from search_api.web.site import Site

SHOWN: Final = 20
# Shades of the heat map; the number stands in each cell, so that nothing is told by shade alone.
SHADES: Final = 6
_BY_FILTER: Final[Mapping[str, str]] = {
    "challenge-theme": "/challenges?theme={}",
    "measure-theme": "/measures?theme={}",
    "instrument": "/measures?instrument={}",
    "region-type": "/measures?region_type={}",
    "status": "/measures?status={}",
}


def show(site: Site, request: Request) -> Response:
    """The matrix of two axes under filters."""
    here = Here.of(request.url.path, request.query_params.multi_items())
    wanted = _wish(here)
    found = site.browser.matrix(wanted, SHOWN)
    most = max((cell.measures for row in found.rows for cell in row.cells.values()), default=0)
    values: dict[str, Any] = {
        "found": found,
        "shade": lambda number: shade(number, most),
        "head": lambda axis, head: _head(site.renderer.links, axis, head.key, head.iri),
        "gap": lambda row: _gap(site.renderer.links, wanted.rows, row.key, row.iri),
        "rows": axes.ROWS,
        "columns": axes.COLUMNS,
        "bases": BASES,
        "wish": wanted,
        "chosen": [(name, _told(found, name, value), here.without(name, value)) for name, value in wanted.given],
    }
    return site.page(request, "matrix.html", values)


def cell(site: Site, request: Request) -> Response:
    """All reasons of one cell."""
    here = Here.of(request.url.path, request.query_params.multi_items())
    wanted = _wish(here)
    row, column = ((here.values(name) or [""])[0] for name in ("row", "column"))
    found = site.browser.cell(wanted, row, column)
    back = Here("/matrix", here.pairs).but(row=None, column=None)
    return site.page(request, "cell.html", {"found": found, "back": back, "wish": wanted})


def shade(number: int, most: int) -> int:
    """The shade of a cell from 1 to ``SHADES``, by the square root so that small numbers can be told apart; 0 for none.

    >>> [shade(n, 36) for n in (0, 1, 9, 36)]
    [0, 1, 3, 6]
    """
    return math.ceil(SHADES * math.sqrt(number / most)) if number else 0


def _wish(here: Here) -> Wish:
    def one(name: str, usual: str) -> str:
        return (here.values(name) or [usual])[0]

    given = [(name, value) for name, value in here.pairs if name in FILTERS]
    confidence = one("min_confidence", "0")
    sure = float(confidence) if confidence.replace(".", "", 1).isdigit() else 0.0
    return wish(one("rows", "challenge-theme"), one("columns", "measure-theme"), here.values("basis"), sure, given)


def _told(found: Matrix, name: str, value: str) -> str:
    told = found.filters.get(name, value)
    return value if isinstance(told, list) else str(told)


def _head(links: Links, axis: str, key: str, iri: str | None) -> str:
    """Where a row or column leads: to the thing, or to the list that it stands for."""
    if axis in _BY_FILTER:
        return _BY_FILTER[axis].format(key)
    return links.thing(iri or key)


def _gap(links: Links, axis: str, key: str, iri: str | None) -> str:
    """Where the challenges of a row that nothing addresses are listed."""
    if axis == "challenge-theme":
        return f"/challenges?{urlencode({'theme': key, 'addressed': 'false'})}"
    return links.thing(iri or key)
