"""A query from text to bytes: admitted by the guard, a syntax agreed on, evaluated by a worker, errors explained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.graph.terms import PREFIXES
from kg.settings import Settings
from search_api.sparql.errors import QuerySyntaxError
from search_api.sparql.guard import Form, admit
from search_api.sparql.negotiation import negotiate
from search_api.sparql.pool import WorkerPool

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_KEYWORD: Final = re.compile(r"\b[A-Z]{2,}\b")
_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A complete result: its form, media type, bytes, and the number of rows or triples (1 for ASK)."""

    form: Form
    media_type: str
    body: bytes
    count: int


def execute(query: str, accept: str | None, graph: Path, settings: Settings) -> QueryResult:
    """Evaluate one query with a worker of its own; ``accept`` is an Accept header or a short name such as ``csv``."""
    with WorkerPool(settings.model_copy(update={"sparql_workers": 1})) as pool:
        by_name = accept is not None and "/" not in accept
        return evaluate(pool, graph, query, None if by_name else accept, accept if by_name else None)


def evaluate(pool: WorkerPool, graph: Path, query: str, accept: str | None, name: str | None = None) -> QueryResult:
    """Evaluate a query on a pool. Raises QueryError and its kinds, or NotAcceptableError, never gives half a result.

    The usual prefixes (``kg.graph.terms.PREFIXES``) need no declaration; a declaration in the query goes first.
    """
    admitted = admit(query)
    offer = negotiate(admitted.form, accept, name)
    header, body = pool.run(graph, admitted.text, offer.syntax, PREFIXES)
    if header["status"] == "syntax":
        raise _explained(query, header["message"])
    return QueryResult(admitted.form, offer.media_type, body, int(header["count"]))


def _explained(query: str, message: str) -> QuerySyntaxError:
    found = _PLACE.match(message)
    if found is None:
        return QuerySyntaxError(f"the query has an error: {message}")
    line, column = _place(query, int(found[1]), int(found[2]), found[3])
    lines = query.splitlines() or [""]
    near = lines[line - 1][column - 1 :][:_SHOWN].strip() if line <= len(lines) else ""
    where = f"near '{near}'" if near else "at the end: a bracket or a part of a pattern is missing"
    return QuerySyntaxError(f"the query has a syntax error in line {line}, column {column}, {where}", line, column)


def _place(query: str, line: int, column: int, expected: str) -> tuple[int, int]:
    """Where the error is: Oxigraph's column lies past the start by the length of the longest keyword it tried."""
    keywords = _KEYWORD.findall(expected.partition("[")[0])
    start = column - max(map(len, keywords), default=0)
    lines = query.splitlines() or [""]
    if start < 1:
        start = column
    line = min(line, len(lines))
    return line, min(start, len(lines[line - 1]) + 1)
