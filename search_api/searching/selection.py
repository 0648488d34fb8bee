"""A client's filters as sets of admitted values, and the rows that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from kg.errors import MisuseError
from kg.records import Role
from search_api.catalog import Catalog
from search_api.question import Question
from search_api.retrieval.constraints import Scope
from search_api.searching.fields import Field, Fields
from search_api.searching.schemas import SearchFilters

ROLES: Final = tuple(role for role in get_args(Role) if role not in ("heading", "meta"))


@dataclass(frozen=True, slots=True)
class Selection:
    """Admitted values of each field that is filtered: any of a field's values will do, all fields must agree."""

    wanted: Mapping[Field, frozenset[str]]

    def rows(self, fields: Fields, without: Field | None = None) -> frozenset[int] | None:
        """Rows that meet all filters but that on ``without``; None where nothing else is filtered: all rows."""
        sets = [
            frozenset().union(*(fields.having[field].get(value, frozenset()) for value in values))
            for field, values in self.wanted.items()
            if field != without
        ]
        return frozenset.intersection(*sets) if sets else None

    def records(self, fields: Fields) -> frozenset[str] | None:
        """Records of which a row meets all filters; None where nothing is filtered."""
        rows = self.rows(fields)
        return None if rows is None else frozenset(fields.rows[row].record for row in rows)

    def counted(self, fields: Fields) -> frozenset[str] | None:
        """Records that some facet counts: those that meet all filters but at most one."""
        found: set[str] = set()
        for field in self.wanted:
            if (rows := self.rows(fields, field)) is None:
                return None
            found.update(fields.rows[row].record for row in rows)
        return frozenset(found) if self.wanted else None


def select(filters: SearchFilters, question: Question, catalog: Catalog) -> Selection:
    """The admitted values; ``question`` was read with the same filters. Raises MisuseError for an unknown value."""
    scope: Scope = question.scope
    # The rows of a place name all that it lies in, so that its own IRI stands for all that it holds.
    wanted: dict[Field, frozenset[str]] = {
        "region": frozenset(c.iri for c in scope.regions),
        "industry": frozenset(c.iri for c in scope.industries),
        "actor": frozenset(c.iri for c in scope.actors),
        "region_type": frozenset(scope.region_types),
        "theme": frozenset(scope.themes),
        "status": frozenset(scope.statuses),
        "document": scope.documents or frozenset(),
        "year": frozenset(str(year) for year in scope.years),
        "role": frozenset(_role(value) for value in filters.values("role")),
        "challenge": frozenset().union(*(_challenges(value, catalog) for value in filters.values("challenge"))),
    }
    return Selection({field: values for field, values in wanted.items() if filters.values(field)})


def _role(value: str) -> str:
    if value not in ROLES:
        raise MisuseError(f"unknown role '{value}': use one of {', '.join(ROLES)}")
    return value


def _challenges(value: str, catalog: Catalog) -> frozenset[str]:
    """IRIs of the challenges that a filter names by IRI or by one of their labels."""
    folded = value.casefold()
    found = frozenset(
        concept.iri
        for concept in catalog.concepts.values()
        if concept.type == "challenge"
        and (value == concept.iri or folded in {label.casefold() for label in (concept.label, *concept.alt_labels)})
    )
    if not found:
        raise MisuseError(f"unknown challenge '{value}': give an IRI or a label of one that the facets show")
    return found
