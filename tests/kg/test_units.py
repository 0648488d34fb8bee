"""Units in QUDT: what is certain, what its scale words stand for, and what has none."""

from __future__ import annotations

import pytest

from kg.units import qudt

UNIT, CURRENCY = "http://qudt.org/vocab/unit/", "http://qudt.org/vocab/currency/"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("%", (f"{UNIT}PERCENT", 0)),
        ("per cent", (f"{UNIT}PERCENT", 0)),
        ("thousand hectares", (f"{UNIT}HA", 3)),
        ("GWh", (f"{UNIT}GigaW-HR", 0)),
        ("°C", (f"{UNIT}DEG_C", 0)),
        ("Mt", (f"{UNIT}TONNE", 6)),
        ("million tonnes", (f"{UNIT}TONNE", 6)),
        ("crore Rs", None),
        ("lakh crore ₹", (f"{CURRENCY}INR", 12)),
        ("bn EUR", (f"{CURRENCY}EUR", 9)),
        ("亿 元", (f"{CURRENCY}CNY", 8)),
        ("million dollars", None),
        ("tons", None),
        ("clinics", None),
        ("ratio", None),
        ("", None),
    ],
)
def test_qudt(unit: str, expected: tuple[str, int] | None) -> None:
    assert qudt(unit) == expected
