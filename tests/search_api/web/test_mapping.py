"""The map: regions where they lie, to one scale, as large as what is said of them."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from search_api.browse.browser import Browser
from search_api.browse.schemas import EntityEntry
from search_api.web.mapping import TALLEST, WIDTH, Projection, coordinates, said

# As atlases have them; a province or a country may lie a degree or more from its point.
ATLAS = {"330100": (30.3, 120.2), "gn-3143244": (59.9, 10.8), "FR": (48.9, 2.4), "CN-BJ": (39.9, 116.4)}


@pytest.mark.parametrize("identifier", ATLAS)
def test_regions_lie_where_atlases_have_them(identifier: str) -> None:
    assert coordinates()[identifier] == pytest.approx(ATLAS[identifier], abs=0.2)


def test_coordinates_are_on_earth() -> None:
    assert len(coordinates()) > 2000
    assert all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in coordinates().values())
    chinese = [point for key, point in coordinates().items() if key.isdigit()]
    assert all(17 < latitude < 54 and 73 < longitude < 136 for latitude, longitude in chinese)


@pytest.mark.parametrize("points", [[(10.0, 20.0)], [(30.0, 100.0), (45.0, 130.0)], [(-60.0, -170.0), (70.0, 170.0)]])
def test_all_points_are_in_the_picture_to_one_scale(points: list[tuple[float, float]]) -> None:
    projection = Projection.of(points)
    assert projection.height <= TALLEST + 1
    for x, y in map(projection.place, points):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= projection.height
    assert 1 <= len(projection.meridians()) <= 9
    assert projection.parallels()
    middle = projection.north - 1
    east = projection.place((middle, 1))[0] - projection.place((middle, 0))[0]
    south = projection.place((middle - 1, 0))[1] - projection.place((middle, 0))[1]
    assert east / south == pytest.approx(projection.squeeze, abs=0.06)


def test_every_region_of_which_something_is_said_is_drawn_or_named(people: TestClient, corpus: Browser) -> None:
    page = html.unescape(people.get("/map").text)
    rows = [row for row in corpus.listing("region", (), 1000).items if isinstance(row, EntityEntry)]
    drawn = [row for row in rows if row.id in coordinates() and said(row)]
    assert page.count("<circle") == len(drawn) > 5
    missing = re.search(r"not on the map: ([^<]+)</p>", page)
    assert missing
    for row in rows:
        assert (f"<title>{row.label}: " in page) is (row in drawn)
        assert row in drawn or row.label in missing[1]
    radii = [float(each) for each in re.findall(r' r="([\d.]+)"', page)]
    assert radii == sorted(radii, reverse=True)


def test_the_map_can_be_narrowed_down(people: TestClient) -> None:
    page = people.get("/map?region=CN-ZJ").text
    assert "Deqing County: " in page
    assert "<title>China: " not in page
    assert "it is known where" in people.get("/map?type=macro-region").text
