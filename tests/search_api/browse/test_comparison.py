"""Comparison: what sides share, what one alone has, figures aligned, doubts told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import MisuseError
from kg.index.embedder import Embedder
from kg.publishing import publish
from kg.records import Concept, DocumentRecords, EntityRef
from kg.settings import Settings
from search_api.browse.browser import MOST, Browser
from search_api.browse.comparison_schemas import Compared
from search_api.browse.ids import By
from search_api.service import Service

TABLES = ("themes", "challenges", "measures", "regions", "industries", "actors")


def tables(compared: Compared) -> list[Any]:
    return [table for name in TABLES if (table := getattr(compared, name)) is not None]


def test_two_countries_share_nothing_but_a_theme(browser: Browser) -> None:
    compared = browser.compare("region", ["Peru", "Finland"])
    assert [side.label for side in compared.sides] == ["Peru", "Finland"]
    assert (compared.themes.shared, compared.measures.shared, compared.challenges.shared) == (1, 0, 0)
    assert compared.measures.only == [1, 1]
    assert compared.regions is None
    peru, finland = compared.challenges.rows
    assert [side is None for side in peru.sides] == [False, True]
    assert [side is None for side in finland.sides] == [True, False]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("region", ["Zhejiang", "Western Region", "Anhui"]),
        ("document", ["001_deqing-county-economy.md", "003_western-region-growth.md"]),
        ("industry", ["batteries", "digital economy"]),
    ],
)
def test_every_table_adds_up_and_every_share_is_proved(corpus: Browser, by: By, names: list[str]) -> None:
    compared = corpus.compare(by, names, k=MOST)
    assert len(compared.sides) == len(names)
    for table in tables(compared):
        assert table.total == len(table.rows) == table.shared + sum(table.only)
        sizes = [sum(side is not None for side in row.sides) for row in table.rows]
        assert sizes == sorted(sizes, reverse=True)
        for row in table.rows:
            assert row.shared == (sum(side is not None for side in row.sides) > 1)
            assert all(side.citation is not None for side in row.sides if side is not None)
    for number, side in enumerate(compared.sides):
        assert side.counts.measures == sum(row.sides[number] is not None for row in compared.measures.rows)
        assert side.counts.figures == sum(len(row.sides[number]) for row in compared.figures.rows)


def test_a_limit_says_how_many_rows_it_leaves_out(corpus: Browser) -> None:
    compared = corpus.compare("region", ["Zhejiang", "Western Region"], k=2)
    for table in [*tables(compared), compared.figures]:
        assert table.more == max(0, table.total - 2) == table.total - len(table.rows)


def test_what_one_side_alone_has_comes_by_turns(corpus: Browser) -> None:
    rows = corpus.compare("region", ["Zhejiang", "Western Region"], k=MOST).measures.rows
    first = [row for row in rows if not row.shared][:4]
    assert [[side is not None for side in row.sides].index(True) for row in first] == [0, 1, 0, 1]


def test_a_side_within_the_other_is_told(corpus: Browser) -> None:
    compared = corpus.compare("region", ["China", "Deqing County"])
    assert compared.notes == ["Deqing County lies in China: what is said of it counts for both"]
    assert compared.measures.only[1] == 0


def test_a_place_of_which_nothing_is_said_is_told(corpus: Browser) -> None:
    assert "the papers state nothing of Portugal" in corpus.compare("region", ["China", "Portugal"]).notes


def test_papers_that_give_different_figures_disagree(
    tmp_path: Path,
    exported_models: Path,
    embedder: Embedder,
    documents: list[DocumentRecords],
    concepts_of: Callable[[Sequence[DocumentRecords]], list[Concept]],
) -> None:
    """Both papers measure the same in one place and year; their values differ, and then are equal."""
    place = EntityRef("https://w3id.org/policyweave/region/PE", "Peru")
    for value, disagree in ((7.0, True), (412.0, False)):
        fishing = replace(documents[0], statistics=tuple(replace(f, region=place) for f in documents[0].statistics))
        other = replace(
            documents[1].statistics[0],
            indicator="Pilots employed",
            unit="Persons",
            year=2019,
            region=place,
            value=value,
        )
        timber = replace(documents[1], statistics=(other,))
        made = Settings(data=tmp_path / str(value))
        made.data.mkdir()
        (made.data / "models").symlink_to(exported_models)
        publish(made, [fishing, timber], concepts_of([fishing, timber]), embedder, {})
        rows = Browser(Service(made)).compare("document", ["fishing.txt", "timber.txt"]).figures.rows
        assert [(row.shared, row.disagree) for row in rows] == [(True, disagree)]
        assert [[entry.value for entry in side] for side in rows[0].sides] == [[412.0], [value]]


@pytest.mark.parametrize(
    ("by", "names", "told"),
    [
        ("region", ["Peru"], "1 given: name 2 to 5"),
        ("region", ["Peru"] * 6, "6 given: name 2 to 5"),
        ("region", ["Peru", "PE"], "the same thing"),
        ("region", ["Peru", "Atlantis"], "unknown region 'Atlantis'"),
        ("document", ["fishing.txt", "none.txt"], "no document 'none.txt'"),
    ],
)
def test_sides_that_cannot_be_are_told(browser: Browser, by: By, names: list[str], told: str) -> None:
    with pytest.raises(MisuseError, match=told):
        browser.compare(by, names)
