"""Figures over regions and years: every figure once, in the row of its region and the column of its year."""

from __future__ import annotations

import html

from fastapi.testclient import TestClient

from search_api.browse.browser import Browser
from search_api.browse.schemas import FigureEntry, Ref
from search_api.web.series import PAGE, series


def _figure(number: int, region: str | None, year: int | None, value: float, label: str = "GDP") -> FigureEntry:
    place = Ref(iri=f"x:{region}", id=region, label=region, url="") if region else None
    return FigureEntry(
        iri=f"x:{number}",
        id=str(number),
        type="statistic",
        label=label,
        url="",
        citation=None,
        indicator=label,
        value=value,
        value_text=str(value),
        unit="yuan",
        year=year,
        region=place,
        conflict=None,
        source="a.txt",
    )


def test_figures_stand_by_region_and_year() -> None:
    figures = [
        _figure(1, "Oslo", 2021, 4.0),
        _figure(2, "Bergen", None, 8.0),
        _figure(3, "Oslo", 2020, 2.0, "gdp"),
        _figure(4, None, 2021, 1.0),
        _figure(5, "Oslo", 2021, 9.0, "trams"),
    ]
    first, second = series(figures)
    assert (first.years, first.number, first.most) == ((2020, 2021, None), 4, 8.0)
    assert [(name, [[f.id for f in cell] for cell in cells]) for name, cells in first.rows] == [
        ("Bergen", [[], [], ["2"]]),
        ("Oslo", [["3"], ["1"], []]),
        (None, [[], ["4"], []]),
    ]
    assert [first.share(value) for value in (8.0, 2.0, 0.0, -1.0)] == [100, 25, 0, 0]
    assert (second.indicator, second.number) == ("trams", 1)


def test_every_figure_leads_to_its_sentence(people: TestClient, corpus: Browser) -> None:
    figures = corpus.listing("statistic", (), 1000).items
    pages = -(-len(list(series(f for f in figures if isinstance(f, FigureEntry)))) // PAGE)
    shown = html.unescape("".join(people.get(f"/figures?page={page}").text for page in range(1, pages + 1)))
    for figure in figures:
        assert figure.citation is not None
        assert f"cite={figure.citation.start}-{figure.citation.end}#cited" in shown


def test_figures_can_be_narrowed_down(people: TestClient) -> None:
    page = people.get("/figures?region=330521").text
    assert "Deqing County" in page
    assert "Cixi City" not in page
    assert 'class="off" href="/figures"' in page
    assert people.get("/figures?region=Atlantis").status_code == 422
