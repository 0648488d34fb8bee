"""OpenAI's filters on attributes as filters of the search: equality and membership, and all of several."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kg.errors import MisuseError
from search_api.schemas import filters_from
from search_api.searching.schemas import SearchFilters

Value = str | float | bool


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class ComparisonFilter(_Model):
    """An attribute compared with a value."""

    type: Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin"]
    key: str
    value: Value | list[str | float]


class CompoundFilter(_Model):
    """Several filters together."""

    type: Literal["and", "or"]
    filters: list[AnyFilter] = Field(min_length=1)


AnyFilter = Annotated[ComparisonFilter | CompoundFilter, Field(union_mode="left_to_right")]
CompoundFilter.model_rebuild()


def search_filters(given: ComparisonFilter | CompoundFilter | None) -> SearchFilters:
    """The same as filters of the search. Raises MisuseError for what the search cannot express."""
    return filters_from(_values(given) if given else {}, SearchFilters)


def _values(given: ComparisonFilter | CompoundFilter) -> dict[str, list[str]]:
    if isinstance(given, ComparisonFilter):
        if given.type not in ("eq", "in"):
            raise MisuseError(f"the filter '{given.type}' is not known here: use eq or in, joined by and")
        values = given.value if isinstance(given.value, list) else [given.value]
        return {given.key: [_text(value) for value in values]}
    parts = [_values(each) for each in given.filters]
    keys = [key for part in parts for key in part]
    if given.type == "or" and len(set(keys)) > 1:
        raise MisuseError("'or' between different attributes is not known here: ask once for each")
    if given.type == "and" and len(set(keys)) < len(keys):
        raise MisuseError("'and' within one attribute is not known here: use in for any of several values")
    joined: dict[str, list[str]] = {}
    for part in parts:
        for key in part:
            joined.setdefault(key, []).extend(part[key])
    return joined


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
