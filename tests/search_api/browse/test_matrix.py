"""The matrix: totals of distinct things, limits that say what they cut off, gaps, and the proof of each cell."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from kg.errors import MisuseError, NotFoundError
from search_api.browse.browser import MOST, Browser
from search_api.browse.matrix import Wish, wish
from search_api.browse.matrix_view import EVIDENCE_A_CELL
from search_api.service import Service


def test_a_row_of_challenges_with_and_without_a_measure(browser: Browser) -> None:
    matrix = browser.matrix(wish("challenge", "status"))
    rows = {row.label: row for row in matrix.rows}
    answered = rows["Sawmills in Finland lack dry timber in most winters"]
    assert {key: cell.measures for key, cell in answered.cells.items()} == {"proposed": 1}
    assert answered.gaps == 0
    assert matrix.gaps == sum(row.gaps or 0 for row in matrix.rows) == 0


def test_filters_narrow_both_sides(browser: Browser) -> None:
    finland = browser.matrix(wish("challenge", "status", filters=[("region", "Finland")]))
    assert [row.label for row in finland.rows] == ["Sawmills in Finland lack dry timber in most winters"]
    implemented = browser.matrix(wish("challenge", "status", filters=[("status", "implemented")]))
    assert implemented.total.measures == 1
    assert implemented.gaps == 2
    assert implemented.sparql is None


@pytest.mark.parametrize(("rows", "columns"), [("challenge-theme", "measure-theme"), ("region", "industry")])
def test_totals_count_distinct_things(corpus: Browser, rows: str, columns: str) -> None:
    matrix = corpus.matrix(wish(rows, columns), k=MOST)
    for row in matrix.rows:
        cells = [cell.measures for cell in row.cells.values()]
        assert max(cells, default=0) <= row.total.measures
        if columns == "measure-theme":
            assert sum(cells) == row.total.measures
    assert matrix.total.measures <= sum(row.total.measures for row in matrix.rows)
    assert [r.total.measures for r in matrix.rows] == sorted((r.total.measures for r in matrix.rows), reverse=True)


def test_a_limit_says_what_it_cuts_off(corpus: Browser) -> None:
    whole = corpus.matrix(wish("challenge", "measure-theme"), k=MOST)
    cut = corpus.matrix(wish("challenge", "measure-theme"), k=3)
    assert [row.key for row in cut.rows] == [row.key for row in whole.rows[:3]]
    assert [column.key for column in cut.columns] == [column.key for column in whole.columns[:3]]
    assert cut.more_rows is not None
    assert cut.more_columns is not None
    assert cut.more_rows.number == len(whole.rows) - 3
    assert cut.more_columns.number == len(whole.columns) - 3
    assert cut.more_rows.total.challenges == whole.total.challenges - 3
    assert (whole.more_rows, whole.more_columns) == (None, None)
    assert cut.total == whole.total


def test_every_cell_is_proved(corpus: Browser, corpus_service: Service) -> None:
    texts = {r.document.source: r.text for r in corpus_service.world().catalog.documents.values()}
    wanted = wish()
    matrix = corpus.matrix(wanted, k=MOST, evidence=True)
    for row in matrix.rows:
        for key, cell in row.cells.items():
            found = corpus.cell(wanted, row.key, key)
            assert (found.total.measures, found.total.papers) == (cell.measures, cell.papers)
            assert len({link.measure.iri for link in found.links}) == cell.measures
            assert cell.links == found.links[:EVIDENCE_A_CELL]
            for citation in (citation for link in found.links for citation in link.citations):
                assert texts[citation.source][citation.start : citation.end] == citation.quote
            assert all(link.citations for link in found.links)


def test_the_address_of_a_cell_asks_for_that_cell(corpus: Browser) -> None:
    wanted = wish("challenge", "actor", ["section"], 0.5, [("document", "001_deqing-county-economy.md")])
    row = next(row for row in corpus.matrix(wanted).rows if row.cells)
    key, cell = next(iter(row.cells.items()))
    asked = parse_qs(urlsplit(cell.url).query)
    assert asked == {
        "rows": ["challenge"],
        "columns": ["actor"],
        "row": [row.key],
        "column": [key],
        "basis": ["section"],
        "min_confidence": ["0.5"],
        "document": ["001_deqing-county-economy.md"],
    }


def test_an_empty_cell_has_no_links_and_an_unknown_one_is_told(corpus: Browser) -> None:
    matrix = corpus.matrix(wish(), k=MOST)
    empty = next((r.key, c.key) for r in matrix.rows for c in matrix.columns if c.key not in r.cells)
    assert corpus.cell(wish(), *empty).links == []
    with pytest.raises(NotFoundError, match="no row 'magic'"):
        corpus.cell(wish(), "magic", empty[1])
    with pytest.raises(NotFoundError, match="no column 'magic'"):
        corpus.cell(wish(), empty[0], "magic")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rows": "size"}, "unknown rows 'size': use one of challenge-theme"),
        ({"columns": "challenge"}, "unknown columns 'challenge': use one of measure-theme"),
        ({"rows": "region", "columns": "region"}, "choose two different"),
        ({"basis": ["hearsay"]}, "unknown basis 'hearsay': use one of stated"),
        ({"min_confidence": 1.1}, "from 0 to 1"),
        ({"min_confidence": float("nan")}, "from 0 to 1"),
        ({"filters": [("theme", "talent")]}, "unknown filter 'theme'"),
    ],
)
def test_a_matrix_that_cannot_be_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(MisuseError, match=told):
        wish(**given)  # type: ignore[arg-type]


def test_the_usual_matrix_is_of_themes() -> None:
    assert wish() == Wish("challenge-theme", "measure-theme")
