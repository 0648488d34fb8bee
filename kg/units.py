"""Units as texts write them: their scale words, and the QUDT unit where the words leave no doubt.

QUDT: https://qudt.org (CC BY 4.0), units under ``vocab/unit/`` and currencies, by ISO 4217 code, under
``vocab/currency/``. What is counted ("clinics"), plain "dollars" and "tons" have no certain QUDT unit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SCALES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "hundred": 1e2,
        "thousand": 1e3,
        "million": 1e6,
        "billion": 1e9,
        "trillion": 1e12,
        "quadrillion": 1e15,
        "lakh": 1e5,
        "crore": 1e7,
        "mn": 1e6,
        "mln": 1e6,
        "bn": 1e9,
        "bln": 1e9,
        "tn": 1e12,
        "trn": 1e12,
        "m": 1e6,
        "b": 1e9,
        "k": 1e3,
        "万": 1e4,
        "亿": 1e8,
        "万亿": 1e12,
    }
)
_UNITS: Final = "http://qudt.org/vocab/unit/"
_CURRENCIES: Final = "http://qudt.org/vocab/currency/"
_SPELLED: Final = {
    "PERCENT": "% percent per_cent",
    "PERMILLE": "‰",
    "M": "m meter metre meters metres",
    "KiloM": "km kilometer kilometre kilometers kilometres",
    "CentiM": "cm centimeters centimetres",
    "MilliM": "mm millimeters millimetres",
    "NanoM": "nm nanometers nanometres",
    "MI": "mile miles",
    "FT": "foot feet",
    "M2": "m² m2 square_meters square_metres",
    "KiloM2": "km² km2 square_kilometers square_kilometres square_km sq_km sq._km",
    "HA": "ha hectare hectares",
    "AC": "acre acres",
    "M3": "m³ m3 cubic_meters cubic_metres",
    "L": "liter litre liters litres",
    "M3-PER-SEC": "m³/s m3/s",
    "KiloGM": "kg kilogram kilograms kilogramme kilogrammes",
    "GM": "gram grams",
    "TONNE": "t tonne tonnes metric_ton metric_tons metric_tonnes",
    "W": "w watt watts",
    "KiloW": "kw kilowatt kilowatts",
    "MegaW": "mw megawatt megawatts",
    "GigaW": "gw gigawatt gigawatts",
    "TeraW": "tw terawatt terawatts",
    "KiloW-HR": "kwh kilowatt_hours kilowatt-hours",
    "MegaW-HR": "mwh megawatt_hours megawatt-hours",
    "GigaW-HR": "gwh gigawatt_hours gigawatt-hours",
    "TeraW-HR": "twh terawatt_hours terawatt-hours",
    "GigaJ": "gj gigajoule gigajoules",
    "TeraJ": "tj terajoule terajoules",
    "DEG": "° º",
    "DEG_C": "°c º_c °_c degrees_celsius degrees_centigrade degree_celsius",
    "DEG_F": "°f °_f degrees_fahrenheit",
    "PPM": "ppm",
    "PPB": "ppb",
    "MicroGM-PER-M3": "µg/m³ µg/m3 μg/m³ μg/m3",
    "YR": "year years",
    "MO": "month months",
    "WK": "week weeks",
    "DAY": "day days",
    "HR": "hour hours",
    "MIN": "minute minutes",
}
_MONEY: Final = {
    "USD": "us$ us_dollars american_dollars",
    "EUR": "€ euro euros",
    "GBP": "£ pounds_sterling",
    "CNY": "rmb yuan renminbi 元 chinese_yuan",
    "INR": "₹ indian_rupees",
    "NGN": "₦ naira",
    "KES": "ksh ksh. kenyan_shillings",
    "UGX": "ush ush. ugandan_shillings",
    "TZS": "tsh tsh. tanzanian_shillings",
    "AUD": "au$ a$ australian_dollars",
    "CAD": "c$ canadian_dollars",
    "NZD": "nz$",
    "HKD": "hk$ hong_kong_dollars",
    "BRL": "r$ reais brazilian_reais",
    "JPY": "yen",
    "ZAR": "rand",
    "RUB": "rubles roubles",
    "CHF": "swiss_francs",
    "THB": "baht",
    "ETB": "birr",
    "GHS": "cedis",
    "VND": "₫ dong",
    "PLN": "zloty zlotys",
    "BWP": "pula",
    "BDT": "taka",
    "IDR": "rupiah rupiahs",
    "MYR": "ringgit ringgits rm",
}
_CODES: Final = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BDT",
        "BGN",
        "BHD",
        "BRL",
        "BWP",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "DZD",
        "EGP",
        "ETB",
        "EUR",
        "GBP",
        "GEL",
        "GHS",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KHR",
        "KRW",
        "KWD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "MAD",
        "MMK",
        "MNT",
        "MUR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TND",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VND",
        "XAF",
        "XOF",
        "ZAR",
        "ZMW",
    ]
)
_QUDT: Final[Mapping[str, str]] = MappingProxyType(
    {word.replace("_", " "): _UNITS + name for name, words in _SPELLED.items() for word in words.split()}
    | {word.replace("_", " "): _CURRENCIES + code for code, words in _MONEY.items() for word in words.split()}
    | {code.lower(): _CURRENCIES + code for code in _CODES}
)
# Abbreviations that hold a scale word and the tonne.
_TONNES: Final = {"kt": 3, "mt": 6, "gt": 9}


def magnitude(unit: str) -> float:
    """Factor that the scale words at the start of a unit stand for: ``"billion yuan"`` gives 1e9, ``"yuan"`` 1.

    >>> magnitude("hundred million yuan"), magnitude("hectares")
    (100000000.0, 1.0)
    """
    factor = 1.0
    for word in unit.split():
        if word.removesuffix("s") not in SCALES or word in {"m", "b", "k"}:
            break
        factor *= SCALES[word.removesuffix("s")]
    return factor


def base_unit(unit: str) -> str:
    """The unit without its scale words, lower case: what two values must share to be compared.

    >>> base_unit("billion USD")
    'usd'
    """
    words = unit.split()
    while words and words[0].removesuffix("s") in SCALES:
        words.pop(0)
    return " ".join(words).lower()


def qudt(unit: str) -> tuple[str, int] | None:
    """IRI of the unit in QUDT and the power of ten that its scale words stand for; None where no unit is certain.

    >>> qudt("million EUR"), qudt("Mt"), qudt("clinics")
    (('http://qudt.org/vocab/currency/EUR', 6), ('http://qudt.org/vocab/unit/TONNE', 6), None)
    """
    base = base_unit(unit)
    power = round(math.log10(magnitude(unit)))
    if base in _TONNES:
        return _UNITS + "TONNE", power + _TONNES[base]
    known = _QUDT.get(base)
    return (known, power) if known is not None else None
