"""What browsing counts is what the graph says: the same rows and numbers as SPARQL on the same snapshot."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_api.browse import axes
from search_api.browse.browser import MOST, Browser
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.links import BASES
from search_api.browse.matrix import wish

Ask = Callable[[str], list[dict[str, Any]]]
Filters = list[tuple[str, str]]
COUNTED = ("statements", "papers", "mentions", "figures")
shared = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def listed(browser: Browser, kind: Kind, filters: Filters) -> Any:
    return browser.listing(kind, filters, k=MOST)


def agrees(browser: Browser, sparql: Ask, kind: Kind, filters: Filters) -> int:
    """Compare a whole list with what its query gives; the number of rows."""
    found = listed(browser, kind, filters)
    if found.sparql is None:
        return found.total
    rows = {row["item"]: row for row in sparql(found.sparql)}
    assert {item.iri for item in found.items} == rows.keys()
    assert len(found.items) == found.total
    for item in found.items:
        row = rows[item.iri]
        assert item.label == row["label"]
        for name in COUNTED:
            if name in row and getattr(item, name, None) is not None:
                assert getattr(item, name) == row[name], (item.iri, name)
        if kind == "statistic":
            assert item.value == pytest.approx(row["value"])
    return found.total


@pytest.mark.parametrize("kind", PLURALS)
def test_whole_lists(corpus: Browser, sparql: Ask, kind: Kind) -> None:
    assert agrees(corpus, sparql, kind, []) > 0


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("measure", [("region", "Zhejiang"), ("status", "implemented")]),
        ("measure", [("challenge", "talent-drain")]),
        ("measure", [("region", "Western Region"), ("region", "Zhejiang"), ("theme", "talent")]),
        ("measure", [("q", "talent")]),
        ("measure", [("instrument", "training")]),
        ("measure", [("actor", "local governments"), ("region_type", "county")]),
        ("challenge", [("addressed", "false"), ("theme", "finance")]),
        ("challenge", [("document", "003_western-region-growth.md")]),
        ("region", [("region", "China"), ("theme", "talent")]),
        ("region", [("document", "001_deqing-county-economy.md")]),
        ("industry", [("industry", "emerging industries")]),
        ("actor", [("year", "2025")]),
        ("statistic", [("region", "China"), ("figure_year", "2023")]),
        ("statistic", [("unit", "%"), ("year_from", "2022"), ("year_to", "2023")]),
        ("statistic", [("q", "growth")]),
    ],
)
def test_filtered_lists(corpus: Browser, sparql: Ask, kind: Kind, filters: Filters) -> None:
    total = agrees(corpus, sparql, kind, filters)
    assert 0 < total < listed(corpus, kind, []).total


def test_a_region_reaches_all_below_it(corpus: Browser, sparql: Ask) -> None:
    query = """SELECT ?m (COUNT(DISTINCT ?s) AS ?n) {
      ?s pw:states ?m ; pw:status pw:implemented ; pw:appliesIn/pw:within region:CN-ZJ . ?m a pw:Measure
    } GROUP BY ?m"""
    found = listed(corpus, "measure", [("region", "CN-ZJ"), ("status", "implemented")])
    assert {item.iri: item.statements for item in found.items} == {row["m"]: row["n"] for row in sparql(query)}
    places = {region.id for item in found.items for region in item.regions}
    assert "330521" in places


def test_counts_with_all_below(corpus: Browser, sparql: Ask) -> None:
    query = """SELECT (COUNT(DISTINCT ?s) AS ?statements) (COUNT(DISTINCT ?m) AS ?mentions) {
      { ?s a pw:Statement ; pw:appliesIn/pw:within region:CN-ZJ } UNION { ?m pw:entity/pw:within region:CN-ZJ }
    }"""
    view = next(item for item in listed(corpus, "region", []).items if item.id == "CN-ZJ")
    assert [{"statements": view.with_below.statements, "mentions": view.with_below.mentions}] == sparql(query)


def drawn(browser: Browser, kind: Kind, data: st.DataObject) -> Filters:
    """Some values of the facets of a kind: what a user could click on."""
    facets = listed(browser, kind, []).facets
    names = data.draw(st.lists(st.sampled_from(sorted(facets)), unique=True, max_size=3))
    return [
        (name, bucket.value)
        for name in names
        for bucket in data.draw(st.lists(st.sampled_from(facets[name]), min_size=1, max_size=2, unique=True))
        if name not in ("year", "figure_year", "conflict") or bucket is facets[name][0]
    ]


@pytest.mark.parametrize("kind", PLURALS)
@shared
@given(data=st.data())
def test_any_filters(corpus: Browser, sparql: Ask, kind: Kind, data: st.DataObject) -> None:
    agrees(corpus, sparql, kind, drawn(corpus, kind, data))


@pytest.mark.parametrize("kind", PLURALS)
def test_a_facet_counts_the_rows_that_its_filter_gives(corpus: Browser, kind: Kind) -> None:
    for name, buckets in listed(corpus, kind, []).facets.items():
        for bucket in buckets[:3]:
            rows = listed(corpus, kind, [(name, bucket.value)])
            if name in ("region", "industry", "actor"):
                assert rows.total >= bucket.count
            else:
                assert rows.total == bucket.count, (name, bucket)


@pytest.mark.parametrize(("rows", "columns"), [p for p in product(axes.ROWS, axes.COLUMNS) if p[0] != p[1]])
def test_every_matrix(corpus: Browser, sparql: Ask, rows: str, columns: str) -> None:
    matrix = corpus.matrix(wish(rows, columns), k=MOST)
    iris = {column.key: column.iri for column in matrix.columns}
    cells = {
        (row.iri, iris[key]): (cell.measures, cell.challenges) for row in matrix.rows for key, cell in row.cells.items()
    }
    assert matrix.sparql is not None
    assert cells == {(r["row"], r["column"]): (r["measures"], r["challenges"]) for r in sparql(matrix.sparql)}


@shared
@given(
    basis=st.lists(st.sampled_from(BASES), unique=True),
    confidence=st.floats(0, 1).map(lambda number: round(number, 2)),
    rows=st.sampled_from(["challenge", "region"]),
)
def test_a_matrix_of_any_certainty(
    corpus: Browser, sparql: Ask, basis: list[str], confidence: float, rows: str
) -> None:
    matrix = corpus.matrix(wish(rows, "measure-theme", basis, confidence), k=MOST)
    assert matrix.sparql is not None
    expected = {(r["row"], r["column"].rpartition("/")[2]): r["measures"] for r in sparql(matrix.sparql)}
    assert expected == {(row.iri, key): cell.measures for row in matrix.rows for key, cell in row.cells.items()}


def test_gaps_are_the_challenges_without_a_measure(corpus: Browser, sparql: Ask) -> None:
    query = files("kg.graph").joinpath("queries/challenges-without-measure.rq").read_text(encoding="utf-8")
    without = {row["challenge"] for row in sparql(query)}
    matrix = corpus.matrix(wish("challenge"), k=MOST)
    assert {row.iri for row in matrix.rows if row.gaps} == without
    assert matrix.gaps == len(without)
    assert {item.iri for item in listed(corpus, "challenge", [("addressed", "false")]).items} == without


@pytest.mark.parametrize(
    ("by", "names"), [("region", ["Zhejiang", "Western Region"]), ("industry", ["batteries", "digital economy"])]
)
def test_a_comparison_holds_what_the_lists_hold(corpus: Browser, by: Any, names: list[str]) -> None:
    compared = corpus.compare(by, names, k=MOST)
    for number, name in enumerate(names):
        for kind, table in (("measure", compared.measures), ("challenge", compared.challenges)):
            alone = {item.iri: item.statements for item in listed(corpus, kind, [(by, name)]).items}  # type: ignore[arg-type]
            sides = {row.iri: side.statements for row in table.rows if (side := row.sides[number]) is not None}
            assert sides == alone
