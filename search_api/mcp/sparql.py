"""The tools for SPARQL: queries of the client's own, and the named ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult
from pydantic import Field

from kg.errors import QueryLimitError
from kg.graph.queries import names
from search_api.mcp import texts
from search_api.mcp.schemas import ListedQueries, ListedQuery, Table
from search_api.mcp.toolbox import result, tool
from search_api.queries import listed, text_of
from search_api.sparql.engine import QueryResult, Request, Source, evaluate
from search_api.sparql.pool import WorkerPool
from search_api.sparql.responses import said

# Tools that ask for the scope of SPARQL.
QUERYING: Final = frozenset({"run_sparql"})
_ACCEPT: Final = "application/sparql-results+json, text/turtle;q=0.9"
_MOST_BYTES: Final = 4 * 1024 * 1024
_MOST_TURTLE: Final = 200_000
Shown = Annotated[int, Field(ge=1, le=1_000, description="How many rows to show at most.")]
Values = Annotated[
    dict[str, str | int | list[str]],
    Field(description="Values by parameter: labels, years or IRIs, as list_queries says."),
]


def querying(get_source: Callable[[], Source], pool: WorkerPool, public_url: str) -> Iterator[Tool]:
    """``run_sparql``, ``list_queries`` and ``run_query``, on the guarded pool and within the limits of ``/sparql``."""

    async def table(query: str, most: int, url: str) -> Table:
        return _table(await evaluate(pool, get_source(), Request(query, _ACCEPT)), most, url)

    async def run_sparql(
        query: Annotated[str, Field(description="SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.")],
        max_rows: Shown = 100,
    ) -> Annotated[CallToolResult, Table]:
        """Run a read-only SPARQL query over the graph of papers, measures (pw:Measure), challenges, regions and
        evidence. Usual prefixes need no declaration; SERVICE pw:search searches by meaning. See list_queries."""
        found = await table(query, max_rows, f"{public_url}/sparql?{urlencode({'query': query})}")
        return result(found, texts.table(found))

    def list_queries() -> Annotated[CallToolResult, ListedQueries]:
        """List the questions that analysts ask most, each as a named SPARQL query with parameters for run_query."""
        found = ListedQueries(queries=[ListedQuery(**listed(name, public_url)) for name in names()])
        return result(found, texts.queries(found))

    async def run_query(
        name: Annotated[str, Field(description="Name of a query of list_queries.")],
        parameters: Values = {},  # noqa: B006
        max_rows: Shown = 100,
    ) -> Annotated[CallToolResult, Table]:
        """Run a named query of list_queries with values for its parameters; those left out mean any."""
        given = {key: _texts(value) for key, value in parameters.items()}
        query = await text_of(name, given, get_source(), pool)
        pairs = [(key, value) for key, values in given.items() for value in values]
        found = await table(query, max_rows, f"{public_url}/queries/{quote(name)}?{urlencode(pairs)}")
        return result(found, texts.table(found))

    yield tool(run_sparql, "Run a SPARQL query")
    yield tool(list_queries, "List named queries")
    yield tool(run_query, "Run a named query")


def _texts(value: str | int | list[str]) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _table(done: QueryResult, most: int, url: str) -> Table:
    is_table = "json" in done.media_type
    if done.size > (_MOST_BYTES if is_table else _MOST_TURTLE):
        done.close()
        raise QueryLimitError(f"the result has {done.count:,} rows or triples: narrow the query, or add LIMIT {most}")
    found: dict[str, Any] = json.loads(done.body) if is_table else {"head": {}}
    rows = found.get("results", {}).get("bindings", [])
    return Table(
        columns=found["head"].get("vars", []),
        rows=[{name: term_text(term) for name, term in row.items()} for row in rows[:most]],
        total=done.count,
        cut=len(rows) > most,
        searched=said(done.searches) or None,
        boolean=found.get("boolean"),
        turtle=None if is_table else done.body.decode(),
        url=url,
    )


def term_text(term: dict[str, Any]) -> str:
    """A term of SPARQL's JSON results as plain text; quoted triples as JSON.

    >>> term_text({"type": "literal", "value": "7", "datatype": "http://www.w3.org/2001/XMLSchema#integer"})
    '7'
    """
    return term["value"] if isinstance(term["value"], str) else json.dumps(term["value"], sort_keys=True)
