"""Numbers and units: every way of writing them, and what only looks like a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures.numerals import find_numerals, parse_digits, parse_words
from ingest.figures.quantities import find_quantities
from kg.units import base_unit, magnitude

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    return f"{spell(number // 1000)} thousand" + (f" {spell(number % 1000)}" if number % 1000 else "")


@given(st.integers(0, 999_999))
def test_words_are_read_as_they_are_spelled(number: int) -> None:
    assert parse_words(spell(number)) == number


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_grouped_digits_are_read_back(whole: int, cents: int) -> None:
    assert parse_digits(f"{whole:,}.{cents:02d}") == pytest.approx(whole + cents / 100)
    (numeral,) = find_numerals(f"{whole:,}")
    assert numeral.value == whole


@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert list(found) == sorted(found, key=lambda q: q.start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports were worth 3.4 billion rand.", [(3.4, "billion rand")]),
        ("Rs 500 crore and ₹12,34,567", [(500, "crore Rs"), (1234567, "₹")]),
        ("a USD 5 m loan, a €3bn fund, a $2-billion plan", [(5, "m USD"), (3, "bn €"), (2, "billion $")]),
        ("250 million Kenyan shillings", [(250, "million Kenyan shillings")]),
        ("It fell by 2.3 percentage points to 7 per cent.", [(2.3, "percentage points"), (7, "per cent")]),
        ("1 234 567 km² of steppe", [(1234567, "km²")]),
        ("3.2 million tonnes of CO2", [(3.2, "million tonnes of CO2")]),
        ("about 10–20% of pupils", [(10, "%"), (20, "%")]),
        ("some 3–5 per cent of pupils", [(3, "per cent"), (5, "per cent")]),
        ("costs of $1.5bn-$2bn", [(1.5, "bn $"), (2, "bn $")]),
        ("slopes over 30° and 1.2 MtCO2e.", [(30, "°"), (1.2, "MtCO2e")]),
        ("5 cents a litre", [(5, "cents a litre")]),
        ("12.3亿元", [(12.3, "亿 元")]),
        ("between 5 and 8 million tonnes", [(5, "million tonnes"), (8, "million tonnes")]),
        ("12.5 million and 8.3 million pesos", [(12.5, "million pesos"), (8.3, "million pesos")]),
        ("12.4 per 1,000 live births", [(12.4, "per 1,000 live births")]),
        ("a ratio of 45:1", [(45, "ratio")]),
        ("only 1/12 of it", [(0.083, "ratio")]),
        ("more than a third of homes", [(33.3, "%")]),
        ("one in five children", [(20, "%")]),
        ("half a million jobs", [(0.5, "million")]),
        ("yields are 3 times higher", [(3, "times")]),
        ("a score of 35 out of 100", [(35, "out of 100")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in find_quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 12 May 2021 and 2021-03-04, by the 1990s or 2020/21",
        "Table 3, Section 4.1, Article 12(3), SDG 13 and Directive 2010/31/EU",
        "the 14th plan, the 20th congress, 105th of 180",
        "5G, COVID-19, G20 and Industry 4.0",
        "as shown before [3], (2), [4, 5] and (p < 0.05)",
        "children under five, people aged 15-24",
        "over the past ten years, within six months, a 15-minute city",
        "Vision 2030 and the 2019 Act",
    ],
)
def test_not_figures(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_row_of_hundreds_of_digits_is_no_figure() -> None:
    (figure,) = find_quantities("The key is " + "7" * 400 + " and 12 " + "8" * 19 + ".")
    assert figure.value == 12


def test_units_are_compared_without_their_scale() -> None:
    assert base_unit("billion USD") == base_unit("million usd") == "usd"
    assert magnitude("hundred million yuan") == 1e8
