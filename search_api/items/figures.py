"""Statistics: values in the best sentences, ranked by sentence, indicator and the kind of unit asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.identifiers import iri
from kg.records import Statistic
from search_api.catalog import Catalog
from search_api.items.found import Found
from search_api.items.statements import place
from search_api.retrieval.evidence import Evidence
from search_api.vocabulary import content_words, stem

UNIT_BONUS: Final = 0.1
YEAR_BONUS: Final = 0.1
WORDS_BONUS: Final = 0.15
_FAMILIES: Final[Mapping[str, re.Pattern[str]]] = {
    "money": re.compile(r"yuan|rmb|dollar|euro|pound|yen|usd|eur|cny|gbp|[$€£¥]", re.IGNORECASE),
    "share": re.compile(r"%|per ?cent|percentage|share|ratio|times|fold", re.IGNORECASE),
}
_YEAR: Final = re.compile(r"\b(?:1[89]|20)\d\d\b")


def find(
    catalog: Catalog, ranked: Sequence[Evidence], question: str, units: frozenset[str], base_iri: str
) -> list[Found]:
    """One item a figure. Year, unit and the words of the indicator move figures within and across sentences."""
    asked = {stem(word) for word in content_words(question)}
    years = {int(year) for year in _YEAR.findall(question)}
    found = []
    for evidence in ranked:
        for figure in catalog.statistics_in.get(evidence.sentence, ()):
            score = evidence.score + _bonus(figure, asked, years, units)
            found.append(
                Found(
                    iri=iri(base_iri, "statistic", figure.id),
                    type="statistic",
                    label=_label(figure),
                    score=score,
                    basis="statistic",
                    places=(place(catalog, evidence),),
                    statistic=figure,
                    note=figure.conflicts or "",
                )
            )
    return found


def family(unit: str) -> str:
    """Money, share or count: what kind of thing a unit measures.

    >>> family("billion yuan"), family("%"), family("persons")
    ('money', 'share', 'count')
    """
    return next((name for name, pattern in _FAMILIES.items() if pattern.search(unit)), "count")


def _bonus(figure: Statistic, asked: Iterable[str], years: set[int], units: frozenset[str]) -> float:
    about = {stem(word) for word in content_words(f"{figure.indicator} {figure.text}")}
    overlap = len(about & set(asked)) / (len(about) or 1)
    year = YEAR_BONUS * (figure.year in years) - YEAR_BONUS * bool(years and figure.year and figure.year not in years)
    return WORDS_BONUS * overlap + year + UNIT_BONUS * (family(figure.unit) in units)


def _label(figure: Statistic) -> str:
    where = f" ({figure.region.label})" if figure.region else ""
    when = f", {figure.year}" if figure.year else ""
    unit = figure.unit if figure.unit.startswith("%") else f" {figure.unit}"
    value = figure.value_text if figure.unit in figure.value_text else figure.value_text + unit
    return f"{figure.indicator or figure.text}{where}{when}: {value}".strip()
