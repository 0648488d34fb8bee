"""The map: regions as points where their coordinates are known, as large as what is said of them. No tiles, no borders:
the points stand in a grid of degrees, and a table holds the same.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.resources import ontology_folder
from search_api.browse.asked import FILTERS
from search_api.browse.browser import MOST
from search_api.browse.schemas import EntityEntry
from search_api.web.address import Here
from search_api.web.site import Site

WIDTH: Final = 1000.0
TALLEST: Final = 640.0
_MARGIN: Final = 50.0
_LARGEST: Final = 26.0
_SMALLEST: Final = 4.0
# Room that a letter of a name takes, and a line of it.
_LETTER: Final = 8.2
_LINE: Final = 18.0
# Degrees between the lines of the grid: the least that gives a handful.
_STEPS: Final = (0.5, 1, 2, 5, 10, 20, 30, 45)
_LINES: Final = 7
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A region on the map: its row, centre and radius in units of the picture, and where the middle of its name goes,
    if there is room for it.
    """

    row: EntityEntry
    x: float
    y: float
    radius: float
    name: Point | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: where it lies in the picture, and what it is called."""

    at: float
    name: str


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular (plate carrée) at the middle latitude of what is shown; one scale for both directions."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    @classmethod
    def of(cls, points: Iterable[Point]) -> Projection:
        """The projection that shows all points; there must be one at least."""
        latitudes, longitudes = zip(*points, strict=True)
        south, north = min(latitudes) - 1, max(latitudes) + 1
        west, east = min(longitudes) - 1, max(longitudes) + 1
        squeeze = math.cos(math.radians((south + north) / 2))
        scale = min((WIDTH - 2 * _MARGIN) / ((east - west) * squeeze), (TALLEST - 2 * _MARGIN) / (north - south))
        middle = (WIDTH / scale / squeeze - (east - west)) / 2
        return cls(west - middle, north, scale, squeeze, (north - south) * scale + 2 * _MARGIN)

    def place(self, point: Point) -> Point:
        """Where a latitude and longitude lie in the picture (x, y)."""
        x = (point[1] - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - point[0]) * self.scale + _MARGIN, 1)

    def meridians(self) -> list[Line]:
        """Lines of equal longitude."""
        end = self.west + WIDTH / self.scale / self.squeeze
        lines = _degrees(self.west, end)
        return [Line(self.place((0, degree))[0], f"{abs(degree):g}° {'EW'[degree < 0]}") for degree in lines]

    def parallels(self) -> list[Line]:
        """Lines of equal latitude."""
        lines = _degrees(self.north - self.height / self.scale, self.north)
        return [Line(self.place((degree, 0))[1], f"{abs(degree):g}° {'NS'[degree < 0]}") for degree in lines]


def _degrees(start: float, end: float) -> Iterator[float]:
    step = next((each for each in _STEPS if (end - start) / each <= _LINES), _STEPS[-1])
    degree = math.ceil(start / step) * step
    while degree < end:
        yield degree
        degree += step


@cache
def coordinates() -> Mapping[str, Point]:
    """Latitude and longitude in degrees by the id of a region, as far as the vocabulary knows them."""
    with (ontology_folder() / "coordinates.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


def show(site: Site, request: Request) -> Response:
    """All regions that the documents name, under the filters of their list."""
    here = Here.of(request.url.path, request.query_params.multi_items())
    given = [(name, value) for name, value in here.pairs if name in FILTERS["region"]]
    found = site.browser.listing("region", given, MOST)
    rows = [row for row in found.items if isinstance(row, EntityEntry)]
    placed = [row for row in rows if row.id in coordinates()]
    # What is only named once in passing, far away, would make all else a dot.
    known = [row for row in placed if said(row)] or placed
    projection = Projection.of(coordinates()[row.id] for row in known) if known else None
    values = {
        "projection": projection,
        "width": WIDTH,
        "spots": list(_spots(known, projection)) if projection else [],
        "rows": rows,
        "left_out": [row for row in rows if row not in known],
        "chosen": [(name, value, here.without(name, value)) for name, value in given],
        "list": here.elsewhere("/regions"),
    }
    return site.page(request, "map.html", values)


def said(row: EntityEntry) -> int:
    """How much is said of a region and all that lies in it: measures and challenges."""
    return row.with_below.measures + row.with_below.challenges


def _spots(rows: Iterable[EntityEntry], projection: Projection) -> Iterator[Spot]:
    """The largest first, so that smaller ones lie on top; names as long as there is room beside those before."""
    ranked = sorted(rows, key=lambda row: (-said(row), row.label))
    most = max(said(row) for row in ranked)
    written: list[tuple[float, float, float]] = []
    for row in ranked:
        share = math.sqrt(said(row) / most) if most else 0.0
        x, y = projection.place(coordinates()[row.id])
        radius = round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1)
        half = len(row.label) * _LETTER / 2
        middle, line = min(max(x, half), WIDTH - half), y - radius - 5
        free = all(abs(middle - m) > half + h or abs(line - at) > _LINE for m, at, h in written)
        if free:
            written.append((middle, line, half))
        yield Spot(row, x, y, radius, (round(middle, 1), round(line, 1)) if free else None)
