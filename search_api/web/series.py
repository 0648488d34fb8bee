"""Indicators over regions and years: one table for each indicator and unit that several figures give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from search_api.browse.asked import FILTERS
from search_api.browse.browser import MOST
from search_api.browse.schemas import FigureEntry
from search_api.web.address import Here
from search_api.web.site import Site, whole_number

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one indicator and unit by region and year; ``years`` ends with None where a figure has no year.

    ``rows`` hold a region's name (None for none) and, for each year, its figures. ``most`` is the largest value.
    """

    indicator: str
    unit: str
    years: tuple[int | None, ...]
    rows: tuple[tuple[str | None, tuple[tuple[FigureEntry, ...], ...]], ...]
    most: float
    number: int

    def share(self, value: float) -> int:
        """A value as a share of the largest, in hundredths, for its bar; 0 where bars would mislead."""
        return round(100 * value / self.most) if self.most > 0 and value >= 0 else 0


def show(site: Site, request: Request) -> Response:
    """All series, those of most figures first."""
    here = Here.of(request.url.path, request.query_params.multi_items())
    given = [(name, value) for name, value in here.pairs if name in FILTERS["statistic"]]
    found = site.browser.listing("statistic", given, MOST)
    figures = [item for item in found.items if isinstance(item, FigureEntry)]
    every = list(series(figures))
    pages = max(1, -(-len(every) // PAGE))
    page = whole_number(request, "page", 1, pages)
    values = {
        "series": every[(page - 1) * PAGE : page * PAGE],
        "single": sum(one.number == 1 for one in every),
        "total": len(every),
        "page": page,
        "pages": pages,
        "chosen": [(name, value, here.without(name, value)) for name, value in given],
        "list": here.elsewhere("/statistics"),
    }
    return site.page(request, "series.html", values)


def series(figures: Iterable[FigureEntry]) -> Iterator[Series]:
    """Figures that can be set beside each other, the largest groups first, then by name."""
    groups: defaultdict[tuple[str, str], list[FigureEntry]] = defaultdict(list)
    for figure in figures:
        groups[figure.label.casefold(), figure.unit.casefold()].append(figure)
    ranked = sorted(groups.values(), key=lambda held: (-len(held), held[0].label.casefold(), held[0].unit))
    for held in ranked:
        yield _series(held)


def _series(held: Sequence[FigureEntry]) -> Series:
    years = sorted({figure.year for figure in held}, key=lambda year: (year is None, year or 0))
    by_region: defaultdict[str | None, list[FigureEntry]] = defaultdict(list)
    for figure in held:
        by_region[figure.region.label if figure.region else None].append(figure)
    regions: Mapping[str | None, list[FigureEntry]] = dict(
        sorted(by_region.items(), key=lambda each: (each[0] is None, each[0] or ""))
    )
    rows = tuple(
        (name, tuple(tuple(figure for figure in own if figure.year == year) for year in years))
        for name, own in regions.items()
    )
    return Series(held[0].label, held[0].unit, tuple(years), rows, max(f.value for f in held), len(held))
