"""Statistics: values in the best sentences, ranked by sentence, by what they are called, by place, year and unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kg.identifiers import iri
from kg.records import Statistic
from search_api.catalog import Catalog
from search_api.items.found import Found
from search_api.items.statements import place
from search_api.question import Question
from search_api.retrieval.constraints import Fit
from search_api.retrieval.evidence import Evidence
from search_api.vocabulary import content_words

LABEL_SHARE: Final = 0.5
UNIT_BONUS: Final = 0.1
YEAR_BONUS: Final = 0.1
REGION_BONUS: Final = 0.1
FOLLOWS: Final = 0.05
CHANGES: Final = frozenset(
    (
        "change",
        "decline",
        "decrease",
        "drop",
        "fall",
        "gain",
        "growth",
        "increase",
        "loss",
        "reduction",
        "rise",
        "surge",
    )
)
Alike = Callable[[Sequence[str]], Sequence[float]]
_FAMILIES: Final[Mapping[str, re.Pattern[str]]] = {
    "money": re.compile(r"yuan|rmb|dollar|euro|pound|yen|usd|eur|cny|gbp|[$€£¥]", re.IGNORECASE),
    "share": re.compile(r"%|per ?cent|percentage|share|ratio|times|fold", re.IGNORECASE),
}
_YEAR: Final = re.compile(r"\b(?:1[89]|20)\d\d\b")


def find(
    catalog: Catalog, fit: Fit, ranked: Sequence[Evidence], question: Question, alike: Alike, depth: int, base_iri: str
) -> list[Found]:
    """One item a figure of the ``depth`` best sentences. What the figure is called, its year, its region and the kind
    of its unit move it within and across sentences; ``alike`` gives the cosines of texts to the question.
    """
    carried = _carried(catalog, ranked, depth)
    figures = [(e, f) for e in carried for f in catalog.statistics_in.get(e.sentence, ())]
    named = alike([_label(figure) for _, figure in figures]) if figures else ()
    years = {int(year) for year in _YEAR.findall(question.mended)}
    return [
        Found(
            iri=iri(base_iri, "statistic", figure.id),
            type="statistic",
            label=_label(figure),
            score=evidence.score + LABEL_SHARE * cosine + _bonus(figure, fit, years, question.units),
            basis="statistic",
            places=(place(catalog, evidence),),
            statistic=figure,
            note=figure.conflicts or "",
        )
        for (evidence, figure), cosine in zip(figures, named, strict=True)
    ]


def _carried(catalog: Catalog, ranked: Sequence[Evidence], depth: int) -> list[Evidence]:
    """The best sentences, and with them those that only say how a figure of the sentence before has changed."""
    by_sentence = {e.sentence: e for e in ranked}
    kept = {e.sentence: e for e in ranked[:depth]}
    for evidence in ranked[:depth]:
        following = catalog.following.get(evidence.sentence, "")
        if (
            following in by_sentence
            and catalog.statistics_in.get(evidence.sentence)
            and _says_change(catalog, following)
        ):
            other = by_sentence[following]
            kept[following] = other._replace(score=max(other.score, evidence.score - FOLLOWS))
    return list(kept.values())


def _says_change(catalog: Catalog, sentence: str) -> bool:
    figures = catalog.statistics_in.get(sentence, ())
    return bool(figures) and all(set(content_words(f.indicator)) <= CHANGES for f in figures)


def family(unit: str) -> str:
    """Money, share or count: what kind of thing a unit measures.

    >>> family("billion yuan"), family("%"), family("persons")
    ('money', 'share', 'count')
    """
    return next((name for name, pattern in _FAMILIES.items() if pattern.search(unit)), "count")


def _bonus(figure: Statistic, fit: Fit, years: set[int], units: frozenset[str]) -> float:
    year = (figure.year in years) - bool(years and figure.year and figure.year not in years)
    region = bool(fit.regions) and figure.region is not None and (1 if figure.region.iri in fit.regions else -1)
    return YEAR_BONUS * year + REGION_BONUS * region + UNIT_BONUS * (family(figure.unit) in units)


def _label(figure: Statistic) -> str:
    where = f" ({figure.region.label})" if figure.region else ""
    when = f", {figure.year}" if figure.year else ""
    unit = figure.unit if figure.unit.startswith("%") else f" {figure.unit}"
    value = figure.value_text if figure.unit in figure.value_text else figure.value_text + unit
    return f"{figure.indicator or figure.text}{where}{when}: {value}".strip()
