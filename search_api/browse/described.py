"""The filters of a list as they were understood, to show and to correct."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.browse.asked import Asked
from search_api.browse.criteria import Criteria
from search_api.browse.index import Index


def described(index: Index, asked: Asked, criteria: Criteria) -> dict[str, str | int | list[str]]:
    """Names and values of the filters: entities and documents by name, all else as given."""
    shown: dict[str, str | int | list[str]] = {}
    for name, given in asked.given:
        values = _values(index, name, given, criteria)
        shown[name] = values[0] if len(values) == 1 else list(values)
    return shown


def _values(index: Index, name: str, given: Sequence[str], criteria: Criteria) -> Sequence[str]:
    if name in criteria.roots:
        return [root.label for root in criteria.roots[name]]
    if name == "document":
        held = criteria.allowed["document"]
        return sorted(index.catalog.documents[identifier].document.source for identifier in held)
    return given
