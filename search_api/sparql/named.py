"""Named queries with the values that a client gives, ready to run: each label looked up in the graph it is asked of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from kg.graph.queries import describe, load
from kg.graph.queries.arguments import bind
from search_api.sparql.engine import QueryResult

# Evaluates a query (second: the syntax of its results) within the limits of the endpoint.
Evaluate = Callable[[str, str], QueryResult]


def prepared(name: str, given: Mapping[str, Sequence[str]], evaluate: Evaluate) -> str:
    """The text of a named query with its parameters bound to terms, its prefixes declared.

    Raises MisuseError for an unknown query, parameter or value.
    """

    def select(query: str) -> list[list[str]]:
        found = json.loads(evaluate(query, "json").body)
        names = found["head"]["vars"]
        return [[row.get(name, {}).get("value", "") for name in names] for row in found["results"]["bindings"]]

    return load(name, **bind(describe(name), given, select))
