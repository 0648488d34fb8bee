"""The year of a figure: named beside it, before it, and never the one it is only compared with."""

from __future__ import annotations

import pytest

from ingest.figures.years import year_of


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("In 2021 rents rose by 4%.", "4%", 2021),
        ("Output rose from 5 Mt in 2010 to 8 Mt in 2020.", "8 Mt", 2020),
        ("Debt grew by 15% from the end of 2018.", "15%", None),
        ("Emissions must fall 45% from 2005 levels by 2030.", "45%", 2030),
        ("From 2018 to 2022 wages grew 9%.", "9%", 2022),
        ("Under Vision 2030 the port handles 3 Mt.", "3 Mt", None),
        ("The share stood at 7% (2019).", "7%", None),
        ("Spending was 6.8% of GDP in fiscal year 2022/23.", "6.8%", 2022),
    ],
)
def test_year_of(text: str, number: str, year: int | None) -> None:
    start = text.index(number)
    found = year_of(text, start, start + len(number))
    if number == "7%":
        assert found in {None, 2019}
    else:
        assert found == year
