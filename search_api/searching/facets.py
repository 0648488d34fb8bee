"""Counts of matches by the values of each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import Final

from search_api.searching.fields import FIELDS, Field
from search_api.searching.labels import Labels
from search_api.searching.schemas import FacetValue
from search_api.searching.searcher import Found

# The most frequent values that a facet lists; selected ones are always listed, though nothing has them.
LISTED: Final = 100


def facets(found: Found, labels: Labels) -> dict[str, list[FacetValue]]:
    """For each field its values with counts, the most frequent first, then by label."""
    return {field: _listed(field, counts, found, labels) for field, counts in count(found).items()}


def count(found: Found) -> dict[Field, Counter[str]]:
    """Matches by value of each field. The counts of a field ignore the filter on it; a match counts once a value."""
    matched = [match.id for match in found.counted if match.matches]
    free = [field for field in FIELDS if field not in found.selection.wanted]
    counts = _count(found, matched, found.admitted, free)
    for field in found.selection.wanted:
        counts |= _count(found, matched, found.selection.rows(found.fields, field), [field])
    return {field: counts[field] for field in FIELDS}


def _count(
    found: Found, matched: Collection[str], rows: Collection[int] | None, fields: Collection[Field]
) -> dict[Field, Counter[str]]:
    counts: dict[Field, Counter[str]] = {field: Counter() for field in fields}
    admitted: Callable[[int], bool] = (lambda _: True) if rows is None else rows.__contains__
    for identifier in matched:
        values = [found.fields.rows[row].values for row in found.fields.of[identifier] if admitted(row)]
        for field in fields:
            counts[field].update(frozenset().union(*(each.get(field, ()) for each in values)))
    return counts


def _listed(field: Field, counts: Counter[str], found: Found, labels: Labels) -> list[FacetValue]:
    chosen = found.selection.wanted.get(field, frozenset())
    broader = dict.fromkeys(chosen) | labels.listed(field, counts)
    named = sorted((-counts[value], labels.label(field, value), value) for value in broader)
    return [
        FacetValue(value=value, label=label, count=-number, selected=value in chosen, broader=broader[value])
        for place, (number, label, value) in enumerate(named)
        if place < LISTED or value in chosen
    ]
