"""What a list can be asked for: the filters of each kind, read from names and texts into one checked value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.errors import MisuseError
from search_api.browse.ids import PLURALS, Kind
from search_api.schemas import Filters

_SHARED: Final = ("region", "region_type", "industry", "actor", "theme", "status", "year", "document")
_OWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "q": "Words that begin words of a name.",
        "challenge": "Measures that address this challenge, by id, IRI or label.",
        "instrument": "Measures of this policy instrument, by id, IRI or label.",
        "measure": "Challenges that this measure addresses, by id, IRI or label.",
        "addressed": "true: only challenges that a measure addresses; false: only those that none does.",
        "type": "Level of a region (county, province, …), or sort of an industry or actor.",
        "indicator": "What is measured: id, IRI or words of its name.",
        "unit": "Unit as written, such as % or billion yuan.",
        "figure_year": "Figures of this year (`year` is that of the paper).",
        "year_from": "Figures of this year or later.",
        "year_to": "Figures of this year or earlier.",
        "conflict": "true: only figures that contradict another; false: only the others.",
        "sort": "Names to sort by, separated by commas, `-` for descending.",
    }
)
FILTERS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "measure": (*_SHARED, "challenge", "instrument", "q"),
        "challenge": (*(name for name in _SHARED if name != "status"), "measure", "addressed", "q"),
        "region": (*_SHARED, "type", "q"),
        "industry": (*_SHARED, "type", "q"),
        "actor": (*_SHARED, "type", "q"),
        "statistic": (
            *("region", "industry", "year", "document", "indicator", "unit"),
            *("figure_year", "year_from", "year_to", "conflict", "q"),
        ),
    }
)
SORTS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "measure": ("label", "papers", "statements", "challenges", "confidence", "theme", "year"),
        "challenge": ("label", "papers", "statements", "measures", "confidence", "theme", "year"),
        **dict.fromkeys(
            ("region", "industry", "actor"),
            ("label", "papers", "statements", "measures", "challenges", "mentions", "figures", "type"),
        ),
        "statistic": ("label", "value", "year", "unit", "region", "document"),
    }
)
_USUAL_SORT: Final = "-papers,-statements,label"
_NUMBERS: Final = ("year", "figure_year", "year_from", "year_to")
_FLAGS: Final = ("addressed", "conflict")


@dataclass(frozen=True, slots=True)
class Asked:
    """One list: its kind, the texts given for each filter, and what to sort by (name, descending), all checked."""

    kind: Kind
    given: tuple[tuple[str, tuple[str, ...]], ...]
    sort: tuple[tuple[str, bool], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """The texts given for a filter."""
        return dict(self.given).get(name, ())

    def number(self, name: str) -> int | None:
        """A filter that is a number, if it was given."""
        values = self.values(name)
        return int(values[0]) if values else None

    def flag(self, name: str) -> bool | None:
        """A filter that is true or false, if it was given."""
        values = self.values(name)
        return values[0] == "true" if values else None


def ask(kind: Kind, pairs: Iterable[tuple[str, str]]) -> Asked:
    """A list from names and texts; several texts of one name mean any of them. Raises MisuseError."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        _check(kind, name, value)
        given.setdefault(name, []).append(value.strip())
    for name in (*_NUMBERS, *_FLAGS, "sort", "q"):
        if len(given.get(name, ())) > 1:
            raise MisuseError(f"'{name}' is given twice: give it once")
    sort = given.pop("sort", [_usual_sort(kind)])[0]
    kept = tuple(sorted((name, tuple(sorted(set(values)))) for name, values in given.items()))
    return Asked(kind, kept, _sort(kind, sort))


def parameters(kind: Kind) -> list[dict[str, object]]:
    """The filters of a kind as OpenAPI query parameters."""
    return [_parameter(kind, name) for name in (*FILTERS[kind], "sort")]


def shared_parameters(names: Iterable[str]) -> list[dict[str, object]]:
    """Filters on statements as OpenAPI query parameters."""
    return [_parameter("measure", name) for name in names]


def _parameter(kind: Kind, name: str) -> dict[str, object]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": _described(kind, name),
        "schema": _schema(name),
    }


def _schema(name: str) -> dict[str, object]:
    if name in _NUMBERS:
        return {"type": "integer"}
    if name in _FLAGS:
        return {"type": "boolean"}
    return {"type": "string"} if name in ("sort", "q") else {"type": "array", "items": {"type": "string"}}


def _described(kind: Kind, name: str) -> str:
    if name == "sort":
        return f"{_OWN[name]} One of {', '.join(SORTS[kind])}; without it `{_usual_sort(kind)}`."
    if name in _OWN:
        return _OWN[name]
    if kind == "statistic" and name == "industry":
        return "Industry that the figure's sentence names, by name, id or IRI."
    return f"{Filters.model_fields[name].description}"


def _usual_sort(kind: Kind) -> str:
    return "label,-year,-value" if kind == "statistic" else _USUAL_SORT


def _check(kind: Kind, name: str, value: str) -> None:
    allowed = (*FILTERS[kind], "sort")
    if name not in allowed:
        raise MisuseError(f"unknown filter '{name}' for {PLURALS[kind]}: use {', '.join(allowed)}")
    if not value.strip():
        raise MisuseError(f"'{name}' is empty: give a value or leave it out")
    if name in _NUMBERS and not (value.strip().isascii() and value.strip().isdigit() and len(value.strip()) <= 4):
        raise MisuseError(f"'{name}' is '{value}': give a year such as 2023")
    if name in _FLAGS and value.strip() not in ("true", "false"):
        raise MisuseError(f"'{name}' is '{value}': give true or false")


def _sort(kind: Kind, given: str) -> tuple[tuple[str, bool], ...]:
    names = [name.strip() for name in given.split(",")]
    for name in names:
        if name.removeprefix("-") not in SORTS[kind]:
            raise MisuseError(
                f"cannot sort {PLURALS[kind]} by '{name}': use {', '.join(SORTS[kind])}, - for descending"
            )
    return tuple((name.removeprefix("-"), name.startswith("-")) for name in names)
